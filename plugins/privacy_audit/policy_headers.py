"""Checks of the Content Security Policy in `_headers`: it lets through what is declared, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from ..privacy.findings import Finding
from ..privacy.scripts import is_program
from ..privacy.urls import Party
from ..privacy.verdicts import shown
from .checks import CSP_INLINE, CSP_UNDECLARED, INLINE_STYLE
from .files import File, Site, may_style
from .reading import start_tag
from .serving import HEADERS, own_headers

_NAME = "content-security-policy"
_DANGEROUS = frozenset(
    {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:", "data:", "blob:"}
)
_HARMLESS_DATA = frozenset({"img-src", "font-src", "media-src"})


def directives(header: str) -> dict[str, list[str]]:
    """Return the sources by directive; the first of a name counts. Source: CSP Level 3, "parse a serialized CSP"."""
    found: dict[str, list[str]] = {}
    for part in header.split(";"):
        name, *sources = part.split() or [""]
        if name:
            found.setdefault(name.lower(), sources)
    return found


def undeclared_csp(site: Site) -> Iterator[Finding]:
    """A Content Security Policy that lets through a host that no declared service has, or code from anywhere.

    Example: in _headers, script-src 'self' https://cdn.tracker.example
    """
    if HEADERS not in site.files or "headers" not in site.plugins:
        return
    allowed = directives(own_headers(site.folder, "/").get(_NAME, ""))
    needed = {
        allow
        for service in site.declaration.services
        if service.id in site.declaration.privacy.headers.dangerously_allow_csp
        for allows in service.content_security_policy.values()
        for allow in allows
    }
    if allowed.get("default-src") != ["'none'"]:
        yield _finding(
            "default-src", "does not begin with default-src 'none', so that what it forgets is let through"
        )
    for directive, sources in allowed.items():
        for source in sources:
            is_picture = source == "data:" and directive in _HARMLESS_DATA
            if source in _DANGEROUS and source not in needed and not is_picture:
                yield _finding(directive, f"lets through {source} in {directive}")
            elif source.startswith(("https://", "http://", "wss://")) and not _is_declared(source, site):
                yield _finding(directive, f"lets through {source} in {directive}, which nothing declares")


def _is_declared(source: str, site: Site) -> bool:
    """Whether a source is the site's own, or exactly a host or address that a declared service or form has."""
    host = source.partition("://")[2].partition("/")[0]
    if any(pattern.host == host for service in site.declaration.services for pattern in service.hosts):
        return True
    if any(source in allows for s in site.declaration.services for allows in s.content_security_policy.values()):
        return True
    verdict = site.read(source.replace("*.", "any."), site.root)
    return verdict.party in (Party.OWN, Party.FIRST_PARTY) or verdict.service is not None


def _finding(directive: str, what: str) -> Finding:
    return Finding(
        CSP_UNDECLARED,
        f"The Content Security Policy {what}.",
        "Let the plugin headers write it from the declaration; declare the service, or take the source out.",
        page=HEADERS,
        subject=f"{directive} {what}",
    )


def inline_script_refused(file: File) -> Iterator[Finding]:
    """An inline script whose hash the Content Security Policy lacks: browsers refuse to run it.

    Example: <script>start()</script> on a page that was changed after its hash was taken
    """
    site = file.site
    if not file.is_page or HEADERS not in site.files or "headers" not in site.plugins or file.is_copied:
        return
    for document in file.documents:
        for node in document.scripts:
            attributes = node.attributes
            if "src" in attributes or not is_program(attributes.get("type") or ""):
                continue
            code = node.text(deep=True)
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            sources = _allowed(site, file, "script-src")
            if code and f"'sha256-{digest}'" not in sources and "'unsafe-inline'" not in sources:
                yield Finding(
                    CSP_INLINE,
                    f"{shown(start_tag(node) + code)} is an inline script whose hash the page's Content Security "
                    "Policy lacks, so that browsers refuse it.",
                    "Let the plugin headers write the policy, after everything that changes pages.",
                    page=file.name,
                    evidence=code.strip(),
                    subject=digest,
                )


def inline_style(file: File) -> Iterator[Finding]:
    """A style attribute, which browsers leave unapplied: a Content Security Policy without unsafe-inline forbids it.

    Example: <p style="text-align: center">
    """
    site = file.site
    if not file.is_page or HEADERS not in site.files or "headers" not in site.plugins:
        return
    documents = [document for document in file.live() if may_style(document.lowered)]
    if not documents or {"'unsafe-inline'", "'unsafe-hashes'"} & set(_allowed(site, file, "style-src")):
        return
    nodes = {
        (node.attributes["style"] or "").strip(): node for item in documents for node in item.tree.css("[style]")
    }
    for style, node in nodes.items():
        if style:
            yield Finding(
                INLINE_STYLE,
                f"{shown(start_tag(node))} has a style attribute, which the page's Content Security Policy keeps "
                "browsers from applying.",
                "Give the element a class (in Markdown: {.name}), and write the rule into the theme's style sheet.",
                page=file.name,
                evidence=style,
                subject=style,
            )


def _allowed(site: Site, file: File, directive: str) -> list[str]:
    allowed = directives(own_headers(site.folder, "/" + file.name.removesuffix("index.html")).get(_NAME, ""))
    return allowed.get(directive, allowed.get("default-src", []))
