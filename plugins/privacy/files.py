"""Files that are there whole, or as they were; and what a folder holds."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PAGES = (".html", ".htm", ".shtml", ".shtm", ".php")
"""Endings of files that servers send as pages."""


@contextmanager
def whole_file(path: Path, mode: int | None = None) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` when all was written, and never does otherwise.

    mode: its permissions; only its owner's without them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
        if mode is not None:
            Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def names_below(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, links followed, with `/` between their parts. (As text: a path for
    each page of a site takes longer than to look for it.)"""
    root = len(str(folder)) + 1
    for current, _, names in os.walk(folder, followlinks=True):
        inside = current[root:].replace(os.sep, "/")
        for name in names:
            yield f"{inside}/{name}" if inside else name


def write_json(path: Path, value: object) -> None:
    """Write a value as a JSON document, whole or not at all. (Piece by piece: the pieces of the numbers of ten
    thousand pages would take more memory than the numbers.)"""
    with whole_file(path) as target:
        for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(value):
            target.write(piece.encode("utf-8", "surrogatepass"))
        target.write(b"\n")
