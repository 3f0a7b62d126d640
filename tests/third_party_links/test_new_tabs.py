"""Links that open a new tab: HTML in, HTML out."""

from __future__ import annotations

import pytest

from tests.kit import ICON, THIRD, declared, made_by, page_pass, ran, third_party_links

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
        '<base target="_blank">',
    ],
)
def test_what_opens_a_new_window_and_cannot_say_so_is_a_note(html: str) -> None:
    text, (finding,) = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert (finding.check.name, finding.check.level.value) == ("unannounced-window", "note")
    assert finding.what.endswith("> opens a new window, and cannot say so.")
