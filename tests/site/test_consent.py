"""Consent on the site as it is published: no page needs JavaScript to keep its promise, and a choice does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.third_party import ThirdParty
from tests.site.conftest import serve
from tests.site.visit import ORIGIN
from tests.site_kit import ROOT

pytestmark = pytest.mark.browser

# What of a page would reach another host without a click, as the browser's own tree and style sheets have it
ACTIVE = """() => {
    const isForeign = (url) => /^https?:/.test(url) && new URL(url).host !== location.host;
    const relations = ['stylesheet', 'preload', 'modulepreload', 'prefetch', 'preconnect', 'dns-prefetch', 'icon'];
    const found = [...document.querySelectorAll('script, iframe, img, source, video, audio, track, object, embed, link')]
        .filter((element) => element.localName !== 'link' || relations.some((word) => element.relList.contains(word)))
        .flatMap((element) => [element.src, element.data, element.href, element.poster,
            ...(element.srcset || '').split(',').map((part) => new URL(part.trim().split(' ')[0], location).href)])
        .filter((url) => url && isForeign(url));
    const inText = [...document.querySelectorAll('noscript')].flatMap((element) =>
        [...new DOMParser().parseFromString(element.textContent, 'text/html').querySelectorAll('[src]')]
            .map((inner) => inner.src).filter(isForeign));
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText);
    const inStyles = rules.flatMap((text) => [...text.matchAll(/(?:url\\(|@import )"?([^")]+)/g)]
        .map((match) => new URL(match[1], location).href).filter(isForeign));
    return [...found, ...inText, ...inStyles] }"""
ROWS = """(tables) => tables.map((table) => [
    [...table.tHead.rows[0].cells].map((cell) => cell.innerText),
    [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))])"""


def test_no_page_holds_anything_active_of_another_host(
    published: Path, pages: list[str], web: ThirdParty, browser: Browser
) -> None:
    """Rule 3: no script, frame, picture, style sheet, hint, font or fallback that points elsewhere, outside templates."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    for name in pages:
        page.goto(f"{ORIGIN}/{name.removesuffix('index.html')}")
        assert page.evaluate(ACTIVE) == [], name
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://a.example/x srcset=\"//b.example/y 2x\">'"
        " + '<noscript><img src=https://c.example/z></noscript>')"
    )  # the counterpart: it can fail
    assert page.evaluate(ACTIVE) == ["https://a.example/x", "https://b.example/y", "https://c.example/z"]
    profile.close()
    web.forget()


@pytest.mark.parametrize(
    ("start", "question"), [("/", "All services and recipients"), ("/de/", "Alle Dienste und Empfänger")]
)
def test_of_everything_that_is_stored_the_policy_says_name_purpose_duration_and_who_can_read_it(
    published: Path, web: ThirdParty, browser: Browser, start: str, question: str
) -> None:
    """Rule 15: one click from the question, in its language; no cell is empty."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    page.goto(ORIGIN + start)
    page.locator("[data-consent-open]").first.click()
    page.get_by_role("region").get_by_role("link", name=question).click()
    page.wait_for_url("**#services")
    tables = page.locator("table:has(tbody > tr > th > code)").evaluate_all(ROWS)
    assert tables
    for head, rows in tables:
        assert len(head) == 5
        assert rows
        for row in rows:
            assert len(row) == 5
            assert all(row), row
    names = [row[0] for _, rows in tables for row in rows]
    assert "consent" in names
    profile.close()
    web.forget()


@pytest.mark.parametrize(
    ("policy", "consent"), [("/privacy/", "your consent"), ("/de/privacy/", "Ihre Einwilligung")]
)
def test_each_service_that_waits_rests_on_consent_and_the_policy_says_so(
    published: Path, web: ThirdParty, browser: Browser, policy: str, consent: str
) -> None:
    """Rule 11: in the table of purposes, the ground of every service of the question is consent."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    page.goto(ORIGIN + policy)
    page.locator("[data-consent-open]").last.click()
    boxes = page.get_by_role("region").locator("input[data-forget]")
    names = boxes.locator("xpath=../span").evaluate_all("all => all.map((e) => e.firstChild.data.trim())")
    rows = [row for _, rows in page.locator("table").evaluate_all(ROWS) for row in rows]
    grounds = {row[0]: row[2] for row in rows if len(row) == 4 and row[0] in names}
    assert sorted(grounds) == sorted(names)
    assert names
    assert all(ground.startswith(consent) for ground in grounds.values()), grounds
    profile.close()
    web.forget()


def test_the_word_on_signals_is_published_with_the_day_of_the_policy(
    published: Path, web: ThirdParty, browser: Browser
) -> None:
    """Rules 27 and 28: as JSON; and the policy says how the signal is treated, and what counts if it was overruled."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    answer = page.goto(ORIGIN + "/.well-known/gpc.json")
    assert answer
    assert answer.headers["content-type"] == "application/json"
    said = answer.json()
    page.goto(ORIGIN + "/privacy/")
    updated = re.search(r"^Updated: (.+)$", (ROOT / "content/privacy/policy.md").read_text("utf-8"), re.MULTILINE)
    assert updated
    assert said == {"gpc": True, "lastUpdate": updated[1]}
    told = page.locator("main").inner_text()
    assert "Global Privacy Control" in told
    assert "your own choice counts" in told
    profile.close()
    web.forget()


def test_without_javascript_no_page_asks_another_host_and_each_leads_to_the_privacy_settings(
    published: Path, pages: list[str], web: ThirdParty, browser: Browser
) -> None:
    """Rule 1, for every page: no request, not even a connection; the control is a link to what the policy says about the choice."""
    serve(web, published)
    profile = browser.new_context(java_script_enabled=False)
    page = profile.new_page()
    for name in pages:
        page.goto(f"{ORIGIN}/{name.removesuffix('index.html')}")
        assert web.hosts == set(), name
        expect(page.locator("body > footer [data-consent-open]").last).to_be_visible()
    assert profile.cookies() == []
    profile.close()
    web.forget()


def test_a_choice_loads_what_was_chosen_and_nothing_else(published: Path, web: ThirdParty, browser: Browser) -> None:
    """From the question to the film, under the headers that follow from the declaration; and back again."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    page.goto(f"{ORIGIN}/blog/video-tour/")
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="YouTube").check()
    page.get_by_role("button", name="Save selection").click()
    expect(page.locator("main iframe").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert web.hosts == {"www.youtube-nocookie.com"}
    page.get_by_role("button", name="Withdraw consent").click()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.locator("main iframe")).to_have_count(0)
    profile.close()
    web.forget()
