"""Dates in words, in the language of the page.

Sources: CLDR by way of Babel; English ordinals by CLDR's ordinal rules, since CLDR has no ordinal pattern
for English dates; French writes the first of a month "1er".
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

_ENGLISH_SUFFIX = {"one": "st", "two": "nd", "few": "rd", "other": "th"}


def in_words(day: date, language: str) -> str:
    """Return a date as readers of `language` (a language tag such as "de" or "en-GB") write it out."""
    locale = Locale.parse(language, sep="-" if "-" in language else "_")
    if locale.language == "en":
        suffix = _ENGLISH_SUFFIX[str(locale.ordinal_form(day.day))]
        return f"{format_date(day, 'MMMM', locale)} {day.day}{suffix}, {day.year}"
    text = format_date(day, "long", locale)
    if locale.language == "fr" and day.day == 1 and text.startswith("1 "):
        text = "1er" + text[1:]
    return " ".join(text.split())


def parsed(text: str) -> date | None:
    """Return the date of an ISO 8601 day such as `2018-05-03`, or None."""
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None


def today(zone: str, epoch: str | None) -> date:
    """Return today's date where the company is. epoch: SOURCE_DATE_EPOCH, which overrides the clock."""
    seconds = int(epoch) if epoch else time.time()
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone or "UTC")).date()
