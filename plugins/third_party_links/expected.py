"""What a link of the finished site has to carry that leaves it, for whoever judges the output.

Pure: it is asked about attributes and words, and knows no parser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..privacy.grammars import words_in
from ..privacy.wording import Wording
from .marks import ELSEWHERE, NAMES


def descriptions(theme: Path, language: str) -> dict[str, tuple[str, ...]]:
    """Return the words that stand for each name (`third`, `partner`, …) in every language, first that of the site.
    theme: its folder."""
    wording = Wording("third_party_links", theme, language)
    spoken = [wording.messages(code)["description"] for code in (language, *wording.languages)]
    return {name: tuple(dict.fromkeys(str(words[name]) for words in spoken)) for name in NAMES}


def lacks(
    name: str,
    attribute: Callable[[str], str | None],
    words: str | None,
    described: Callable[[str], str | None],
    known: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """Return what a link that leaves the website lacks, in the words of a message; nothing where all is there.

    name: what it is called, see `name_of`. attribute: reads one attribute of the link. words: the text inside it,
    spoken or seen; None where nothing can be written there (in a drawing, or a map of areas). described: the text of
    the element with an id, None where there is none. known: see `descriptions`.
    A link that pays has marks of its own, and one that its author took out (`data-xlink="off"`) needs none.
    """
    has_rel = name == ELSEWHERE or "external" in words_in((attribute("rel") or "").lower())
    found = [] if has_rel else ['the word "external" in rel']
    if words is None or attribute("data-xlink") == "off":
        return found
    told = [described(identifier) or "" for identifier in words_in(attribute("aria-describedby") or "")]
    if not any(sentence in text for sentence in known[name] for text in (*told, words)):
        found.append(f"a description that says “{known[name][0]}”")
    return found
