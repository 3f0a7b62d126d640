"""After the choice: it is kept, it can be changed at any time, and changing it undoes what it allowed."""

import time
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

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
# Set as the services' scripts would set them, while their consent holds
STORE = """async () => { document.cookie = 'video_id=1; Path=/; Secure';
    document.cookie = 'video_id=2; Path=/; Domain=.example.com; Secure';
    document.cookie = '_st_a7=1; Path=/; Domain=www.example.com; Secure';
    document.cookie = 'own=1; Path=/; Secure';
    localStorage['video-volume'] = localStorage['stats.queue'] = localStorage.own = 1;
    sessionStorage['video-tab'] = sessionStorage.own = 1;
    const made = ['video-db-1', 'own'].map((name) => new Promise((done) => {
        indexedDB.open(name).onsuccess = ({ target }) => { target.result.close(); done() } }));
    await Promise.all(made) }"""
OPEN = """() => new Promise((done) => {
    indexedDB.open('video-db-1').onsuccess = ({ target }) => { window.database = target.result; done() } })"""
STORED = """() => [document.cookie.split('; ').filter(pair => !pair.startsWith('consent=')).sort(),
                   Object.keys(localStorage).sort(), Object.keys(sessionStorage).sort()]"""
# Databases are deleted by and by; nothing tells when
DATABASES = """async (expected) => {
    const names = async () => (await indexedDB.databases()).map(({ name }) => name).sort().join();
    for (let tries = 0; tries < 600 && await names() !== expected; tries++) await new Promise(requestAnimationFrame);
    return names() }"""


@pytest.fixture
def start(site: Site) -> str:
    """A page with a film and a counter."""
    site.policy_page()
    return site.page("/", site.video() + asleep(STATS_SCRIPT, STATS))


def chosen(page: Page) -> str:
    """What the cookie says was agreed to and refused."""
    return next(".".join(c["value"].split(".")[3:5]) for c in page.context.cookies() if c["name"] == "consent")


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def reopen(page: Page) -> None:
    page.get_by_role("link", name="Privacy settings").click()


def expect_reload(page: Page) -> None:
    expect(page.locator("html:not([data-before-reload])")).to_have_count(1)


def mark_before_reload(page: Page) -> None:
    page.evaluate("document.documentElement.dataset.beforeReload = ''")


def expect_own_stored(page: Page) -> None:
    """Of all that `STORE` stored, what no service declares is there, and nothing else."""
    assert page.evaluate(STORED) == [["own=1"], ["own"], ["own"]]
    assert page.evaluate(DATABASES, "own") == "own"


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
    start: str, page: Page, button: str, services: str, method: str
) -> None:
    """Rules 19, 22 and 23: first-party, Lax, Secure, whole site, 183 days; version, revision, time, services, a
    random number, method and language."""
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
    chosen, number, how, language = rest.rsplit(".", 3)
    assert (version, revision, chosen, how, language) == ("1", "r1", services, method, "en")
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
    page.get_by_text("Choose for each service").click()
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
    page.get_by_text("Choose for each service").click()
    page.get_by_role("checkbox", name="Example Stats").check()
    click(page, "Save selection")
    third_party.wait_for(STATS_HOST, "/count.js")
    page.reload(wait_until="networkidle")
    assert third_party.hosts == {STATS_HOST}
    reopen(page)
    expect(page.get_by_role("checkbox", name="Example Stats")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Example Video")).not_to_be_checked()


def test_withdrawing_deletes_what_was_stored_and_stops_what_runs(
    start: str, page: Page, third_party: ThirdParty
) -> None:
    """Rules 17 and 18: from any page two clicks; declared names go from every domain, the others stay; the page
    starts anew without the services."""
    page.goto(start)
    click(page, "Accept all")
    third_party.wait_for(STATS_HOST, "/count.js")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    page.evaluate(STORE)
    reopen(page)
    mark_before_reload(page)
    click(page, "Reject all")
    expect_reload(page)
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect_own_stored(page)
    expect(page.get_by_role("region")).to_be_hidden()
    assert third_party.asked(VIDEO_HOST, "/embed/1") == third_party.asked(STATS_HOST, "/count.js") == 1


def test_a_database_that_a_running_script_has_open_is_deleted_with_the_new_page(start: str, page: Page) -> None:
    """Rule 17: browsers delete no open database; withdrawing ends the script that has it open, and then it goes."""
    page.goto(start)
    click(page, "Accept all")
    page.evaluate(OPEN)
    mark_before_reload(page)
    reopen(page)
    click(page, "Reject all")
    expect_reload(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(DATABASES, "") == ""


@pytest.mark.parametrize("path", ["/", POLICY])
def test_withdrawing_is_one_click_as_agreeing_was(start: str, page: Page, third_party: ThirdParty, path: str) -> None:
    """Rule 18: "Withdraw consent" stands on every page once there is something to withdraw, and not before; then
    the message is said and has the focus, after a new page as well, and only once."""
    page.goto(start)
    withdraw = page.get_by_role("button", name="Withdraw consent")
    expect(page.get_by_role("region")).to_be_visible()
    expect(withdraw).to_be_hidden()
    click(page, "Accept all")
    third_party.wait_for(STATS_HOST, "/count.js")
    page.goto(ORIGIN + path)
    page.evaluate(STORE)
    withdraw.click()
    expect(page.get_by_role("status")).to_have_text(
        "Your choice applies: no service is allowed. You can change it through “Privacy settings”."
    )
    expect(page.get_by_role("status")).to_be_focused()
    expect(withdraw).to_be_hidden()
    expect_own_stored(page)
    assert chosen(page) == ".video+stats"
    page.reload()
    expect(page.get_by_role("link", name="Privacy settings")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("")


def test_what_others_keep_in_the_history_survives_withdrawing(start: str, page: Page) -> None:
    """The message crosses the new page in the state of the history, beside whatever stands there."""
    page.goto(start)
    click(page, "Accept all")
    expect(page.locator("main > iframe")).to_be_visible()
    page.evaluate("history.replaceState({ own: 1 }, '')")
    click(page, "Withdraw consent")
    expect(page.get_by_role("status")).to_contain_text("no service is allowed")
    assert page.evaluate("history.state") == {"own": 1}


def test_a_cookie_of_another_path_is_deleted_too(start: str, page: Page) -> None:
    """Rule 17: where a path is declared, though the page where consent is withdrawn cannot see that cookie."""
    page.goto(start)
    page.evaluate("document.cookie = 'video_deep=1; Path=/privacy/; Secure'")
    click(page, "Reject all")
    expect(page.get_by_role("region")).to_be_hidden()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["consent"]


def test_withdrawing_one_service_leaves_the_other(start: str, page: Page) -> None:
    """Rule 17, per service."""
    page.goto(start)
    click(page, "Accept all")
    expect(page.locator("html")).to_have_attribute("data-order", " count")
    page.evaluate(STORE)
    reopen(page)
    page.get_by_role("checkbox", name="Example Video").uncheck()
    mark_before_reload(page)
    click(page, "Save selection")
    expect_reload(page)
    expect(page.locator("html")).to_have_attribute("data-order", " count")
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    assert page.evaluate(STORED) == [["_st_a7=1", "own=1"], ["own", "stats.queue"], ["own"]]


def test_what_a_service_wrote_while_the_page_was_left_is_deleted_on_the_next_page(start: str, page: Page) -> None:
    """Rule 17: scripts write their cookies again when a page is left; the next page deletes them."""
    page.goto(start)
    click(page, "Reject all")
    page.evaluate(STORE)
    page.goto(ORIGIN + POLICY, wait_until="networkidle")
    expect_own_stored(page)


def test_allowing_more_needs_no_new_page(start: str, page: Page, third_party: ThirdParty) -> None:
    """A service added to the choice wakes where it stands; what runs goes on."""
    page.goto(start)
    click(page, "Reject all")
    mark_before_reload(page)
    reopen(page)
    click(page, "Accept all")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.locator("html")).to_have_attribute("data-before-reload", "")


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


def test_refusing_after_loading_once_takes_the_content_away(start: str, page: Page, third_party: ThirdParty) -> None:
    """Rule 17 for what was loaded without lasting consent."""
    page.goto(start)
    click(page, "Load once")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    page.evaluate("document.cookie = 'video_id=1; Path=/; Secure'")
    mark_before_reload(page)
    click(page, "Reject all")
    expect_reload(page)
    expect(page.locator(".gate")).to_have_count(1)
    assert page.evaluate(STORED) == [[], [], []]


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


def test_withdrawing_where_nothing_runs_deletes_without_a_new_page(start: str, page: Page) -> None:
    """Rules 17, 18 and 33: from a page without the service; the message and the focus are not lost."""
    page.goto(start)
    click(page, "Accept all")
    page.goto(ORIGIN + POLICY)
    page.evaluate(STORE)
    mark_before_reload(page)
    reopen(page)
    click(page, "Reject all")
    expect(page.get_by_role("status")).to_contain_text("no service is allowed")
    expect(page.get_by_role("link", name="Privacy settings")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-before-reload", "")
    expect_own_stored(page)


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
    page.get_by_text("Choose for each service").click()
    page.get_by_role("checkbox", name="Example Video").check()
    click(page, "Save selection")
    page.reload(wait_until="networkidle")
    assert third_party.hosts == set()
    click(page, "Always load Example Video, Example Stats")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    assert chosen(page) == "video+stats."


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
