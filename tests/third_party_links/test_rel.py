"""The words in rel, row by row, and in other lists of words: HTML in, HTML out."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.kit import ICON, THIRD, amazon_affiliate, declared, made_by, page_pass, ran, third_party_links

RUN = page_pass(third_party_links, declaration=declared(partners=[{"name": "OpenZFS", "hosts": ["openzfs.org"]}]))
made = made_by(RUN)


A, BOOK = "https://a.example/", "https://www.amazon.com/dp/B000000000"
BOTH = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": {"amazon.com": "example-20"}})

# the word, and where it goes → attributes of a link, what its rel says then
TOKENS = {
    "external: third parties": (f'href="{A}"', "external"),
    "external: not on the company's sites": ('href="https://docs.example.com/"', None),
    "noopener: what opens another window": (f'href="{A}" target="_blank"', "noopener external"),
    "noopener: of one's own pages too": ('href="/x" target="_blank"', "noopener"),
    "noopener: not without": (f'href="{A}" target="_self"', "external"),
    "noreferrer: only its author writes it": (f'href="{A}" rel="noreferrer"', "noreferrer external"),
    "noreferrer: never on a link that pays": (f'href="{BOOK}" rel="noreferrer"', "sponsored external"),
    "sponsored: links that pay": (f'href="{BOOK}"', "sponsored external"),
    "sponsored: of other sponsors, by their author": (f'href="{A}" rel="sponsored"', "sponsored external"),
    "nofollow: only its author writes it": (f'href="{A}" rel="nofollow"', "nofollow external"),
    "ugc: only its author writes it": (f'href="{A}" rel="ugc"', "ugc external"),
    "privacy-policy: the site's own": ('href="/privacy/" rel="privacy-policy"', "privacy-policy"),
    "terms-of-service: the site's own": ('href="/terms/" rel="terms-of-service"', "terms-of-service"),
    "me, license, author: unknown words stay": (f'href="{A}" rel="me license x"', "me license x external"),
}


@pytest.mark.parametrize(("attributes", "expected"), TOKENS.values(), ids=TOKENS)
def test_each_word_stands_where_it_belongs_and_no_link_gets_a_referrer_policy(
    attributes: str, expected: str | None
) -> None:
    text, findings = ran(BOTH, f"<body><p><a {attributes}>x</a></p></body>")
    link = BeautifulSoup(text, "html.parser").select_one("a")

    assert link is not None
    assert findings == []
    assert " ".join(link.get_attribute_list("rel")) == expected if expected else link.get("rel") is None
    assert link.get("referrerpolicy") is None


# The words that are added


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('rel="me"', 'rel="me external"'),
        ('rel="noopener  license"', 'rel="noopener license external"'),
        ("rel=author", 'rel="author external"'),
        ("rel='nofollow UGC'", 'rel="nofollow UGC external"'),
        ('rel=""', 'rel="external"'),
        ("rel", 'rel="external"'),
        ('REL="me"', 'rel="me external"'),
        ('rel="External"', 'rel="External"'),
        ('rel="external noreferrer"', 'rel="external noreferrer"'),
    ],
)
def test_rel_keeps_its_words_and_gains_one(before: str, after: str) -> None:
    assert made(f'<body><a href="https://a.example/" {before}>x</a></body>') == (
        f'<body>{THIRD}<a class="xlink xlink--third" aria-describedby="xlink-third" href="https://a.example/" {after}>x{ICON}</a></body>'
    )


def test_class_keeps_its_words_and_gains_two() -> None:
    assert made('<body><a class="button" href="https://a.example/">x</a></body>') == (
        f'<body>{THIRD}<a rel="external" aria-describedby="xlink-third" class="button xlink xlink--third" href="https://a.example/">x{ICON}</a></body>'
    )


def test_a_link_that_is_described_by_something_else_keeps_that() -> None:
    assert made('<body><a aria-describedby="size" href="https://a.example/">x</a> <i id="size">3 MB</i></body>') == (
        f'<body>{THIRD}<a rel="external" class="xlink xlink--third" aria-describedby="size xlink-third" href="https://a.example/">x{ICON}</a>'
        ' <i id="size">3 MB</i></body>'
    )


def test_a_german_page_is_described_in_german() -> None:
    text = made('<html lang="de"><body><a href="https://a.example/">x</a><a href="https://openzfs.org/">y</a>')

    assert '<span id="xlink-third" hidden>externe Website</span>' in text
    assert '<span id="xlink-partner" hidden>Website eines Partners</span>' in text


def test_an_attribute_that_a_theme_writes_twice_is_merged_where_browsers_read_it() -> None:
    assert made('<body><a href="https://a.example/" rel="me" rel="nofollow">x</a></body>') == (
        f'<body>{THIRD}<a class="xlink xlink--third" aria-describedby="xlink-third" href="https://a.example/" '
        f'rel="me external" rel="nofollow">x{ICON}</a></body>'
    )
