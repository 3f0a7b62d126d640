"""What a file of the output refers to, read with lexbor: another parser than the one that wrote the pages.

Its tree is the one that browsers without JavaScript see: the contents of `<noscript>` are elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..privacy.carriers import HTML_SELECTOR, TEXT, Carrier, Kind, Rows, applies, html_rows_for, rows_for
from ..privacy.declaration import Verdict
from ..privacy.grammars import Grammar, may_load, read_data_url, urls_in, words_in
from ..privacy.page import Read, ReadScript
from ..privacy.page_reading import DOCUMENT_TYPES, MAX_DEPTH, is_style_sheet
from .namespaces import CHANGES_SPACE, TooDeepError, namespace_of
from .nested_forms import apart
from .preload_scanner import scanned_loads

_SELECTOR = f"{HTML_SELECTOR},template"


_READ_IN_TWO_WAYS = frozenset({b"<image", b"<frameset", b"<![cdata["})
_MARKS = re.compile(rb"<(?:image|frameset|!\[cdata\[|svg|math|base|form)")
"""What asks for a closer look, found in one go. It may only err towards yes."""
_RAW_TEXT = frozenset({"style", "script", "title", "textarea", "xmp", "noscript", "noembed", "noframes", "iframe"})
_UNLIKE_OTHERS = _RAW_TEXT | CHANGES_SPACE | {"plaintext", "template", "a"}
"""What makes of a drawing more than its text says: what it holds is read in another way, or written like text."""
_EMPTY_AT_MOST = 1_000
_TEMPLATES_AT_MOST = 32
_SHORT = 10_000  # characters of a template: what stands on every page is short
_ABSOLUTE = ("https://", "http://")


class Found(NamedTuple):
    """A URL in a file. node: its element, where it has one.

    gate: None where it is live, else the services that its template waits for. can_wait: whether the
    page pass could have held it back.
    """

    carrier: Carrier
    url: str
    verdict: Verdict
    node: LexborNode | None
    gate: frozenset[str] | None
    can_wait: bool


class Document(NamedTuple):
    """One document of a file, or one inside it (`srcdoc`, a template's contents). gate: as in `Found`.

    lowered: its text with ASCII letters in lower case, for a quick look at what may be in it; marks: what such a look
    has found, such as `<svg`. scripts: its script elements. controls: its links that open the privacy settings.
    sealed: its elements with an `integrity`, each with the URL it loads from. menu: links whose URLs were settled on
    another page, by URL. depth: how many documents are around it. roots: what its live templates hold (shadow roots),
    by the id of the template.
    """

    tree: LexborHTMLParser
    base: str
    gate: frozenset[str] | None
    lowered: bytes
    marks: frozenset[bytes]
    scripts: list[LexborNode]
    controls: list[LexborNode]
    sealed: list[LexborNode]
    menu: dict[str, list[LexborNode]]
    depth: int
    roots: dict[int, Root]


class Root(NamedTuple):
    """A live template, and the documents of what it holds."""

    template: LexborNode
    parts: list[Document]


class Reading(NamedTuple):
    """What a file refers to, and the documents that it holds, itself first. Both in the order of the document, but
    for what drawings and formulas refer to, which comes after the rest."""

    found: list[Found]
    documents: list[Document]


class Learnt(NamedTuple):
    """What was read on one page and is the same on others, so that it is read once. empty: drawings that refer to
    nothing, as the parser writes them. templates: what templates hold, by their contents and how they are read, where
    nothing of it depends on the page."""

    empty: set[str]
    templates: dict[tuple[str, frozenset[str] | None, bool, int], Reading]


def read_html(
    html: str | bytes,
    base: str,
    read: Read,
    read_script: ReadScript,
    settled: Set[str] = frozenset(),
    learnt: Learnt | None = None,
) -> Reading:
    """Return what an HTML document at `base` refers to. html: as text, or in UTF-8.

    settled: raw URLs that were found to be right on another page and mean the same on every page; they are
    not returned again. learnt: what the pages of one site have in common, which this adds to.
    """
    reader = _Reader(read, read_script, [], [], base, settled, learnt or Learnt(set(), {}), [])
    reader.document(html, base, None, True, 0)
    if reader.oddities or reader.documents[0].marks & _READ_IN_TWO_WAYS:
        live = {item.url for item in reader.found if item.gate is None}
        text = html if isinstance(html, str) else html.decode()
        scanned = (Found(*seen, None, None, False) for seen in scanned_loads(text, base, read))
        reader.found.extend(item for item in scanned if item.url not in live)
    return Reading(reader.found, reader.documents)


def lowered(html: str | bytes) -> bytes:
    """Return a text with its ASCII letters in lower case, as HTML compares names."""
    return (html.encode("utf-8", "replace") if isinstance(html, str) else html).lower()


def references(html: str, base: str, read: Read, read_script: ReadScript) -> list[Found]:
    """Return everything that an HTML document at `base` refers to."""
    return read_html(html, base, read, read_script).found


def css_references(css: str, base: str, read: Read, carrier: Carrier) -> Iterator[Found]:
    """Yield everything that a style sheet at `base` loads, style sheets in `data:` URLs included."""
    for url in urls_in(Grammar.CSS, css):
        verdict = read(url, base)
        yield Found(carrier, url, verdict, None, None, False)
        inline = read_data_url(verdict.address.href) if verdict.address else None
        if verdict.address is not None and inline is not None and is_style_sheet(carrier, inline.media_type):
            yield from css_references(inline.text, verdict.address.href, read, carrier)


class _Reader(NamedTuple):
    """Reads documents, and the documents inside them, into one list. oddities: elements of drawings whose text
    is no text to a reader without a tree."""

    read: Read
    read_script: ReadScript
    found: list[Found]
    oddities: list[str]
    base: str
    settled: Set[str]
    learnt: Learnt
    documents: list[Document]

    def document(self, html: str | bytes, base: str, gate: frozenset[str] | None, can_wait: bool, depth: int) -> None:
        tree, small = LexborHTMLParser(html), lowered(html)
        marks = frozenset(_MARKS.findall(small))
        drawings = self._drawings(tree) if b"<svg" in marks or b"<math" in marks else {}
        self.oddities.extend(node.tag or "" for node in drawings.values() if node.tag in _RAW_TEXT)
        for node in tree.css("base[href]") if b"<base" in marks else ():
            if node.mem_id not in drawings:
                address = self.read(node.attributes.get("href") or "", base).address
                base = address.href if address and address.scheme not in ("data", "javascript") else base
                break
        document = Document(tree, base, gate, small, marks, [], [], [], {}, depth, {})
        self.documents.append(document)
        seen = set(drawings)
        for node in tree.css(_SELECTOR):
            if node.mem_id not in seen:
                seen.add(node.mem_id)
                self._element(document, node, html_rows_for(node.tag or ""), can_wait, depth)
        is_plain = all((node.tag or "").lower() not in CHANGES_SPACE for node in drawings.values())
        for node in drawings.values():
            tag = node.tag or ""
            space = "svg" if is_plain else namespace_of(node, tag)
            self._element(document, node, rows_for(space, tag), can_wait, depth)

    def _drawings(self, tree: LexborHTMLParser) -> dict[int, LexborNode]:
        """Return everything in drawings and formulas that may refer to something, by its id.

        This parser's selectors match no attribute with a colon in its name, such as `xlink:href`: what is in a
        drawing is looked at whole.
        """
        found: dict[int, LexborNode] = {}
        for outer in tree.css("svg,math"):
            if outer.mem_id in found:
                continue
            written = outer.html or ""
            empty = self.learnt.empty
            if written in empty:
                continue
            if outer.tag == "svg" and len(empty) < _EMPTY_AT_MOST and _is_empty(outer):
                empty.add(written)
                continue
            found.update((node.mem_id, node) for node in outer.css("*"))
        return found

    def _element(self, document: Document, node: LexborNode, rows: Rows, can_wait: bool, depth: int) -> None:
        """Read one element. rows: of the table, those for it."""
        tag, attributes, base, gate = node.tag or "", node.attributes, document.base, document.gate
        if tag == "template":
            parts = self._template(node, attributes, base, gate, can_wait, depth)
            live = [part for part in parts if part.depth == depth + 1 and part.gate is None]
            if live:
                document.roots[node.mem_id] = Root(node, live)
        elif tag == "script":
            document.scripts.append(node)
        elif tag == "a" and "data-consent-open" in attributes and "href" in attributes:
            document.controls.append(node)
        if "integrity" in attributes:
            document.sealed.append(node)
        for name, value in attributes.items():
            carriers = rows.get(name)
            if not carriers or not value:
                continue
            if value in self.settled and base == self.base:
                if tag == "a":
                    document.menu.setdefault(value, []).append(node)
                continue
            for carrier in carriers:
                if carrier.condition is not None and not carrier.condition(attributes.get):
                    continue
                if carrier.kind is Kind.LINKS and carrier.grammar is Grammar.URL:  # most of a page, so the short way
                    self.found.append(Found(carrier, value, self.read(value, base), node, gate, False))
                else:
                    self._value(node, carrier, value, base, gate, can_wait and carrier.is_gateable, depth)
        for carrier in rows.get(TEXT, ()):
            # what stands in <noscript> are elements of this tree already
            if carrier.grammar is not Grammar.HTML and applies(carrier, attributes.get):
                text = node.text(deep=True)
                self._value(node, carrier, text, base, gate, can_wait and carrier.is_gateable, depth)

    def _template(
        self,
        node: LexborNode,
        attributes: dict[str, str | None],
        base: str,
        gate: frozenset[str] | None,
        can_wait: bool,
        depth: int,
    ) -> list[Document]:
        """Read what a template holds, which this parser hides, and return the documents of it. With a shadow root it
        is live."""
        if (
            gate is None
            and "shadowrootmode" not in attributes
            and "for" not in attributes
            and namespace_of(node, "template") == "html"
        ):
            gate = frozenset(words_in(attributes.get("data-gate") or ""))
        html, templates = inner_html(node), self.learnt.templates
        is_usual = base == self.base
        known = templates.get((html, gate, can_wait, depth)) if is_usual else None
        if known is None:
            parts = _Reader(self.read, self.read_script, [], [], self.base, self.settled, self.learnt, [])
            for part in apart(html):
                parts._inner(part, base, gate, can_wait, depth)
            known = Reading(parts.found, parts.documents)
            is_kept = len(templates) < _TEMPLATES_AT_MOST and len(html) < _SHORT
            if is_usual and is_kept and not parts.oddities and _is_independent(known):
                templates[html, gate, can_wait, depth] = known
            self.oddities.extend(parts.oddities)
        self.found.extend(known.found)
        self.documents.extend(known.documents)
        return known.documents

    def _value(
        self,
        node: LexborNode,
        carrier: Carrier,
        value: str,
        base: str,
        gate: frozenset[str] | None,
        can_wait: bool,
        depth: int,
    ) -> None:
        if carrier.grammar is Grammar.CSS and not may_load(value):
            return
        if carrier.grammar is Grammar.HTML:
            self._inner(value, base, gate, can_wait, depth)
            return
        is_script = carrier.grammar is Grammar.SCRIPT
        for url in self.read_script(value) if is_script else urls_in(carrier.grammar, value):
            verdict = self.read(url, base)
            self.found.append(Found(carrier, url, verdict, node, gate, can_wait))
            address = verdict.address
            if address is None or address.scheme != "data" or carrier.kind is not Kind.LOADS:
                continue
            inline = read_data_url(address.href)
            if inline is None:
                continue
            if is_style_sheet(carrier, inline.media_type):
                self.found.extend(
                    found._replace(node=node, gate=gate, can_wait=can_wait)
                    for found in css_references(inline.text, address.href, self.read, carrier)
                )
            elif carrier.is_document and inline.media_type in DOCUMENT_TYPES:
                self._inner(inline.text, address.href, gate, can_wait, depth)

    def _inner(self, html: str, base: str, gate: frozenset[str] | None, can_wait: bool, depth: int) -> None:
        if depth >= MAX_DEPTH:
            raise TooDeepError
        self.document(html, base, gate, can_wait, depth + 1)


def _is_independent(reading: Reading) -> bool:
    """Whether what was read is the same in a template of any other page."""
    if any(document.sealed or document.menu or b"<form" in document.marks for document in reading.documents):
        return False
    return all(item.url.startswith(_ABSOLUTE) for item in reading.found)


def _is_empty(drawing: LexborNode) -> bool:
    """Whether a drawing refers to nothing, on whatever page it stands, and is the only one that is written so."""
    if drawing.css_first(_SELECTOR) is not None:
        return False
    for node in drawing.css("*"):
        tag, attributes = (node.tag or "").lower(), node.attributes
        rows = rows_for("svg", tag)
        if tag in _UNLIKE_OTHERS or TEXT in rows or "integrity" in attributes:
            return False
        for name, value in attributes.items():
            if any(row.grammar is not Grammar.CSS or may_load(value or "") for row in rows.get(name, ())):
                return False
    return True


def inner_html(node: LexborNode) -> str:
    """Return what stands between an element's tags."""
    html = node.html or ""
    return html[_tag_length(html) :].removesuffix(f"</{node.tag}>")


def start_tag(node: LexborNode) -> str:
    """Return the element's start tag, as the parser writes it back."""
    html = node.html or ""
    return html[: _tag_length(html)]


def _tag_length(html: str) -> int:
    """Return where the start tag ends: at the first bracket outside quotes, which the parser writes as `"`."""
    position = html.find(">")
    while position != -1 and html.count('"', 0, position) % 2:
        position = html.find(">", position + 1)
    return position + 1
