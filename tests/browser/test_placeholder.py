"""What stands in the place of an embed: it says who gets what, offers the choice, and takes the room of the embed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.built import publish
from tests.browser.conftest import NewPage
from tests.browser.pages import IFRAME, ORIGIN, POLICY, STATS, STYLE, VIDEO, Site, wait_until
from tests.browser.sight import FOCUS_IS_SEEN, FOCUSED
from tests.browser.third_party import PICTURE, SITE_HOST, ThirdParty
from tests.site_kit import ROOT

pytestmark = pytest.mark.browser

HOST = "www.youtube-nocookie.com"
EMBED = f"https://{HOST}/embed/1"
SERVICES = [{"id": "youtube", "hosts": [{"host": HOST, "role": ["frame", "image", "media", "object"]}]}]
THEME = (ROOT / "theme" / "static" / "css" / "site.css").read_text("utf-8")
FILM = f'<iframe src="{EMBED}" title="A film" width="560" height="315" style="border:0"{{}}></iframe>'
EMBEDS = {
    "a film": FILM.format(""),
    "a small film": f'<iframe src="{EMBED}" width="320" height="180" frameborder="0"></iframe>',
    "all the width": f'<iframe src="{EMBED}" width="100%" height="400" style="border:0"></iframe>',
    "a player of sound": f'<iframe src="{EMBED}" style="border: 0; width: 100%; height: 166px"></iframe>',
    "a ratio": f'<iframe src="{EMBED}" style="border: 0; width: 100%; max-width: 600px; aspect-ratio: 16 / 9"></iframe>',
    "a wrapper": (
        '<div style="padding: 56.25% 0 0 0; position: relative"><iframe src="' + EMBED + '" title="A film" '
        'style="border: 0; position: absolute; top: 0; left: 0; width: 100%; height: 100%"></iframe></div>'
    ),
    "nothing said": f'<iframe src="{EMBED}" style="border:0"></iframe>',
    "a video": f'<video src="https://{HOST}/film.mp4" width="640" height="360" controls></video>',
    "a picture": f'<b>Map</b> <img src="https://{HOST}/map.svg" alt="A map" width="600" height="400">',
    "a pixel": f'<img src="https://{HOST}/pixel.svg" alt="" width="1" height="1">',
    "an object": f'<object data="{EMBED}" width="400" height="300"></object>',
}
PLACES = "() => [...document.querySelectorAll('h2')].map((mark) => mark.getBoundingClientRect().top + scrollY)"
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) moved += e.value })
    .observe({ type: 'layout-shift', buffered: true });"""
LARGE = "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% }');\
 document.adoptedStyleSheets = [sheet] }"


@pytest.mark.parametrize("theme", [THEME, STYLE], ids=["the theme", "a theme that lets frames keep their height"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_when_embeds_take_the_place_of_their_placeholders(
    site: Site, new_page: NewPage, third_party: ThirdParty, width: int, theme: str
) -> None:
    """Rule 34, for each kind of embed, all woken at once: what stands below each of them stays where it is, to half a pixel. The
    other theme stands for browsers in which a style sheet cannot read a frame's proportions off its attributes."""
    page = new_page(width=width, height=2000)
    third_party.answer(HOST, "/map.svg", PICTURE.replace('width="20" height="10"', 'width="600" height="400"', 1))
    third_party.answer(HOST, "/film.mp4", "", "video/mp4")
    main = "".join(
        f"<{tag}>{embed}</{tag}><h2>{name}</h2>"
        for name, embed in EMBEDS.items()
        for tag in ["div" if embed.startswith("<div") else "p"]
    )
    page.goto(publish(third_party, main, SERVICES, style=theme))
    page.locator(".gate").last.scroll_into_view_if_needed()
    before = dict(zip(EMBEDS, page.evaluate(PLACES), strict=True))
    page.get_by_role("button", name="Accept all").click()
    expect(page.locator("template")).to_have_count(0)
    wait_until(page, "[...document.images].every((image) => image.complete && image.naturalWidth)")
    after = dict(zip(EMBEDS, page.evaluate(PLACES), strict=True))
    assert {name: round(after[name] - before[name]) for name in EMBEDS} == dict.fromkeys(EMBEDS, 0)


@pytest.mark.parametrize("preview", ["", ' data-preview="/film.svg"'])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_placeholder_has_the_size_of_the_embed(
    site: Site, new_page: NewPage, third_party: ThirdParty, preview: str, width: int
) -> None:
    """One film, with and without a picture of the author's own: the same box before and after, and no layout shift."""
    page = new_page(width=width)
    page.add_init_script(SHIFTS)
    third_party.answer(SITE_HOST, "/film.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    page.goto(publish(third_party, f"<p>{FILM.format(preview)}</p><h1>Below</h1>", SERVICES, style=THEME))
    gate, below = page.locator(".gate"), page.get_by_role("heading", name="Below")
    before = gate.bounding_box(), below.bounding_box()
    page.get_by_role("button", name="Load once").click()
    # not `to_be_focused`: while the frame of another site starts, its process has the focus, and the page none
    page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
    assert (page.locator("iframe").bounding_box(), below.bounding_box()) == before
    assert page.evaluate("moved") == 0
    third_party.wait_for(HOST, "/embed/1")
    assert third_party.hosts == {HOST}


@pytest.mark.parametrize("zoom", [False, True], ids=["", "text of twice the size"])
@pytest.mark.parametrize("width", [1280, 360])
def test_all_of_the_placeholder_is_reached_by_keyboard_inside_the_room_of_the_embed(
    site: Site, new_page: NewPage, width: int, zoom: bool
) -> None:
    """Rule 33 (1.4.4, 1.4.10, 2.1.1, 2.4.11): what is longer than the embed is high scrolls one way inside the box."""
    page = new_page(width=width)
    page.goto(site.page("/", f"<p>{site.video()}</p>"))
    if zoom:
        page.evaluate(LARGE)
    gate = page.locator(".gate")
    box = gate.bounding_box()
    assert box
    assert box["width"] == min(560, page.locator("main p").evaluate("e => e.clientWidth"))
    assert box["width"] / box["height"] == pytest.approx(560 / 315)
    gate.get_by_role("link").first.focus()
    stops = []
    for _ in range(4):
        assert page.evaluate(FOCUS_IS_SEEN), f"{page.evaluate(FOCUSED)} has the focus and is covered"
        stops.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    assert stops == [
        "Details in the privacy policy",
        "Open at Example Video",
        "Load once",
        "Always load Example Video",
    ]
    notice = gate.locator(".gate-notice")
    assert notice.evaluate("e => e.scrollWidth <= e.clientWidth")
    notice.evaluate("e => e.scrollTo(0, 0)")
    for piece in notice.locator("> *:not([hidden])").all():
        piece.scroll_into_view_if_needed()
        expect(piece).to_be_in_viewport()


def test_on_a_phone_both_buttons_are_in_sight_from_the_start(site: Site, new_page: NewPage) -> None:
    """The text scrolls under them, and some lines of it are in sight as well."""
    page = new_page(width=360)
    page.goto(site.page("/", f"<p>{site.video()}</p>"))
    page.locator(".gate").scroll_into_view_if_needed()
    box = page.locator(".gate").bounding_box()
    assert box
    for name in ("Load once", "Always load Example Video"):
        button = page.get_by_role("button", name=name).bounding_box()
        assert button
        assert box["y"] + 60 < button["y"] < button["y"] + button["height"] <= box["y"] + box["height"]


def test_the_placeholder_is_phrasing_content(site: Site, page: Page, third_party: ThirdParty) -> None:
    """It may stand where the embed stood, in a paragraph among words: the parser moves nothing out of it."""
    page.goto(publish(third_party, f"<p>Before {FILM.format('')} after</p>", SERVICES))
    gate = page.locator("main > p > span.gate")
    assert gate.locator("*").evaluate_all("all => [...new Set(all.map((e) => e.localName))].sort()") == [
        "a",
        "b",
        "button",
        "span",
        "svg",
        "template",
    ]
    expect(page.locator("main > p")).to_contain_text("Before")
    expect(page.locator("main > p")).to_contain_text("after")


def test_a_film_in_a_wrapper_lies_in_its_place_and_the_focus_stays_there(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """The wrapper's style comes back with it; without it, the film would lie over the top of the page."""
    page.goto(publish(third_party, f"<h1>Above</h1>{EMBEDS['a wrapper']}<h2>Below</h2>", SERVICES))
    before = page.locator(".gate").bounding_box()
    page.get_by_role("button", name="Load once").press("Enter")
    frame = page.locator("main > div > iframe")
    expect(frame).to_be_visible()
    assert frame.bounding_box() == before
    assert page.evaluate("document.activeElement.closest('main > div') !== null")


def test_an_embed_that_is_too_small_for_buttons_gets_room_for_them(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    badge = f'<img src="https://{HOST}/badge.svg" alt="A badge" width="88" height="31">'
    page.goto(publish(third_party, f"<p>{badge}</p>", SERVICES))
    box = page.locator(".gate").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (200, 128)
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    page.get_by_role("button", name="Load once").press("Enter")
    picture = page.get_by_role("img", name="A badge").bounding_box()
    assert picture
    assert (picture["width"], picture["height"]) == (88, 31)


def test_the_placeholder_says_who_gets_what(site: Site, page: Page) -> None:
    """Name, provider, country, purpose, what is sent, and the way to the policy."""
    page.goto(site.page("/", f"<p>{site.video()}</p>"))
    gate = page.locator("p > span.gate")
    for text in ("A film", "Example Video (Video Ltd, Ireland)", "Purpose: show videos", "IP address"):
        expect(gate).to_contain_text(text)
    expect(gate.get_by_role("link", name="Details")).to_have_attribute("href", f"{ORIGIN}{POLICY}#services")


def test_a_placeholder_without_title_size_or_link_is_still_readable(site: Site, page: Page) -> None:
    """What an embed does not say is left out; where nobody knows its size, the words take the room that they need."""
    picture = "<img src='https://stats.example/map.svg' alt='Map'>"
    page.goto(site.page("/", site.gate(IFRAME, VIDEO) + site.gate(picture, VIDEO, STATS)))
    first, second = page.locator(".gate").all()
    expect(first).not_to_contain_text("None")
    expect(first.get_by_role("link")).to_have_count(1)
    expect(second).to_contain_text("Always load Example Video, Example Stats")
    assert second.locator(".gate-notice").evaluate("e => e.scrollHeight <= e.clientHeight")
    box = second.bounding_box()
    assert box
    assert 300 < box["width"] <= 1024 - 32


def test_without_javascript_a_sentence_and_a_plain_link_stand_in_the_place_of_an_embed(
    site: Site, new_page: NewPage, third_party: ThirdParty
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(publish(third_party, FILM.format(""), SERVICES))
    gate = page.locator(".gate")
    expect(gate).to_contain_text("This content comes from YouTube (Google Ireland Limited, Ireland).")
    expect(gate.get_by_role("link", name="Open at YouTube")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=1"
    )
    expect(gate.get_by_role("button")).to_have_count(0)
    assert third_party.hosts == set()
