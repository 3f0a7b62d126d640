"""Everybody can use it by keyboard and with a screen reader, and loses nothing on the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import STATS, VIDEO_HOST, Site, wait_until
from tests.browser.sight import FOCUS_IS_SEEN, FOCUSED, banner, long_page

pytestmark = pytest.mark.browser


def test_the_banner_takes_no_focus_and_is_the_first_stop(site: Site, page: Page) -> None:
    """Rule 33 (2.4.3, 3.2.1): the focus stays where it is; the first Tab enters the banner, its answers follow."""
    page.goto(long_page(site))
    expect(banner(page)).to_be_visible()
    assert page.evaluate(FOCUSED) != "Reject all"
    assert page.evaluate("document.activeElement === document.body")
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert stops == [
        "Privacy policy",
        "All services and recipients",
        "Reject all",
        "Accept all",
        "Choose",
        "Home",
    ]


@pytest.mark.parametrize(("width", "height"), [(1024, 600), (320, 256)])
def test_no_focus_is_covered_and_none_is_trapped(site: Site, new_page: NewPage, width: int, height: int) -> None:
    """Rule 33 (2.1.2, 2.4.11): Tab walks through the banner with its choices and the whole page to the control,
    and back; what has the focus can be seen."""
    page = new_page(width=width, height=height)
    page.goto(long_page(site))
    page.get_by_role("button", name="Choose").click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.locator("[data-consent] a").first.focus()
    stops: list[str] = []
    while not stops or stops[-1] != "Privacy settings":
        assert page.evaluate(FOCUS_IS_SEEN), f"{page.evaluate(FOCUSED)} has the focus and is covered"
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < 60, stops
        page.keyboard.press("Tab")
    assert {"Save selection", "INPUT", "Load once", "link 0", "link 29"} <= set(stops)
    page.get_by_role("link", name="Privacy settings").focus()
    for expected in reversed(stops[-4:-1]):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(FOCUSED) == expected
        assert page.evaluate(FOCUS_IS_SEEN)


def test_links_in_the_banner_are_not_covered_by_its_buttons(site: Site, new_page: NewPage) -> None:
    """Rule 33 (2.4.11): the answers stay in sight over the scrolling text, at any height of the screen."""
    page = new_page(width=320)
    page.goto(site.page("/", site.video()))
    links = banner(page).get_by_role("link")
    for height in range(320, 800, 16):
        page.set_viewport_size({"width": 320, "height": height})
        for link in links.all():
            banner(page).evaluate("e => e.scrollTo(0, 0)")
            link.focus()
            assert page.evaluate(FOCUS_IS_SEEN), f"{page.evaluate(FOCUSED)} is covered at a height of {height}"


def test_after_a_choice_by_keyboard_the_focus_goes_on_at_the_start_of_the_page(site: Site, page: Page) -> None:
    """Rule 33 (2.4.3): the message has the focus, can be seen, and Tab leads to the first link of the page."""
    page.goto(long_page(site))
    banner(page).get_by_role("button", name="Reject all").press("Enter")
    status = page.get_by_role("status")
    expect(status).to_be_focused()
    box = status.bounding_box()
    assert box
    assert box["height"] > 24
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Home")).to_be_focused()
    box = status.bounding_box()
    assert box
    assert box["height"] <= 1


def test_after_a_choice_the_focus_returns_to_where_it_was(site: Site, page: Page) -> None:
    """The page does not jump, and the reader goes on where the banner interrupted."""
    page.goto(long_page(site))
    page.get_by_role("link", name="link 5").focus()
    before = page.evaluate("scrollY")
    banner(page).get_by_role("button", name="Reject all").click()
    expect(page.get_by_role("link", name="link 5")).to_be_focused()
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("leave", ["Escape", "Save selection", "Reject all"])
def test_the_control_moves_the_focus_into_the_banner_and_gets_it_back(site: Site, page: Page, leave: str) -> None:
    """The visitor asked for the banner: it opens with its choices, has the focus, and gives it back."""
    page.goto(site.policy_page())
    control = page.get_by_role("link", name="Privacy settings")
    control.press("Enter")
    expect(banner(page)).to_be_focused()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    if leave == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name=leave).press("Enter")
    expect(banner(page)).to_be_hidden()
    expect(control).to_be_focused()


@pytest.mark.parametrize("way_in", ["Tab", "Choose"])
def test_escape_puts_the_question_away_and_shows_no_empty_message(site: Site, page: Page, way_in: str) -> None:
    """Nothing was answered, so nothing is said; Tab goes on with the first link of the page."""
    page.goto(site.page("/", site.video()))
    if way_in == "Tab":
        page.keyboard.press("Tab")
    else:
        page.get_by_role("button", name="Choose").click()
        expect(page.get_by_role("group", name="Choose for each service")).to_be_focused()
    page.keyboard.press("Escape")
    expect(banner(page)).to_be_hidden()
    box = page.locator(".consent-status").bounding_box()
    assert box
    assert box["height"] <= 1
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Home")).to_be_focused()
    assert page.context.cookies() == []


@pytest.mark.parametrize("button", ["Load once", "Always load Example Video"])
def test_after_loading_an_embed_the_focus_is_in_it(site: Site, page: Page, button: str) -> None:
    """The button is gone; what it brought stands in its place, and a message says so. The frame has the focus before
    its document is there, and after that arrived, which lets the browser start another process for it."""
    site.third_party.hold(VIDEO_HOST, "/embed/1")
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name=button).press("Enter")
    frame = page.locator("main > iframe")
    expect(frame).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("The content is loading.")
    site.third_party.wait_for(VIDEO_HOST, "/embed/1")
    site.third_party.release(VIDEO_HOST, "/embed/1")
    expect(frame.content_frame.get_by_text(VIDEO_HOST)).to_be_visible()
    wait_until(page, "document.activeElement === document.querySelector('main > iframe')")


def test_a_loaded_picture_gets_the_focus_though_it_takes_none_by_itself(site: Site, page: Page) -> None:
    """2.4.3 for content that is no control."""
    picture = '<img src="https://stats.example/map.svg" alt="Map" width="300" height="200">'
    page.goto(site.page("/", site.gate(picture, STATS, width=300, height=200)))
    page.get_by_role("button", name="Load once").press("Enter")
    expect(page.get_by_role("img", name="Map")).to_be_focused()


@pytest.mark.parametrize(
    ("button", "said"), [("Reject all", "no service is allowed"), ("Accept all", "all services")]
)
def test_the_choice_is_announced(site: Site, page: Page, button: str, said: str) -> None:
    """Rule 33 (4.1.3): a live region that was there, empty, from the start says what was chosen."""
    page.goto(site.page("/", site.video()))
    expect(page.get_by_role("status")).to_have_text("")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_contain_text(said)


def test_every_control_has_a_name_a_role_and_a_state(site: Site, page: Page) -> None:
    """Rule 33 (4.1.2): as a screen reader is told."""
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="Example Stats").check()
    expect(banner(page)).to_match_aria_snapshot("""
        - region "Services of other companies":
          - button "Reject all"
          - button "Accept all"
          - group:
            - group "Functional":
              - checkbox "Functional"
              - checkbox /Example Video/
            - group "Statistics":
              - checkbox "Statistics" [checked]
              - checkbox /Example Stats/ [checked]
            - paragraph:
              - button "Save selection"
    """)
