"""The deep form of the audit: a real Chromium opens every page in every state of consent, and what it does is
written down.

The browser gets the site's own files from the folder, with the headers of its `_headers`, under the site's real
address. Everything else it asks for is written down and refused, so that no third party is contacted: what a
third party's own frame would load or store after consent is therefore not seen, unless `live` lets it through.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..privacy.about_consent import consent_cookie
from .choices import choosers
from .serving import origin

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.async_api import Browser

    from .tab import Tab

    Answer = list[SetCookieParam]

BEFORE, REFUSED, ACCEPTED, SIGNAL, NO_SCRIPT = "before", "refused", "accepted", "signal", "no-script"
STATES = (BEFORE, REFUSED, ACCEPTED, SIGNAL, NO_SCRIPT)
"""Before any choice; after refusing; after accepting; with Global Privacy Control; without JavaScript."""
CHOICES = {REFUSED: "reject", ACCEPTED: "accept"}
"""What is chosen in the banner, by state."""
CONSENT_COOKIE = consent_cookie().name
"""The cookie that keeps the visitor's answer."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_AT_A_TIME = 3  # pages, for each core: of most of the time of a page nothing is done but to wait for its silence
# With site isolation Chromium holds one process in reserve, for one profile, and starts it anew whenever another
# profile opens a page: measured, 28 processes for 12 pages in two tabs instead of 6.
_ARGUMENTS = ("--disable-background-networking", "--disable-site-isolation-trials")


class NoBrowserError(Exception):
    """Playwright is not installed, no Chromium starts, or it cannot open a page."""


@dataclass(frozen=True)
class Seen:
    """What a browser did on one page in one state.

    requests: URLs beyond the site's own origin, sorted. cookies: domain and name. storage: kind and name, of the
    page's own origin. violations: what the browser said it refused because of the page's own policy.
    """

    requests: tuple[str, ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    storage: tuple[tuple[str, str], ...] = ()
    violations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visits:
    """What a browser did on every page. origin: of the site. browser: its version. seen: by page and state."""

    origin: str
    browser: str
    seen: Mapping[str, Mapping[str, Seen]]


@dataclass(frozen=True)
class Plan:
    """What is visited, and how. root: the URL of the folder. asks: whether the site asks for consent. live: whether
    third parties are really contacted. arguments: further ones for Chromium. parallel: pages at a time."""

    folder: Path
    root: str
    asks: bool
    live: bool = False
    arguments: Sequence[str] = ()
    parallel: int = _AT_A_TIME * (os.cpu_count() or 1)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that there are: without a question, there is no answer to it."""
        return STATES if self.asks else (BEFORE, SIGNAL, NO_SCRIPT)


def visit(plan: Plan, pages: Sequence[str], advance: Callable[[], object] = lambda: None) -> Visits:
    """Open every page in every state. advance: called after each. Raises `NoBrowserError`."""
    try:
        import playwright.async_api
    except ImportError as error:
        raise NoBrowserError("Playwright is not installed: .venv/bin/pip install playwright") from error
    try:
        return asyncio.run(_visit(plan, pages, advance))
    except playwright.async_api.Error as error:
        raise NoBrowserError(f"Chromium does not start: {error.message.splitlines()[0]}") from error
    except ExceptionGroup as failed:  # of the pages that were open at the time
        raise failed.exceptions[0] from failed


async def _visit(plan: Plan, pages: Sequence[str], advance: Callable[[], object]) -> Visits:
    from playwright.async_api import async_playwright

    arguments = [*_ARGUMENTS, *plan.arguments]
    if not plan.live:
        arguments.append("--host-resolver-rules=MAP * ~NOTFOUND")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # which Chromium demands of root, as in containers
    chosen_on = choosers(plan.folder, pages) if plan.asks else {}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_executable(), args=arguments)
        round_ = _Round(browser, plan, chosen_on, {page: {} for page in pages}, advance)
        waiting = iter(round_.order())
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(plan.parallel):
                    group.create_task(round_.open(waiting))
        finally:
            version = browser.version
            await browser.close()
    ordered = {page: {state: round_.seen[page][state] for state in plan.states} for page in pages}
    return Visits(origin(plan.root), version, ordered)


@dataclass
class _Round:
    """What is opened in one run. chosen_on: for each page, the one on which its choice is made. answers: what choices
    left in the browser, by state and page."""

    browser: Browser
    plan: Plan
    chosen_on: Mapping[str, str]
    seen: Mapping[str, dict[str, Seen]]
    advance: Callable[[], object]
    answers: defaultdict[tuple[str, str], asyncio.Future[Answer]] = field(
        default_factory=lambda: defaultdict(asyncio.Future)
    )

    def order(self) -> list[tuple[str, str]]:
        """Return states and pages in the order in which they are opened: in each state, those first on which a choice
        is made, for which others wait."""
        pages = sorted(self.seen, key=lambda page: self.chosen_on.get(page) != page)
        return [(state, page) for state in self.plan.states for page in pages]

    async def open(self, waiting: Iterator[tuple[str, str]]) -> None:
        """Open one page after the other, as long as any is left. waiting: what nobody has opened yet, for all tabs.

        To start a process of the browser for every page would take most of the time: a tab is used again as long as
        nothing tells it from a new one.
        """
        from playwright.async_api import Error

        tab: Tab | None = None
        for state, page in waiting:
            try:
                tab = await self._opened(tab, state, page)
            except Error as error:
                raise NoBrowserError(f"{page} cannot be opened: {error.message.splitlines()[0]}") from error
            self.advance()
        if tab is not None:
            await tab.close()

    async def _opened(self, tab: Tab | None, state: str, page: str) -> Tab:
        """Open a page in a tab, or in a new one; return it."""
        from .tab import new_tab

        chooser = self.chosen_on.get(page, page) if state in CHOICES else page
        answer = await self.answers[state, chooser] if chooser != page else []
        if tab is not None and not tab.is_as_new(state, bool(answer)):
            await tab.close()
            tab = None
        tab = tab or await new_tab(self.browser, self.plan, state, answer)
        chooses = state in CHOICES and not answer
        self.seen[page][state] = await tab.seen(page, chooses=chooses)
        if chooses:
            self.answers[state, page].set_result(await tab.answer())
        return tab


def _executable() -> str | None:
    """Return the path of an installed Chromium, or None for the one that Playwright has installed itself. The
    environment variable CHROMIUM (a path or a program's name) decides alone when it is set."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else _NAMES) if (path := shutil.which(name))), None)
    if named and not found:
        raise NoBrowserError(f"CHROMIUM names {named}, and there is no such program.")
    return found
