"""A real browser, a web of our own, and a strict eye on everything that either of them complains about."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import STATS, STATS_SCRIPT, Site, asleep
from tests.browser.third_party import ThirdParty

EXPECT_MILLISECONDS = 10_000
# Chromium does not know the signal: browsers and extensions that send it set this property
SIGNAL = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });"


class NewPage(Protocol):
    """Opens a tab in a fresh profile."""

    def __call__(self, *, signal: bool = False, width: int = 1024, height: int = 768, **context: Any) -> Page: ...


@pytest.fixture
def third_party(web: ThirdParty) -> Iterator[ThirdParty]:
    """The same server with an empty memory."""
    web.forget()
    yield web
    assert web.mistakes == []
    web.forget()


@pytest.fixture
def site(third_party: ThirdParty) -> Site:
    """The company's site under https://www.example.com, with no pages yet."""
    return Site(third_party)


@pytest.fixture
def start(site: Site) -> str:
    """A page with a film and a counter."""
    site.policy_page()
    return site.page("/", site.video() + asleep(STATS_SCRIPT, STATS))


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: breaches of the policy (CSP), errors of scripts, missing files.

    A test that provokes a complaint asserts its text and removes it."""
    return []


@pytest.fixture
def new_page(browser: Browser, site: Site, complaints: list[str]) -> Iterator[NewPage]:
    """Tabs, each in a fresh profile. After the test, nothing may have been complained about in any of them."""
    with ExitStack() as stack:

        def open_page(*, signal: bool = False, width: int = 1024, height: int = 768, **context: Any) -> Page:
            profile = browser.new_context(viewport={"width": width, "height": height}, **context)
            stack.callback(profile.close)
            profile.set_default_timeout(EXPECT_MILLISECONDS)
            if signal:
                profile.add_init_script(SIGNAL)
            page = profile.new_page()
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield open_page
    assert complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One tab in a fresh profile."""
    return new_page()
