"""Where the sentence stands that Amazon requires, and in which words: HTML in, HTML out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import BOOK, DISCLOSURE, LABEL, TAGS, amazon_affiliate, amazon_pass, made_by, page_pass, ran, told

RUN = amazon_pass()
made = made_by(RUN)


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


def test_the_sentence_never_stands_before_the_doctype() -> None:
    start, end = "<!DOCTYPE html><title>x</title>", "</noscript><p>Text."

    text = made(f'{start}<noscript><p><a href="{BOOK}">x</a></p>{end}')

    assert text.startswith(f"{start}{DISCLOSURE}<noscript><p><a rel=")
    assert made(text) == text


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


def test_the_sentence_is_seen_where_the_first_link_that_pays_is_in_a_hidden_tab() -> None:
    """It is said of the links behind the tab as well."""
    tab = f'<div hidden><main><p>a</p><p><a href="{BOOK}">x</a></p></main></div>'
    paid = f'<a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a>'
    once = f"<body><p>a</p>{DISCLOSURE}<div hidden><main><p>a</p><p>{paid}</p></main></div><p>{paid}</p></body>"

    assert made(f'<body><p>a</p>{tab}<p><a href="{BOOK}">x</a></p></body>') == once
    assert made(once) == once


def test_the_sentence_stands_inside_a_body_that_is_hidden() -> None:
    link = f'<p><a href="{BOOK}">x</a></p>'

    assert made(f"<html><body hidden>{link}</body></html>").startswith(f"<html><body hidden>{DISCLOSURE}<p><a ")


def test_a_sentence_in_a_hidden_tab_does_not_stand_for_one_that_is_seen() -> None:
    tab = f"<div hidden>{DISCLOSURE}<p><a rel=sponsored href='{BOOK}?tag=example-20'>x{LABEL}</a></p></div>"

    assert made(f"<body>{tab}</body>") == f"<body>{DISCLOSURE}{tab}</body>"


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


# language → Amazon's sentence, and the label that its help or a law asks for
WORDS = {
    "en": ("As an Amazon Associate I earn from qualifying purchases.", "(paid link)"),
    "de": ("Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.", "(bezahlter Link)"),
    "fr": (
        "En tant que Partenaire Amazon, je réalise un bénéfice sur les achats remplissant les conditions requises.",
        "(lien rémunéré)",
    ),
    "es": (
        "En calidad de Afiliado de Amazon, obtengo ingresos por las compras adscritas que cumplen los requisitos aplicables.",
        "(enlace pagado)",
    ),
    "it": ("In qualità di Affiliato Amazon io ricevo un guadagno dagli acquisti idonei.", "(link a pagamento)"),
    "ja": ("Amazonのアソシエイトとして、Example Systems GmbHは適格販売により収入を得ています。", "（広告）"),  # noqa: RUF001
}


@pytest.mark.parametrize("lang", WORDS)
def test_sentence_and_label_are_in_the_language_of_the_page(lang: str) -> None:
    sentence, label = WORDS[lang]

    assert made(f'<html lang="{lang}"><body><p><a href="{BOOK}">x</a></p></body></html>') == (
        f'<html lang="{lang}"><body><p class="affiliate-disclosure">{sentence}</p>\n<p><a rel="sponsored" '
        f'href="{BOOK}?tag=example-20">x <span class="paid-link">{label}</span></a></p></body></html>'
    )


def test_where_no_translation_is_verified_the_sentence_is_english_and_says_so() -> None:
    text, (finding,) = ran(RUN, f'<html lang="nl"><body><p><a href="{BOOK}">x</a></p></body></html>')

    assert text == (
        '<html lang="nl"><body><p class="affiliate-disclosure" lang="en">As an Amazon Associate I earn from qualifying '
        f'purchases.</p>\n<p><a rel="sponsored" href="{BOOK}?tag=example-20">x <span class="paid-link" lang="en">'
        "(paid link)</span></a></p></body></html>"
    )
    assert told([finding]) == [
        (
            "untranslated-disclosure",
            "note",
            "Amazon's sentence stands in English on a page in “nl”: no translation is verified.",
            "If your contract has one, write it in theme/messages/amazon_affiliate.nl.toml.",
        )
    ]


def test_a_company_may_have_another_sentence_by_writing_it_down_and_not_otherwise(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    sentence = "As Amazon Associates, Example Systems GmbH earns from qualifying purchases."
    (tmp_path / "messages/amazon_affiliate.en.toml").write_text(f'disclosure = "{sentence}"\n', "utf-8")
    run = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS}, theme=tmp_path)

    text, findings = ran(run, f'<body><p><a href="{BOOK}">x</a></p></body>')

    assert text.startswith(f'<body><p class="affiliate-disclosure">{sentence}</p>\n<p>')
    assert findings == []
