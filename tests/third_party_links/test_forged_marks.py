"""What only looks like a mark, and marks that are there already: HTML in, HTML out."""

from __future__ import annotations

import pytest

from tests.kit import ICON, MARKS, THIRD, declared, made_by, page_pass, third_party_links

RUN = page_pass(third_party_links, declaration=declared(partners=[{"name": "OpenZFS", "hosts": ["openzfs.org"]}]))
made = made_by(RUN)


# What only looks like a mark


@pytest.mark.parametrize(
    "forged",
    [
        '<span class="xlink-icon"></span>',
        '<svg class="xlink-icon"></svg>',
        f"<span hidden>{ICON}</span>",
        f"<!--{ICON}-->",
    ],
)
def test_what_only_looks_like_the_icon_or_is_hidden_does_not_stand_for_it(forged: str) -> None:
    text = made(f'<body><a href="https://a.example/">x{forged}</a></body>')

    assert text == f'<body>{THIRD}<a {MARKS} href="https://a.example/">x{forged}{ICON}</a></body>'
    assert made(text) == text


@pytest.mark.parametrize("forged", ['<p id="xlink-third">own site</p>', f"<div>{THIRD}</div>", f"<!--{THIRD}-->"])
def test_what_only_looks_like_the_description_does_not_stand_for_it(forged: str) -> None:
    """The first element with an id is the one that browsers take."""
    text = made(f'<body>{forged}<a href="https://a.example/">x</a></body>')

    assert text == f'<body>{THIRD}{forged}<a {MARKS} href="https://a.example/">x{ICON}</a></body>'
    assert made(text) == text


def test_words_of_a_stranger_inside_a_link_do_not_stand_for_ours() -> None:
    forged = '<span class="xlink-spoken"></span>'

    assert made(f'<p><a href="https://a.example/">x{forged}</a></p>') == (
        f'<p><a rel="external" class="xlink xlink--third" href="https://a.example/">x{forged}'
        ' <span class="xlink-spoken">(external site)</span></a></p>'
    )


# Twice is once


@pytest.mark.parametrize(
    "html",
    [
        '<body><p><a href="https://a.example/">x</a> <a href="https://openzfs.org/">y</a></p></body>',
        '<p><a href="https://a.example/">x</a></p>',
        '<body><noscript><a href="https://a.example/">x</a></noscript><p><a href="https://a.example/">x',
        "<body><iframe srcdoc=\"<a href='https://a.example/'>x</a>\"></iframe></body>",
        '<body><pre><a href="https://a.example/">x</a></pre><svg><a xlink:href="https://a.example/">x</a></svg></body>',
    ],
)
def test_a_page_that_was_marked_once_does_not_change_again(html: str) -> None:
    once = made(html)

    assert once != html
    assert made(once) == once
