"""What Amazon's programme asks of a site besides tag and sentence, row by row: HTML in, HTML out."""

from __future__ import annotations

import pytest

from tests.kit import BOOK, DISCLOSURE, LABEL, amazon_pass, made_by

made = made_by(amazon_pass())


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
