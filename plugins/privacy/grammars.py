"""How URLs stand in a value: alone, in a list, in a srcset, in CSS, in JSON, in a refresh, in HTML."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2

_SPACE = " \t\n\f\r"
_CSS_URL_FUNCTIONS = frozenset({"url", "src"})
_CSS_IMAGE_FUNCTIONS = frozenset({"image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade"})


class Grammar(StrEnum):
    """The grammars of the table of carriers."""

    URL = "url"
    LIST = "list"
    SRCSET = "srcset"
    CSS = "css"
    HTML = "html"
    REFRESH = "refresh"
    JSON = "json"


def urls_in(grammar: Grammar, value: str) -> Iterable[str]:
    """Return the raw URLs in `value`. HTML is not read here: it needs a parser, and the rows again."""
    if grammar is Grammar.URL:
        return (value,)
    reader = _READERS.get(grammar)
    return reader(value) if reader else ()


def _list(value: str) -> list[str]:
    return [part.strip(_SPACE) for part in value.replace(";", " ").split()]


def _srcset(value: str) -> Iterator[str]:
    """Yield the candidates' URLs. Source: WHATWG HTML, "parse a srcset attribute"."""
    position, end = 0, len(value)
    while position < end:
        while position < end and (value[position] in _SPACE or value[position] == ","):
            position += 1
        start = position
        while position < end and value[position] not in _SPACE:
            position += 1
        url = value[start:position]
        if not url:
            return
        if url.endswith(","):
            yield url.rstrip(",")
            continue
        yield url
        depth = 0
        while position < end and (depth or value[position] != ","):
            depth += {"(": 1, ")": -1}.get(value[position], 0)
            depth = max(depth, 0)
            position += 1


def _refresh(value: str) -> Iterator[str]:
    """Yield where a refresh leads. Source: WHATWG HTML, "shared declarative refresh steps"."""
    rest = value.lstrip(_SPACE)
    digits = rest.lstrip("0123456789")
    if digits == rest and not rest.startswith("."):
        return
    rest = digits.lstrip("0123456789.")
    if rest and rest[0] not in ";," + _SPACE:
        return
    rest = rest.lstrip(_SPACE)
    rest = rest[1:] if rest[:1] in (";", ",") else rest
    rest = rest.lstrip(_SPACE)
    if rest[:3].lower() == "url":
        after = rest[3:].lstrip(_SPACE)
        if after.startswith("="):
            rest = after[1:].lstrip(_SPACE)
    if rest[:1] in ("'", '"'):
        rest = rest[1:].split(rest[0], 1)[0]
    if rest:
        yield rest


def _json(value: str) -> Iterator[str]:
    """Yield every string of an import map or of speculation rules, keys too. What is no JSON, browsers ignore."""
    try:
        pending = [json.loads(value)]
    except (ValueError, RecursionError):
        return
    while pending:
        item: Any = pending.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, dict):
            yield from item
            pending.extend(reversed(list(item.values())))


def _css(value: str) -> Iterator[str]:
    """Yield what a style sheet or a list of declarations may load, `data:` URLs included.

    A text without bracket, at-sign or backslash has no url(), no @import and no escaped form of them.
    """
    if not any(character in value for character in "(@\\"):
        return
    yield from _css_tokens(tinycss2.parse_component_value_list(value))


def _css_tokens(tokens: Iterable[Any]) -> Iterator[str]:
    pending = list(reversed(list(tokens)))
    statement = ""
    while pending:
        token = pending.pop()
        kind = token.type
        if kind == "at-keyword":
            statement = token.lower_value
        elif kind == "literal" and token.value == ";":
            statement = ""
        elif kind == "string" and statement == "import":
            yield token.value
            statement = ""
        elif kind == "url" and statement != "namespace":
            yield token.value
        elif kind == "function" and statement != "namespace":
            name = token.lower_name
            if name in _CSS_URL_FUNCTIONS:
                yield from (part.value for part in token.arguments if part.type == "string")
            elif name in _CSS_IMAGE_FUNCTIONS:
                yield from (part.value for part in token.arguments if part.type == "string")
                pending.extend(reversed(token.arguments))
            else:
                pending.extend(reversed(token.arguments))
        elif kind in ("{} block", "[] block", "() block"):
            statement = "" if kind == "{} block" else statement
            pending.extend(reversed(token.content))


_READERS = {
    Grammar.LIST: _list,
    Grammar.SRCSET: _srcset,
    Grammar.REFRESH: _refresh,
    Grammar.JSON: _json,
    Grammar.CSS: _css,
}


class Inline(NamedTuple):
    """What a `data:` URL carries: its media type without parameters, lower case, and its text."""

    media_type: str
    text: str


def read_data_url(href: str) -> Inline | None:
    """Return the content of a `data:` URL, or None where it is none or cannot be decoded.

    Source: WHATWG Fetch, "data: URL processor".
    """
    scheme, _, rest = href.partition(":")
    header, comma, body = rest.partition(",")
    if scheme.strip().lower() != "data" or not comma:
        return None
    raw = unquote_to_bytes(body.partition("#")[0])
    parameters = [part.strip().lower() for part in header.split(";")]
    if parameters[-1] == "base64" and len(parameters) > 1:
        compact = bytes(raw.translate(None, b" \t\n\f\r"))
        try:
            raw = base64.b64decode(compact + b"=" * (-len(compact) % 4))
        except binascii.Error:
            return None
    return Inline(parameters[0] or "text/plain", raw.decode("utf-8", "replace"))
