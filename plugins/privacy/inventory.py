"""The inventory: what each page contains, one frozen record a page, spooled to disk while the site is built.

Nothing of ten thousand pages stays in memory but where their lines stand in the spool.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from .files import whole_file


class Seen(NamedTuple):
    """One thing on a page: its host, the URL as written, what it is (a service's id, or a link's class),
    and for loads the row of the table of carriers."""

    host: str
    url: str
    verdict: str
    carrier: str


class Link(NamedTuple):
    """One way out of a page: as `Seen`, where the verdict is whose it is (`affiliate` too) and the carrier is named
    unless it is a link of HTML; note is what the rules say of it besides, checks the names of those that found
    something, with spaces between."""

    host: str
    url: str
    verdict: str
    carrier: str
    note: str
    checks: str


class Inventory(NamedTuple):
    """What one page contains. `page` is its path in the output, `sources` are the files that it is made of."""

    page: str
    loads: tuple[Seen, ...]
    links: tuple[Link, ...]
    sources: tuple[str, ...] = ()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _encode(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


_FIRST_LINE = b'{"columns":' + _encode(Link._fields) + b',"pages":[\n'
_LAST_LINE = b"]}\n"


class Spool:
    """A file that takes inventories in the order of the build and gives them back in the order of the pages."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(mode="w+b")  # noqa: SIM115  # closed by __exit__
        self._lines: list[tuple[str, int, int]] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, inventory: Inventory) -> None:
        """Store the inventory of one page."""
        line = _encode(inventory._asdict())
        self._lines.append((inventory.page, self._file.tell(), len(line)))
        self._file.write(line)

    def write(self, path: Path) -> None:
        """Write all inventories to `path` as one JSON document, sorted by page; whole or not at all. Its `columns`
        name the columns of links; those of loads are the first of them. Each page has a line of its own."""
        end = self._file.tell()
        try:
            with whole_file(path) as target:
                target.write(_FIRST_LINE)
                for number, (_, start, length) in enumerate(sorted(self._lines)):
                    self._file.seek(start)
                    target.write((b",\n" if number else b"") + self._file.read(length))
                target.write((b"\n" if self._lines else b"") + _LAST_LINE)
        finally:
            self._file.seek(end)


def read_inventory(path: Path) -> Iterator[Inventory]:
    """Yield the inventories that a build has written to `path`, by page, one after the other. Raises `OSError` where
    there are none, and `ValueError` where another version has written them."""
    with path.open("rb") as file:
        if file.readline() != _FIRST_LINE:
            raise ValueError("it was written by another version")
        for line in file:
            if line == _LAST_LINE:
                return
            page = json.loads(line.rstrip(b",\n").decode("utf-8", "surrogatepass"))
            loads = tuple(Seen(*row) for row in page["loads"])
            links = tuple(Link(*row) for row in page["links"])
            yield Inventory(page["page"], loads, links, tuple(page["sources"]))
    raise ValueError("its end is missing")
