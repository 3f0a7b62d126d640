"""Where a finding stands in what a person wrote: the Markdown file and line, else the template, else the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import product
from pathlib import Path

import turbohtml

from .carriers import TABLE, TEXT
from .findings import Finding

_HOLD_ADDRESSES = {row.attribute for row in TABLE} - {TEXT, "style"}
_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
_FENCES = frozenset({"```", "~~~"})
_BEFORE_ADDRESSES = tuple("(<\"'=")
_LIVE, _WHOLE = range(2)
_GOES_ON = "/-_?&=#%~+@:"
"""What may follow in an address."""


class Places:
    """Finds the source of a page's mistake by its raw text; never guesses.

    root: the folder that places are told relative to. templates: the theme's folder of templates.
    """

    def __init__(self, root: Path, templates: Path) -> None:
        self._root = root
        self._templates = templates
        self._read = lru_cache(maxsize=64)(_read)
        self._hits = lru_cache(maxsize=256)(self._find)
        self._shared = lru_cache(maxsize=1)(self._template_files)

    def located(self, findings: Iterable[Finding], page: str, sources: Sequence[Path]) -> list[Finding]:
        """Return the findings of one page with their places. The n-th finding of a check with one evidence is the
        n-th occurrence in the sources."""
        told: dict[str, Counter[str]] = {}
        located = []
        for finding in findings:
            if not finding.place:
                of_check = told.setdefault(finding.check.name, Counter())
                place, line = self.find(finding.evidence, sources, of_check, finding.nth)
                finding = replace(finding, place=place, line=line)
            located.append(replace(finding, page=page, is_listed=len(sources) > 1))
        return located

    def find(
        self, evidence: str, sources: Sequence[Path], told: Counter[str], nth: int | None = None
    ) -> tuple[str, int | None]:
        """Return the file and line where the raw text stands, in the sources or else in the templates; the source
        alone where there is only one; or nothing. told: how often each text was looked up before; so many of its
        places belong to others. nth: how many do, where that is known better."""
        forms = _forms(evidence)
        place, line = self._first(forms, sources, told if nth is None else Counter(dict.fromkeys(forms, nth)))
        told.update(forms)
        return place, line

    def _first(self, forms: list[str], sources: Sequence[Path], told: Counter[str]) -> tuple[str, int | None]:
        for part, files in product((_LIVE, _WHOLE), (tuple(sources), self._shared())):
            for text in forms:
                hits = self._hits(files, text, part)
                if hits:
                    file, line = hits[min(told[text], len(hits) - 1)]
                    return self.shown(file), line
        return (self.shown(sources[0]) if len(sources) == 1 else ""), None

    def _find(self, files: tuple[Path, ...], text: str, part: int) -> list[tuple[Path, int]]:
        return [(file, line) for file in files for line in _lines_with(self._read(file)[part], text)]

    def shown(self, path: Path) -> str:
        """Return a path as people read it."""
        try:
            return path.resolve().relative_to(self._root).as_posix()
        except ValueError:
            return path.as_posix()

    def _template_files(self) -> tuple[Path, ...]:
        return tuple(sorted(path for path in self._templates.rglob("*") if path.is_file()))


def _forms(evidence: str) -> list[str]:
    """Return the raw text, and what of it a source may hold: without the line breaks, unescaped, escaped."""
    if not evidence.strip():
        return []
    escaped = evidence.replace("&", "&amp;")
    return list(dict.fromkeys([evidence, evidence.strip(), unescape(evidence), escaped, *_values(evidence)]))


def _values(tag: str) -> list[str]:
    """Return the values of a start tag that hold addresses, raw and unescaped."""
    if not tag.startswith("<"):
        return []
    fragment = turbohtml.parse_fragment(tag, "div", positions=False)
    element = next(fragment.iter_elements(), None)
    if element is None:
        return []
    values = [element.attr(name) or "" for name in element.attrs if name in _HOLD_ADDRESSES]
    return [form for value in values if value.strip() for form in (value, value.replace("&", "&amp;"))]


def _lines_with(content: str, text: str) -> list[int]:
    """Return the lines in which a text stands; of an address, those where it is a whole one, if there are any, and
    among them those where one is written that is followed: in brackets or quotes."""
    lines: list[int] = []
    whole: list[int] = []
    followed: list[int] = []
    line, start, position = 1, 0, content.find(text)
    while position != -1:
        line += content.count("\n", start, position)
        lines.append(line)
        after = content[position + len(text) : position + len(text) + 1]
        before = content[max(0, position - 2) : position]
        if not (_goes_on(after) and _goes_on(text[-1:])):
            whole.append(line)
            if text[:1] == "<" or before[-1:] in _BEFORE_ADDRESSES or before == ": ":
                followed.append(line)
        start, position = position, content.find(text, position + len(text))
    return followed or whole or lines


def _goes_on(character: str) -> bool:
    return character.isalnum() or (character != "" and character in _GOES_ON)


def _read(file: Path) -> tuple[str, str]:
    """Return a file's text with code and comments blanked, in which nothing loads or leads anywhere, and whole."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return "", ""
    is_markdown = file.suffix.lower() in _MARKDOWN
    dead = [*_between(text, "<!--", "-->"), *(_code(text) if is_markdown else _between(text, "{#", "#}"))]
    return _blanked(text, dead), text


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        lines = text[start:end].split("\n")
        text = text[:start] + "\n".join(" " * len(line) for line in lines) + text[end:]
    return text


def _between(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the comments of a language."""
    start = text.find(opening)
    while start != -1 and (end := text.find(closing, start + len(opening))) != -1:
        yield start, end
        start = text.find(opening, end)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what Markdown shows as code: between fences, and between backticks of one paragraph."""
    position, fence, start = 0, "", 0
    for line in text.splitlines(keepends=True):
        mark = line.strip()[:3]
        if fence and line.strip().startswith(fence):
            yield start, position
            fence = ""
        elif not fence and mark in _FENCES:
            fence, start = mark, position
        elif not fence and "`" in line:
            yield from ((position + one, position + other) for one, other in _between_backticks(line))
        position += len(line)


def _between_backticks(line: str) -> Iterator[tuple[int, int]]:
    """Yield the places of code in a line. It ends at as many backticks as it began with."""
    position = line.find("`")
    while position != -1:
        count = len(line[position:]) - len(line[position:].lstrip("`"))
        start = position + count
        end = line.find("`" * count, start)
        if end != -1:
            yield start, end
        position = line.find("`", start if end == -1 else end + count)
