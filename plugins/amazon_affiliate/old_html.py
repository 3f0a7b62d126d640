"""The HTML that Associates were once given to paste: a link around a picture from an ad host, and a counting pixel.

Both make every visitor's browser contact Amazon before any click. They are taken out; the link lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from turbohtml import Element, Namespace

from ..privacy.edits import Edit, Replace, refilled, spliced, splices
from ..privacy.page import Form, Page, Reference
from ..privacy.verdicts import shown
from .checks import AMAZON_AD
from .links import is_ad_host

_PIXEL_PATH = "/e/ir"


@dataclass(frozen=True)
class OldHtml:
    """The rule. words: what a link says in a language whose picture had no text of its own."""

    words: Callable[[str], str]
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FEED})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield one edit for each live picture from an ad host that no declared service has, and one for each
        `<noscript>` that loads nothing else: of any other, all that it loads is to be judged."""
        yield from self._without(page, _pictures(page), page)
        for holder, _, inner in page.nested:
            pictures = _pictures(inner) if inner.is_alternative else []
            if pictures and len(pictures) == len(inner.references):
                edits = self._without(inner, pictures, page)
                edit = refilled(page.text, holder, spliced(inner.text, splices(inner.text, edits)))
                if edit is not None:
                    yield edit._replace(gates=True, is_told=True)

    def _without(self, part: Page, pictures: list[Reference], page: Page) -> Iterator[Replace]:
        """Yield the edits that take pictures out of a part of a page, or out of the page itself."""
        seen: set[Element] = set()
        for load in pictures:
            element, address = load.element, load.verdict.address
            if element not in seen:
                seen.add(element)
                is_pixel = _is_tiny(element) or (address is not None and address.path == _PIXEL_PATH)
                instead = self._instead(page, element, part.source_of(element), is_pixel=is_pixel)
                yield Replace(element, instead, gates=True, is_told=True)

    def _instead(self, page: Page, element: Element, source: str, *, is_pixel: bool) -> str:
        """Report a picture, and return what stands in its place: in a link without other words, words."""
        page.report(
            AMAZON_AD,
            f"{shown(source)} would make every visitor's browser contact Amazon; the build has taken it out.",
            "Remove it from the text; a link to Amazon needs no picture of Amazon's.",
            source,
        )
        link = next((a for a in element.ancestors if isinstance(a, Element) and a.tag == "a"), None)
        alt = (element.attr("alt") or "").strip()
        if is_pixel:
            return ""
        if link is None or link.text.strip():
            return escape(alt, quote=False)
        return escape(alt, quote=False) or self.words(page.language)


def _pictures(page: Page) -> list[Reference]:
    """Return what live pictures are loaded from ad hosts that no declared service has. (A picture of the site's own
    that has one of theirs only for some screens is to be corrected by its author.)"""
    return [
        load
        for load in page.loads()
        if load.element.tag == "img"
        and load.element.namespace is Namespace.HTML
        and load.is_nested == page.is_alternative
        and load.carrier.attribute == "src"
        and load.asleep is None
        and load.waits_for is None
        and is_ad_host(load.verdict.host)
    ]


def _is_tiny(element: Element) -> bool:
    """Whether a picture is too small to be seen."""
    return all((element.attr(side) or "").strip() in ("0", "1") for side in ("width", "height"))
