"""Packs the files of a finished site."""

from __future__ import annotations

import gzip
from pathlib import Path

TEXTS = frozenset(
    ".atom .css .csv .htm .html .ics .js .json .map .md .svg .txt .webmanifest .xhtml .xml .xsl".split()
)
SMALLEST = 512
"""Bytes: the headers of an answer are about as long, and packing saves nothing that could be felt."""


def pack(folder: Path) -> None:
    """Write `name.gz` beside each text of a site that gets smaller by it."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in TEXTS and path.is_file():
            packed = packed_form(path.read_bytes())
            if packed is not None:
                Path(f"{path}.gz").write_bytes(packed)


def packed_form(content: bytes) -> bytes | None:
    """Return the content as gzip packs it best, without time or name, or None where that gains nothing."""
    if len(content) < SMALLEST:
        return None
    packed = gzip.compress(content, 9, mtime=0)
    return packed if len(packed) < len(content) else None
