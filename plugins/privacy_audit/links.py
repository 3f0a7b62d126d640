"""Checks of links that leave the company's sites: are they marked, and are those that pay labelled and tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import turbohtml
from selectolax.lexbor import LexborNode

from ..amazon_affiliate import expected as labels
from ..amazon_affiliate.checks import UNDISCLOSED_PAID_LINK
from ..amazon_affiliate.judging import CONTROLS, wants_tag
from ..amazon_affiliate.links import Kind as AmazonKind
from ..amazon_affiliate.links import Store, is_taggable, kind_of, store_of, tag_for, tags_in
from ..privacy.carriers import Kind
from ..privacy.findings import Check, Finding
from ..privacy.page import CODE
from ..privacy.verdicts import shown
from ..third_party_links import expected as marks
from ..third_party_links.marks import name_of
from .checks import UNMARKED_LINK, UNTAGGED_LINK
from .files import Away, File
from .reading import Found, start_tag
from .sight import is_told_before, seen_in, stands_in, views

_CODE = frozenset(CODE.split(","))  # where nothing is written, so that a link can hold no label
_ALTERNATIVE = frozenset({"noscript"})
Attributes = dict[str, str | None]


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
    lacking = []
    for item, node, attributes, name in _links(file):
        if "amazon_affiliate" in file.site.plugins and (
            _pays(item, attributes, file.site.own_tags) or _is_labelled(node, attributes, file)
        ):
            continue
        is_drawn = item.carrier.namespace != "html" or node.tag == "area"
        words = None if is_drawn else node.text()
        missing = marks.lacks(name, attributes.get, words, _described_in(file), file.site.descriptions)
        if missing and stands_in(node, _CODE, file.documents) and not _is_describable(file, node):
            missing = marks.lacks(name, attributes.get, None, _described_in(file), file.site.descriptions)
        if missing:
            lacking.append((item, attributes, missing[0]))
    if lacking:
        yield from _whole(file, [attributes for _, _, attributes, _ in _links(file)], lacking)


def _is_describable(file: File, node: LexborNode) -> bool:
    """Whether the page has a place for the description of a link: right inside its body, where it has such a tag."""
    page = file.documents[0]
    is_inside = page in views(file.live())[id(node.parser)]
    return is_inside and b"<body" in page.lowered and not stands_in(node, _ALTERNATIVE, file.documents)


def _whole(
    file: File, links: Sequence[Attributes], lacking: Sequence[tuple[Found, Attributes, str]]
) -> Iterator[tuple[Found, str]]:
    """Yield the links that lack something. links: all of their kind. lacking: the elements that lack it.

    The parser makes several elements of one link that goes on in other blocks (Markdown writes `<p><a><h3>`): of
    those alike, as many lack it as are written in the text and are not complete in any element.
    """
    alike = Counter(map(_key, links))
    short = Counter(_key(attributes) for _, attributes, _ in lacking)
    written = _written(file) if any(alike[key] > 1 for key in short) else Counter()
    for item, attributes, lack in lacking:
        key = _key(attributes)
        if alike[key] - short[key] < written.get(key, alike[key]):
            short[key] -= 1  # it counts as told
            yield item, lack


def _key(attributes: Attributes) -> frozenset[tuple[str, str]]:
    """Return what tells links apart, upper and lower case alike."""
    return frozenset((name, (value or "").lower()) for name, value in attributes.items())


def _written(file: File) -> Counter[frozenset[tuple[str, str]]]:
    """Return how many links with which attributes stand in the text of a page."""
    # the tokenizer takes what is in <noscript> for text; without JavaScript it is not
    texts = (document.lowered.replace(b"<noscript", b"<no-script") for document in file.live())
    tokens = (token for text in texts for token in turbohtml.tokenize(text.decode("utf-8", "replace")))
    return Counter(_key(dict(token.attrs)) for token in tokens if token.tag == "a" and token.attrs)


def _is_labelled(node: LexborNode, attributes: Attributes, file: File) -> bool:
    """Whether a link says that it is paid: a stranger may earn by it, or the tag may hide behind a short address."""
    return "sponsored" in (attributes.get("rel") or "") and not labels.lacks(
        attributes.get, seen_in(node), file.site.expected
    )


def _described_in(file: File) -> Callable[[str], str | None]:
    """Return a reader of the text of the element with an id; a page has few of them that describe links."""

    def described(name: str) -> str | None:
        if name not in file.described:
            quoted = name.replace("\\", "\\\\").replace('"', '\\"')
            found = [document.tree.css_first(f'[id="{quoted}"]') for document in file.live()]
            file.described[name] = next((element.text() for element in found if element is not None), None)
        return file.described[name]

    return described


def _store_links(file: File) -> Iterator[tuple[Found, LexborNode, Attributes, Store]]:
    if "amazon_affiliate" not in file.site.plugins:
        return
    for item, node, attributes, _ in _links(file):
        store = store_of(item.verdict.host)
        if store is not None and item.verdict.address is not None and item.verdict.address.scheme[:4] == "http":
            yield item, node, attributes, store


def _pays(item: Found, attributes: Attributes, own_tags: frozenset[str]) -> bool:
    """Whether the site earns by a link: it leads to a store with a tag of the site's own, or is a short address of
    which its author says so."""
    address = item.verdict.address
    if address is None or address.scheme not in ("http", "https"):
        return False
    if CONTROLS.get(attributes.get("data-affiliate") or "", False) and kind_of(address.host) is AmazonKind.SHORT:
        return True
    is_tagged = any(tag in own_tags for tag in tags_in(address.href, address.path)) if own_tags else False
    return is_tagged and store_of(address.host) is not None


def _unlabelled(file: File) -> Iterator[tuple[Found, str]]:
    """Yield the links of a page that pay without saying so, each with what it lacks."""
    if "amazon_affiliate" not in file.site.plugins:
        return
    paid = [away for away in _links(file) if _pays(away.item, away.attributes, file.site.own_tags)]
    if not paid:
        return
    file.site.paid = True
    undisclosed = _undisclosed(file, paid)
    lacking = []
    for item, node, attributes, _ in paid:
        missing = labels.lacks(attributes.get, seen_in(node), file.site.expected)
        if missing:
            lacking.append((item, attributes, missing[0]))
        elif id(node.parser) in undisclosed:
            yield item, "the disclosure before the first such link"
    yield from _whole(file, [away.attributes for away in paid], lacking)


def _undisclosed(file: File, paid: Sequence[Away]) -> set[int]:
    """Return the ids of the trees that hold links that pay, and no sentence before the first that is seen."""
    links = {away.node.mem_id for away in paid}
    shown = views(file.live())
    in_views = {tree: shown[tree] for tree in (id(away.node.parser) for away in paid)}
    wanting = {
        id(view)
        for view in {id(view): view for found in in_views.values() for view in found}.values()
        if not is_told_before(view, links, file.site.expected.sentences)
    }
    return {tree for tree, found in in_views.items() if any(id(view) in wanting for view in found)}


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
    """A link that pays, by a tag of the site's own or as its author says, without rel, label or disclosure.

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
    links = list(_store_links(file))
    lacking = [
        (item, attributes, f"leads to {store.host} without the tag {tags[store.host]}.")
        for item, node, attributes, store in links
        if _is_to_be_tagged(file, item, node, store)
    ]
    if lacking:
        in_code = [attributes for _, node, attributes, _ in links if stands_in(node, _CODE, file.documents)]
        lacking = [found for found in lacking if found[1] not in in_code]
    way_out = "Let the plugin amazon_affiliate add it, or write data-affiliate=off."
    for item, what in _whole(file, [attributes for _, _, attributes, _ in links], lacking):
        yield _finding(file, item, UNTAGGED_LINK, what, way_out)


def _is_to_be_tagged(file: File, item: Found, node: LexborNode, store: Store) -> bool:
    """Whether a link to a store has no tag and could have one, wherever it stands."""
    address = item.verdict.address
    is_on = wants_tag(node.attributes.get("data-affiliate"), by_default=file.site.tags_by_default)
    can_earn = node.tag == "a" and item.carrier.namespace == "html"
    if not is_on or not can_earn or address is None or tag_for(store, file.site.tags) is None:
        return False
    authority = address.href.partition("://")[2].partition("/")[0]
    return is_taggable(address.path) and not tags_in(address.href, address.path) and not set("@:") & set(authority)


def _finding(file: File, item: Found, check: Check, what: str, way_out: str) -> Finding:
    source = start_tag(item.node) if item.node is not None else item.url
    return Finding(check, f"{shown(source)} {what}", way_out, page=file.name, evidence=item.url, subject=item.url)
