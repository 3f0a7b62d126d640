"""Edits: what a rule wants changed, and how all of them become one new text.

A rule names an element and what should be different about it; where that stands in the text is known
from the parse. What no edit touches comes out byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from turbohtml import Element, SourceLocation

from .grammars import words_in

_NAME_ENDS = frozenset(" \t\n\f\r/>")


class AddTokens(NamedTuple):
    """Add words to a list of words (`rel`, `class`, `aria-describedby`). Words already there stay as they are;
    `drop` are words to take out. In `rel`, case does not distinguish words."""

    element: Element
    attribute: str
    tokens: tuple[str, ...]
    drop: tuple[str, ...] = ()


class SetAttribute(NamedTuple):
    """Give an attribute a value; None takes the attribute away."""

    element: Element
    attribute: str
    value: str | None


class Append(NamedTuple):
    """Insert markup last inside an element. Where the element has no end tag: first inside it with
    `or_first`, else nowhere."""

    element: Element
    markup: str
    or_first: bool = False


class Insert(NamedTuple):
    """Insert markup at an offset of the page's text."""

    offset: int
    markup: str


class Replace(NamedTuple):
    """Replace an element, from its start tag to its end tag, by markup. `gates` tells that what the
    element loads waits in the markup, or is gone with it; `asleep` is what stands in its template. `is_told`
    tells that what is gone has been reported by the rule, and is no undeclared load any more."""

    element: Element
    markup: str
    gates: bool = False
    asleep: str = ""
    is_told: bool = False


Edit = AddTokens | SetAttribute | Append | Insert | Replace


class Splice(NamedTuple):
    """`markup` stands in the new text where `text[start:end]` stood in the old one."""

    start: int
    end: int
    order: int
    markup: str


class OverlapError(ValueError):
    """Two edits change the same characters. The rules contradict each other; no text is made."""


@lru_cache(maxsize=16)
def place_of(element: Element) -> SourceLocation | None:
    """Return where an element stands in the text. Several look for the same few in turn, and the parser makes it anew
    each time."""
    place: SourceLocation | None = element.source_location
    return place


def outer_span(element: Element) -> tuple[int, int] | None:
    """Return the offsets from the start tag to the end tag, or to the start tag's end where there is none."""
    place = place_of(element)
    if place is None:
        return None
    return place.start_tag.start_offset, (place.end_tag or place.start_tag).end_offset


def refilled(text: str, element: Element, content: str) -> Replace | None:
    """Return the edit that puts other markup between an element's tags; None where not both are in `text`."""
    place = place_of(element)
    if place is None or place.end_tag is None:
        return None
    before = text[place.start_tag.start_offset : place.start_tag.end_offset]
    return Replace(element, before + content + text[place.end_tag.start_offset : place.end_tag.end_offset])


def quoted(value: str) -> str:
    """Return an attribute's value in double quotes, escaped."""
    return '"' + escape(value, quote=False).replace('"', "&quot;") + '"'


def splices(text: str, edits: Iterable[Edit]) -> list[Splice]:
    """Turn edits into places and markup, in the order of the text. An edit inside a replaced element is
    dropped with it; edits of the same words are one. What the parser made up has no place and no edit."""
    found: list[Splice] = []
    of_element: dict[Element, list[tuple[int, AddTokens | SetAttribute | Append]]] = {}
    for order, edit in enumerate(edits):
        if isinstance(edit, Insert):
            found.append(Splice(edit.offset, edit.offset, order, edit.markup))
        elif isinstance(edit, Replace):
            span = outer_span(edit.element)
            if span is not None:
                found.append(Splice(*span, order, edit.markup))
        else:
            of_element.setdefault(edit.element, []).append((order, edit))
    for element, changes in of_element.items():
        place = place_of(element)
        if place is not None:
            _splice_element(found, text, element, place, changes)
    return _without_nested(found)


def _splice_element(
    found: list[Splice],
    text: str,
    element: Element,
    place: SourceLocation,
    changes: list[tuple[int, AddTokens | SetAttribute | Append]],
) -> None:
    """Add the splices of one element's edits to `found`."""
    tokens: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {}
    for order, edit in changes:
        if isinstance(edit, AddTokens):
            known = tokens.get(edit.attribute)
            added, dropped = edit.tokens, edit.drop
            tokens[edit.attribute] = (
                (known[0], known[1] + added, known[2] + dropped) if known else (order, added, dropped)
            )
        elif isinstance(edit, SetAttribute):
            markup = "" if edit.value is None else f"{edit.attribute}={quoted(edit.value)}"
            _splice_attribute(found, text, place, edit.attribute, markup, order)
        elif place.end_tag is not None:
            position = place.end_tag.start_offset
            found.append(Splice(position, position, order, edit.markup))
        elif edit.or_first:
            position = place.start_tag.end_offset
            found.append(Splice(position, position, order, edit.markup))
    for attribute, (order, added, dropped) in tokens.items():
        new = _merged(attribute, element.attr(attribute), added, dropped)
        if new is not None:
            _splice_attribute(found, text, place, attribute, new, order)


@lru_cache(maxsize=1024)
def _merged(attribute: str, value: str | None, tokens: tuple[str, ...], drop: tuple[str, ...]) -> str | None:
    """Return the attribute with its new list of words, or None where nothing has to change."""
    words = words_in(value or "")
    folded = str.lower if attribute == "rel" else str  # ids and classes differ by case
    known = {folded(word) for word in words}
    kept = [word for word in words if folded(word) not in drop]
    added = [word for word in dict.fromkeys(tokens) if folded(word) not in known]
    if not added and len(kept) == len(words):
        return None
    return f"{attribute}={quoted(' '.join([*kept, *added]))}"


def _splice_attribute(
    found: list[Splice], text: str, place: SourceLocation, attribute: str, markup: str, order: int
) -> None:
    span = place.attrs.get(attribute)
    if span is not None:
        found.append(Splice(span.start_offset, span.end_offset, order, markup))
    elif markup:
        position = place.start_tag.start_offset + 1
        while text[position] not in _NAME_ENDS:
            position += 1
        found.append(Splice(position, position, order, f" {markup}"))


def _without_nested(found: list[Splice]) -> list[Splice]:
    """Sort, and drop what lies inside a replaced span. Raise `OverlapError` where two spans cross."""
    found.sort()
    kept: list[Splice] = []
    last_start = last_end = end = -1
    for splice in found:
        start, stop, _, _ = splice
        if start == last_start < last_end <= stop:
            kept.pop()  # the same start tag, replaced by a larger edit
        elif start < end:
            if stop > end:
                raise OverlapError(f"edits cross at offset {start}")
            continue
        kept.append(splice)
        last_start, last_end, end = start, stop, max(end, stop)
    return kept


def spliced(text: str, found: list[Splice]) -> str:
    """Return the text with every splice in its place."""
    if not found:
        return text
    pieces: list[str] = []
    position = 0
    for start, end, _, markup in found:
        pieces += (text[position:start], markup)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)
