"""What the finished output is judged by: what the rules write lacks nothing, and everything else lacks something."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from plugins.amazon_affiliate import expected as amazon
from plugins.third_party_links import expected as third
from tests.kit import NO_THEME, amazon_affiliate, declared, page_pass, third_party_links

KNOWN = third.descriptions(NO_THEME, "en")
WORDS = amazon.expected(NO_THEME, "Example Systems GmbH", "en")
RUN = page_pass(
    amazon_affiliate,
    third_party_links,
    declaration=declared(first_party=["example.net"], partners=[{"name": "P", "hosts": ["partner.example"]}]),
    settings={"AMAZON_TAGS": {"amazon.com": "example-20"}},
)


def link_of(html: str) -> tuple[BeautifulSoup, Tag]:
    soup = BeautifulSoup(html, "html.parser")
    link = soup.find("a")
    assert link is not None
    return soup, link


def of_third(html: str, name: str = "third", *, is_drawn: bool = False) -> list[str]:
    soup, link = link_of(html)

    def described(identifier: str) -> str | None:
        found = soup.find(id=identifier)
        return found.get_text() if found else None

    return third.lacks(name, Reader(link), None if is_drawn else link.get_text(), described, KNOWN)


def of_amazon(html: str) -> list[str]:
    _, link = link_of(html)
    return amazon.lacks(Reader(link), link.get_text(), WORDS)


class Reader:
    """Reads attributes as they stand in the file, lists of words as well."""

    def __init__(self, link: Tag) -> None:
        self._values: Mapping[str, object] = link.attrs

    def __call__(self, name: str) -> str | None:
        value = self._values.get(name)
        return " ".join(value) if isinstance(value, list) else value if isinstance(value, str) else None


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
@pytest.mark.parametrize("body", ["<body>{}</body>", "{}", "<body><pre>{}</pre></body>"])
def test_what_the_rule_marks_lacks_nothing(lang: str, body: str) -> None:
    for host, name in (("a.example", "third"), ("partner.example", "partner"), ("example.net", "first")):
        html = body.format(f'<a href="https://{host}/">x</a>')
        assert of_third(RUN(html, language=lang).text, name) == []


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        (
            '<a href="https://a.example/">x</a>',
            ['the word "external" in rel', "a description that says “external site”"],
        ),
        ('<a rel="external">x</a>', ["a description that says “external site”"]),
        ('<a rel="external" aria-describedby="d">x</a>', ["a description that says “external site”"]),
        (
            '<a rel="external" aria-describedby="d">x</a><i id="d">own site</i>',
            ["a description that says “external site”"],
        ),
        ('<a rel="external" aria-describedby="e d">x</a><i id="d">external site</i>', []),
        ('<a rel="EXTERNAL me">x (externe Website)</a>', []),
        ('<a rel="external" data-xlink="off">x</a>', []),
        ('<a data-xlink="off">x</a>', ['the word "external" in rel']),
    ],
)
def test_what_is_missing_on_a_link_is_named(html: str, missing: list[str]) -> None:
    assert of_third(html) == missing


def test_a_link_to_another_website_of_the_company_is_described_and_not_called_external() -> None:
    described = '<a aria-describedby="d">x</a><i id="d">another website of ours</i>'

    assert of_third(described, "first") == []
    assert of_third("<a>x</a>", "first") == ["a description that says “another website of ours”"]


def test_a_link_in_a_drawing_needs_no_more_than_the_word_in_rel() -> None:
    assert of_third('<a rel="external">x</a>', is_drawn=True) == []
    assert of_third("<a>x</a>", is_drawn=True) == ['the word "external" in rel']
    assert of_third("<a>x</a>", "first", is_drawn=True) == []


@pytest.mark.parametrize("lang", ["en", "de", "fr", "nl"])
def test_a_paid_link_as_the_rule_writes_it_lacks_nothing(lang: str) -> None:
    text = RUN(f'<html lang="{lang}"><body><p><a href="https://amazon.com/dp/1">x</a></p></body></html>').text

    assert of_amazon(text) == []
    assert any(sentence in text for sentence in WORDS.sentences)


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        ("<a>x</a>", ['the word "sponsored" in rel', "a label that is seen, such as “(paid link)”"]),
        ('<a rel="sponsored noreferrer">x (paid link)</a>', ["a referrer that names the site"]),
        ('<a rel="sponsored" referrerpolicy="No-Referrer">x (paid link)</a>', ["a referrer that names the site"]),
        ('<a rel="Sponsored nofollow">x (bezahlter Link)</a>', []),
    ],
)
def test_what_is_missing_on_a_paid_link_is_named(html: str, missing: list[str]) -> None:
    assert of_amazon(html) == missing


def test_the_words_of_every_language_are_known() -> None:
    assert len(WORDS.labels) == len(WORDS.sentences) == 6
    assert "Amazonのアソシエイトとして、Example Systems GmbHは適格販売により収入を得ています。" in WORDS.sentences
