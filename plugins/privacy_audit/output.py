"""The audit of an output folder: every file that can refer to something is read, and every reference judged.

Pure of Pelican: a folder in, findings out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..privacy.carriers import Carrier, Kind
from ..privacy.declaration import Declaration, Verdict
from ..privacy.findings import Finding
from ..privacy.form_verdicts import SeenForm, declared_as, judged_form
from ..privacy.forms import backends
from ..privacy.grammars import Grammar, urls_in
from ..privacy.page import Read, ReadScript
from ..privacy.page_reading import MAX_DEPTH
from ..privacy.urls import Party
from ..privacy.verdicts import judged, shown
from .checks import BROKEN_LINK, UNREADABLE_FILE, UNUSED_FORM, UNUSED_SERVICE
from .forms import forms, placed_forms, xml_forms
from .reading import Found, TooDeepError, css_references, references, start_tag
from .xml_reading import NotWellFormedError, feed_entries, xml_references

_SHEET = Carrier("css", (), "#text", Grammar.CSS, Kind.LOADS, "style-src")
_COMPRESSED = (".html", ".htm", ".xhtml", ".xml", ".svg", ".css", ".js")
_PLAYLIST = Carrier("m3u8", (), "#text", Grammar.URL, Kind.LOADS, "media-src")
_MANIFEST = Carrier("json", (), "#text", Grammar.JSON, Kind.LOADS, "manifest-src")
_SETTLED_AT_MOST = 4_096  # URLs; a site's menus and pictures are few
_CHECKED_GRAMMARS = frozenset({Grammar.URL, Grammar.SRCSET, Grammar.CSS})


class _Site(NamedTuple):
    """What the files of one site are judged against. root: the URL of the output folder, ending in a slash.
    used: ids of the services seen so far. settled: own URLs that lead to a file, as written, wherever they
    stand: those of a menu are judged once, and not on every page. forms: those of the file that is being read.
    placed: ids of the declared forms seen so far."""

    declaration: Declaration
    root: str
    files: frozenset[str]
    read: Read
    read_script: ReadScript
    used: set[str]
    settled: set[str]
    forms: list[SeenForm]
    placed: set[str]


def audit(folder: Path, declaration: Declaration, site_url: str = "") -> list[Finding]:
    """Return everything that is wrong with the site in `folder`, by file.

    site_url: where the folder will be published; the declared site where it is empty.
    """
    files = frozenset(_files(folder))
    root = (site_url or declaration.site).rstrip("/") + "/"
    read = _page_independent(declaration.reader(), root)
    site = _Site(declaration, root, files, read, declaration.addresses_in_script, set(), set(), [], set())
    findings: list[Finding] = []
    for name in sorted(files):
        findings.extend(_file_findings(folder / name, name, site))
    findings.extend(_unused(declaration, site.used))
    findings.extend(_unplaced(declaration, site.placed))
    return findings


def _files(folder: Path) -> Iterator[str]:
    for current, _, names in os.walk(folder, followlinks=True):
        for name in names:
            yield Path(current, name).relative_to(folder).as_posix()


def _page_independent(read: Read, root: str) -> Read:
    """Return `read`, which remembers an absolute URL once for all pages instead of once a page."""

    def cached(raw: str, base: str) -> Verdict:
        return read(raw, root if raw.startswith(_ABSOLUTE) and base.startswith(root) else base)

    return cached


_ABSOLUTE = ("/", "https://", "http://")


def _file_findings(path: Path, name: str, site: _Site) -> Iterator[Finding]:
    try:
        for item in _references(path, name, site):
            finding = _judged(item, site)
            if finding is not None:
                yield replace(finding, page=name, evidence=item.url, subject=item.url)
        for form in site.forms:
            yield from (replace(finding, page=name) for finding in _judged_form(form, site))
    except UnreadableError as error:
        yield _unreadable(name, f"{error}")
    except UnicodeDecodeError as error:
        yield _unreadable(name, f"It is not UTF-8 text ({error.reason} at byte {error.start}).")
    except TooDeepError:
        yield _unreadable(name, f"It holds documents inside documents, more than {MAX_DEPTH} deep.")
    except NotWellFormedError as error:
        yield _unreadable(name, f"It is not well-formed XML: {error}.")
    finally:
        site.forms.clear()


def _judged_form(form: SeenForm, site: _Site) -> Iterator[Finding]:
    """Yield what is wrong with a form; note which one of the declaration it is, and the service that it uses."""
    for known in declared_as(form, site.declaration):
        site.placed.add(known.id)
        site.used.update([service] if (service := backends()[known.backend].service) else [])
    yield from judged_form(form, site.declaration)


def _judged(item: Found, site: _Site) -> Finding | None:
    """Return what is wrong with one reference; note the service that it uses."""
    verdict = item.verdict
    if verdict.party is Party.OWN:
        return _broken(item, site) if item.gate is None else None
    service = verdict.service
    if service is not None and (item.carrier.kind is not Kind.LINKS or not service.needs_consent):
        site.used.add(service.id)
    if item.carrier.kind is Kind.LINKS:
        return None
    source = start_tag(item.node) if item.node is not None and item.url[:5] != "data:" else item.url
    return judged(item.carrier, verdict, source, gate=item.gate, can_wait=item.can_wait)


class UnreadableError(ValueError):
    """A file that browsers may read in a way in which nobody here can."""


def _text(path: Path) -> str:
    """Return a file's text. An escape character switches the encoding where a file declares ISO-2022-JP."""
    text = path.read_bytes().decode("utf-8-sig")
    if "\x1b" in text:
        raise UnreadableError("It holds an escape character, which may switch to another encoding.")
    return text


def _references(path: Path, name: str, site: _Site) -> Iterator[Found]:
    """Yield what a file refers to. What no browser reads references from has none."""
    kind = path.suffix.lower()
    base = site.root + quote(name)
    if kind in (".html", ".htm", ".shtml", ".shtm", ".php"):
        text = _text(path)
        site.forms.extend(forms(text, base, site.read))
        site.placed.update(placed_forms(text))
        yield from references(text, base, site.read, site.read_script, site.settled)
    elif kind == ".css":
        yield from css_references(_text(path), base, site.read, _SHEET)
    elif kind in (".svg", ".xhtml", ".xht", ".xml", ".atom", ".rss", ".xsl"):
        data = path.read_bytes()
        yield from xml_references(data, base, site.read, site.read_script)
        site.forms.extend(xml_forms(data, base, site.read))
        for entry in feed_entries(data):
            site.forms.extend(forms(entry, base, site.read))
            yield from (
                item._replace(can_wait=False) for item in references(entry, base, site.read, site.read_script)
            )
    elif kind == ".webmanifest":
        for url in urls_in(Grammar.JSON, path.read_bytes().decode("utf-8-sig")):
            yield Found(_MANIFEST, url, site.read(url, base), None, None, False)
    elif kind == ".svgz" or (kind in (".gz", ".br") and path.stem.endswith(_COMPRESSED)):
        raise UnreadableError("It is a compressed page, drawing, style sheet or program.")
    elif kind in (".m3u8", ".m3u"):
        for line in _text(path).splitlines():
            url = line if not line.startswith("#") else line.partition('URI="')[2].partition('"')[0]
            if url.strip():
                yield Found(_PLAYLIST, url, site.read(url, base), None, None, False)
    elif kind not in _OPAQUE and _looks_like_markup(path):
        text = _text(path)
        site.forms.extend(forms(text, base, site.read))
        yield from references(text, base, site.read, site.read_script)


_OPAQUE = frozenset(
    ".js .mjs .json .map .txt .md .png .jpg .jpeg .gif .webp .avif .ico .pdf .woff .woff2 .ttf .otf .gz .br "
    ".zip .mp4 .webm .mp3 .ogg".split()
)


def _looks_like_markup(path: Path) -> bool:
    """Whether a file of an unknown kind is text that holds a tag; some servers send it as a page."""
    data = path.read_bytes()
    if b"\0" in data[:1024]:
        return False
    position = data.find(b"<")
    while position != -1 and not data[position + 1 : position + 2].isalpha():
        position = data.find(b"<", position + 1)
    return position != -1


def _broken(item: Found, site: _Site) -> Finding | None:
    """Return the finding for an own URL that leads to no file; settle one that does."""
    address, carrier = item.verdict.address, item.carrier
    if address is None or carrier.grammar not in _CHECKED_GRAMMARS or carrier.kind not in (Kind.LOADS, Kind.LINKS):
        return None
    if _exists(address.href.partition("#")[0].partition("?")[0], site):
        if item.url.startswith(_ABSOLUTE) and len(site.settled) < _SETTLED_AT_MOST:
            site.settled.add(item.url)
        return None
    marker, _, source = item.url.partition("}")
    if marker in ("{filename", "{static", "{attach"):
        what = f"“{shown(item.url)}” names the source {source.lstrip('/')}, and content/ has no such file."
        return Finding(BROKEN_LINK, what, "Correct the name; it begins at content/ when it begins with a slash.")
    return Finding(
        BROKEN_LINK,
        f"“{shown(item.url)}” leads to {unquote(address.path)}, and the site has no such file.",
        "Correct the address; in Markdown, link to a source file: [text]({filename}/pages/about.md).",
    )


def _exists(href: str, site: _Site) -> bool:
    """Whether an own URL is one of the site's files, or a folder with an index. URLs beside the folder's
    own root (another site on the same host) are not known here."""
    if not href.startswith(site.root):
        return not _same_tree(href, site.root)
    name = unquote(href.removeprefix(site.root))
    return name in site.files or f"{name.rstrip('/')}/index.html".lstrip("/") in site.files


def _same_tree(href: str, root: str) -> bool:
    """Whether an own URL differs from the root only by its scheme or by the root's last slash."""
    return href.partition("://")[2].startswith(root.partition("://")[2].rstrip("/"))


def _unused(declaration: Declaration, used: set[str]) -> Iterator[Finding]:
    for service in declaration.services:
        if service.id not in used:
            yield Finding(
                UNUSED_SERVICE,
                f'PRIVACY["services"] declares "{service.id}", and no page uses it.',
                "Remove it: visitors should be asked for what the site does, and for nothing else.",
                place="pelicanconf.py",
                subject=service.id,
            )


def _unplaced(declaration: Declaration, placed: set[str]) -> Iterator[Finding]:
    for form in declaration.forms:
        if form.id not in placed:
            yield Finding(
                UNUSED_FORM,
                f'PRIVACY["forms"] declares "{form.id}", and no page has it.',
                f"Write [form:{form.id}] into a paragraph of its own where it belongs (the plugin forms, in PLUGINS, "
                "puts it there), or remove it from the declaration.",
                place="pelicanconf.py",
                subject=form.id,
            )


def _unreadable(name: str, what: str) -> Finding:
    return Finding(
        UNREADABLE_FILE,
        f"{what} Nobody can say what it makes a browser load.",
        "Save it as UTF-8, correct it, or take it out of the site.",
        page=name,
    )
