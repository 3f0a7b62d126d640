"""What XML files refer to: drawings, XHTML, and the HTML inside the entries of feeds. They are read piece by piece,
and what was read is forgotten: a feed holds every article, and its tree would be the largest thing of a build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from ..privacy.carriers import TEXT, Carrier, Kind, applies, rows_for
from ..privacy.grammars import Grammar, read_data_url, urls_in
from ..privacy.page import Read, ReadScript
from ..privacy.scripts import is_program
from .reading import Found, css_references, references

_SPACES = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
XHTML = "{http://www.w3.org/1999/xhtml}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_STYLESHEET = Carrier("xml", (), "xml-stylesheet", Grammar.URL, Kind.LOADS, "style-src")
_ENTRY_TEXTS = frozenset(
    {
        "{http://www.w3.org/2005/Atom}content",
        "{http://www.w3.org/2005/Atom}summary",
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        "description",
    }
)


_PIECE = 65_536  # bytes


class Entry(NamedTuple):
    """The HTML of an entry of a feed."""

    html: str


class Code(NamedTuple):
    """A program in a drawing or an XHTML document. where: what holds it, for messages."""

    text: str
    where: str


class NotWellFormedError(ValueError):
    """The file is not well-formed; a browser may still load what stands before the mistake."""


def _events(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(events=("start", "end", "pi"))
    try:
        with path.open("rb") as file:
            while data := file.read(_PIECE):
                parser.feed(data)
                yield from parser.read_events()  # type: ignore[misc]
        parser.close()
        yield from parser.read_events()  # type: ignore[misc]
    except ElementTree.ParseError as error:
        raise NotWellFormedError(str(error)) from error


def read_xml(
    path: Path, base: str, read: Read, read_script: ReadScript
) -> Iterator[Found | Entry | Code | ElementTree.Element]:
    """Yield what an XML document refers to, the HTML in its entries where it is a feed, its programs, and its forms
    of XHTML, which are empty when the next item is asked for. Raises `NotWellFormedError`."""
    inside = 0  # elements of known namespaces, whose text is part of what stands around them
    for event, element in _events(path):
        if event == "pi":
            yield from _processing_instruction(element.text or "", base, read)
            continue
        namespace = _SPACES.get(element.tag.removeprefix("{").rpartition("}")[0])
        if event == "start":
            inside += namespace is not None
            continue
        if element.tag.startswith("{http://www.w3.org/1999/XSL/Transform}"):
            raise NotWellFormedError("it is a style sheet in XSL, which is a program")
        if element.tag in _ENTRY_TEXTS and element.text:
            yield Entry(element.text)
        if namespace is not None:
            inside -= 1
            yield from _references(element, namespace, base, read, read_script)
            yield from _programs(element)
        if element.tag == f"{XHTML}form":
            yield element
        if not inside:
            element.clear()


def _programs(element: ElementTree.Element) -> Iterator[Code]:
    tag = element.tag.rpartition("}")[2]
    is_inline = not any(element.get(name) for name in ("src", "href", f"{_XLINK}href"))
    if tag == "script" and is_inline and is_program(element.get("type") or ""):
        yield Code("".join(element.itertext()), "<script>, an inline script,")
    for name, value in element.items():
        if name.startswith("on") and value:
            yield Code(value, f"<{tag} {name}>")


def _references(
    element: ElementTree.Element, namespace: str, base: str, read: Read, read_script: ReadScript
) -> Iterator[Found]:
    def attribute(name: str) -> str | None:
        return element.get(_XLINK + name.removeprefix("xlink:") if name.startswith("xlink:") else name)

    for name, rows in rows_for(namespace, element.tag.rpartition("}")[2]).items():
        value = "".join(element.itertext()) if name == TEXT else attribute(name)
        for carrier in rows if value else ():
            if applies(carrier, attribute):
                yield from _value(carrier, value or "", base, read, read_script)


def _value(carrier: Carrier, value: str, base: str, read: Read, read_script: ReadScript) -> Iterator[Found]:
    if carrier.grammar is Grammar.HTML:
        if carrier.attribute != TEXT:
            yield from (found._replace(can_wait=False) for found in references(value, base, read, read_script))
        return
    is_script = carrier.grammar is Grammar.SCRIPT
    for url in read_script(value) if is_script else urls_in(carrier.grammar, value):
        verdict = read(url, base)
        yield Found(carrier, url, verdict, None, None, False)
        inline = read_data_url(verdict.address.href) if verdict.address is not None else None
        if inline is None:
            continue
        if inline.media_type == "text/css":
            yield from css_references(inline.text, base, read, carrier)
        elif carrier.is_document:
            yield from (found._replace(can_wait=False) for found in references(inline.text, base, read, read_script))


def _processing_instruction(text: str, base: str, read: Read) -> Iterator[Found]:
    """Yield what `<?xml-stylesheet href="…"?>` loads. Source: W3C, Associating Style Sheets with XML."""
    name, _, rest = text.partition(" ")
    if name != "xml-stylesheet":
        return
    try:
        sheet = ElementTree.fromstring(f"<x {rest}/>")  # noqa: S314  # no entities in it
    except ElementTree.ParseError as error:
        raise NotWellFormedError(f"xml-stylesheet: {error}") from error
    href = sheet.get("href")
    if sheet.get("type", "text/css") != "text/css":
        raise NotWellFormedError("it names a style sheet in XSL, which is a program")
    if href:
        yield Found(_STYLESHEET, href, read(href, base), None, None, False)
