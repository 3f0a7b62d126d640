"""What changed between two texts of the policy, word by word.

Pure: lines of `reading.lines` in, changed lines out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any, NamedTuple

_ALIKE = 0.4  # below this share of common words, two lines are told as one that went and one that came


class Kind(StrEnum):
    """What became of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Words(NamedTuple):
    """Words that follow each other and share their fate."""

    kind: Kind
    text: str


class Change(NamedTuple):
    """One changed line: the heading of the section it stands in, or nothing, and its words."""

    section: str
    words: tuple[Words, ...]


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return the lines that differ, in the order of the new text."""
    found: list[Change] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        pairs = zip_longest(old[old_start:old_end], new[new_start:new_end])
        for number, (before, after) in enumerate(pairs):
            section = _section(new, min(new_start + number, len(new) - 1)) if new else ""
            found += [Change(section, words) for words in _line(before, after)]
    return found


def sections(found: Sequence[Change]) -> list[str]:
    """Return the headings of the sections that changed, each once."""
    return list(dict.fromkeys(change.section for change in found if change.section))


def changed_facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the names of the parts whose facts differ, sorted."""
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def _section(lines: Sequence[str], position: int) -> str:
    return next((line.lstrip("# ") for line in reversed(lines[: position + 1]) if line.startswith("## ")), "")


def _line(before: str | None, after: str | None) -> Iterator[tuple[Words, ...]]:
    if before is not None and after is not None:
        words = _words(before, after)
        common = sum(len(part.text) for part in words if part.kind is Kind.SAME)
        if common >= _ALIKE * min(len(before), len(after)):
            yield words
            return
    if before is not None:
        yield (Words(Kind.REMOVED, before),)
    if after is not None:
        yield (Words(Kind.ADDED, after),)


def _words(before: str, after: str) -> tuple[Words, ...]:
    old, new = before.split(), after.split()
    parts: list[Words] = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(Words(Kind.SAME, " ".join(old[a:b])))
            continue
        if b > a:
            parts.append(Words(Kind.REMOVED, " ".join(old[a:b])))
        if d > c:
            parts.append(Words(Kind.ADDED, " ".join(new[c:d])))
    return tuple(parts)
