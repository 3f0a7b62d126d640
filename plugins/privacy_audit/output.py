"""The audit of an output folder: every file is read once, and every check made on what it says.

Pure of Pelican: a folder in, findings out.
"""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..privacy.carriers import Carrier, Kind
from ..privacy.declaration import Verdict
from ..privacy.extension import Staged
from ..privacy.files import PAGES, names_below
from ..privacy.findings import Finding
from ..privacy.grammars import Grammar, urls_in
from ..privacy.page import Read
from ..privacy.page_reading import MAX_DEPTH
from .checks import UNREADABLE_FILE
from .company import is_real
from .files import File, Program, Site
from .forms import form_in_xml, judge_form, judge_forms
from .json_feed import entries_of
from .list_of_checks import FILE_CHECKS, SITE_CHECKS
from .loads import judge_references
from .namespaces import TooDeepError
from .reading import Found, css_references, read_html
from .xml_reading import Code, Entry, NotWellFormedError, read_xml

_GZIP = 16 + zlib.MAX_WBITS  # the format that zlib shall expect
_PIECE = 65_536  # bytes
_SHEET = Carrier("css", (), "#text", Grammar.CSS, Kind.LOADS, "style-src")
_COMPRESSED = (".html", ".htm", ".xhtml", ".xml", ".svg", ".css", ".js")
_PLAYLIST = Carrier("m3u8", (), "#text", Grammar.URL, Kind.LOADS, "media-src")
_MANIFEST = Carrier("json", (), "#text", Grammar.JSON, Kind.LOADS, "manifest-src")
_XML = (".svg", ".xhtml", ".xht", ".xml", ".atom", ".rss", ".xsl")
_TEXTS = (".js", ".mjs", ".txt", ".json", ".csv")
_OPAQUE = frozenset(
    ".map .md .png .jpg .jpeg .gif .webp .avif .ico .pdf .woff .woff2 .ttf .otf .gz .br .zip .mp4 .webm .mp3 "
    ".ogg".split()
)


def audit(staged: Staged) -> list[Finding]:
    """Return everything that is wrong with a finished site, by file."""
    site = _site(staged)
    findings: list[Finding] = []
    for name in sorted(site.files):
        if name.endswith(".gz") and _is_twin(site.folder / name):
            continue
        file = _read(name, site)
        for check in FILE_CHECKS:
            findings.extend(check.find(file))
    for of_all in SITE_CHECKS:
        findings.extend(of_all.find(site))
    return findings


def _site(staged: Staged) -> Site:
    declaration, settings = staged.declaration, staged.settings
    root = (staged.site_url or declaration.site).rstrip("/") + "/"
    tags = {str(host): str(tag) for host, tag in (settings.get("AMAZON_TAGS") or {}).items()}
    options: Mapping[str, Any] = settings.get("AMAZON_AFFILIATE") or {}
    privacy = declaration.privacy
    security = privacy.security.contact if privacy.security else ()
    mails = [privacy.controller.email, *privacy.public_mail, *security, privacy.controller.dpo or ""]
    read = _page_independent(declaration.reader(), root)
    files = frozenset(names_below(staged.folder))
    address = read(root, root).address
    return Site(
        folder=staged.folder,
        root=root,
        declaration=declaration,
        files=files,
        read=read,
        read_script=declaration.addresses_in_script,
        settings=settings,
        told=staged.told,
        plugins=frozenset(_plugin_names(settings)),
        policies=files & {_file_name(path) for path in staged.policies.values()},
        public_mail=frozenset(mail.lower().removeprefix("mailto:") for mail in mails),
        tags=tags,
        own_tags=frozenset([*tags.values(), *options.get("own_tags", ())]),
        tags_by_default=options.get("default", "on") == "on",
        is_real=is_real(declaration.host) or is_real(address.host if address else ""),
    )


def _plugin_names(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield the folders of the plugins in use, which stand in the settings as modules or by name."""
    for plugin in settings.get("PLUGINS") or ():
        yield str(getattr(plugin, "__name__", plugin)).rpartition(".")[2]


def _file_name(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path


def _page_independent(read: Read, root: str) -> Read:
    """Return `read`, which remembers an absolute URL once for all pages instead of once a page, and all places of a
    page as one: they are where the page is."""

    def cached(raw: str, base: str) -> Verdict:
        if raw.startswith("#"):
            return read("#", base)
        return read(raw, root if raw.startswith(_ABSOLUTE) and base.startswith(root) else base)

    return cached


_ABSOLUTE = ("/", "https://", "http://", "mailto:")


def _read(name: str, site: Site) -> File:
    """Read a file and judge what it refers to. What cannot be read gets its verdict."""
    file = File(site, name, _kind_of(name), site.root + quote(name))
    try:
        _fill(file)
    except UnreadableError as error:
        _unreadable(file, f"{error}")
    except UnicodeDecodeError as error:
        _unreadable(file, f"It is not UTF-8 text ({error.reason} at byte {error.start}).")
    except TooDeepError:
        _unreadable(file, f"It holds documents inside documents, more than {MAX_DEPTH} deep.")
    except NotWellFormedError as error:
        _unreadable(file, f"It is not well-formed XML: {error}.")
    judge_references(file)
    judge_forms(file)
    return file


def _kind_of(name: str) -> str:
    """Return the suffix of a file's name in lower case, with its dot, or nothing."""
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return f".{suffix}".lower() if stem else ""


class UnreadableError(ValueError):
    """A file that browsers may read in a way in which nobody here can."""


def _bytes(path: Path) -> bytes:
    """Return what a file holds, without a mark of its encoding. (The codec that drops it reads much slower.)"""
    return path.read_bytes().removeprefix(BOM_UTF8)


def _text(data: bytes) -> str:
    """Return a file's text. An escape character switches the encoding where a file declares ISO-2022-JP."""
    text = data.decode()
    if "\x1b" in text:
        raise UnreadableError("It holds an escape character, which may switch to another encoding.")
    return text


def _fill(file: File) -> None:
    """Give a file its text and its references. What no browser reads references from has none."""
    path, kind, site = file.path, file.kind, file.site
    if kind in PAGES or (kind not in _OPAQUE and not _is_known(kind) and _looks_like_markup(path)):
        data = _bytes(path)
        file.text = _text(data)
        settled = site.settled if kind in PAGES else frozenset()
        reading = read_html(data, file.base, site.read, site.read_script, settled, site.learnt)
        file.found, file.documents = reading
    elif kind == ".css":
        file.text = _text(_bytes(path))
        file.found = list(css_references(file.text, file.base, site.read, _SHEET))
    elif kind in _XML:
        for item in read_xml(path, file.base, site.read, site.read_script):
            if isinstance(item, Found):
                file.found.append(item)
            elif isinstance(item, Entry):
                _judge_entry(item.html, file)
            elif isinstance(item, Code):
                file.code.append(Program(item.text, item.where, item.text.strip()))
            else:
                judge_form(form_in_xml(item, file), file)
    elif kind == ".webmanifest" or path.name == "manifest.json":
        file.text = _bytes(path).decode()
        for url in urls_in(Grammar.JSON, file.text):
            file.found.append(Found(_MANIFEST, url, site.read(url, file.base), None, None, False))
    elif kind == ".svgz" or (kind in (".gz", ".br") and path.stem.lower().endswith(_COMPRESSED)):
        raise UnreadableError("It is a compressed page, drawing, style sheet or program.")
    elif kind in (".m3u8", ".m3u"):
        for line in _text(_bytes(path)).splitlines():
            url = line if not line.startswith("#") else line.partition('URI="')[2].partition('"')[0]
            if url.strip():
                file.found.append(Found(_PLAYLIST, url, site.read(url, file.base), None, None, False))
    elif kind in _TEXTS:
        file.text = _bytes(path).decode("utf-8", "replace")
        for html in entries_of(file.text) if kind == ".json" else ():
            _judge_entry(html, file)


def _judge_entry(entry: str, file: File) -> None:
    """Judge the HTML of one entry of a feed, by itself: the trees of all of them would fill the memory."""
    found, documents = read_html(entry, file.base, file.site.read, file.site.read_script, learnt=file.site.learnt)
    found = [item._replace(can_wait=False) for item in found]
    part = File(file.site, file.name, file.kind, file.base, entry, found, documents)
    judge_references(part)
    judge_forms(part)
    for name, findings in part.verdicts.items():
        file.verdicts.setdefault(name, []).extend(findings)


def _is_twin(path: Path) -> bool:
    """Whether a packed file holds the same as the file beside it, which is read: servers send one for the other."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        with path.open("rb") as packed, path.with_suffix("").open("rb") as original:
            while not unpacker.eof:
                data = unpacker.unconsumed_tail or packed.read(_PIECE)
                piece = unpacker.decompress(data, _PIECE)
                if piece != original.read(len(piece)) or not (data or piece):
                    return False
            return not (unpacker.unused_data or packed.read(1) or original.read(1))
    except (OSError, zlib.error):
        return False


def _is_known(kind: str) -> bool:
    return kind in (*_XML, *_TEXTS, ".css", ".webmanifest", ".svgz", ".m3u8", ".m3u")


def _looks_like_markup(path: Path) -> bool:
    """Whether a file of an unknown kind is text that holds a tag; some servers send it as a page."""
    data = path.read_bytes()
    if b"\0" in data[:1024]:
        return False
    position = data.find(b"<")
    while position != -1 and not data[position + 1 : position + 2].isalpha():
        position = data.find(b"<", position + 1)
    return position != -1


def _unreadable(file: File, what: str) -> None:
    finding = Finding(
        UNREADABLE_FILE,
        f"{what} Nobody can say what it makes a browser load.",
        "Save it as UTF-8, correct it, or take it out of the site.",
        page=file.name,
    )
    file.verdicts.setdefault(UNREADABLE_FILE.name, []).append(finding)
