"""One build: what is declared, the rules, and all that was found, from the settings to the finished output."""

from __future__ import annotations

import difflib
import gc
import os
import time
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from pelican.settings import DEFAULT_CONFIG

from . import extension
from .checks import RULE_FAILED, SAME_ADDRESS, WRONG_SETTING
from .declaration import Declaration, contradictions
from .findings import Finding, SiteError
from .inventory import Spool
from .page import Form
from .page_pass import PagePass, Rule
from .places import Places
from .settings import Privacy
from .validation import nearest, validate

_OWN_PREFIXES = ("PRIVACY", "AMAZON_")
RECORD = "build"
"""The folder of the project for what a build writes down, and does not publish."""

KNOWN_SETTINGS = frozenset({"PRIVACY", "AMAZON_TAGS", "AMAZON_AFFILIATE"})
_WATCHED_SETTINGS = (*sorted(KNOWN_SETTINGS), "PLUGINS", "PELICAN_CLASS")


def declare(settings: Mapping[str, Any]) -> Declaration:
    """Return the declaration that the settings make. Raises `SiteError` with every mistake in them."""
    privacy, wrong = validate(Privacy, "PRIVACY", settings.get("PRIVACY", {}))
    if privacy is not None:
        wrong.extend(contradictions(privacy))
    for name in sorted(set(settings) - KNOWN_SETTINGS - set(DEFAULT_CONFIG)):
        if name.startswith(_OWN_PREFIXES) or difflib.get_close_matches(name, _WATCHED_SETTINGS, cutoff=0.8):
            what = f"{name} is not a setting."
            way_out = nearest_setting(name)
            wrong.append(Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what))
    wrong.extend(_time_zone(settings))
    wrong.extend(_clock())
    for _, found in extension.settings_wanted.send(settings):
        wrong.extend(found)
    if wrong or privacy is None:
        raise SiteError(wrong)
    return Declaration(privacy)


def _time_zone(settings: Mapping[str, Any]) -> list[Finding]:
    name = settings.get("TIMEZONE", "UTC")
    with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError):
        zoneinfo.ZoneInfo(name)
        return []
    what = f"TIMEZONE: “{name}” is no time zone."
    way_out = nearest(str(name), zoneinfo.available_timezones()).strip() or "Name one such as “Europe/Berlin”."
    return [Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)]


def _clock() -> list[Finding]:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if epoch.isascii() and epoch.isdigit():
        return []
    what = f"SOURCE_DATE_EPOCH is “{epoch}”, and not a number of seconds."
    return [Finding(WRONG_SETTING, what, "Unset it, or: export SOURCE_DATE_EPOCH=$(date +%s)", place="environment")]


def nearest_setting(name: str) -> str:
    """Return the way out of a misspelt setting."""
    return nearest(name, _WATCHED_SETTINGS).strip() or "Remove it."


class Build:
    """The state of one build; nothing of it outlives the build.

    seconds: what the pass and everything around it took so far; audit_seconds: what judging the output
    took. Both in CPU seconds of this process. write_waiting: writes the pages that are rendered and no more.
    """

    def __init__(self, settings: Mapping[str, Any], declaration: Declaration) -> None:
        self.declaration = declaration
        self.settings = settings
        self.root = Path(settings["PATH"]).resolve().parent
        self._root_prefix = f"{self.root}{os.sep}"
        self.theme = Path(settings["THEME"])
        self.places = Places(self.root, self.theme / "templates")
        self.policy_pages: list[Any] = []
        self.is_policy_filled_in = False
        self.policies: dict[str, str] = {}
        self.site: extension.Site | None = None
        self.findings: list[Finding] = []
        self.spool = Spool()
        self.seconds = 0.0
        self.audit_seconds = 0.0
        self._addresses: dict[str, str] = {}
        self.given_up: set[str] = set()
        self.sources: dict[str, tuple[str, ...]] = {}
        self.articles: dict[str, str] = {}
        self.copied: dict[str, str] = {}
        self.run: PagePass | None = None
        self.write_waiting: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Make the rules, now that it is known where the policy stands in each language.

        Raises `SiteError` where a plugin cannot keep its promise on this site.
        """
        self.site = self.described()
        staged = staged_rules(self.site)
        gates = [rule for stage, rule in staged if stage == extension.GATE]
        rules = [rule for stage, rule in staged if stage != extension.GATE]
        self.run = PagePass(self.declaration, gates, rules, self.declaration.reader())

    def described(self) -> extension.Site:
        """Return the site as plugins see it, once it is known where the policy stands."""
        updated = max((str(page.metadata.get("updated", "")) for page in self.policy_pages), default="")
        language = self.settings["DEFAULT_LANG"]
        return extension.Site(self.declaration, self.settings, self.theme, language, self.policies, updated)

    def sources_of(self, page: str) -> tuple[Path, ...]:
        """Return the files that a file of the output is made of, or copied from."""
        folder = f"{self.settings['THEME_STATIC_DIR']}/"
        if page not in self.sources and page.startswith(folder):
            parts = [self.theme / path / page.removeprefix(folder) for path in self.settings["THEME_STATIC_PATHS"]]
            return tuple(path for path in parts if path.is_file())
        return tuple(map(Path, self.sources.get(page, ())))

    def staged(self, folder: Path) -> extension.Staged:
        """Return the finished output as those see it who judge it."""
        told = frozenset(finding.check.name for finding in self.findings)
        return extension.Staged(
            self.declaration, folder, self.settings["SITEURL"], self.settings, self.policies, told
        )

    def accepted(self, folder: Path, notes: Sequence[Finding]) -> extension.Accepted:
        """Return the site that is about to be published."""
        assert self.site is not None, "begin() comes first"
        return extension.Accepted(self.site, folder, self.root / RECORD, self.settings["SITEURL"], tuple(notes))

    def claim_address(self, name: str, source: str) -> None:
        """Note that a source makes the page `name`. Raises `SiteError` where another one does."""
        other = self._addresses.setdefault(name, source)
        if other != source:
            shown = self.places.shown(Path(other))
            what = f"This file makes the page {name}, and {shown} does as well."
            way_out = "Give one of them another “Slug:”, or another language (“Lang:”) if it is a translation."
            raise SiteError([Finding(SAME_ADDRESS, what, way_out, place=self.places.shown(Path(source)))])

    @contextmanager
    def clock(self) -> Iterator[None]:
        """Count what happens inside as this build's own time.

        No garbage is looked for meanwhile: what is made here is let go by itself, and looking for it would go
        through all that Pelican has made (measured: a fourteenth of the pass).
        """
        start, is_collecting = time.process_time(), gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if is_collecting:
                gc.enable()
            self.seconds += time.process_time() - start

    def page(self, text: str, name: str, sources: Sequence[str], language: str, site_url: str) -> str:
        """Return the text of a page as it may be published, and keep what was found on it.

        Raises `SiteError`, naming the page, where a rule fails.
        """
        assert self.run is not None, "begin() comes before the first page"
        self.sources[name] = tuple(sources)
        try:
            passed = self.run(text, language=language, site_url=site_url, page=name)
        except (Exception, SystemExit) as error:
            raise self.failure(error, name, sources) from error
        self.spool.add(passed.inventory._replace(sources=tuple(self._below_root(path) for path in sources)))
        if passed.is_given_up:
            self.given_up.add(name)
        self.findings.extend(self._located(passed.findings, name, sources))
        return passed.text

    def _located(self, findings: Sequence[Finding], page: str, sources: Sequence[str]) -> Iterable[Finding]:
        return self.places.located(findings, page, [Path(source) for source in sources]) if findings else ()

    def _below_root(self, path: str) -> str:
        """Return a source as the inventory names it; without asking the disk, which would be slow for every page."""
        return path.removeprefix(self._root_prefix)

    def entry(self, text: str, feed: str, sources: Sequence[str], site_url: str) -> str:
        """Return the HTML of a feed's entry as it may be published."""
        assert self.run is not None, "begin() comes before the first feed"
        self.sources[feed] = (*self.sources.get(feed, ()), *sources)
        try:
            passed = self.run(
                text, form=Form.FEED, language=self.settings["DEFAULT_LANG"], site_url=site_url, page=feed
            )
        except (Exception, SystemExit) as error:
            raise self.failure(error, feed, sources) from error
        self.findings.extend(self._located(passed.findings, feed, sources))
        return passed.text

    def look_at_copied(self, folder: Path) -> None:
        """Note what the HTML files contain that are copied from the content into `folder` as they are. (The audit
        judges them.)"""
        assert self.run is not None, "begin() comes first"
        for name, source in sorted(self.copied.items()):
            text = (folder / name).read_text("utf-8", errors="replace")
            self.spool.add(self.run.looked_at(text, name)._replace(sources=(self._below_root(source),)))

    def failure(self, error: BaseException, name: str, sources: Sequence[str]) -> SiteError:
        """Return the error of a rule or template as one that names the page."""
        if isinstance(error, SiteError):
            return error
        place = self.places.shown(Path(sources[0])) if len(sources) == 1 else ""
        return SiteError(
            [
                Finding(
                    RULE_FAILED,
                    f"While making {name}: {type(error).__name__}: {error}",
                    "The mistake is in a plugin or a template, not in the text. Set PRIVACY_DEBUG=1 and build "
                    "again to see where.",
                    place=place,
                    page=name,
                )
            ]
        )


def staged_rules(site: extension.Site) -> list[tuple[int, Rule]]:
    """Ask every plugin for its rules. Return them in their order, each with its stage."""
    staged: list[tuple[int, Rule]] = []
    for _, rules in extension.rules_wanted.send(site):
        staged.extend(cast(Iterable[tuple[int, Rule]], rules))
    staged.sort(key=lambda pair: pair[0])
    return staged
