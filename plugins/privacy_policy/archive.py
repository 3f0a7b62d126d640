"""Stored versions: whole documents that a person can open, with the policy as it was released.

Pure but for `load` and `write`, which read and write files.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag

from .lock import FACTS, Lock, LockError, Version, document_name

FOLDER = "privacy/archive"
"""Where the versions are stored, below the content folder."""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
)
_FOOT = "\n</body>\n</html>\n"
_RESTORE = (
    "A released version stays as it was. Restore the folder as it was committed, such as by: "
    "git checkout -- content/{folder}."
)


class Stored(NamedTuple):
    """A released version as it is stored: title and HTML by language, and the facts it showed."""

    version: Version
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    facts: Mapping[str, Any]


def document(title: str, language: str, body: str) -> bytes:
    """Return the file of one language of a version."""
    return (_HEAD.format(language=escape(language), title=escape(title)) + body + _FOOT).encode()


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
            files[name] = path.read_bytes()
        except OSError as error:
            raise LockError(f"{shown} is gone or cannot be read: {error.strerror}.", way_out) from error
        if sha256(files[name]) != expected:
            raise LockError(f"{shown} is not the file that was released on {version.date}.", way_out)
    texts = {language: files[document_name(language)].decode() for language in version.texts}
    return Stored(
        version,
        {language: _title(text) for language, text in texts.items()},
        {language: _body(text) for language, text in texts.items()},
        json.loads(files[FACTS]),
    )


def _body(text: str) -> str:
    return text.partition("<body>\n")[2].removesuffix(_FOOT)


def _title(text: str) -> str:
    title = BeautifulSoup(text, "html.parser").title
    return title.get_text() if isinstance(title, Tag) else ""


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
