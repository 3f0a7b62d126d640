"""Automatic summaries: Pelican cuts the text after so many words, through embeds and scripts. They go first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import turbohtml
from pelican.contents import Content
from pelican.utils import truncate_html_words

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


def without_embeds(content: Content, clock: Callable[[], AbstractContextManager[None]]) -> None:
    """Give a content whose text holds embeds a summary that was cut after they were taken out.

    clock: what the taking out counts as; the cutting is what Pelican would do as well.
    """
    length = content.settings["SUMMARY_MAX_LENGTH"]
    html = content._content
    if length is None or not html:
        return
    with clock():
        plain = stripped(html)
    if plain != html:
        content.summary = truncate_html_words(plain, length, content.settings["SUMMARY_END_SUFFIX"])
        content.metadata["summary"] = content.summary
