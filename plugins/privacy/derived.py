"""Files that plugins derive from the declaration and the finished pages, such as the consent runtime.

They are written when every page and every copied file is there, and judged by the audit like all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import cast

from . import extension
from .build import Build
from .checks import SAME_ADDRESS
from .findings import Finding, SiteError


def write_derived(build: Build, folder: Path, kept: frozenset[str]) -> None:
    """Ask every plugin for its files and write them below `folder`.

    kept: entries of the folder that are left from the former site; files in them may be replaced. Raises
    `SiteError` where a copied file or another plugin has made a file of the same name, and `ValueError` for a
    path that is not below the folder.
    """
    assert build.site is not None, "begin() comes first"
    files: dict[str, bytes] = {}
    wrong: list[Finding] = []
    for _, given in extension.files_wanted.send(extension.Rendered(build.site, folder)):
        for name, content in cast(Mapping[str, bytes], given).items():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or path.as_posix() != name:
                raise ValueError(f"a plugin derives the file {name!r}, which is not below the site")
            is_former = path.parts[0] in kept and name not in files
            if name in files or ((folder / name).exists() and not is_former):
                wrong.append(_taken(build, name))
            files[name] = content
    if wrong:
        raise SiteError(wrong)
    for name in sorted(files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(files[name])


def _taken(build: Build, name: str) -> Finding:
    sources = build.sources_of(name)
    return Finding(
        SAME_ADDRESS,
        f"The site derives the file {name}, and another one stands there already.",
        f"Remove the file of yours that becomes {name}; the derived one follows from pelicanconf.py.",
        place=build.places.shown(sources[0]) if len(sources) == 1 else "",
        page=name,
    )
