"""Stored versions: whole documents that a person can open, with the policy as it was released.

Pure but for `load` and `write`, which read and write files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from ..privacy.files import whole_file
from .lock import FACTS, Lock, LockError, Version, document_name
from .reading import lines

NEXT = ".next"
"""The ending of a file that takes the place of a stored one as soon as the lock vouches for it."""

FOLDER = "privacy/archive"
"""Where the versions are stored, below the content folder."""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
)
_HEAD_ENDS = "</header>\n"
_FOOT = "\n</body>\n</html>\n"
_RESTORE = (
    "A released version stays as it was. Restore the folder as it was committed, such as by: "
    "git checkout -- content/{folder}."
)


class Stored(NamedTuple):
    """A released version as it is stored: what stands above its text, and the text, as HTML by language; the facts
    it showed."""

    version: Version
    heads: Mapping[str, str]
    bodies: Mapping[str, str]
    facts: Mapping[str, Any]

    def lines(self, language: str, site: str) -> tuple[str, ...]:
        """Return what a reader sees of it. site: the canonical origin."""
        return lines(self.heads[language] + self.bodies[language], site)


def document(title: str, language: str, head: str, body: str) -> bytes:
    """Return the file of one language of a version."""
    top = _HEAD.format(language=escape(language), title=escape(title))
    return f"{top}<header>\n{head}{_HEAD_ENDS}{body}{_FOOT}".encode()


def facts_file(facts: Mapping[str, Any]) -> bytes:
    """Return the file of the facts of a version."""
    return (json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def load(content: Path, lock: Lock) -> list[Stored]:
    """Return all versions of a lock, the oldest first. content: the content folder. Raises `LockError` where a file
    is gone, or is not the one that was released."""
    return [_load(content, version) for version in lock.versions]


def _load(content: Path, version: Version) -> Stored:
    folder = content / FOLDER / version.date.isoformat()
    files = {}
    way_out = _RESTORE.format(folder=f"{FOLDER}/{version.date}")
    for name, expected in version.archive.items():
        path = folder / name
        shown = f"{content.name}/{FOLDER}/{version.date}/{name}"
        try:
            files[name] = _vouched(path, expected)
        except OSError as error:
            raise LockError(f"{shown} is gone or cannot be read: {error.strerror}.", way_out) from error
        if sha256(files[name]) != expected:
            raise LockError(f"{shown} is not the file that was released on {version.date}.", way_out)
    texts = {language: files[document_name(language)].decode() for language in version.texts}
    return Stored(
        version,
        {language: _head(text) for language, text in texts.items()},
        {language: _body(text) for language, text in texts.items()},
        json.loads(files[FACTS]),
    )


def _vouched(path: Path, expected: str) -> bytes:
    """Return a stored file; or its successor, where the lock vouches for that one already: a correction was
    interrupted between the two."""
    successor = path.with_name(path.name + NEXT)
    if successor.is_file() and sha256(content := successor.read_bytes()) == expected:
        return content
    return path.read_bytes()


def _body(text: str) -> str:
    return text.partition(_HEAD_ENDS)[2].removesuffix(_FOOT)


def _head(text: str) -> str:
    return text.partition(_HEAD_ENDS)[0].partition("<header>\n")[2]


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or as it was."""
    with whole_file(path, path.stat().st_mode & 0o777 if path.exists() else 0o644) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
