"""Amazon links in pages: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.amazon_affiliate.glue import judge_of, settings_findings
from plugins.privacy.page import Form
from tests.kit import amazon_affiliate, declared, page_pass, ran, third_party_links

TAGS = {"amazon.com": "example-20", "amazon.de": "example-21"}
RUN = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS})
BOOK = "https://www.amazon.com/dp/B000000000"
DISCLOSURE = '<p class="affiliate-disclosure">As an Amazon Associate I earn from qualifying purchases.</p>\n'
LABEL = ' <span class="paid-link">(paid link)</span>'


def made(html: str) -> str:
    """Return what becomes of a page on which nothing is found."""
    text, findings = ran(RUN, html)
    assert findings == []
    return text


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


# Where the sentence stands


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<body>", "<p>Read {} now.</p></body>"),
        ("<body><main>", "<p>Read {} now.</p></main></body>"),
        ("<body><header>h</header><main><article><h1>T</h1><p>a</p>", "<ul><li>{}</li></ul></article></main></body>"),
        ("<body><main><p>a</p>", "<table><tr><td>{}</td></tr></table></main></body>"),
        ("<body><main>", "<section><div><p>{}</p></div></section></main></body>"),
        ("<body><main>", "{}</main></body>"),
        ("", "<p>{}</p>"),
    ],
)
def test_the_sentence_stands_before_the_block_with_the_first_link_that_pays(before: str, after: str) -> None:
    links = f'<a href="/own/">own</a> <a href="{BOOK}">x</a>'
    tagged = f'<a href="/own/">own</a> <a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a>'
    if "{}</main>" in after:
        links, tagged = links.partition("</a> ")[2], tagged.partition("</a> ")[2]

    assert made(before + after.format(links)) == before + DISCLOSURE + after.format(tagged)


def test_the_sentence_stands_once_however_many_links_there_are() -> None:
    text = made(f'<body><p><a href="{BOOK}">x</a></p><p><a href="https://www.amazon.de/dp/B0">y</a></p></body>')

    assert text.count("affiliate-disclosure") == 1
    assert text.count("(paid link)") == 2


@pytest.mark.parametrize(
    "forged",
    [
        '<p class="affiliate-disclosure" hidden></p>',
        '<p class="affiliate-disclosure">We earn.</p>',
        f"<div hidden>{DISCLOSURE}</div>",
        f"<template>{DISCLOSURE}</template>",
        f"<!-- {DISCLOSURE} -->",
        f"<script>{DISCLOSURE}</script>",
    ],
)
def test_what_only_looks_like_the_sentence_or_is_hidden_does_not_stand_for_it(forged: str) -> None:
    text = made(f'<body>{forged}<p><a href="{BOOK}">x</a></p></body>')

    assert text.startswith(f"<body>{forged}{DISCLOSURE}<p><a ")
    assert made(text) == text


@pytest.mark.parametrize(
    "forged",
    [
        '<span class="paid-link"></span>',
        '<b class="paid-link">(free link)</b>',
        f"<span hidden>{LABEL}</span>",
        f"<!--{LABEL}-->",
    ],
)
def test_what_only_looks_like_the_label_or_is_hidden_does_not_stand_for_it(forged: str) -> None:
    text = made(f'<body><p><a href="{BOOK}">x{forged}</a></p></body>')

    assert f">x{forged}{LABEL}</a>" in text
    assert made(text) == text


def test_the_sentence_counts_where_it_stands_beside_what_is_around_the_link() -> None:
    html = f'<body>{DISCLOSURE}<main><p>a</p><p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p></main></body>'

    assert made(html) == html


def test_a_sentence_at_the_foot_of_the_page_comes_too_late() -> None:
    link = f'<p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p>'
    footer = '<footer><p class="affiliate-disclosure">We earn.</p></footer></body>'

    assert made(f"<body>{link}{footer}") == f"<body>{DISCLOSURE}{link}{footer}"


def test_a_link_that_earns_nothing_does_not_call_for_the_sentence() -> None:
    html = '<body><p><a href="https://www.amazon.fr/dp/B000000000">x</a> <a href="https://aws.amazon.com/">y</a></p></body>'

    assert made(html) == html


@pytest.mark.parametrize("lang", ["de", "de-AT", "DE"])
def test_a_german_page_has_the_german_words(lang: str) -> None:
    assert made(f'<html lang="{lang}"><body><p><a href="{BOOK}">x</a></p></body></html>') == (
        f'<html lang="{lang}"><body>'
        '<p class="affiliate-disclosure">Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.</p>\n'
        f'<p><a rel="sponsored" href="{BOOK}?tag=example-20">x <span class="paid-link">(bezahlter Link)</span></a></p>'
        "</body></html>"
    )


SENTENCES = {
    "de": "Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.",
    "fr": "En tant que Partenaire Amazon, je réalise un bénéfice sur les achats remplissant les conditions requises.",
    "es": "En calidad de Afiliado de Amazon, obtengo ingresos por las compras adscritas que cumplen los requisitos aplicables.",
    "it": "In qualità di Affiliato Amazon io ricevo un guadagno dagli acquisti idonei.",
    "ja": "Amazonのアソシエイトとして、Example Systems GmbHは適格販売により収入を得ています。",
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_the_sentence_is_amazons_own_in_the_language_of_the_page(lang: str) -> None:
    text = made(f'<html lang="{lang}"><body><p><a href="{BOOK}">x</a></p></body></html>')

    assert f'<p class="affiliate-disclosure">{SENTENCES[lang]}</p>' in text


def test_where_no_translation_is_verified_the_sentence_is_english_and_says_so() -> None:
    text, (finding,) = ran(RUN, f'<html lang="nl"><body><p><a href="{BOOK}">x</a></p></body></html>')

    assert text == (
        '<html lang="nl"><body><p class="affiliate-disclosure" lang="en">As an Amazon Associate I earn from qualifying '
        f'purchases.</p>\n<p><a rel="sponsored" href="{BOOK}?tag=example-20">x <span class="paid-link" lang="en">'
        "(paid link)</span></a></p></body></html>"
    )
    assert (finding.check.name, finding.check.level.value, finding.what, finding.way_out) == (
        "untranslated-disclosure",
        "note",
        "Amazon's sentence stands in English on a page in “nl”: no translation is verified.",
        "If your contract has one, write it in theme/messages/amazon_affiliate.nl.toml.",
    )


# Amazon is told which site a visitor comes from


@pytest.mark.parametrize("policy", ["no-referrer", "same-origin", "NO-REFERRER "])
def test_a_link_that_pays_does_not_hide_the_site(policy: str) -> None:
    assert made(f'<body><p><a href="{BOOK}" referrerpolicy="{policy}">x</a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20" '
        f'referrerpolicy="strict-origin-when-cross-origin">x{LABEL}</a></p></body>'
    )


@pytest.mark.parametrize("policy", ["origin", "strict-origin", "unsafe-url"])
def test_a_policy_that_names_the_site_stays(policy: str) -> None:
    assert f' referrerpolicy="{policy}">' in made(f'<body><p><a href="{BOOK}" referrerpolicy="{policy}">x</a></p>')


def test_where_the_page_hides_the_site_a_link_that_pays_does_not() -> None:
    head = '<head><meta name="Referrer" content="no-referrer"></head>'
    text = made(f'{head}<body><p><a href="{BOOK}">x</a><a href="https://aws.amazon.com/">y</a></p></body>')

    assert text == (
        f'{head}<body>{DISCLOSURE}<p><a rel="sponsored" referrerpolicy="strict-origin-when-cross-origin" '
        f'href="{BOOK}?tag=example-20">x{LABEL}</a><a href="https://aws.amazon.com/">y</a></p></body>'
    )
    assert made(text) == text


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


# Settings


def test_every_mistake_in_the_settings_is_told_at_once() -> None:
    found = settings_findings(
        {
            "AMAZON_TAGS": {"amazon.at": "a-21", "www.amazon.com": "b-20", "amazon.co.za": "c-20"},
            "AMAZON_AFFILIATE": {"own_tag": ["x-20"]},
        }
    )

    assert [(finding.check.name, finding.what, finding.way_out) for finding in found] == [
        (
            "wrong-setting",
            (
                'AMAZON_TAGS names "amazon.at", which is no Amazon store. Did you mean "amazon.sa"? '
                'It names "www.amazon.com", which is no Amazon store. Did you mean "amazon.com"? '
                'It names "amazon.co.za", a store without an affiliate programme.'
            ),
            "See the README, “Settings”.",
        ),
        ("wrong-setting", 'AMAZON_AFFILIATE["own_tag"] is not a setting.', 'Did you mean "own_tags"?'),
    ]


def test_one_tag_for_all_stores_is_a_mistake() -> None:
    (found,) = settings_findings({"AMAZON_TAGS": "example-20"})

    assert (found.what, found.way_out) == (
        "AMAZON_TAGS is the one tag “example-20” for all stores, and Amazon pays a tag only in its own store.",
        'Name the store it is for: AMAZON_TAGS = {"amazon.com": "example-20"}.',
    )


@pytest.mark.parametrize("tag", ["", "a b", "a&b=c", "-20", "ä-20"])
def test_what_can_be_no_tag_is_refused(tag: str) -> None:
    (found,) = settings_findings({"AMAZON_TAGS": {"amazon.com": tag}})

    assert found.what == (
        f"AMAZON_TAGS[\"amazon.com\"]: String should match pattern '^[A-Za-z0-9][A-Za-z0-9_-]*$'; it is {tag!r}."
    )


@pytest.mark.parametrize("tag", ["joelonsoftware", "rlf", "linksync-22", "hydramzkw0mx-20"])
def test_a_tag_may_end_as_it_likes(tag: str) -> None:
    assert settings_findings({"AMAZON_TAGS": {"amazon.com": tag, "amazon.de": tag}}) == []


def test_a_name_of_amazons_in_a_tag_is_noted() -> None:
    """Section 1.1 of the facts: a tag must hold no trademark of Amazon's; further tags count as well."""
    judge = judge_of(
        {
            "AMAZON_TAGS": {"amazon.com": "example-20", "amazon.de": "myKindle-21"},
            "AMAZON_AFFILIATE": {"own_tags": ["amazonecho-20"]},
        }
    )
    found = list(judge.names_of_tags())

    assert [(finding.check.name, finding.check.level.value, finding.what) for finding in found] == [
        (
            "trademark-in-tag",
            "note",
            f"The tag {tag} holds “{mark}”, and Amazon wants none of its names in a tag.",
        )
        for tag, mark in (("amazonecho-20", "amazon"), ("amazonecho-20", "echo"), ("myKindle-21", "kindle"))
    ]
    assert {finding.way_out for finding in found} == {
        "Let Amazon give you another tracking ID, and declare that one."
    }


def test_a_store_that_is_declared_a_partner_still_gets_its_tag() -> None:
    declaration = declared(partners=[{"name": "Amazon", "hosts": [".amazon.com"]}])
    run = page_pass(amazon_affiliate, declaration=declaration, settings={"AMAZON_TAGS": TAGS})

    text, _ = ran(run, f'<body><p><a href="{BOOK}">x</a></p></body>')

    assert f"{BOOK}?tag=example-20" in text
