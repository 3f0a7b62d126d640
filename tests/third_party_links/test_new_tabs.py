"""Links that open a new tab: HTML in, HTML out."""

from __future__ import annotations

import re

import pytest

from tests.kit import ICON, THIRD, cookie_banner, declared, made_by, page_pass, ran, third_party_links, told

RUN = page_pass(third_party_links, declaration=declared(partners=[{"name": "OpenZFS", "hosts": ["openzfs.org"]}]))
made = made_by(RUN)


# New tabs

NEW = ' <span class="xlink-new">(opens in a new tab)</span>'


@pytest.mark.parametrize("target", ["_blank", "_BLANK", "shop"])
def test_a_link_that_opens_a_new_tab_says_so_in_words(target: str) -> None:
    text = made(
        f'<body><a target="{target}" href="/own/">x</a> <a target="{target}" href="https://a.example/">y</a></body>'
    )

    assert text == (
        f'<body>{THIRD}<a rel="noopener" target="{target}" href="/own/">x{NEW}</a> '
        '<a rel="noopener external" class="xlink xlink--third" aria-describedby="xlink-third" '
        f'target="{target}" href="https://a.example/">y{NEW}{ICON}</a></body>'
    )
    assert made(text) == text


@pytest.mark.parametrize(
    "attribute", ["", "target", 'target=""', 'target="_self"', 'target="_TOP"', 'target="_parent"']
)
def test_no_link_gets_a_target_and_one_that_stays_in_its_window_says_nothing(attribute: str) -> None:
    html = f'<body><a {attribute} href="/own/">the target</a></body>'

    assert made(html) == html


def test_in_code_a_new_tab_is_told_by_the_description_alone() -> None:
    assert made('<body><pre><a target="_blank" href="/own/">x</a></pre></body>') == (
        '<body><span id="xlink-new" hidden>opens in a new tab</span><pre><a rel="noopener" aria-describedby="xlink-new" '
        'target="_blank" href="/own/">x</a></pre></body>'
    )


@pytest.mark.parametrize("inside", ['<img src="/x.svg" alt="A fan">', "<svg><title>A fan</title></svg>"])
def test_the_words_of_a_new_tab_are_no_words_of_a_picture_that_is_a_link(inside: str) -> None:
    once = made(f'<body><p><a target="_blank" href="https://a.example/">{inside}</a></p></body>')

    assert once == (
        f'<body>{THIRD}<p><a rel="noopener external" class="xlink xlink--third" aria-describedby="xlink-third" '
        f'target="_blank" href="https://a.example/">{inside}{NEW}</a></p></body>'
    )
    assert made(once) == once


@pytest.mark.parametrize("around", ["<body>{}</body>", "{}"])
def test_marks_are_no_name_of_a_link(around: str) -> None:
    once, first = ran(RUN, around.format('<a target="_blank" href="https://a.example/"></a>'))
    twice, second = ran(RUN, once)

    assert ICON not in once
    assert twice == once
    assert (
        [finding.check.name for finding in first] == [finding.check.name for finding in second] == ["nameless-link"]
    )


@pytest.mark.parametrize(
    "html",
    [
        '<map name="m"><area target="_blank" href="/x" alt="x"></map>',
        '<svg><a target="_blank" href="/x"><text>x</text></a></svg>',
        '<noscript><base target="_blank"></noscript>',
    ],
)
def test_what_opens_a_new_window_and_cannot_say_so_is_a_note(html: str) -> None:
    text, (finding,) = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert (finding.check.name, finding.check.level.value) == ("unannounced-window", "note")
    assert finding.what.endswith("> opens a new window, and cannot say so.")


# Where the page's base opens new tabs

BASE = '<head><base target="{}"></head><body>{{}}</body>'
BLANK = BASE.format("_blank")


@pytest.mark.parametrize("target", ["_blank", "_BLANK", "shop"])
def test_a_link_without_a_target_has_that_of_the_base(target: str) -> None:
    page = BASE.format(target)
    once = made(page.format('<a href="/own/">x</a> <a href="https://a.example/"><img src="/x.png" alt="A"></a>'))

    assert once == page.format(
        f'{THIRD}<a rel="noopener" href="/own/">x{NEW}</a> '
        '<a rel="noopener external" class="xlink xlink--third" aria-describedby="xlink-third" '
        f'href="https://a.example/"><img src="/x.png" alt="A">{NEW}</a>'
    )
    assert made(once) == once


@pytest.mark.parametrize("target", ["", "_self", "_TOP", "_parent"])
def test_a_base_that_stays_in_its_window_says_nothing(target: str) -> None:
    html = BASE.format(target).format('<a href="/own/">x</a>')

    assert made(html) == html


@pytest.mark.parametrize(
    "html",
    [
        '<a target="_self" href="/own/">x</a>',
        '<a target="" href="/own/">x</a>',
        '<a target href="/own/">x</a>',
        '<a data-xlink="off" href="/own/">x</a>',
        '<a name="x">no link</a>',
        '<map name="m"><area alt="no link"></map>',
        "<svg><a><text>no link</text></a></svg>",
        '<template><a href="/own/">x</a></template>',
        "<iframe title='x' srcdoc='<a href=\"/own/\">x</a>'></iframe>",
    ],
)
def test_what_stays_in_its_window_under_such_a_base_says_nothing(html: str) -> None:
    assert made(BLANK.format(html)) == BLANK.format(html)


def test_a_link_that_says_it_already_says_it_once() -> None:
    html = BLANK.format(f'<a rel="noopener" target="_blank" href="/own/">x{NEW}</a>')

    assert made(html) == html


@pytest.mark.parametrize(
    "head", ['<base target="_self"><base target="_blank">', '<template><base target="_blank"></template>']
)
def test_a_base_that_no_browser_takes_says_nothing(head: str) -> None:
    html = f'<head>{head}</head><body><a href="/own/">x</a></body>'

    assert made(html) == html


def test_the_base_of_a_page_holds_for_what_it_shows_without_javascript() -> None:
    assert made(BLANK.format('<noscript><a href="/own/">x</a></noscript>')) == BLANK.format(
        f'<noscript><a rel="noopener" href="/own/">x{NEW}</a></noscript>'
    )


def test_the_base_of_a_frame_holds_for_its_own_links() -> None:
    text = made(
        "<body><iframe title='x' srcdoc='<base target=_blank><a href=/own/>x</a>'></iframe><a href=/own/>y</a></body>"
    )

    assert text.count("xlink-new") == 1
    assert text.endswith("<a href=/own/>y</a></body>")


@pytest.mark.parametrize(
    "html",
    [
        '<map name="m"><area href="/x" alt="x"></map>',
        '<svg><a href="/x"><text>x</text></a></svg>',
        '<svg><a xlink:href="/x"><text>x</text></a></svg>',
    ],
)
def test_what_such_a_base_opens_and_cannot_say_so_is_a_note(html: str) -> None:
    text, findings = ran(RUN, BLANK.format(html))

    source = re.search("<a.*?>", html)
    assert source is not None
    assert text == BLANK.format(html)
    assert told(findings) == [
        (
            "unannounced-window",
            "note",
            f"{source[0]} opens a new window, and cannot say so.",
            'Write target="_self" into it, or remove the target of the <base>.',
        )
    ]


def test_what_the_consent_banner_adds_stays_in_its_window() -> None:
    run = page_pass(third_party_links, cookie_banner, declaration=declared(services=["youtube"]))
    once, findings = ran(run, BLANK.format("<p>x</p>"))

    assert findings == []
    assert "consent-control" in once
    assert "xlink" not in once
    assert ran(run, once) == (once, [])
