"""Dates in words, in the language of the page.

Sources: CLDR by way of Babel; English ordinals by CLDR's ordinal rules, since CLDR has no ordinal pattern
for English dates; French writes the first of a month "1er".
"""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

_ENGLISH_SUFFIX = {"one": "st", "two": "nd", "few": "rd", "other": "th"}


def in_words(day: date, language: str) -> str:
    """Return a date as readers of `language` (a language tag such as "de" or "en-GB") write it out."""
    locale = locale_of(language)
    if locale.language == "en":
        suffix = _ENGLISH_SUFFIX[str(locale.ordinal_form(day.day))]
        return f"{format_date(day, 'MMMM', locale)} {day.day}{suffix}, {day.year}"
    text = format_date(day, "long", locale)
    if locale.language == "fr" and day.day == 1 and text.startswith("1 "):
        text = "1er" + text[1:]
    return " ".join(text.split())


def locale_of(language: str) -> Locale:
    """Return what CLDR knows of a language tag: where it knows nothing of the region, of the language alone."""
    separator = "-" if "-" in language else "_"
    try:
        return Locale.parse(language, sep=separator)
    except UnknownLocaleError:
        return Locale.parse(language.partition(separator)[0])


def parsed(text: str) -> date | None:
    """Return the date of an ISO 8601 day such as `2018-05-03`, or None."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.isoformat() == text.strip() else None  # it reads `20180503` and `2018-W18-4` as well
