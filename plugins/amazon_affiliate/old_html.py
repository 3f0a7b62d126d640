"""The HTML that Associates were once given to paste: a link around a picture from an ad host, and a counting pixel.

Both make every visitor's browser contact Amazon before any click. They are taken out; the link lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from turbohtml import Element, Namespace

from ..privacy.edits import Edit, Replace
from ..privacy.page import Form, Page
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
        """Yield one edit for each live picture from an ad host that no declared service has."""
        seen: set[Element] = set()
        for load in page.loads():
            element = load.element
            is_picture = element.tag == "img" and element.namespace is Namespace.HTML and not load.is_nested
            if not is_picture or load.asleep is not None or load.waits_for is not None or element in seen:
                continue
            if is_ad_host(load.verdict.host):
                seen.add(element)
                address = load.verdict.address
                is_pixel = _is_tiny(element) or (address is not None and address.path == _PIXEL_PATH)
                yield Replace(element, self._instead(page, element, is_pixel=is_pixel), gates=True, is_told=True)

    def _instead(self, page: Page, element: Element, *, is_pixel: bool) -> str:
        """Report a picture, and return what stands in its place: in a link without other words, words."""
        source = page.source_of(element)
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


def _is_tiny(element: Element) -> bool:
    """Whether a picture is too small to be seen."""
    return all((element.attr(side) or "").strip() in ("0", "1") for side in ("width", "height"))
