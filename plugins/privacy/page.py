"""One page as the rules see it: its tree, what it refers to, and what they find.

A page is parsed once. Text inside it that is HTML again (`noscript`, `srcdoc`, a `data:` document) is
a page within the page, and what it loads counts as loaded by the element that holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from turbohtml import Document, Element, Namespace, Node, Text

from .carriers import (
    LINK_SELECTOR,
    Carrier,
    Kind,
    Rows,
    html_rows_for,
    link_selector,
    rows_for,
)
from .catalogue import Service
from .declaration import Declaration, Verdict
from .edits import Append, place_of
from .findings import Check, Finding
from .grammars import words_in
from .urls import Party
from .verdicts import shown

CODE = "pre,code,kbd,samp"
"""What holds characters to be read or copied as they are, in which nothing is written."""
_NO_WORDS = frozenset(
    ("svg", "object", "video", "audio", "canvas", "iframe", "noscript", "template", "script", "style")
)
"""What holds characters that are none of the words around it: code, and what stands in for a picture or a player."""
_NOT_LOOKED_UP = -1
OWN = frozenset({Party.OWN, Party.FIRST_PARTY})
_NO_PLACES = frozenset({"javascript", "data"})

Read = Callable[[str, str], Verdict]
ReadScript = Callable[[str], Iterable[str]]
"""From the code of an inline script to an address of each service that it uses."""


class Form(Enum):
    """What kind of text is read: a whole document, HTML inside a page, or an entry of a feed."""

    DOCUMENT = "document"
    FRAGMENT = "fragment"
    FEED = "feed"


class Reference(NamedTuple):
    """A URL that the page refers to.

    element: the element of the page itself, also where the URL stands in a document inside it.
    is_nested: whether it does. asleep: None where the markup is live, else what its template waits for
    (ids of services, or nothing).
    """

    element: Element
    carrier: Carrier
    url: str
    verdict: Verdict
    is_nested: bool = False
    asleep: frozenset[str] | None = None

    @property
    def waits_for(self) -> Service | None:
        """The declared service that has to be agreed to before this is loaded."""
        return self.verdict.service if self.verdict.is_foreign else None


@dataclass(slots=True)
class Page:
    """What the rules read of one page. `findings` and `claims` are what they leave behind.

    text: the page before any edit, newlines normalised. base: the URL that relative URLs start from.
    references: what the page loads, submits to or rebases. site_url: what own URLs begin with.
    nested: the pages inside the page, with their element and the attribute that holds them (or `#text`).
    controls: its elements with an attribute by which the consent runtime knows its controls.
    is_alternative: whether it is the text of a `<noscript>`, part of the page around it for some visitors.
    around: the trees of the documents in which it stands, whose referrer policies hold for it.
    verdicts: what the rules say of a link besides whose it is, and checks: the names of those that found
    something about it; both for the inventory.
    """

    text: str
    tree: Document | Element
    form: Form
    declaration: Declaration
    read: Read
    base: str
    language: str
    site_url: str
    references: list[Reference] = field(default_factory=list)
    nested: list[tuple[Element, str, Page]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    claims: dict[Element, str] = field(default_factory=dict)
    verdicts: dict[Element, str] = field(default_factory=dict)
    checks: dict[Element, list[str]] = field(default_factory=dict)
    controls: list[Element] = field(default_factory=list)
    is_alternative: bool = False
    around: tuple[Document | Element, ...] = ()
    _links: list[Reference] | None = None
    _order: dict[Element, int] | None = None
    _parts: dict[Element, list[Element]] = field(default_factory=dict)
    _body_start: int | None = _NOT_LOOKED_UP

    def loads(self) -> list[Reference]:
        """Return what the browser would fetch from a foreign host without a click."""
        return [
            reference
            for reference in self.references
            if reference.carrier.kind is Kind.LOADS and reference.verdict.is_foreign
        ]

    def links(self) -> list[Reference]:
        """Return the live links of the page itself that lead to another host than the site's, or to no place: what no
        browser can read, `javascript:`, `data:`. (`mailto:` and its like are none of the web's.) One of which the
        parser makes several elements is one link, see `parts_of`."""
        if self._links is None:
            self._links = list(self._find_links())
        return self._links

    def _find_links(self) -> Iterator[Reference]:
        tree, read, base = self.tree, self.read, self.base
        has_templates = tree.select_one("template") is not None
        is_drawn = bool(tree.select_one(r"a[xlink\:href]") or tree.select_one("math"))
        own = self.declaration.site + "/"
        begun: dict[str, Element] = {}
        found = (
            tree.select(LINK_SELECTOR)
            if is_drawn
            else [*tree.select(link_selector("a", own)), *tree.select(link_selector("area", own))]
        )
        for element in found:
            url, attribute = element.attr("href"), "href"
            if not url and is_drawn and element.namespace is not Namespace.HTML:
                url, attribute = element.attr("xlink:href"), "xlink:href"
            if not url:
                continue
            verdict = read(url, base)
            party = verdict.party
            if party is Party.OWN or (has_templates and sleep_of(element) is not None):
                continue
            if party is Party.NOT_WEB and verdict.address is not None and verdict.address.scheme not in _NO_PLACES:
                continue
            if url in begun and start_of(element) < 0:
                first = begun[url]
                self._parts.setdefault(first, [first]).append(element)
                continue
            begun[url] = element
            for row in rows_of(element).get(attribute, ()):
                if row.kind is Kind.LINKS:
                    yield Reference(element, row, url, verdict)

    def parts_of(self, link: Reference) -> list[Element]:
        """Return the elements that the parser makes of a link of the page: the one written, and those with which it
        goes on in blocks that the first could not hold. Markdown writes `<p><a><h3>`, and a heading ends the
        paragraph."""
        return self._parts.get(link.element) or [link.element]

    def words_of(self, link: Reference, marks: tuple[str, ...] = ()) -> str:
        """Return the words of a link, wherever the parser has put them: see `words_in`."""
        parts = self._parts.get(link.element)
        if parts is None:
            return self.words_in(link.element, marks)
        return "".join(self.words_in(part, marks) for part in parts)

    def words_in(self, element: Element, marks: tuple[str, ...] = ()) -> str:
        """Return the text of an element that is words: not what stands in for a picture or a player, and not the
        marks, elements that rules have written, known by their very bytes."""
        if element.select_one("*") is None:
            return element.text
        words: list[str] = []
        waiting: list[Node] = [element]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Text):
                words.append(node.data)
            elif isinstance(node, Element) and not (
                node.tag in _NO_WORDS or (marks and self.text.startswith(marks, start_of(node)))
            ):
                waiting.extend(reversed(node.children))
        return "".join(words)

    def end_of(self, link: Reference) -> Element:
        """Return the element in which markup that stands last is inside a link: the link, or the first block that
        holds words with which the parser goes on with it, and nothing else."""
        for part in self._parts.get(link.element, ())[1:]:
            block = self._block_around(part)
            if block is not None:
                return block
        return link.element

    def _block_around(self, part: Element) -> Element | None:
        words = part.text.strip()
        around = (above for above in part.ancestors if isinstance(above, Element) and start_of(above) >= 0)
        block = next(around, None) if words else None
        place = place_of(block) if block is not None else None
        if block is None or place is None or place.end_tag is None or block.closest(CODE) is not None:
            return None
        inside = self.text[place.start_tag.end_offset : place.end_tag.start_offset]
        ends_inside = "</a" in inside.lower() or any(start_of(other) >= 0 for other in block.select("a"))
        return block if block.text.strip() == words and not ends_inside else None

    def appended(
        self, link: Reference, place: Element, markup: str, *, or_first: bool = False
    ) -> tuple[()] | tuple[Append]:
        """Return the edit that writes markup last in a place inside a link, unless the link has it already."""
        parts = self._parts.get(link.element)
        if self.holds(place, markup) or (parts and any(self.holds(part, markup) for part in parts)):
            return ()
        return (Append(place, markup, or_first),)

    def source_of(self, element: Element) -> str:
        """Return the element's start tag as it stands in the text."""
        place = place_of(element)
        return "" if place is None else self.text[place.start_tag.start_offset : place.start_tag.end_offset]

    def report(self, check: Check, what: str, way_out: str, evidence: str, subject: str = "") -> None:
        """Leave a finding; where it stands is looked up later by the evidence. subject: see `Finding`."""
        self.findings.append(Finding(check, what, way_out, evidence=evidence, subject=subject))

    def report_link(self, check: Check, link: Reference, what: str, way_out: str, subject: str = "") -> None:
        """Leave a finding about a link, which the inventory names too. what: the sentence after the link's tag.
        subject: the link's address where the audit makes the same check, so that both tell it once."""
        source = self.source_of(link.element) or link.url
        self.checks.setdefault(link.element, []).append(check.name)
        what, nth = f"{shown(source)} {what}", self._nth().get(link.element)
        self.findings.append(Finding(check, what, way_out, evidence=source, subject=subject, nth=nth))

    def _nth(self) -> dict[Element, int]:
        """Return how many links with the same address stand before each link."""
        if self._order is None:
            seen: Counter[str] = Counter()
            self._order = {}
            for link in self.links():
                self._order[link.element] = seen[link.url]
                seen[link.url] += 1
        return self._order

    def holds(self, element: Element, markup: str) -> bool:
        """Whether an element has, right inside it, these very bytes. A rule knows its own mark by them: what
        only looks like it, or is hidden by what is around it, is a stranger's."""
        if element.select_one("*") is None:
            return False
        inset = markup.find("<")
        return any(
            self.text.startswith(markup, start_of(child) - inset)
            for child in element.children
            if isinstance(child, Element) and start_of(child) >= inset
        )

    @property
    def body_start(self) -> int | None:
        """The offset right after `<body>`, or None where the page has no such tag."""
        if self._body_start == _NOT_LOOKED_UP:
            body = self.tree.select_one("body") if self.form is Form.DOCUMENT else None
            place = place_of(body) if body is not None else None
            self._body_start = None if place is None else place.start_tag.end_offset
        return self._body_start


def start_of(element: Element) -> int:
    """Return the offset at which an element begins, or -1 where the parser made it up."""
    place = place_of(element)
    return -1 if place is None else place.start_tag.start_offset


def rows_of(element: Element) -> Rows:
    """Return the rows of the table of carriers that may apply to an element."""
    namespace = element.namespace
    return html_rows_for(element.tag) if namespace is Namespace.HTML else rows_for(namespace.value, element.tag)


def sleep_of(element: Element) -> frozenset[str] | None:
    """Return what the closest inert template around the element waits for, or None where there is none.

    Inert is an HTML `<template>` without a shadow root; inside SVG or MathML a template is not.
    """
    if element.closest("template") is None:
        return None
    for ancestor in element.ancestors:
        if isinstance(ancestor, Element) and ancestor.tag == "template" and is_inert(ancestor):
            return frozenset(words_in(ancestor.attr("data-gate") or ""))
    return None


def is_inert(template: Element) -> bool:
    """Whether what a template holds is not live."""
    return (
        template.namespace is Namespace.HTML
        and template.attr("shadowrootmode") is None
        and template.attr("for") is None
    )
