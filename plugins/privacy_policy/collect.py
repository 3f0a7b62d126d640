"""The policy as the site has it now: every language filled in, and the facts that it shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, cast

from pelican.contents import Content

from ..privacy import extension
from ..privacy.build import Build
from ..privacy.extension import PolicyPart, Site
from ..privacy.findings import Check, Finding
from ..privacy.pelican_glue import policy_pages
from ..privacy.wording import Wording
from .checks import POLICY_DATE, POLICY_LANGUAGE, POLICY_MARKER
from .dates import in_words, parsed
from .parts import own_parts
from .policy import ALL, CONTENTS, fill_in, finished, reserved, storable
from .reading import lines
from .versions import Current, Text

UPDATED = "updated"
_ABOVE = ("lead", "summary", "description")
_DATE_WAY_OUT = "Write the day of the last change at the top of the file, such as “Updated: 2018-05-03”."


class Collected(NamedTuple):
    """What the site has: its policies by page, with the text of each where it could be made, the facts, what is
    wrong, and the site's origin."""

    pages: tuple[tuple[Content, Text | None], ...]
    facts: Mapping[str, Any]
    findings: tuple[Finding, ...]
    site: str

    @property
    def current(self) -> Current | None:
        """The policy in all languages, or None where one of them is wrong or there is none."""
        texts = {str(page.lang): text for page, text in self.pages if text is not None}
        return None if self.findings or not texts else Current(texts, self.facts, self.site)


def parts_of(site: Site) -> dict[str, PolicyPart]:
    """Return the derived parts by name: first those of the policy itself, then those of every other plugin, in their
    order. Raises `ValueError` where two plugins offer one part."""
    found: dict[str, PolicyPart] = {}
    offers = extension.policy_parts_wanted.send(site)
    for _, parts in sorted(offers, key=lambda offer: offer[0] is not own_parts):
        for part in cast(Iterable[PolicyPart], parts):
            if part.name in found or part.name in (UPDATED, ALL, CONTENTS):
                raise ValueError(f"two plugins offer the part {part.name!r} of the policy")
            found[part.name] = part
    return found


def facts_of(parts: Mapping[str, PolicyPart]) -> dict[str, Any]:
    """Return the facts that the policy shows, by part."""
    return {name: part.facts for name, part in parts.items() if part.facts is not None}


def collect(
    build: Build, context: Mapping[str, Any], now: date, *, updated: date | None, has_versions: bool
) -> Collected:
    """Fill in every policy of the site. now: today. updated: the day to show instead of the declared ones.
    has_versions: whether the sentence with the date leads to the page of all versions."""
    site = build.described()
    parts = parts_of(site)
    filler = _Filler(build, site, parts, now, has_versions)
    pages, findings = [], []
    places: dict[str, str] = {}
    for page in sorted(policy_pages(context), key=lambda page: len(page.source_path)):  # policy.md first
        place = build.places.shown(Path(page.source_path))
        other = places.setdefault(str(page.lang), place)
        if other != place:
            what = f"This policy is in the language “{page.lang}”, and so is {other}."
            way_out = "Write another “Lang:” at its top, or remove one of the two."
            findings.append(Finding(POLICY_LANGUAGE, what, way_out, place=place, evidence=what))
            continue
        if page.status != "published":
            what = f"“Status: {page.status}” keeps the policy in the language “{page.lang}” from its readers."
            way_out = "Remove that line; a policy that is not released yet is not published anyway."
            findings.append(Finding(POLICY_LANGUAGE, what, way_out, place=place, evidence=what))
        text, wrong = filler.text(page, place, updated)
        pages.append((page, text))
        findings += wrong
    return Collected(tuple(pages), facts_of(parts), tuple(findings), site.declaration.site)


def base_of(url: str) -> str:
    """Return the folder below which the versions of the policy at `url` stand, with a slash at its end."""
    return url if not url or url.endswith("/") else posixpath.splitext(url)[0] + "/"


def changes_url(url: str) -> str:
    """Return the address of the page of changes, seen from the policy at `url`."""
    here = posixpath.dirname(url)
    return posixpath.relpath(f"{base_of(url)}changes", here or ".") + "/"


def _head(page: Content) -> str:
    """Return what readers see of a policy beside its text: title, lead, and the summary that search engines show."""
    written = [" ".join(lines(str(page.metadata.get(name) or ""))) for name in _ABOVE]
    return "".join(
        [f"<h1>{escape(str(page.title), quote=False)}</h1>\n"]
        + [f"<p>{escape(text, quote=False)}</p>\n" for text in written if text]
    )


def show_as_drafts(found: Collected, wording: Wording) -> None:
    """Let every policy say that it is a draft: above its text, and in the place of its date. For the author's eyes;
    nothing that is published goes this way."""
    for page, text in found.pages:
        if text is not None:
            dated = _dated(page, text.updated, wording, has_versions=True)
            draft = _dated(page, text.updated, wording, has_versions=True, sentence="draft")
            notice = wording.render("draft.html", wording.language_of(str(page.lang)))
            page._content = f"{notice}\n{page._content.replace(dated, draft)}"


def _dated(page: Content, day: date, wording: Wording, *, has_versions: bool, sentence: str = UPDATED) -> str:
    """Return the sentence with the date. sentence: the name of its words."""
    language = wording.language_of(str(page.lang))
    before, after = wording.messages(language)[sentence].split("{date}")
    return wording.render(
        "updated.html",
        language,
        before=before,
        after=after,
        iso=day.isoformat(),
        words=in_words(day, str(page.lang) if language in str(page.lang) else language),
        versions_url=changes_url(str(page.url)) if has_versions else "",
    )


class _Filler:
    """Fills in the policies of one site."""

    def __init__(
        self, build: Build, site: Site, parts: Mapping[str, PolicyPart], now: date, has_versions: bool
    ) -> None:
        self._site = site
        self._build = build
        self._parts = {name: part for name, part in parts.items() if part.facts is not None}
        self._nothing = frozenset(parts) - frozenset(self._parts)
        self._now = now
        self._has_versions = has_versions
        self._wording = Wording("privacy_policy", site.theme, site.language)

    def text(self, page: Content, place: str, updated: date | None) -> tuple[Text | None, list[Finding]]:
        """Return the text of one policy, or None and what is wrong with it."""

        def wrong(check: Check, what: str, way_out: str) -> Finding:
            return Finding(check, what, way_out, place=place, evidence=what)

        day, problem = (updated, "") if updated else self._date(str(page.metadata.get(UPDATED, "")))
        if day is None:
            return None, [wrong(POLICY_DATE, problem, _DATE_WAY_OUT)]
        language = str(page.lang)
        texts = {name: part.text(language) for name, part in self._parts.items()}
        markup = {
            name: self._wording.render("part.html", language, name=name, part=text) for name, text in texts.items()
        }
        markup[UPDATED] = _dated(page, day, self._wording, has_versions=self._has_versions)
        titles = {name: text.title for name, text in texts.items()}
        filled = fill_in(page._content, markup, titles, self._nothing)
        names = ", ".join(f"[privacy:{name}]" for name in [*markup, ALL, CONTENTS])
        findings = [
            *(
                wrong(
                    POLICY_MARKER,
                    f"{name} marks what the plugin writes itself: words that carry it are no part of a version.",
                    "Take it away; what a person writes is part of every version.",
                )
                for name in reserved(page._content)
            ),
            *(
                wrong(POLICY_MARKER, f"{name} stands for no part of the policy.", f"Markers: {names}.")
                for name in filled.unknown
            ),
            *(
                wrong(
                    POLICY_MARKER,
                    f"The policy has no place for its part “{name}”.",
                    f"Write [privacy:{name}] into a paragraph of its own, or [privacy:all] where all parts may stand "
                    "that have no place yet.",
                )
                for name in filled.missing
            ),
            *(
                wrong(POLICY_MARKER, f"[privacy:{name}] stands there more than once.", "Leave one of them.")
                for name in filled.repeated
            ),
            *(
                wrong(
                    POLICY_MARKER,
                    f"[privacy:{name}] claims something that the site does not do: nothing of the kind is declared.",
                    "Remove it, and the section around it.",
                )
                for name in filled.empty
            ),
        ]
        if findings:
            return None, findings
        body = self._finished(filled.html, page, language)
        head = _head(page)
        return Text(day, place, str(page.title), head, body, lines(head + body, self._site.declaration.site)), []

    def _finished(self, html: str, page: Content, language: str) -> str:
        def contents(headings: Any) -> str:
            return self._wording.render("contents.html", language, headings=headings)

        page._content = finished(html, contents, self._wording.render("section.html", language))
        return storable(str(page._update_content(page._content, "")))

    def _date(self, declared: str) -> tuple[date | None, str]:
        """Return the declared date, or None and what is wrong with it."""
        if not declared:
            return None, "The policy does not say when it was last updated."
        day = parsed(declared)
        if day is None:
            return None, f"“Updated: {declared}” is not a date."
        if day > self._now:
            return None, f"“Updated: {declared}” is in the future: today is {self._now}."
        return day, ""
