"""The buttons of the placeholder: once is no consent, always is consent to that service."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.choices import chosen, click, mark_before_reload
from tests.browser.pages import IFRAME, STATS, STATS_HOST, STATS_SCRIPT, VIDEO, VIDEO_HOST, Site, asleep
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser


def test_loading_once_is_no_consent(site: Site, page: Page, third_party: ThirdParty) -> None:
    """One gate wakes, its twin and other services sleep on, nothing is stored, the next page is as before."""
    page.goto(site.page("/", site.video() + site.video() + asleep(STATS_SCRIPT, STATS)))
    page.get_by_role("button", name="Load once").first.click()
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.locator(".gate")).to_have_count(1)
    expect(page.get_by_role("region")).to_be_visible()
    assert page.context.cookies() == []
    assert third_party.hosts == {VIDEO_HOST}
    page.reload()
    expect(page.locator(".gate")).to_have_count(2)


def test_agreeing_to_another_service_leaves_what_was_loaded_once(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """Nothing is taken away that nobody refused."""
    map_image = f'<img src="https://{STATS_HOST}/map.svg" alt="Map">'
    page.goto(site.page("/", site.video() + site.gate(map_image, STATS)))
    page.get_by_role("button", name="Load once").first.click()
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    mark_before_reload(page)
    # by keyboard: a click right after scrolling past a new frame of another site may land in that frame
    page.get_by_role("button", name="Always load Example Stats").press("Enter")
    third_party.wait_for(STATS_HOST, "/map.svg")
    expect(page.locator("main > iframe")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-before-reload", "")


def test_always_takes_nothing_away_that_was_loaded_once(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Also where it had been refused before: nobody refuses it now."""
    map_image = f'<img src="https://{STATS_HOST}/map.svg" alt="Map">'
    page.goto(site.page("/", site.video() + site.gate(map_image, STATS)))
    click(page, "Reject all")
    mark_before_reload(page)
    page.get_by_role("button", name="Load once").first.press("Enter")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    page.get_by_role("button", name="Always load Example Stats").press("Enter")
    third_party.wait_for(STATS_HOST, "/map.svg")
    expect(page.locator("main > iframe")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-before-reload", "")
    assert chosen(page) == "stats.video"


def test_always_is_consent_to_that_service_alone(site: Site, page: Page, third_party: ThirdParty) -> None:
    """All gates of the service wake, also on later pages; the other service is still asked for."""
    page.goto(site.page("/", site.video() + site.video() + asleep(STATS_SCRIPT, STATS)))
    page.get_by_role("button", name="Always load Example Video").first.click()
    expect(page.locator("main > iframe")).to_have_count(2)
    expect(page.get_by_role("region")).to_be_visible()
    page.reload(wait_until="networkidle")
    expect(page.locator("main > iframe")).to_have_count(2)
    expect(page.get_by_role("region")).to_be_visible()
    assert chosen(page) == "video."
    assert third_party.hosts == {VIDEO_HOST}
    click(page, "Reject all")
    expect(page.locator(".gate")).to_have_count(2)


def test_always_is_kept_before_anything_is_loaded(start: str, page: Page) -> None:
    """Rule 22: whoever is asked for something was agreed to already; a page that is left just then loses no choice."""
    page.add_init_script("""const { replaceWith } = Element.prototype;
        Element.prototype.replaceWith = function (...nodes) {
            if (this.matches(".gate")) document.documentElement.dataset.kept = document.cookie;
            return replaceWith.apply(this, nodes) }""")
    page.goto(start)
    click(page, "Always load Example Video")
    expect(page.locator("main > iframe")).to_be_visible()
    assert ".video.." in (page.locator("html").get_attribute("data-kept") or "")


def test_always_overrides_an_earlier_refusal_of_that_service(start: str, page: Page) -> None:
    """The latest explicit choice counts."""
    page.goto(start)
    click(page, "Reject all")
    click(page, "Always load Example Video")
    expect(page.locator("main > iframe")).to_be_visible()
    assert chosen(page) == "video.stats"


def test_a_gate_of_two_services_needs_both(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Markup that loads from two services sleeps until both are allowed; the placeholder's "always" allows both."""
    page.goto(site.page("/", site.gate(IFRAME, VIDEO, STATS)))
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="Example Video").check()
    click(page, "Save selection")
    page.reload(wait_until="networkidle")
    assert third_party.hosts == set()
    click(page, "Always load Example Video, Example Stats")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    assert chosen(page) == "video+stats."
