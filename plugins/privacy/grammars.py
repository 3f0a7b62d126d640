"""How URLs stand in a value: alone, in a list, in a srcset, in CSS, in JSON, in a refresh, in HTML."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
import webencodings

_SPACE = " \t\n\f\r"
_ASCII_SPACE = re.compile("[ \t\n\f\r]+")
_CSS_URL_FUNCTIONS = frozenset(
    {"url", "src", "image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade"}
)
_CSS_NO_URLS = frozenset({"type", "format", "tech", "integrity", "crossorigin", "referrer-policy"})
_CSS_DESCRIPTORS = frozenset({"initial-value", "result"})  # of @property and @function


class Grammar(StrEnum):
    """The grammars of the table of carriers."""

    URL = "url"
    LIST = "list"
    SRCSET = "srcset"
    CSS = "css"
    HTML = "html"
    REFRESH = "refresh"
    JSON = "json"
    SCRIPT = "script"


def urls_in(grammar: Grammar, value: str) -> Iterable[str]:
    """Return the raw URLs in `value`. HTML is not read here: it needs a parser, and the rows again. Nor are scripts:
    they need to know the services."""
    if grammar is Grammar.URL:
        return (value,)
    reader = _READERS.get(grammar)
    return reader(value) if reader else ()


def words_in(value: str) -> list[str]:
    """Return the words of an attribute that is a list of them. Only ASCII space parts them: a no-break space is part
    of a word. Source: WHATWG Infra, "split on ASCII whitespace"."""
    is_plain = value.isascii() and value.isprintable()
    return value.split() if is_plain else [word for word in _ASCII_SPACE.split(value) if word]


def _list(value: str) -> Iterator[str]:
    """Yield the URLs between semicolons (values of an animation) and between spaces (`ping`). What stands
    between semicolons counts as a whole too: browsers take line breaks out of a URL."""
    for part in value.split(";"):
        words = part.split()
        yield part.strip(_SPACE)
        if len(words) > 1:
            yield from words


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
        in_brackets = False  # one pair: further opening ones inside do not count
        while position < end and (in_brackets or value[position] != ","):
            in_brackets = value[position] == "(" or (in_brackets and value[position] != ")")
            position += 1


def _refresh(value: str) -> Iterator[str]:
    """Yield where a refresh leads. Source: WHATWG HTML, "shared declarative refresh steps"; like Chromium, what
    Unicode calls a space counts as one."""
    rest = value.lstrip()
    digits = rest.lstrip("0123456789")
    if digits == rest and not rest.startswith("."):
        return
    rest = digits.lstrip("0123456789.")
    if rest and rest[0] not in ";," and not rest[0].isspace():
        return
    rest = rest.lstrip()
    rest = rest[1:] if rest[:1] in (";", ",") else rest
    rest = rest.lstrip()
    if rest[:3].lower() == "url":
        after = rest[3:].lstrip()
        if after.startswith("="):
            rest = after[1:].lstrip()
    if rest[:1] in ("'", '"'):
        rest = rest[1:].split(rest[0], 1)[0]
    rest = rest.strip()
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
            if "where" in item and not _names_own_links(item["where"]):
                yield ANY_LINK
            yield from item
            pending.extend(reversed(list(item.values())))


def may_load(css: str) -> bool:
    """Whether a style sheet or a list of declarations may load anything: a text without bracket, at-sign or
    backslash has no url(), no @import and no escaped form of them; custom properties begin with two hyphens."""
    return "(" in css or "@" in css or "\\" in css or "--" in css


def _css(value: str) -> Iterator[str]:
    """Yield what a style sheet or a list of declarations may load, `data:` URLs included."""
    if may_load(value):
        yield from _css_tokens(tinycss2.parse_component_value_list(value))


# What a string in a style sheet is: the URL of a function, part of a value that var() and its like may put into
# such a function, or an argument of a function that the sheet defines itself. Anywhere else it is the name of the
# at-rule, or nothing.
_URL_STRING, _VALUE, _ARGUMENT = "url()", "--:", "--()"
_KEPT_IN_BLOCKS = (_URL_STRING, _VALUE, _ARGUMENT)


def _css_tokens(tokens: Iterable[Any]) -> Iterator[str]:
    pending: list[Any] = list(reversed(list(tokens)))
    state, is_named = "", False
    while pending:
        token = pending.pop()
        if isinstance(token, str):  # here a function or block ends
            state = token
            continue
        kind = token.type
        if kind in ("whitespace", "comment"):
            continue
        if kind == "at-keyword":
            state = token.lower_value
            if state == "import":
                yield from _bare_import(pending)
        elif kind == "literal" and token.value == ";" and state not in (_URL_STRING, _ARGUMENT):
            state = ""
        elif kind == "literal" and token.value == ":" and is_named and state not in (_URL_STRING, _ARGUMENT):
            state = _VALUE
        elif kind == "string":
            if state in (_URL_STRING, "import") or (state in (_VALUE, _ARGUMENT) and _may_leave(token.value)):
                yield token.value
            state = "" if state == "import" else state
        elif kind == "url" and state != "namespace":
            yield token.value
        elif kind == "function" and state != "namespace":
            pending.append(state)
            pending.extend(reversed(token.arguments))
            state = _inside(token.lower_name, state)
        elif kind in ("{} block", "[] block", "() block"):
            is_kept = kind == "() block" or (kind == "{} block" and state in _KEPT_IN_BLOCKS)
            pending.append("" if kind == "{} block" and not is_kept else state)
            pending.extend(reversed(token.content))
            state = state if is_kept else ""
        is_named = kind == "ident" and (token.value.startswith("--") or token.lower_value in _CSS_DESCRIPTORS)


_LONGEST_IMPORT = 64  # tokens of a URL without quotes; more would be read again and again


def _bare_import(following: list[Any]) -> Iterator[str]:
    """Yield the URL of an import without quotes, which is no import, but Chromium's preload scanner fetches it.

    following: the tokens after the at-keyword, the nearest last.
    """
    nearest = islice(reversed(following), _LONGEST_IMPORT)
    statement = takewhile(lambda part: not isinstance(part, str) and part != ";", nearest)
    parts = [part for part in statement if part.type not in ("whitespace", "comment")]
    url = tinycss2.serialize(parts)
    if parts and parts[0].type == "ident" and _may_leave(url):
        yield url


def _inside(function: str, state: str) -> str:
    """Return what a string is inside a function that stands where `state` holds."""
    if function in _CSS_URL_FUNCTIONS:
        return _URL_STRING
    if function in _CSS_NO_URLS:
        return ""
    return _ARGUMENT if function.startswith("--") and state != _URL_STRING else state


def _may_leave(text: str) -> bool:
    """Whether a text, read as a URL, could name a scheme or host of its own."""
    compact = "".join(character for character in text if character > " ")
    return ":" in compact or (len(compact) > 1 and set(compact[:2]) <= {"/", "\\"})


_READERS = {
    Grammar.LIST: _list,
    Grammar.SRCSET: _srcset,
    Grammar.REFRESH: _refresh,
    Grammar.JSON: _json,
    Grammar.CSS: _css,
}


ANY_LINK = "about:any-link"
"""What stands for links that speculation rules choose by themselves."""


def _names_own_links(where: object) -> bool:
    """Whether the condition of a speculation rule lets through the site's own links only."""
    if not isinstance(where, dict):
        return False
    if "and" in where:
        return isinstance(where["and"], list) and any(_names_own_links(part) for part in where["and"])
    patterns = where.get("href_matches")
    patterns = patterns if isinstance(patterns, list) else [patterns]
    return all(isinstance(pattern, str) and pattern[:1] == "/" != pattern[1:2] for pattern in patterns)


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
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    if parameters[-1:] == ["base64"]:
        compact = bytes(raw.translate(None, b" \t\n\f\r"))
        try:
            raw = base64.b64decode(compact + b"=" * (-len(compact) % 4))
        except binascii.Error:
            return None
    labels = (part.removeprefix("charset=").strip("\"' ") for part in parameters if part.startswith("charset="))
    encoding = webencodings.lookup(next(labels, "")) or webencodings.UTF8
    return Inline(media_type or "text/plain", webencodings.decode(raw, encoding)[0])  # a byte order mark wins
