"""One tab of a real browser in a profile of its own: it opens pages of the site, makes the choice that its state is
about, and writes down what happens."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from playwright.async_api import TimeoutError as TooLongError

from .browser import CHOICES, CONSENT_COOKIE, NO_SCRIPT, SIGNAL, Plan, Seen
from .serving import origin, own_answer, own_headers

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.async_api import Browser, BrowserContext, Cookie, Page, Route

    from .browser import Answer

_MILLISECONDS = 15_000
_QUIET_MILLISECONDS = 5_000
_BLANK = "privacy-audit-between-two-pages"  # an empty page of the site's own
# Chromium does not know the signal: browsers and extensions that send it set this property (W3C, GPC)
_SIGNAL = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });"
# What pages hear when they are left, where many send what they have gathered. Requests of a page that is really left
# are not told to us any more.
_LEAVING = """() => {
  for (const [name, value] of [["visibilityState", "hidden"], ["hidden", true]])
    Object.defineProperty(document, name, { get: () => value, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  for (const name of ["beforeunload", "pagehide", "unload"]) dispatchEvent(new Event(name));
}"""
_STORAGE = """async () => {
  window.name = "";
  return [
    ...Object.keys(localStorage).map((name) => ["local", name]),
    ...Object.keys(sessionStorage).map((name) => ["session", name]),
    ...(await indexedDB.databases()).map(({ name }) => ["indexeddb", name]),
    ...(self.caches ? await caches.keys() : []).map((name) => ["unknown", name]),
  ];
}"""


@dataclass
class _Log:
    requests: set[str] = field(default_factory=set)
    violations: set[str] = field(default_factory=set)


async def new_tab(browser: Browser, plan: Plan, state: str, answer: Answer) -> Tab:
    """Return a tab in a fresh profile. answer: what a choice on another page has left, or nothing."""
    profile = await browser.new_context(
        java_script_enabled=state != NO_SCRIPT,
        service_workers="block",
        extra_http_headers={"Sec-GPC": "1"} if state == SIGNAL else {},
    )
    if state == SIGNAL:
        await profile.add_init_script(_SIGNAL)
    await profile.add_cookies(answer)
    tab = Tab(profile, await profile.new_page(), plan, state, has_answer=bool(answer))
    await tab.listen()
    return tab


class Tab:
    """A tab and its profile. has_answer: whether the profile holds the answer to the banner's question."""

    def __init__(self, profile: BrowserContext, page: Page, plan: Plan, state: str, *, has_answer: bool) -> None:
        self._profile, self._page, self._plan, self._state = profile, page, plan, state
        self._has_answer = has_answer
        self._is_used = False
        self._log = _Log()

    async def listen(self) -> None:
        """Begin to write down what happens."""
        await self._profile.route("**/*", self._answered)
        self._page.on("console", lambda said: self._note(said.text))
        self._page.on("dialog", lambda dialog: dialog.accept())  # such as: whether the page may be left

    def is_as_new(self, state: str, has_answer: bool) -> bool:
        """Whether it is as good as a new tab in a state: the pages before have left nothing there but the answer."""
        return state == self._state and has_answer == self._has_answer and not self._is_used

    async def close(self) -> None:
        """End it, with all that its profile holds."""
        await self._profile.close()

    async def seen(self, name: str, *, chooses: bool) -> Seen:
        """Open a page, make the state's choice where it is to be made here, open the page again then; return what the
        browser did up to when the page was left."""
        self._log = _Log()
        await self._open(name)
        if chooses and await self._choose(CHOICES[self._state]):
            await self._open(name)
        if self._state != NO_SCRIPT:
            await self._page.evaluate(_LEAVING)
        # From an empty page of the same origin can be read what a page has stored, whatever it has become meanwhile.
        await self._open(_BLANK)
        storage = [] if self._state == NO_SCRIPT else await self._page.evaluate(_STORAGE)
        cookies = await self._profile.cookies()
        self._has_answer = any(_is_answer(cookie) for cookie in cookies)
        is_watched = not (self._plan.live and self._log.requests)  # what a third party itself has stored, nobody sees
        self._is_used = bool(storage) or not all(map(_is_answer, cookies)) or not is_watched
        return Seen(
            tuple(sorted(self._log.requests)),
            tuple(sorted({(str(cookie.get("domain")), str(cookie.get("name"))) for cookie in cookies})),
            tuple(sorted({(str(kind), str(name)) for kind, name in storage})),
            tuple(sorted(self._log.violations)),
        )

    async def answer(self) -> Answer:
        """Return the answer that the profile holds, as another can be given it."""
        return [cast("SetCookieParam", cookie) for cookie in await self._profile.cookies() if _is_answer(cookie)]

    async def _open(self, name: str) -> None:
        await self._page.goto(self._plan.root + quote(name), wait_until="load", timeout=_MILLISECONDS)
        if name == _BLANK:
            return
        with suppress(TooLongError):  # a page that never rests: what it asked for up to now counts
            await self._page.wait_for_load_state("networkidle", timeout=_QUIET_MILLISECONDS)

    async def _choose(self, choice: str) -> bool:
        """Open the privacy settings and choose. Return whether the page has any."""
        control = self._page.locator("a[data-consent-open]").last
        if await control.count() == 0:
            return False
        await control.evaluate("element => element.click()")
        button = self._page.locator(f"[data-consent] [data-consent-choice={choice}]").first
        await button.click(timeout=_MILLISECONDS)
        return True

    def _note(self, said: str) -> None:
        if "Content Security Policy" in said:
            self._log.violations.add(" ".join(said.split()))

    async def _answered(self, route: Route) -> None:
        """Answer a request: the site's own from the folder; any other is written down, and refused unless live."""
        url, root = route.request.url, self._plan.root
        if not url.startswith(("http:", "https:", "ws:", "wss:")):
            await route.continue_()
        elif origin(url) != origin(root):
            self._log.requests.add(url)
            await (route.continue_() if self._plan.live else route.abort())
        elif url == root + _BLANK:
            # with the site's headers: for a page of another opener policy the browser starts another process
            headers = {"content-type": "text/html", **own_headers(self._plan.folder, "/")}
            await route.fulfill(status=200, headers=headers, body="")
        else:
            await route.fulfill(**own_answer(self._plan.folder, root, url))


def _is_answer(cookie: Cookie) -> bool:
    return cookie.get("name") == CONSENT_COOKIE
