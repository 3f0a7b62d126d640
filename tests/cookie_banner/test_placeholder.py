"""What the placeholder of an embed is told."""

from __future__ import annotations

import re
from html import escape

import pytest
import turbohtml
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.cookie_banner.gate import Gate, Placeholder
from plugins.cookie_banner.room import Room, room_of
from plugins.privacy.page import Page
from plugins.privacy.page_pass import PagePass
from tests.cookie_banner.gate_kit import DECLARATION, FILM, FRAME, MAP, RUN, WIDGETS
from tests.kit import declared, ran


def placeholders(html: str) -> list[Placeholder]:
    """Return what the placeholders of a page are made from."""
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    ran(PagePass(DECLARATION, [Gate(render)], [], DECLARATION.reader()), html)
    return seen


@pytest.mark.parametrize(
    ("html", "link", "title", "is_interactive"),
    [
        (FRAME, "https://www.youtube.com/watch?v=1", None, True),
        (
            f'<iframe src="{FILM}" title="A &quot;film&quot;" width="560" height="315px"></iframe>',
            "https://www.youtube.com/watch?v=1",
            'A "film"',
            True,
        ),
        (
            f'<iframe src="{FILM}" width="100%" height="315"></iframe>',
            "https://www.youtube.com/watch?v=1",
            None,
            True,
        ),
        (
            f'<iframe src="{FILM}" width="560"></iframe>',
            "https://www.youtube.com/watch?v=1",
            None,
            True,
        ),
        (f'<iframe src="{MAP}?a&amp;b"></iframe>', f"{MAP}?a&b", None, True),
        ('<img src="//i.ytimg.com/1.jpg" alt="A film">', "https://i.ytimg.com/1.jpg", "A film", True),
        (f'<a href="/x">{FRAME}</a>', "https://www.youtube.com/watch?v=1", None, False),
        (f"<button><b>{FRAME}</b></button>", "https://www.youtube.com/watch?v=1", None, False),
        (f"<label>{FRAME}</label>", "https://www.youtube.com/watch?v=1", None, False),
        (
            f"<details><summary>{FRAME}</summary></details>",
            "https://www.youtube.com/watch?v=1",
            None,
            False,
        ),
    ],
)
def test_the_placeholder_knows_the_link_the_title_and_whether_it_may_hold_buttons(
    html: str, link: str, title: str | None, is_interactive: bool
) -> None:
    (placeholder,) = placeholders(f"<body>{html}</body>")

    assert (placeholder.link, placeholder.title, placeholder.is_interactive) == (link, title, is_interactive)


@pytest.mark.parametrize(
    ("given", "site_url", "preview"),
    [
        ("/images/film.jpg", "", "/images/film.jpg"),
        ("/images/film.jpg", "https://www.example.com/sub", "https://www.example.com/sub/images/film.jpg"),
        (" film.jpg ", "", "film.jpg"),
        ("https://static.example.com/film.jpg", "", "https://static.example.com/film.jpg"),
        ("", "", None),
    ],
)
def test_the_placeholder_shows_the_picture_that_the_author_gave(
    given: str, site_url: str, preview: str | None
) -> None:
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    run = PagePass(DECLARATION, [Gate(render)], [], DECLARATION.reader())
    _, findings = ran(run, f'<body><iframe src="{FILM}" data-preview="{given}"></iframe></body>', site_url=site_url)

    assert findings == []
    assert [placeholder.preview for placeholder in seen] == [preview]


@pytest.mark.parametrize(
    "given", ["https://i.ytimg.com/vi/1/hqdefault.jpg", "//cdn.example.net/a.jpg", "data:image/png,"]
)
def test_a_preview_from_somebody_else_is_an_error(given: str) -> None:
    frame = f'<iframe src="{FILM}" data-preview="{given}"></iframe>'

    _, findings = ran(RUN, f"<body>{frame}</body>")

    assert [finding.check.name for finding in findings] == ["remote-preview"]
    assert findings[0].way_out == 'Copy the picture into content/images/ and write data-preview="/images/…".'


def test_a_placeholder_for_a_script_leads_nowhere() -> None:
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    declaration = declared(services=["x"])
    ran(PagePass(declaration, [Gate(render)], [], declaration.reader()), f"<body>{WIDGETS}</body>")

    assert [placeholder.link for placeholder in seen] == [None]


# How much room an embed takes

ATTRIBUTES = 'width="560" height="315"'


@pytest.mark.parametrize(
    ("embed", "room"),
    [
        (f"<iframe {ATTRIBUTES}></iframe>", Room("560", "", "560 315")),
        ('<iframe width="560px" height=" 315.5 "></iframe>', Room("560", "", "560 315")),
        ('<iframe width="100%" height="400"></iframe>', Room("100vw", "400", "")),
        ('<iframe width="560"></iframe>', Room("560", "150", "")),
        ('<iframe height="400"></iframe>', Room("300", "400", "")),
        ("<iframe></iframe>", Room("300", "150", "")),
        ('<iframe width="100%" height="100%"></iframe>', Room("100vw", "150", "")),
        ('<iframe width="wide" height="-1"></iframe>', Room("300", "150", "")),
        ('<iframe width="99999" height="²"></iframe>', Room("300", "150", "")),
        (f'<iframe {ATTRIBUTES} style="border:0; WIDTH: 100%"></iframe>', Room("100vw", "315", "")),
        (f'<iframe {ATTRIBUTES} style="width: 600px; height: 300px"></iframe>', Room("600", "300", "")),
        (f'<iframe {ATTRIBUTES} style="width: 50em; height: calc(1px + 1em)"></iframe>', Room("560", "", "560 315")),
        ('<iframe style="width:100%; aspect-ratio: 16 / 9"></iframe>', Room("100vw", "", "16 9")),
        ('<iframe style="width:100%; max-width: 640px; aspect-ratio: auto 1.5"></iframe>', Room("640", "", "1.5 1")),
        ('<iframe style="width:100%; height:400px; aspect-ratio: 16/9"></iframe>', Room("100vw", "400", "")),
        ('<iframe style="width:100%; aspect-ratio: auto"></iframe>', Room("100vw", "150", "")),
        (f"<video {ATTRIBUTES}></video>", Room("560", "", "560 315")),
        ("<object></object>", Room("300", "150", "")),
        (
            '<div style="padding:56.25% 0 0 0"><iframe style="height:100%"></iframe></div>',
            Room("100vw", "", "100 56.25"),
        ),
        ('<div style="padding: 75% 0"><iframe></iframe></div>', Room("100vw", "", "100 150")),
        ('<div style="height:0;padding-bottom:75%"><iframe></iframe></div>', Room("100vw", "", "100 75")),
        (
            '<div style="max-width:640px"><div style="padding-top:60%"> <iframe></iframe></div></div>',
            Room("640", "", "100 60"),
        ),
        (f'<div style="text-align:center"><iframe {ATTRIBUTES}></iframe></div>', Room("560", "", "560 315")),
        (f'<div style="padding:1em 2em"><img {ATTRIBUTES}></div>', Room("560", "", "560 315")),
        (f"<img {ATTRIBUTES}>", Room("560", "", "560 315")),
        (f'<picture><source srcset="a"><img {ATTRIBUTES}></picture>', Room("560", "", "560 315")),
        ('<img width="1" height="1">', Room("1", "", "1 1")),
        ('<img width="0" height="1">', Room("0", "", "1 1")),
        ('<img width="560">', None),
        ("<img>", None),
        ("<picture></picture>", None),
        ("<audio controls></audio>", None),
        ("<svg></svg>", None),
    ],
)
def test_the_room_of_an_embed_is_what_its_markup_says(embed: str, room: Room | None) -> None:
    """Attributes, and style where it says more; what browsers give frames that say nothing; never a guess."""
    element = turbohtml.parse_fragment(embed, "div", positions=False).select_one("*")

    assert element is not None
    assert room_of(element) == room


SIZES = st.one_of(
    st.text(max_size=12), st.from_regex(r"\s?-?[0-9]{0,6}(\.[0-9]{0,3})?(px|%|em|vw)?\s?", fullmatch=True)
)
STYLES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.tuples(
            st.sampled_from(["width", "max-width", "height", "aspect-ratio", "padding", "padding-bottom", "x"]),
            st.lists(st.one_of(SIZES, st.sampled_from(["auto", "/", "calc(1px)", "16"])), max_size=4).map(" ".join),
        ),
        max_size=4,
    ).map(lambda pairs: ";".join(f"{name}:{value}" for name, value in pairs)),
)


@given(width=SIZES, height=SIZES, style=STYLES, around=STYLES, tag=st.sampled_from(["iframe", "video", "img", "svg"]))
@example(width="", height="", style="width:1e9px;aspect-ratio:1e9/1e-9", around="padding:1e9%", tag="iframe")
def test_whatever_an_author_writes_the_room_can_be_drawn(
    width: str, height: str, style: str, around: str, tag: str
) -> None:
    """It never fails, and what comes out are attributes of an SVG element: pixels below 10,000, or all the width."""
    embed = f'<{tag} width="{escape(width)}" height="{escape(height)}" style="{escape(style)}"></{tag}>'
    markup = f'<div style="{escape(around)}">{embed}</div>'
    for element in turbohtml.parse_fragment(markup, "div", positions=False).select(f"div,{tag}"):
        room = room_of(element)
        if room is not None:
            assert re.fullmatch(r"[0-9]{1,5}|100vw", room.width)
            assert re.fullmatch(r"([0-9]{1,5})?", room.height)
            assert re.fullmatch(r"([0-9.e+]+ [0-9.e+-]+)?", room.ratio)
            assert room.height or room.ratio
