"""Releasing a version: what `privacy policy` writes, and when it refuses to.

Every function either writes all of it, or raises `RefusedError` having written nothing of the user's. Interrupted,
each can be run again: a version counts when the lock vouches for it; until then the former one is as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from . import lock as lock_file
from .archive import FOLDER, NEXT, Stored, document, facts_file, sha256, write
from .lock import FACTS, Editorial, Lock, Version, document_name
from .reading import facts_hash, fingerprint
from .versions import RELEASE, Current, difference, one_language

_EDITORIAL = 'privacy policy accept --editorial "why"'


class RefusedError(ValueError):
    """The command does not do what was asked. way_out: what to do instead."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out


class Target(NamedTuple):
    """What a release writes to. content: the content folder. lock: the file. sources: the policy's by language."""

    content: Path
    lock: Path
    sources: Mapping[str, Path]


def first(current: Current, day: date, target: Target) -> Lock:
    """Release the first version. Raises `RefusedError` where the archive has that day already."""
    return _release((), current, day, {}, target)


def release(
    versions: Sequence[Stored], current: Current, day: date, summary: Mapping[str, str], target: Target
) -> Lock:
    """Release what the site has now as the version of `day`. current: made with that day as its date."""
    last = versions[-1]
    if difference(last, current).is_none:
        raise RefusedError(
            f"Nothing changed since the release of {last.version.date}: a new date would claim a change.",
            "Change the policy first.",
        )
    if day == last.version.date:
        raise RefusedError(
            f"A version was released today ({day}) already, and one day has one version.",
            f"Release tomorrow. Or, where the meaning stayed the same: {_EDITORIAL}.",
        )
    if day < last.version.date:
        raise RefusedError(
            f"Today ({day}) is before the last release, which was on {last.version.date}.",
            "Correct the clock of this machine, or SOURCE_DATE_EPOCH.",
        )
    alone = one_language(last, current)
    if alone:
        raise RefusedError(f"{alone[0].place}: {alone[0].what}", alone[0].way_out)
    return _release([stored.version for stored in versions], current, day, summary, target)


def accept(versions: Sequence[Stored], current: Current, reason: str, target: Target) -> Lock:
    """Take the present text for the text of the last version. current: made with that version's date."""
    last = versions[-1]
    differs = difference(last, current)
    if differs.is_facts:
        raise RefusedError(
            f"Facts changed since the release of {last.version.date}: {', '.join(differs.facts)}. "
            "That is no editorial change.",
            f"Release it: {RELEASE}.",
        )
    if differs.is_none:
        raise RefusedError(
            f"Nothing changed since the release of {last.version.date}.", "There is nothing to accept."
        )
    files = _files(current)
    version = _version(
        current, last.version.date, files, last.version.summary, (*last.version.editorial, Editorial(reason=reason))
    )
    lock = Lock(versions=(*(stored.version for stored in versions[:-1]), version))
    folder = target.content / FOLDER / version.date.isoformat()
    for name, content in files.items():
        write(folder / (name + NEXT), content)
    _set_dates(version.date, target)
    write(target.lock, lock_file.written(lock).encode())
    tidy(folder, version)
    for name in set(last.version.archive) - set(version.archive):
        (folder / name).unlink()
    return lock


def tidy(folder: Path, version: Version) -> None:
    """Finish what an interrupted correction left behind: the files of the version are those that its lock vouches
    for."""
    for path in sorted(folder.glob(f"*{NEXT}")):
        name = path.name.removesuffix(NEXT)
        if version.archive.get(name) == sha256(path.read_bytes()):
            path.replace(path.with_name(name))
        else:
            path.unlink()


def with_date(text: str, day: date) -> str:
    """Return a Markdown source with the day in its line `Updated:`, in the lines at its top."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    head = lines.index("") if "" in lines else len(lines)
    for number, line in enumerate(lines[:head]):
        name, colon, _ = line.partition(":")
        if colon and name.lstrip("\ufeff").lower() == "updated":
            lines[number] = f"{name}: {day}"
            break
    else:
        lines.insert(head, f"Updated: {day}")
    return newline.join(lines)


def _release(
    versions: Sequence[Version], current: Current, day: date, summary: Mapping[str, str], target: Target
) -> Lock:
    files = _files(current)
    folder = target.content / FOLDER / day.isoformat()
    if folder.exists() and any(files.get(path.name) != path.read_bytes() for path in folder.glob("[!.]*")):
        raise RefusedError(
            f"{target.content.name}/{FOLDER}/{day} exists, and the lock does not know it.",
            "Look at what is in it, and move it away.",
        )
    lock = Lock(versions=(*versions, _version(current, day, files, summary, ())))
    _write(files, day, lock, target)
    return lock


def _files(current: Current) -> dict[str, bytes]:
    files = {
        document_name(language): document(text.title, language, text.head, text.body)
        for language, text in current.texts.items()
    }
    return {**files, FACTS: facts_file(current.facts)}


def _version(
    current: Current,
    day: date,
    files: Mapping[str, bytes],
    summary: Mapping[str, str],
    editorial: tuple[Editorial, ...],
) -> Version:
    return Version(
        date=day,
        texts={language: fingerprint(text.lines) for language, text in sorted(current.texts.items())},
        facts_hash=facts_hash(current.facts),
        archive={name: sha256(content) for name, content in sorted(files.items())},
        summary=dict(summary),
        editorial=editorial,
    )


def _write(files: Mapping[str, bytes], day: date, lock: Lock, target: Target) -> None:
    """Write the version, then the date into the sources, then the lock. Interrupted, it can be run again: what it had
    written is what it writes."""
    for name, content in files.items():
        write(target.content / FOLDER / day.isoformat() / name, content)
    _set_dates(day, target)
    write(target.lock, lock_file.written(lock).encode())


def _set_dates(day: date, target: Target) -> None:
    dated = {path: with_date(_text(path), day).encode() for path in target.sources.values()}
    for path, content in dated.items():
        if path.read_bytes() != content:
            write(path, content)


def _text(path: Path) -> str:
    return path.read_bytes().decode()
