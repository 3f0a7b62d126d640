"""Where the tag goes, and that everything else of an address stays, row by row: an address in, an address out."""

from __future__ import annotations

from html import escape

import pytest

from tests.kit import address_after, amazon_pass, ran, told

RUN = amazon_pass()

# what it is → the parameters. Nothing is taken out, whatever other tools take out of it; nothing is moved
PARAMETERS = {
    "of a session or an origin": "pd_rd_w=a&pf_rd_p=b&qid=1&sr=8-1&srs=2&crid=C&sprefix=s&dib=d&dib_tag=se&ref=x&ref_=x&refRID=y",
    "of an encoding": "_encoding=UTF8&ie=UTF8&__mk_de_DE=%C3%85",
    "of a way to the page": "content-id=amzn1&cv_ct_cx=x&social_share=y&starsLeft=1&skipTwisterOG=1&ufe=app&dchild=1&spIA=B0",
    "of an advertisement": "hvadid=1&hvpos=2&adgrpid=1&hydadcr=2&utm_source=x&gclid=y",
    "keywords": "keywords=tape",
    "of the programme": "linkCode=ogi&linkId=abc&ascsubtag=x&camp=1789&creative=9325&creativeASIN=B000000000",
    "which variant": "th=1&psc=1",
    "which seller": "smid=A215JX4S9CANSO&m=A1&me=A2&seller=A3&condition=used&marketplaceID=A4",
    "of a wish list": "colid=1&coliid=2",
    "language and currency": "language=de_DE&currency=EUR",
    "of a search": "k=tape&i=computers&rh=n%3A1&bbn=1&node=2&s=price&page=3&field-keywords=x&rnid=4&url=search-alias&nodeId=9&location=5",
    "unknown": "unknown=z",
}


@pytest.mark.parametrize("query", PARAMETERS.values(), ids=PARAMETERS)
def test_no_parameter_is_lost_or_moved(query: str) -> None:
    for path in ("/dp/B000000000", "/dp/B000000000/ref=sr_1_1", "/s", "/hz/wishlist/ls/A"):
        href = f"https://www.amazon.com{path}?{query}"
        assert address_after(href, RUN) == (f"{href}&tag=example-20", [])


@pytest.mark.parametrize(
    "path", ["/dp/B000000000/ref=sr_1_1", "/Some-Book/dp/B000000000/ref=x", "/gp/bestsellers/ref=zg"]
)
def test_a_ref_in_the_path_stays(path: str) -> None:
    assert address_after(f"https://www.amazon.com{path}", RUN) == (f"https://www.amazon.com{path}?tag=example-20", [])


@pytest.mark.parametrize(
    ("href", "expected"),
    [
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
        ("https:\\\\www.amazon.com\\dp\\B000000000", "https:\\\\www.amazon.com\\dp\\B000000000?tag=example-20"),
    ],
)
def test_the_tag_comes_last_in_the_query_and_every_other_byte_stays(href: str, expected: str) -> None:
    assert address_after(href, RUN) == (expected, [])
    assert address_after(expected, RUN) == (expected, [])


def test_a_tag_is_added_once_however_often_the_page_goes_through() -> None:
    once, _ = address_after("https://www.amazon.com/dp/B000000000?th=1#x", RUN)

    assert address_after(once, RUN) == (once, [])


# Parameters of Amazon Attribution: they stay, and are told


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?",
        "?th=1&maasx=1&xmaas=1&aaa=1&aa=1&ref_=aa_maas&k=maas",
        "?q=a%26maas%3D1",
        "#?maas=x&aa_campaignid=y",
    ],
)
def test_what_only_sounds_like_amazon_attribution_is_not_told(query: str) -> None:
    assert address_after(f"https://www.amazon.com/dp/B000000000{query}", RUN)[1] == []


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("maas=maas_adg_api_1_static_9&th=1", "maas"),
        ("aa_campaignid=x", "aa_campaignid"),
        ("ref_=aa_maas&aa_adgroupid=1&maas=x&aa_creativeid=2", "aa_adgroupid, maas, aa_creativeid"),
        ("maas=x&maas=y&maas", "maas"),
        ("m%61as=x&%61a%5Fcampaignid=y", "maas, aa_campaignid"),
        ("+maas=x&MAAS=y", "maas, MAAS"),
    ],
)
def test_parameters_of_amazon_attribution_stay_and_are_told_by_name(query: str, keys: str) -> None:
    href = f"https://www.amazon.com/dp/B000000000?{query}"

    new, findings = address_after(href, RUN)

    assert new == f"{href}&tag=example-20"
    assert told(findings) == [
        (
            "attribution-parameter",
            "note",
            f'<a href="{escape(href)}"> carries {keys} in its query, as links of Amazon Attribution do. That is left as it is, and whose account a sale is counted for is not known.',
            'Write the plain address of the product; or, if the measuring is meant, write {data-affiliate="off"} behind the link.',
        )
    ]


def test_on_a_link_that_is_taken_out_amazon_attribution_is_not_told() -> None:
    link = '<a href="https://www.amazon.com/dp/B000000000?maas=x&amp;tag=maas" data-affiliate="off">A book</a>'

    text, findings = ran(RUN, f"<body><p>{link}</p></body>")

    assert link in text
    assert findings == []


@pytest.mark.parametrize("host", ["amzn.to", "aws.amazon.com", "other.example"])
def test_where_no_store_is_meant_amazon_attribution_is_not_told(host: str) -> None:
    _, findings = address_after(f"https://{host}/x?maas=1&aa_campaignid=2", RUN)

    assert "attribution-parameter" not in {finding.check.name for finding in findings}
