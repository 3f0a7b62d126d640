"""Global Privacy Control: a browser that says no has answered; nobody asks again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import ORIGIN, POLICY, STATS_HOST, VIDEO_HOST, Site
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A tab of a browser that sends the signal."""
    return new_page(signal=True)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_signal_is_a_refusal_that_is_shown(
    site: Site, page: Page, third_party: ThirdParty, language: str
) -> None:
    """Rule 26: no banner, no request, nothing stored; beside the control and in the placeholder a line says why."""
    site.language = language
    page.goto(site.page("/", site.video()), wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_hidden()
    expect(page.locator(".gate-notice").get_by_text(site.messages["signal"])).to_be_visible()
    expect(page.locator(".consent-control").get_by_text(site.messages["signal"])).to_be_visible()
    assert third_party.hosts == set()
    assert page.context.cookies() == []


def test_the_signal_is_shown_on_pages_where_nothing_waits(page: Page, start: str) -> None:
    """Rule 26: on every page, beside the control."""
    page.goto(ORIGIN + POLICY)
    expect(page.locator(".consent-control")).to_contain_text("honoured")
    expect(page.locator(".consent-control [data-consent-signal]")).to_be_visible()


def test_without_the_signal_nothing_speaks_of_it(new_page: NewPage, start: str) -> None:
    """No conflicting text."""
    page = new_page()
    page.goto(start)
    expect(page.get_by_role("region")).to_be_visible()
    for line in page.locator("[data-consent-signal]").all():
        expect(line).to_be_hidden()


def test_an_explicit_choice_for_one_service_wins_for_that_service(
    page: Page, start: str, third_party: ThirdParty
) -> None:
    """Rule 26: the later, explicit choice counts, and the signal goes on refusing the rest without a banner."""
    page.goto(start)
    page.get_by_role("button", name="Always load Example Video").click()
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    page.reload(wait_until="networkidle")
    expect(page.locator("main > iframe")).to_be_visible()
    expect(page.get_by_role("region")).to_be_hidden()
    expect(page.locator(".consent-control [data-consent-signal]")).to_be_visible()
    assert third_party.hosts == {VIDEO_HOST}


def test_an_explicit_choice_for_all_ends_what_the_signal_decided(
    page: Page, start: str, third_party: ThirdParty
) -> None:
    """Rule 26: through the control everything can be allowed; then the line would be untrue, and is gone."""
    page.goto(start)
    page.get_by_role("link", name="Privacy settings").click()
    page.get_by_role("button", name="Accept all").click()
    third_party.wait_for(STATS_HOST, "/count.js")
    page.reload()
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.locator("main > iframe")).to_be_visible()
    expect(page.locator(".consent-control [data-consent-signal]")).to_be_hidden()


@pytest.mark.parametrize("value", ["false", "undefined", "'1'", "1"])
def test_only_true_is_the_signal(new_page: NewPage, start: str, value: str) -> None:
    """Rule 27: the property is a boolean; anything else is no signal, and the question is put."""
    page = new_page()
    page.add_init_script(
        f"Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {{ get: () => {value} }})"
    )
    page.goto(start)
    expect(page.get_by_role("region")).to_be_visible()


@pytest.mark.parametrize("signal", [False, True])
def test_the_link_of_californias_law_opens_the_choices(site: Site, new_page: NewPage, signal: bool) -> None:
    """Rule 29: on every page, by exactly this title; opting out takes no account and no data, and two clicks."""
    site.sells_or_shares = True
    page = new_page(signal=signal)
    page.goto(site.policy_page())
    page.get_by_role("link", name="Do Not Sell or Share My Personal Information", exact=True).click()
    expect(page.get_by_role("region")).to_be_focused()
    page.get_by_role("button", name="Reject all").click()
    expect(page.get_by_role("status")).to_contain_text("no service is allowed")
