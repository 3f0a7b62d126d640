"""What can be told from the words of a program without running it: what it stores, and which hosts it names.

A program may do either in words that nobody recognises; what it really does is seen in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..privacy.scripts import Token, UnreadableCodeError, tokens_of


class Write(NamedTuple):
    """Code that stores something on the visitor's device. kind: as in the catalogue's `stores`. name: what it is
    called, where the code says so; None where it is computed. code: the words that do it."""

    kind: str
    name: str | None
    code: str


_STORAGE = {"localStorage": "local", "sessionStorage": "session"}
_OPENED = {("indexedDB", "open"): "indexeddb", ("cookieStore", "set"): "cookie", ("caches", "open"): "unknown"}
_GLOBALS = frozenset({"localStorage", "sessionStorage", "indexedDB", "cookieStore", "caches", "document"})
_OPERATORS = frozenset("+?|&")  # before the equals sign of an assignment, once or twice
_METHODS = frozenset({"getItem", "removeItem", "clear", "key", "length"})
_NOTHING = Token("mark", "")


def _tokens(code: str) -> list[Token]:
    """Return the tokens, with `?.` as a dot. Code that cannot be read is one that computes all its names."""
    try:
        found = list(tokens_of(code))
    except UnreadableCodeError:
        return [Token("name", word) if word.isidentifier() else Token("mark", word) for word in _WORD.findall(code)]
    return [
        token
        for place, token in enumerate(found)
        if not (token == Token("mark", "?") and found[place + 1 : place + 2] == [Token("mark", ".")])
    ]


_WORD = re.compile(r"\w+|\S")


def writes(code: str) -> Iterator[Write]:
    """Yield what a program stores, as far as its words tell."""
    if not any(name in code for name in _GLOBALS):
        return
    found = _tokens(code)
    for place, token in enumerate(found):
        if token.kind != "name" or token.text not in _GLOBALS:
            continue
        after = found[place + 1 : place + 8]
        after += [_NOTHING] * (7 - len(after))
        member = after[1].text if after[0].text == "." else ""
        if token.text in _STORAGE:
            yield from _entries(token.text, after, member)
        elif token.text == "document":
            value = _assigned(after[2:])
            if member == "cookie" and value is not None:
                yield Write("cookie", _cookie_name(value), "document.cookie =")
        elif (token.text, member) in _OPENED and after[2].text == "(":
            yield Write(_OPENED[token.text, member], _name(after[3], after[4]), f"{token.text}.{member}()")


def _entries(store: str, after: list[Token], member: str) -> Iterator[Write]:
    kind = _STORAGE[store]
    if member == "setItem" and after[2].text == "(":
        yield Write(kind, _name(after[3], after[4]), f"{store}.setItem()")
    elif member and member not in _METHODS and _assigned(after[2:]) is not None:
        yield Write(kind, member, f"{store}.{member} =")
    elif after[0].text == "[":
        name = _name(after[1], after[2])
        closing = next((place for place, token in enumerate(after) if token == Token("mark", "]")), None)
        if closing is not None and _assigned(after[closing + 1 :]) is not None:
            yield Write(kind, name, f"{store}[…] =")


def _assigned(tokens: list[Token]) -> Token | None:
    """Return the token after an assignment's equals sign, or None where the tokens begin with no assignment."""
    texts = [token.text if token.kind == "mark" else "" for token in tokens]
    place = 0
    while place < len(texts) and texts[place] in _OPERATORS and place < len("??"):
        place += 1
    is_assignment = place + 1 < len(texts) and texts[place] == "=" and texts[place + 1] not in ("=", ">")
    return tokens[place + 1] if is_assignment else None


def _name(token: Token, following: Token) -> str | None:
    """Return a name that is one whole string, followed by the end of the argument."""
    return token.text if token.kind == "string" and following.text in (",", ")", "]") else None


def _cookie_name(token: Token) -> str | None:
    name, equals, _ = token.text.partition("=")
    return name.strip() if token.kind == "string" and equals and name.strip() else None


_ADDRESS = re.compile(r"(?:(?:https?|wss?):)?//[^\s\"'`<>\\)\]}|]+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_SHORT_HOSTS = frozenset({"com", "net", "org"})


def addresses(code: str) -> Iterator[str]:
    """Yield the absolute URLs, and what can only be a host, in the strings of a program; of code that cannot be
    read, in all of it."""
    if "//" not in code and "." not in code:
        return
    try:
        texts = [token.text for token in tokens_of(code) if token.kind == "string"]
    except UnreadableCodeError:
        texts = [code]
    for raw in texts:
        text = raw.strip()
        if "//" in text:
            for match in _ADDRESS.finditer(text):
                if match[0][:2] != "//" or match.start() == 0:
                    yield match[0]
        elif _HOST.fullmatch(text):
            labels = text.lower().split(".")
            if len(labels) > 2 or labels[-1] in _SHORT_HOSTS:
                yield f"//{text}"
