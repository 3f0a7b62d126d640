"""The gate: what cannot wait, or must not stand in what waits, stops the site and says why."""

from __future__ import annotations

import pytest

from plugins.cookie_banner.gate import Gate
from plugins.privacy.page_pass import PagePass
from tests.cookie_banner.gate_kit import FILM, FRAME, LIBRARY, RUN, gated, made, told, word
from tests.kit import declared, ran

UNDECLARED = "https://player.films.example/video/1"

# What is undeclared, or cannot wait


INSTEAD = {
    "<scr": "remove it",
    "<img": "save the file in the site, such as below content/images/, and load it from there",
}


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
    instead = INSTEAD.get(markup[:4], "link to the content instead of embedding it")
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


def test_a_ping_cannot_wait() -> None:
    """A form says what it sends and to whom; nobody sees a ping, and nothing could hold it back."""
    link = '<a href="/" ping="https://x.goatcounter.com/count">x</a>'
    text, findings = ran(RUN, f"<body>{link}</body>")

    assert text == f"<body>{link}</body>"
    assert told(findings) == [
        (
            "ungateable-load",
            (
                '<a href="/" ping="https://x.goatcounter.com/count"> sends data to x.goatcounter.com (GoatCounter) unseen '
                "whenever somebody follows the link, which cannot wait for the visitor's consent."
            ),
            "Remove the attribute ping.",
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
