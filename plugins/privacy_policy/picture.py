"""Where data goes: the measures of the drawing. The template draws it.

Pure: facts in, boxes and lines out, in units of the drawing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .words import Words

_LETTERS = 28  # in a line of a box, at the size of the small text
_TITLE_LETTERS = 24
_TOP, _LINE, _GAP = 44, 16, 12


class Box(NamedTuple):
    """A recipient.

    name: in full; title: as it is drawn. lines: below its name. top, height, middle: of its box and its arrow.
    """

    name: str
    title: str
    when: str
    is_always: bool
    lines: tuple[str, ...]
    receives: str
    top: int
    height: int
    declares: str

    @property
    def middle(self) -> int:
        """Where the arrow points to."""
        return self.top + self.height // 2


class Drawing(NamedTuple):
    """All boxes, from top to bottom, and the height of the drawing."""

    boxes: tuple[Box, ...]
    height: int


def drawn(recipients: Sequence[Mapping[str, Any]], words: Words, m: Mapping[str, Any]) -> Drawing:
    """Return where everything stands. m: the messages of the language."""
    boxes: list[Box] = []
    top = 2
    for recipient in recipients:
        title, provider = _name(recipient, m), _provider(recipient)
        receives = _receives(recipient, words, m)
        lines = (
            *textwrap.wrap(provider, _LETTERS),
            *textwrap.wrap(f"{m['picture']['receives']} {receives}", _LETTERS),
        )
        height = _TOP + _LINE * len(lines) + _GAP
        when = recipient["when"]
        boxes.append(
            Box(
                f"{title} ({provider})" if provider else title,
                textwrap.shorten(title, _TITLE_LETTERS, placeholder="…"),
                m["picture"][when],
                when == "always",
                lines,
                receives,
                top,
                height,
                f"service:{recipient['id']}",
            )
        )
        top += height + _GAP
    return Drawing(tuple(boxes), top - _GAP + 2)


def _name(recipient: Mapping[str, Any], m: Mapping[str, Any]) -> str:
    if recipient["id"] == "site":
        return str(m["picture"]["site"])
    return str(recipient["name"] or m["picture"]["amazon_name"])


def _provider(recipient: Mapping[str, Any]) -> str:
    return "" if recipient["provider"] in (None, recipient["name"]) else str(recipient["provider"])


def _receives(recipient: Mapping[str, Any], words: Words, m: Mapping[str, Any]) -> str:
    if recipient["id"] == "amazon":
        return str(m["picture"]["amazon"])
    if recipient["id"] == "site":
        return words.list([str(m["logged"][word]) for word in recipient["sends"]])
    return words.list([words.sent(word) for word in recipient["sends"]]) or str(m["unknown"])
