"""What a file of the output refers to, read with lexbor: another parser than the one that wrote the pages.

Its tree is the one that browsers without JavaScript see: the contents of `<noscript>` are elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..privacy.carriers import SELECTOR, Carrier, Kind, carried
from ..privacy.declaration import Verdict
from ..privacy.grammars import Grammar, read_data_url, urls_in
from ..privacy.page import DOCUMENT_TYPES, MAX_DEPTH, Read

_FOREIGN = {"svg": "svg", "math": "math", "foreignobject": "html", "desc": "html", "title": "html"}
# lexbor matches no attribute with a colon in its name (xlink:href): every element of an SVG is looked at.
_DEEP_SELECTOR = f"{SELECTOR},template,svg *,math *"


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


def references(html: str, base: str, read: Read) -> Iterator[Found]:
    """Yield everything that an HTML document at `base` refers to, in the order of the document."""
    yield from _Reader(read).document(html, base, None, True, 0)


def css_references(css: str, base: str, read: Read, carrier: Carrier) -> Iterator[Found]:
    """Yield everything that a style sheet at `base` loads, style sheets in `data:` URLs included."""
    for url in urls_in(Grammar.CSS, css):
        verdict = read(url, base)
        yield Found(carrier, url, verdict, None, None, False)
        inline = read_data_url(verdict.address.href) if verdict.address else None
        if inline is not None and inline.media_type == "text/css":
            yield from css_references(inline.text, base, read, carrier)


class _Reader(NamedTuple):
    read: Read

    def document(
        self, html: str, base: str, gate: frozenset[str] | None, can_wait: bool, depth: int
    ) -> Iterator[Found]:
        tree = LexborHTMLParser(html)
        first = tree.css_first("base[href]")
        if first is not None:
            address = self.read(first.attributes.get("href") or "", base).address
            base = address.href if address is not None else base
        for node in tree.css(_DEEP_SELECTOR):
            yield from self._node(node, base, gate, can_wait, depth)

    def _node(
        self, node: LexborNode, base: str, gate: frozenset[str] | None, can_wait: bool, depth: int
    ) -> Iterator[Found]:
        tag = node.tag or ""
        if tag == "template":
            yield from self._template(node, base, gate, can_wait, depth)
        attributes = node.attributes
        space = _namespace(node, tag)
        for carrier, value in carried(space, tag, attributes.get):
            if carrier.attribute == "#text":
                if carrier.grammar is Grammar.HTML:
                    continue  # noscript: its contents are elements of this tree
                value = node.text(deep=True)
            yield from self._value(node, carrier, value, base, gate, can_wait, depth)

    def _template(
        self, node: LexborNode, base: str, gate: frozenset[str] | None, can_wait: bool, depth: int
    ) -> Iterator[Found]:
        """Read what a template holds, which this parser hides. With a shadow root it is live."""
        if depth >= MAX_DEPTH:
            return
        attributes = node.attributes
        if gate is None and "shadowrootmode" not in attributes and _namespace(node, "template") == "html":
            gate = frozenset((attributes.get("data-gate") or "").split())
        yield from self.document(inner_html(node), base, gate, can_wait, depth + 1)

    def _value(
        self,
        node: LexborNode,
        carrier: Carrier,
        value: str,
        base: str,
        gate: frozenset[str] | None,
        can_wait: bool,
        depth: int,
    ) -> Iterator[Found]:
        can_wait = can_wait and carrier.is_gateable
        if carrier.grammar is Grammar.HTML:
            if depth < MAX_DEPTH:
                yield from self.document(value, base, gate, can_wait, depth + 1)
            return
        for url in urls_in(carrier.grammar, value):
            verdict = self.read(url, base)
            yield Found(carrier, url, verdict, node, gate, can_wait)
            address = verdict.address
            if address is None or address.scheme != "data" or carrier.kind is not Kind.LOADS:
                continue
            inline = read_data_url(address.href)
            if inline is None or depth >= MAX_DEPTH:
                continue
            if inline.media_type == "text/css" and (carrier.is_document or carrier.grammar is Grammar.CSS):
                for found in css_references(inline.text, base, self.read, carrier):
                    yield found._replace(node=node, gate=gate, can_wait=can_wait)
            elif carrier.is_document and inline.media_type in DOCUMENT_TYPES:
                yield from self.document(inline.text, base, gate, can_wait, depth + 1)


def _namespace(node: LexborNode, tag: str) -> str:
    """Return the namespace of a node: that of the nearest `<svg>` or `<math>` around it, if any."""
    if tag in ("svg", "math"):
        return tag
    ancestor = node.parent
    while ancestor is not None:
        space = _FOREIGN.get((ancestor.tag or "").lower())
        if space is not None:
            return space
        ancestor = ancestor.parent
    return "html"


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
