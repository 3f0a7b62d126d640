"""Links of which the parser makes several elements: told, listed and marked once. HTML in, HTML out, and the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import (
    BOOK,
    DISCLOSURE,
    ICON,
    LABEL,
    MARKS,
    TAGS,
    THIRD,
    amazon_affiliate,
    made_by,
    page_pass,
    ran,
    third_party_links,
)
from tests.third_party_links.test_audited import audited

RUN = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})
made = made_by(RUN)
ELSEWHERE = "https://third.example/"
FOREIGN = f"{BOOK}?tag=evil-20"
SPOKEN = ' <span class="xlink-spoken">(external site)</span>'

CARDS = [
    "<p><a><h3>A card{}</h3></a></p>",
    "<p><a><h3>A card{}</h3><p>and words</p></a></p>",
    "<p><a>Words<h3>and a card{}</h3>\n</a></p>",
    "<p><b><a><h3>A card{}</h3></a></b></p>",
    '<p><a><div><img src="data:," alt=""></div><h3>A card{}</h3><p>and words</p></a></p>',
]


def link_to(href: str, attributes: str = "") -> str:
    return f'<a {attributes}href="{href}">'


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(("href", "written"), [(BOOK, f"{BOOK}?tag=example-20"), (FOREIGN, FOREIGN)])
def test_a_card_that_pays_has_one_label_and_passes_the_audit(
    card: str, href: str, written: str, tmp_path: Path
) -> None:
    once = ran(RUN, "<body>" + card.format("").replace("<a>", link_to(href)))[0]

    paid = link_to(written, 'rel="sponsored external" ')
    assert once == f"<body>{DISCLOSURE}" + card.format(LABEL).replace("<a>", paid)
    assert ran(RUN, once)[0] == once
    assert audited(tmp_path, once) == []


@pytest.mark.parametrize("card", CARDS)
def test_a_card_that_leaves_has_one_icon_and_passes_the_audit(card: str, tmp_path: Path) -> None:
    once = made("<body>" + card.format("").replace("<a>", link_to(ELSEWHERE)))

    assert once == f"<body>{THIRD}" + card.format(ICON).replace("<a>", link_to(ELSEWHERE, f"{MARKS} "))
    assert made(once) == once
    assert audited(tmp_path, once) == []


@pytest.mark.parametrize("card", CARDS)
def test_a_card_for_visitors_without_javascript_says_it_once_and_passes_the_audit(card: str, tmp_path: Path) -> None:
    once = made("<body><noscript>" + card.format("").replace("<a>", link_to(ELSEWHERE)) + "</noscript>")

    marked = link_to(ELSEWHERE, 'rel="external" class="xlink xlink--third" ')
    assert once == "<body><noscript>" + card.format(SPOKEN).replace("<a>", marked) + "</noscript>"
    assert made(once) == once
    assert audited(tmp_path, once) == []


@pytest.mark.parametrize(
    "card",
    [
        "<p><a><div>A card</a> and more</div></p>",
        "<p><a><div>A card</a></div></p>",
        "<p><a><pre>A card</pre></a></p>",
        "<p><a><p>A card</a>",
        '<p><a><div>A card<a name="x"></div>',
    ],
)
def test_where_no_block_holds_the_words_of_a_card_alone_the_label_stands_first_in_it(
    card: str, tmp_path: Path
) -> None:
    once = made("<body>" + card.replace("<a>", link_to(BOOK)))

    paid = link_to(f"{BOOK}?tag=example-20", 'rel="sponsored external" ')
    assert once == f"<body>{DISCLOSURE}" + card.replace("<a>", paid + LABEL)
    assert made(once) == once
    assert audited(tmp_path, once) == []


def test_a_card_that_opens_a_new_tab_has_one_label(tmp_path: Path) -> None:
    once = made(f'<body><p><a href="{BOOK}" target="_blank"><h3>A card</h3></a></p></body>')

    assert once.count(LABEL) == 1
    assert f"A card{LABEL}</h3></a></p>" in once
    assert made(once) == once
    assert audited(tmp_path, once) == []


@pytest.mark.parametrize(
    ("href", "words", "found"),
    [
        (BOOK, "Buy now", ["vague-amazon-link"]),
        (BOOK, "A card for $5", ["price-beside-amazon-link"]),
        (FOREIGN, "A card", ["foreign-tag"]),
        ("https://amzn.to/x", "A card", ["short-amazon-link"]),
        ("https://bit.ly/x", "A card", ["hidden-destination"]),
        ("http://[1", "A card", ["unreadable-link"]),
        ("https://third.example/", "", ["nameless-link"]),
        ("https://third.example/", '<img src="/x.png" alt="A card">', []),
    ],
)
def test_what_is_found_about_a_card_is_told_once_and_listed_once(href: str, words: str, found: list[str]) -> None:
    passed = RUN(f'<body><p><a href="{href}"><h3>{words}</h3><p> </p></a></p></body>', page="page.html")

    assert [finding.check.name for finding in passed.findings] == found
    assert [(link.url, link.checks) for link in passed.inventory.links] == [(href, " ".join(found))]


def test_links_that_are_alike_and_written_twice_are_two() -> None:
    link = f'<a href="{FOREIGN}">A book</a>'

    passed = RUN(f"<body><h3>{link}</h3><p>{link}</p></body>", page="page.html")

    assert [finding.check.name for finding in passed.findings] == ["foreign-tag"] * 2
    assert [link.url for link in passed.inventory.links] == [FOREIGN] * 2


@pytest.mark.parametrize("around", ["{}", "<noscript>{}</noscript>", "<iframe title='x' srcdoc='{}'></iframe>"])
def test_a_label_says_nothing_of_another_link_that_is_alike(around: str, tmp_path: Path) -> None:
    """As many have to say it as are written: where a link goes on cannot be seen in the tree alone."""
    link = f'<a rel="sponsored external" href="{BOOK}?tag=example-20">A book{{}}</a>'
    labelled = link.format(LABEL)

    html = around.format(f"{DISCLOSURE}<h3>{labelled}</h3><p>{link.format('')}</p>".replace("'", ""))

    assert [found[0] for found in audited(tmp_path, html)] == ["undisclosed-paid-link"]


def test_a_spoken_mark_says_nothing_of_another_link_that_is_alike(tmp_path: Path) -> None:
    link = '<a rel="external" href="https://third.example/">A page{}</a>'

    html = f"<h3>{link.format(SPOKEN)}</h3><p>{link.format('')}</p>"

    assert [found[0] for found in audited(tmp_path, html)] == ["unmarked-link"]


@pytest.mark.parametrize(("html", "number"), [("<p>{}<h3>A card</h3><p>Words</p></a></p>", 1), ("{}x</a>{}y</a>", 2)])
def test_the_audit_tells_a_link_once_for_each_time_it_is_written(html: str, number: int, tmp_path: Path) -> None:
    link = link_to(ELSEWHERE)

    assert [found[0] for found in audited(tmp_path, html.format(link, link))] == ["unmarked-link"] * number
