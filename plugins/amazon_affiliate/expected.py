"""What a page of the finished site has to show about a link that pays, for whoever judges the output.

Pure: it is asked about attributes and words, and knows no parser.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..privacy.grammars import words_in
from ..privacy.wording import Wording
from .affiliate import HIDES_THE_SITE


class Expected(NamedTuple):
    """The words that stand for label and sentence, in every language; the site's label first. sentences: with single
    spaces."""

    labels: tuple[str, ...]
    sentences: frozenset[str]


def expected(theme: Path, controller: str, language: str) -> Expected:
    """Return the words of a site. theme: its theme's folder. controller: the name of the company. language: the
    site's."""
    wording = Wording("amazon_affiliate", theme, "en")
    messages = [wording.messages(code) for code in (language, *wording.languages)]
    return Expected(
        tuple(dict.fromkeys(str(spoken["label"]) for spoken in messages)),
        frozenset(" ".join(str(spoken["disclosure"]).replace("{name}", controller).split()) for spoken in messages),
    )


def lacks(attribute: Callable[[str], str | None], words: str, known: Expected) -> list[str]:
    """Return what a link that pays lacks, in the words of a message; nothing where it is as it should be.

    attribute: reads one attribute of the link. words: the text that visitors see inside it.
    The sentence is a matter of the page: one of `known.sentences` has to be seen before the first such link.
    """
    rel = words_in((attribute("rel") or "").lower())
    policy = (attribute("referrerpolicy") or "").strip().lower()
    found = []
    if "sponsored" not in rel:
        found.append('the word "sponsored" in rel')
    if "noreferrer" in rel or policy in HIDES_THE_SITE:
        found.append("a referrer that names the site")
    if not any(label in words for label in known.labels):
        found.append(f"a label that is seen, such as “{known.labels[0]}”")
    return found
