"""Where the policy plugin meets Pelican: it fills in the policies, judges them by the lock, and adds the pages of
their versions and the files that follow from the declaration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pelican import Pelican
from pelican.generators import PagesGenerator

from ..privacy.build import Build
from ..privacy.clock import today
from ..privacy.extension import Rendered, Site, Staged
from ..privacy.findings import Finding
from ..privacy.safe_pelican import BUILD
from ..privacy.wording import Wording
from . import security
from .archive import FOLDER
from .checks import POLICY_DRAFT, POLICY_LOCK, POLICY_UNRELEASED
from .collect import Collected, base_of, collect, facts_of, parts_of, show_as_drafts
from .lock import NAME, LockError
from .pages import add_pages, entries
from .reading import facts_hash
from .released import Released, lock_finding, release_findings, released, stored_files, unknown_files

_DECLARATION = "privacy.json"


def leave_out_the_archive(pelican: Pelican) -> None:
    """Keep Pelican from reading stored versions as pages or articles of the site."""
    for name in ("PAGE_EXCLUDES", "ARTICLE_EXCLUDES"):
        if FOLDER not in pelican.settings[name]:
            pelican.settings[name] = [*pelican.settings[name], FOLDER]


def fill_in_policies(generators: Iterable[Any]) -> None:
    """Give every policy its derived parts and its versions, or report why it cannot have them."""
    generators = list(generators)
    build: Build = generators[0].context[BUILD]
    with build.clock():
        build.is_policy_filled_in = True
        try:
            known = released(build.settings)
        except LockError as error:
            build.findings.append(lock_finding(error))
            known = Released(None, ())
        has_versions = known.lock is not None
        found = collect(build, generators[0].context, today(build.settings), updated=None, has_versions=has_versions)
        build.findings.extend(found.findings)
        judged = _judged(known, found, build)
        if _is_preview(build.settings) and judged and all(finding.check is POLICY_UNRELEASED for finding in judged):
            judged = [replace(finding, check=POLICY_DRAFT) for finding in judged]
            site = build.described()
            show_as_drafts(found, Wording("privacy_policy", site.theme, site.language))
        build.findings.extend(judged)
        build.findings.extend(unknown_files(known, build.settings))
        if has_versions:
            site = build.described()
            pages = next(generator for generator in generators if isinstance(generator, PagesGenerator))
            wording = Wording("privacy_policy", site.theme, site.language)
            add_pages(pages, [page for page, _ in found.pages], known.versions, wording, site.declaration.site)


def _judged(known: Released, found: Collected, build: Build) -> list[Finding]:
    if known.lock is not None and not found.pages:
        what = f"{NAME} vouches for a policy, and content/privacy/policy.md is gone."
        return [Finding(POLICY_LOCK, what, "Restore the policy; visitors have been told of it.", place=NAME)]
    if found.current is None or any(finding.check is POLICY_LOCK for finding in build.findings):
        return []
    return release_findings(known, found.current, build.settings, build.declaration.site)


def _is_preview(settings: Mapping[str, Any]) -> bool:
    """Whether the site is made for its author alone, by `serve`: never under the address of the published one."""
    return settings.get("POLICY_PREVIEW") is True and not settings["SITEURL"]


def derived_files(rendered: Rendered) -> Mapping[str, bytes]:
    """Return what follows from the declaration: it itself for machines, security.txt, the feeds of changes."""
    site = rendered.site
    files = {_DECLARATION: _declaration(site), **_feeds(site)}
    own = site.declaration.privacy.security
    if own is not None:
        languages = dict.fromkeys([site.language, *sorted(site.policies)])
        files[security.PATH] = security.security_txt(own, site.declaration.site, languages)
    return files


def _declaration(site: Site) -> bytes:
    """Return the declaration in machine-readable form: the facts of the policy, and the services with sources."""
    declaration = site.declaration
    facts = facts_of(parts_of(site))
    content = {
        "site": declaration.site,
        "updated": site.policy_updated or None,
        "policies": {language: f"{declaration.site}/{url}" for language, url in site.policies.items()},
        "facts_hash": facts_hash(facts),
        "consent_revision": declaration.consent_revision if declaration.asks_consent else None,
        "facts": facts,
        "services": [service.model_dump(mode="json") for service in declaration.services],
    }
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _feeds(site: Site) -> dict[str, bytes]:
    try:
        versions = released(site.settings).versions
    except LockError:
        return {}  # told already, when the policies were filled in
    if not versions:
        return {}
    wording = Wording("privacy_policy", site.theme, site.language)
    files = {}
    for language, url in site.policies.items():
        folder = f"{base_of(url)}changes/"
        feed = wording.render(
            "feed.xml",
            language,
            tag=language,
            entries=entries(url, language, versions, wording, site.declaration.site),
            author=site.declaration.privacy.controller.name,
            feed_url=f"{site.declaration.site}/{folder}feed.xml",
            page_url=f"{site.declaration.site}/{folder}",
        )
        files[f"{folder}feed.xml"] = (feed + "\n").encode()
    return files


def sources_read(settings: Mapping[str, Any]) -> list[str]:
    """Return the files below the content folder that are no pages, because this plugin reads them."""
    return stored_files(settings)


def staged_findings(staged: Staged) -> list[Finding]:
    """Return what the day of the build says about the finished site."""
    own = staged.declaration.privacy.security
    return security.expiry(own, today(staged.settings)) if own else []
