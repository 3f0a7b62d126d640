"""The deep form of the audit: a real Chromium opens every page in every state of consent, and what it does is
written down.

The browser gets the site's own files from the folder, with the headers of its `_headers`, under the site's real
address. Everything else it asks for is written down and refused, so that no third party is contacted: what a
third party's own frame would load or store after consent is therefore not seen, unless `live` lets it through.
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Route

BEFORE, REFUSED, ACCEPTED, SIGNAL, NO_SCRIPT = "before", "refused", "accepted", "signal", "no-script"
STATES = (BEFORE, REFUSED, ACCEPTED, SIGNAL, NO_SCRIPT)
"""Before any choice; after refusing; after accepting; with Global Privacy Control; without JavaScript."""

_CHOICES = {REFUSED: "reject", ACCEPTED: "accept"}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MILLISECONDS = 15_000
_QUIET_MILLISECONDS = 5_000
# Chromium does not know the signal: browsers and extensions that send it set this property (W3C, GPC)
_SIGNAL = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });"
_STORAGE = """async () => [
  ...Object.keys(localStorage).map((name) => ["local", name]),
  ...Object.keys(sessionStorage).map((name) => ["session", name]),
  ...(await indexedDB.databases()).map(({ name }) => ["indexeddb", name]),
  ...(self.caches ? await caches.keys() : []).map((name) => ["unknown", name]),
]"""


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
    parallel: int = 4

    @property
    def states(self) -> tuple[str, ...]:
        """The states that there are: without a question, there is no answer to it."""
        return STATES if self.asks else (BEFORE, SIGNAL, NO_SCRIPT)


@dataclass
class _Log:
    requests: set[str] = field(default_factory=set)
    violations: set[str] = field(default_factory=set)


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
    from playwright.async_api import Error, async_playwright

    arguments = ["--disable-background-networking", *plan.arguments]
    if not plan.live:
        arguments.append("--host-resolver-rules=MAP * ~NOTFOUND")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # which Chromium demands of root, as in containers
    seen: dict[str, dict[str, Seen]] = {page: {} for page in pages}
    turns = asyncio.Semaphore(plan.parallel)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_executable(), args=arguments)

        async def one(page: str, state: str) -> None:
            async with turns:
                try:
                    seen[page][state] = await _seen(browser, plan, page, state)
                except Error as error:
                    raise NoBrowserError(f"{page} cannot be opened: {error.message.splitlines()[0]}") from error
            advance()

        try:
            async with asyncio.TaskGroup() as group:
                for page in pages:
                    for state in plan.states:
                        group.create_task(one(page, state))
        finally:
            version = browser.version
            await browser.close()
    ordered = {page: {state: seen[page][state] for state in plan.states} for page in pages}
    return Visits(origin(plan.root), version, ordered)


def _executable() -> str | None:
    """Return the path of an installed Chromium, or None for the one that Playwright has installed itself. The
    environment variable CHROMIUM (a path or a program's name) decides alone when it is set."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else _NAMES) if (path := shutil.which(name))), None)
    if named and not found:
        raise NoBrowserError(f"CHROMIUM names {named}, and there is no such program.")
    return found


def origin(url: str) -> str:
    """Return the origin of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def _seen(browser: Browser, plan: Plan, name: str, state: str) -> Seen:
    """Open one page in a fresh profile, choose where the state says so, and open it again then."""
    context = await browser.new_context(
        java_script_enabled=state != NO_SCRIPT,
        service_workers="block",
        extra_http_headers={"Sec-GPC": "1"} if state == SIGNAL else {},
    )
    try:
        if state == SIGNAL:
            await context.add_init_script(_SIGNAL)
        log = _Log()
        await context.route("**/*", lambda route: _answer(route, plan, log))
        page = await context.new_page()
        page.on("console", lambda said: _note(said.text, log))
        await _open(page, plan.root + name)
        if state in _CHOICES and await _choose(page, _CHOICES[state]):
            await _open(page, plan.root + name)
        return await _written_down(page, context, log, state)
    finally:
        await context.close()


def _note(said: str, log: _Log) -> None:
    if "Content Security Policy" in said:
        log.violations.add(" ".join(said.split()))


async def _open(page: Page, url: str) -> None:
    from playwright.async_api import TimeoutError as TooLongError

    await page.goto(url, wait_until="load", timeout=_MILLISECONDS)
    try:
        await page.wait_for_load_state("networkidle", timeout=_QUIET_MILLISECONDS)
    except TooLongError:
        return  # a page that never rests: what it asked for up to now counts


async def _choose(page: Page, choice: str) -> bool:
    """Open the privacy settings and choose. Return whether the page has any."""
    control = page.locator("a[data-consent-open]").last
    if await control.count() == 0:
        return False
    await control.evaluate("element => element.click()")
    await page.locator(f"[data-consent] [data-consent-choice={choice}]").first.click(timeout=_MILLISECONDS)
    return True


async def _written_down(page: Page, context: BrowserContext, log: _Log, state: str) -> Seen:
    cookies = {(str(cookie.get("domain")), str(cookie.get("name"))) for cookie in await context.cookies()}
    storage = [] if state == NO_SCRIPT else await page.evaluate(_STORAGE)
    return Seen(
        tuple(sorted(log.requests)),
        tuple(sorted(cookies)),
        tuple(sorted({(str(kind), str(name)) for kind, name in storage})),
        tuple(sorted(log.violations)),
    )


async def _answer(route: Route, plan: Plan, log: _Log) -> None:
    """Answer a request: the site's own from the folder; any other is written down, and refused unless live."""
    url = route.request.url
    if not url.startswith(("http:", "https:", "ws:", "wss:")):
        await route.continue_()
    elif origin(url) != origin(plan.root):
        log.requests.add(url)
        await (route.continue_() if plan.live else route.abort())
    else:
        await route.fulfill(**own_answer(plan, url))


def own_answer(plan: Plan, url: str) -> dict[str, Any]:
    """Return what the site says to one of its own URLs: status, headers, body."""
    path = unquote(urlsplit(url).path)
    name = path.removeprefix(urlsplit(plan.root).path)
    file = next((file for file in _candidates(plan.folder, name) if file.is_file()), None)
    found = file or plan.folder / "404.html"
    kind = mimetypes.guess_type(found.name)[0] or "text/html"
    headers = {"content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind}
    headers.update(own_headers(plan.folder, "/" + name))
    return {
        "status": 200 if file else 404,
        "headers": headers,
        "body": found.read_bytes() if found.is_file() else b"",
    }


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    if ".." not in Path(name).parts:
        yield folder / name
        yield folder / name / "index.html"


def own_headers(folder: Path, path: str) -> dict[str, str]:
    """Return the headers that `_headers` gives a path. Source: Netlify Docs, "Custom headers"."""
    file = folder / "_headers"
    headers: dict[str, str] = {}
    applies = False
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
            applies = path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1]))
        elif applies:
            key, _, value = line.strip().partition(":")
            headers[key.strip().lower()] = value.strip()
    return headers
