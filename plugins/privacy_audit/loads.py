"""Checks of what files load, submit to and lead to. Their verdicts are the core's, in the same words as the pass's.

The references of a file are judged once, by `judge_references`; each check takes its own of what came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from ..privacy.carriers import Kind
from ..privacy.checks import (
    BROKEN_GATE,
    FOREIGN_BASE,
    UNDECLARED_LOAD,
    UNDECLARED_SUBMISSION,
    UNGATEABLE_LOAD,
    UNGATED_LOAD,
    UNREADABLE_LOAD,
)
from ..privacy.findings import Finding
from ..privacy.grammars import Grammar
from ..privacy.urls import Party
from ..privacy.verdicts import judged, shown
from .checks import BROKEN_LINK, MIXED_CONTENT, UNUSED_SERVICE
from .files import File, Site
from .reading import Found, start_tag

_ABSOLUTE = ("/", "https://", "http://")
_SETTLED_AT_MOST = 4_096  # URLs; a site's menus and pictures are few
_CHECKED_GRAMMARS = frozenset({Grammar.URL, Grammar.SRCSET, Grammar.CSS})
_INSECURE = frozenset({"http", "ws", "ftp"})


def judge_references(file: File) -> None:
    """Judge everything that a file refers to; note the services that it uses."""
    for item in file.found:
        for finding in _judged(item, file):
            told = replace(finding, page=file.name, evidence=item.url, subject=item.url)
            file.verdicts.setdefault(finding.check.name, []).append(told)


def _judged(item: Found, file: File) -> Iterator[Finding]:
    site, verdict, kind = file.site, item.verdict, item.carrier.kind
    if verdict.party is Party.OWN:
        if item.gate is None:
            yield from _broken(item, site)
    else:
        service = verdict.service
        if service is not None and (kind is not Kind.LINKS or not service.needs_consent):
            site.used.add(service.id)
        elif verdict.party is Party.PARTNER and verdict.host:
            site.linked_partners.add(verdict.host)
    if kind is Kind.LINKS:
        return
    is_told_anyway = kind is not Kind.LOADS or (verdict.is_foreign and verdict.service is None)
    if verdict.address is not None and verdict.address.scheme in _INSECURE and not is_told_anyway:
        yield from _mixed(item, file)
    if verdict.party is not Party.OWN:
        finding = judged(item.carrier, verdict, _shown(item), gate=item.gate, can_wait=item.can_wait)
        if finding is not None:
            yield finding


def _shown(item: Found) -> str:
    return start_tag(item.node) if item.node is not None and item.url[:5] != "data:" else item.url


def _mixed(item: Found, file: File) -> Iterator[Finding]:
    if file.site.root.startswith("https:") and file.site.declaration.site.startswith("https:"):
        host = item.verdict.host
        yield Finding(
            MIXED_CONTENT,
            f"{shown(_shown(item))} asks {host} without encryption, from a page that is encrypted: browsers refuse "
            "it, or send it for everybody on the way to read.",
            "Write https:// instead, or leave it out.",
        )


def _broken(item: Found, site: Site) -> Iterator[Finding]:
    """Yield the finding for an own URL that leads to no file; settle one that does."""
    address, carrier = item.verdict.address, item.carrier
    if address is None or carrier.grammar not in _CHECKED_GRAMMARS or carrier.kind not in (Kind.LOADS, Kind.LINKS):
        return
    name = _file_of(address.href.partition("#")[0].partition("?")[0], site)
    if name is not None:
        if item.url.startswith(_ABSOLUTE) and len(site.settled) < _SETTLED_AT_MOST:
            site.settled.add(item.url)
            if name in site.policies:
                site.to_policy.add(item.url)
        return
    marker, _, source = item.url.partition("}")
    if marker in ("{filename", "{static", "{attach"):
        what = f"“{shown(item.url)}” names the source {source.lstrip('/')}, and content/ has no such file."
        yield Finding(BROKEN_LINK, what, "Correct the name; it begins at content/ when it begins with a slash.")
        return
    yield Finding(
        BROKEN_LINK,
        f"“{shown(item.url)}” leads to {unquote(address.path)}, and the site has no such file.",
        "Correct the address; in Markdown, link to a source file: [text]({filename}/pages/about.md).",
    )


def file_of(url: str, base: str, site: Site) -> str | None:
    """Return the name of the file of the site to which a raw URL leads, or None where it leads elsewhere."""
    address = site.read(url, base).address
    return (_file_of(address.href.partition("#")[0].partition("?")[0], site) or None) if address else None


def _file_of(href: str, site: Site) -> str | None:
    """Return the file to which an own URL leads (of a folder, its index), or None where the site has none. URLs
    beside the folder's own root (another site on the same host) are not known here: the answer is ""."""
    if not href.startswith(site.root):
        return None if _same_tree(href, site.root) else ""
    name = unquote(href.removeprefix(site.root))
    if name in site.files:
        return name
    index = f"{name.rstrip('/')}/index.html".lstrip("/")
    return index if index in site.files else None


def _same_tree(href: str, root: str) -> bool:
    """Whether an own URL differs from the root only by its scheme or by the root's last slash."""
    return href.partition("://")[2].startswith(root.partition("://")[2].rstrip("/"))


def undeclared_load(file: File) -> Iterable[Finding]:
    """Anything that browsers fetch without a click, from a host that no declared service has.

    Example: <img src="https://tracker.example/pixel.gif" alt="">
    """
    return file.verdicts.get(UNDECLARED_LOAD.name, ())


def ungated_load(file: File) -> Iterable[Finding]:
    """A load of a declared service that could wait for the visitor's consent and does not.

    Example: a copied page with <iframe src="https://www.youtube-nocookie.com/embed/1"></iframe>
    """
    return file.verdicts.get(UNGATED_LOAD.name, ())


def ungateable_load(file: File) -> Iterable[Finding]:
    """A load of a declared service by what cannot wait: style sheets, frames, refreshes, feeds.

    Example: p { background: url(https://i.ytimg.com/1.jpg) }
    """
    return file.verdicts.get(UNGATEABLE_LOAD.name, ())


def unreadable_load(file: File) -> Iterable[Finding]:
    """A frame that a program or a document in its address fills, so that nobody can say with what.

    Example: <iframe src="javascript:document.write(…)"></iframe>
    """
    return file.verdicts.get(UNREADABLE_LOAD.name, ())


def undeclared_submission(file: File) -> Iterable[Finding]:
    """A form, button or ping that sends data to a host that no declared service has.

    Example: <form action="https://collector.example/send" method="post">
    """
    return file.verdicts.get(UNDECLARED_SUBMISSION.name, ())


def foreign_base(file: File) -> Iterable[Finding]:
    """A <base> that makes every relative address of the page a third party's.

    Example: <base href="https://tracker.example/">
    """
    return file.verdicts.get(FOREIGN_BASE.name, ())


def broken_gate(file: File) -> Iterable[Finding]:
    """A template that waits for another service than the one that it holds.

    Example: <template data-gate="goatcounter"><iframe src="https://www.youtube-nocookie.com/embed/1">
    """
    return file.verdicts.get(BROKEN_GATE.name, ())


def broken_link(file: File) -> Iterable[Finding]:
    """An own address, of a link, a picture or a style sheet, to which the site has no file.

    Example: <a href="/abuot/">About us</a>
    """
    return file.verdicts.get(BROKEN_LINK.name, ())


def mixed_content(file: File) -> Iterable[Finding]:
    """Anything fetched without encryption, from a site that is served with it.

    Example: on https://www.example.com, <img src="http://www.example.com/logo.png" alt="">
    """
    return file.verdicts.get(MIXED_CONTENT.name, ())


def unused_service(site: Site) -> Iterator[Finding]:
    """A service that is declared and that no file of the site uses.

    Example: PRIVACY["services"] = ["youtube"], on a site without a film
    """
    for service in site.declaration.services if site.is_whole else ():
        if service.id not in site.used:
            yield Finding(
                UNUSED_SERVICE,
                f'PRIVACY["services"] declares "{service.id}", and no page uses it.',
                "Remove it: visitors should be asked for what the site does, and for nothing else.",
                place="pelicanconf.py",
                subject=service.id,
            )
