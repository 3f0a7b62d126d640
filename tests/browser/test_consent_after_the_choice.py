"""After the choice: it is kept, it can be changed at any time, and changing it undoes what it allowed."""

import time
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.choices import chosen, click, mark_before_reload, reopen
from tests.browser.conftest import NewPage
from tests.browser.pages import (
    IFRAME,
    ORIGIN,
    POLICY,
    STATS,
    STATS_HOST,
    STATS_SCRIPT,
    VIDEO,
    VIDEO_HOST,
    Site,
    asleep,
)
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser

DAYS_183 = 183 * 24 * 60 * 60


def test_accepting_wakes_everything_at_once_and_on_every_later_page(
    site: Site, start: str, page: Page, third_party: ThirdParty
) -> None:
    """Rule 7: one click; the original markup stands where it was written, and the placeholder is gone."""
    page.goto(start)
    click(page, "Accept all")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    third_party.wait_for(STATS_HOST, "/count.js")
    expect(page.get_by_role("region")).to_be_hidden()
    assert page.locator("main > iframe").evaluate("frame => frame.outerHTML") == IFRAME
    expect(page.locator(".gate, template")).to_have_count(0)
    page.reload()
    expect(page.locator("main > iframe")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-order", " count")
    expect(page.get_by_role("region")).to_be_hidden()
    assert third_party.asked(STATS_HOST, "/count.js") == 2


def test_refusing_is_remembered_and_not_asked_again(start: str, page: Page, third_party: ThirdParty) -> None:
    """Rules 19 and 20: nothing loads, the banner stays closed on later visits, the placeholder remains."""
    page.goto(start)
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    page.reload(wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_hidden()
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    assert third_party.hosts == set()


@pytest.mark.parametrize(
    ("button", "services", "method"),
    [("Accept all", "video+stats.", "accept"), ("Reject all", ".video+stats", "reject")],
)
def test_the_cookie_is_the_same_for_both_answers(
    site: Site, start: str, page: Page, button: str, services: str, method: str
) -> None:
    """Rules 19, 22 and 23: first-party, Lax, Secure, whole site, 183 days; version, revision, time, services, a
    random number, method, language and the hash of the words."""
    page.goto(start)
    click(page, button)
    expect(page.get_by_role("region")).to_be_hidden()
    [cookie] = page.context.cookies()
    assert {key: cookie.get(key) for key in ("name", "domain", "path", "secure", "sameSite")} == {
        "name": "consent",
        "domain": "www.example.com",
        "path": "/",
        "secure": True,
        "sameSite": "Lax",
    }
    assert abs(cookie["expires"] - time.time() - DAYS_183) < 120
    version, revision, chosen_at, rest = cookie["value"].split(".", 3)
    chosen, number, how, language, wording = rest.rsplit(".", 4)
    assert (version, revision, chosen, how, language) == ("1", "r1", services, method, "en")
    assert wording == site.wording
    assert abs(int(chosen_at) - time.time()) < 120
    assert 16 <= len(number) <= 40
    assert number.isdecimal()


def test_over_http_the_cookie_is_kept_as_well(start: str, page: Page) -> None:
    """Rule 23: Secure on https; without encryption a browser would refuse such a cookie."""
    page.goto(start.replace("https:", "http:"))
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    [cookie] = page.context.cookies()
    assert cookie["secure"] is False
    page.reload()
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    expect(page.get_by_role("region")).to_be_hidden()


def test_a_purpose_can_be_chosen_as_a_whole(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Rule 14: the box of a purpose ticks its services and no others, and shows when some of them are ticked."""
    other = replace(VIDEO, id="map", name="Example Map")
    page.goto(site.page("/", site.video() + asleep(STATS_SCRIPT, STATS), services=(VIDEO, other, STATS)))
    page.get_by_role("button", name="Choose").click()
    purpose = page.get_by_role("checkbox", name="Functional")
    film, map_ = page.get_by_role("checkbox", name="Example Video"), page.get_by_role("checkbox", name="Example Map")
    purpose.check()
    expect(film).to_be_checked()
    expect(map_).to_be_checked()
    expect(page.get_by_role("checkbox", name="Statistics")).not_to_be_checked()
    map_.uncheck()
    expect(purpose).to_be_checked(indeterminate=True)
    map_.check()
    expect(purpose).to_be_checked()
    map_.uncheck()
    click(page, "Save selection")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    assert chosen(page) == "video.map+stats"
    reopen(page)
    expect(purpose).to_be_checked(indeterminate=True)
    expect(page.get_by_role("checkbox", name="Statistics")).not_to_be_checked()


def test_each_service_can_be_chosen_alone(start: str, page: Page, third_party: ThirdParty) -> None:
    """Rule 14: what is ticked is allowed, what is not ticked is refused, and the boxes show it afterwards."""
    page.goto(start)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="Example Stats").check()
    click(page, "Save selection")
    third_party.wait_for(STATS_HOST, "/count.js")
    page.reload(wait_until="networkidle")
    assert third_party.hosts == {STATS_HOST}
    reopen(page)
    expect(page.get_by_role("checkbox", name="Example Stats")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Example Video")).not_to_be_checked()


def test_allowing_more_needs_no_new_page(start: str, page: Page, third_party: ThirdParty) -> None:
    """A service added to the choice wakes where it stands; what runs goes on."""
    page.goto(start)
    click(page, "Reject all")
    mark_before_reload(page)
    reopen(page)
    click(page, "Accept all")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.locator("html")).to_have_attribute("data-before-reload", "")


def test_a_choice_in_another_tab_is_not_overwritten(start: str, page: Page) -> None:
    """What is shown and changed is the choice as it is stored now."""
    page.goto(start)
    other = page.context.new_page()
    other.goto(ORIGIN + POLICY)
    reopen(other)
    click(page, "Always load Example Video")
    reopen(other)
    expect(other.get_by_role("checkbox", name="Example Video")).to_be_checked()
    expect(other.get_by_role("checkbox", name="Example Stats")).not_to_be_checked()
    other.close()


def test_another_revision_asks_again(site: Site, start: str, page: Page, third_party: ThirdParty) -> None:
    """Rule 21: consent to other facts is no consent; the same facts are not asked for twice."""
    page.goto(start)
    click(page, "Accept all")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    site.revision = "r2"
    page.goto(site.page("/new/", site.video()), wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_visible()
    assert third_party.asked(VIDEO_HOST, "/embed/1") == 1
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("region")).to_be_hidden()


def test_where_nothing_can_be_stored_the_choice_holds_for_the_page(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """Blocked cookies and storage throw on every access (here: a sandboxed page); everything works for this view."""
    site.csp_extra = "; sandbox allow-scripts"
    page.goto(site.page("/", site.video() + asleep(STATS_SCRIPT, STATS)))
    assert page.evaluate("() => { try { return document.cookie } catch (error) { return error.name } }") == (
        "SecurityError"
    )
    click(page, "Always load Example Video")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.get_by_role("region")).to_be_visible()
    click(page, "Accept all")
    third_party.wait_for(STATS_HOST, "/count.js")
    expect(page.get_by_role("region")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("region")).to_be_visible()


def test_where_cookies_are_silently_dropped_the_choice_holds_for_the_page(
    start: str, new_page: NewPage, third_party: ThirdParty
) -> None:
    """Some browsers drop cookies without an error."""
    page = new_page()
    page.add_init_script("Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} })")
    page.goto(start)
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    click(page, "Always load Example Video")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.get_by_role("region")).to_be_hidden()
    reopen(page)
    expect(page.get_by_role("checkbox", name="Example Video")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Example Stats")).not_to_be_checked()


def test_the_policy_of_the_page_is_the_strictest_and_nothing_breaks_it(site: Site, start: str, page: Page) -> None:
    """Rule 34: `default-src 'none'` and what is declared, no `unsafe-…`; on the whole way from the question to the
    withdrawal the browser has nothing to complain about."""
    assert "default-src 'none'" in site.csp()
    assert "unsafe" not in site.csp()
    page.add_init_script("""if (top === self) sessionStorage.broken ||= '';
        if (top === self) addEventListener('securitypolicyviolation', (e) => { sessionStorage.broken += e.violatedDirective + ' ' })""")
    page.goto(start)
    click(page, "Load once")
    expect(page.locator("main > iframe")).to_be_visible()
    page.reload()
    click(page, "Choose")
    page.get_by_role("checkbox", name="Example Stats").check()
    click(page, "Save selection")
    click(page, "Always load Example Video")
    reopen(page)
    with page.expect_download():
        click(page, "Download record of my choice")
    click(page, "Accept all")
    click(page, "Withdraw consent")
    expect(page.get_by_role("status")).to_be_focused()
    assert page.evaluate("sessionStorage.broken") == ""


def test_going_back_shows_the_choice_that_was_made_meanwhile(site: Site, start: str, page: Page) -> None:
    """Rule 34: a page from the back/forward cache wakes what was allowed since, and starts anew when something
    that runs in it was refused."""
    page.add_init_script(
        "addEventListener('pageshow', e => { if (e.persisted) document.documentElement.dataset.revived = '' })"
    )
    page.goto(start)
    expect(page.get_by_role("region")).to_be_visible()
    page.get_by_role("region").get_by_role("link", name="Privacy policy").click()
    page.wait_for_url("**/privacy/")
    reopen(page)
    click(page, "Accept all")
    page.go_back(wait_until="commit")
    expect(page.locator("html[data-revived] main > iframe")).to_be_visible()
    expect(page.get_by_role("region")).to_be_hidden()

    page.go_forward(wait_until="commit")
    expect(page.get_by_role("heading", name="Privacy")).to_be_visible()
    reopen(page)
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    expect(page.locator("html[data-revived]")).to_have_count(0)
