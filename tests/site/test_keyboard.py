"""Without a mouse, without JavaScript, with other colours, without movement, on paper, on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.third_party import ThirdParty
from tests.site.conftest import serve
from tests.site.visit import ORIGIN

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    return [focused.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth), box.top >= 0 && box.height > 0];
}"""
MOVES = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element);
    return parseFloat(style.transitionDuration) || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
}).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture
def opened(published: Path, web: ThirdParty, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site in a profile of its own, without JavaScript unless it is asked for."""
    serve(web, published)
    profiles = []

    def open_page(path: str, **options: Any) -> Page:
        profile = browser.new_context(**{"java_script_enabled": False, **options})
        profiles.append(profile)
        page = profile.new_page()
        page.goto(f"{ORIGIN}/{path}")
        return page

    yield open_page
    for profile in profiles:
        profile.close()
    web.forget()


def test_the_first_tab_offers_to_skip_the_menu(opened: Callable[..., Page]) -> None:
    page = opened("about/")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="Home")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_menu_is_walked_by_tab_and_the_focus_is_always_seen(
    opened: Callable[..., Page], width: int, colours: str
) -> None:
    page = opened("about/", viewport={"width": width, "height": 700}, forced_colors=colours)
    stops = []
    for _ in range(10):
        page.keyboard.press("Tab")
        name, outline, thickness, is_seen = page.evaluate(FOCUS)
        assert outline != "none", name
        assert thickness >= 2, name
        assert is_seen, name
        stops.append(name)
    menu = ["Products", "Blog", "Partners", "Support", "About", "Contact"]
    languages = ["Deutsch", "English"]
    assert stops[:2] == ["Skip to content", "Example Systems"]
    assert [name for name in stops if name in menu] == menu
    assert [name for name in stops if name in languages] == (languages if width > 480 else ["Deutsch"])


def test_the_menu_says_where_one_is(opened: Callable[..., Page]) -> None:
    menu = opened("products/s24/").get_by_role("navigation", name="Main menu")
    expect(menu.locator("[aria-current]")).to_have_text("Products")


def test_nothing_moves_for_those_who_want_no_movement(opened: Callable[..., Page]) -> None:
    assert opened("", reduced_motion="reduce").evaluate(MOVES) == []
    assert opened("", reduced_motion="no-preference").evaluate(MOVES) != []


def test_paper_gets_the_text_and_the_addresses_but_no_menu(opened: Callable[..., Page]) -> None:
    page = opened("blog/reading-list/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    link = page.get_by_role("link", name="university page")
    address = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "pages.cs.wisc.edu" in address


def test_a_frame_keeps_its_proportions_on_a_telephone(opened: Callable[..., Page]) -> None:
    page = opened("blog/video-tour/", java_script_enabled=True, viewport={"width": 360, "height": 700})
    page.get_by_role("button", name="Load once").click()
    box = page.locator("iframe").bounding_box()
    assert box
    assert box["width"] < 360
    assert box["width"] / box["height"] == pytest.approx(560 / 315, rel=0.01)
