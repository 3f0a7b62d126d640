"""Checks of programs: files of JavaScript, inline scripts, on… attributes; and of the maps to their sources.

Nobody can tell without running it what a program does. These checks tell what stands in its text: names of
hosts, and calls that store. What it does is seen by the deep form of the audit, in a browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from ..cookie_banner import runtime
from ..privacy.carriers import Kind
from ..privacy.findings import Finding
from ..privacy.scripts import is_program
from ..privacy.urls import Party
from ..privacy.verdicts import shown
from .checks import INLINE_HANDLER, SCRIPT_HOST, SOURCE_MAP, UNDECLARED_STORAGE, UNUSED_STORAGE
from .files import File, Program, Site, may_handle
from .javascript import Write, addresses, writes
from .loads import file_of
from .reading import Found, start_tag

PROGRAMS = (".js", ".mjs")
_VOCABULARIES = frozenset({"www.w3.org", "schema.org", "ns.adobe.com"})  # names of things that nothing is loaded from


def programs(file: File) -> list[Program]:
    """Return the code of a file that runs without anybody's consent and is none of this project's own."""
    if file.programs is None:
        file.programs = list(_programs(file))
    return file.programs


def _programs(file: File) -> Iterator[Program]:
    if file.kind in PROGRAMS:
        if not _is_ours(file.text):
            yield Program(file.text, "This script", "")
        return
    yield from file.code
    for document in file.live():
        for node in document.scripts:
            attributes = node.attributes
            if "src" not in attributes and is_program(attributes.get("type") or ""):
                code = node.text(deep=True)
                yield Program(code, f"{shown(start_tag(node))}, an inline script,", code.strip())
    for node, name in handlers(file):
        yield Program(node.attributes.get(name) or "", shown(start_tag(node)), start_tag(node))


def handlers(file: File) -> list[tuple[LexborNode, str]]:
    """Return the elements of a page that run code from an attribute, each with the attribute's name."""
    if file.handlers is None:
        file.handlers = [
            (item.node, item.carrier.attribute)
            for item in file.found
            if item.verdict.party is Party.NOT_WEB and item.node is not None and _runs(item)
        ]
        for document in file.live():
            for node in document.tree.css("*") if may_handle(document.lowered) else ():
                named = [name for name, code in node.attributes.items() if name.startswith("on") and code]
                file.handlers += [(node, name) for name in named if len(name) > len("on")]
    return file.handlers


def _runs(item: Found) -> bool:
    is_live_link = item.gate is None and item.carrier.kind is Kind.LINKS
    return is_live_link and item.verdict.address is not None and item.verdict.address.scheme == "javascript"


@lru_cache(maxsize=1)
def _runtime() -> str:
    """Return the script of the consent banner: its own tests are stricter than reading it is."""
    return runtime.script()


def _is_ours(code: str) -> bool:
    return code == _runtime()


def undeclared_storage(file: File) -> Iterator[Finding]:
    """Code that writes a cookie or an entry of the browser's storage, which PRIVACY["stores"] does not declare.

    Example: localStorage.setItem("visitor", "42")
    """
    for program in programs(file):
        told: set[tuple[str, str | None]] = set()
        for write in writes(program.code):
            file.site.stored.add((write.kind, write.name))
            if (write.kind, write.name) not in told and not is_declared(file.site, write):
                told.add((write.kind, write.name))
                yield _stored(file, program, write)


def is_declared(site: Site, write: Write) -> bool:
    """Whether the site declares to store this itself. Of a name that is computed, any entry of its kind counts."""
    declared = [entry for entry in site.declaration.privacy.stores if entry.kind in (write.kind, "unknown")]
    return bool(declared) if write.name is None else any(entry.matches(write.name) for entry in declared)


def unused_storage(site: Site) -> Iterator[Finding]:
    """Something that PRIVACY["stores"] declares, and that no script of the site's own stores.

    Example: PRIVACY["stores"] = [{"name": "theme", "kind": "local", …}], on a site whose scripts store nothing
    """
    for entry in site.declaration.privacy.stores if site.is_whole else ():
        kinds = [name for kind, name in site.stored if entry.kind in (kind, "unknown")]
        if not any(name is None or entry.matches(name) for name in kinds):
            yield Finding(
                UNUSED_STORAGE,
                f'PRIVACY["stores"] declares “{entry.name}”, and no script of the site stores it.',
                "Remove it: visitors should be told what the site does, and nothing else.",
                place="pelicanconf.py",
                subject=entry.name,
            )


def _stored(file: File, program: Program, write: Write) -> Finding:
    name = f"“{write.name}”" if write.name else "something whose name it computes"
    return Finding(
        UNDECLARED_STORAGE,
        f'{program.where} stores {name} on the visitor\'s device ({write.code}), and PRIVACY["stores"] '
        "does not declare it.",
        'Take it out, or declare it in PRIVACY["stores"] in pelicanconf.py: name, kind, duration, purpose.',
        page=file.name,
        evidence=write.name or program.evidence,
        subject=f"{write.kind} {write.name}",
    )


def script_names_host(file: File) -> Iterator[Finding]:
    """A third party's address in the strings of a script: the script may load from it when it runs.

    Example: fetch("https://tracker.example/collect")
    """
    for program in programs(file):
        told: set[str] = set()
        for raw in addresses(program.code):
            verdict = file.site.read(raw, file.base)
            host = verdict.host
            if verdict.party in (Party.THIRD_PARTY, Party.PARTNER) and host not in told | _VOCABULARIES:
                told.add(host)
                yield Finding(
                    SCRIPT_HOST,
                    f"{program.where} names {host}; nobody can tell from its text whether it loads from there, "
                    "before any consent.",
                    "Try it with: privacy audit --browser. Where it loads nothing, an exception says so.",
                    page=file.name,
                    evidence=raw,
                    subject=host,
                )


def inline_handler(file: File) -> Iterator[Finding]:
    """Code in an on… attribute, or behind a javascript: address.

    Example: <button onclick="alert(1)">
    """
    for node, name in handlers(file):
        source = start_tag(node)
        yield Finding(
            INLINE_HANDLER,
            f"{shown(source)} runs code from its attribute {name}, which a strict Content Security Policy forbids.",
            "Move the code into a script file that listens for the event.",
            page=file.name,
            evidence=node.attributes.get(name) or source,
            subject=source,
        )


_MAP_COMMENT = re.compile(r"[#@]\s*sourceMappingURL=([^\s'\"*]+)")


def source_map(file: File) -> Iterator[Finding]:
    """A source map at a third party, one that is missing, or one that names folders of somebody's computer.

    Example: //# sourceMappingURL=https://cdn.tracker.example/site.js.map
    """
    if file.kind == ".map":
        for name in _folders_in(file.path.read_bytes()):
            yield Finding(
                SOURCE_MAP,
                f"This source map names the file “{name}” of somebody's computer.",
                "Leave the map out of the site, or let the tool that makes it write relative names.",
                page=file.name,
                subject=name,
            )
            return
    for match in _MAP_COMMENT.finditer(file.text) if file.kind in (*PROGRAMS, ".css") else ():
        url = match[1]
        if url.startswith("data:"):
            continue
        verdict = file.site.read(url, file.base)
        if verdict.is_foreign:
            what = f"Its source map is at {verdict.host}, which a developer's browser would ask for it."
        elif verdict.party is Party.OWN and file_of(url, file.base, file.site) is None:
            what = f"Its source map “{url}” is no file of the site."
        else:
            continue
        yield Finding(
            SOURCE_MAP, what, "Remove the comment, or copy the map into the site.", "", None, file.name, url, url
        )


def _folders_in(data: bytes) -> Iterator[str]:
    try:
        sources = json.loads(data)["sources"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for name in sources if isinstance(sources, list) else ():
        if isinstance(name, str) and re.match(r"file:|/(?:home|Users|root)/|[A-Za-z]:[\\/]", name):
            yield name
