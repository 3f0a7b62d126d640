"""The mail addresses in a text, and the names that are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from publicsuffixlist import PublicSuffixList

TEXTS = (".xml", ".atom", ".rss", ".svg", ".xhtml", ".txt", ".json", ".webmanifest", ".csv")
"""The kinds of files besides pages that people or programs read as text."""

_PIECE = 65_536  # bytes
_BETWEEN_WORDS = (b" ", b"\n", b">")
_ENCODED = re.compile(b"&(?:commat;|#(?:64;|x40;|0|x0))")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-=?^_{|}~")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_RESERVED = (
    *(".example", ".test", ".invalid", ".localhost"),
    *(".example.com", ".example.org", ".example.net", ".example.edu"),
)


def mails_in_pieces(path: Path) -> Iterator[str]:
    """Yield the mail addresses in a large file, which is read by and by and cut between words."""
    rest = b""
    with path.open("rb") as file:
        while data := file.read(_PIECE):
            data = rest + data
            end = max(data.rfind(mark) for mark in _BETWEEN_WORDS) + 1
            yield from mails_in_source(data[:end].decode("utf-8", "replace"), data[:end].lower())
            rest = data[end:]
    yield from mails_in_source(rest.decode("utf-8", "replace"), rest.lower())


def mails_in_source(text: str, lowered: bytes) -> Iterator[str]:
    """Yield the mail addresses in the source of a page or a text. lowered: it, with ASCII letters in lower case."""
    return mails_in(decoded(text, lowered))


def decoded(text: str, lowered: bytes) -> str:
    """Return a source in which every @ stands as itself. lowered: it, with ASCII letters in lower case."""
    is_encoded = (b"%" in lowered and b"%40" in lowered) or _ENCODED.search(lowered)  # one character is found at once
    return unquote(unescape(text)) if is_encoded else text


def mails_in(text: str) -> Iterator[str]:
    """Yield the mail addresses in a text: those that could reach somebody. Names that are reserved for examples
    reach nobody, nor does what has no known top-level domain."""
    for _, mail in addresses_in(text):
        if _is_reachable(mail.partition("@")[2]):
            yield mail


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield all that is written as a mail address in a text, each with the place at which it starts."""
    position = text.find("@")
    while position != -1:
        start, end = position, position + 1
        while start and text[start - 1] in _LOCAL:
            start -= 1
        while end < len(text) and text[end] in _DOMAIN:
            end += 1
        local = text[start:position].strip(".'")
        domain = text[position + 1 : end].strip(".-").lower()
        # https://user@host/ and git@host:path are no mail addresses
        is_url = text[max(0, start - 2) : start] == "//" and text[end : end + 1] in ("/", ":")
        if local and not is_url:
            yield start, f"{local}@{domain}"
        position = text.find("@", end)


def is_reserved(host: str) -> bool:
    """Whether a host has a name that is reserved for examples, and is nobody's (RFC 2606, RFC 6761)."""
    return f".{host}".endswith(_RESERVED)


@lru_cache(maxsize=4096)
def _is_reachable(domain: str) -> bool:
    if "." not in domain or is_reserved(domain):
        return False
    return _suffixes().privatesuffix(domain) is not None


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
