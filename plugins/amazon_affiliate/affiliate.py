"""The rule for Amazon links: tag, `rel`, label, disclosure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from turbohtml import Element, Namespace

from ..privacy.edits import AddTokens, Append, Edit, Insert, SetAttribute
from ..privacy.page import Form, Page, Reference
from ..privacy.verdicts import shown
from .checks import FOREIGN_TAG, SUSPICIOUS_AMAZON_LINK, UNDISCLOSED_PAID_LINK, WRONG_MARKETPLACE
from .links import Store, is_taggable, store_of, tag_for, tags_in, with_tag

CLAIM = "affiliate"
_CONTAINERS = frozenset({"article", "main", "body"})


@dataclass(frozen=True)
class Parts:
    """The markup in one language: the label inside a link, the sentence before the first one."""

    label: str
    disclosure: str


@dataclass(frozen=True)
class Affiliate:
    """The rule. tags: the site's tag by store. own_tags: all tags that are the site's.
    parts: the markup for a language."""

    tags: Mapping[str, str]
    own_tags: frozenset[str]
    parts: Callable[[str], Parts]
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FRAGMENT})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the edits for every link to a store, and the disclosure before the first that pays."""
        first: Element | None = None
        for link in page.links():
            store = store_of(link.verdict.host) if link.element.tag in ("a", "area") else None
            if store is None:
                continue
            yield from self._link(page, link, store)
            if page.claims.get(link.element) == CLAIM and first is None:
                first = link.element
        if first is not None and not _is_disclosed_before(page, first):
            yield Insert(_place_of_disclosure(page, first), self.parts(page.language).disclosure)

    def _link(self, page: Page, link: Reference, store: Store) -> Iterator[Edit]:
        address = link.verdict.address
        if address is None or address.scheme not in ("http", "https"):
            return
        pays = any(tag in self.own_tags for tag in tags_in(address.href, address.path))
        is_off = link.element.attr("data-affiliate") == "off"
        if pays and (is_off or _is_suspicious(address.href)):
            source = page.source_of(link.element)
            page.report(
                UNDISCLOSED_PAID_LINK,
                f"{shown(source)} carries a tag of the site's own, but would get no label and no disclosure.",
                "Remove the tag from the address, or data-affiliate, a user name or a port.",
                source,
            )
        if is_off:
            return
        if _is_suspicious(address.href):
            source = page.source_of(link.element)
            page.report(
                SUSPICIOUS_AMAZON_LINK,
                f"{shown(source)} leads to {store.host} with a user name or a port in its address.",
                "Write the address as the store shows it.",
                source,
            )
            return
        tag = tag_for(store, self.tags)
        present = tags_in(address.href, address.path)
        element = link.element
        can_say = element.tag == "a" and element.namespace is Namespace.HTML
        if not present:
            # what cannot hold the label, an area of a picture or a link in a drawing, earns nothing
            if tag is None or not can_say or not is_taggable(address.path):
                return
            yield SetAttribute(element, link.carrier.attribute, with_tag(link.url, address.path, tag))
        else:
            self._judge(page, store, present, page.source_of(link.element))
        page.claims[element] = CLAIM
        yield AddTokens(element, "rel", ("sponsored",), drop=("noreferrer",))
        if can_say and element.select_one(".paid-link") is None:
            yield Append(element, self.parts(page.language).label, or_first=True)

    def _judge(self, page: Page, store: Store, present: list[str], source: str) -> None:
        """Report tags that are the site's own for another store, or nobody knows whose."""
        mine = self.tags.get(store.host)
        others = {tag for host, tag in self.tags.items() if host != store.host} - {mine}
        for tag in dict.fromkeys(present):
            if tag in others:
                page.report(
                    WRONG_MARKETPLACE,
                    f"{shown(source)} carries the tag {tag}, which is the site's own for another store "
                    f"than {store.host}.",
                    "Remove the tag from the address; the build adds the right one.",
                    source,
                )
            elif tag not in self.own_tags:
                page.report(
                    FOREIGN_TAG,
                    f"{shown(source)} carries the tag {tag}, which is not the site's own.",
                    "Remove the tag from the address, or declare it: "
                    'AMAZON_AFFILIATE = {"own_tags": [...]} in pelicanconf.py.',
                    source,
                )


def _is_suspicious(href: str) -> bool:
    """Whether an address has user information or a port other than the scheme's own."""
    authority = href.partition("://")[2].partition("/")[0]
    return "@" in authority or ":" in authority


def _is_disclosed_before(page: Page, link: Element) -> bool:
    """Whether a disclosure stands before the link already; one at the foot of the page comes too late."""
    there = page.tree.select_one(".affiliate-disclosure")
    if there is None or there.source_location is None or link.source_location is None:
        return False
    return there.source_location.start_tag.start_offset < link.source_location.start_tag.start_offset


def _place_of_disclosure(page: Page, link: Element) -> int:
    """Return the offset before the block that holds the link, directly inside the article, main or body."""
    block: Element = link
    for ancestor in link.ancestors:
        if not isinstance(ancestor, Element):
            break
        if ancestor.tag in _CONTAINERS:
            break
        if ancestor.source_location is not None:
            block = ancestor
    place = block.source_location
    return place.start_tag.start_offset if place is not None else page.body_start or 0
