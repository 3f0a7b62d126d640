"""Automatic summaries: Pelican cuts the text after so many words, through embeds and scripts. They go first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import lru_cache
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


_cut = Content.__dict__["get_summary"].func  # without its memory, in which every text would stay


class _Plain(NamedTuple):
    """What Pelican's own cutting asks of a content, with the text that it is to cut."""

    metadata: dict[str, object]
    settings: dict[str, object]
    content: str


def without_embeds(content: Content, clock: Callable[[], AbstractContextManager[None]]) -> None:
    """Let Pelican cut the automatic summary of a content out of its text without embeds.

    Nothing is cut before somebody asks for the summary. clock: what looking for embeds and taking them out counts
    as; the cutting is what Pelican does anyway.
    """

    def cut(html: str) -> str:
        return str(_cut(_Plain({}, content.settings, html), ""))

    def summary(_site_url: str) -> str:
        whole = cut(content.content)
        with clock():
            is_plain = not may_embed(whole)  # then nothing to take out stands before the cut
            text = "" if is_plain else stripped(content.content)
        return whole if is_plain else cut(text)

    content.get_summary = lru_cache(maxsize=4)(summary)
