"""What a link of the finished site has to carry that leaves the company's sites, for whoever judges the output.

Pure: it is asked about attributes and words, and knows no parser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..privacy.urls import Party
from ..privacy.wording import Wording
from .marks import CLASSES


def descriptions(theme: Path, language: str) -> dict[str, frozenset[str]]:
    """Return the words that stand for each class (`third`, `partner`), in every language. theme: its folder."""
    wording = Wording("third_party_links", theme, language)
    return {
        name: frozenset(str(wording.messages(code)["description"][name]) for code in wording.languages)
        for name in CLASSES.values()
    }


def lacks(
    party: Party,
    attribute: Callable[[str], str | None],
    words: str,
    described: Callable[[str], str | None],
    known: Mapping[str, frozenset[str]],
) -> list[str]:
    """Return what a link lacks, in the words of a message; nothing where it is as it should be, or stays at home.

    party: whose its address is. attribute: reads one attribute of the link. words: the text inside it, spoken or
    seen. described: the text of the element with an id, None where there is none. known: see `descriptions`.
    A link that pays has marks of its own, and one that its author took out (`data-xlink="off"`) needs none.
    """
    name = CLASSES.get(party)
    if name is None:
        return []
    found = [] if "external" in (attribute("rel") or "").lower().split() else ['the word "external" in rel']
    if attribute("data-xlink") == "off":
        return found
    told = [described(identifier) or "" for identifier in (attribute("aria-describedby") or "").split()]
    if not any(sentence in text for sentence in known[name] for text in (*told, words)):
        found.append(f"a description that says “{min(known[name])}”")
    return found
