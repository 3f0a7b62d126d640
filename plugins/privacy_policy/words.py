"""Facts in the words of one language, for the templates: countries, durations, what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit

from ..privacy.facts import UNKNOWN, in_language
from .dates import in_words, locale_of, parsed

_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
_BROWSER_LIMIT_DAYS = 400  # Chrome shortens longer cookies: support.google.com/analytics/answer/11397207
_DAYS = {"Y": 365, "M": 30, "W": 7, "D": 1}


class Words:
    """The words of one language. own: the messages of this plugin. core: those for facts about services."""

    def __init__(self, language: str, own: Mapping[str, Any], core: Mapping[str, Any]) -> None:
        self.language = language
        self._own = own
        self._core = core
        self._locale: Locale = locale_of(language)

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return self._own["unknown"] if code == UNKNOWN else str(self._locale.territories.get(code, code))

    def countries(self, codes: Iterable[str]) -> str:
        """Return the names of countries as a list in words."""
        return self.list([self.country(code) for code in codes])

    def duration(self, duration: str) -> str:
        """Return how long: of an ISO 8601 duration, `session`, `until deleted` or `unknown`."""
        known = {"session": "session", "until deleted": "until"}
        if duration in known:
            return str(self._own["cookies"][known[duration]])
        if duration == UNKNOWN:
            return str(self._own["unknown"])
        parts = [
            format_unit(number, f"duration-{unit}", length="long", locale=self._locale)
            for number, unit in _parts(duration)
        ]
        return self.list(parts).replace("\N{NO-BREAK SPACE}", " ")

    def is_long(self, duration: str) -> bool:
        """Whether browsers may keep it for less: more than 400 days."""
        if not duration.startswith("P"):
            return False
        days = sum(number * _DAYS.get(unit[0].upper(), 0) for number, unit in _parts(duration) if unit != "minute")
        return days > _BROWSER_LIMIT_DAYS

    def sent(self, word: Any) -> str:
        """Return what is sent, of a word of the catalogue or a text of the company's own."""
        if isinstance(word, str):
            return str(self._core["sent"][word])
        return in_language(word, self.language)

    def mechanisms(self, words: Iterable[str]) -> str:
        """Return what allows a transfer."""
        return self.list([str(self._core["mechanism"][word]) for word in words])

    def text(self, text: Any) -> str:
        """Return a text of the declaration; `unknown` as a sentence says it."""
        return str(self._own["unknown"]) if text == UNKNOWN else in_language(text, self.language)

    def date(self, iso: str) -> str:
        """Return a day in words."""
        day = parsed(iso)
        assert day is not None, "a date of the declaration"
        return in_words(day, self.language)

    def short_date(self, iso: str) -> str:
        """Return a day in few letters."""
        day = parsed(iso)
        assert day is not None, "a date of the declaration"
        return str(format_date(day, "medium", self._locale))

    def list(self, items: Iterable[str]) -> str:
        """Return items as a list in words."""
        return str(format_list(list(items), locale=self._locale))


def _parts(duration: str) -> list[tuple[int, str]]:
    """Return the numbers and units of an ISO 8601 duration: `P1Y6M`, `PT30M`."""
    days, _, hours = duration.removeprefix("P").partition("T")
    found, digits = [], ""
    for text, is_time in ((days, False), (hours, True)):
        for character in text:
            if character.isdigit():
                digits += character
            else:
                unit = "minute" if is_time and character == "M" else _UNITS[character]
                found.append((int(digits or "0"), unit))
                digits = ""
    return found
