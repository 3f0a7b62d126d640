"""Everybody can see it: on a small screen, in large letters, in print, with other colours, and without surprise."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import Site
from tests.browser.sight import banner, long_page
from tests.browser.third_party import SITE_HOST

pytestmark = pytest.mark.browser

SHIFTS = """window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => e.value)))
    .observe({ type: 'layout-shift', buffered: true });"""

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(shifts))))"


def test_targets_are_large_enough(site: Site, page: Page) -> None:
    """Rule 33 (2.5.8): 24 pixels for everything, 44 for the answers and rows of choices."""
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Always load Example Video").click()
    page.get_by_role("link", name="Privacy settings").click()
    expect(page.get_by_role("button", name="Download record of my choice")).to_be_visible()
    for target in page.locator(
        ":is([data-consent], .gate, .consent-control) :is(a, button, summary, label, input):visible"
    ).all():
        box = target.bounding_box()
        assert box
        least = 44 if target.evaluate("e => e.matches('.consent-button, summary, label')") else 24
        assert box["width"] >= 24, target
        assert box["height"] >= least, target.evaluate("e => e.outerHTML")


def test_a_screen_of_320_by_256_is_enough(site: Site, new_page: NewPage) -> None:
    """Rule 33 (1.4.10): both answers are in sight, the page is too, everything is reached by scrolling one way."""
    page = new_page(width=320, height=256)
    page.goto(long_page(site))
    for name in ("Reject all", "Accept all"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    box = banner(page).bounding_box()
    assert box
    assert box["y"] >= 256 * 0.2
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert banner(page).evaluate("e => e.scrollWidth <= e.clientWidth")
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("checkbox", name="Example Video").check()
    page.get_by_role("button", name="Save selection").click()
    expect(page.locator("main > iframe")).to_be_attached()


@pytest.mark.parametrize("is_refused", [False, True])
def test_on_a_phone_the_choices_come_into_sight_when_they_open(
    site: Site, new_page: NewPage, is_refused: bool
) -> None:
    """They open below what can be seen of the banner: it scrolls to them, and both answers stay in sight."""
    page = new_page(width=320, height=480)
    page.goto(long_page(site))
    if is_refused:
        page.get_by_role("button", name="Reject all").click()
    page.get_by_text("Privacy settings" if is_refused else "Choose", exact=True).click()
    expect(page.get_by_role("checkbox", name="Example Video")).to_be_in_viewport(ratio=1)
    for name in ("Reject all", "Accept all"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert is_refused or page.evaluate("scrollY") == 0, "the banner scrolls, not the page"


def test_the_end_of_the_page_can_be_scrolled_above_the_banner(site: Site, page: Page) -> None:
    """Rule 5: the banner covers nothing for good."""
    page.goto(long_page(site))
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    control = page.get_by_role("link", name="Privacy settings").bounding_box()
    box = banner(page).bounding_box()
    assert control
    assert box
    assert control["y"] + control["height"] <= box["y"]
    page.get_by_role("button", name="Reject all").click()
    expect(page.get_by_role("status")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("html")).to_have_css("padding-bottom", "0px")


def test_the_message_covers_nothing_at_the_end_of_the_page(site: Site, page: Page) -> None:
    """What was chosen can be withdrawn with the next click, while the message is still there."""
    page.goto(long_page(site))
    page.get_by_role("button", name="Accept all").click()
    expect(page.get_by_role("status")).to_be_focused()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    withdraw = page.get_by_role("button", name="Withdraw consent").bounding_box()
    message = page.get_by_role("status").bounding_box()
    assert withdraw
    assert message
    assert withdraw["y"] + withdraw["height"] <= message["y"]


def test_print_shows_the_page_alone(site: Site, page: Page) -> None:
    """Rule 34: no banner, no control, no buttons on paper; where the content is found stays readable."""
    page.goto(site.page("/", site.video()))
    expect(banner(page)).to_be_visible()
    page.emulate_media(media="print")
    for selector in (".consent", ".consent-control", ".consent-status", ".gate button"):
        for element in page.locator(selector).all():
            expect(element).to_be_hidden()
    link = page.get_by_role("link", name="Open at Example Video")
    expect(link).to_be_visible()
    notice = page.locator(".gate-notice")
    assert notice.evaluate("e => e.scrollHeight <= e.clientHeight"), "nothing is cut off on paper"
    gate, words = page.locator(".gate").bounding_box(), notice.bounding_box()
    assert gate == words, "no room is kept for a film on paper"


@pytest.mark.parametrize("width", [1024, 360])
@pytest.mark.parametrize("signal", [False, True])
def test_nothing_moves_when_the_page_comes_up(site: Site, new_page: NewPage, signal: bool, width: int) -> None:
    """Rule 34: cumulative layout shift 0, with the banner opening, and the placeholder's buttons and the line
    about the signal appearing, long after the page was painted."""
    page = new_page(signal=signal, width=width)
    page.add_init_script(SHIFTS)
    site.third_party.hold(SITE_HOST, "/consent.js")
    address = site.page("/", f"<p>above</p><p>{site.video()}</p>" + "<p>below</p>" * 20)
    page.goto(address, wait_until="commit")
    expect(page.get_by_text("below").last).to_be_attached()
    page.evaluate(PAINTED)
    site.third_party.release(SITE_HOST, "/consent.js")
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    assert banner(page).count() == (0 if signal else 1)
    assert page.evaluate(PAINTED) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_stand_out_in_light_and_dark(site: Site, new_page: NewPage, scheme: str) -> None:
    """Rule 33 (1.4.3, 1.4.11): 4.5:1 for text, 3:1 for the edges of buttons, without any colour from a theme."""
    page = new_page(color_scheme=scheme)
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Choose").click()
    colours = """e => { let back = e; while (getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)')
                            back = back.parentElement;
        const own = getComputedStyle(e);
        return [own.color, own.borderTopColor, getComputedStyle(back).backgroundColor]; }"""
    elements = ":is([data-consent], .gate-notice) :is(p, a, b, span, button)"
    for element in page.locator(elements).all():
        text, edge, ground = element.evaluate(colours)
        assert contrast(text, ground) >= 4.5, element.inner_text()
        if element.evaluate("e => e.tagName") == "BUTTON":
            assert contrast(edge, ground) >= 3


def test_in_forced_colours_answers_and_boxes_have_edges_and_the_focus_can_be_seen(
    site: Site, new_page: NewPage
) -> None:
    """Rule 33 (1.4.11): where the system replaces colours, nothing rests on a background of ours."""
    page = new_page(forced_colors="active")
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Choose").click()
    for button in banner(page).get_by_role("button").all():
        button.press("Shift")  # a key, so that the focus shows
        look = "e => { const s = getComputedStyle(e); return [s.borderTopStyle, s.borderTopWidth, s.outlineStyle] }"
        assert button.evaluate(look) == ["solid", "1px", "solid"]
    for box in page.get_by_role("checkbox").all():
        assert box.evaluate("e => getComputedStyle(e).appearance") == "auto", "drawn by the system"


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(site: Site, new_page: NewPage, motion: str) -> None:
    """Rule 33 (2.3.3): the banner is there or not; it slides and fades for nobody."""
    page = new_page(reduced_motion=motion)
    page.goto(site.page("/", site.video()))
    expect(banner(page)).to_be_visible()
    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    page.get_by_role("button", name="Choose").click()
    banner(page).get_by_role("button", name="Reject all").hover()
    assert page.evaluate(moving) == 0
    banner(page).get_by_role("button", name="Reject all").click()
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize(
    "wish",
    [
        "html { font-size: 200% }",
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }",
    ],
    ids=["text of twice the size", "wider spacing"],
)
def test_larger_text_and_wider_spacing_cut_nothing_off(site: Site, new_page: NewPage, wish: str) -> None:
    """Rule 33 (1.4.4, 1.4.12): words stay inside their buttons, and everything is reached by scrolling one way."""
    page = new_page(width=640, height=480)
    site.language = "de"  # the longer words
    page.goto(site.page("/", site.video()))
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets = [sheet] }",
        wish,
    )
    page.get_by_role("button", name="Auswählen").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert banner(page).evaluate("e => e.scrollWidth <= e.clientWidth")
    for control in banner(page).locator("button:visible, label, summary").all():
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=1)
        assert control.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight")


def test_the_layout_follows_the_direction_of_writing(site: Site, page: Page) -> None:
    """Logical properties only: from right to left, the box stands right of its words."""
    page.goto(site.page("/", site.video()))
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.get_by_role("button", name="Choose").click()
    tick = page.get_by_role("checkbox").first.bounding_box()
    words = page.locator("label > span").first.bounding_box()
    assert tick
    assert words
    assert tick["x"] >= words["x"] + words["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two opaque `rgb()` colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of an opaque `rgb()` colour (WCAG 2.2)."""
    shares = [int(number) / 255 for number in re.findall(r"\d+", colour)]
    assert len(shares) == 3, colour
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
