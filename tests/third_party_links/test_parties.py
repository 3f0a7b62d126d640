"""Whose a link is, row by row: where a link stands and what is written there, in; host, party and mark, out."""

from __future__ import annotations

import pytest

from plugins.privacy.urls import registrable_domain
from tests.kit import amazon_affiliate, declared, page_pass, ran, third_party_links

SITE = "https://www.example.com"
KEYS = {
    "first_party": ["example.net", ".example.org"],
    "partners": [{"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]}],
}
ALL = page_pass(
    amazon_affiliate,
    third_party_links,
    declaration=declared(**KEYS),
    settings={"AMAZON_TAGS": {"amazon.com": "example-20"}},
)

# what it is → the address, and what the inventory calls it; nothing for what stays on the site or in no web
CLASSES = {
    "mailto": ("mailto:hello@evil.example", ""),
    "tel": ("tel:+49123", ""),
    "sms": ("sms:+49123", ""),
    "data": ("data:text/html,x", "not-web"),
    "javascript": ("javascript:alert(1)", "not-web"),
    "blob": ("blob:https://evil.example/1", ""),
    "file": ("file:///etc/passwd", ""),
    "a fragment": ("#part", ""),
    "a query": ("?page=2", ""),
    "relative": ("../about/", ""),
    "empty": ("", ""),
    "unparsable": ("http://", "unreadable"),
    "the site's host": ("https://www.example.com/about/", ""),
    "the site's host with its dot": ("https://www.example.com./", ""),
    "a host with two dots": ("https://www.example.com../", "third-party"),
    "no Amazon store, with two dots": ("https://www.amazon.com../dp/B000000000", "third-party"),
    "another port": ("https://www.example.com:8443/", ""),
    "another scheme": ("http://www.example.com/", ""),
    "declared, exact": ("https://example.net/", "first-party"),
    "below what is declared exactly": ("https://sub.example.net/", "third-party"),
    "declared, a suffix": ("https://shop.example.org/", "first-party"),
    "the suffix itself": ("https://example.org/", "first-party"),
    "the same registrable domain": ("https://docs.example.com/", "first-party"),
    "the registrable domain": ("https://example.com/", "first-party"),
    "a partner": ("https://docs.openzfs.org/", "partner"),
    "an Amazon store": ("https://www.amazon.com/dp/B000000000", "affiliate"),
    "an Amazon store without a tag": ("https://www.amazon.de/dp/B000000000", "third-party"),
    "anything else": ("https://evil.example/", "third-party"),
}


@pytest.mark.parametrize(("href", "expected"), CLASSES.values(), ids=CLASSES)
def test_a_link_is_of_one_class(href: str, expected: str) -> None:
    links = ALL(f'<body><p><a href="{href}">x</a></p></body>').inventory.links

    assert [link.verdict for link in links] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("href", "note"),
    [
        ("http://evil.example/", "not encrypted"),
        ("http://openzfs.org/", "not encrypted"),
        ("http://example.net/", "not encrypted"),
        ("https://evil.example/", ""),
        ("http://www.amazon.com/dp/B000000000", "tag added"),
    ],
)
def test_an_unencrypted_link_is_listed_as_one_and_not_told_of(href: str, note: str) -> None:
    passed = ALL(f'<body><p><a href="{href}">x</a></p></body>')

    assert [link.note for link in passed.inventory.links] == [note]
    assert [finding.check.name for finding in passed.findings] == (
        ["outdated-amazon-link"] if "amazon" in href else []
    )


def test_an_element_without_an_address_is_no_link() -> None:
    assert ALL("<body><p><a>x</a> <a name=y>y</a></p></body>").inventory.links == ()


# site → another host → whether it is a stranger
NEIGHBOURS = [
    ("https://alice.github.io", "bob.github.io", True),
    ("https://alice.github.io", "www.alice.github.io", False),
    ("https://user.netlify.app", "other.netlify.app", True),
    ("https://x.pages.dev", "y.pages.dev", True),
    ("https://x.s3.amazonaws.com", "y.s3.amazonaws.com", True),
    ("https://github.io", "alice.github.io", True),  # the site is a public suffix itself
    ("https://www.a.co.uk", "b.co.uk", True),
    ("https://www.a.co.uk", "shop.a.co.uk", False),
    ("http://192.168.0.1", "192.168.0.2", True),
    ("http://[::1]", "[::2]", True),
    ("http://localhost", "sub.localhost", True),
    ("http://intranet", "www.intranet", True),
]


@pytest.mark.parametrize(("site", "host", "is_stranger"), NEIGHBOURS)
def test_who_shares_a_registrable_domain_is_the_company(site: str, host: str, is_stranger: bool) -> None:
    run = page_pass(third_party_links, declaration=declared(site=site))

    text, findings = ran(run, f'<body><a href="{site}/x">own</a> <a href="https://{host}/">x</a></body>')

    assert text.count('rel="external"') == text.count('class="xlink xlink--third"') == is_stranger
    assert text.startswith('<body><span id="xlink-third"' if is_stranger else f'<body><a href="{site}/x">own</a>')
    assert findings == []


# the address as it is written on https://www.example.com/blog/post/ → the host to which a browser goes
ADDRESSES = [
    ("\\\\evil.example\\x", "evil.example"),
    ("/\\evil.example/x", "evil.example"),
    ("https:\\\\evil.example\\x", "evil.example"),
    ("/\t/evil.example/x", "evil.example"),
    ("ht\ntps://evil.example/", "evil.example"),
    ("\x01https://evil.example/", "evil.example"),
    ("   https://evil.example/", "evil.example"),
    ("https://evil.example\\@www.example.com/", "evil.example"),
    ("https://www.example.com\\@evil.example/", "www.example.com"),
    ("https://www.example.com@evil.example/", "evil.example"),
    ("https:amazon.com/x", "www.example.com"),
    ("https:/amazon.com/x", "www.example.com"),
    ("http:amazon.com/x", "amazon.com"),
    ("http:///evil.example/x", "evil.example"),
    ("http://2130706433/", "127.0.0.1"),
    ("http://0x7f.1/", "127.0.0.1"),
    ("http://0177.0.0.1/", "127.0.0.1"),
    ("http://127.1/", "127.0.0.1"),
    ("http://%65vil.example/", "evil.example"),
    ("http://amazon.com%2eevil.example/", "amazon.com.evil.example"),
    ("https://amazon。com/", "amazon.com"),
    ("https://ａmazon.com/", "amazon.com"),  # noqa: RUF001  # full width
    ("https://faß.de/", "xn--fa-hia.de"),
    ("//evil.example/x", "evil.example"),
    ("HTTPS://EVIL.EXAMPLE/", "evil.example"),
    ("https://evil.example:8443/", "evil.example"),
]
NOWHERE = ["https://www.example.com:99999/", "http://exa mple.com/", "http://"]


@pytest.mark.parametrize(("href", "host"), ADDRESSES)
def test_an_address_leads_where_a_browser_goes(href: str, host: str) -> None:
    run = page_pass(third_party_links)
    passed = run(f'<head><base href="{SITE}/blog/post/"></head><body><p><a href="{href}">x</a></p></body>')

    stays = host == "www.example.com"
    assert [(link.host, link.verdict) for link in passed.inventory.links] == (
        [] if stays else [(host, "third-party")]
    )
    assert (' class="xlink xlink--third"' in passed.text) is not stays
    assert f' href="{href}">' in passed.text


@pytest.mark.parametrize("href", NOWHERE)
def test_an_address_that_no_browser_can_read_is_inert_and_noted(href: str) -> None:
    html = f'<body><p><a href="{href}">x</a></p></body>'
    text, (finding,) = ran(page_pass(third_party_links), html)

    assert text == html
    assert (finding.check.name, finding.check.level.value) == ("unreadable-link", "note")


@pytest.mark.parametrize("href", ["java\nscript:alert(1)", "java&Tab;script:alert(1)", "javascript&colon;alert(1)"])
def test_a_program_is_seen_through_every_spelling(href: str) -> None:
    _, (finding,) = ran(page_pass(third_party_links), f'<body><p><a href="{href}">x</a></p></body>')

    assert finding.check.name == "script-link"


# host → the domain that somebody registered. Source: publicsuffix.org, with its private section
REGISTRABLE = [
    ("www.example.co.uk", "example.co.uk"),
    ("bob.github.io", "bob.github.io"),
    ("github.io", None),
    ("a.netlify.app", "a.netlify.app"),
    ("a.pages.dev", "a.pages.dev"),
    ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("www.unknown-ending", "www.unknown-ending"),
    ("192.168.0.1", None),
    ("[::1]", None),
    ("localhost", None),
]


@pytest.mark.parametrize(("host", "domain"), REGISTRABLE)
def test_a_registrable_domain_is_one_below_a_public_suffix(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain
