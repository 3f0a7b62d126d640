"""What other tools are known to get wrong, a row for each: an address in, an address out.

Read in their code, or seen in their issues: Discourse's affiliate processor, YOURLS, userscripts, link cleaners.
"""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import BOOK, address_after, amazon_pass, made_by, ran

RUN = amazon_pass()
MISTAKES = {
    "parameters rebuilt from a few": (
        "https://www.amazon.com/dp/B0?th=1&psc=1&smid=A2&rh=n%3A1&i=books&url=x&nodeId=3&ASIN.1=B1",
        "https://www.amazon.com/dp/B0?th=1&psc=1&smid=A2&rh=n%3A1&i=books&url=x&nodeId=3&ASIN.1=B1&tag=example-20",
    ),
    "any tag overwritten": (
        "https://www.amazon.com/dp/B0?tag=stranger-20",
        "https://www.amazon.com/dp/B0?tag=stranger-20",
    ),
    "short links tagged": ("https://amzn.to/3abcdef", "https://amzn.to/3abcdef"),
    "short hosts invented": ("https://amazon.to/x", "https://amazon.to/x"),
    "no mobile host": ("https://m.amazon.com/dp/B0", "https://m.amazon.com/dp/B0?tag=example-20"),
    "hosts compared letter by letter": (
        "https://WWW.Amazon.COM/dp/B0",
        "https://WWW.Amazon.COM/dp/B0?tag=example-20",
    ),
    "all behind the first tag= deleted": (
        "https://www.amazon.com/dp/B0?dib_tag=se&th=1",
        "https://www.amazon.com/dp/B0?dib_tag=se&th=1&tag=example-20",
    ),
    "dots that stand for anything": ("https://www.amazon-com.example/dp/B0", "https://www.amazon-com.example/dp/B0"),
    "a host that is not anchored": ("https://amazon.com.evil.example/dp/B0", "https://amazon.com.evil.example/dp/B0"),
    "a user name taken for the host": (
        "https://amazon.com@evil.example/dp/B0",
        "https://amazon.com@evil.example/dp/B0",
    ),
    "the tag of the United States in Brazil": ("https://www.amazon.com.br/dp/B0", "https://www.amazon.com.br/dp/B0"),
    "the tag behind the fragment": (
        "https://www.amazon.com/dp/B0#x",
        "https://www.amazon.com/dp/B0?tag=example-20#x",
    ),
    "Amazon anywhere in the address": ("https://aws.amazon.com/dp/B0", "https://aws.amazon.com/dp/B0"),
    "mail to Amazon": ("mailto:x@amazon.com", "mailto:x@amazon.com"),
    "no www, no tag": ("https://amazon.com/dp/B0", "https://amazon.com/dp/B0?tag=example-20"),
    "any host that begins like Amazon's": (
        "https://www.amazon.evil.example/dp/B0",
        "https://www.amazon.evil.example/dp/B0",
    ),
    "a second tag beside one's own": (
        "https://www.amazon.com/dp/B0?tag=example-20",
        "https://www.amazon.com/dp/B0?tag=example-20",
    ),
    "tag= replaced wherever it stands": (
        "https://www.amazon.com/s?k=tag%3Dx&x=tag=y",
        "https://www.amazon.com/s?k=tag%3Dx&x=tag=y&tag=example-20",
    ),
    "another store by another host": ("https://www.amazon.fr/dp/B0", "https://www.amazon.fr/dp/B0"),
    "a product link cut to the shop": (
        "https://www.amazon.com/Some-Book/dp/B0/ref=x?keywords=y",
        "https://www.amazon.com/Some-Book/dp/B0/ref=x?keywords=y&tag=example-20",
    ),
    "products known by /dp/ only": (
        "https://www.amazon.com/gp/product/B0",
        "https://www.amazon.com/gp/product/B0?tag=example-20",
    ),
    "a wrapper with a stranger's tag": (
        "https://r.amzlink.to/?btn_url=https%3A%2F%2Famazon.com%2Fdp%2FB0%3Ftag%3Dstranger-20",
        "https://r.amzlink.to/?btn_url=https%3A%2F%2Famazon.com%2Fdp%2FB0%3Ftag%3Dstranger-20",
    ),
}


@pytest.mark.parametrize(("href", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_of_others_is_not_made_here(href: str, expected: str) -> None:
    assert address_after(href, RUN)[0] == expected


def test_the_authors_own_words_on_a_link_are_not_lost() -> None:
    """Tools that write links anew drop what they do not know."""
    text = made_by(RUN)(f'<body><p><a href="{BOOK}" class="x" id="y" title="z" data-w rel="me">A</a></p></body>')

    assert f'<a href="{BOOK}?tag=example-20" class="x" id="y" title="z" data-w rel="me sponsored">A' in text


def test_no_program_in_the_browser_is_needed_for_it() -> None:
    text, _ = ran(RUN, f'<p><a href="{BOOK}">A</a></p>', form=Form.FRAGMENT)

    assert "<script" not in text
    assert f"{BOOK}?tag=example-20" in text
