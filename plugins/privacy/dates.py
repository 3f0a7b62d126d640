"""No date of a source is misread in silence: `Date:` and `Modified:` are written year, month, day.

Pelican hands all forms to dateutil, which takes the month first (01.12.2026 is the 12th of January) and fills in what
is missing from the day of the build (2026 is today's day of that year). Source: pelican.utils.get_date; the form is
that of Pelican's documentation, "File metadata", and of https://www.w3.org/TR/NOTE-datetime with a whole day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateutil import parser
from markdown.extensions.meta import BEGIN_RE, END_RE, META_MORE_RE, META_RE
from pelican.readers import MarkdownReader

from .checks import UNCLEAR_DATE
from .findings import Finding

FORM = "YYYY-MM-DD, such as 2026-12-01"
"""How a date is written, as messages say it."""

_KEYS = ("date", "modified")
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
# What is missing in a date comes from the default: where two defaults give two dates, something is
_DEFAULTS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2004, 2, 2, tzinfo=UTC))


def unclear_dates(contents: Mapping[str, Any], folder: Path) -> Iterator[Finding]:
    """Yield a finding for each date of an article or page that is not written in the one form.

    contents: what Pelican made of each source in Markdown below `folder`, by its name; None where it made nothing.
    """
    endings = tuple(f".{ending}" for ending in MarkdownReader.file_extensions)
    for name, content in sorted(contents.items()):
        if content is None or not name.endswith(endings) or content.metadata.keys().isdisjoint(_KEYS):
            continue
        for line, key, raw in _dates(folder / name):
            if not _ISO.fullmatch(raw):
                read = getattr(content, key)
                way_out = _way_out(raw)
                yield Finding(
                    UNCLEAR_DATE,
                    f"“{key.capitalize()}: {raw}” would be read as {_written(read, raw)}"
                    f"{'.' if way_out else ', what is missing being taken from the day of the build.'}",
                    way_out or f"Write the whole date: {FORM}.",
                    place=f"{folder.name}/{name}",
                    line=line,
                )


def _dates(source: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the lines at the top of a source that hold a date: their number, key and value. Of two with one key the
    first counts, as for Pelican."""
    seen: set[str] = set()
    with source.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if number == 1 and BEGIN_RE.match(line):
                continue
            found = META_RE.match(line)
            if not line.strip() or END_RE.match(line) or not (found or (number > 1 and META_MORE_RE.match(line))):
                return
            key = found["key"].lower() if found else ""
            if found and key in _KEYS and key not in seen:
                seen.add(key)
                yield number, key, found["value"].strip()


def _way_out(raw: str) -> str:
    """Return what to write instead, or nothing where the date is not whole."""
    text = raw.replace("_", " ")
    dates = []
    for is_day_first in _orders(text):
        with suppress(ValueError, OverflowError):
            readings = [parser.parse(text, default=d, dayfirst=is_day_first, ignoretz=True) for d in _DEFAULTS]
            if readings[0].date() != readings[1].date():
                return ""
            dates.append(_written(readings[0], raw))
    return f"Write {' or '.join(dict.fromkeys(dates))}."


def _orders(text: str) -> tuple[bool, ...]:
    """Return whether the day may stand before the month, and after it. What begins with the year goes on with the
    month; 01.12.2026 is the 1st of December wherever people write dots; of 11/12/2026 nobody can say."""
    if text[:4].isdigit():
        return (False,)
    return (True,) if "." in text.partition(":")[0] else (False, True)


def _written(read: datetime, raw: str) -> str:
    return f"{read:%Y-%m-%d %H:%M}" if ":" in raw else f"{read:%Y-%m-%d}"
