"""Automatic summaries: Pelican cuts the text after so many words, through embeds and scripts. They go first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from pelican.contents import Content

from .edits import Replace, spliced, splices
from .parsing import fragment_of, normalised

LEFT_OUT = (
    "script,style,noscript,iframe,object,embed,video,audio,picture,svg,math,template,form,link,meta,base,"
    "frame,frameset"
)


def stripped(html: str) -> str:
    """Return `html` without the elements that load, run or embed something."""
    if "<" not in html:
        return html
    text = normalised(html)
    tree = fragment_of(text)
    return spliced(text, splices(text, [Replace(element, "") for element in tree.select(LEFT_OUT)]))


def may_embed(html: str) -> bool:
    """Whether a text may hold such an element. Errs towards yes."""
    lowered = html.lower()
    return any(f"<{name}" in lowered for name in LEFT_OUT.split(","))


Clock = Callable[[], AbstractContextManager[None]]
_cut = Content.__dict__["get_summary"].func  # without its memory, in which every text would stay


class _Plain(NamedTuple):
    """What Pelican's own cutting asks of a content, with the text that it is to cut."""

    metadata: dict[str, object]
    settings: dict[str, object]
    content: str


class _Summary:
    """The automatic summary of a content, cut when somebody asks for it first. Small: each article has one."""

    __slots__ = ("_clock", "_content", "_text")

    def __init__(self, content: Content, clock: Clock) -> None:
        self._content, self._clock = content, clock
        self._text: str | None = None

    def __call__(self, _site_url: str) -> str:
        if self._text is None:
            whole = self._cut(self._content.content)
            with self._clock():
                is_plain = not may_embed(whole)  # then nothing to take out stands before the cut
                text = "" if is_plain else stripped(self._content.content)
            self._text = whole if is_plain else self._cut(text)
        return self._text

    def _cut(self, html: str) -> str:
        return str(_cut(_Plain({}, self._content.settings, html), ""))


def without_embeds(content: Content, clock: Clock) -> None:
    """Let Pelican cut the automatic summary of a content out of its text without embeds.

    Nothing is cut before somebody asks for the summary. clock: what looking for embeds and taking them out counts
    as; the cutting is what Pelican does anyway.
    """
    content.get_summary = _Summary(content, clock)
