"""The policy as a reader sees it: lines of words with the targets of links, and nothing of its markup.

Pure. Two texts that read alike have one fingerprint: marks of other plugins, classes, identifiers and
whitespace do not count; words, headings with their level, cells of tables and the targets of links do.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

UNVERSIONED = "data-unversioned"
"""The attribute of what is part of the page and not of the text: the sentence with the date, the list of contents,
the days on which sources were read."""

PART = "data-policy-part"
"""The attribute of a derived part."""

_NOT_TEXT = frozenset("script style template head title desc".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_OPENINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_TERM_ENDS = ": "
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def lines(html: str, site: str = "") -> tuple[str, ...]:
    """Return the lines of a document or fragment. site: the origin that own absolute links begin with; they count as
    those without it."""
    reader = _Reader(site)
    reader.read(BeautifulSoup(html, "html.parser"))
    reader.end_line()
    return tuple(reader.lines)


def prose(html: str, site: str = "") -> tuple[str, ...]:
    """Return the lines that a person wrote: those outside the derived parts. site: as for
    `lines`."""
    tree = BeautifulSoup(html, "html.parser")
    for element in tree.select(f"[{PART}]"):
        element.decompose()
    return lines(str(tree), site)


def fingerprint(text: tuple[str, ...]) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256("\n".join(text).encode()).hexdigest()


def facts_hash(facts: Any) -> str:
    """Return the SHA-256 of facts: of their JSON with sorted keys, without spaces."""
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class _Reader:
    """Collects the lines of a tree, without recursion: policies nest as deep as their authors like."""

    def __init__(self, site: str) -> None:
        self.lines: list[str] = []
        self._site = site
        self._line: list[str] = []
        self._opening = ""

    def read(self, root: Tag) -> None:
        """Read what is below an element."""
        todo: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(root.contents)]
        while todo:
            node, is_left = todo.pop()
            if isinstance(node, Tag):
                if is_left:
                    self._leave(node)
                elif node.name not in _NOT_TEXT and not node.has_attr(UNVERSIONED):
                    self._enter(node)
                    todo.append((node, True))
                    todo.extend((child, False) for child in reversed(node.contents))
            elif type(node) is NavigableString:  # comments and the like are kinds of it
                self._space(str(node))

    def _space(self, text: str) -> None:
        """Take a piece of text; whitespace between a term and its description says nothing."""
        if text.strip() or self._line[-1:] != [_TERM_ENDS]:
            self._line.append(text)

    def _enter(self, element: Tag) -> None:
        if element.name == "dd" and self._line[-1:] == [_TERM_ENDS]:
            return
        if element.name in _BLOCKS:
            self.end_line()
            self._opening = _OPENINGS.get(element.name, self._opening)
        elif element.name == "br":
            self.end_line()
        elif element.name == "img":
            self._line.append(f" [{element.get('alt') or ''}] {self._target(element.get('src'))} ")
        elif element.name in ("td", "th") and "".join(self._line).strip():
            self._line.append(" | ")

    def _leave(self, element: Tag) -> None:
        if element.name == "dt":
            self._line.append(_TERM_ENDS)
        elif element.name in _BLOCKS:
            self.end_line()
            self._opening = ""
        elif element.name in ("td", "th"):
            self._line.append(" ")
        elif element.name in ("a", "area") and element.has_attr("href"):
            self._line.append(f" {self._target(element.get('href'))}")

    def end_line(self) -> None:
        """Take the words that were read since the last line as one."""
        text = unicodedata.normalize("NFC", "".join(self._line)).translate(_INVISIBLE)
        text = " ".join(text.split())
        if text:
            self.lines.append(self._opening + text)
            self._opening = ""
        self._line.clear()

    def _target(self, address: object) -> str:
        target = "".join(str(address or "").split())
        if self._site and (target == self._site or target.startswith(f"{self._site}/")):
            target = target.removeprefix(self._site) or "/"
        return f"<{target}>"
