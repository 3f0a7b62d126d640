"""The forms in the files of the output, read with lexbor, for the judgement that the page pass makes as well."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..privacy.carriers import Attribute
from ..privacy.form_verdicts import CONTROLS, Line, SeenForm, belongs, seen_form
from ..privacy.page import Read
from ..privacy.page_reading import MAX_DEPTH
from .reading import TooDeepError, inner_html, start_tag

_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = ",".join(CONTROLS)


def forms(html: str, base: str, read: Read, depth: int = 0) -> Iterator[SeenForm]:
    """Yield the forms of an HTML document at `base`, those in templates and `srcdoc` documents too."""
    if "<form" not in html.lower():
        return
    if depth > MAX_DEPTH:
        raise TooDeepError
    tree = LexborHTMLParser(html)
    controls = [(item, _reader(item), _line(item)) for item in tree.css(_CONTROLS)]
    for node in tree.css("form"):
        line, form = _line(node), _reader(node)
        own = [(item.tag or "", of) for item, of, at in controls if belongs(at, line, of("form"), form("id"))]
        yield seen_form(start_tag(node), form, own, base, read)
    for node in tree.css("template"):
        yield from forms(inner_html(node), base, read, depth + 1)
    for node in tree.css("iframe[srcdoc]"):
        yield from forms(node.attributes.get("srcdoc") or "", base, read, depth + 1)


def placed_forms(html: str) -> list[str]:
    """Return the names of the declared forms that a page holds, prepared mails among them."""
    if "data-form" not in html:
        return []
    return [node.attributes.get("data-form") or "" for node in LexborHTMLParser(html).css("[data-form]")]


def _reader(node: LexborNode) -> Attribute:
    """Return a reader of attributes for which one without a value is empty, and not missing."""
    attributes = node.attributes

    def attribute(name: str) -> str | None:
        return (attributes[name] or "") if name in attributes else None

    return attribute


def _line(node: LexborNode) -> Line:
    line = [(node.mem_id, node.tag or "")]
    while (parent := node.parent) is not None:
        node = parent
        line.append((node.mem_id, node.tag or ""))
    return line


def xml_forms(data: bytes, base: str, read: Read) -> Iterator[SeenForm]:
    """Yield the forms of an XHTML document, or of one in a drawing. What is not well-formed is told elsewhere."""
    if b"form" not in data:
        return
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # no entities are read from elsewhere
    except ElementTree.ParseError:
        return
    for form in root.iter(f"{_XHTML}form"):
        inside = [item for item in form.iter() if item.tag.removeprefix(_XHTML) in CONTROLS]
        source = "<form" + "".join(f' {name}="{value}"' for name, value in form.items()) + ">"
        yield seen_form(source, form.get, [(item.tag.removeprefix(_XHTML), item.get) for item in inside], base, read)
