"""Where the tag goes, and that everything else of an address stays, row by row: an address in, an address out."""

from __future__ import annotations

import pytest

from tests.kit import address_after, amazon_pass

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
    "of Amazon Attribution": "maas=x&aa_campaignid=y",
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
