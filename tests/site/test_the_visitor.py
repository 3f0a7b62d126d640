"""The visit itself notices what it is there for: pages with one fault each."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.site.visit import Visit, visit_all

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'"
STYLE = """
    body { margin: 0; color: #222; background: #fff } .wide { width: 400px }
    @media (prefers-color-scheme: dark) { .pale { color: #777; background: #666 } }
"""
# The second frame: what comes before the first one shifts nothing
SLOW = "requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('p').before(document.createElement('hr'))))"


def visited(browser: Browser, web: ThirdParty, main: str, policy: str = POLICY) -> Visit:
    """Return what is seen on a page that is good apart from `main`."""
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title>'
        '<link rel="icon" href="/bad.svg"><link rel="stylesheet" href="/bad.css"></head>'
        f"<body><main><h1>Page</h1>{main}</main></body></html>"
    )
    web.answer(SITE_HOST, "/bad.html", html, headers={"Content-Security-Policy": policy})
    web.answer(SITE_HOST, "/bad.css", STYLE)
    web.answer(SITE_HOST, "/bad.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="9"/>')
    return visit_all(browser, web, ["bad.html"])["bad.html"]


def test_a_good_page_is_good(browser: Browser, web: ThirdParty) -> None:
    visit = visited(browser, web, "<p>Words.</p>")
    assert visit == Visit(transferred=visit.transferred)
    assert "/bad.html" in visit.transferred


def test_a_picture_without_alt_is_seen(browser: Browser, web: ThirdParty) -> None:
    visit = visited(browser, web, '<img src="/bad.svg" width="300" height="9">')
    assert visit.accessibility[0].startswith("banner open: image-alt: img <img")


def test_a_faint_text_in_the_dark_is_seen(browser: Browser, web: ThirdParty) -> None:
    visit = visited(browser, web, '<p class="pale">Words.</p>')
    assert visit.accessibility == ['banner closed, dark: color-contrast: p <p class="pale">Words.</p>']


def test_an_inline_style_is_seen(browser: Browser, web: ThirdParty) -> None:
    visit = visited(browser, web, '<p style="color: red">Words.</p>')
    assert visit.breaches == ["style-src-attr inline"]


def test_a_request_to_another_host_is_seen(browser: Browser, web: ThirdParty) -> None:
    image = '<img src="https://cdn.example/x.svg" alt="A picture" width="20" height="10">'
    assert visited(browser, web, image, policy="base-uri 'none'").foreign == ["cdn.example"]


def test_a_missing_file_is_seen(browser: Browser, web: ThirdParty) -> None:
    visit = visited(browser, web, '<script src="/missing.js"></script>')
    assert visit.complaints == ["Failed to load resource: the server responded with a status of 404 (Not Found)"]


def test_what_is_wider_than_a_telephone_is_seen(browser: Browser, web: ThirdParty) -> None:
    assert visited(browser, web, '<p class="wide">Words.</p>').wider == ['<p class="wide">Words.</p>']


def test_a_shift_of_the_layout_is_seen(browser: Browser, web: ThirdParty) -> None:
    web.answer(SITE_HOST, "/slow.js", SLOW)
    visit = visited(browser, web, f'<p>{"Words. " * 200}</p><script src="/slow.js"></script>')
    assert len(visit.shifts) == 1
    assert "Words." in visit.shifts[0]


@pytest.mark.parametrize(
    "code",
    [
        "localStorage.a = 1",
        "sessionStorage.a = 1",
        "document.cookie = 'a=1'",
        "indexedDB.open('a')",
        "caches.open('a')",
    ],
)
def test_what_is_kept_on_the_device_is_seen(browser: Browser, web: ThirdParty, code: str) -> None:
    assert visited(browser, web, f"<script>{code}</script>", policy="base-uri 'none'").stored == ["a"]
