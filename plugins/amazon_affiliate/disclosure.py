"""Where the sentence stands that Amazon requires: before the block with the first link that pays."""

from __future__ import annotations

from turbohtml import Element

from ..privacy.page import Page, start_of

_CONTAINERS = frozenset({"article", "main", "body"})


def place_of_disclosure(page: Page, first: Element, disclosure: str) -> int | None:
    """Return the offset before the block that holds the first element that pays, directly inside the article, main
    or body; None where the sentence stands before it already.

    disclosure: the markup of the sentence. Only these very bytes count, right inside what is around the element:
    nobody can say whether something else that looks like the sentence is seen.
    """
    if _stands_before(page, first, disclosure):
        return None
    block: Element = first
    for ancestor in first.ancestors:
        if not isinstance(ancestor, Element) or ancestor.tag in _CONTAINERS:
            break
        if ancestor.tag == "head":
            return page.body_start or 0
        if ancestor.source_location is not None:
            block = ancestor
    place = start_of(block)
    return place if place >= 0 else page.body_start or 0


def _stands_before(page: Page, first: Element, disclosure: str) -> bool:
    """Whether the sentence stands before an element; one at the foot of the page comes too late."""
    places = set()
    position, inset, end = page.text.find(disclosure), disclosure.find("<"), start_of(first)
    while -1 < position < end:
        places.add(position + inset)
        position = page.text.find(disclosure, position + 1)
    if not places:
        return False
    around = [page.tree, *first.ancestors]
    return any(start_of(child) in places for node in around for child in node.children if isinstance(child, Element))
