"""The frame of every page on a site that asks for consent: the banner, the runtime, the control."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element

from ..privacy.edits import Edit, Insert, place_of
from ..privacy.page import Form, Page
from ..privacy.page_reading import ends_outside_markup
from .checks import NO_PLACE_FOR_BANNER, UNTRANSLATED_CONSENT


@dataclass(frozen=True)
class Parts:
    """The markup of one page's frame, in its language and with its way to the site's root."""

    banner: str
    head: str
    control: str


@dataclass(frozen=True)
class Banner:
    """The rule that puts the frame around a page. parts: its markup for a language and a site URL. speaks: whether
    the question is written in a language."""

    parts: Callable[[str, str], Parts]
    speaks: Callable[[str], bool]
    forms: frozenset[Form] = frozenset({Form.DOCUMENT})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the banner first in the body, the runtime in the head, the control in the last footer."""
        if page.tree.select_one("section[data-consent]") is not None:
            return
        start = page.body_start
        if start is None or (_end_of(page.tree.select_one("body"), -1) < 0 and not ends_outside_markup(page.text)):
            page.report(
                NO_PLACE_FOR_BANNER,
                "The page has no <body> tag, so that the consent banner has no place.",
                "Write <body> and </body> in the template that makes the page.",
                "",
            )
            return
        if not self.speaks(page.language):
            page.report(
                UNTRANSLATED_CONSENT,
                f"The page is in the language “{page.language}”, in which nobody could be asked for consent.",
                f"Write theme/messages/cookie_banner.{page.language.lower()}.toml with the sentences of "
                "plugins/cookie_banner/messages/en.toml, or correct the lang of the page.",
                "",
            )
        parts = self.parts(page.language, page.site_url)
        yield Insert(_end_of(page.tree.select_one("head"), start), parts.head)
        yield Insert(start, parts.banner)
        footers = page.tree.select("body > footer")
        body_end = _end_of(page.tree.select_one("body"), len(page.text))
        yield Insert(_end_of(footers[-1] if footers else None, body_end), parts.control)


def _end_of(element: Element | None, otherwise: int) -> int:
    """Return the offset before the element's end tag, or `otherwise` where there is none."""
    place = place_of(element) if element is not None else None
    return place.end_tag.start_offset if place is not None and place.end_tag is not None else otherwise
