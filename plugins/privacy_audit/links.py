"""Checks of links that leave the company's sites: are they marked, and are those that pay labelled and tagged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from ..amazon_affiliate import expected as labels
from ..amazon_affiliate.checks import UNDISCLOSED_PAID_LINK
from ..amazon_affiliate.judging import wants_tag
from ..amazon_affiliate.links import Store, is_taggable, store_of, tag_for, tags_in
from ..privacy.carriers import Kind
from ..privacy.findings import Check, Finding
from ..privacy.verdicts import shown
from ..third_party_links import expected as marks
from ..third_party_links.marks import name_of
from .checks import UNMARKED_LINK, UNTAGGED_LINK
from .files import Away, File
from .reading import Document, Found, start_tag


def _links(file: File) -> list[Away]:
    """Return the live links of a page that leave the website."""
    if file.away is None:
        file.away = list(_leading_away(file))
    return file.away


def _leading_away(file: File) -> Iterator[Away]:
    for item in file.found if file.is_page else ():
        node = item.node
        if item.carrier.kind is Kind.LINKS and item.gate is None and node is not None and node.tag in ("a", "area"):
            name = name_of(item.verdict, file.site.declaration)
            if name is not None:
                yield Away(item, node, node.attributes, name)


def _unmarked(file: File) -> Iterator[tuple[Found, str]]:
    """Yield the links of a page that leave the website and do not say so, each with what it lacks."""
    if "third_party_links" not in file.site.plugins:
        return
    for item, node, attributes, name in _links(file):
        if "amazon_affiliate" in file.site.plugins and (
            _pays(item, file.site.own_tags) or _is_labelled(node, attributes, file)
        ):
            continue
        is_drawn = item.carrier.namespace != "html" or node.tag == "area"
        words = None if is_drawn else node.text()
        missing = marks.lacks(name, attributes.get, words, _described_in(file), file.site.descriptions)
        if missing:
            yield item, missing[0]


def _is_labelled(node: LexborNode, attributes: dict[str, str | None], file: File) -> bool:
    """Whether a link says that it is paid: a stranger may earn by it, or the tag may hide behind a short address."""
    return "sponsored" in (attributes.get("rel") or "") and not labels.lacks(
        attributes.get, node.text(), file.site.expected
    )


def _described_in(file: File) -> Callable[[str], str | None]:
    """Return a reader of the text of the element with an id; a page has few of them that describe links."""

    def described(name: str) -> str | None:
        if name not in file.described:
            found = [document.tree.css_first(f'[id="{name}"]') for document in file.live()]
            file.described[name] = next((element.text() for element in found if element is not None), None)
        return file.described[name]

    return described


def _store_links(file: File) -> Iterator[tuple[Found, LexborNode, dict[str, str | None], Store]]:
    if "amazon_affiliate" not in file.site.plugins:
        return
    for item, node, attributes, _ in _links(file):
        store = store_of(item.verdict.host)
        if store is not None and item.verdict.address is not None and item.verdict.address.scheme[:4] == "http":
            yield item, node, attributes, store


def _pays(item: Found, own_tags: frozenset[str]) -> bool:
    address = item.verdict.address
    return address is not None and any(tag in own_tags for tag in tags_in(address.href, address.path))


def _unlabelled(file: File) -> Iterator[tuple[Found, str]]:
    """Yield the links of a page that pay without saying so, each with what it lacks."""
    own = file.site.own_tags
    paid = [found for found in _store_links(file) if _pays(found[0], own)] if own else []
    if not paid:
        return
    file.site.paid = True
    is_disclosed = _disclosed_before(file.documents[0])
    named = {item.url for item, node, _, _ in paid if node.text().strip()}
    for item, node, attributes, _ in paid:
        if node.child is None and item.url in named:
            continue  # Markdown writes <p><a><h3>: the parser leaves this one empty, and goes on with it behind
        missing = labels.lacks(attributes.get, node.text(), file.site.expected)
        if missing:
            yield item, missing[0]
        elif not is_disclosed:
            yield item, "the disclosure before the first such link"


def _disclosed_before(document: Document) -> bool:
    """Whether the disclosure stands before the first label. (The parser gives elements in their order.)"""
    first = document.tree.css_first(".affiliate-disclosure,.paid-link")
    return (
        first is not None and "affiliate-disclosure" in (first.attributes.get("class") or "") and bool(first.text())
    )


def unmarked_link(file: File) -> Iterator[Finding]:
    """A link to another website that says so neither to eyes nor to screen readers.

    Example: a link that a plugin or script put into a finished page: <a href="https://elsewhere.example/">
    """
    if not file.is_page or not file.found or file.is_copied:
        return
    way_out = "Let the plugin third_party_links mark it: it does so in every page that a template makes."
    yield from tell_unmarked(file, UNMARKED_LINK, way_out)


def tell_unmarked(file: File, check: Check, way_out: str) -> Iterator[Finding]:
    """Yield a finding for each link of a page that leaves the website and does not say so."""
    for item, lack in _unmarked(file):
        yield _finding(file, item, check, f"leads away from this website, and lacks {lack}.", way_out)


def undisclosed_paid_link(file: File) -> Iterator[Finding]:
    """A link that pays, by a tag of the site's own, without rel, label, or the disclosure before it.

    Example: <a href="https://www.amazon.de/dp/B000000000?tag=mine-21" rel="external">a book</a>
    """
    if file.is_page and file.found and not file.is_copied:
        way_out = "Let the plugin amazon_affiliate write it: it does so in every page that a template makes."
        yield from tell_unlabelled(file, UNDISCLOSED_PAID_LINK, way_out)


def tell_unlabelled(file: File, check: Check, way_out: str) -> Iterator[Finding]:
    """Yield a finding for each link of a page that pays without saying so."""
    for item, lack in _unlabelled(file):
        yield _finding(file, item, check, f"earns the site money, and the page lacks {lack}.", way_out)


def untagged_affiliate_link(file: File) -> Iterator[Finding]:
    """A link to a store for which AMAZON_TAGS has a tag, without that tag.

    Example: with AMAZON_TAGS = {"amazon.de": "mine-21"}, <a href="https://www.amazon.de/dp/B000000000">
    """
    tags = file.site.tags
    if not tags or not file.is_page or file.is_copied:
        return
    for item, node, attributes, store in _store_links(file):
        address = item.verdict.address
        is_on = wants_tag(attributes.get("data-affiliate"), by_default=file.site.tags_by_default)
        can_earn = node.tag == "a" and item.carrier.namespace == "html"
        if not is_on or not can_earn or address is None or tag_for(store, tags) is None:
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


def _finding(file: File, item: Found, check: Check, what: str, way_out: str) -> Finding:
    source = start_tag(item.node) if item.node is not None else item.url
    return Finding(check, f"{shown(source)} {what}", way_out, page=file.name, evidence=item.url, subject=item.url)
