"""Amazon links where other markup is in the way: alternatives, documents inside pages, cards."""

from __future__ import annotations

import pytest

from plugins.amazon_affiliate.page_controls import controlled
from plugins.privacy.page import Form
from tests.kit import (
    BOOK,
    DISCLOSURE,
    LABEL,
    TAGS,
    amazon_affiliate,
    amazon_pass,
    made_by,
    page_pass,
    ran,
    third_party_links,
)

RUN = amazon_pass()
made = made_by(RUN)
OWN = "https://www.example.com/"


# Feeds


@pytest.mark.parametrize("markup", ["<noscript>{}</noscript>", "<iframe srcdoc=\"{}\" title='x'></iframe>"])
def test_a_feed_carries_no_tag_and_no_mark_in_what_is_inside_its_entries(markup: str) -> None:
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})
    html = markup.format(f"<a href='{BOOK}'>book</a> <a href='https://third.example/'>third</a>")

    text, findings = ran(run, html, form=Form.FEED)

    assert (text, findings) == (html, [])


# What is said of a whole page


def test_what_is_said_of_a_page_holds_for_the_html_inside_it() -> None:
    inside = f"<a href='{BOOK}'>book</a>"
    said = f"<a data-affiliate=\"off\" href='{BOOK}'>book</a>"

    assert controlled(f"<noscript>{inside}</noscript>", "off", OWN) == f"<noscript>{said}</noscript>"
    assert controlled(f'<iframe srcdoc="{inside}"></iframe>', "off", OWN) == (
        f'<iframe srcdoc="{said.replace(chr(34), "&quot;").replace("<", "&lt;").replace(">", "&gt;")}"></iframe>'
    )


@pytest.mark.parametrize(
    "html", ["<noscript><p>x</p></noscript>", '<iframe srcdoc="<p>x</p>"></iframe>', "<noscript>"]
)
def test_html_inside_without_such_links_stays_as_it_is(html: str) -> None:
    assert controlled(html, "off", OWN) == html


def test_what_is_said_of_a_page_says_nothing_of_strangers_that_look_like_amazon() -> None:
    links = '<a href="https://amazon.com.evil.example/">l</a><a href="https://www.amazon.de:8443/x">s</a>'

    assert controlled(links, "off", OWN) == links


# Tags that the site wants nowhere


def test_a_refused_tag_is_refused_on_links_that_are_taken_out() -> None:
    html = f'<body><a href="{BOOK}?tag=evil-21" data-affiliate="off">x</a></body>'

    assert [finding.check.name for finding in ran(amazon_pass(foreign_tag="error"), html)[1]] == ["refused-tag"]
    assert ran(amazon_pass(foreign_tag="strip"), html)[0] == html.replace("?tag=evil-21", "")
    assert ran(amazon_pass(foreign_tag="keep"), html) == (html, [])


# Cards


def test_a_card_that_markdown_puts_into_a_paragraph_has_its_label_where_its_words_are() -> None:
    html = f'<body><p>a</p><p><a href="{BOOK}"><h3>A card</h3></a></p></body>'
    expected = (
        f'<body><p>a</p>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20">'
        f"<h3>A card{LABEL}</h3></a></p></body>"
    )

    assert made(html) == expected
    assert made(expected) == expected


@pytest.mark.parametrize(
    "html",
    [
        f'<body><main><b><p></b><a href="{BOOK}">x</a></main></body>',
        f'<body><b><p><a href="{BOOK}">a</b>c</a></body>',
        f'<body><table><a href="{BOOK}">x</a></table></body>',
    ],
)
def test_misnested_markup_has_the_sentence_once(html: str) -> None:
    once = made(html)

    assert once.count(DISCLOSURE) == 1
    assert made(once) == once


def test_a_card_beside_an_alternative_that_pays_is_disclosed_once() -> None:
    html = (
        f'<body><p>a</p><p><a href="{BOOK}"><h3>A card</h3></a></p>'
        f'<noscript><p><a href="{BOOK}?n">n</a></p></noscript></body>'
    )

    once = made(html)

    assert once.startswith(f"<body><p>a</p>{DISCLOSURE}<p><a ")
    assert once.count(DISCLOSURE) == 1
    assert made(once) == once
