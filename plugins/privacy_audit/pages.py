"""Checks of what every page has to have, and of what no page may tell."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from ..privacy.carriers import Kind
from ..privacy.findings import Finding
from ..privacy.urls import Party
from ..privacy.verdicts import shown
from .checks import COPIED_PAGE, MISSING_CONTROL, MISSING_POLICY_LINK, PERSONAL_MAIL, STALE_INTEGRITY
from .files import File, Site
from .links import tell_unlabelled, tell_unmarked
from .loads import file_of
from .mails import TEXTS, mails_in_pieces, mails_in_source
from .reading import start_tag
from .sight import is_hidden

_BY_HAND = "Add it by hand, or make the page from Markdown or a template."


def links_to_policy(file: File) -> bool:
    """Whether a page has a visible link to the privacy policy, or is the policy."""
    if file.name in file.site.policies:
        return True
    for document in file.live():
        for url in file.site.to_policy & document.menu.keys():
            if not all(is_hidden(node) for node in document.menu[url]):
                return True
    return any(
        item.carrier.kind is Kind.LINKS
        and item.node is not None
        and item.gate is None
        and item.verdict.party is Party.OWN
        and file_of(item.url, file.base, file.site) in file.site.policies
        and not is_hidden(item.node)
        for item in file.found
    )


def _has_control(file: File) -> bool:
    return any(not is_hidden(node) for document in file.live() for node in document.controls)


def _wants_policy_link(file: File) -> bool:
    return file.is_page and bool(file.site.policies) and not links_to_policy(file)


def _wants_control(file: File) -> bool:
    is_asked = file.site.declaration.asks_consent and "cookie_banner" in file.site.plugins
    return file.is_page and is_asked and not _has_control(file)


def missing_policy_link(file: File) -> Iterator[Finding]:
    """A page from which no visible link leads to the privacy policy.

    Example: a template without <a href="/privacy/" rel="privacy-policy">Privacy</a> in its footer
    """
    if _wants_policy_link(file) and not file.is_copied:
        yield Finding(
            MISSING_POLICY_LINK,
            "No visible link of this page leads to the privacy policy.",
            'Let the footer in theme/templates/base.html link to it: <a href="…" rel="privacy-policy">.',
            page=file.name,
        )


def missing_settings_control(file: File) -> Iterator[Finding]:
    """A page of a site that asks for consent, without the link that opens the privacy settings.

    Example: a page that a plugin wrote by itself, past the templates
    """
    if _wants_control(file) and not file.is_copied:
        yield Finding(
            MISSING_CONTROL,
            "This page has no privacy settings, by which visitors withdraw their consent.",
            "Let the plugin cookie_banner put them there: it does so in every page that a template makes.",
            page=file.name,
        )


def copied_page(file: File) -> Iterator[Finding]:
    """A copied page that lacks what the plugins add to all others: policy link, privacy settings; each of its links
    that lacks marks or labels.

    Example: content/extra/old-site.html with <a href="https://elsewhere.example/">, and nothing that says so
    """
    if not file.is_page or not (file.site.policies or file.site.plugins) or not file.is_copied:
        return
    lacks = []
    if _wants_policy_link(file):
        lacks.append("a link to the privacy policy")
    if _wants_control(file):
        lacks.append("the privacy settings")
    if lacks:
        yield Finding(
            COPIED_PAGE,
            f"This page was copied as it is and has not: {', '.join(lacks)}.",
            _BY_HAND,
            page=file.name,
        )
    yield from tell_unmarked(file, COPIED_PAGE, _BY_HAND)
    yield from tell_unlabelled(file, COPIED_PAGE, _BY_HAND)


def stale_integrity(file: File) -> Iterator[Finding]:
    """An integrity attribute that does not fit the site's own file.

    Example: <script src="/theme/site.js" integrity="sha256-(of a former version)"></script>
    """
    for document in file.documents:
        for node in document.sealed:
            attributes = node.attributes
            url = attributes.get("src") or attributes.get("href") or ""
            name = file_of(url, document.base, file.site) if url else None
            if name and not _fits(attributes.get("integrity") or "", name, file.site):
                yield Finding(
                    STALE_INTEGRITY,
                    f"{shown(start_tag(node))} carries an integrity that {name} does not have, so that browsers "
                    "refuse it.",
                    "Remove the attribute, or write that of the present file.",
                    page=file.name,
                    evidence=attributes.get("integrity") or "",
                    subject=url,
                )


_STRENGTHS = ("sha256", "sha384", "sha512")


def _fits(integrity: str, name: str, site: Site) -> bool:
    """Whether a file is let through. Source: W3C, Subresource Integrity, "Do bytes match metadataList?"."""
    wanted = [word.partition("?")[0].partition("-") for word in integrity.split()]
    known = [(algorithm.lower(), digest) for algorithm, _, digest in wanted if algorithm.lower() in _STRENGTHS]
    if not known:
        return True
    strongest = max((algorithm for algorithm, _ in known), key=_STRENGTHS.index)
    present = _digest(site, name, strongest)
    return any(digest == present for algorithm, digest in known if algorithm == strongest)


def _digest(site: Site, name: str, algorithm: str) -> str:
    key = (algorithm, name)
    if key not in site.digests:
        data = (site.folder / name).read_bytes()
        site.digests[key] = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    return site.digests[key]


# Accounts that programs use and no person has: git over SSH, and where machines say that nobody reads
_NOBODY = frozenset({"git", "noreply", "no-reply"})


def personal_mail(file: File) -> Iterator[Finding]:
    """A mail address in a page, feed or text file that the site has not declared as public.

    Example: <a href="mailto:jane.doe@gmail.com">, without PRIVACY["public_mail"] = ["jane.doe@gmail.com"]
    """
    if not file.is_page and file.kind not in TEXTS:
        return
    found = mails_in_pieces(file.path) if not file.text else mails_in_source(file.text, file.lowered)
    for raw in dict.fromkeys(found):
        if raw.lower() not in file.site.public_mail and raw.partition("@")[0].lower() not in _NOBODY:
            yield Finding(
                PERSONAL_MAIL,
                f"This page tells the mail address {raw}, which is not declared as public.",
                'Take it out, or add it to PRIVACY["public_mail"] in pelicanconf.py.',
                page=file.name,
                evidence=raw,
                subject=raw,
            )
