"""Automatic summaries: Pelican cuts the text after so many words, through embeds and scripts. They go first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import NamedTuple

import turbohtml
from pelican.contents import Content

from .edits import Replace, spliced, splices

LEFT_OUT = (
    "script,style,noscript,iframe,object,embed,video,audio,picture,svg,math,template,form,link,meta,base,"
    "frame,frameset"
)


def stripped(html: str) -> str:
    """Return `html` without the elements that load, run or embed something."""
    if "<" not in html:
        return html
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    tree = turbohtml.parse_fragment(text, "div", positions=False, source_locations=True, scripting=True)
    return spliced(text, splices(text, [Replace(element, "") for element in tree.select(LEFT_OUT)]))


_cut = Content.__dict__["get_summary"].func  # without its memory, in which every text would stay


class _Plain(NamedTuple):
    """What Pelican's own cutting asks of a content, with the text that it is to cut."""

    metadata: dict[str, object]
    settings: dict[str, object]
    content: str


def without_embeds(content: Content, clock: Callable[[], AbstractContextManager[None]]) -> None:
    """Let Pelican cut the automatic summary of a content out of its text without embeds.

    Nothing is cut before somebody asks for the summary. clock: what the taking out counts as; the cutting
    is what Pelican does anyway.
    """

    def summary(_site_url: str) -> str:
        with clock():
            plain = stripped(content.content)
        return str(_cut(_Plain({}, content.settings, plain), ""))

    content.get_summary = lru_cache(maxsize=4)(summary)
