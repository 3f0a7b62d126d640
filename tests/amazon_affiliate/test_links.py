"""Amazon addresses, text in, text out: which one is a store's, what it carries, and where a tag goes."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from plugins.amazon_affiliate.links import stores, tag_for
from plugins.privacy.findings import Finding
from plugins.privacy.page_pass import PagePass
from tests.kit import amazon_affiliate, page_pass, ran

TAGS = {
    "amazon.com": "example-20",
    "amazon.de": "example-21",
    "amazon.co.jp": "example-22",
    "amazon.sg": "example0-22",
}
RUN = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS, "AMAZON_AFFILIATE": {"own_tags": ["example0c-20"]}})
PROGRAMME = (
    "amazon.com amazon.ca amazon.com.mx amazon.com.br amazon.co.uk amazon.de amazon.fr amazon.it amazon.es amazon.nl "
    "amazon.ie amazon.com.tr amazon.ae amazon.sa amazon.eg amazon.in amazon.com.be amazon.se amazon.pl amazon.co.jp "
    "amazon.com.au amazon.sg"
).split()


def link(href: str, run: PagePass = RUN) -> tuple[str, list[Finding]]:
    """Return what the build makes of the address of a link, and what it finds."""
    escaped = href.replace("&", "&amp;").replace('"', "&quot;")
    text, findings = ran(run, f'<body><p><a href="{escaped}">Amazon</a></p></body>')
    a = BeautifulSoup(text, "html.parser").find("a")
    assert a is not None
    return str(a["href"]), findings


# What must not be touched


@pytest.mark.parametrize(
    "href",
    [
        # they hide among other hosts, and their hosts do not look like Amazon's
        "https://www.amazon.com@evil.example/dp/B000000000",
        "https://evil.example\\@www.amazon.com/dp/B000000000",
        "https://evil.example/?https://www.amazon.com/dp/B000000000",
        "https://evil.example/www.amazon.com/dp/B000000000",
        "https://evil.example/#www.amazon.com/dp/B000000000",
        # Amazon's services
        "https://aws.amazon.com/s3/",
        "https://console.aws.amazon.com/",
        "https://docs.aws.amazon.com/dp/B000000000",
        "https://developer.amazon.com/dp/B000000000",
        "https://pay.amazon.com/",
        "https://advertising.amazon.com/",
        "https://affiliate-program.amazon.com/",
        "https://partnernet.amazon.de/",
        "https://kdp.amazon.com/",
        "https://sellercentral.amazon.com/",
        "https://music.amazon.com/albums/B000000000",
        "https://read.amazon.com/",
        "https://www.smile.amazon.com/dp/B000000000",
        "https://m.media-amazon.com/images/I/1.jpg",
        "https://images-amazon.com/images/I/1.jpg",
        "https://z-na.amazon-adsystem.com/widgets/onejs",
        "https://bucket.s3.amazonaws.com/dp/B000000000",
        "https://www.aboutamazon.com/",
        "https://www.amazon.jobs/",
        "https://www.primevideo.com/",
        # stores without a programme, and one for which the site has no tag
        "https://www.amazon.co.za/dp/B000000000",
        "https://www.amazon.cn/dp/B000000000",
        "https://www.amazon.fr/dp/B000000000",
        # help, basket, account, sign-in
        "https://www.amazon.com/gp/help/customer/display.html?nodeId=468496",
        "https://www.amazon.com/gp/help",
        "https://www.amazon.de/-/en/gp/help/customer/display.html?nodeId=468496",
        "https://www.amazon.com/ap/signin?openid.mode=checkid_setup",
        "https://www.amazon.com/gp/css/homepage.html",
        "https://www.amazon.com/gp/your-account/order-history",
        "https://www.amazon.com/gp/cart/view.html",
        "https://www.amazon.com/gp/sign-in.html",
        "https://www.amazon.com/gp/flex/sign-out.html",
        "https://www.amazon.com/privacy",
        "https://www.amazon.com/photos",
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
        # nothing of Amazon's
        "https://amaz.example/",
        "https://www.example.org/amazon/",
    ],
)
def test_a_link_that_is_none_to_a_store_with_a_tag_stays_as_it_is(href: str) -> None:
    assert link(href) == (href, [])


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
        # lists of other tools hold them, and they are no marketplaces
        ("https://www.amazon.at/dp/B000000000", "www.amazon.at"),
        ("https://www.amazon.ch/dp/B000000000", "www.amazon.ch"),
        ("https://www.amazon.dk/dp/B000000000", "www.amazon.dk"),
        ("https://www.amazon.pt/dp/B000000000", "www.amazon.pt"),
        ("https://www.amazon.nz/dp/B000000000", "www.amazon.nz"),
        ("https://www.amazon.us/dp/B000000000", "www.amazon.us"),
        ("https://www.amazon.tr/dp/B000000000", "www.amazon.tr"),
        ("https://www.amazon.mx/dp/B000000000", "www.amazon.mx"),
        ("https://www.amazon.jp/dp/B000000000", "www.amazon.jp"),
        ("https://www.amazon.no/dp/B000000000", "www.amazon.no"),
        ("https://www.amazon.fi/dp/B000000000", "www.amazon.fi"),
        ("https://www.amazon.com.sg/dp/B000000000", "www.amazon.com.sg"),
        ("https://www.amazon.co.id/dp/B000000000", "www.amazon.co.id"),
    ],
)
def test_a_host_that_looks_like_amazon_is_reported_and_not_tagged(href: str, host: str) -> None:
    same, findings = link(href)

    assert same == href
    assert [
        (finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings
    ] == [
        (
            "amazon-look-alike",
            "note",
            f'<a href="{href}"> leads to {host}, which looks like Amazon and is none of its hosts.',
            'Correct the address; or, if it is meant, write {data-affiliate="off"} behind the link.',
        )
    ]


SHORT = [
    "https://amzn.to/3abcdef",
    "https://a.co/d/abcdef0",
    "https://amzn.eu/d/abcdef0",
    "https://amzn.asia/d/abcdef0",
    "https://amzn.in/d/abcdef0",
    "https://amzn.com/B000000000",
    "https://link.amazon/B0cgD7wou",
    "https://amzlink.to/az0abcdef",
    "https://r.amzlink.to/?btn_url=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB000000000%3Ftag%3Dlinktree02e-20",
]


@pytest.mark.parametrize("href", SHORT)
def test_a_short_link_is_reported_and_not_changed(href: str) -> None:
    same, findings = link(href)

    assert same == href
    assert [
        (finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings
    ] == [
        (
            "short-amazon-link",
            "note",
            f'<a href="{href}"> hides where it leads, and whose tag it carries.',
            (
                "Write the address of the product itself; or say whether the link pays you: "
                '{data-affiliate="own"} or {data-affiliate="none"} behind it.'
            ),
        )
    ]


@pytest.mark.parametrize(
    ("href", "what"),
    [
        ("http://www.amazon.com/dp/B000000000", "leads to Amazon without encryption."),
        ("http:amazon.com/dp/B000000000", "leads to Amazon without encryption."),
        (
            "https://smile.amazon.com/dp/B000000000",
            "leads to smile.amazon.com, which is not the store's own address.",
        ),
    ],
)
def test_an_outdated_spelling_is_reported_and_tagged_but_not_changed(href: str, what: str) -> None:
    tagged, findings = link(href)

    assert tagged == f"{href}?tag=example-20"
    assert [(finding.check.name, finding.what) for finding in findings] == [
        ("outdated-amazon-link", f'<a href="{href}"> {what}')
    ]


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
    same, findings = link(href)

    assert same == href
    assert [
        (finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings
    ] == [
        (
            "suspicious-amazon-link",
            "note",
            f'<a href="{href}"> leads to www.amazon.com with a user name or a port in its address.',
            "Write the address as the store shows it.",
        )
    ]


OWN_TAG_IN_ANY_FORM = [
    "https://www.amazon.com/dp/B000000000?tag=example-20",
    "https://www.amazon.com/dp/B000000000?tag=example-20#details",
    "https://www.amazon.com/dp/B000000000?tag=example-20&th=1&psc=1",
    "https://www.amazon.com/dp/B000000000?th=1&tag=example-20&tag=example-20",
    "https://www.amazon.com/dp/B000000000?tag=&tag=example-20",
    "https://www.amazon.com/dp/B000000000?t%61g=example-20",
    "https://www.amazon.com/dp/B000000000?%74%61%67=example%2D20",
    "https://www.amazon.com/dp/B000000000?ta\ng=example-20",
    "https://www.amazon.com/dp/B000000000?AssociateTag=example-20",
    "https://www.amazon.com/dp/B000000000?associateTag=example-20",
    "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B000000000&AssociateTag=example-20",
    "https://www.amazon.com/dp/B000000000?tag=example0c-20",
    "https://www.amazon.com/dp/B000000000/ref=nosim/example-20",
    "https://www.amazon.com/dp/B000000000/ref%3Dnosim/example-20",
    "https://www.amazon.com/exec/obidos/ASIN/B000000000/example-20",
    "https://www.amazon.com/exec/obidos/ASIN/B000000000/example-20/",
    "https://www.amazon.com/exec/obidos/ASIN/B000000000/example%2D20",
    "https://www.amazon.com/exec/obidos/ASIN/B000000000/ref=nosim/example-20",
    "https://www.amazon.com/EXEC/Obidos/asin/B000000000/example-20",
    "https://www.amazon.com/o/ASIN/B000000000/example-20",
    "https://www.amazon.com/exec/obidos/redirect?tag=example-20&path=ASIN/B000000000",
]


@pytest.mark.parametrize("href", OWN_TAG_IN_ANY_FORM)
def test_an_address_that_carries_the_tag_in_any_form_gets_no_second_one(href: str) -> None:
    assert link(href) == (href, [])


# What gets a tag, and where


@pytest.mark.parametrize("host", PROGRAMME)
def test_every_store_of_the_programme_gets_the_tag_that_the_site_has_for_it(host: str) -> None:
    run = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": {host: "mine-99", **_others(host)}})

    for subdomain in ("", "www.", "m."):
        text, findings = ran(run, f'<body><p><a href="https://{subdomain}{host}/dp/B000000000">x</a></p></body>')

        assert f'href="https://{subdomain}{host}/dp/B000000000?tag=mine-99"' in text
        assert findings == []


def _others(host: str) -> dict[str, str]:
    return {other: f"other{number}-20" for number, other in enumerate(PROGRAMME) if other != host}


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        # products
        ("https://www.amazon.com/dp/B000000000", "https://www.amazon.com/dp/B000000000?tag=example-20"),
        (
            "https://www.amazon.de/Ein-schönes-Buch/dp/3000000000",
            "https://www.amazon.de/Ein-schönes-Buch/dp/3000000000?tag=example-21",
        ),
        ("https://amazon.com/dp/product/B000000000", "https://amazon.com/dp/product/B000000000?tag=example-20"),
        ("https://amazon.com/gp/product/B000000000", "https://amazon.com/gp/product/B000000000?tag=example-20"),
        ("https://m.amazon.com/gp/aw/d/B000000000", "https://m.amazon.com/gp/aw/d/B000000000?tag=example-20"),
        ("https://amazon.com/d/B000000000", "https://amazon.com/d/B000000000?tag=example-20"),
        (
            "https://amazon.com/exec/obidos/ASIN/000000000X",
            "https://amazon.com/exec/obidos/ASIN/000000000X?tag=example-20",
        ),
        (
            "https://amazon.com/exec/obidos/ASIN/000000000X/ref=nosim",
            "https://amazon.com/exec/obidos/ASIN/000000000X/ref=nosim?tag=example-20",
        ),
        (
            "https://amazon.com/exec/obidos/tg/detail/-/000000000X",
            "https://amazon.com/exec/obidos/tg/detail/-/000000000X?tag=example-20",
        ),
        ("https://amazon.com/o/ASIN/000000000X", "https://amazon.com/o/ASIN/000000000X?tag=example-20"),
        # slugs that only begin as a help page does
        (
            "https://amazon.com/privacy-filter/dp/B000000000",
            "https://amazon.com/privacy-filter/dp/B000000000?tag=example-20",
        ),
        (
            "https://amazon.com/apple-cable/dp/B000000000",
            "https://amazon.com/apple-cable/dp/B000000000?tag=example-20",
        ),
        ("https://www.amazon.de/-/en/dp/B000000000", "https://www.amazon.de/-/en/dp/B000000000?tag=example-21"),
        # searches and lists, with every parameter
        (
            "https://www.amazon.com/s?k=tape+library&i=electronics&rh=n%3A172282&ref=nb_sb_noss",
            "https://www.amazon.com/s?k=tape+library&i=electronics&rh=n%3A172282&ref=nb_sb_noss&tag=example-20",
        ),
        ("https://www.amazon.com/b?node=172282", "https://www.amazon.com/b?node=172282&tag=example-20"),
        ("https://www.amazon.com/shop/someone", "https://www.amazon.com/shop/someone?tag=example-20"),
        ("https://www.amazon.com/stores/page/ABC", "https://www.amazon.com/stores/page/ABC?tag=example-20"),
        ("https://www.amazon.com/hz/wishlist/ls/ABC", "https://www.amazon.com/hz/wishlist/ls/ABC?tag=example-20"),
        ("https://www.amazon.com/gp/bestsellers/books", "https://www.amazon.com/gp/bestsellers/books?tag=example-20"),
        ("https://www.amazon.com/", "https://www.amazon.com/?tag=example-20"),
        ("https://www.amazon.com", "https://www.amazon.com?tag=example-20"),
        # a basket link has a parameter of its own
        (
            "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B000000000&Quantity.1=1",
            "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B000000000&Quantity.1=1&AssociateTag=example-20",
        ),
        # last in the query, before the fragment; every other byte stays
        (
            "https://www.amazon.com/dp/B000000000?th=1&psc=1#customerReviews",
            "https://www.amazon.com/dp/B000000000?th=1&psc=1&tag=example-20#customerReviews",
        ),
        (
            "https://www.amazon.com/dp/B000000000#a?tag=x#b",
            "https://www.amazon.com/dp/B000000000?tag=example-20#a?tag=x#b",
        ),
        ("https://www.amazon.com/dp/B000000000?", "https://www.amazon.com/dp/B000000000?tag=example-20"),
        ("https://www.amazon.com/dp/B000000000?th=1&", "https://www.amazon.com/dp/B000000000?th=1&tag=example-20"),
        ("https://www.amazon.com/dp/B000000000#", "https://www.amazon.com/dp/B000000000?tag=example-20#"),
        ("https://www.amazon.com/s?k=a%20b;c&&x", "https://www.amazon.com/s?k=a%20b;c&&x&tag=example-20"),
        ("https://www.amazon.com/dp/B000000000?q=a?b", "https://www.amazon.com/dp/B000000000?q=a?b&tag=example-20"),
        ("https://www.amazon.com/dp/B000000000 \n", "https://www.amazon.com/dp/B000000000?tag=example-20 \n"),
        ("  https://www.amazon.com/s?k=x ", "  https://www.amazon.com/s?k=x&tag=example-20 "),
        # a parameter that only sounds like the tag
        (
            "https://www.amazon.com/dp/B000000000?dib_tag=se&metatag=x",
            "https://www.amazon.com/dp/B000000000?dib_tag=se&metatag=x&tag=example-20",
        ),
        ("https://www.amazon.com/dp/B000000000?tag=", "https://www.amazon.com/dp/B000000000?tag=&tag=example-20"),
        ("https://www.amazon.com/dp/B000000000?tag", "https://www.amazon.com/dp/B000000000?tag&tag=example-20"),
        # spellings that are Amazon in a browser
        ("https://ａmazon.com/dp/B000000000", "https://ａmazon.com/dp/B000000000?tag=example-20"),  # noqa: RUF001
        ("https://amazon。com/dp/B000000000", "https://amazon。com/dp/B000000000?tag=example-20"),
        ("HTTPS://WWW.AMAZON.COM/dp/B000000000", "HTTPS://WWW.AMAZON.COM/dp/B000000000?tag=example-20"),
        ("//www.amazon.com/dp/B000000000", "//www.amazon.com/dp/B000000000?tag=example-20"),
        ("https:\\\\www.amazon.com\\dp\\B000000000", "https:\\\\www.amazon.com\\dp\\B000000000?tag=example-20"),
        ("https://www.amazon.com./dp/B000000000", "https://www.amazon.com./dp/B000000000?tag=example-20"),
        ("https://www.amazon.com:443/dp/B000000000", "https://www.amazon.com:443/dp/B000000000?tag=example-20"),
        ("https://%61mazon.com/dp/B000000000", "https://%61mazon.com/dp/B000000000?tag=example-20"),
        ("\thttps://www.ama\nzon.com/dp/B000000000", "\thttps://www.ama\nzon.com/dp/B000000000?tag=example-20"),
    ],
)
def test_the_tag_comes_last_in_the_query_and_every_other_byte_stays(href: str, expected: str) -> None:
    assert link(href) == (expected, [])
    assert link(expected) == (expected, [])


# Tags that are there already


@pytest.mark.parametrize(
    "href",
    [
        "https://www.amazon.com/dp/B000000000?tag=example-21",
        "https://www.amazon.com/dp/B000000000?tag=example-20&tag=example-21",
        "https://www.amazon.com/exec/obidos/ASIN/B000000000/example-21",
        "https://www.amazon.com/dp/B000000000?AssociateTag=example-21",
    ],
)
def test_the_sites_own_tag_for_another_store_is_an_error(href: str) -> None:
    same, findings = link(href)

    source = href.replace("&", "&amp;")
    assert same == href
    assert [
        (finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings
    ] == [
        (
            "wrong-marketplace-tag",
            "error",
            f'<a href="{source}"> carries the tag example-21, which is the site\'s own for another store than amazon.com.',
            "Remove the tag from the address; the build adds the right one.",
        )
    ]


def test_a_store_without_a_tag_of_its_own_must_not_carry_that_of_another() -> None:
    same, findings = link("https://www.amazon.fr/dp/B000000000?tag=example-21")

    assert same == "https://www.amazon.fr/dp/B000000000?tag=example-21"
    assert [finding.check.name for finding in findings] == ["wrong-marketplace-tag"]


def test_one_tag_may_serve_two_stores() -> None:
    run = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": {"amazon.com": "same-20", "amazon.ca": "same-20"}})

    _, findings = ran(run, '<body><a href="https://www.amazon.com/dp/B000000000?tag=same-20">x</a></body>')

    assert findings == []


def test_a_store_without_a_programme_has_no_tag_whatever_the_settings_say() -> None:
    assert tag_for(stores()["amazon.cn"], {"amazon.cn": "example-23"}) is None
    assert tag_for(stores()["amazon.de"], {"amazon.de": "example-21"}) == "example-21"


@pytest.mark.parametrize(
    ("href", "tag"),
    [
        ("https://www.amazon.com/dp/B000000000?tag=stranger-20", "stranger-20"),
        ("https://www.amazon.com/dp/B000000000?tag=joelonsoftware", "joelonsoftware"),
        ("https://www.amazon.com/dp/B000000000/ref=nosim/stranger-20", "stranger-20"),
        ("https://www.amazon.com/o/ASIN/B000000000/stranger-20", "stranger-20"),
        ("https://www.amazon.com/dp/B000000000?tag=str%61nger%2d20", "stranger-20"),
    ],
)
def test_a_foreign_tag_stays_and_is_a_note(href: str, tag: str) -> None:
    same, findings = link(href)

    source = href.replace("&", "&amp;")
    assert same == href
    assert [
        (finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings
    ] == [
        (
            "foreign-tag",
            "note",
            f'<a href="{source}"> carries the tag {tag}, which is not the site\'s own.',
            'Remove the tag, or declare it: AMAZON_AFFILIATE = {"own_tags": [...]} in pelicanconf.py.',
        )
    ]


@pytest.mark.parametrize(
    "href",
    [
        "https://www.amazon.com/dp/B000000000?tag=example-20&tag=stranger-20",
        "https://www.amazon.com/dp/B000000000?tag=stranger-20&AssociateTag=example-20",
        "https://www.amazon.com/o/ASIN/B000000000/example-20?tag=stranger-20",
    ],
)
def test_a_strangers_tag_beside_ones_own_is_an_error(href: str) -> None:
    same, findings = link(href)

    source = href.replace("&", "&amp;")
    assert same == href
    assert [(finding.check.name, finding.check.level.value, finding.what) for finding in findings] == [
        (
            "mixed-tags",
            "error",
            f'<a href="{source}"> carries the tag stranger-20, which is not the site\'s own, beside one that is.',
        )
    ]


def test_a_tag_behind_a_path_without_ref_is_no_tag() -> None:
    """Amazon's own link checker calls `/dp/…/tag-20` invalid; it is a part of the path like any other."""
    assert link("https://www.amazon.com/dp/B000000000/stranger-20") == (
        "https://www.amazon.com/dp/B000000000/stranger-20?tag=example-20",
        [],
    )


# Foreign tags taken out, or refused


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.amazon.com/dp/B0?tag=stranger-20", "https://www.amazon.com/dp/B0?tag=example-20"),
        (
            "https://www.amazon.com/dp/B0?th=1&tag=a&tag=b&psc=1#x",
            "https://www.amazon.com/dp/B0?th=1&psc=1&tag=example-20#x",
        ),
        ("https://www.amazon.com/dp/B0?t%61g=str%61nger", "https://www.amazon.com/dp/B0?tag=example-20"),
        ("https://www.amazon.com/dp/B0?ta\ng=stranger", "https://www.amazon.com/dp/B0?tag=example-20"),
        ("https://www.amazon.com/dp/B0?tag=stranger&tag=example-20", "https://www.amazon.com/dp/B0?tag=example-20"),
        (
            "https://www.amazon.com/dp/B0/ref=nosim/stranger-20",
            "https://www.amazon.com/dp/B0/ref=nosim?tag=example-20",
        ),
        (
            "https://www.amazon.com/dp/B0/ref=nosim/stranger-20/",
            "https://www.amazon.com/dp/B0/ref=nosim/?tag=example-20",
        ),
        ("https://www.amazon.com/o/ASIN/B0/str%61nger?a=b", "https://www.amazon.com/o/ASIN/B0?a=b&tag=example-20"),
        ("https:\\\\www.amazon.com\\o\\ASIN\\B0\\stranger", "https:\\\\www.amazon.com\\o\\ASIN\\B0?tag=example-20"),
        ("https://www.amazon.com/o/ASIN/B0/one/two", "https://www.amazon.com/o/ASIN/B0?tag=example-20"),
        ("https://www.amazon.fr/dp/B0?tag=stranger-20", "https://www.amazon.fr/dp/B0"),
        (
            "https://www.amazon.com/dp/B0?dib_tag=x&metatag=y",
            "https://www.amazon.com/dp/B0?dib_tag=x&metatag=y&tag=example-20",
        ),
    ],
)
def test_a_foreign_tag_can_be_taken_out_for_the_sites_own(href: str, expected: str) -> None:
    run = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS, "AMAZON_AFFILIATE": {"foreign_tag": "strip"}})

    assert link(href, run) == (expected, [])
    assert link(expected, run) == (expected, [])


def test_a_foreign_tag_can_be_refused() -> None:
    run = page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS, "AMAZON_AFFILIATE": {"foreign_tag": "error"}})

    same, (finding,) = link("https://www.amazon.com/dp/B0?tag=stranger-20", run)

    assert same == "https://www.amazon.com/dp/B0?tag=stranger-20"
    assert (finding.check.name, finding.check.level.value) == ("refused-tag", "error")


# Which parameters of Amazon's stay: all of them


@pytest.mark.parametrize(
    "query",
    [
        "pd_rd_w=a&pf_rd_p=b&qid=1&sr=8-1&crid=C&sprefix=s&dib=d&dib_tag=se&ref_=x&refRID=y&_encoding=UTF8&ie=UTF8",
        "content-id=amzn1&cv_ct_cx=x&social_share=y&starsLeft=1&skipTwisterOG=1&ufe=app&dchild=1&spIA=B0&hvadid=1",
        "adgrpid=1&hydadcr=2&__mk_de_DE=%C3%85&utm_source=x&gclid=y&keywords=tape",
        "linkCode=ogi&linkId=abc&ascsubtag=x&camp=1789&creative=9325&creativeASIN=B000000000",
        "th=1&psc=1",
        "smid=A215JX4S9CANSO&m=A1&me=A2&seller=A3&condition=used&marketplaceID=A4",
        "colid=1&coliid=2&language=de_DE&currency=EUR",
        "k=tape&i=computers&rh=n%3A1&bbn=1&node=2&s=price&page=3&field-keywords=x&rnid=4&url=search-alias&location=5",
        "maas=x&aa_campaignid=y&unknown=z",
    ],
)
def test_no_parameter_is_lost_or_moved(query: str) -> None:
    href = f"https://www.amazon.com/dp/B000000000?{query}"
    assert link(href) == (f"{href}&tag=example-20", [])
