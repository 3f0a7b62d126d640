"""What stands in the place of an embed, with the real templates."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.privacy.page import Form
from tests.cookie_banner.banner_kit import FILM, FRAME, PAGE, RUN, VIDEO, one, soup
from tests.kit import cookie_banner, declared, page_pass, ran


def test_the_place_of_an_embed_has_its_size_a_notice_buttons_and_a_link() -> None:
    text, findings = ran(RUN, PAGE.format(f"<p>{FRAME}</p>"))
    gate = one(soup(text), "main > p > span.gate")

    assert findings == []
    assert f'<span class="gate"><template data-gate="youtube">{FRAME}</template><svg class="gate-size"' in text
    size = one(gate, "svg.gate-size")
    assert (size["width"], size["viewbox"]) == ("560", "0 0 560 315")
    assert "A film" in gate.get_text()
    assert "This content comes from YouTube (Google, Ireland)." in gate.get_text()
    told = " ".join(gate.get_text().split())
    assert "If you agree, the provider receives: your IP address, browser and system, the page's address" in told
    assert "It keeps data on your device." in told
    assert gate.select("img, image") == []
    assert [button["data-gate-load"] for button in gate.select("button[hidden]")] == ["once", "always"]
    assert [link["href"] for link in gate.select("a")] == ["/privacy/#services", "https://www.youtube.com/watch?v=1"]


@pytest.mark.parametrize("size", ["1", "0"])
def test_a_pixel_keeps_its_room_and_says_nothing(size: str) -> None:
    """Nothing would be seen in its place; but its line is there from the start, so that nothing moves when it comes."""
    pixel = f'<img src="https://i.ytimg.com/1.gif" width="{size}" height="{size}" alt="">'
    text, findings = ran(RUN, PAGE.format(pixel))
    picture = f'<svg width="{size}" viewBox="0 0 1 1" aria-hidden="true"></svg>'

    assert findings == []
    assert (
        f'<main><span class="gate gate-image"><template data-gate="youtube">{pixel}</template>{picture}</span></main>'
        in text
    )


@pytest.mark.parametrize(
    "around",
    [
        "<a href='/film/'>{}</a>",
        "<button>{}</button>",
        "<details><summary>{}</summary>x</details>",
        "<label>{}</label>",
    ],
)
def test_inside_a_link_or_a_button_the_placeholder_holds_neither(around: str) -> None:
    text, findings = ran(RUN, PAGE.format(around.format(FRAME)))
    gate = one(soup(text), "main span.gate")

    assert findings == []
    assert gate.select("a, button") == []


def test_a_country_that_nobody_could_source_is_not_guessed() -> None:
    unknown = declared(services=[{**VIDEO, "country": "unknown"}])
    text, _ = ran(page_pass(cookie_banner, declaration=unknown), PAGE.format(FRAME))

    assert text.count("country not documented by the provider") == 2
    assert "Ireland" not in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"stores": "unknown"}, "Whether it keeps data on your device is not documented by the provider."),
        (
            {"stores": {"nothing": True, "source": "s", "checked": "2026-01-01"}},
            "By its own account it keeps nothing on your device.",
        ),
        ({"sends": []}, "receives: your IP address, browser and system."),
        ({"sends": ["behaviour", {"en": "your taste"}]}, "receives: what you do there, your taste."),
    ],
)
def test_the_placeholder_says_who_gets_what(change: dict[str, Any], says: str) -> None:
    declaration = declared(services=[{**VIDEO, **change}])
    text, _ = ran(page_pass(cookie_banner, declaration=declaration), PAGE.format(FRAME))

    assert says in " ".join(one(soup(text), "main span.gate-notice").get_text().split())


def test_the_picture_that_the_author_gave_stands_under_the_notice() -> None:
    frame = FRAME.replace("<iframe ", '<iframe data-preview="/images/film.jpg" ')
    text, _ = ran(RUN, PAGE.format(frame))
    picture = one(soup(text), "main span.gate > svg[aria-hidden=true] > image")

    assert picture["href"] == "/images/film.jpg"


def test_a_title_with_markup_stays_text() -> None:
    text, _ = ran(RUN, PAGE.format(f'<iframe src="{FILM}" title="&lt;script&gt;&quot;"></iframe>'))

    assert '<script>"' in one(soup(text), "main span.gate-notice").get_text()
    assert one(soup(text), "main").select("script") == []


def test_in_a_feed_an_embed_is_a_plain_link_with_the_authors_title() -> None:
    assert ran(RUN, f"<p>a</p>{FRAME}", form=Form.FEED) == (
        '<p>a</p><a href="https://www.youtube.com/watch?v=1">A film</a>',
        [],
    )
    assert ran(RUN, f'<iframe src="{FILM}"></iframe>', form=Form.FEED, language="de") == (
        '<a href="https://www.youtube.com/watch?v=1">Bei YouTube öffnen</a>',
        [],
    )
