"""Whose a link is, and what it says, in a real browser: our reading of addresses against its own."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from playwright.sync_api import Page

from plugins.privacy.urls import Address, read
from tests.browser.pages import ORIGIN, Site
from tests.browser.third_party import SITE_HOST
from tests.kit import amazon_affiliate, declared, page_pass, third_party_links

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser

PATH = "/blog/post/"
HREFS = (
    # slashes and backslashes
    "\\\\evil.example\\x",
    "/\\evil.example/x",
    "\\/evil.example/x",
    "https:\\\\evil.example\\x",
    "https:/\\evil.example/x",
    "https:\\evil.example",
    "//evil.example/x",
    "///evil.example/x",
    "////evil.example",
    "http:///evil.example/x",
    "https:amazon.com/x",
    "https:/amazon.com/x",
    "http:amazon.com/x",
    "http:/amazon.com/x",
    "https:",
    "https:?q",
    # what browsers leave out
    "/\t/evil.example/x",
    "ht\ntps://evil.example/",
    "https://ev\nil.example/",
    "\x01 https://evil.example/ \x1f",
    "\u00a0https://evil.example/",
    "java\nscript:alert(1)",
    "javascript://evil.example/%0aalert(1)",
    # user names
    "https://evil.example\\@www.example.com/",
    "https://www.example.com\\@evil.example/",
    "https://www.example.com@evil.example/",
    "https://www.example.com:x@evil.example/",
    "https://a@b@evil.example/",
    "https://evil.example#@www.example.com/",
    "https://evil.example?@www.example.com/",
    "//www.amazon.com@evil.example",
    "https://@/",
    # numbers
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1",
    "http://127.0.0.1./",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://[::1]:80/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::1",
    # spellings of a host
    "http://%65vil.example/",
    "https://amazon.com%2eevil.example/",
    "https://evil%00.example/",
    "https://amazon。com/",
    "https://ａmazon.com/",  # noqa: RUF001
    "https://faß.de/",
    "https://аmazon.com/",  # noqa: RUF001
    "https://xn--mazon-3ve.com/",
    "https://xn--a.example/",
    "HTTPS://WWW.EXAMPLE.COM/",
    "https://www.example.com./",
    "https://www.example.com..evil.example/",
    "https://exa_mple.example/",
    "https://-a-.example/",
    # ports
    "https://www.example.com:8443/",
    "https://www.example.com:443/",
    "http://www.example.com:443/",
    "https://www.example.com:99999/",
    "https://www.example.com:/",
    "https://www.example.com:0x1/",
    # nothing at all
    "http://",
    "//",
    "",
    "?",
    "#x:y",
    "..//evil.example/",
    "ftp://evil.example/x",
    "mailto:a@evil.example",
    "blob:https://evil.example/1",
)


def document() -> str:
    links = "".join(f'<li><a href="{html.escape(href)}">{number}</a></li>' for number, href in enumerate(HREFS))
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><ol>{links}</ol></body></html>'


def host_of(address: Address) -> str:
    """Return what `URL.host` is: the host with its port, as in the address that we read."""
    if not address.host:
        return ""
    return address.href.partition("://")[2].partition("/")[0].rpartition("@")[2]


def test_our_reading_of_every_tricky_address_is_the_browsers(page: Page, site: Site) -> None:
    site.third_party.answer(SITE_HOST, PATH, document())
    page.goto(ORIGIN + PATH)

    seen = page.evaluate(
        """() => [...document.querySelectorAll('li a')].map(a => {
            const raw = a.getAttribute('href');
            try {
                const url = new URL(a.href);
                const isWeb = ['http:', 'https:', 'ftp:'].includes(url.protocol);
                return [raw, url.href, isWeb ? url.host : '', isWeb ? url.hostname : ''];
            } catch { return [raw, null, null, null]; }
        })"""
    )

    ours = []
    for href in HREFS:
        address = read(href, ORIGIN + PATH)
        ours.append([href, address and address.href, address and host_of(address), address and address.host])
    assert len(HREFS) > 60
    assert ours == [[raw, href, host, hostname and hostname.removesuffix(".")] for raw, href, host, hostname in seen]


def test_the_one_difference_is_a_host_that_cannot_be(page: Page, site: Site) -> None:
    """The URL standard refuses a space in a host; Chromium keeps it, and finds nobody there."""
    site.third_party.answer(SITE_HOST, PATH, document())
    page.goto(ORIGIN + PATH)

    assert page.evaluate("new URL('https://exa mple.com/').host") == "exa%20mple.com"
    assert read("https://exa mple.com/", ORIGIN + PATH) is None


def test_a_link_is_marked_if_and_only_if_the_browser_leaves_the_companys_sites(page: Page, site: Site) -> None:
    run = page_pass(third_party_links, declaration=declared(first_party=["amazon.com"]))
    site.third_party.answer(SITE_HOST, PATH, run(document()).text)
    page.goto(ORIGIN + PATH)

    seen = page.evaluate(
        """() => [...document.querySelectorAll('li a')].map(a => {
            let url; try { url = new URL(a.href); } catch { return [false, a.classList.contains('xlink--third')]; }
            const host = url.hostname.replace(/[.]$/, '');
            const own = ['www.example.com', 'amazon.com'].includes(host);
            const web = ['http:', 'https:', 'ftp:'].includes(url.protocol);
            return [web && !own, a.classList.contains('xlink--third')];
        })"""
    )

    assert [HREFS[number] for number, (leaves, marked) in enumerate(seen) if leaves != marked] == []


def themed(body: str) -> str:
    """Return a page that looks as the theme wants it."""
    css = (ROOT / "theme/static/css/site.css").read_text("utf-8")
    head = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title><style>{css}</style></head>'
    return f"{head}<body>{body}</body></html>"


def test_on_paper_an_address_is_printed_but_not_that_of_a_link_that_pays(page: Page, site: Site) -> None:
    """What is printed is no place for tags: Amazon's programme is about links."""
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": {"amazon.com": "e-20"}})
    body = (
        '<main class="prose"><p><a href="https://a.example/">x</a> <a href="https://amazon.com/dp/1">y</a></p></main>'
    )
    site.third_party.answer(SITE_HOST, PATH, run(themed(body)).text)
    page.goto(ORIGIN + PATH)
    page.emulate_media(media="print")

    printed = page.evaluate("[...document.querySelectorAll('a')].map(a => getComputedStyle(a, '::after').content)")

    assert printed == ['" (https://a.example/)"', "none"]


def test_no_icon_begins_a_line(page: Page, site: Site) -> None:
    """Every width, so that the last word of some link ends each line once. The theme keeps the icon at its word."""
    links = "".join(f'<p>{"word " * number}<a href="https://a.example/">a link</a>.</p>' for number in range(1, 9))
    text = page_pass(third_party_links)(themed(f'<div id="box">{links}</div>')).text
    site.third_party.answer(SITE_HOST, PATH, text)
    page.goto(ORIGIN + PATH)

    alone = page.evaluate(
        """() => {
            const box = document.getElementById('box'), alone = [];
            for (let width = 150; width < 400; width += 3) {
                box.style.width = width + 'px';
                for (const icon of document.querySelectorAll('#box .xlink-icon')) {
                    const words = document.createRange();
                    words.selectNodeContents(icon.closest('a').firstChild);
                    const last = [...words.getClientRects()].pop(), own = icon.getBoundingClientRect();
                    if (own.top > last.bottom) alone.push(width);
                }
            }
            return alone;
        }"""
    )

    assert alone == []


def test_what_a_screen_reader_is_told_of_a_link(page: Page, site: Site) -> None:
    declaration = declared(first_party=["example.net"], partners=[{"name": "P", "hosts": ["partner.example"]}])
    run = page_pass(
        amazon_affiliate, third_party_links, declaration=declaration, settings={"AMAZON_TAGS": {"amazon.com": "e-20"}}
    )
    text = run(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><main><p>'
        '<a href="https://a.example/" aria-describedby="more">stranger</a> <i id="more">3 MB</i> '
        '<a href="https://partner.example/">partner</a> <a href="/own/">own</a> '
        '<a href="https://example.net/">ours</a> <a href="https://docs.example.com/">docs</a> '
        '<a href="https://www.amazon.com/dp/1">book</a> <a target="_blank" href="/own/">new</a></p></main></body></html>'
    ).text
    site.third_party.answer(SITE_HOST, PATH, text)
    page.goto(ORIGIN + PATH)

    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    told = [
        (node["name"]["value"], (node.get("description") or {}).get("value", ""))
        for node in nodes
        if node.get("role", {}).get("value") == "link"
    ]

    assert told == [
        ("stranger", "3 MB external site"),
        ("partner", "partner’s site"),
        ("own", ""),
        ("ours", "another website of ours"),
        ("docs", ""),
        ("book (paid link)", ""),
        ("new (opens in a new tab)", ""),
    ]
