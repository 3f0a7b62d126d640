"""Amazon links where other markup is in the way: alternatives, documents inside pages, cards."""

from __future__ import annotations

from pathlib import Path

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
    told,
)
from tests.third_party_links.test_audited import audited

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


# Code


CODE = [
    "<pre>{}</pre>",
    "<p><code>{}</code></p>",
    "<pre><code>{}</code></pre>",
    "<p><kbd><b>{}</b></kbd></p>",
    "<samp>{}</samp>",
]


@pytest.mark.parametrize(
    "html",
    [code.format("<a>x</a>") for code in CODE]
    + ["<p><kbd><a><h3>x</h3></a></kbd></p>", "<code><p><a>x</code>y</a></p>"],
)
@pytest.mark.parametrize("href", [BOOK, f"{BOOK}?tag=evil-20"])
def test_in_code_no_link_gets_tag_or_label_and_the_page_passes_the_audit(
    href: str, html: str, tmp_path: Path
) -> None:
    html = "<body>" + html.replace("<a>", f"<a href={href}>")
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})

    alone, together = ran(RUN, html)[0], ran(run, html)[0]

    assert alone == html
    assert LABEL not in together
    assert audited(tmp_path, together) == []


@pytest.mark.parametrize("code", CODE)
def test_in_code_a_link_that_pays_is_an_error_since_it_can_hold_no_label(code: str) -> None:
    link, short = f'<a href="{BOOK}?tag=example-20">', '<a href="https://amzn.to/x" data-affiliate="own">'
    text, findings = ran(RUN, f"<body>{code.format(f'{link}x</a> {short}y</a>')}")

    assert LABEL not in text
    assert told(findings) == [
        (
            "undisclosed-paid-link",
            "error",
            f"{link} carries a tag of the site's own, but would get no label.",
            "Remove the tag, or write an ordinary link outside of code, which can hold the label.",
        ),
        (
            "undisclosed-paid-link",
            "error",
            f"{short} pays, as its author says, but would get no label.",
            "Write an ordinary link outside of code, which can hold the label.",
        ),
    ]


def test_the_audit_finds_a_link_without_label_in_code_and_one_without_tag_beside_it(tmp_path: Path) -> None:
    untagged = f'<a rel="external" data-xlink="off" href="{BOOK}">x</a>'
    paid = f'<code><a rel="sponsored external" href="{BOOK}?tag=example-20">x</a></code>'

    assert [found[0] for found in audited(tmp_path, DISCLOSURE + paid)] == ["undisclosed-paid-link"]
    assert [found[0] for found in audited(tmp_path, f"<code>x</code>{untagged}")] == ["untagged-affiliate-link"]
    assert audited(tmp_path, f"<code>{untagged}</code>") == []


@pytest.mark.parametrize("inside", ["<code>x</code>", "<pre>x</pre>"])
def test_around_code_a_link_has_its_label_behind_the_code(inside: str) -> None:
    assert made(f'<body><a href="{BOOK}">{inside}</a></body>') == (
        f'<body>{DISCLOSURE}<a rel="sponsored" href="{BOOK}?tag=example-20">{inside}{LABEL}</a></body>'
    )
