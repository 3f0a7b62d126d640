"""What is found about the addresses of links: an address in, notes out."""

from __future__ import annotations

import pytest

from plugins.privacy.findings import Finding
from plugins.privacy.idn import is_deceptive, skeleton
from plugins.third_party_links.judging import redirectors
from tests.kit import TAGS, amazon_affiliate, declared, page_pass, ran, third_party_links, told

RUN = page_pass(
    third_party_links,
    declaration=declared(partners=[{"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]}]),
)


def found(href: str, words: str = "words") -> list[Finding]:
    """Return what is found about a link, whose address no rule changes."""
    escaped = href.replace("&", "&amp;").replace('"', "&quot;")
    text, findings = ran(RUN, f'<body><p><a href="{escaped}">{words}</a></p></body>')
    assert f'href="{escaped}"' in text
    return findings


# Nothing to say


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example/",
        "http://other.example/",
        "HTTPS://OTHER.EXAMPLE/x?y",
        "//other.example/x",
        " https://other.example/ ",
        "https://other.example./",
        "https://other.example:8443/",
        "https://other.example/a@b?c=%2e",
        "https://other.example?a\\b",
        "https://other.example/#https:\\\\evil",
        "https://faß.de/",
        "https://xn--fa-hia.de/",
        "https://müller.example/",
        "https://пример.example/",
        "https://日本語テスト.example/",
        "http://192.0.2.1/x",
        "http://[2001:db8::1]/",
        "ftp://other.example/",
        "https://notexample.org/",
        "https://co.example/",
        "mailto:hello@other.example",
        "tel:+49123",
    ],
)
def test_an_address_that_is_what_it_seems_is_not_worth_a_note(href: str) -> None:
    assert found(href) == []


# The author's own machine


@pytest.mark.parametrize("host", ["127.example", "localhost.example", "128.0.0.1", "[::2]", "my-localhost"])
def test_a_host_that_is_not_the_readers_machine_is_not_worth_a_note(host: str) -> None:
    assert found(f"http://{host}/about/") == []


@pytest.mark.parametrize("host", ["localhost", "preview.localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_a_link_to_the_readers_own_machine_is_told(host: str) -> None:
    href = f"http://{host}:8000/about/"

    assert told(found(href)) == [
        (
            "local-link",
            "note",
            f'<a href="{href}"> leads to {host}, which is the machine of whoever follows it.',
            "Link to the source file, such as [text]({filename}/pages/about.md); or give the address on the web.",
        )
    ]


# Read by browsers otherwise than by people


@pytest.mark.parametrize(
    ("href", "host", "reason"),
    [
        ("\\\\evil.example\\x", "evil.example", "browsers read a backslash as a slash"),
        ("/\\evil.example/x", "evil.example", "browsers read a backslash as a slash"),
        ("https:\\\\evil.example\\x", "evil.example", "browsers read a backslash as a slash"),
        ("https://evil.example\\@www.example.com/", "evil.example", "browsers read a backslash as a slash"),
        ("/\t/evil.example/x", "evil.example", "browsers leave out tabs and line breaks"),
        ("ht\ntps://evil.example/", "evil.example", "browsers leave out tabs and line breaks"),
        ("https://www.example.com@evil.example/", "evil.example", "what stands before the @ is a user name"),
        ("https://user:secret@other.example/", "other.example", "what stands before the @ is a user name"),
        ("http:evil.example/x", "evil.example", "browsers do not count the slashes after the scheme"),
        ("http:///evil.example/x", "evil.example", "browsers do not count the slashes after the scheme"),
        ("http://%65vil.example/", "evil.example", "the host is written in percent signs"),
        ("http://3221225985/", "192.0.2.1", "the host is a number"),
        ("http://0xc0.513/", "192.0.2.1", "the host is a number"),
        ("http://0300.0.2.1/", "192.0.2.1", "the host is a number"),
        ("http://192.0.513", "192.0.2.1", "the host is a number"),
    ],
)
def test_an_address_that_leads_elsewhere_than_it_seems_is_a_note(href: str, host: str, reason: str) -> None:
    (finding,) = found(href)

    assert (finding.check.name, finding.check.level.value, finding.way_out) == (
        "misleading-link",
        "note",
        "Write the address as https://, the host and the path.",
    )
    assert finding.what.endswith(f"> leads to {host}: {reason}.")


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("https:\\\\www.amazon.com\\dp\\B0", "browsers read a backslash as a slash"),
        ("https://www.amazon.com\\dp\\B0", "browsers read a backslash as a slash"),
        ("ht\ttps://www.amazon.com/dp/B0", "browsers leave out tabs and line breaks"),
        ("https:///www.amazon.com/dp/B0", "browsers do not count the slashes after the scheme"),
        ("http:/www.amazon.com/dp/B0", "browsers do not count the slashes after the scheme"),
        ("https://%77ww.amazon.com/dp/B0", "the host is written in percent signs"),
    ],
)
@pytest.mark.parametrize("more", ["", "?tag=evil-20", '" data-affiliate="off'])
@pytest.mark.parametrize("tags", [TAGS, {}])
def test_of_a_link_to_amazon_it_is_told_once_as_well(tags: dict[str, str], more: str, href: str, reason: str) -> None:
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": tags})

    findings = ran(run, f'<body><p><a href="{href}{more}">A book</a></p></body>')[1]

    (finding,) = [finding for finding in findings if finding.check.name == "misleading-link"]
    assert finding.what.endswith(f" leads to www.amazon.com: {reason}.")
    assert finding.way_out == "Write the address as https://, the host and the path."


@pytest.mark.parametrize(
    ("link", "checks"),
    [
        ('href="https:\\\\amzn.to/x" data-affiliate="own"', ["misleading-link"]),
        ('href="https:\\\\amzn.to/x"', ["short-amazon-link", "misleading-link"]),
        ('href="https:\\\\www.amazon.com:8443/x"', ["suspicious-amazon-link", "misleading-link"]),
        ('href="https://x@www.amazon.com/x"', ["suspicious-amazon-link"]),
        ('href="https:\\\\www.amazon.com/x" data-xlink="off"', []),
        ('href="https://www.amazon.com/x"', []),
        ('href="https://www.amazon.com/x" data-xlink="on"', ["wrong-control"]),
        ('href="https://amazon.com.evil.example/x"', ["amazon-look-alike"]),
    ],
)
def test_what_another_rule_says_of_a_link_is_not_said_again(link: str, checks: list[str]) -> None:
    run = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})

    assert [finding.check.name for finding in ran(run, f"<body><p><a {link}>A book</a></p></body>")[1]] == checks


# Hosts that are not what they seem


@pytest.mark.parametrize(
    ("host", "imitated"),
    [
        ("www.exarnple.com", "example.com"),
        ("examp1e.com", "example.com"),
        ("exаmple.com", "example.com"),  # noqa: RUF001  # a Cyrillic letter
        ("éxample.com", "example.com"),
        ("0penzfs.org", "openzfs.org"),
        ("example.com.evil.example", "example.com"),
        ("www.example.com.evil.example", "example.com"),
        ("y0utube.com", "youtube.com"),
    ],
)
def test_a_host_that_looks_like_a_known_one_is_a_note(host: str, imitated: str) -> None:
    names = [(finding.check.name, finding.check.level.value) for finding in found(f"https://{host}/x")]
    (what,) = [f.what for f in found(f"https://{host}/x") if f.check.name == "look-alike-link"]

    assert ("look-alike-link", "note") in names
    assert what.endswith(f", which looks like {imitated} and is not.")


@pytest.mark.parametrize(
    ("host", "punycode"),
    [
        ("pаypal.example", "xn--pypal-4ve.example"),  # noqa: RUF001  # a Cyrillic letter
        ("сор.example", "xn--n1aeb.example"),  # noqa: RUF001  # Cyrillic throughout
    ],
)
def test_a_host_of_mixed_scripts_is_shown_with_its_punycode(host: str, punycode: str) -> None:
    (finding,) = found(f"https://{host}/")

    assert (finding.check.name, finding.check.level.value, finding.what) == (
        "mixed-script-host",
        "note",
        f'<a href="https://{host}/"> leads to {host} ({punycode}), a name that mixes alphabets or imitates Latin letters.',
    )


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.com", False),
        ("xn--mller-kva.de", False),  # müller
        ("xn--e1afmkfd.xn--p1ai", False),  # пример.рф
        ("xn--zckzah", False),  # テスト
        ("xn--mazon-3ve.com", True),  # a Cyrillic letter
        ("xn--", False),
    ],
)
def test_scripts_are_told_apart_label_by_label(host: str, expected: bool) -> None:
    assert is_deceptive(host) is expected


def test_a_skeleton_is_what_a_host_looks_like() -> None:
    assert skeleton("xn--mazon-3ve.com") == skeleton("amazon.com") == skeleton("arnaz0n.com")
    assert skeleton("example.com") != skeleton("example.org")


@pytest.mark.parametrize("host", sorted(redirectors().hosts))
def test_a_redirector_is_said_to_hide_where_it_leads(host: str) -> None:
    (finding,) = found(f"https://{host}/abc")

    assert (finding.check.name, finding.check.level.value, finding.what, finding.way_out) == (
        "hidden-destination",
        "note",
        f'<a href="https://{host}/abc"> leads to {host}, which sends visitors on to an address that nobody sees before.',
        "Write the address to which it leads in the end.",
    )


def test_the_best_known_redirectors_are_among_them() -> None:
    assert redirectors().hosts >= {"t.co", "bit.ly", "lnkd.in", "geni.us"}
    assert redirectors().paths == ("/go/",)


@pytest.mark.parametrize("href", ["https://docs.example.com/go/x/", "//docs.example.com/go/x?y"])
def test_a_redirector_of_the_companys_own_hides_where_it_leads_as_well(href: str) -> None:
    (finding,) = found(href)

    assert told([finding]) == [
        (
            "hidden-destination",
            "note",
            f'<a href="{href}"> only sends visitors on, to an address that nobody sees before.',
            "Write the address to which it leads in the end.",
        )
    ]


@pytest.mark.parametrize(
    "href",
    [
        "https://docs.example.com/go/",
        "https://docs.example.com/go",
        "https://docs.example.com/logo/x",
        "/going/x",
        "/x/go/y",
        "?go/x",
        "#/go/x",
        "https://other.example/go/x",
    ],
)
def test_an_address_that_only_sounds_like_a_redirector_is_none(href: str) -> None:
    assert found(href) == []


# Nowhere


@pytest.mark.parametrize(
    "href",
    [
        "http://",
        "https://exa mple.com/",
        "https://other.example:99999/",
        "https://www.example.com:99999/",
        "https://[::1",
    ],
)
def test_an_address_that_no_browser_reads_is_a_note_with_its_place(href: str) -> None:
    (finding,) = found(href)

    assert (finding.check.name, finding.check.level.value, finding.what, finding.evidence) == (
        "unreadable-link",
        "note",
        f'<a href="{href}"> has an address that no browser can read.',
        f'<a href="{href}">',
    )


@pytest.mark.parametrize("href", ["javascript:void(0)", "java\nscript:alert(1)", " JavaScript:x"])
def test_a_program_is_no_link(href: str) -> None:
    (finding,) = found(href)

    assert (finding.check.name, finding.check.level.value) == ("script-link", "error")


def test_character_references_are_decoded_first() -> None:
    for href in ("java&Tab;script:alert(1)", "javascript&colon;alert(1)"):
        _, (finding,) = ran(RUN, f'<body><a href="{href}">x</a></body>')
        assert finding.check.name == "script-link"


def test_content_in_an_address_is_a_note() -> None:
    (finding,) = found("data:text/html,<p>x</p>")

    assert (finding.check.name, finding.check.level.value) == ("data-link", "note")


# Links without words


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<img src="/x.png" alt="">',
        "<img src=/x.png>",
        "<svg></svg>",
        " \n ",
        '<img src=/x.png title=" ">',
        "<svg><title> </title><style>a{}</style></svg>",
        "<object data=/x.svg>A</object>",
        "<noscript>A</noscript>",
        "<script>A</script>",
    ],
)
def test_a_link_without_words_is_a_note(inside: str) -> None:
    (finding,) = found("https://other.example/", inside)

    assert (finding.check.name, finding.what, finding.way_out) == (
        "nameless-link",
        '<a href="https://other.example/"> has neither words nor a picture with a text in its place.',
        "Write words into it, or what its picture shows: ![words](picture).",
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="/x.png" alt="A">',
        '<img src="/x.png" title="A">',
        '<svg aria-label="A"></svg>',
        '<svg aria-labelledby="t"><path id="t"/></svg>',
        "<svg><title>A</title></svg>",
        "<svg><g><text>A</text></g></svg>",
        "<canvas>A</canvas>",
        '<object data="/x.svg" title="A"></object>',
        "<b>x</b>",
    ],
)
def test_a_picture_with_a_text_in_its_place_has_a_name(inside: str) -> None:
    assert found("https://other.example/", inside) == []


# Together with the plugin for Amazon, nothing is told twice


@pytest.mark.parametrize(
    ("href", "check"),
    [
        ("https://amzn.to/x", "short-amazon-link"),
        ("https://xn--mazon-3ve.com/", "amazon-look-alike"),
        ("https://www.amazon.com:8443/dp/B0", "suspicious-amazon-link"),
        ("https://u@www.amazon.com/dp/B0", "suspicious-amazon-link"),
    ],
)
def test_a_link_about_which_amazons_rule_has_said_something_gets_no_second_note(href: str, check: str) -> None:
    run = page_pass(amazon_affiliate, third_party_links)
    _, (finding,) = ran(run, f'<body><a href="{href}">x</a></body>')

    assert finding.check.name == check
