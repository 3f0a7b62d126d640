"""Reading a page: one parse, and all that the page loads, submits to or rebases, also in the documents inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import turbohtml
from turbohtml import Document, Element, Namespace

from .about_consent import CONTROLS
from .carriers import (
    DRAWINGS,
    SCATTERED,
    TEXT,
    Carrier,
    Kind,
    applies,
    html_rows_for,
    lookups,
    may_refer,
    rows_for,
)
from .checks import UNREADABLE_LOAD
from .declaration import Declaration
from .grammars import Grammar, may_load, read_data_url, urls_in
from .page import OWN, Form, Page, Read, Reference, sleep_of
from .parsing import document_of, fragment_of, normalised

MAX_DEPTH = 8
DOCUMENT_TYPES = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"})

_MARKED = f":is({','.join(f'[{name}]' for name in (*SCATTERED, *CONTROLS))})"
"""What may stand on any element: one walk through the page finds all of it. (A list without `:is()` takes half as
long again.)"""
Candidate = tuple[Element, str, tuple[Carrier, ...]]

_OF_DOCUMENTS = frozenset({"html", "head", "body", "frameset"})


def parse_page(text: str, *, form: Form, declaration: Declaration, read: Read, language: str, site_url: str) -> Page:
    """Parse `text` and collect what it refers to.

    language: the language where the page names none. site_url: what the site's own URLs begin with.
    """
    reading = _Reading(declaration, read, language, site_url)
    return reading.page(normalised(text), form, declaration.site + "/", 0)


class _Spot(NamedTuple):
    """Where a value stands: the element of the page itself and the row that reads it; the base of its URLs; how many
    documents deep it is; what it waits for, None where it is live."""

    element: Element
    carrier: Carrier
    base: str
    depth: int
    asleep: frozenset[str] | None


@dataclass(frozen=True)
class _Reading:
    declaration: Declaration
    read: Read
    language: str
    site_url: str

    def page(
        self,
        text: str,
        form: Form,
        base: str,
        depth: int,
        *,
        is_fragment: bool = False,
        around: tuple[Document | Element, ...] = (),
    ) -> Page:
        tree = fragment_of(text) if is_fragment else document_of(text)
        root = tree.select_one("html[lang]") if form is Form.DOCUMENT else None
        language = (root.attr("lang") if root is not None else None) or self.language
        base = self._base_of(tree, base)
        page = Page(text, tree, form, self.declaration, self.read, base, language, self.site_url, around=around)
        has_templates = tree.select_one("template") is not None
        for element, value, carriers in self._candidates(page):
            asleep = sleep_of(element) if has_templates else None
            for carrier in carriers:
                if carrier.kind is not Kind.LINKS and applies(carrier, element.attr):
                    self._follow(page, _Spot(element, carrier, base, depth, asleep), value)
        return page

    def _candidates(self, page: Page) -> Iterator[Candidate]:
        """Yield whatever may load, submit or rebase: the element, the value (or `#text`), the rows.
        Left out is what needs no second look, which is nearly all: a URL of the site's own, or a paint without
        any URL. (Rows for one attribute that begin with a URL have no other grammar.)"""
        for element, name, carriers in _found(page):
            value = element.attr(name) if name != TEXT else TEXT
            if not value:
                continue
            grammar = carriers[0].grammar
            if grammar is Grammar.URL:
                if self.read(value, page.base).party in OWN:
                    continue
            elif grammar is Grammar.CSS and value != TEXT and not may_load(value):
                continue
            yield element, value, carriers

    def _base_of(self, tree: Document | Element, base: str) -> str:
        """Return what the first `<base href>` makes of the base; no other counts, also where that one is not read.
        Source: WHATWG HTML, "set the frozen base URL"."""
        for element in tree.select("base[href]"):
            if element.namespace is Namespace.HTML and element.closest("template") is None:
                address = self.read(element.attr("href") or "", base).address
                return base if address is None or address.scheme in ("data", "javascript") else address.href
        return base

    def _follow(self, page: Page, at: _Spot, value: str) -> None:
        element, carrier = at.element, at.carrier
        if carrier.grammar is Grammar.HTML:
            self._follow_html(page, at, value)
            return
        if carrier.attribute == TEXT:
            value = "".join(element.strings) if element.namespace is not Namespace.HTML else element.text
        is_script = carrier.grammar is Grammar.SCRIPT
        found = self.declaration.addresses_in_script(value) if is_script else urls_in(carrier.grammar, value)
        for url in found:
            self._refer(page, at, url)

    def _refer(self, page: Page, at: _Spot, url: str) -> None:
        carrier, verdict = at.carrier, self.read(url, at.base)
        if verdict.party in OWN:
            return
        page.references.append(Reference(at.element, carrier, url, verdict, at.depth > 0, at.asleep))
        address = verdict.address
        if address is None or address.scheme != "data" or carrier.kind is not Kind.LOADS:
            return
        inline = read_data_url(address.href)
        if inline is None or self._is_too_deep(page, at):
            return
        if is_style_sheet(carrier, inline.media_type):
            for nested in urls_in(Grammar.CSS, inline.text):
                self._refer(page, at._replace(base=address.href, depth=at.depth + 1), nested)
        elif carrier.is_document and inline.media_type in DOCUMENT_TYPES:
            self._adopt(page, at, self.page(inline.text, Form.DOCUMENT, address.href, at.depth + 1))

    def _follow_html(self, page: Page, at: _Spot, value: str) -> None:
        """Read the text of a `noscript` or a `srcdoc` as the page it is."""
        if self._is_too_deep(page, at):
            return
        element, is_fragment = at.element, at.carrier.attribute == TEXT
        if is_fragment:
            place = element.source_location
            if place is None or element.namespace is not Namespace.HTML:
                return
            end = place.end_tag.start_offset if place.end_tag else len(page.text)
            value = page.text[place.start_tag.end_offset : end]
            if place.end_tag is None or not _is_whole(value):
                page.report(
                    UNREADABLE_LOAD,
                    "<noscript> holds a tag, quote or comment that does not end inside it: browsers with and without "
                    "JavaScript read two different pages.",
                    "Close it before </noscript>.",
                    page.source_of(element),
                )
        text = value.replace("\r", "\n")
        form = Form.FEED if page.form is Form.FEED else Form.FRAGMENT
        around = (page.tree, *page.around)
        inner = self.page(text, form, at.base, at.depth + 1, is_fragment=is_fragment, around=around)
        inner.is_alternative = is_fragment
        if at.asleep is None:
            page.nested.append((element, at.carrier.attribute, inner))
        self._adopt(page, at, inner)

    def _is_too_deep(self, page: Page, at: _Spot) -> bool:
        if at.depth < MAX_DEPTH:
            return False
        source = page.source_of(at.element)
        page.report(
            UNREADABLE_LOAD,
            f"<{at.element.tag}> holds documents inside documents, more than {MAX_DEPTH} deep.",
            "Publish the innermost content as a page and link to it.",
            source,
        )
        return True

    def _adopt(self, page: Page, at: _Spot, inner: Page) -> None:
        """Count what a document inside the page loads or sends as the holder's: it waits if the holder can."""
        page.references.extend(
            reference._replace(
                element=at.element,
                carrier=reference.carrier._replace(is_gateable=at.carrier.is_gateable),
                is_nested=True,
                asleep=reference.asleep if at.asleep is None else at.asleep,
            )
            for reference in inner.references
        )
        page.findings.extend(inner.findings)


def _found(page: Page) -> Iterator[tuple[Element, str, tuple[Carrier, ...]]]:
    """Yield every element that may load, submit or rebase, with the attribute and the rows that read it. Leave what
    has the attribute of a control in the page's `controls`."""
    tree, is_html = page.tree, Namespace.HTML
    for selector, name, carriers in lookups(page.declaration.site + "/"):
        for element in tree.select(selector):
            if element.namespace is is_html:
                yield element, name, carriers
    for element in tree.select(_MARKED):
        if any(element.attr(name) is not None for name in CONTROLS):
            page.controls.append(element)
        if element.namespace is is_html:
            rows = html_rows_for(element.tag)
            for mark, name in SCATTERED.items():
                if name in rows and element.attr(mark) is not None:
                    yield element, name, rows[name]
    if any(may_refer(drawing.html) for name in ("svg", "math") for drawing in tree.select(name)):
        for element in tree.select(DRAWINGS):
            if element.namespace is not is_html:
                rows = rows_for(element.namespace.value, element.tag)
                for name in (*element.attrs, TEXT):
                    if name in rows:
                        yield element, name, rows[name]


def ends_outside_markup(text: str) -> bool:
    """Whether an element written at the end of a text becomes one: no tag, quote or comment is open there."""
    tree = turbohtml.parse(text + "<wbr data-end>", positions=False, scripting=True)
    return tree.select_one("wbr[data-end]") is not None


def _is_whole(markup: str) -> bool:
    """Whether all that is opened in the content of a `<noscript>` ends there, and all of it is body content."""
    tree = turbohtml.parse_fragment(markup + "<wbr data-end>", "div", positions=False, scripting=True)
    last = tree.select_one("wbr[data-end]")
    names = {token.tag for token in turbohtml.tokenize(markup) if token.attrs or token.tag == "frameset"}
    return last is not None and last.namespace is Namespace.HTML and names.isdisjoint(_OF_DOCUMENTS)


def is_style_sheet(carrier: Carrier, media_type: str) -> bool:
    """Whether what a `data:` URL carries is read as a style sheet: in quirks mode the type does not count."""
    is_sheet = carrier.is_document and carrier.directive == "style-src"
    return is_sheet or (carrier.grammar is Grammar.CSS and media_type.partition("/")[0] not in ("image", "font"))
