"""Everybody can use it: by keyboard, on a small screen, in print, with other colours, and without surprise."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import STATS, STATS_SCRIPT, VIDEO_HOST, Site, asleep, wait_until
from tests.browser.third_party import SITE_HOST

pytestmark = pytest.mark.browser

# Whether any part of the focused element can be seen: not below the banner, not below its buttons
FOCUS_IS_SEEN = """() => { const focused = document.activeElement, box = focused.getBoundingClientRect();
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
        const seen = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        if (seen && (focused.contains(seen) || seen.contains(focused) && seen.tagName === 'LABEL')) return true;
    }
    return false; }"""
FOCUSED = "() => document.activeElement.textContent.trim() || document.activeElement.tagName"
SHIFTS = """window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => e.value)))
    .observe({ type: 'layout-shift', buffered: true });"""
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(shifts))))"


def long_page(site: Site) -> str:
    site.policy_page()
    links = "".join(f'<p><a href="/privacy/?{n}">link {n}</a> and words</p>' for n in range(30))
    return site.page("/", site.video() + links + asleep(STATS_SCRIPT, STATS))


def banner(page: Page) -> Locator:
    return page.get_by_role("region")


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
