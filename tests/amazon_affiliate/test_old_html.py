"""The HTML that Associates were once given to paste: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import BOOK, DISCLOSURE, LABEL, amazon_pass, ran

RUN = amazon_pass()

PICTURE = '<img border="0" src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=B0&amp;ID=AsinImage&amp;tag=example-20">'
PIXEL = '<img src="https://ir-na.amazon-adsystem.com/e/ir?t=example-20&amp;l=li2" width="1" height="1" border="0" alt="" style="border:none !important;" />'
OLDER = '<img src="http://www.assoc-amazon.de/e/ir?t=example-21&amp;l=as2" width="1" height="1" alt="">'


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
        '<noscript><img src="https://ir-na.amazon-adsystem.com/e/ir" width="1" height="1"></noscript>',
    ],
)
def test_anything_else_that_loads_from_amazon_is_undeclared(html: str) -> None:
    text, findings = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert [finding.check.name for finding in findings] == ["undeclared-load"]
