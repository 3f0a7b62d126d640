"""Which hosts are Amazon's, and which of them are stores, row by row: an address in, an address and findings out."""

from __future__ import annotations

import pytest

from plugins.amazon_affiliate.links import Kind, kind_of
from tests.kit import address_after, amazon_pass, page_pass, ran, third_party_links, told

RUN = amazon_pass()
SERVICES_OF_A_STORE = (
    "aws console.aws docs.aws developer pay advertising affiliate-program associates partnernet kdp sellercentral "
    "vendorcentral music read photos webservices fls-na api www.smile anything"
).split()
SERVICES = (
    "media-amazon.com images-amazon.com ssl-images-amazon.com amazon-adsystem.com assoc-amazon.com amazonaws.com "
    "aboutamazon.com amazon.jobs primevideo.com awsstatic.com amazonpay.com"
).split()
SHORT = {
    "amzn.to": "/3abcdef",
    "a.co": "/d/abcdef0",
    "amzn.eu": "/d/abcdef0",
    "amzn.asia": "/d/abcdef0",
    "amzn.in": "/d/abcdef0",
    "link.amazon": "/B0cgD7wou",  # looks like the number of a product, and is none
    "amzlink.to": "/az0abcdef",
    "r.amzlink.to": "/?btn_url=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0%3Ftag%3Dstranger-20",  # wraps a stranger's tag
    "amzn.com": "/B000000000",
}


# Stores


@pytest.mark.parametrize("label", ["", "www.", "m.", "smile."])
def test_a_store_is_the_marketplace_with_one_of_four_labels(label: str) -> None:
    address = f"https://{label}amazon.com/dp/B000000000"
    tagged, findings = address_after(address, RUN)

    assert tagged == f"{address}?tag=example-20"
    assert [finding.check.name for finding in findings] == (["outdated-amazon-link"] if label == "smile." else [])


@pytest.mark.parametrize(
    "written",
    [
        "https://ａmazon.com",  # noqa: RUF001  # full width
        "https://amazon。com",
        "HTTPS://WWW.AMAZON.COM",
        "https://www.amazon.com.",
        "https://www.amazon.com:443",
        "https://%61mazon.com",
        "//www.amazon.com",
        "\thttps://www.ama\nzon.com",
    ],
)
def test_the_host_is_read_as_browsers_read_it(written: str) -> None:
    assert address_after(f"{written}/dp/B000000000", RUN) == (f"{written}/dp/B000000000?tag=example-20", [])


@pytest.mark.parametrize(
    ("href", "what", "way_out"),
    [
        (
            "http://www.amazon.com/dp/B000000000",
            "leads to Amazon without encryption.",
            "Begin the address with https:.",
        ),
        ("http:amazon.com/dp/B000000000", "leads to Amazon without encryption.", "Begin the address with https:."),
        (
            "https://smile.amazon.com/dp/B000000000",
            "leads to smile.amazon.com, which is not the store's own address.",
            "Write www. in place of smile.",
        ),
    ],
)
def test_an_outdated_spelling_is_reported_and_tagged_but_not_changed(href: str, what: str, way_out: str) -> None:
    tagged, findings = address_after(href, RUN)

    assert tagged == f"{href}?tag=example-20"
    assert told(findings) == [("outdated-amazon-link", "note", f'<a href="{href}"> {what}', way_out)]


# Short links


@pytest.mark.parametrize(("host", "rest"), SHORT.items(), ids=SHORT)
def test_a_short_link_is_reported_and_not_changed(host: str, rest: str) -> None:
    href = f"https://{host}{rest}"
    same, findings = address_after(href, RUN)

    assert same == href
    assert told(findings) == [
        (
            "short-amazon-link",
            "note",
            f'<a href="{href}"> hides where it leads, and whose tag it carries.',
            (
                "Write the address of the product itself; or say whether the link pays you: "
                '{data-affiliate="own"} or {data-affiliate="none"} behind it. “privacy links --expand” asks where it leads.'
            ),
        )
    ]


# Amazon's other hosts


@pytest.mark.parametrize("label", SERVICES_OF_A_STORE)
def test_any_other_label_below_a_store_is_a_service(label: str) -> None:
    for store in ("amazon.com", "amazon.de", "amazon.co.uk"):
        href = f"https://{label}.{store}/dp/B000000000"
        assert address_after(href, RUN) == (href, [])
        assert kind_of(f"{label}.{store}") is Kind.SERVICE


@pytest.mark.parametrize("host", SERVICES)
def test_a_service_is_never_tagged_and_loads_nothing(host: str) -> None:
    for name in (host, f"sub.{host}"):
        href = f"https://{name}/dp/B000000000"
        assert address_after(href, RUN) == (href, [])
        assert kind_of(name) is Kind.SERVICE
        _, (finding,) = ran(RUN, f'<body><script src="https://{name}/x.js"></script></body>')
        assert (finding.check.name, finding.check.level.value) == ("undeclared-load", "error")


@pytest.mark.parametrize("host", ["m.media-amazon.com", "images-na.ssl-images-amazon.com", "images-amazon.com"])
def test_a_picture_of_amazons_is_no_picture_of_the_site(host: str) -> None:
    _, (finding,) = ran(RUN, f'<body><img src="https://{host}/images/I/1.jpg" alt="A book"></body>')

    assert (finding.check.name, finding.check.level.value) == ("undeclared-load", "error")


# What only looks like Amazon


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("https://amazon.com.evil.example/dp/B000000000", "amazon.com.evil.example"),
        ("https://notamazon.com/dp/B000000000", "notamazon.com"),
        ("https://www-amazon.com/dp/B000000000", "www-amazon.com"),
        ("https://amazon.evil/dp/B000000000", "amazon.evil"),
        ("https://аmazon.com/dp/B000000000", "аmazon.com (xn--mazon-3ve.com)"),  # noqa: RUF001  # a Cyrillic letter
        ("https://xn--mazon-3ve.com/dp/B000000000", "аmazon.com (xn--mazon-3ve.com)"),  # noqa: RUF001
        ("https://arnaz0n.com/dp/B000000000", "arnaz0n.com"),
        ("https://amazon.com%2eevil.example/dp/B000000000", "amazon.com.evil.example"),
    ],
)
def test_a_host_that_looks_like_amazon_is_reported_and_not_tagged(href: str, host: str) -> None:
    same, findings = address_after(href, RUN)

    assert same == href
    assert told(findings) == [
        (
            "amazon-look-alike",
            "note",
            f'<a href="{href}"> leads to {host}, which looks like Amazon and is none of its hosts.',
            'Correct the address; or, if it is meant, write {data-affiliate="off"} behind the link.',
        )
    ]


@pytest.mark.parametrize(
    "href",
    ["https://www.amazon.com@evil.example/dp/B000000000", "https://evil.example\\@www.amazon.com/dp/B000000000"],
)
def test_a_stranger_that_names_amazon_before_its_host_is_a_stranger(href: str) -> None:
    """The plugin third_party_links says of it that it misleads."""
    assert address_after(href, RUN) == (href, [])
    _, (finding,) = address_after(href, page_pass(third_party_links))
    assert finding.check.name == "misleading-link"


@pytest.mark.parametrize(
    "href",
    [
        "https://user@www.amazon.com/dp/B000000000",
        "https://user:secret@www.amazon.com/dp/B000000000",
        "https://www.amazon.com:8443/dp/B000000000",
        "http://www.amazon.com:443/dp/B000000000",
    ],
)
def test_a_store_with_a_user_name_or_a_port_is_reported_and_not_tagged(href: str) -> None:
    same, findings = address_after(href, RUN)

    assert same == href
    assert told(findings) == [
        (
            "suspicious-amazon-link",
            "note",
            f'<a href="{href}"> leads to www.amazon.com with a user name or a port in its address.',
            "Write the address as the store shows it.",
        )
    ]


@pytest.mark.parametrize("control", ["", ' data-affiliate="off"'])
def test_a_refused_tag_is_refused_there_too(control: str) -> None:
    href = "https://user@www.amazon.com/dp/B000000000?tag=stranger-20"

    text, findings = ran(amazon_pass(foreign_tag="error"), f'<body><a href="{href}"{control}>x</a></body>')

    assert text == f'<body><a href="{href}"{control}>x</a></body>'
    assert [(finding.check.name, finding.check.level.value) for finding in findings] == [
        ("suspicious-amazon-link", "note"),
        ("refused-tag", "error"),
    ]


# What has nothing to do with Amazon


@pytest.mark.parametrize(
    "href",
    [
        # they name Amazon elsewhere than in the host
        "https://evil.example/?https://www.amazon.com/dp/B000000000",
        "https://evil.example/www.amazon.com/dp/B000000000",
        "https://evil.example/#www.amazon.com/dp/B000000000",
        "https://www.example.org/amazon/",
        # no web addresses, or none that leads away
        "mailto:books@amazon.com",
        "javascript:open('https://www.amazon.com/dp/B000000000')",
        "data:text/html,https://www.amazon.com/dp/B000000000",
        "ftp://www.amazon.com/dp/B000000000",
        "https:amazon.com/dp/B000000000",
        "www.amazon.com/dp/B000000000",
        "/www.amazon.com/dp/B000000000",
        "#www.amazon.com",
        "http://",
        "https://www.amazon.com:99999/dp/B000000000",
        "https://exa mple.com/www.amazon.com",
        # a host that does not look like it
        "https://amaz.example/",
    ],
)
def test_a_link_that_is_none_to_amazon_stays_as_it_is(href: str) -> None:
    assert address_after(href, RUN) == (href, [])
