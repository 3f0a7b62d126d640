"""Edits: what a rule wants changed, and how all of them become one new text.

A rule names an element and what should be different about it; where that stands in the text is known
from the parse. What no edit touches comes out byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from turbohtml import Element, SourceLocation

_NAME_ENDS = frozenset(" \t\n\f\r/>")
_SPACES = " \t\n\f\r"


@dataclass(frozen=True, slots=True)
class AddTokens:
    """Add words to a list of words (`rel`, `class`, `aria-describedby`). Words already there stay as they are;
    `drop` are words to take out. ASCII case does not distinguish words."""

    element: Element
    attribute: str
    tokens: tuple[str, ...]
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAttribute:
    """Give an attribute a value; None takes the attribute away."""

    element: Element
    attribute: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Insert:
    """Insert markup at an offset of the page's text."""

    offset: int
    markup: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace an element, from its start tag to its end tag, by markup. `gates` tells that what the
    element loads waits in the markup, or is gone with it."""

    element: Element
    markup: str
    gates: bool = False


Edit = AddTokens | SetAttribute | Insert | Replace


class Splice(NamedTuple):
    """`markup` stands in the new text where `text[start:end]` stood in the old one."""

    start: int
    end: int
    order: int
    markup: str


class OverlapError(ValueError):
    """Two edits change the same characters. The rules contradict each other; no text is made."""


def location(element: Element) -> SourceLocation | None:
    """Return where the element stands in the text, or None where the parser made it up."""
    return element.source_location


def outer_span(element: Element) -> tuple[int, int] | None:
    """Return the offsets from the start tag to the end tag, or to the start tag's end where there is none."""
    place = element.source_location
    if place is None:
        return None
    return place.start_tag.start_offset, (place.end_tag or place.start_tag).end_offset


def quoted(value: str) -> str:
    """Return an attribute's value in double quotes, escaped."""
    return '"' + escape(value, quote=False).replace('"', "&quot;") + '"'


def splices(text: str, edits: Iterable[Edit]) -> list[Splice]:
    """Turn edits into places and markup, in the order of the text. An edit inside a replaced element is
    dropped with it; edits of the same attribute are one."""
    found: list[Splice] = []
    tokens: dict[tuple[Element, str], AddTokens] = {}
    for order, edit in enumerate(edits):
        if isinstance(edit, AddTokens):
            known = tokens.get((edit.element, edit.attribute))
            tokens[edit.element, edit.attribute] = (
                edit
                if known is None
                else AddTokens(edit.element, edit.attribute, known.tokens + edit.tokens, known.drop + edit.drop)
            )
        elif isinstance(edit, Insert):
            found.append(Splice(edit.offset, edit.offset, order, edit.markup))
        elif isinstance(edit, SetAttribute):
            found.extend(_attribute_splice(text, edit.element, edit.attribute, edit.value, order))
        else:
            span = outer_span(edit.element)
            if span is not None:
                found.append(Splice(*span, order, edit.markup))
    for edit in tokens.values():
        value = _merged(edit.element.attr(edit.attribute), edit.tokens, edit.drop)
        if value is not None:
            found.extend(_attribute_splice(text, edit.element, edit.attribute, value, 0))
    return _without_nested(found)


def _merged(value: str | None, tokens: tuple[str, ...], drop: tuple[str, ...]) -> str | None:
    """Return the new list of words, or None where nothing has to change."""
    words = (value or "").split()
    known = {word.lower() for word in words}
    kept = [word for word in words if word.lower() not in drop]
    added = [word for word in dict.fromkeys(tokens) if word.lower() not in known]
    if not added and len(kept) == len(words):
        return None
    return " ".join([*kept, *added])


def _attribute_splice(text: str, element: Element, attribute: str, value: str | None, order: int) -> list[Splice]:
    place = element.source_location
    if place is None:
        return []
    span = place.attrs.get(attribute)
    markup = "" if value is None else f"{attribute}={quoted(value)}"
    if span is not None:
        return [Splice(span.start_offset, span.end_offset, order, markup)]
    if value is None:
        return []
    position = place.start_tag.start_offset + 1
    while text[position] not in _NAME_ENDS:
        position += 1
    space = "" if text[position] in _SPACES + "/>" else " "
    return [Splice(position, position, order, f" {markup}{space}")]


def _without_nested(found: list[Splice]) -> list[Splice]:
    """Sort, and drop what lies inside a replaced span. Raise `OverlapError` where two spans cross."""
    found.sort(key=lambda splice: (splice.start, splice.start != splice.end, -splice.end, splice.order))
    kept: list[Splice] = []
    end = -1
    for splice in found:
        if splice.start < end:
            if splice.end > end:
                raise OverlapError(f"edits cross at offset {splice.start}")
            continue
        kept.append(splice)
        end = max(end, splice.end)
    return kept


def spliced(text: str, found: list[Splice]) -> str:
    """Return the text with every splice in its place."""
    if not found:
        return text
    pieces: list[str] = []
    position = 0
    for splice in found:
        pieces.append(text[position : splice.start])
        pieces.append(splice.markup)
        position = splice.end
    pieces.append(text[position:])
    return "".join(pieces)
