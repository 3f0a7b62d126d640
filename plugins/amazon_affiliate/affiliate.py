"""The rule for Amazon links: tag, `rel`, label, disclosure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element, Namespace

from ..privacy.edits import AddTokens, Edit, Insert, SetAttribute
from ..privacy.page import CODE, Form, Page, Reference, start_of
from .disclosure import place_of_disclosure
from .judging import CONTROLS, Judge, wants_tag
from .links import AmazonLink, Kind, amazon_link, with_tag, without_tags

CLAIM = "affiliate"
HIDES_THE_SITE = frozenset({"no-referrer", "same-origin", "never"})
"""The referrer policies under which Amazon is not told from which site a visitor comes; its programme wants to know.
Source: Associates Program Policies (v), read 2026-11; Referrer Policy, sections 3 and 8.4."""
SHOWS_THE_SITE = "strict-origin-when-cross-origin"


@dataclass(frozen=True)
class Parts:
    """The markup in one language: the label inside a link, the sentence before the first one.
    is_translated: whether it is in the language of the page."""

    label: str
    disclosure: str
    is_translated: bool = True


@dataclass(frozen=True)
class Affiliate:
    """The rule. judge: what it knows of tags. parts: the markup for a language. by_default: whether links are
    tagged that say nothing about it. in_feeds: whether the entries of feeds carry tags."""

    judge: Judge
    parts: Callable[[str], Parts]
    by_default: bool = True
    in_feeds: bool = False
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FRAGMENT, Form.FEED})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the edits for every link to a store, and the disclosure before the first that pays."""
        if page.form is Form.FEED and not self.in_feeds:
            yield from _untagged(page)
            return
        for link in page.links():
            address = link.verdict.address
            amazon = amazon_link(address) if address is not None else None
            if amazon is not None:
                yield from self._link(page, link, amazon)
        if page.claims and _hides_its_address(page):
            yield from (
                SetAttribute(element, "referrerpolicy", SHOWS_THE_SITE)
                for element, claim in page.claims.items()
                if claim == CLAIM and not element.attr("referrerpolicy")
            )
        first = _first_paying(page)
        if first is not None and not page.is_alternative:  # else it is said on the page around it
            parts = self.parts(page.language)
            if not parts.is_translated:
                self.judge.untranslated(page)
            place = place_of_disclosure(page, first, parts.disclosure)
            if place is not None:
                yield Insert(place, parts.disclosure)

    def _link(self, page: Page, link: Reference, amazon: AmazonLink) -> Iterator[Edit]:
        page.verdicts[link.element] = amazon.kind
        control = link.element.attr("data-affiliate")
        if control is not None and control not in CONTROLS:
            self.judge.unknown_control(page, link)
        is_on = wants_tag(control, by_default=self.by_default)
        if amazon.kind is Kind.STORE:
            yield from self._store(page, link, amazon, is_on=is_on, is_out=not is_on and control in CONTROLS)
        elif amazon.kind is Kind.SHORT and control is not None and is_on:
            page.verdicts[link.element] = "short link that pays"
            if _can_say(link.element):
                yield from self._say(page, link)
            else:
                self.judge.short_without_label(page, link)
        elif control is None or is_on or amazon.pays(self.judge.own_tags) or self.judge.minds_foreign(amazon):
            self.judge.other(page, link, amazon)

    def _store(self, page: Page, link: Reference, amazon: AmazonLink, *, is_on: bool, is_out: bool) -> Iterator[Edit]:
        """A link that pays says so, whatever its author wants; else `off` leaves it alone.

        is_on: whether a tag is added. is_out: whether the author took out this very link, or those of its page.
        """
        judge, element = self.judge, link.element
        if is_out and not amazon.pays(judge.own_tags) and not judge.minds_foreign(amazon):
            page.verdicts[element] = "off"
            return
        judge.spelling(page, link)
        new = source = link.url
        if judge.strips and judge.has_foreign(amazon):
            link, amazon = without(page, link, amazon, judge.is_foreign)
            new = link.url
        can_say = _can_say(element)
        if amazon.tags:
            judge.tags_of(page, link, amazon, can_say=can_say)
        else:
            tag = judge.new_tag(link, amazon) if is_on and can_say else None
            page.verdicts[element] = "tag added" if tag is not None else "no tag" if is_on else "off"
            if tag is not None:
                assert link.verdict.address is not None, "it leads to a store"
                new = with_tag(new, link.verdict.address.path, tag)
        if new != source:
            yield SetAttribute(element, link.carrier.attribute, new)
        if can_say and page.verdicts[element] not in ("no tag", "off"):
            yield from self._say(page, link)

    def _say(self, page: Page, link: Reference) -> Iterator[Edit]:
        """Say of a link that it is paid, and let it tell Amazon which site it stands on."""
        element = link.element
        page.claims[element] = CLAIM
        yield AddTokens(element, "rel", ("sponsored",), drop=("noreferrer",))
        if _policy(element.attr("referrerpolicy")) in HIDES_THE_SITE:
            yield SetAttribute(element, "referrerpolicy", SHOWS_THE_SITE)
        label = self.parts(page.language).label
        self.judge.surroundings(page, link, label)
        yield from page.appended(link, page.end_of(link), label, or_first=True)


def _can_say(element: Element) -> bool:
    """Whether a link can hold the label: none of a drawing or a map, and none in code, where nothing is written."""
    return element.tag == "a" and element.namespace is Namespace.HTML and element.closest(CODE) is None


def _policy(value: str | None) -> str:
    return (value or "").strip().lower()


def _hides_its_address(page: Page) -> bool:
    """Whether a `<meta name=referrer>` lets no link of the page tell where it stands, or of one around it."""
    return any(
        _policy(meta.attr("content")) in HIDES_THE_SITE
        for tree in (page.tree, *page.around)
        for meta in tree.select('meta[name="referrer" i][content]')
    )


def _first_paying(page: Page) -> Element | None:
    """Return the first element that pays, or that holds what pays for visitors without JavaScript."""
    paying = [element for element, claim in page.claims.items() if claim == CLAIM]
    inside = [element for element, _, inner in page.nested if inner.is_alternative and _first_paying(inner)]
    placed = [element for element in (*paying, *inside) if start_of(element) >= 0]
    return min(placed, key=start_of) if placed else next(iter(paying), None)


def _untagged(page: Page) -> Iterator[Edit]:
    """Take every tag out of the links of a feed: what is read elsewhere is no page of the site.

    The programme knows links on a site; what it says of feeds could not be found (2026-11).
    """
    for link in page.links():
        address = link.verdict.address
        amazon = amazon_link(address) if address is not None else None
        if amazon is not None and amazon.tags:
            bare, _ = without(page, link, amazon, lambda tag: True)
            yield SetAttribute(link.element, link.carrier.attribute, bare.url)


def without(
    page: Page, link: Reference, amazon: AmazonLink, is_unwanted: Callable[[str], bool]
) -> tuple[Reference, AmazonLink]:
    """Return a link as it is without the tags that are not wanted, and what that leads to."""
    while any(is_unwanted(tag) for tag in amazon.tags):
        assert link.verdict.address is not None, "it leads to a store"
        url = without_tags(link.url, link.verdict.address.path, is_unwanted)
        verdict = page.read(url, page.base)
        found = amazon_link(verdict.address) if verdict.address is not None else None
        if url == link.url or found is None:
            break
        link, amazon = link._replace(url=url, verdict=verdict), found
    return link, amazon
