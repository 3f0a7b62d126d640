"""Pages made of released versions: every superseded one, and what changed between them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from pelican.contents import Content, Page
from pelican.generators import PagesGenerator

from ..privacy.edits import Edit, Replace, SetAttribute, outer_span, spliced, splices
from ..privacy.facts import in_language
from ..privacy.parsing import fragment_of
from ..privacy.wording import Wording
from .archive import FOLDER, Stored
from .changes import Change, changed_facts, changes
from .collect import base_of
from .dates import in_words
from .lock import document_name


class Entry(NamedTuple):
    """One version on the page of changes. found: the changed lines by the heading of their section; None in the first
    version, and where it or the version before had no text in the language. url: of its text in the language; empty
    where it had none."""

    iso: str
    words: str
    summary: str
    summary_language: str
    url: str
    is_current: bool
    is_first: bool
    editorial: tuple[str, ...]
    found: tuple[tuple[str, tuple[Change, ...]], ...] | None
    facts: tuple[str, ...]


def add_pages(
    generator: PagesGenerator, policies: Sequence[Content], versions: Sequence[Stored], wording: Wording, site: str
) -> None:
    """Give the generator a page of changes for each policy, and one for each superseded version of it.

    site: the canonical origin, without which own absolute links are compared.
    """
    makers = [_Pages(generator, policy, versions, wording, site) for policy in policies]
    for number, version in enumerate(versions[:-1]):
        made = [maker.version(number) for maker in makers if maker.language in version.bodies]
        _list(made, generator.hidden_pages, generator.hidden_translations)
    _list([maker.changes() for maker in makers], generator.pages, generator.translations)


def entries(policy_url: str, language: str, versions: Sequence[Stored], wording: Wording, site: str) -> list[Entry]:
    """Return the versions for the page of changes and its feed, the newest first."""
    base, found = base_of(policy_url), []
    spoken = _spoken(language, wording)
    titles = wording.messages(language)["title"]
    for number, stored in enumerate(versions):
        version, before = stored.version, versions[number - 1] if number else None
        is_current = number == len(versions) - 1
        summary = in_language(dict(version.summary), language) if version.summary else ""
        said_in = next((tag for tag, text in version.summary.items() if text == summary), language)
        found.append(
            Entry(
                version.date.isoformat(),
                in_words(version.date, spoken),
                summary,
                "" if said_in == language else said_in,
                ""
                if language not in stored.bodies
                else policy_url
                if is_current
                else f"{base}archive/{version.date}/",
                is_current,
                before is None,
                tuple(change.reason for change in version.editorial),
                _found(before, stored, language, site),
                tuple(titles.get(name, name) for name in changed_facts(before.facts, stored.facts)) if before else (),
            )
        )
    return found[::-1]


def _found(
    before: Stored | None, stored: Stored, language: str, site: str
) -> tuple[tuple[str, tuple[Change, ...]], ...] | None:
    if before is None or language not in before.bodies or language not in stored.bodies:
        return None
    found = changes(before.lines(language, site), stored.lines(language, site))
    return tuple((section, tuple(group)) for section, group in groupby(found, key=lambda change: change.section))


def _spoken(language: str, wording: Wording) -> str:
    known = wording.language_of(language)
    return language if known in language else known


def _list(pages: Sequence[Page], main: list[Page], translations: list[Page]) -> None:
    """Put pages that are translations of each other where the generator writes them."""
    ordered = sorted(pages, key=lambda page: not page.in_default_lang)
    for page in ordered:
        page.translations = [other for other in ordered if other is not page]
    main.extend(ordered[:1])
    translations.extend(ordered[1:])


class _Pages:
    """Makes the pages that belong to the policy in one language."""

    def __init__(
        self, generator: PagesGenerator, policy: Content, versions: Sequence[Stored], wording: Wording, site: str
    ) -> None:
        self._generator = generator
        self._policy = policy
        self._versions = versions
        self._wording = wording
        self._site = site
        self.language = str(policy.lang)
        self._base = base_of(str(policy.url))

    def version(self, number: int) -> Page:
        """Return the page of a superseded version."""
        stored, follower = self._versions[number], self._versions[number + 1].version
        day = stored.version.date
        m = self._wording.messages(self.language)
        notice = self._wording.render(
            "superseded.html",
            self.language,
            day=self._date(day),
            until=self._date(follower.date),
            current=posixpath.relpath(self._base or ".", f"{self._base}archive/{day}") + "/",
            all_versions="../../changes/",
        )
        url = f"{self._base}archive/{day}/"
        body = republished(stored.bodies[self.language], str(self._policy.url), self._targets())
        title = m["archive"]["title"].format(date=self._date(day)[1])
        source = Path(self._generator.settings["PATH"], FOLDER, day.isoformat(), document_name(self.language))
        return self._page(f"{notice}\n{body}", url, title, source, status="hidden", canonical=str(self._policy.url))

    def changes(self) -> Page:
        """Return the page of what changed."""
        m = self._wording.messages(self.language)["changes"]
        listed = entries(str(self._policy.url), self.language, self._versions, self._wording, self._site)
        url = f"{self._base}changes/"
        root = posixpath.relpath(".", url.rstrip("/"))
        html = self._wording.render("changes.html", self.language, entries=listed, root=root)
        return self._page(
            html, url, m["title"], Path(self._policy.source_path), status="published", summary=m["lead"]
        )

    def _page(self, html: str, url: str, title: str, source: Path, **more: str) -> Page:
        settings = self._generator.settings
        metadata = {
            "title": title,
            "slug": url.strip("/").replace("/", "-"),
            "lang": self.language,
            "url": url,
            "save_as": f"{url}index.html",
            "summary": title,
            **more,
        }
        return Page(html, metadata, settings, str(source), self._generator.context)

    def _date(self, day: date) -> tuple[str, str]:
        return day.isoformat(), in_words(day, _spoken(self.language, self._wording))

    def _targets(self) -> dict[str, str]:
        """Return what the site has now: path of each page and copied file → how Pelican names its source."""
        context = self._generator.context
        named = {f"/{content.url}": "{filename}/" + name for name, content in _contents(context["generated_content"])}
        return named | {
            f"/{content.url}": "{static}/" + name for name, content in _contents(context["static_content"])
        }


def _contents(of: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, content) for name, content in of.items() if content is not None)


def republished(body: str, policy_url: str, targets: Mapping[str, str]) -> str:
    """Return the HTML of an old version as it can stand on the site of today: what leads to a page or picture that
    is still there leads to it; what does not keeps its words, without the link.

    policy_url: where the text stood. targets: path → name of the source.
    """
    tree = fragment_of(body)
    edits: list[Edit] = []
    for element in tree.iter_elements():
        for attribute in ("href", "src"):
            address = element.attr(attribute)
            if address is None or address.startswith(("#", "//")) or urlsplit(address).scheme:
                continue
            path, _, fragment = urljoin(f"/{policy_url}", address).partition("#")
            end = f"#{fragment}" if fragment else ""
            if path in targets:
                edits.append(SetAttribute(element, attribute, targets[path] + end))
            elif path == f"/{base_of(policy_url)}changes/":
                edits.append(SetAttribute(element, attribute, "../../changes/" + end))
            else:
                edits.append(Replace(element, _words_of(element, body)))
    return spliced(body, splices(body, edits))


def _words_of(element: Any, body: str) -> str:
    """Return what of an element a reader of the text is left with."""
    if element.tag in ("a", "area"):
        place, span = element.source_location, outer_span(element)
        if place is None or place.end_tag is None or span is None:
            return ""
        return f"<span>{body[place.start_tag.end_offset : place.end_tag.start_offset]}</span>"
    return f"<span>{escape(element.attr('alt') or '', quote=False)}</span>"
