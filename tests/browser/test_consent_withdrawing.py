"""Withdrawing: as easy as agreeing; what was loaded stops, and what was stored goes."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.choices import chosen, click, expect_reload, mark_before_reload, reopen
from tests.browser.pages import (
    IFRAME,
    ORIGIN,
    POLICY,
    STATS,
    STATS_HOST,
    VIDEO,
    VIDEO_HOST,
    Site,
)
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser

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

# Opening a database that is not there would make it; that is undone again
HAS_DATABASE = """(name) => new Promise((done) => { const asked = indexedDB.open(name); let isNew = false;
    asked.onupgradeneeded = () => { isNew = true; asked.transaction.abort() };
    asked.onsuccess = asked.onerror = () => done(!isNew) })"""


def expect_own_stored(page: Page) -> None:
    """Of all that `STORE` stored, what no service declares is there, and nothing else."""
    assert page.evaluate(STORED) == [["own=1"], ["own"], ["own"]]
    assert page.evaluate(DATABASES, "own") == "own"


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


def test_a_browser_that_lists_no_databases_deletes_those_that_are_declared_by_name(site: Site, page: Page) -> None:
    """Rule 17: `indexedDB.databases` is missing in Firefox before 126 (2024); what a pattern means cannot be found there."""
    page.add_init_script("delete IDBFactory.prototype.databases")
    service = replace(
        VIDEO, forget=[["indexeddb", "video-db-1"], ["indexeddb", "other-*"], ["local", "video-volume"]]
    )
    page.goto(site.page("/", site.gate(IFRAME, service), services=(service, STATS)))
    click(page, "Accept all")
    page.evaluate(STORE)
    mark_before_reload(page)
    click(page, "Withdraw consent")
    expect_reload(page)
    page.wait_for_load_state("networkidle")
    assert "video-volume" not in page.evaluate(STORED)[1]
    assert page.evaluate(HAS_DATABASE, "video-db-1") is False
    assert page.evaluate(HAS_DATABASE, "own") is True


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


def test_withdrawing_in_one_tab_stops_what_runs_in_the_other_once_it_is_looked_at(
    start: str, page: Page, third_party: ThirdParty
) -> None:
    """Rule 17: scripts of a page in another tab go on until it starts anew; a tab in which nothing changed keeps what
    the visitor is about to choose."""
    page.goto(start)
    click(page, "Accept all")
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    other = page.context.new_page()
    other.goto(ORIGIN + POLICY)
    reopen(page)
    page.get_by_role("checkbox", name="Example Stats").uncheck()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("checkbox", name="Example Stats")).not_to_be_checked()
    mark_before_reload(page)
    other.get_by_role("button", name="Withdraw consent").click()
    expect(other.get_by_role("status")).to_contain_text("no service is allowed")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_reload(page)
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    expect(page.get_by_role("region")).to_be_hidden()
    other.close()


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
