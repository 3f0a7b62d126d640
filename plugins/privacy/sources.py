"""No source is dropped in silence: every file below content/ became a page or was copied, or there is an error."""

from __future__ import annotations

import difflib
import fnmatch
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pelican.contents import Article
from pelican.contents import Page as PelicanPage
from pelican.readers import Readers

from .checks import DROPPED_SOURCE
from .dates import FORM
from .extension import sources_read
from .findings import Finding

_MANDATORY = {"title": "Title", "date": "Date"}


def dropped(context: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Finding]:
    """Return a finding for each file of the content folder that the generators left out, with the reason."""
    content = Path(settings["PATH"])
    done, copied = context["generated_content"], context["static_content"]
    read_otherwise = {os.path.normpath(name) for name in settings["TEMPLATE_PAGES"]}
    read_otherwise.update(name for _, names in sources_read.send(settings) for name in cast(Iterable[str], names))
    found = []
    for name in _files(content, settings["IGNORE_FILES"]):
        if not (content / name).exists():
            reason: str | None = "it is a link to a file that does not exist."
        elif done.get(name) is not None or name in copied or name in read_otherwise:
            continue
        else:
            reason = _reason(name, name in done, settings, context)
        if reason is not None:
            found.append(
                Finding(
                    DROPPED_SOURCE,
                    f"This file would be missing from the site: {reason}",
                    _way_out(name, name in done),
                    place=f"{content.name}/{name}",
                )
            )
    return found


def _files(content: Path, ignored: Iterable[str]) -> Iterator[str]:
    """Yield every file below the folder that no pattern of IGNORE_FILES leaves out, sorted."""
    patterns = [*ignored, ".*"]
    for folder, folders, names in os.walk(content, followlinks=True):
        folders[:] = sorted(name for name in folders if not _is_ignored(name, patterns))
        for name in sorted(names):
            if not _is_ignored(name, patterns):
                yield Path(folder, name).relative_to(content).as_posix()


def _is_ignored(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def _reason(name: str, was_tried: bool, settings: Mapping[str, Any], context: Mapping[str, Any]) -> str | None:
    """Return why the file is in no list of Pelican's, or None where its author wants it so (`Status: skip`)."""
    readers = Readers(dict(settings))
    extension = Path(name).suffix.removeprefix(".")
    if not was_tried and extension not in readers.extensions:
        return f"nothing reads files that end in “.{extension}”, and no folder of STATIC_PATHS holds it."
    kind = PelicanPage if _is_below(name, settings["PAGE_PATHS"]) else Article
    try:
        read = readers.read_file(settings["PATH"], name, content_class=kind, context=dict(context))
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 text ({error.reason} at byte {error.start})."
    except Exception as error:  # noqa: BLE001  # the reason is told, whatever it is
        form = f"; dates are written {FORM}" if str(error).endswith("is not a valid date") else ""
        return f"{str(error) or type(error).__name__}{form}."
    if getattr(read, "status", "skip") == "skip":
        return None
    if not was_tried:
        return "no folder of ARTICLE_PATHS or PAGE_PATHS holds it."
    missing = [word for key, word in _MANDATORY.items() if key in read.mandatory_properties]
    missing = [word for word in missing if not hasattr(read, word.lower())]
    if missing:
        return f"it has no “{missing[0]}:” line."
    if read.status not in read.allowed_statuses:
        return f"its status is “{read.status}”, not one of {', '.join(read.allowed_statuses)}."
    return "Pelican refused it; its address may lie outside the site (see “save_as”)."


def _is_below(name: str, folders: Iterable[str]) -> bool:
    return any(name == folder or name.startswith(f"{folder}/") for folder in folders if folder)


def _way_out(name: str, was_tried: bool) -> str:
    if was_tried:
        return "Correct the lines at the top of the file (Title, Date, …) or save it as UTF-8."
    if difflib.get_close_matches(Path(name).suffix.lower(), [".md", ".markdown"]):
        return 'Name it with the ending ".md" in a folder of pages or articles, or move it out of content/.'
    return "Move it into a folder of STATIC_PATHS, or out of content/."
