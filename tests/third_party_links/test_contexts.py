"""Where a link stands, row by row, and what it gets there: HTML in, HTML out."""

from __future__ import annotations

import pytest

from tests.kit import ICON, MARKS, THIRD, declared, made_by, page_pass, ran, third_party_links

RUN = page_pass(third_party_links, declaration=declared(partners=[{"name": "OpenZFS", "hosts": ["openzfs.org"]}]))
made = made_by(RUN)


# Where the icon stands


@pytest.mark.parametrize(
    "html",
    [
        '<pre><a href="https://a.example/">x</a></pre>',
        '<p><code><a href="https://a.example/">x</a></code></p>',
        '<p><kbd><a href="https://a.example/">x</a></kbd></p>',
        '<p><samp><b><a href="https://a.example/">x</a></b></samp></p>',
        '<nav><ul><li><a href="https://a.example/">x</a></li></ul></nav>',
        '<p><a href="https://a.example/"><img src="/x.png" alt="A"></a></p>',
        '<p><a href="https://a.example/"> \n <img src="/x.png" alt="A"> </a></p>',
        '<p><a href="https://a.example/"><svg><title>A</title><text>A</text></svg></a></p>',
        '<p><a href="https://a.example/"><img src="/x.png" alt="A"><noscript><img src="/x.png" alt="A"></noscript></a></p>',
        '<p><a href="https://a.example/" title="A"><object data="/x.svg">A</object></a></p>',
        '<p><a href="https://a.example/" title="A"><video src="/x.mp4">A</video><audio src="/x.ogg">A</audio></a></p>',
        '<p><a href="https://a.example/"><canvas>A</canvas><template>A</template><b></b></a></p>',
        '<p><a href="https://a.example/"><h3><svg><title>A</title></svg></h3></a></p>',
        '<footer><p><a href="https://a.example/">x</a></p></footer>',
        '<p><a href="https://a.example/">nobody closes it',
    ],
)
def test_no_icon_in_code_in_menus_at_pictures_or_where_nobody_closes_the_link(html: str) -> None:
    assert made(f"<body>{html}") == f"<body>{THIRD}" + html.replace("<a ", f"<a {MARKS} ")


def test_a_picture_with_words_gets_the_icon_after_the_words() -> None:
    assert made('<body><a href="https://a.example/"><img src="/x.png" alt="A"> Words</a></body>') == (
        f'<body>{THIRD}<a {MARKS} href="https://a.example/"><img src="/x.png" alt="A"> Words{ICON}</a></body>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<h3>Title{}</h3><p>Text</p>",
        '<img src="/x.png" alt="A"><h3>Title{}</h3>',
        "<p>One</p><p>Two{}</p>",
        '<figure><img src="/x.png" alt="A"><figcaption>Words{}</figcaption></figure>',
        "<b>Words</b>{}",
        '<b>Words</b><p><img src="/x.png" alt="A"></p>{}',
        "<h3><svg><title>A</title></svg></h3><b>Words</b>{}",
        "<svg><title>A</title></svg> Words{}",
        "<math><mtext>x</mtext></math>{}",
    ],
)
def test_in_a_card_the_icon_stands_behind_words_and_not_behind_a_block(inside: str) -> None:
    card = '<body><a href="https://a.example/">{}</a></body>'
    marked = f'<body>{THIRD}<a {MARKS} href="https://a.example/">{inside.format(ICON)}</a></body>'

    assert made(card.format(inside.format(""))) == marked
    assert made(marked) == marked


def test_a_link_that_goes_on_behind_its_paragraph_is_marked_there_and_has_a_name() -> None:
    """Markdown puts HTML that begins with a link into a paragraph, which a heading or another paragraph ends."""
    card = '<p><a href="https://a.example/"><h3>Title{}</h3><p>Text</p></a></p>'
    marked = f"<body>{THIRD}{card.format(ICON).replace('<a ', f'<a {MARKS} ')}</body>"

    assert made(f"<body>{card.format('')}</body>") == marked
    assert made(marked) == marked


def test_where_other_words_follow_a_link_that_goes_on_no_icon_stands_behind_them() -> None:
    html = (
        '<p><a href="https://a.example/"><h3><b>x</b></h3></a> more</p><p><a href="https://b.example/"></p>y</a> more'
    )

    text = made(f"<body>{html}</body>")

    assert text.count(ICON) == 1
    assert f"x</b>{ICON}</h3>" in text


def test_an_area_gets_words_in_rel_and_nothing_else() -> None:
    assert made('<body><map name="m"><area href="https://a.example/" alt="A"></map></body>') == (
        '<body><map name="m"><area rel="external" href="https://a.example/" alt="A"></map></body>'
    )


@pytest.mark.parametrize("attribute", ["href", "xlink:href"])
def test_a_link_in_a_drawing_gets_words_in_rel_and_no_html_inside(attribute: str) -> None:
    assert made(f'<body><svg><a {attribute}="https://a.example/"><text>x</text></a></svg></body>') == (
        f'<body><svg><a rel="external" {attribute}="https://a.example/"><text>x</text></a></svg></body>'
    )


def test_a_page_without_a_body_tag_says_it_inside_the_link() -> None:
    assert made('<p><a href="https://a.example/">x</a></p>') == (
        '<p><a rel="external" class="xlink xlink--third" href="https://a.example/">x'
        ' <span class="xlink-spoken">(external site)</span></a></p>'
    )


def test_a_link_in_noscript_says_it_inside_the_link() -> None:
    assert made('<body><noscript><p><a href="https://openzfs.org/">x</a></p></noscript></body>') == (
        '<body><noscript><p><a rel="external" class="xlink xlink--partner" href="https://openzfs.org/">x'
        ' <span class="xlink-spoken">(partner’s site)</span></a></p></noscript></body>'
    )


def test_a_link_in_a_frame_of_the_page_says_it_inside_the_link() -> None:
    assert made("<body><iframe srcdoc=\"<a href='https://a.example/?a&amp;amp;b'>x</a>\"></iframe></body>") == (
        '<body><iframe srcdoc="&lt;a rel=&quot;external&quot; class=&quot;xlink xlink--third&quot; '
        "href='https://a.example/?a&amp;amp;b'&gt;x &lt;span class=&quot;xlink-spoken&quot;&gt;(external site)"
        '&lt;/span&gt;&lt;/a&gt;"></iframe></body>'
    )


def test_a_heading_keeps_its_id_and_its_mark_stands_in_the_text() -> None:
    assert made('<body><h2 id="h">A <a href="https://a.example/">x</a></h2></body>') == (
        f'<body>{THIRD}<h2 id="h">A <a {MARKS} href="https://a.example/">x{ICON}</a></h2></body>'
    )


@pytest.mark.parametrize("around", ["nav", "footer"])
def test_an_icon_of_a_network_in_menu_or_footer_gets_no_second_icon(around: str) -> None:
    html = f'<{around}><a href="https://a.example/"><svg aria-label="A"></svg></a></{around}>'

    assert made(f"<body>{html}</body>") == f"<body>{THIRD}{html.replace('<a ', f'<a {MARKS} ')}</body>"


# What sends or leads visitors away without being a link that can be marked


@pytest.mark.parametrize(
    ("html", "check"),
    [
        ('<a href="/x" ping="https://evil.example/p">x</a>', "undeclared-submission"),
        ('<a href="/x" ping="/own /own2 //evil.example/p">x</a>', "undeclared-submission"),
        ('<form action="https://evil.example/f"><button>x</button></form>', "undeclared-submission"),
        ('<form action="/f"><button formaction="//evil.example/f">x</button></form>', "undeclared-submission"),
        (
            '<form action="/f"><input type="submit" formaction="https:\\\\evil.example"></form>',
            "undeclared-submission",
        ),
        ('<meta http-equiv="refresh" content="0; url=https://evil.example/">', "undeclared-load"),
        ('<base href="https://evil.example/">', "foreign-base"),
        ('<a href="javascript:void(0)">x</a>', "script-link"),
    ],
)
def test_what_leads_away_in_another_way_is_an_error(html: str, check: str) -> None:
    text, findings = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert [(finding.check.name, finding.check.level.value) for finding in findings] == [(check, "error")]


@pytest.mark.parametrize("href", ["mailto:a@b.example", "tel:+49123", "sms:+49123", "xmpp:a@b.example"])
def test_what_is_no_place_on_the_web_has_no_mark(href: str) -> None:
    html = f'<body><p><a href="{href}">x</a></p></body>'

    assert made(html) == html


# Where addresses begin


def test_addresses_begin_where_the_first_base_says() -> None:
    html = '<head><base href="https://docs.example.com/a/"><base href="https://a.example/"></head><body><a href="x">x</a></body>'

    assert ran(RUN, html)[0] == html


def test_under_a_foreign_base_relative_links_leave() -> None:
    text, findings = ran(RUN, '<head><base href="https://a.example/"></head><body><a href="x">x</a></body>')

    assert text == f'<head><base href="https://a.example/"></head><body>{THIRD}<a {MARKS} href="x">x{ICON}</a></body>'
    assert [(finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            "foreign-base",
            '<base href="https://a.example/"> makes every relative address of the page one of a.example.',
            "Remove the <base>, or let it begin with the site's own address.",
        )
    ]


def test_under_a_base_of_the_company_an_address_without_host_stays_at_home() -> None:
    html = '<head><base href="//docs.example.com/"></head><body><a href="/x">x</a></body>'

    assert made(html) == html
