"""What a program says in its own words: the tokens of JavaScript, and what can be told from them without running it.

Source: ECMAScript 2026, "Lexical Grammar". Where a slash begins a regular expression and where it divides is
decided by the token before it, as editors do; what is misread that way costs a note, never an error's truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = re.compile(r"\s+|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--[^\n]*|#![^\n]*", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)"""
    r"|(?P<word>[A-Za-z_$\u0080-\uffff][\w$]*)"
    r"|(?P<number>\.?\d[\w.]*)"
    r"|(?P<mark>=>|===?|!==?|(?:\?\?|\|\||&&|[-+*/%&|^])=|\?\.|\S)",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_CHUNK = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
_BEFORE_PATTERN = frozenset("return typeof case in of delete void throw new do else await yield".split())
_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


class Token(NamedTuple):
    """One token: a `string` (its value; of a template, one of its fixed parts), a `word`, or anything else as a
    `mark`. is_whole: whether a string is all of its literal."""

    kind: str
    text: str
    is_whole: bool = True


def tokens(code: str) -> Iterator[Token]:
    """Yield the tokens of a program, without comments."""
    position, end = 0, len(code)
    depths: list[int] = []  # of the braces inside each template's ${…}
    last = Token("mark", "")
    while position < end:
        space = _SPACE.match(code, position)
        if space:
            position = space.end()
            continue
        character = code[position]
        if character == "`" or (character == "}" and depths and depths[-1] == 0):
            is_start = character == "`"
            if not is_start:
                depths.pop()
            chunk = _CHUNK.match(code, position + 1)
            assert chunk is not None, "it may be empty"
            position = chunk.end() + 1
            is_open = code[chunk.end() : chunk.end() + 2] == "${"
            if is_open:
                depths.append(0)
                position += 1
            last = Token("string", _unescaped(chunk[0]), is_start and not is_open)
            yield last
            continue
        pattern = _PATTERN.match(code, position) if character == "/" and _may_begin_pattern(last) else None
        if pattern:
            position, last = pattern.end(), Token("mark", "/…/")
            yield last
            continue
        match = _TOKEN.match(code, position)
        assert match is not None, "the last alternative takes any character"
        position = match.end()
        if depths and match[0] in ("{", "}"):
            depths[-1] += 1 if match[0] == "{" else -1
        if match.lastgroup == "string":
            last = Token("string", _unescaped(match[0][1:].removesuffix(character)))
        else:
            last = Token("word" if match.lastgroup == "word" else "mark", match[0])
        yield last


def _may_begin_pattern(last: Token) -> bool:
    if last.kind == "word":
        return last.text in _BEFORE_PATTERN
    return last.kind == "mark" and last.text not in (")", "]", "}", "/…/") and not last.text[-1:].isalnum()


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        code = match[2] or match[3] or match[4]
        if code:
            number = int(code, 16)
            return chr(number) if number < 0x110000 else ""
        return "" if match[1].endswith("\n") else _PLAIN.get(match[1], match[1])

    return _ESCAPE.sub(value, text)


class Write(NamedTuple):
    """Code that stores something on the visitor's device. kind: as in the catalogue's `stores`. name: what it is
    called, where the code says so; None where it is computed. code: the words that do it."""

    kind: str
    name: str | None
    code: str


_STORAGE = {"localStorage": "local", "sessionStorage": "session"}
_OPENED = {("indexedDB", "open"): "indexeddb", ("cookieStore", "set"): "cookie", ("caches", "open"): "unknown"}
_GLOBALS = frozenset({"localStorage", "sessionStorage", "indexedDB", "cookieStore", "caches", "document"})
_ASSIGNMENTS = frozenset({"=", "+=", "??=", "||=", "&&="})
_METHODS = frozenset({"getItem", "removeItem", "clear", "key", "length"})


def writes(code: str) -> Iterator[Write]:
    """Yield what a program stores, as far as its words tell: it may do so in words that nobody recognises."""
    if not any(name in code for name in _GLOBALS):
        return
    found = [Token("mark", ".") if token == Token("mark", "?.") else token for token in tokens(code)]
    for place, token in enumerate(found):
        if token.kind != "word" or token.text not in _GLOBALS:
            continue
        after = (*found[place + 1 : place + 5], *[Token("mark", "")] * 4)[:4]
        member = after[1].text if after[0].text == "." else ""
        if token.text in _STORAGE:
            yield from _entries(token.text, after, member)
        elif token.text == "document":
            if member == "cookie" and _assigns(after[2]):
                yield Write("cookie", _cookie_name(after[3]), "document.cookie =")
        elif (token.text, member) in _OPENED and after[2].text == "(":
            yield Write(_OPENED[token.text, member], _name(after[3]), f"{token.text}.{member}()")


def _entries(store: str, after: tuple[Token, ...], member: str) -> Iterator[Write]:
    kind = _STORAGE[store]
    if member == "setItem" and after[2].text == "(":
        yield Write(kind, _name(after[3]), f"{store}.setItem()")
    elif member and member not in _METHODS and _assigns(after[2]):
        yield Write(kind, member, f"{store}.{member} =")
    elif after[0].text == "[" and after[2].text == "]" and _assigns(after[3]):
        yield Write(kind, _name(after[1]), f"{store}[…] =")


def _assigns(token: Token) -> bool:
    return token.kind == "mark" and token.text in _ASSIGNMENTS


def _name(token: Token) -> str | None:
    return token.text if token.kind == "string" and token.is_whole else None


def _cookie_name(token: Token) -> str | None:
    name, equals, _ = token.text.partition("=")
    return name.strip() if token.kind == "string" and equals and name.strip() else None


_ADDRESS = re.compile(r"(?:(?:https?|wss?):)?//[^\s\"'`<>\\)\]}|]+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_SHORT_HOSTS = frozenset({"com", "net", "org"})


def addresses(code: str) -> Iterator[str]:
    """Yield the absolute URLs, and what can only be a host, in the strings of a program."""
    if "//" not in code and "." not in code:
        return
    for token in tokens(code):
        if token.kind != "string" or not ("//" in token.text or "." in token.text):
            continue
        text = token.text.strip()
        if "//" in text:
            for match in _ADDRESS.finditer(text):
                if match[0][:2] != "//" or match.start() == 0:
                    yield match[0]
        elif _HOST.fullmatch(text):
            labels = text.lower().split(".")
            if len(labels) > 2 or labels[-1] in _SHORT_HOSTS:
                yield f"//{text}"
