"""What the build has to say: where, which check, what is wrong, and the way out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

WIDTH = 100
_IN_FULL = 5  # notes of one check on the terminal; of the others only their places are told
_FEW = 3  # places: what shows in more, and in no line of theirs, comes from what they share


class Level(StrEnum):
    """How much a finding weighs: an error stops the site from being published, a note never does."""

    ERROR = "error"
    NOTE = "note"


class Check(NamedTuple):
    """One promise about the site: its name in messages, its one level, and what it makes sure of."""

    name: str
    level: Level
    promise: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake.

    `place` is the file a person edits, `line` its line where that is known. `page` is the file of the
    output in which it shows, `evidence` the raw text by which its place is looked up, and `subject` what
    it is about (a URL, a name): with check and page it tells whether two readers found the same thing.
    `nth` counts, from 0, the links of the page with the same address before it, where that is known; `is_listed` is
    whether the page is made of several sources.
    """

    check: Check
    what: str
    way_out: str
    place: str = ""
    line: int | None = None
    page: str = ""
    evidence: str = ""
    subject: str = ""
    nth: int | None = None
    is_listed: bool = False

    @property
    def about(self) -> tuple[str, str]:
        """What it says of what, wherever that shows."""
        return (self.check.name, self.subject or self.what)

    @property
    def seen(self) -> tuple[str, str, str]:
        """Two findings that share this are one mistake, seen by two readers."""
        return (*self.about, self.page)

    @property
    def where(self) -> str:
        """Where it is, as people read it: file and line, as far as they are known."""
        where = self.place or self.page or "the settings"
        return where if self.line is None else f"{where}:{self.line}"

    def __str__(self) -> str:
        paragraphs = [self.what, self.way_out]
        body = "\n".join(
            textwrap.fill(
                paragraph,
                WIDTH,
                initial_indent="    ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for paragraph in paragraphs
            if paragraph
        )
        return f"{self.where}  {self.check.name}\n{body}"


class SiteError(Exception):
    """The site cannot be published; `findings` says why. Nothing was written to the output."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n\n".join(str(finding) for finding in self.findings))


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repetitions, by place, line and check.

    The same article stands on its own page, in lists and in feeds; its mistake is told once, as that of its file,
    also where no line is known. What shows on several pages and in no source of theirs comes from what they share:
    it is told once as well.
    """
    findings = list(findings)
    of_files = {finding.about for finding in findings if finding.place and not finding.is_listed}
    kept: dict[tuple[str, str, str, int | None], Finding] = {}
    shared: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.is_listed and finding.about in of_files:
            continue  # a list shows what stands in an article, and cannot tell in which
        kept.setdefault((*finding.about, finding.place or finding.page, finding.line), finding)
        if finding.page and finding.line is None:
            shared.setdefault(finding.about, []).append(finding)
    told = list(kept.values())
    merged: set[int] = set()
    for group in shared.values():
        places = {finding.place for finding in group if finding.place}
        lists = [finding for finding in group if not finding.place]
        if len(places) > _FEW or (not places and len({finding.page for finding in lists}) > 1):
            merged.update(id(finding) for finding in group)
            told.append(_of_all_pages(group))
        elif places:
            merged.update(id(finding) for finding in lists)
    told = [finding for finding in told if id(finding) not in merged]
    return sorted(told, key=lambda f: (f.place or f.page, f.line or 0, f.check.name, f.what))


def _of_all_pages(group: list[Finding]) -> Finding:
    """Return one finding for what shows on many pages."""
    pages = sorted({finding.page for finding in group})
    place = f"the templates or settings ({len(pages)} pages, such as {pages[0]})"
    return replace(group[0], place=place)


def blocking(findings: Iterable[Finding], *, strict: bool) -> list[Finding]:
    """Return the findings that stop the site: the errors, and under `strict` the notes as well."""
    return [finding for finding in findings if strict or finding.check.level is Level.ERROR]


def listing(findings: Iterable[Finding], *, strict: bool) -> str:
    """Return findings for the terminal: in full what stops the site; of a check with many notes the first ones in
    full, and of the others where they are."""
    in_full: list[str] = []
    notes: dict[str, list[Finding]] = {}
    for finding in findings:
        of_check = notes.setdefault(finding.check.name, [])
        if not blocking([finding], strict=strict):
            of_check.append(finding)
        if len(of_check) <= _IN_FULL or of_check[-1] is not finding:
            in_full.append(str(finding))
    for name, found in sorted(notes.items()):
        others = found[_IN_FULL:]
        if others:
            places = "\n".join(f"    {place}" for place in dict.fromkeys(note.where for note in others))
            in_full.append(f"{_count(len(others), 'more note')} of {name}:\n{places}")
    return "\n\n".join(in_full)


def summary(findings: Iterable[Finding], *, strict: bool) -> str:
    """Return the closing sentence: how many of what, in how many places, and what became of the site."""
    findings = list(findings)
    stopping = blocking(findings, strict=strict)
    notes = len(findings) - len(stopping)
    places = len({finding.place or finding.page for finding in stopping})
    parts = []
    if stopping:
        parts.append(f"{_count(len(stopping), 'error')} in {_count(places, 'place')}")
    if notes:
        parts.append(_count(notes, "note"))
    counted = ", ".join(parts) or "No findings"
    return f"{counted}. The site was not published." if stopping else f"{counted}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
