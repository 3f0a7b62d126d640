"""What stands inline in a page and runs, or styles it: the texts by whose hashes a policy lets it through.

Sources: WHATWG HTML (types of scripts; a script without text does not run), MIME Sniffing (JavaScript MIME types),
Content Security Policy Level 3 (the hash is of the element's text as UTF-8; a `srcdoc` document inherits the policy).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import turbohtml
from turbohtml import Document, Element, Namespace

from ..privacy.page_reading import MAX_DEPTH
from ..privacy.parsing import normalised

_ELEMENTS = ("script", "style", "iframe", "noscript")
_RUNS = frozenset(
    "module importmap speculationrules "
    "application/ecmascript application/javascript application/x-ecmascript application/x-javascript text/ecmascript "
    "text/javascript text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 "
    "text/javascript1.5 text/jscript text/livescript text/x-ecmascript text/x-javascript".split()
)


class Inline(NamedTuple):
    """One inline text: the directive that governs it, and its hash as a policy names it."""

    directive: str
    hash: str


def inline_of(tree: Document | Element, depth: int = 0) -> Iterator[Inline]:
    """Yield what is inline in a parsed page (scripting on), what sleeps in its templates included. Data blocks, such
    as JSON-LD, do not run and are left out."""
    for element in (element for name in _ELEMENTS for element in tree.select(name)):
        if element.tag in ("script", "style"):
            text = _script(element) if element.tag == "script" else _text(element)
            if text:
                yield Inline(f"{element.tag}-src", hash_of(text))
            continue
        inner = element.attr("srcdoc") if element.tag == "iframe" else element.text
        if inner and depth < MAX_DEPTH and element.namespace is Namespace.HTML:
            yield from inline_of(_parsed(inner, is_document=element.tag == "iframe"), depth + 1)


def inline_of_text(text: str) -> Iterator[Inline]:
    """Yield what is inline in the text of a whole page."""
    return inline_of(_parsed(normalised(text), is_document=True))


def _parsed(text: str, *, is_document: bool) -> Document | Element:
    if is_document:
        return turbohtml.parse(text, positions=False, scripting=True, allow_declarative_shadow_roots=False)
    return turbohtml.parse_fragment(text, "div", positions=False, scripting=False)


@lru_cache(maxsize=256)
def hash_of(text: str) -> str:
    """Return the source that lets through an inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8', 'surrogatepass')).digest()).decode()}'"


def _text(element: Element) -> str:
    return element.text if element.namespace is Namespace.HTML else "".join(element.strings)


def _script(element: Element) -> str:
    """Return the text of a script that a browser would run or obey, or nothing."""
    kind, is_html = element.attr("type"), element.namespace is Namespace.HTML
    if kind is None and is_html and element.attr("language"):
        kind = f"text/{element.attr('language')}"
    if kind and kind.strip().lower() not in _RUNS:
        return ""
    if element.attr("src" if is_html else "href") is not None:
        return ""
    return "" if not is_html and element.attr("xlink:href") is not None else _text(element)
