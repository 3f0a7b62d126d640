"""The gate: what cannot wait, or must not stand in what waits, stops the site and says why."""

from __future__ import annotations

import re

import pytest

from plugins.cookie_banner.gate import Gate
from plugins.privacy.page import Form, Reference
from plugins.privacy.page_pass import PagePass
from plugins.privacy.page_reading import parse_page
from tests.cookie_banner.gate_kit import DECLARATION, FILM, FRAME, LIBRARY, RUN, gated, made, told, word
from tests.kit import declared, ran

UNDECLARED = "https://player.films.example/video/1"

# What is undeclared, or cannot wait


@pytest.mark.parametrize(
    ("markup", "host"),
    [
        (f'<iframe src="{UNDECLARED}"></iframe>', "player.films.example"),
        ('<script src="https://cdn.tracker.example/t.js"></script>', "cdn.tracker.example"),
        ('<img src="//pixel.tracker.example/1.gif" width="1" height="1">', "pixel.tracker.example"),
        (f'<template><iframe src="{UNDECLARED}"></iframe></template>', "player.films.example"),
        (f'<object data="{UNDECLARED}"></object>', "player.films.example"),
    ],
)
def test_what_is_undeclared_stays_and_is_an_error(markup: str, host: str) -> None:
    instead = "remove it" if markup.startswith("<script") else "link to the content instead of embedding it"
    text, findings = ran(RUN, f"<body>{markup}</body>")

    tag = markup.removeprefix("<template>").partition(">")[0] + ">"
    assert text == f"<body>{markup}</body>"
    assert told(findings) == [
        (
            "undeclared-load",
            (
                f"{tag} makes every visitor's browser contact {host}, but "
                'PRIVACY["services"] declares no service with this host.'
            ),
            (
                'No service of the catalogue has this host: describe it as a table in PRIVACY["services"] in '
                f"pelicanconf.py (privacy services lookup {host} prints it), or {instead}."
            ),
        )
    ]


def test_what_the_catalogue_knows_is_named() -> None:
    run = PagePass(declared(), [Gate(word)], [], declared().reader())

    _, findings = ran(run, f"<body>{FRAME}</body>")

    assert told(findings) == [
        (
            "undeclared-load",
            (
                f'<iframe src="{FILM}"> makes every visitor\'s browser contact www.youtube-nocookie.com, but '
                'PRIVACY["services"] declares no service with this host.'
            ),
            'Add "youtube" to PRIVACY["services"] in pelicanconf.py, or link to the content instead of embedding it.',
        )
    ]


def test_a_service_that_is_declared_to_load_nothing_must_not_load() -> None:
    text, findings = ran(RUN, '<body><img src="https://order.example/1.gif"></body>')

    assert text == '<body><img src="https://order.example/1.gif"></body>'
    assert told(findings) == [
        (
            "ungated-load",
            (
                '<img src="https://order.example/1.gif"> loads from order.example, but Order is declared as a service '
                "that loads nothing before a click (needs_consent = false)."
            ),
            'Link to it instead, or declare the service with needs_consent = true in PRIVACY["services"].',
        )
    ]


@pytest.mark.parametrize(
    ("markup", "tag", "carrier"),
    [
        (f'<p style="background:url({FILM})">x</p>', f'<p style="background:url({FILM})">', "its attribute “style”"),
        (f"<style>@import '{FILM}';</style>", "<style>", "the text inside it"),
        (f"<style>p {{ background: url({FILM}) }}</style>", "<style>", "the text inside it"),
        (
            f'<table background="{FILM}"><tr><td>x</td></tr></table>',
            f'<table background="{FILM}">',
            "its attribute “background”",
        ),
        (
            f'<meta http-equiv="refresh" content="0; url={FILM}">',
            f'<meta http-equiv="refresh" content="0; url={FILM}">',
            "its attribute “content”",
        ),
    ],
)
def test_what_cannot_wait_is_an_error_although_it_is_declared(markup: str, tag: str, carrier: str) -> None:
    text, findings = ran(RUN, f"<body>{markup}</body>")

    assert text == f"<body>{markup}</body>"
    assert told(findings) == [
        (
            "ungateable-load",
            (
                f"{tag} loads from www.youtube-nocookie.com (YouTube) by {carrier}, which cannot wait for the "
                "visitor's consent."
            ),
            "Copy the file into the site and load it from there, or use the provider's embed instead.",
        )
    ]


def test_a_frame_of_a_frameset_cannot_wait() -> None:
    html = f'<frameset><frame src="{FILM}"></frameset>'

    text, findings = ran(RUN, html)

    assert text == html
    assert [finding.check.name for finding in findings] == ["ungateable-load"]


def test_an_embed_that_holds_something_undeclared_waits_and_is_an_error() -> None:
    markup = f'<object data="{FILM}"><img src="https://tracker.example/1.gif"></object>'

    text, findings = ran(RUN, f"<body>{markup}</body>")

    assert text == f"<body>{gated(markup)}</body>"
    assert [(finding.check.name, finding.subject) for finding in findings] == [
        ("undeclared-load", "https://tracker.example/1.gif")
    ]


# What a strict Content Security Policy forbids


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<iframe style="border:0" src="{FILM}"></iframe>', f'<iframe data-style="border:0" src="{FILM}"></iframe>'),
        (f"<iframe src={FILM} STYLE=border:0></iframe>", f"<iframe src={FILM} data-style=border:0></iframe>"),
        (
            f'<object data="{FILM}"><p style="color:red" title="style=">x</p></object>',
            f'<object data="{FILM}"><p data-style="color:red" title="style=">x</p></object>',
        ),
        (
            f'<svg><g style="a:b"><image href="{FILM}"/></g></svg>',
            f'<svg><g data-style="a:b"><image href="{FILM}"/></g></svg>',
        ),
    ],
)
def test_a_style_is_kept_aside(before: str, after: str) -> None:
    assert made(f"<body>{before}</body>") == f"<body>{gated(after)}</body>"


@pytest.mark.parametrize(
    ("markup", "tag", "attribute"),
    [
        (f'<iframe src="{FILM}" onload="x()"></iframe>', f'<iframe src="{FILM}" onload="x()">', "onload"),
        (f'<img src="{FILM}" ONERROR=x()>', f'<img src="{FILM}" ONERROR=x()>', "onerror"),
        (f'<object data="{FILM}"><b onclick="x()">y</b></object>', '<b onclick="x()">', "onclick"),
    ],
)
def test_code_in_an_attribute_is_an_error(markup: str, tag: str, attribute: str) -> None:
    _, findings = ran(RUN, f"<body>{markup}</body>")

    assert told(findings) == [
        (
            "gated-handler",
            f"{tag} has the attribute {attribute}, which runs code that a strict Content Security Policy forbids.",
            f"Remove {attribute}; where the provider needs it, use its plain embed instead.",
        )
    ]


OLD = '<script src="https://gc.zgo.at/count.js"></script><script>goatcounter.x(); document.write("<p>")</script>'


def test_a_script_that_writes_into_the_page_is_an_error() -> None:
    _, findings = ran(RUN, f"<body>{OLD}</body>")

    assert told(findings) == [
        (
            "gated-write",
            (
                '<script>goatcounter.x(); document.write("<p>") calls document.write, which empties a page that has been '
                "read to its end."
            ),
            "Use the provider's present embed code; this one is of a time when scripts wrote into the page.",
        )
    ]


LATE = (
    '<script src="https://gc.zgo.at/count.js"></script><script>addEventListener("load", goatcounter.count)</script>'
)


def test_a_script_that_waits_for_the_page_to_be_read_is_noted() -> None:
    """Listeners for DOMContentLoaded and load never fire in what is woken later (facts, core experiments, section 3)."""
    _, findings = ran(RUN, f"<body>{LATE}</body>")

    assert told(findings) == [
        (
            "gated-too-late",
            (
                '<script>addEventListener("load", goatcounter.count) waits for the event load, which has passed when the '
                "visitor agrees: what it waits with never runs."
            ),
            'Let it run at once, or wait only where document.readyState is "loading".',
        )
    ]


@pytest.mark.parametrize(
    "script",
    [
        '<script src="https://gc.zgo.at/count.js">document.write("not run")</script>',
        '<script type="text/plain">gtag(); document.write()</script>',
        "<script>document.write('own')</script>",
    ],
)
def test_a_script_that_does_not_run_or_does_not_wait_may_hold_anything(script: str) -> None:
    _, findings = ran(RUN, f"<body>{script}</body>")

    assert findings == []


def test_a_run_of_scripts_that_nobody_closes_is_an_error() -> None:
    _, findings = ran(RUN, f"<body>{LIBRARY}<script>goatcounter.x()")

    assert [finding.check.name for finding in findings] == ["unclosed-embed"]


# What nobody can hold


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        (f'<body><p><iframe src="{FILM}"><p>x', "iframe"),
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
