"""Amazon links in pages: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import (
    BOOK,
    DISCLOSURE,
    LABEL,
    TAGS,
    amazon_affiliate,
    amazon_pass,
    declared,
    made_by,
    page_pass,
    ran,
    third_party_links,
)

RUN = amazon_pass()
made = made_by(RUN)


# What must not be touched


@pytest.mark.parametrize(
    "html",
    [
        "<body><p>No link at all, and the word Amazon.</p></body>",
        '<body><p><a href="/about/">About</a> <a href="https://aws.amazon.com/">AWS</a></p></body>',
        f'<body><pre><code>&lt;a href="{BOOK}"&gt;</code></pre></body>',
        f"<body><!-- <a href='{BOOK}'>x</a> --><p>x</p></body>",
        f'<body><template><a href="{BOOK}">x</a></template></body>',
        f"<body><script>const a = '<a href=\"{BOOK}\">x</a>';</script></body>",
        f"<body><textarea><a href='{BOOK}'>x</a></textarea><title>{BOOK}</title></body>",
        f'<body><p data-link="{BOOK}" title="{BOOK}">{BOOK}</p></body>',
        f'<head><link rel="canonical" href="{BOOK}"></head><body><p>x</p></body>',
        f'<body><blockquote cite="{BOOK}">x</blockquote><a name="{BOOK}">x</a></body>',
        f'<body><p><a href="{BOOK}" data-affiliate="off" rel="noreferrer">x</a></p></body>',
        # they cannot say that they are paid
        f'<body><map name="m"><area href="{BOOK}" alt="A book"></map></body>',
        f'<body><svg><a href="{BOOK}"><text>x</text></a></svg></body>',
        f'<body><svg><a href="/own/" xlink:href="{BOOK}"><text>x</text></a></svg></body>',
    ],
)
def test_a_page_without_a_link_that_pays_comes_out_byte_for_byte(html: str) -> None:
    assert made(html) == html


def test_a_feed_carries_no_tag_no_label_and_no_disclosure() -> None:
    entry = f'<p><a href="{BOOK}">A book</a></p>'

    assert ran(RUN, entry, form=Form.FEED) == (entry, [])


def test_without_tags_no_link_changes() -> None:
    html = f'<body><p><a href="{BOOK}">A book</a></p></body>'

    assert ran(page_pass(amazon_affiliate), html) == (html, [])


# What a link that pays says


def test_a_link_to_a_store_is_tagged_labelled_and_disclosed() -> None:
    assert made(f'<body><p>Read <a href="{BOOK}">a book</a>.</p></body>') == (
        f'<body>{DISCLOSURE}<p>Read <a rel="sponsored" href="{BOOK}?tag=example-20">a book{LABEL}</a>.</p></body>'
    )


def test_the_rest_of_the_page_stays_byte_for_byte() -> None:
    before, after = '<BODY  class=x>\n<P>&amp; a&nbsp;b <br/>"', "'<img src=a.png alt>\n\n</p ></body >"

    assert made(f"{before}<a href='{BOOK}'  title=T>x</a>{after}") == (
        f'<BODY  class=x>\n{DISCLOSURE}<P>&amp; a&nbsp;b <br/>"'
        f'<a rel="sponsored" href="{BOOK}?tag=example-20"  title=T>x{LABEL}</a>{after}'
    )


def test_a_link_that_carries_the_tag_already_is_labelled_and_disclosed_all_the_same() -> None:
    assert made(f'<body><p><a href="{BOOK}?tag=example-20">x</a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p></body>'
    )


def test_a_link_with_a_strangers_tag_is_labelled_and_disclosed_all_the_same() -> None:
    text, findings = ran(RUN, f'<body><p><a href="{BOOK}?tag=stranger-20">x</a></p></body>')

    assert text == f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=stranger-20">x{LABEL}</a></p></body>'
    assert [finding.check.name for finding in findings] == ["foreign-tag"]


@pytest.mark.parametrize(
    ("rel", "expected"),
    [
        ("noreferrer", "sponsored"),
        ("noopener noreferrer", "noopener sponsored"),
        ("me  license NoReferrer", "me license sponsored"),
        ("Sponsored nofollow noreferrer", "Sponsored nofollow"),
        ("ugc", "ugc sponsored"),
        ("", "sponsored"),
    ],
)
def test_rel_gains_sponsored_and_loses_noreferrer_and_keeps_every_other_word(rel: str, expected: str) -> None:
    assert made(f'<body><p><a href="{BOOK}?tag=example-20" rel="{rel}">x</a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a href="{BOOK}?tag=example-20" rel="{expected}">x{LABEL}</a></p></body>'
    )


@pytest.mark.parametrize("rel", ["sponsored", "SPONSORED nofollow"])
def test_a_rel_that_says_it_already_is_not_touched(rel: str) -> None:
    html = f'<body>{DISCLOSURE}<p><a href="{BOOK}?tag=example-20" rel="{rel}">x{LABEL}</a></p></body>'

    assert made(html) == html


def test_a_picture_that_is_a_link_gets_the_label_in_words() -> None:
    assert made(f'<body><p><a href="{BOOK}"><img src="/b.jpg" alt="A book"></a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20">'
        f'<img src="/b.jpg" alt="A book">{LABEL}</a></p></body>'
    )


def test_a_link_that_nobody_closes_gets_the_label_first() -> None:
    assert made(f'<body><p><a href="{BOOK}">x<p>y') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20">{LABEL}x<p>y'
    )


def test_a_link_in_noscript_is_a_link_for_some_visitors() -> None:
    assert made(f'<body><div><noscript><a href="{BOOK}">x</a></noscript></div></body>') == (
        f'<body>{DISCLOSURE}<div><noscript><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></noscript></div></body>'
    )


# Twice is not said


def test_a_page_and_its_noscript_have_one_sentence_before_both() -> None:
    inner = f'<noscript><p><a href="{BOOK}">x</a></p></noscript>'
    tagged = f'<noscript><p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p></noscript>'
    outer = f'<p><a href="{BOOK}">x</a></p>'
    outer_tagged = f'<p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p>'

    assert made(f"<body>{inner}{outer}</body>") == f"<body>{DISCLOSURE}{tagged}{outer_tagged}</body>"
    assert made(f"<body>{outer}{inner}</body>") == f"<body>{DISCLOSURE}{outer_tagged}{tagged}</body>"


def test_a_document_in_a_frame_says_it_itself() -> None:
    text = made(f"<body><iframe srcdoc=\"<p><a href='{BOOK}'>x</a></p>\"></iframe></body>")

    assert text.count("affiliate-disclosure") == text.count("paid-link") == 1
    assert text.startswith('<body><iframe srcdoc="&lt;p class=')


# Twice is once


@pytest.mark.parametrize(
    "html",
    [
        f'<body><p><a href="{BOOK}">x</a></p></body>',
        f'<body><p><a href="{BOOK}" rel="noreferrer">x<p><a href="{BOOK}?tag=example-20">y',
        f"<body><noscript><a href='{BOOK}'>x</a></noscript><p><a href='{BOOK}#a?b'>y</a></body>",
        f'<body><main><p>a</p><article><a href="{BOOK}?tag=&amp;a=b">y</a></article></main></body>',
        f'<body><p><a href="{BOOK} ">x</a></p></body>',
    ],
)
def test_a_page_that_went_through_once_does_not_change_again(html: str) -> None:
    once = made(html)

    assert once != html
    assert made(once) == once


def test_a_link_that_pays_has_its_own_label_and_not_that_of_a_third_party() -> None:
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})

    text, findings = ran(run, f'<body><p><a href="{BOOK}">x</a></p></body>')

    assert findings == []
    assert text == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored external" href="{BOOK}?tag=example-20">x{LABEL}</a></p></body>'
    )


def test_the_inventory_names_the_links_that_pay() -> None:
    passed = RUN(f'<body><a href="{BOOK}">x</a><a href="https://aws.amazon.com/">y</a></body>', page="page.html")

    assert [(link.url, link.verdict) for link in passed.inventory.links] == [
        (BOOK, "affiliate"),
        ("https://aws.amazon.com/", "third-party"),
    ]


def test_a_store_that_is_declared_a_partner_still_gets_its_tag() -> None:
    declaration = declared(partners=[{"name": "Amazon", "hosts": [".amazon.com"]}])
    run = page_pass(amazon_affiliate, declaration=declaration, settings={"AMAZON_TAGS": TAGS})

    text, _ = ran(run, f'<body><p><a href="{BOOK}">x</a></p></body>')

    assert f"{BOOK}?tag=example-20" in text
