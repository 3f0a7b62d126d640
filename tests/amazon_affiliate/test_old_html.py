"""The HTML that Associates were once given to paste: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.findings import Level
from plugins.privacy.page import Form
from plugins.privacy.verdicts import shown
from tests.kit import (
    BOOK,
    DISCLOSURE,
    LABEL,
    amazon_affiliate,
    amazon_pass,
    cookie_banner,
    declared,
    page_pass,
    ran,
    told,
)

RUN = amazon_pass()

PICTURE = '<img border="0" src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=B0&amp;ID=AsinImage&amp;tag=example-20">'
PIXEL = '<img src="https://ir-na.amazon-adsystem.com/e/ir?t=example-20&amp;l=li2" width="1" height="1" border="0" alt="" style="border:none !important;" />'
OLDER = '<img src="http://www.assoc-amazon.de/e/ir?t=example-21&amp;l=as2" width="1" height="1" alt="">'
LOADS_ELSEWHERE = '<img src="https://evil.example/x.png">'


def test_old_html_for_associates_keeps_its_link_and_loads_nothing() -> None:
    href = "https://www.amazon.com/gp/product/B0/ref=as_li_tl?linkCode=as2&amp;tag=example-20"
    text, findings = ran(RUN, f'<body><p><a href="{href}">{PICTURE}</a>{PIXEL}{OLDER}</p></body>')

    assert text == f'<body>{DISCLOSURE}<p><a rel="sponsored" href="{href}">View at Amazon{LABEL}</a></p></body>'
    assert [(finding.check.name, finding.check.level.value, finding.way_out) for finding in findings] == [
        ("amazon-ad", "note", "Remove it from the text; a link to Amazon needs no picture of Amazon's.")
    ] * 3
    assert findings[2].what == (
        f"{OLDER} would make every visitor's browser contact Amazon; the build has taken it out."
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (PICTURE.replace("border", 'alt="A &lt;book&gt;" border'), "A &lt;book&gt;"),
        (f"{PICTURE} The book", " The book"),
        (PICTURE.replace("border", 'alt="A book" border') + " The book", "A book The book"),
    ],
)
def test_words_stand_in_the_place_of_a_picture(inside: str, expected: str) -> None:
    text, _ = ran(RUN, f'<body><p><a href="{BOOK}">{inside}</a></p></body>')

    assert f'href="{BOOK}?tag=example-20">{expected}{LABEL}</a>' in text


def test_a_feed_loses_them_too() -> None:
    text, _ = ran(RUN, f'<p><a href="{BOOK}">{PICTURE}</a>{PIXEL}</p>', form=Form.FEED)

    assert text == f'<p><a href="{BOOK}">View at Amazon</a></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://m.media-amazon.com/images/I/1.jpg" width="1" height="1">',
        '<script src="https://z-na.amazon-adsystem.com/widgets/onejs"></script>',
        '<iframe src="https://rcm-eu.amazon-adsystem.com/e/cm"></iframe>',
        '<img src="https://amazon-adsystem.com.evil.example/e/ir" width="1" height="1">',
        '<iframe title="x" srcdoc="<img src=\'https://ir-na.amazon-adsystem.com/e/ir\'>"></iframe>',
        '<img src="/x.png" srcset="https://ws-na.amazon-adsystem.com/x 2x" alt="x">',
        '<noscript><img src="https://m.media-amazon.com/images/I/1.jpg" width="1" height="1"></noscript>',
        '<noscript><iframe src="https://rcm-eu.amazon-adsystem.com/e/cm"></iframe></noscript>',
        "<noscript><iframe title='x' srcdoc=\"<img src='//ir-na.amazon-adsystem.com/e/ir'>\"></iframe></noscript>",
    ],
)
def test_anything_else_that_loads_from_amazon_is_undeclared(html: str) -> None:
    text, findings = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert [finding.check.name for finding in findings] == ["undeclared-load"]


# Inside <noscript>


def test_for_visitors_without_javascript_they_are_taken_out_with_the_same_note() -> None:
    inside = f'<p><a href="{BOOK}">{PICTURE}</a>{{}}</p>'
    text, findings = ran(RUN, f"<body><noscript>{inside.format(PIXEL)}</noscript></body>")

    assert text == (
        f'<body>{DISCLOSURE}<noscript><p><a rel="sponsored" href="{BOOK}?tag=example-20">View at Amazon{LABEL}</a></p>'
        "</noscript></body>"
    )
    assert told(findings) == [
        (
            "amazon-ad",
            "note",
            f"{shown(source)} would make every visitor's browser contact Amazon; the build has taken it out.",
            "Remove it from the text; a link to Amazon needs no picture of Amazon's.",
        )
        for source in (PICTURE, PIXEL)
    ]


def test_a_feed_loses_them_there_too() -> None:
    assert ran(RUN, f"<p>a</p><noscript>{PIXEL}</noscript>", form=Form.FEED)[0] == "<p>a</p><noscript></noscript>"


def test_a_second_alternative_keeps_what_it_has() -> None:
    text, findings = ran(RUN, f"<body><noscript>{PIXEL}</noscript><noscript>{LOADS_ELSEWHERE}</noscript></body>")

    assert text == f"<body><noscript></noscript><noscript>{LOADS_ELSEWHERE}</noscript></body>"
    assert [finding.check.name for finding in findings] == ["amazon-ad", "undeclared-load"]


@pytest.mark.parametrize(
    ("other", "check"),
    [
        (LOADS_ELSEWHERE, "undeclared-load"),
        ('<form action="https://evil.example/f"></form>', "undeclared-submission"),
        ('<a href="/x" ping="https://evil.example/p">x</a>', "undeclared-submission"),
    ],
)
def test_beside_anything_else_that_is_not_declared_all_of_it_is_told_and_stays(other: str, check: str) -> None:
    html = f"<body><noscript>{PIXEL}{other}</noscript></body>"
    text, findings = ran(RUN, html)

    assert text == html
    assert sorted(finding.check.name for finding in findings) == sorted(["undeclared-load", check])


def test_beside_what_waits_for_consent_all_of_it_stays_an_error() -> None:
    run = page_pass(amazon_affiliate, cookie_banner, declaration=declared(services=["youtube"]))
    html = f'<noscript>{PIXEL}<iframe src="https://www.youtube-nocookie.com/embed/a"></iframe></noscript>'

    findings = ran(run, f"<html><body>{html}</body></html>")[1]

    assert "undeclared-load" in [finding.check.name for finding in findings]


@pytest.mark.parametrize("pixel", [PIXEL, f"<noscript>{PIXEL}</noscript>"])
@pytest.mark.parametrize("around", ['<video src="{}">{}</video>', '<object data="{}">{}</object>'])
def test_inside_what_waits_for_consent_it_is_undeclared_since_it_would_come_with_it(around: str, pixel: str) -> None:
    run = page_pass(amazon_affiliate, cookie_banner, declaration=declared(services=["youtube"]))
    embed = around.format("https://www.youtube-nocookie.com/embed/a", pixel)

    findings = ran(run, f"<html><body>{embed}</body></html>")[1]

    assert [finding.check.name for finding in findings if finding.check.level is Level.ERROR] == ["undeclared-load"]
