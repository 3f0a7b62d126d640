"""What the checks of the audit see: the site that is judged, and one file of it after the other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from ..amazon_affiliate.expected import Expected, expected
from ..privacy.checks import DROPPED_SOURCE
from ..privacy.declaration import Declaration
from ..privacy.files import PAGES, names_below
from ..privacy.findings import Check, Finding
from ..privacy.page import Read, ReadScript
from ..third_party_links.expected import descriptions
from .reading import Document, Found, Learnt, lowered

# A quick look that may only err towards yes: what it lets through is looked up in the tree.
_MAY_HANDLE = re.compile(rb"""on(?<=[\s/"']on)[a-z]+\s*=""")
_MAY_STYLE = re.compile(rb"""style(?<=[\s/"']style)\s*=""")


class Away(NamedTuple):
    """A live link that leaves the website: what was found, its element and attributes, and what the marks call it."""

    item: Found
    node: LexborNode
    attributes: dict[str, str | None]
    name: str


@dataclass
class Site:
    """What the files of one site are judged against.

    root: the URL of the output folder, ending in a slash. files: the names of all its files. read: from a raw
    URL and a base to a verdict. settings: Pelican's. told: names of
    the checks that have found something before the audit. plugins: the folders of the plugins in use, whose
    promises are judged. policies: the names of the pages that are the privacy policy. public_mail: mail
    addresses that may be told. tags: the site's affiliate tag by store; own_tags: all that are the site's;
    tags_by_default: whether links are tagged that say nothing about it.
    is_real: whether it is published under somebody's real domain.

    What is learnt while the files are read: used: ids of the services. settled: own URLs that lead to a file, as
    written, wherever they stand: those of a menu are judged once, and not on every page. to_policy: those of
    them that lead to the policy. learnt: what else pages have in common. paid: whether a link pays.
    linked_partners: hosts of partners to which a link leads. placed: ids of the declared forms. stored: kinds and
    names of what own scripts store. digests: of files, by algorithm and name.
    """

    folder: Path
    root: str
    declaration: Declaration
    files: frozenset[str]
    read: Read
    read_script: ReadScript
    settings: Mapping[str, Any]
    told: frozenset[str]
    plugins: frozenset[str]
    policies: frozenset[str]
    public_mail: frozenset[str]
    tags: Mapping[str, str]
    own_tags: frozenset[str]
    tags_by_default: bool
    is_real: bool
    used: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    to_policy: set[str] = field(default_factory=set)
    learnt: Learnt = field(default_factory=lambda: Learnt(set(), {}))
    paid: bool = False
    linked_partners: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    stored: set[tuple[str, str | None]] = field(default_factory=set)
    digests: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every source is on it: where one was dropped, that one may use what no page uses."""
        return DROPPED_SOURCE.name not in self.told

    @cached_property
    def expected(self) -> Expected:
        """The words that stand for label and disclosure of a paid link, in every language."""
        return expected(self._theme, self.declaration.privacy.controller.name, self._language)

    @cached_property
    def descriptions(self) -> Mapping[str, tuple[str, ...]]:
        """The words that say where a link leads that leaves the website, by name, in every language."""
        return descriptions(self._theme, self._language)

    @property
    def _theme(self) -> Path:
        return Path(self.settings.get("THEME") or "no-theme")

    @property
    def _language(self) -> str:
        return str(self.settings.get("DEFAULT_LANG") or "en")

    @cached_property
    def copies(self) -> Mapping[int, Set[bytes]]:
        """Digests of the HTML files that are copied into the site as they are, by their size: from content, theme,
        former output."""
        found: dict[int, set[bytes]] = {}
        for folder in self._copied_from():
            names = [name for name in names_below(folder) if name.lower().endswith(PAGES)]
            for path in [folder / name for name in names] if folder.is_dir() else [folder]:
                if path.suffix.lower() in PAGES and path.is_file():
                    data = path.read_bytes()
                    found.setdefault(len(data), set()).add(hashlib.sha256(data).digest())
        return found

    def _copied_from(self) -> Iterator[Path]:
        for key in ("PATH", "THEME"):
            if key in self.settings:
                yield Path(self.settings[key])
        for name in self.settings.get("OUTPUT_RETENTION") or ():
            yield self.folder / str(name)


class Program(NamedTuple):
    """A piece of code: where it stands, for messages, and the raw text by which its place is looked up."""

    code: str
    where: str
    evidence: str


@dataclass
class File:
    """One file of the site. kind: its suffix, lower case. text: what it says, where it was read as text (XML is not:
    feeds are large).

    found: what it refers to. documents: what it holds as HTML, itself first.
    described: texts of elements by which links are described, by id. verdicts: what is wrong with its
    references and forms, by the name of the check. handlers: elements with code in an attribute, once looked for.
    code: programs in XML. programs: all of its code, once looked for. away: its live links that leave the website,
    once looked for.
    """

    site: Site
    name: str
    kind: str
    base: str
    text: str = ""
    found: list[Found] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    described: dict[str, str | None] = field(default_factory=dict)
    handlers: list[tuple[LexborNode, str]] | None = None
    code: list[Program] = field(default_factory=list)
    programs: list[Program] | None = None
    away: list[Away] | None = None
    verdicts: dict[str, list[Finding]] = field(default_factory=dict)

    @cached_property
    def path(self) -> Path:
        """Where the file lies."""
        return self.site.folder / self.name

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page."""
        return bool(self.documents)

    @cached_property
    def is_copied(self) -> bool:
        """Whether it is HTML that was copied as it is, so that no plugin could change it."""
        alike = self.site.copies.get(self.path.stat().st_size)
        return alike is not None and hashlib.sha256(self.path.read_bytes()).digest() in alike

    @property
    def lowered(self) -> bytes:
        """Its text with ASCII letters in lower case, for a quick look at what may be in it."""
        return self.documents[0].lowered if self.documents else lowered(self.text)

    def live(self) -> list[Document]:
        """Return the documents that browsers show without anybody's consent."""
        return [document for document in self.documents if document.gate is None]


def may_handle(lowered: bytes) -> bool:
    """Whether there may be code in an on… attribute of a document. lowered: its text, in lower case."""
    return _MAY_HANDLE.search(lowered) is not None


def may_style(lowered: bytes) -> bool:
    """Whether there may be a style attribute in a document. lowered: its text, in lower case."""
    return _MAY_STYLE.search(lowered) is not None


class Audited(NamedTuple):
    """One check of the audit: what it promises, and the function that finds what breaks the promise. Its docstring
    ends with an example that it fires on."""

    check: Check
    find: Callable[[File], Iterable[Finding]]


class AuditedSite(NamedTuple):
    """A check of the site as a whole, made when all its files were read."""

    check: Check
    find: Callable[[Site], Iterable[Finding]]
