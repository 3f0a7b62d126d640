"""Where the policy plugin meets Pelican: it finds the policies, and fills in what is derived."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pelican.contents import Content

from ..privacy.build import Build
from ..privacy.extension import Rendered, Staged
from ..privacy.findings import Check, Finding
from ..privacy.pelican_glue import policy_pages
from ..privacy.safe_pelican import BUILD
from ..privacy.wording import Wording
from .checks import POLICY_DATE, POLICY_MARKER
from .dates import in_words, parsed, today
from .policy import fill_in
from .security import PATH, expiry, security_txt

_DATE_WAY_OUT = "Write the day of the last change at the top of the file, such as “Updated: 2018-05-03”."


def fill_in_policies(generators: Iterable[Any]) -> None:
    """Give every policy its derived parts, or report why it cannot have them."""
    first = next(iter(generators))
    build: Build = first.context[BUILD]
    with build.clock():
        pages = policy_pages(first.context)
        build.is_policy_filled_in = True
        if not pages:
            return
        wording = Wording("privacy_policy", build.theme, build.settings["DEFAULT_LANG"])
        for page in pages:
            build.findings.extend(_fill_in(page, build, wording))


def now(settings: Mapping[str, Any]) -> date:
    """Return today's date where the company is, or the one that SOURCE_DATE_EPOCH stands for."""
    return today(settings.get("TIMEZONE", "UTC"), os.environ.get("SOURCE_DATE_EPOCH"))


def _fill_in(page: Content, build: Build, wording: Wording) -> list[Finding]:
    """Fill in one policy; return what is wrong with it."""
    place = build.places.shown(Path(page.source_path))
    declared = str(page.metadata.get("updated", ""))

    def wrong(check: Check, what: str, way_out: str) -> Finding:
        return Finding(check, what, way_out, place=place, evidence=what)

    if not declared:
        return [wrong(POLICY_DATE, "The policy does not say when it was last updated.", _DATE_WAY_OUT)]
    day = parsed(declared)
    if day is None:
        return [wrong(POLICY_DATE, f"“Updated: {declared}” is not a date.", _DATE_WAY_OUT)]
    present = now(build.settings)
    if day > present:
        return [wrong(POLICY_DATE, f"“Updated: {declared}” is in the future: today is {present}.", _DATE_WAY_OUT)]
    language = wording.language_of(str(page.lang))
    words = in_words(day, str(page.lang) if language in str(page.lang) else language)
    before, after = wording.messages(language)["updated"].split("{date}")
    updated = wording.render("updated.html", language, before=before, after=after, iso=day.isoformat(), words=words)
    filled = fill_in(page._content, {"updated": updated})
    page._content = filled.html
    return [
        *(
            wrong(POLICY_MARKER, f"{name} stands for no part of the policy.", "Markers: [privacy:updated].")
            for name in filled.unknown
        ),
        *(
            wrong(
                POLICY_MARKER,
                f"The policy has no place for its part “{name}”.",
                f"Write [privacy:{name}] into a paragraph of its own.",
            )
            for name in filled.missing
        ),
        *(
            wrong(POLICY_MARKER, f"[privacy:{name}] stands there more than once.", "Leave one of them.")
            for name in filled.repeated
        ),
    ]


def derived_files(rendered: Rendered) -> Mapping[str, bytes]:
    """Return the files that follow from the declaration."""
    site = rendered.site
    security = site.declaration.privacy.security
    if security is None:
        return {}
    languages = dict.fromkeys([site.language, *sorted(site.policies)])
    return {PATH: security_txt(security, site.declaration.site, languages)}


def staged_findings(staged: Staged) -> list[Finding]:
    """Return what the day of the build says about the finished site."""
    security = staged.declaration.privacy.security
    return expiry(security, now({})) if security else []
