"""How much room an embed takes, as far as its markup tells: the placeholder takes as much, so that nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import tinycss2
from tinycss2.ast import DimensionToken, NumberToken, PercentageToken
from turbohtml import Element

_FRAMES = frozenset({"iframe", "object", "embed", "video"})
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = "300", "150"
"""Of frames that say nothing. Source: CSS 2.2, sections 10.3.2 and 10.6.2, https://www.w3.org/TR/CSS22/visudet.html."""
WRAPPERS = frozenset({"div", "figure", "center", "span"})
"""What may stand around an embed to give it its size."""
_FULL = "100vw"
"""Any width in percent: the style sheet makes it that of the place where the embed stands."""
_LARGEST = 10_000


class Room(NamedTuple):
    """The size of an embed, as attributes of an SVG element that keeps the room.

    width: CSS pixels, or `100vw`. height: CSS pixels; nothing where it follows from the width. ratio: "WIDTH HEIGHT",
    by which it follows; nothing where the height is fixed.
    """

    width: str
    height: str
    ratio: str


def embed_in(element: Element) -> Element:
    """Return the embed in a wrapper that waits with it, or in a `<picture>`; else the element itself."""
    while element.tag in WRAPPERS:
        element = next((child for child in element.children if isinstance(child, Element)), element)
    return (element.select_one("img") or element) if element.tag == "picture" else element


def room_of(element: Element) -> Room | None:
    """Return the room that an element takes; None where its markup does not tell: a picture is as large as its file
    unless it says so."""
    widest = _FULL
    while element.tag in WRAPPERS:
        style = dict(_style(element.attr("style") or ""))
        widest = next((style[name] for name in ("max-width", "width") if style.get(name, _FULL) != _FULL), widest)
        if style.get("padding"):
            return Room(widest, "", f"100 {style['padding']}")
        element = next(child for child in element.children if isinstance(child, Element))
    element = embed_in(element)
    style = dict(_style(element.attr("style") or ""))
    attributes = _dimension(element.attr("width")), _dimension(element.attr("height"))
    width, height = style.get("width") or attributes[0], style.get("height") or attributes[1]
    if width == _FULL:
        width = style.get("max-width") or width
    if width and style.get("aspect-ratio") and not style.get("height"):
        return Room(width, "", style["aspect-ratio"])
    if element.tag in _FRAMES:
        width, height = width or _DEFAULT_WIDTH, _DEFAULT_HEIGHT if height in ("", _FULL) else height
    if not width or height in ("", _FULL):
        return None
    if (width, height) != attributes or width == _FULL:
        return Room(width, height, "")
    return Room(width, "", "1 1" if "0" in attributes else f"{width} {height}")


def is_pixel(element: Element) -> bool:
    """Whether an element is at most one pixel wide and high, as trackers are."""
    return all((element.attr(name) or "").strip() in ("0", "1") for name in ("width", "height"))


def _dimension(value: str | None) -> str:
    """Return a dimension attribute in whole pixels, `100vw` for one in percent, nothing for anything else."""
    number = (value or "").strip().removesuffix("px").removesuffix("%").partition(".")[0]
    if not number.isascii() or not number.isdecimal() or int(number) >= _LARGEST:
        return ""
    return _FULL if (value or "").strip().endswith("%") else str(int(number))


def _style(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a style attribute says of the size: `width`, `max-width` and `height` as `_dimension` has them,
    `aspect-ratio`, and the `padding` above and below together, where it is in percent (of the width)."""
    above_and_below = 0.0
    for declaration in tinycss2.parse_blocks_contents(text) if text else ():
        if declaration.type != "declaration":
            continue
        tokens = [token for token in declaration.value if token.type != "whitespace"]
        if declaration.lower_name == "aspect-ratio":
            numbers = [token.representation for token in tokens if isinstance(token, NumberToken) and token.value > 0]
            yield "aspect-ratio", " ".join([*numbers, "1"][:2]) if numbers else ""
        elif declaration.lower_name in ("width", "max-width", "height") and len(tokens) == 1:
            yield declaration.lower_name, _length(tokens[0])
        elif declaration.lower_name in ("padding", "padding-top", "padding-bottom"):
            sides = tokens[:1] + (tokens[2:3] or tokens[:1]) if declaration.lower_name == "padding" else tokens[:1]
            above_and_below += sum(side.value for side in sides if isinstance(side, PercentageToken))
    yield "padding", f"{above_and_below:g}" if above_and_below > 0 else ""


def _length(token: object) -> str:
    if isinstance(token, PercentageToken):
        return _FULL
    if isinstance(token, DimensionToken) and token.lower_unit == "px" and 0 < token.value < _LARGEST:
        return str(round(token.value))
    return ""
