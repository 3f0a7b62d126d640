"""Google Consent Mode v2, basic: denied first, told once for each choice, and no tag before consent."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import STATS, STATS_HOST, STATS_SCRIPT, VIDEO, VIDEO_HOST, Site, asleep, wait_until
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser

ANALYTICS = replace(STATS, grants="analytics_storage")
ADS = replace(
    VIDEO, id="ads", name="Example Ads", purpose="marketing", grants="ad_storage ad_user_data ad_personalization"
)
TOLD = "() => (window.dataLayer || []).map(entry => [Object.prototype.toString.call(entry), ...entry])"
ARGUMENTS = "[object Arguments]"
# As Google's own snippet does it: the list may exist, and gtag() adds its arguments to it
STARTER = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('js', 1)"


def mode(*granted: str) -> dict[str, str]:
    """The four types, of which some are granted."""
    types = ("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")
    return {name: "granted" if name in granted else "denied" for name in types}


def told(page: Page) -> list[list[Any]]:
    """All that the tags of Google can read, in its order."""
    entries: list[list[Any]] = page.evaluate(TOLD)
    assert all(entry.pop(0) == ARGUMENTS for entry in entries), "a tag ignores what is no arguments object"
    return entries


@pytest.fixture
def start(site: Site) -> str:
    """A page with a tag and its starter."""
    tag = asleep(STATS_SCRIPT, STATS) + asleep(site.inline(STARTER), STATS)
    return site.page("/", site.video() + tag, services=(VIDEO, ADS, ANALYTICS))


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_without_a_service_of_google_nothing_of_it_exists(site: Site, page: Page) -> None:
    page.goto(site.page("/", site.video()))
    click(page, "Accept all")
    expect(page.locator("main > iframe")).to_be_visible()
    assert page.evaluate("'dataLayer' in window") is False


@pytest.mark.parametrize("signal", [False, True])
def test_everything_is_denied_before_any_tag_and_no_tag_is_loaded(
    new_page: NewPage, start: str, third_party: ThirdParty, signal: bool
) -> None:
    """Rules 30 and 31: the first entry says no to all four; basic mode: no request."""
    page = new_page(signal=signal)
    page.goto(start, wait_until="networkidle")
    assert told(page) == [["consent", "default", mode()]]
    assert third_party.hosts == set()


def test_agreeing_is_told_once_and_before_the_tag_runs(page: Page, start: str, third_party: ThirdParty) -> None:
    """Rule 30: one update; the starter of the tag comes after it."""
    page.goto(start)
    click(page, "Accept all")
    third_party.wait_for(STATS_HOST, "/count.js")
    wait_until(page, "window.dataLayer.length === 3")
    everything = mode("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")
    assert told(page) == [["consent", "default", mode()], ["consent", "update", everything], ["js", 1]]


def test_what_is_granted_follows_the_services_that_were_agreed_to(page: Page, start: str) -> None:
    page.goto(start)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="Example Stats").check()
    click(page, "Save selection")
    wait_until(page, "window.dataLayer.length === 3")
    assert told(page)[1] == ["consent", "update", mode("analytics_storage")]


def test_agreeing_to_a_service_that_is_not_googles_grants_nothing(
    page: Page, start: str, third_party: ThirdParty
) -> None:
    page.goto(start)
    click(page, "Always load Example Video")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    assert told(page) == [["consent", "default", mode()], ["consent", "update", mode()]]


def test_the_next_page_knows_the_choice_before_its_tags(page: Page, start: str) -> None:
    page.goto(start)
    click(page, "Accept all")
    wait_until(page, "window.dataLayer.length === 3")
    page.reload()
    wait_until(page, "window.dataLayer && window.dataLayer.length === 3")
    assert [entry[1] for entry in told(page)] == ["default", "update", 1]


def test_withdrawing_is_told_as_denied(page: Page, start: str) -> None:
    """Rule 30: to the tags that run, before the page starts anew; and there all is denied again."""
    page.goto(start)
    click(page, "Accept all")
    wait_until(page, "window.dataLayer.length === 3")
    page.evaluate("""() => { const push = dataLayer.push;
        dataLayer.push = (entry) => { sessionStorage.last = JSON.stringify([...entry]); return push.call(dataLayer, entry) } }""")
    click(page, "Withdraw consent")
    expect(page.get_by_role("status")).to_contain_text("no service is allowed")
    assert page.evaluate("JSON.parse(sessionStorage.last)") == ["consent", "update", mode()]
    assert told(page) == [["consent", "default", mode()], ["consent", "update", mode()]]
