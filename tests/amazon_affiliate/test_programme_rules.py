"""What Amazon's programme asks of a site besides tag and sentence, row by row: HTML in, HTML out."""

from __future__ import annotations

import pytest

from tests.kit import BOOK, DISCLOSURE, LABEL, amazon_pass, made_by, ran, told

RUN = amazon_pass()
made = made_by(RUN)


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


@pytest.mark.parametrize(
    ("policy", "attribute"), [("same-origin", ' referrerpolicy="strict-origin-when-cross-origin"'), ("origin", "")]
)
def test_what_hides_the_site_on_a_page_hides_it_in_its_alternative_without_javascript(
    policy: str, attribute: str
) -> None:
    head = f'<head><meta name="referrer" content="{policy}"></head>'
    text = made(f'{head}<body><noscript><a href="{BOOK}">x</a></noscript></body>')

    assert text == (
        f'{head}<body>{DISCLOSURE}<noscript><a rel="sponsored"{attribute} href="{BOOK}?tag=example-20">x{LABEL}</a>'
        "</noscript></body>"
    )
    assert made(text) == text


def test_a_frame_of_the_page_has_its_policy_too_and_so_has_what_stands_in_it() -> None:
    """Source: WHATWG HTML, policy containers: a `srcdoc` document inherits that of the document around it."""
    head = '<head><meta name="referrer" content="no-referrer"></head>'
    inside = f"<p><a href='{BOOK}'>x</a></p><noscript><a href='{BOOK}'>y</a></noscript>"
    text = made(f'{head}<body><iframe title="x" srcdoc="{inside}"></iframe></body>')

    assert text.count(" referrerpolicy=&quot;strict-origin-when-cross-origin&quot;") == 2
    assert made(text) == text


# It is clear that a link leads to Amazon


def vague(words: str) -> tuple[str, str, str, str]:
    return (
        "vague-amazon-link",
        "note",
        f'<a href="{BOOK}"> says “{words}”, and nobody sees that it leads to Amazon.',
        "Name the product, or Amazon, in the words of the link.",
    )


@pytest.mark.parametrize(
    "words",
    ["Buy now", "buy it here.", "HERE", " Click\n here → ", "Jetzt kaufen!", "Zum Angebot", "Acheter", "こちら"],
)
def test_words_that_say_nothing_are_a_note(words: str) -> None:
    _, findings = ran(RUN, f'<body><p>A drive: <a href="{BOOK}">{words}</a></p></body>')

    assert told(findings) == [vague(" ".join(words.split()))]


def test_the_label_is_none_of_the_words() -> None:
    once, first = ran(RUN, f'<body><p>A drive: <a href="{BOOK}">Buy now</a></p></body>')
    _, second = ran(RUN, once)

    assert [finding.check.name for finding in first] == [finding.check.name for finding in second]
    assert "says “Buy now”" in second[0].what


@pytest.mark.parametrize(
    "block",
    [
        "<p>A drive: <a>Western Digital Red</a></p>",
        "<p>A drive: <a>Buy now at Amazon</a></p>",
        "<p>At Amazon: <a>buy now</a></p>",
        "<ul><li><b>amazon.com</b> <a>here</a></li></ul>",
        "<table><tr><td>AMAZON <a>link</a></td></tr></table>",
        "<h2>Amazon <a>here</a></h2>",
        '<p><a><img src="/x.png" alt="Buy now"></a></p>',
    ],
)
def test_words_that_name_something_or_stand_beside_amazons_name_are_right(block: str) -> None:
    assert ran(RUN, f"<body>{block}</body>".replace("<a>", f'<a href="{BOOK}">'))[1] == []


def test_a_link_that_pays_nothing_may_say_what_it_likes() -> None:
    html = '<body><p>$5: <a href="https://www.amazon.fr/dp/B0">here</a> <a href="/x">here</a></p></body>'

    assert made(html) == html


# Prices are Amazon's to tell


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("$129", "$129"),
        ("for US$ 129.99 only", "$ 129.99"),
        ("It costs €1,299.00.", "€1,299.00"),
        ("129,00 €", "129,00 €"),
        ("129,– €", "129,– €"),
        ("129 EUR", "129 EUR"),
        ("EUR129", "EUR129"),
        ("£20", "£20"),
        ("¥3000", "¥3000"),
        ("GBP 20", "GBP 20"),
        ("20 Euro", "20 Euro"),
        ("CHF is none, ₹500 is", "₹500"),
    ],
)
def test_a_price_beside_a_link_that_pays_is_a_note(text: str, price: str) -> None:
    _, findings = ran(RUN, f'<body><p><a href="{BOOK}">A drive</a> {text}</p></body>')

    assert told(findings) == [
        (
            "price-beside-amazon-link",
            "note",
            (
                f'<a href="{BOOK}"> pays, and beside it stands the price {price}: Amazon allows none but those its '
                "interface gives."
            ),
            "Leave the price to Amazon's own page.",
        )
    ]


@pytest.mark.parametrize(
    "text", ["12 TB, 7200 rpm", "NEUR5", "Europa 2000", "$HOME", "a €-sign", "5 Euros are written out", "USDA 5"]
)
def test_what_is_no_price_is_not_told_of(text: str) -> None:
    made(f'<body><p><a href="{BOOK}">A drive</a> {text}</p></body>')


def test_a_price_in_another_paragraph_is_not_beside_it() -> None:
    made(f'<body><p>$5</p><p><a href="{BOOK}">A drive</a></p><p>$5</p></body>')
