"""The gate on markup that is broken or plays tricks: nothing of it loads, and whoever wrote it is told."""

from __future__ import annotations

import re

import pytest

from plugins.privacy.page import Form, Reference
from plugins.privacy.page_reading import parse_page
from tests.cookie_banner.gate_kit import DECLARATION, FILM, FRAME, RUN, told
from tests.kit import ran


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        (f'<body><p><iframe src="{FILM}"><p>x', "iframe"),
        (f'<body><p><iframe src="{FILM}"></p><p>x</p><p><iframe src="/own.html"></iframe>', "iframe"),
        (f'<body><script src="{FILM}">', "script"),
        (f'<body><video src="{FILM}"><p>x</p>', "video"),
        (f'<body><p><object data="{FILM}"></p></body>', "object"),
        (f'<body><noscript><img src="{FILM}">', "noscript"),
    ],
)
def test_an_embed_that_nobody_closes_is_an_error(html: str, tag: str) -> None:
    _, findings = ran(RUN, html)

    (finding,) = [finding for finding in findings if finding.check.name == "unclosed-embed"]
    assert re.fullmatch(
        f"<{tag}.*> has no end tag of its own, so that nobody can say what belongs to it\\.", finding.what
    )
    assert finding.way_out == f"Write </{tag}> right after it."


@pytest.mark.parametrize("inside", ["", "Loading…", "<p>Your browser shows no frames.</p>", "a < b", "<iframes>"])
def test_a_frame_may_hold_words_for_browsers_that_show_none(inside: str) -> None:
    _, findings = ran(RUN, f'<body><p><iframe src="{FILM}" title="x">{inside}</iframe>')

    assert findings == []


@pytest.mark.parametrize(
    "html",
    [
        f"<body><table>{FRAME}<tr><td>x</table></body>",
        f"<body><table><tr>{FRAME}<td>x</table></body>",
        f"<body><table><caption>{FRAME}</caption></table></body>",
        f'<body><table><colgroup><script src="{FILM}"></script></table></body>',
        f'<body><table><tr><td><image src="{FILM}"></table></body>',
        f"<body><select>{FRAME}</select></body>",
        f"<body><select><option>{FRAME}</select></body>",
        f"<body><b><p>{FRAME}</b></p></body>",
        f"<body><button><p>{FRAME}</button></body>",
        f"<head>{FRAME}</head><body>",
        f"{FRAME}<p>x",
        f"<body></body></html>{FRAME}",
        f"<body><math><mtext>{FRAME}</mtext></math></body>",
        f'<body><math><annotation-xml encoding="text/html">{FRAME}</annotation-xml></math></body>',
        f"<body><svg><title>{FRAME}</title></svg></body>",
    ],
)
def test_markup_that_moves_its_elements_about_lets_nothing_load(html: str) -> None:
    text, findings = ran(RUN, html)

    live = [load for load in _loads(text) if load.asleep is None]
    assert live == [] or [finding for finding in findings if finding.check.level.value == "error"]


def _loads(text: str) -> list[Reference]:
    """Return what a page loads."""
    page = parse_page(
        text, form=Form.DOCUMENT, declaration=DECLARATION, read=DECLARATION.reader(), language="en", site_url=""
    )
    return page.loads()


def test_what_an_end_tag_of_a_template_lets_out_is_an_error() -> None:
    _, findings = ran(RUN, f'<body><object data="{FILM}"></template><img src="{FILM}"></object></body>')

    assert told(findings) == [
        (
            "broken-gate",
            (
                f'After gating, <img src="{FILM}"> is still live: the markup around it moves it out of the template in '
                "which it should wait."
            ),
            "Put the embed into a paragraph of its own, outside tables, frames, SVG and formulas.",
        )
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f'<object data="{FILM}"></template><b>x</b></object>',
        f'<video src="{FILM}"></template></video>',
    ],
)
def test_an_embed_that_an_end_tag_of_a_template_cuts_in_two_is_an_error(markup: str) -> None:
    _, findings = ran(RUN, f"<body>{markup}</body>")

    assert [finding.check.name for finding in findings] == ["broken-gate"]


def test_what_comes_alive_only_because_something_was_held_back_is_an_error() -> None:
    pixel = f'<img src="{FILM}" hidden>'

    text, findings = ran(RUN, f'<head></head>{pixel}<frameset><frame src="https://tracker.example/"></frameset>')

    assert "undeclared-load" in [finding.check.name for finding in findings], text


def test_a_second_style_of_an_embed_does_not_come_alive() -> None:
    html = f'<body><iframe src="{FILM}" style="" style="background:url(https://tracker.example/)"></iframe></body>'

    text, findings = ran(RUN, html)

    assert ' style="' not in text or findings, text


def test_a_template_that_waits_for_something_else_is_an_error() -> None:
    _, findings = ran(RUN, f'<body><template data-gate="goatcounter">{FRAME}</template></body>')

    assert told(findings) == [
        (
            "broken-gate",
            (
                f'<iframe src="{FILM}"> loads from www.youtube-nocookie.com (YouTube), but the template around it waits '
                "for goatcounter."
            ),
            "Remove the template from the content; embeds are held back without it.",
        )
    ]


def test_a_template_with_a_shadow_root_holds_nothing_back() -> None:
    text, findings = ran(RUN, f'<body><div><template shadowrootmode="open">{FRAME}</template></div></body>')

    assert findings or f'<template data-gate="youtube">{FRAME}</template>' in text
