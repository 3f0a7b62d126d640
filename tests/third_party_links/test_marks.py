"""Links that leave the company's sites: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import cookie_banner, declared, page_pass, ran, third_party_links

DECLARATION = declared(
    first_party=["example.net", ".example.org"],
    partners=[{"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]}],
)
RUN = page_pass(third_party_links, declaration=DECLARATION)

ICON = (
    '<span class="xlink-mark" aria-hidden="true">&#8288;<svg class="xlink-icon" viewBox="0 0 12 12" width="12" '
    'height="12" fill="none" stroke="currentColor" stroke-width="1.5" focusable="false"><path d="M4 2h6v6M10 2 2 10"/></svg></span>'
)
PARTNER_ICON = ICON.replace("M4 2h6v6M10 2 2 10", "M6.5 1.5h4v4M10.5 1.5 6 6M9 8v2.5H1.5V3H4")
THIRD = '<span id="xlink-third" hidden>external site</span>'
PARTNER = '<span id="xlink-partner" hidden>partner’s site</span>'
MARKS = 'rel="external" class="xlink xlink--third" aria-describedby="xlink-third"'


def made(html: str) -> str:
    """Return what becomes of a page on which nothing is found."""
    text, findings = ran(RUN, html)
    assert findings == []
    return text


# What must not be touched


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#part",
        "?page=2",
        "/about/",
        "about/",
        "../about/",
        "./",
        "https://www.example.com/",
        "https://www.example.com/about/?a=b#c",
        "HTTPS://WWW.EXAMPLE.COM/",
        "http://www.example.com/",
        "https://www.example.com:8443/",
        "https://www.example.com./",
        "//www.example.com/about/",
        "https://ｗｗｗ.example.com/",  # noqa: RUF001
        "https://www.example。com/",
        "https://www.%65xample.com/",
        "https://user@www.example.com/",
        "https://www.example.com\\@evil.example/",
        "https:evil.example/x",
        "https:/evil.example/x",
        "evil.example",
        "www.evil.example/x",
        # subdomains, and what is declared to be the company's
        "https://example.com/",
        "https://docs.example.com/",
        "https://a.b.example.com/",
        "https://example.net/",
        "https://example.org/",
        "https://shop.example.org/",
        # no web addresses
        "mailto:hello@example.net",
        "MailTo:hello@evil.example",
        "tel:+49123",
        "sms:+49123",
        "blob:https://evil.example/1",
        "about:blank",
    ],
)
def test_a_link_that_stays_at_home_comes_out_byte_for_byte(href: str) -> None:
    html = f'<body><p><a href="{href}">x</a></p></body>'

    assert made(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<body><p><a>no address</a> <a name=x>an anchor</a></p></body>",
        '<body><!-- <a href="https://evil.example/">x</a> --></body>',
        '<body><template><a href="https://evil.example/">x</a></template></body>',
        '<body><pre><code>&lt;a href="https://evil.example/"></code></pre></body>',
        "<body><script>\"<a href='https://evil.example/'>x</a>\"</script></body>",
        "<body><textarea><a href='https://evil.example/'>x</a></textarea></body>",
        '<head><link rel="canonical" href="https://evil.example/"></head><body>x</body>',
        '<body><blockquote cite="https://evil.example/">https://evil.example/</blockquote></body>',
        '<BODY ><P\tclass = x>&nbsp;&amp;"<br/>é</P ><img src=/a.png alt></BODY>',
    ],
)
def test_a_page_without_a_link_that_leaves_comes_out_byte_for_byte(html: str) -> None:
    assert made(html) == html


def test_a_feed_is_not_marked() -> None:
    entry = '<p><a href="https://evil.example/">x</a></p>'

    assert ran(RUN, entry, form=Form.FEED) == (entry, [])


# What leaves


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example/",
        "http://other.example/",
        "HTTPS://OTHER.EXAMPLE/",
        "//other.example/x",
        "https://notexample.com/",
        "https://example.com.evil/",
        "https://sub.example.net/",
        "https://notexample.org/",
        "https://notopenzfs.org/",
        "https://faß.de/",
        "http://[::1]/",
        "https://xn--exmpel-cua.com/",
        "ftp://other.example/",
    ],
)
def test_a_link_that_leaves_is_marked_however_its_address_is_spelt(href: str) -> None:
    assert made(f'<body><p>To <a href="{href}">a site</a>.</p></body>') == (
        f'<body>{THIRD}<p>To <a {MARKS} href="{href}">a site{ICON}</a>.</p></body>'
    )


def test_an_address_with_character_references_is_read_as_a_browser_reads_it() -> None:
    assert made('<body><a href="//other&period;example/?a&amp;b">x</a></body>') == (
        f'<body>{THIRD}<a {MARKS} href="//other&period;example/?a&amp;b">x{ICON}</a></body>'
    )


def test_a_partner_is_called_one() -> None:
    assert made('<body><a href="https://openzfs.org/">x</a> <a href="https://docs.openzfs.org/">y</a></body>') == (
        f"<body>{PARTNER}"
        f'<a rel="external" class="xlink xlink--partner" aria-describedby="xlink-partner" href="https://openzfs.org/">x{PARTNER_ICON}</a> '
        f'<a rel="external" class="xlink xlink--partner" aria-describedby="xlink-partner" href="https://docs.openzfs.org/">y{PARTNER_ICON}</a>'
        "</body>"
    )


def test_each_description_stands_once_on_a_page() -> None:
    text = made(
        '<body><a href="https://a.example/">x</a><a href="https://b.example/">y</a><a href="https://openzfs.org/">z</a>'
    )

    assert text.startswith(f"<body>{PARTNER}{THIRD}<a ")
    assert text.count(THIRD) == text.count(PARTNER) == 1


def test_customers_of_one_hosting_company_are_strangers() -> None:
    run = page_pass(third_party_links, declaration=declared(site="https://alice.github.io"))

    text, _ = ran(
        run, '<body><a href="https://alice.github.io/x">own</a><a href="https://bob.github.io/">x</a></body>'
    )

    assert text == (
        f'<body>{THIRD}<a href="https://alice.github.io/x">own</a><a {MARKS} href="https://bob.github.io/">x{ICON}</a></body>'
    )


@pytest.mark.parametrize("site", ["http://localhost:8000", "http://127.0.0.1:8000", "https://github.io"])
def test_a_site_without_a_registered_domain_is_its_one_host(site: str) -> None:
    run = page_pass(third_party_links, declaration=declared(site=site))
    host = site.partition("://")[2].partition(":")[0]

    own, _ = ran(run, f'<body><a href="https://{host}:1/x">own</a></body>')
    other, _ = ran(
        run, f'<body><a href="https://sub.{host}/">x</a></body>' if host[0] != "1" else "<body>xlink</body>"
    )

    assert "xlink" not in own
    assert "xlink" in other


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


# What the author says


def test_an_author_may_mark_a_link_otherwise() -> None:
    assert made('<body><a data-xlink="off" href="https://a.example/">x</a></body>') == (
        '<body><a rel="external" data-xlink="off" href="https://a.example/">x</a></body>'
    )


def test_a_word_that_means_nothing_is_an_error() -> None:
    _, (finding,) = ran(RUN, '<body><a data-xlink="of" href="https://a.example/">x</a></body>')

    assert (finding.check.name, finding.check.level.value, finding.what, finding.way_out) == (
        "wrong-control",
        "error",
        '<a data-xlink="of" href="https://a.example/"> has a data-xlink that is not “off”.',
        "Correct it, or remove it.",
    )


# New tabs

NEW = ' <span class="xlink-new">(opens in a new tab)</span>'


@pytest.mark.parametrize("target", ["_blank", "_BLANK", "shop"])
def test_a_link_that_opens_a_new_tab_says_so_in_words(target: str) -> None:
    text = made(
        f'<body><a target="{target}" href="/own/">x</a> <a target="{target}" href="https://a.example/">y</a></body>'
    )

    assert text == (
        f'<body>{THIRD}<a rel="noopener" target="{target}" href="/own/">x{NEW}</a> '
        '<a rel="external noopener" class="xlink xlink--third" aria-describedby="xlink-third" '
        f'target="{target}" href="https://a.example/">y{ICON}{NEW}</a></body>'
    )
    assert made(text) == text


@pytest.mark.parametrize(
    "attribute", ["", "target", 'target=""', 'target="_self"', 'target="_TOP"', 'target="_parent"']
)
def test_no_link_gets_a_target_and_one_that_stays_in_its_window_says_nothing(attribute: str) -> None:
    html = f'<body><a {attribute} href="/own/">the target</a></body>'

    assert made(html) == html


def test_in_code_a_new_tab_is_told_by_the_description_alone() -> None:
    assert made('<body><pre><a target="_blank" href="/own/">x</a></pre></body>') == (
        '<body><span id="xlink-new" hidden>opens in a new tab</span><pre><a rel="noopener" aria-describedby="xlink-new" '
        'target="_blank" href="/own/">x</a></pre></body>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<map name="m"><area target="_blank" href="/x" alt="x"></map>',
        '<svg><a target="_blank" href="/x"><text>x</text></a></svg>',
        '<base target="_blank">',
    ],
)
def test_what_opens_a_new_window_and_cannot_say_so_is_a_note(html: str) -> None:
    text, (finding,) = ran(RUN, f"<body>{html}</body>")

    assert text == f"<body>{html}</body>"
    assert (finding.check.name, finding.check.level.value) == ("unannounced-window", "note")
    assert finding.what.endswith("> opens a new window, and cannot say so.")


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


def test_what_the_placeholder_of_a_held_back_embed_links_to_is_marked_too() -> None:
    run = page_pass(third_party_links, cookie_banner, declaration=declared(services=["youtube"]))

    text, findings = ran(run, '<body><iframe src="https://www.youtube.com/embed/1"></iframe></body>')

    assert findings == []
    assert f'<a {MARKS} href="https://www.youtube.com/watch?v=1">Open at YouTube{ICON}</a>' in text
