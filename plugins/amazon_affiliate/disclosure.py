"""Where the sentence stands that Amazon requires: before the block with the first link that pays."""

from __future__ import annotations

from functools import lru_cache

import turbohtml
from turbohtml import Element

from ..privacy.page import Page, start_of

_CONTAINERS = frozenset({"article", "main"})


def place_of_disclosure(page: Page, first: Element, disclosure: str) -> int | None:
    """Return the offset before the block that holds the first element that pays, directly inside the article, main
    or body, and outside of what is hidden; None where the sentence stands before it already.

    disclosure: the markup of the sentence. Only these very bytes count, right inside what is around the element:
    nobody can say whether something else that looks like the sentence is seen.
    """
    if _stands_before(page, first, disclosure):
        return None
    blocks = [first]
    for ancestor in first.ancestors:
        if not isinstance(ancestor, Element) or ancestor.tag == "body":
            break
        if ancestor.tag in _CONTAINERS and not _is_hidden(ancestor):
            break
        if ancestor.tag == "head":
            return page.body_start or max(start_of(first), 0)  # where it stands, the body begins
        blocks.append(ancestor)
    places = (start_of(block) for block in reversed(blocks))  # the parser makes up blocks that are not in the text
    place = next((place for place in places if place >= 0), page.body_start or 0)
    # where markup is misnested, the sentence stands right there and the parser puts it elsewhere
    return None if page.text.endswith(disclosure, 0, place) else place


def _stands_before(page: Page, first: Element, disclosure: str) -> bool:
    """Whether the sentence stands before an element; one at the foot of the page comes too late."""
    inset = disclosure.find("<")
    written = [
        element
        for element in page.tree.select(_selector(disclosure))
        if page.text.startswith(disclosure, start_of(element) - inset)
    ]
    if not written:
        return False
    around = [above for above in (page.tree, *first.ancestors) if not _is_hidden(above)]
    return any(element.parent in around and start_of(element) < start_of(first) for element in written)


def _is_hidden(around: object) -> bool:
    """Whether what is in an element is hidden, such as a tab: the sentence stands before it, since it is said of the
    links behind it as well."""
    return isinstance(around, Element) and around.closest("[hidden]") is not None


@lru_cache(maxsize=64)
def _selector(markup: str) -> str:
    """Return a CSS selector for what the outermost element of a markup is."""
    root = next(turbohtml.parse_fragment(markup, "div", positions=False).iter_elements())
    classes = (root.attr("class") or "").split()
    return root.tag + "".join(f".{name}" for name in classes if name.replace("-", "").isalnum() and name[0].isalpha())
