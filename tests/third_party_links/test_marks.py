"""Links that leave the company's sites: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy.page import Form
from tests.kit import ICON, MARKS, THIRD, cookie_banner, declared, made_by, page_pass, ran, third_party_links

PARTNER_ICON = ICON.replace("M4 2h6v6M10 2 2 10", "M6.5 1.5h4v4M10.5 1.5 6 6M9 8v2.5H1.5V3H4")
FIRST_ICON = ICON.replace("M4 2h6v6M10 2 2 10", "M1.5 6.5 6 2l4.5 4.5M3 5.5v5h6v-5")
PARTNER = '<span id="xlink-partner" hidden>partner’s site</span>'
RUN = page_pass(
    third_party_links,
    declaration=declared(
        first_party=["example.net", ".example.org"],
        partners=[{"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]}],
    ),
)
made = made_by(RUN)


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
        "http://[2001:db8::1]/",
        "https://xn--exmpel-cua.com/",
        "ftp://other.example/",
    ],
)
def test_a_link_that_leaves_is_marked_however_its_address_is_spelt(href: str) -> None:
    assert made(f'<body><p>To <a href="{href}">a site</a>.</p></body>') == (
        f'<body>{THIRD}<p>To <a {MARKS} href="{href}">a site{ICON}</a>.</p></body>'
    )


def test_words_of_the_author_that_hold_other_space_than_ascii_stay_one_word() -> None:
    text = made('<body><a class="fa&nbsp;link" rel="me&nbsp;external" href="https://a.example/">x</a></body>')

    assert 'class="fa\u00a0link xlink xlink--third"' in text
    assert 'rel="me\u00a0external external"' in text


def test_an_address_with_character_references_is_read_as_a_browser_reads_it() -> None:
    assert made('<body><a href="//other&period;example/?a&amp;b">x</a></body>') == (
        f'<body>{THIRD}<a {MARKS} href="//other&period;example/?a&amp;b">x{ICON}</a></body>'
    )


def test_another_website_of_the_company_is_called_one_and_not_external() -> None:
    mark = 'class="xlink xlink--first" aria-describedby="xlink-first"'
    first = '<span id="xlink-first" hidden>another website of ours</span>'

    assert made(
        '<body><a href="https://example.net/">x</a> <a href="https://shop.example.org/" rel="me">y</a></body>'
    ) == (
        f'<body>{first}<a {mark} href="https://example.net/">x{FIRST_ICON}</a> '
        f'<a {mark} href="https://shop.example.org/" rel="me">y{FIRST_ICON}</a></body>'
    )


def test_below_the_sites_own_domain_a_declared_host_needs_no_mark() -> None:
    run = page_pass(third_party_links, declaration=declared(first_party=["docs.example.com", ".shop.example.com"]))
    html = '<body><a href="https://docs.example.com/">x</a> <a href="https://a.shop.example.com/">y</a></body>'

    assert ran(run, html) == (html, [])


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


def test_what_the_placeholder_of_a_held_back_embed_links_to_is_marked_too() -> None:
    run = page_pass(third_party_links, cookie_banner, declaration=declared(services=["youtube"]))

    text, findings = ran(run, '<body><iframe src="https://www.youtube.com/embed/1"></iframe></body>')

    assert findings == []
    assert f'<a {MARKS} href="https://www.youtube.com/watch?v=1">Open at YouTube{ICON}</a>' in text
