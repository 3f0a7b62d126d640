"""Checks of links that leave the company's sites: are they marked, and are those that pay labelled and tagged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from ..amazon_affiliate.checks import UNDISCLOSED_PAID_LINK
from ..amazon_affiliate.links import Store, is_taggable, store_of, tag_for, tags_in
from ..privacy.carriers import Kind
from ..privacy.findings import Finding
from ..privacy.urls import Party
from ..privacy.verdicts import shown
from .checks import UNMARKED_LINK, UNTAGGED_LINK
from .files import File
from .reading import Document, Found, start_tag

_AWAY = (Party.THIRD_PARTY, Party.PARTNER)


def _links(file: File) -> Iterator[tuple[Found, LexborNode, dict[str, str | None]]]:
    """Yield the live links of a page that lead away, with their attributes."""
    for item in file.found if file.is_page else ():
        node = item.node
        is_away = item.carrier.kind is Kind.LINKS and item.verdict.party in _AWAY and item.gate is None
        if is_away and node is not None and node.tag in ("a", "area"):
            yield item, node, node.attributes


def _words(attributes: dict[str, str | None], name: str) -> list[str]:
    return (attributes.get(name) or "").lower().split()


def unmarked(file: File) -> Iterator[Found]:
    """Yield the links of a page that lead away and do not say so, as the plugin third_party_links promises."""
    if "third_party_links" not in file.site.plugins:
        return
    described: dict[str, bool] = {}
    for item, node, attributes in _links(file):
        is_drawn = item.carrier.namespace != "html" or node.tag == "area"
        if (attributes.get("data-xlink") or "").lower() == "off":
            continue
        is_external = "external" in _words(attributes, "rel")
        if not is_external or not (is_drawn or _label(node) or _is_described(file, node, attributes, described)):
            yield item


def _is_described(
    file: File, node: LexborNode, attributes: dict[str, str | None], described: dict[str, bool]
) -> bool:
    """Whether a link says where it leads, by an element that describes it or by words of its own."""
    for name in (attributes.get("aria-describedby") or "").split():
        if name not in described:
            found = [document.tree.css_first(f'[id="{name}"]') for document in file.live()]
            described[name] = any(element is not None and element.text().strip() for element in found)
        if described[name]:
            return True
    return node.css_first(".xlink-spoken") is not None


def _label(node: LexborNode) -> str:
    """Return the label of a paid link: inside it, or right after it."""
    inside = node.css_first(".paid-link")
    if inside is not None:
        return inside.text().strip()
    after = node.next
    while after is not None and after.is_text_node and not (after.text() or "").strip():
        after = after.next
    is_label = after is not None and after.is_element_node and "paid-link" in (after.attributes.get("class") or "")
    return after.text().strip() if after is not None and is_label else ""


def _store_links(file: File) -> Iterator[tuple[Found, LexborNode, dict[str, str | None], Store]]:
    if "amazon_affiliate" not in file.site.plugins:
        return
    for item, node, attributes in _links(file):
        store = store_of(item.verdict.host)
        if store is not None and item.verdict.address is not None and item.verdict.address.scheme[:4] == "http":
            yield item, node, attributes, store


def _pays(item: Found, own_tags: frozenset[str]) -> bool:
    address = item.verdict.address
    return address is not None and any(tag in own_tags for tag in tags_in(address.href, address.path))


def unlabelled(file: File) -> Iterator[tuple[Found, str]]:
    """Yield the links of a page that pay without saying so, each with what it lacks."""
    own = file.site.own_tags
    paid = [found for found in _store_links(file) if _pays(found[0], own)] if own else []
    if not paid:
        return
    file.site.paid = True
    document = file.documents[0]
    early = _disclosed_before(document)
    for item, node, attributes, _ in paid:
        if not {"sponsored", "nofollow"} & set(_words(attributes, "rel")):
            yield item, "rel=sponsored"
        elif not _label(node):
            yield item, "a label"
        elif not early:
            yield item, "the disclosure before the first such link"


def _disclosed_before(document: Document) -> bool:
    """Whether the disclosure stands before the first label. (The parser gives elements in their order.)"""
    first = document.tree.css_first(".affiliate-disclosure,.paid-link")
    return (
        first is not None and "affiliate-disclosure" in (first.attributes.get("class") or "") and bool(first.text())
    )


def unmarked_link(file: File) -> Iterator[Finding]:
    """A link to another company's site that says so neither to eyes nor to screen readers.

    Example: a link that a plugin or script put into a finished page: <a href="https://elsewhere.example/">
    """
    if not file.is_page or not file.found or file.is_copied:
        return
    for item in unmarked(file):
        yield _finding(
            file,
            item,
            UNMARKED_LINK,
            "leads away from the company's sites, and nothing says so.",
            "Let the plugin third_party_links mark it: it does so in every page that a template makes.",
        )


def undisclosed_paid_link(file: File) -> Iterator[Finding]:
    """A link that pays, by a tag of the site's own, without rel, label, or the disclosure before it.

    Example: <a href="https://www.amazon.de/dp/B000000000?tag=mine-21" rel="external">a book</a>
    """
    if file.is_page and file.found and not file.is_copied:
        for item, lack in unlabelled(file):
            yield _finding(
                file,
                item,
                UNDISCLOSED_PAID_LINK,
                f"earns the site money, and the page lacks {lack}.",
                "Let the plugin amazon_affiliate write it: it does so in every page that a template makes.",
            )


def untagged_affiliate_link(file: File) -> Iterator[Finding]:
    """A link to a store for which AMAZON_TAGS has a tag, without that tag.

    Example: with AMAZON_TAGS = {"amazon.de": "mine-21"}, <a href="https://www.amazon.de/dp/B000000000">
    """
    tags = file.site.tags
    if not tags or not file.is_page or file.is_copied:
        return
    for item, node, attributes, store in _store_links(file):
        address = item.verdict.address
        is_off = (attributes.get("data-affiliate") or "") == "off"
        can_earn = node.tag == "a" and item.carrier.namespace == "html"
        if is_off or not can_earn or address is None or tag_for(store, tags) is None:
            continue
        authority = address.href.partition("://")[2].partition("/")[0]
        if is_taggable(address.path) and not tags_in(address.href, address.path) and not set("@:") & set(authority):
            yield _finding(
                file,
                item,
                UNTAGGED_LINK,
                f"leads to {store.host} without the tag {tags[store.host]}.",
                "Let the plugin amazon_affiliate add it, or write data-affiliate=off.",
            )


def _finding(file: File, item: Found, check: Any, what: str, way_out: str) -> Finding:
    source = start_tag(item.node) if item.node is not None else item.url
    return Finding(check, f"{shown(source)} {what}", way_out, page=file.name, evidence=item.url, subject=item.url)
