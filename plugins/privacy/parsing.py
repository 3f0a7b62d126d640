"""The tree of a text that is to be edited: what browsers with scripting see, with the place of every tag."""

from __future__ import annotations

import turbohtml
from turbohtml import Document, Element


def normalised(text: str) -> str:
    """Return a text with the line ends that browsers read in its place (HTML, “preprocessing the input stream”)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def document_of(text: str) -> Document:
    """Return the tree of a whole page. Templates with a shadow root stay templates here."""
    return turbohtml.parse(
        text, positions=False, source_locations=True, scripting=True, allow_declarative_shadow_roots=False
    )


def fragment_of(text: str) -> Element:
    """Return the tree of a piece of a page's body."""
    return turbohtml.parse_fragment(text, "div", positions=False, source_locations=True, scripting=True)
