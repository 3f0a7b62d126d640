"""What stands around a link that pays: words that do not say where it leads, and prices that nobody may show.

Pure: text in, text out. Source: Amazon's Associates Program Policies, on links that do not make clear that they lead
to Amazon, and on prices, as public repositories quote them; read 2026-11.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_SIGN = r"(?:[$€£¥₹]|(?<![A-Za-z])(?:USD|EUR|GBP|Euro)(?![A-Za-z]))"
_NUMBER = r"\d+(?:[.,’']\d+)*"
_PRICE = re.compile(rf"{_SIGN}\s?{_NUMBER}|{_NUMBER}(?:,[-–])?\s?{_SIGN}")
_AT_THE_EDGES = " .!?:…»«›‹>→↗\u2060"  # noqa: RUF001
_LONGEST = 24


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    with Path(__file__).with_name("vague_words.toml").open("rb") as file:
        return frozenset(word for words in tomllib.load(file).values() for word in words)


def price_in(text: str) -> str | None:
    """Return the first price in a text, as it is written, or None."""
    found = _PRICE.search(text) if _has_a_sign(text) else None
    return found.group() if found else None


def _has_a_sign(text: str) -> bool:
    """Whether a text may hold a price: one letter is found in no time, a word and a pattern are not."""
    return (
        ("$" in text or "€" in text or "£" in text or "¥" in text or "₹" in text)
        or ("R" in text and "EUR" in text)
        or ("D" in text and "USD" in text)
        or ("P" in text and "GBP" in text)
        or ("E" in text and "Euro" in text)
    )


def is_vague(words: str, around: str) -> bool:
    """Whether the words of a link say neither what it leads to nor, with those around it, that it leads to Amazon."""
    if len(words) > _LONGEST or " ".join(words.split()).strip(_AT_THE_EDGES).casefold() not in _vague():
        return False
    return "amazon" not in around.casefold()
