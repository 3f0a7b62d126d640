"""What authors say of Amazon links, and what feeds carry: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import BOOK, DISCLOSURE, LABEL, amazon_pass, made_by, ran

RUN = amazon_pass()
made = made_by(RUN)


# What the author says


@pytest.mark.parametrize("word", ["off", "none"])
def test_a_link_that_its_author_takes_out_stays_as_it_is(word: str) -> None:
    for href in (
        BOOK,
        f"{BOOK}?tag=stranger-20",
        "https://amzn.to/x",
        "https://amazon.evil/",
        f"http://u@{BOOK[8:]}",
    ):
        html = f'<body><p><a href="{href}" data-affiliate="{word}" rel="noreferrer">x</a></p></body>'
        assert made(html) == html


def test_a_link_with_ones_own_tag_is_labelled_whatever_its_author_says() -> None:
    """The word keeps the build from adding a tag; it makes no paid link an unpaid one."""
    assert made(f'<body><p><a href="{BOOK}?tag=example-20" data-affiliate="off">x</a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20" data-affiliate="off">x{LABEL}</a></p></body>'
    )


def test_a_short_link_of_which_its_author_says_that_it_pays_is_labelled_and_keeps_its_address() -> None:
    assert made('<body><p><a href="https://amzn.to/x" data-affiliate="own">x</a></p></body>') == (
        f'<body>{DISCLOSURE}<p><a rel="sponsored" href="https://amzn.to/x" data-affiliate="own">x{LABEL}</a></p></body>'
    )


def test_a_word_that_means_nothing_is_an_error() -> None:
    _, (finding,) = ran(RUN, f'<body><p><a href="{BOOK}" data-affiliate="of">x</a></p></body>')

    assert (finding.check.name, finding.check.level.value, finding.what) == (
        "wrong-control",
        "error",
        f'<a href="{BOOK}" data-affiliate="of"> has a data-affiliate that is none of “on”, “own”, “off”, “none”.',
    )


def test_a_site_may_tag_only_what_says_so() -> None:
    run = amazon_pass(default="off")

    text, findings = ran(run, f'<body><a href="{BOOK}">x</a><a data-affiliate="on" href="{BOOK}">y</a></body>')

    assert findings == []
    assert text == (
        f'<body><a href="{BOOK}">x</a>{DISCLOSURE}<a rel="sponsored" data-affiliate="on" href="{BOOK}?tag=example-20">y{LABEL}</a></body>'
    )


@pytest.mark.parametrize(
    ("option", "check", "expected"),
    [
        (
            "keep",
            "foreign-tag",
            f'{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=stranger-20">x{LABEL}</a></p>',
        ),
        ("strip", "", f'<p><a href="{BOOK}">x</a></p>'),
        (
            "error",
            "refused-tag",
            f'{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=stranger-20">x{LABEL}</a></p>',
        ),
    ],
)
def test_where_links_are_not_tagged_by_themselves_strangers_tags_are_still_judged(
    option: str, check: str, expected: str
) -> None:
    run = amazon_pass(default="off", foreign_tag=option)

    text, findings = ran(run, f'<body><p><a href="{BOOK}?tag=stranger-20">x</a></p></body>')

    assert text == f"<body>{expected}</body>"
    assert [finding.check.name for finding in findings] == ([check] if check else [])


@pytest.mark.parametrize(
    "link",
    [
        '<map name="m"><area href="{}?tag=example-20" alt="x"></map>',
        '<svg><a href="{}?tag=example-20"><text>x</text></a></svg>',
        '<a href="https://u@www.amazon.com/dp/B0?tag=example-20">x</a>',
        '<a href="https://www.amazon.com:444/dp/B0?tag=example-20" data-affiliate="off">x</a>',
    ],
)
def test_a_link_with_ones_own_tag_that_cannot_be_labelled_is_an_error(link: str) -> None:
    _, (finding,) = ran(RUN, f"<body>{link.format(BOOK)}</body>")

    assert (finding.check.name, finding.check.level.value) == ("undisclosed-paid-link", "error")
    assert finding.what.endswith(" carries a tag of the site's own, but would get no label.")


# Feeds


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (f"{BOOK}?tag=example-20", BOOK),
        (f"{BOOK}?tag=stranger-20&amp;th=1#x", f"{BOOK}?th=1#x"),
        (f"{BOOK}/ref=nosim/example-20", f"{BOOK}/ref=nosim"),
    ],
)
def test_a_feed_carries_no_tag_that_somebody_wrote_by_hand(href: str, expected: str) -> None:
    entry = '<p><a href="{}" rel="sponsored">x</a></p>'

    assert ran(RUN, entry.format(href), form=Form.FEED) == (entry.format(expected), [])


def test_a_site_may_tag_its_feeds_and_they_say_so() -> None:
    run = amazon_pass(in_feeds=True)

    assert ran(run, f'<p><a href="{BOOK}">x</a></p>', form=Form.FEED) == (
        f'{DISCLOSURE}<p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p>',
        [],
    )
