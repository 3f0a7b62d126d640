"""What XML files refer to: drawings, XHTML, and the HTML inside the entries of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast
from xml.etree import ElementTree

from ..privacy.carriers import TEXT, Carrier, Kind, applies, rows_for
from ..privacy.grammars import Grammar, read_data_url, urls_in
from ..privacy.page import Read, ReadScript
from .reading import Found, css_references, references

_SPACES = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
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


class NotWellFormedError(ValueError):
    """The file is not well-formed; a browser may still load what stands before the mistake."""


def _elements(data: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(events=("end", "pi"))
    try:
        parser.feed(data)
        parser.close()
        yield from cast(Iterable[tuple[str, ElementTree.Element]], parser.read_events())
    except ElementTree.ParseError as error:
        raise NotWellFormedError(str(error)) from error


def xml_references(data: bytes, base: str, read: Read, read_script: ReadScript) -> Iterator[Found]:
    """Yield everything that an XML document refers to. Raises `NotWellFormedError`."""
    for event, element in _elements(data):
        if event == "pi":
            yield from _processing_instruction(element.text or "", base, read)
            continue
        if element.tag.startswith("{http://www.w3.org/1999/XSL/Transform}"):
            raise NotWellFormedError("it is a style sheet in XSL, which is a program")
        space, _, tag = element.tag.removeprefix("{").rpartition("}")
        namespace = _SPACES.get(space)
        if namespace is None:
            continue

        def attribute(name: str, element: ElementTree.Element = element) -> str | None:
            return element.get(_XLINK + name.removeprefix("xlink:") if name.startswith("xlink:") else name)

        for name, rows in rows_for(namespace, tag).items():
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


def feed_entries(data: bytes) -> Iterator[str]:
    """Yield the HTML in the entries of a feed, and nothing for any other document."""
    for event, element in _elements(data):
        if event == "end" and element.tag in _ENTRY_TEXTS and element.text:
            yield element.text
