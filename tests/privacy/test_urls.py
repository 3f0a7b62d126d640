"""Whose a URL is, read as browsers read it. The tricky ones were measured: nothing here may read as the site's own
what a browser takes elsewhere."""

from __future__ import annotations

import pytest

from plugins.privacy.urls import Address, Party, read, registrable_domain
from tests.kit import declared

BASE = "https://www.example.com/blog/post/"
SITE = declared(
    first_party=["example.net", ".example.org"],
    partners=[{"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]}],
    services=["youtube"],
)


def host(href: str) -> str | None:
    address = read(href, BASE)
    return None if address is None else address.host


def party(href: str, site: str = "https://www.example.com") -> Party:
    declaration = SITE if site == SITE.site else declared(site=site)
    return declaration.reader()(href, declaration.site + "/blog/post/").party


# How a browser reads it


@pytest.mark.parametrize(
    "href",
    [
        "https://www.example.com:99999/",
        "http://exa mple.com/",
        "http://",
        "https://",
        "https://[::1/",
        "https://[1]/",
        "https://a..b%/",
        "https://1.2.3.4.5/",
        "https://256.1.1.1/",
        "https://a.example:port/",
        "//",
        "https://\u00ad/",
        "\ud800",
        "https://\udcff.example/",
        "/\ud800",
    ],
)
def test_what_a_browser_gives_up_on_is_nothing(href: str) -> None:
    """Lone surrogates too: they are in no file in UTF-8, and reading them never raises."""
    assert read(href, BASE) is None
    assert party(href) == "unreadable"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "?query",
        "other/",
        "/path//with//slashes",
        "./https://evil.example/",
        "https:amazon.com/x",
        "https:/amazon.com/x",
        "https:www.evil.example",
        "https://www.example.com\\@evil.example/",
        "https://www.example.com/@evil.example/",
        "https://www.example.com#@evil.example/",
        "https://www.example.com?@evil.example/",
        "HTTPS://WWW.EXAMPLE.COM/",
        "https://www.example.com:443/",
        "https://www.example.com:8080/",
        "http://www.example.com/",
        "//www.example.com",
        "https://www.example.com./",
        "https://user:password@www.example.com/",
        "https://www%2eexample.com/",
        "https://www\u3002example\uff0ecom/",
        "https://\uff57\uff57\uff57.example.com/",
        "\t/x\n",
        "wss://www.example.com/",
    ],
)
def test_what_a_browser_takes_to_the_site_is_own(href: str) -> None:
    """Ports and schemes make no party: a site is more than an origin."""
    assert (host(href), party(href)) == ("www.example.com", "own")


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("\\\\evil.example\\x", "evil.example"),
        ("/\\evil.example/x", "evil.example"),
        ("\\/evil.example/x", "evil.example"),
        ("https:\\\\evil.example\\x", "evil.example"),
        ("/\t/evil.example/x", "evil.example"),
        ("ht\ntps://evil.example/", "evil.example"),
        ("\x01https://evil.example/", "evil.example"),
        ("  //evil.example", "evil.example"),
        ("https://evil.example\\@www.example.com/", "evil.example"),
        ("https://www.example.com@evil.example/", "evil.example"),
        ("https://www.example.com:443@evil.example/", "evil.example"),
        ("https://a@b@evil.example:8443/", "evil.example"),
        ("https://@evil.example", "evil.example"),
        ("https:///evil.example/x", "evil.example"),
        ("http:amazon.com/x", "amazon.com"),
        ("http:/amazon.com/x", "amazon.com"),
        ("http:///evil.example/x", "evil.example"),
        ("////evil.example/", "evil.example"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://127.1", "127.0.0.1"),
        ("http://%65vil.example/", "evil.example"),
        ("http://amazon.com%2eevil.example/", "amazon.com.evil.example"),
        ("https://www.example.com.evil.example/", "www.example.com.evil.example"),
        ("https://wwwexample.com/", "wwwexample.com"),
        ("https://amazon\u3002com/", "amazon.com"),
        ("https://\uff41mazon.com/", "amazon.com"),
        ("https://faß.de/", "xn--fa-hia.de"),
        ("https://FASS.de/", "fass.de"),
        ("https://ex\u0430mple.com/", "xn--exmple-4nf.com"),
        ("https://evil.example.", "evil.example"),
        ("https://evil.example.:8443/", "evil.example"),
        ("https://[::1]/", "[::1]"),
        ("https://[::1]:8443/", "[::1]"),
        ("https://user@[2001:DB8:0::1]:8443/", "[2001:db8::1]"),
        ("https://[::ffff:192.0.2.1]/", "[::ffff:c000:201]"),
        ("wss://evil.example/", "evil.example"),
        ("ftp://evil.example/", "evil.example"),
    ],
)
def test_what_a_browser_takes_elsewhere_is_not_own(href: str, leads_to: str) -> None:
    assert (host(href), party(href)) == (leads_to, "third-party")


@pytest.mark.parametrize(
    ("href", "scheme"),
    [
        ("mailto:a@evil.example", "mailto"),
        ("tel:+49123", "tel"),
        ("sms:1", "sms"),
        ("data:text/html,x", "data"),
        ("java\nscript:alert(1)", "javascript"),
        ("JAVASCRIPT:alert(1)", "javascript"),
        ("\x01javascript:alert(1)", "javascript"),
        ("blob:https://evil.example/x", "blob"),
        ("file:///etc/passwd", "file"),
        ("about:blank", "about"),
        ("evil.example:443", "evil.example"),
    ],
)
def test_what_is_no_web_address_has_no_host(href: str, scheme: str) -> None:
    address = read(href, BASE)
    assert address is not None
    assert (address.scheme, address.host, party(href)) == (scheme, "", "not-web")


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example?q", "/"),
        ("https://a.example/b/../c%20d;e?f/g#h?i/j", "/c%20d;e"),
        ("https://[::1]:8/b", "/b"),
        ("https://a.example/b#/c?d", "/b"),
        ("/b c", "/b%20c"),
        ("https://a:b@c.example:1/d:e@f", "/d:e@f"),
    ],
)
def test_the_path_is_what_the_server_is_asked_for(href: str, path: str) -> None:
    address = read(href, BASE)
    assert address is not None
    assert address.path == path


def test_a_relative_url_without_a_base_to_stand_on_is_nothing() -> None:
    assert read("x", "data:text/html,") is None
    assert read("//evil.example/", "mailto:a@b.example") is None
    assert read("https://a.example/", "about:blank") == Address("https", "a.example", "/", "https://a.example/")


# Whose it is


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://static.example.com/x", Party.FIRST_PARTY),
        ("https://example.com/", Party.FIRST_PARTY),
        ("https://a.b.example.com/", Party.FIRST_PARTY),
        ("https://example.net/", Party.FIRST_PARTY),
        ("https://www.example.net/", Party.THIRD_PARTY),
        ("https://example.org/", Party.FIRST_PARTY),
        ("https://a.b.example.org/", Party.FIRST_PARTY),
        ("https://badexample.org/", Party.THIRD_PARTY),
        ("https://openzfs.org/", Party.PARTNER),
        ("https://www.openzfs.org./", Party.PARTNER),
        ("https://notopenzfs.org/", Party.THIRD_PARTY),
        ("https://www.youtube.com/", Party.THIRD_PARTY),
    ],
)
def test_a_declared_host_is_meant_exactly_and_a_suffix_with_all_below_it(href: str, expected: Party) -> None:
    assert party(href) == expected


@pytest.mark.parametrize(
    ("site", "href"),
    [
        ("https://alice.github.io", "https://bob.github.io/"),
        ("https://alice.github.io", "https://github.io/"),
        ("https://user.netlify.app", "https://other.netlify.app/"),
        ("https://a.pages.dev", "https://b.pages.dev/"),
        ("https://a.s3.amazonaws.com", "https://b.s3.amazonaws.com/"),
        ("https://a.co.uk", "https://b.co.uk/"),
        ("https://github.io", "https://alice.github.io/"),
        ("http://localhost", "http://a.localhost/"),
        ("http://intranet", "http://www.intranet/"),
        ("http://192.168.0.1", "http://192.168.0.2/"),
        ("http://10.0.0.1", "http://1.10.0.0.1.example/"),
        ("http://[::1]", "http://[::2]/"),
    ],
)
def test_neighbours_under_a_public_suffix_or_on_an_address_are_strangers(site: str, href: str) -> None:
    assert party(href, site) == "third-party"


@pytest.mark.parametrize(
    ("site", "href", "expected"),
    [
        ("https://alice.github.io", "https://www.alice.github.io/", Party.FIRST_PARTY),
        ("https://www.a.co.uk", "https://a.co.uk/", Party.FIRST_PARTY),
        ("https://www.bücher.example", "https://xn--bcher-kva.example/", Party.FIRST_PARTY),
        ("http://localhost:8000", "http://localhost:9000/", Party.OWN),
        ("http://192.168.0.1", "http://192.168.0.1:8080/", Party.OWN),
        ("http://[::1]", "https://[0:0::1]:8080/", Party.OWN),
    ],
)
def test_what_shares_the_registered_domain_belongs_to_the_company(site: str, href: str, expected: Party) -> None:
    assert party(href, site) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", None),
        ("com", None),
        ("localhost", None),
        ("co.uk", None),
        ("github.io", None),
        ("192.168.0.1", None),
        ("[::1]", None),
        ("a.co.uk", "a.co.uk"),
        ("www.a.co.uk", "a.co.uk"),
        ("a.b.alice.github.io", "alice.github.io"),
        ("www.unknown-ending", "www.unknown-ending"),
        ("a.www.unknown-ending", "www.unknown-ending"),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_the_registered_domain_counts_private_suffixes_and_no_addresses(name: str, expected: str | None) -> None:
    assert registrable_domain(name) == expected
