"""Markers: paragraphs of the policy that hold only `[privacy:name]`, replaced by what is derived.

Pure: HTML in, HTML out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import turbohtml
from turbohtml import Element

from ..privacy.edits import Replace, spliced, splices

_OPEN = "[privacy:"


@dataclass(frozen=True)
class FilledIn:
    """The policy with its derived parts, and the markers that are wrong.

    unknown: markers that name no part, or that stand inside a text. missing: required parts without one.
    repeated: parts that stand twice.
    """

    html: str
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]


def fill_in(html: str, parts: Mapping[str, str]) -> FilledIn:
    """Return the policy with every part in the place of its marker. All parts are required, once each."""
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    tree = turbohtml.parse_fragment(text, "div", positions=False, source_locations=True, scripting=True)
    edits, seen = [], []
    for paragraph in tree.select("p"):
        name = _name(paragraph)
        if name in parts:
            seen.append(name)
            edits.append(Replace(paragraph, parts[name]))
    filled = spliced(text, splices(text, edits))
    return FilledIn(
        filled,
        tuple(sorted(_left_over(tree, parts))),
        tuple(sorted(set(parts) - set(seen))),
        tuple(sorted({name for name in seen if seen.count(name) > 1})),
    )


def _name(paragraph: Element) -> str:
    text = paragraph.text.strip()
    if text.startswith(_OPEN) and text.endswith("]") and paragraph.source_location is not None:
        return text.removeprefix(_OPEN).removesuffix("]").strip()
    return ""


def _left_over(tree: Element, parts: Mapping[str, str]) -> set[str]:
    """Return the markers that no paragraph of their own holds, or that name no part."""
    paragraphs = tree.select("p")
    known = sum(_name(paragraph) in parts for paragraph in paragraphs)
    if tree.text.count(_OPEN) == known:
        return set()
    texts = {paragraph.text.strip() for paragraph in paragraphs if _name(paragraph) not in parts}
    wrong = {text for text in texts if text.startswith(_OPEN)}
    return wrong or {"A marker that is not alone in its paragraph"}
