"""What an inline script gives away: the services whose addresses or global names it uses.

The code is read as tokens (strings, names, comments, regular expressions), not run. What a program puts together
while it runs (`"https://" + name`) is not known here. Source of the tokens: ECMAScript 2025, "Lexical Grammar".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

_CODE = re.compile(
    r"""(?P<space>\s+|//[^\n\u2028\u2029]*|/\*.*?\*/|<!--[^\n]*)
      | (?P<name>[A-Za-z_$][\w$]*)
      | (?P<number>\.?\d[\w.]*)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGULAR_EXPRESSION = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,512}\]){1,2048}/[a-z]*")
_TEMPLATE = re.compile(r"(?P<text>(?:[^`\\$]|\\.|\$(?!\{))*)(?P<end>`|\$\{)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(.))", re.DOTALL)
_HOST = re.compile(r"(?:(?<=//)|^)(\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?([/?#][^\s\"'<>?#]*)?(?![\w.:-])", re.I)
_BEFORE_EXPRESSION = frozenset(
    "return typeof instanceof in of new delete void throw case do else yield await".split()
)
_GLOBAL_OBJECTS = frozenset({"window", "self", "globalThis", "top", "parent"})
_WRITES = frozenset({"write", "writeln"})
_PAGE_EVENTS = frozenset({"DOMContentLoaded", "load"})


class Token(NamedTuple):
    """A piece of code: its kind (`name`, `string`, `mark`, `number`), and its text; of a string, what it means."""

    kind: str
    text: str


class UnreadableCodeError(ValueError):
    """A string, comment or template of the code does not end: nobody can say what is code and what is text."""


class Known(Protocol):
    """Whoever knows which service an address belongs to, and which address a global name of a script stands for."""

    def address_of_host(self, host: str, path: str) -> str | None: ...

    def address_of_program(self, name: str) -> str | None: ...


def addresses_in(code: str, known: Known) -> tuple[str, ...]:
    """Return an address of each service that the code uses, sorted; all of a text that cannot be read counts."""
    try:
        tokens = list(tokens_of(code))
    except UnreadableCodeError:
        tokens = [*(Token("name", name) for name in re.findall(r"[A-Za-z_$][\w$]*", code)), Token("string", code)]
    found = {known.address_of_program(name) for name in _global_names(tokens)}
    for token in tokens:
        if token.kind == "string":
            found.update(known.address_of_host(host, path) for host, path in _hosts(token.text))
    return tuple(sorted(address for address in found if address is not None))


@lru_cache(maxsize=256)
def writes_document(code: str) -> bool:
    """Whether the code calls `document.write`, which empties a page that has been read to its end."""
    try:
        texts = [token.text for token in tokens_of(code) if token.kind != "string"]
    except UnreadableCodeError:
        return "document.write" in code
    return any(
        first == "document" and dot == "." and last in _WRITES
        for first, dot, last in zip(texts, texts[1:], texts[2:], strict=False)
    )


@lru_cache(maxsize=256)
def waits_for_the_page(code: str) -> str | None:
    """Return the event of the page, `DOMContentLoaded` or `load`, that the code waits for without asking whether it
    has passed (`document.readyState`); None where it waits for neither. What cannot be read waits for nothing."""
    try:
        tokens = list(tokens_of(code))
    except UnreadableCodeError:
        return None
    if any(token.text == "readyState" for token in tokens):
        return None
    owners = _GLOBAL_OBJECTS | {"document"}
    for number, token in enumerate(tokens):
        if token.kind != "name" or (
            number > 1 and tokens[number - 1].text == "." and tokens[number - 2].text not in owners
        ):
            continue
        after = [following.text for following in tokens[number + 1 : number + 3]]
        if token.text == "addEventListener" and after[:1] == ["("] and after[1:] and after[1] in _PAGE_EVENTS:
            return after[1]
        if token.text == "onload" and after[:1] == ["="] and after[1:] != ["="]:
            return "load"
    return None


def _global_names(tokens: list[Token]) -> Iterator[str]:
    """Yield the names that stand for themselves, not for a property of something other than the page's globals."""
    for number, token in enumerate(tokens):
        if token.kind != "name":
            continue
        before = tokens[number - 1].text if number else ""
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        owner = tokens[number - 2].text if number > 1 else ""
        is_property = before == "." and owner not in _GLOBAL_OBJECTS
        is_key = after == ":" and before in ("{", ",")
        if not is_property and not is_key:
            yield token.text


def _hosts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the hosts in a string, with the path: after `//`, or where the string begins with one. What begins
    with a dot is put after a name by the program: any name below it will do."""
    for match in _HOST.finditer(text):
        host = match[1].lower()
        path = match[2] or "/"
        if match.start() == 0 and match[2] is None and match.end() < len(text):
            continue  # a sentence that begins with the name of a website
        yield (f"www{host}" if host.startswith(".") else host), path if path.startswith("/") else "/"


def tokens_of(code: str) -> Iterator[Token]:
    """Yield the tokens of a script without its comments. Raise `UnreadableCodeError` where one does not end."""
    position, last = 0, Token("mark", "")
    braces: list[int] = []  # for each template that is open around an expression: how many braces are open in it
    while position < len(code):
        match = _REGULAR_EXPRESSION.match(code, position) if _may_begin_expression(last) else None
        if match is not None and not code.startswith(("//", "/*"), position):
            position, last = match.end(), Token("number", "")
            continue
        match = _CODE.match(code, position)
        assert match is not None, "a mark is any character"
        kind, text = str(match.lastgroup), match[0]
        position = match.end()
        if kind == "space":
            continue
        if text in ("'", '"') or (text == "/" and code.startswith("/*", position - 1)):
            raise UnreadableCodeError
        if kind == "string":
            last = Token(kind, _unescaped(text[1:-1]))
        elif text == "`" or (text == "}" and braces and braces[-1] == 0):
            if text == "}":
                braces.pop()
            last, position, is_open = _template(code, position)
            if is_open:
                braces.append(0)
                yield last
                last = Token("mark", "${")
        else:
            if braces and text in "{}":
                braces[-1] += 1 if text == "{" else -1
            last = Token(kind, text)
        yield last
    if braces:
        raise UnreadableCodeError


def _template(code: str, position: int) -> tuple[Token, int, bool]:
    """Return the text of a template up to its end or to an expression in it, where it ends, and which of both."""
    match = _TEMPLATE.match(code, position)
    if match is None:
        raise UnreadableCodeError
    return Token("string", _unescaped(match["text"])), match.end(), match["end"] == "${"


def _may_begin_expression(last: Token) -> bool:
    """Whether a slash after this token begins a regular expression, and is no division."""
    if last.kind == "name":
        return last.text in _BEFORE_EXPRESSION
    return last.kind == "mark" and last.text not in (")", "]", "}")


def _unescaped(text: str) -> str:
    def meaning(match: re.Match[str]) -> str:
        digits = match[1] or match[2] or match[3]
        if digits is None:
            return "" if match[4] == "\n" else match[4]
        number = int(digits, 16)
        return chr(number) if number <= _LAST_CHARACTER else ""

    return _ESCAPE.sub(meaning, text) if "\\" in text else text


_LAST_CHARACTER = 0x10FFFF


def is_program(media_type: str) -> bool:
    """Whether browsers run a script with this `type`. Source: WHATWG HTML, "prepare the script element"."""
    kind = media_type.strip().lower()
    return kind in ("", "module") or kind in _JAVASCRIPT_TYPES


_JAVASCRIPT_TYPES: Iterable[str] = frozenset(
    "application/ecmascript application/javascript application/x-ecmascript application/x-javascript text/ecmascript "
    "text/javascript text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 "
    "text/javascript1.5 text/jscript text/livescript text/x-ecmascript text/x-javascript".split()
)
