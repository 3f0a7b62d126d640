"""Before the visitor has chosen: nothing leaves, nothing is stored, nothing is decided for them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import (
    IFRAME,
    ORIGIN,
    POLICY,
    SERVICES,
    STATS,
    STATS_HOST,
    STATS_SCRIPT,
    VIDEO_HOST,
    Site,
    asleep,
    messages,
)
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser

HEAD = asleep(
    f'<link rel="preconnect" href="https://{STATS_HOST}"><link rel="dns-prefetch" href="https://{STATS_HOST}">'
    f'<link rel="preload" as="script" href="https://{STATS_HOST}/early.js">'
    f'<link rel="stylesheet" href="https://{STATS_HOST}/look.css">',
    STATS,
)
STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length,
                         (await indexedDB.databases()).length]"""


def everything_held_back(site: Site) -> str:
    pixel = f'<img src="https://{STATS_HOST}/pixel.svg" srcset="https://{STATS_HOST}/two.svg 2x" alt="">'
    return site.page("/", site.video() + asleep(STATS_SCRIPT, STATS) + asleep(pixel, STATS), HEAD)


@pytest.mark.parametrize("java_script", [True, False])
def test_nothing_leaves_before_a_choice(
    site: Site, new_page: NewPage, third_party: ThirdParty, java_script: bool
) -> None:
    """Rule 1: no request, and no connection, to any host but the site's, with and without JavaScript."""
    page = new_page(java_script_enabled=java_script)
    page.goto(everything_held_back(site), wait_until="networkidle")
    assert third_party.hosts == set()


def test_the_server_sees_what_a_page_without_a_gate_sends(site: Site, page: Page, third_party: ThirdParty) -> None:
    """The counterpart of rule 1: the same embed, not held back, is seen with its referrer."""
    page.goto(site.page("/", IFRAME), wait_until="networkidle")
    assert third_party.hosts == {VIDEO_HOST}
    assert third_party.wait_for(VIDEO_HOST, "/embed/1").referer == ORIGIN + "/"


def test_nothing_is_stored_before_a_choice(site: Site, page: Page) -> None:
    """Rule 2: no cookie, no local or session storage, no database."""
    page.goto(everything_held_back(site), wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_visible()
    assert page.evaluate(STORED) == ["", 0, 0, 0]
    assert page.context.cookies() == []


def test_only_the_buttons_decide(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Rule 4: scrolling, clicking beside, Escape, following a link, going back and reloading are no consent."""
    site.policy_page()
    page.goto(site.page("/", site.video() + "<p>text</p>" * 90 + '<a href="/privacy/">more</a>'))
    banner = page.get_by_role("region")
    expect(banner).to_be_visible()
    page.mouse.wheel(0, 2000)
    page.locator("main p").last.click()
    page.get_by_role("button", name="Reject all").focus()
    page.keyboard.press("Escape")
    expect(banner).to_be_hidden()
    page.reload()
    expect(banner).to_be_visible()
    page.get_by_role("link", name="more").click()
    page.wait_for_url("**/privacy/")
    page.go_back(wait_until="commit")
    expect(banner).to_be_visible()
    assert page.context.cookies() == []
    assert third_party.hosts == set()


def test_neither_time_nor_touch_decides(site: Site, new_page: NewPage, third_party: ThirdParty) -> None:
    """Rule 4: no timeout, no swipe, no touch beside the banner is consent; the question stays."""
    page = new_page(width=360, height=640, has_touch=True, is_mobile=True)
    page.clock.install()
    page.goto(site.page("/", site.video() + "<p>text</p>" * 90))
    banner = page.get_by_role("region")
    expect(banner).to_be_visible()
    page.clock.fast_forward("24:00:00")
    page.touchscreen.tap(20, 20)
    touch = page.context.new_cdp_session(page)
    touch.send("Input.synthesizeScrollGesture", {"x": 180, "y": 100, "yDistance": -900, "speed": 4000})
    touch.send(
        "Input.synthesizeScrollGesture", {"x": 180, "y": 560, "xDistance": -150, "yDistance": -200, "speed": 4000}
    )
    expect(banner).to_be_visible()
    assert page.context.cookies() == []
    assert third_party.hosts == set()


def test_the_page_can_be_used_while_the_banner_is_open(site: Site, page: Page) -> None:
    """Rule 5: no wall: the root scrolls, nothing lies over the page, links beside the banner work."""
    site.policy_page()
    page.goto(site.page("/", f'<a href="{POLICY}">read on</a>{site.video()}' + "<p>text</p>" * 90))
    expect(page.get_by_role("region")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"
    page.mouse.wheel(0, 300)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="read on").click()
    page.wait_for_url("**/privacy/")


def test_the_banner_stays_away_where_nothing_waits(site: Site, page: Page) -> None:
    """The question is put where it matters, and the control opens it everywhere."""
    page.goto(site.policy_page(), wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_hidden()
    page.get_by_role("link", name="Privacy settings").click()
    expect(page.get_by_role("region")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_banner_says_who_asks_for_what_and_how_to_refuse(site: Site, page: Page, language: str) -> None:
    """Rules 13 and 16: controller, purposes, refusal, withdrawal and where, both links, in the page's language."""
    site.language = language
    page.goto(site.page("/", site.video()))
    m = messages(language)
    banner = page.get_by_role("region", name=m["banner"]["title"])
    for text in (
        "Example Systems GmbH",
        m["purpose"]["functional"] + ": " + m["purpose_text"]["functional"] + " (Example Video)",
        m["purpose"]["statistics"] + ": " + m["purpose_text"]["statistics"] + " (Example Stats)",
        m["banner"]["rights"].format(control=m["control"]),
        m["banner"]["stored"],
    ):
        expect(banner).to_contain_text(text)
    expect(banner).not_to_contain_text(m["purpose"]["marketing"])
    policy = banner.get_by_role("link", name=m["banner"]["policy"])
    expect(policy).to_have_attribute("href", ORIGIN + POLICY)
    services = banner.get_by_role("link", name=m["banner"]["services"])
    expect(services).to_have_attribute("href", f"{ORIGIN}{POLICY}#services")


def test_accepting_and_refusing_are_the_same_effort(site: Site, page: Page) -> None:
    """Rules 7, 8, 9: real buttons side by side that differ in their words alone; choosing is as prominent as both."""
    page.goto(site.page("/", site.video()))
    look = """button => { const s = getComputedStyle(button), box = button.getBoundingClientRect();
        return [button.tagName, button.parentElement.className, box.top, Math.round(box.width), box.height,
                s.color, s.backgroundColor, s.border, s.borderRadius, s.font, s.padding, s.opacity, s.boxShadow,
                s.textDecoration, s.cursor]; }"""
    for width in (1280, 768, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        looks = [
            page.get_by_role("button", name=name).evaluate(look) for name in ("Reject all", "Accept all", "Choose")
        ]
        assert looks[0] == looks[1] == looks[2]
        assert looks[0][0] == "BUTTON"


def test_nothing_is_ticked_in_advance(site: Site, page: Page) -> None:
    """Rules 10 and 14: one box for each purpose and each service, none of them ticked, neither in part, also after a
    reload of a ticked form."""
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Choose").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(len(SERVICES) + len({service.purpose for service in SERVICES}))
    expect(page.locator("[checked]")).to_have_count(0)
    boxes.first.check()
    page.reload()
    page.get_by_role("button", name="Choose").click()
    for box in boxes.all():
        expect(box).to_be_checked(checked=False)
        assert box.evaluate("e => e.indeterminate") is False


def test_without_javascript_everything_can_be_read_and_nothing_pretends_to_work(
    site: Site, new_page: NewPage, third_party: ThirdParty
) -> None:
    """Rule 1 and the placeholder: a plain link leads to the content, the control to the policy; no dead buttons."""
    page = new_page(java_script_enabled=False)
    site.policy_page()
    page.goto(site.page("/", site.video()), wait_until="networkidle")
    expect(page.get_by_role("region")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="Open at Example Video")).to_be_visible()
    assert third_party.hosts == set()
    page.get_by_role("link", name="Privacy settings").click()
    page.wait_for_url(f"{ORIGIN}{POLICY}#cookies")
    page.go_back(wait_until="commit")
    page.get_by_role("link", name="Open at Example Video").click()
    third_party.wait_for(VIDEO_HOST, "/watch/1")
