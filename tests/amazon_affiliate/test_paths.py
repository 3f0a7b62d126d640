"""Which addresses of a store carry a tag, row by row: products, searches, lists, the basket; help and accounts not."""

from __future__ import annotations

import pytest

from tests.kit import address_after, amazon_pass

RUN = amazon_pass()
STORE = "https://www.amazon.com"

# the form of a path → an example of it
PRODUCTS = {
    "/dp/ASIN": "/dp/B000000000",
    "/dp/ASIN, a book": "/dp/000000000X",
    "/<slug>/dp/ASIN": "/Ein-schönes-Buch/dp/3000000000",
    "/<slug>/dp/ASIN that begins like an account": "/apple-cable/dp/B000000000",
    "/dp/product/ASIN": "/dp/product/B000000000",
    "/gp/product/ASIN": "/gp/product/B000000000",
    "/gp/aw/d/ASIN": "/gp/aw/d/B000000000",
    "/d/ASIN": "/d/B000000000",
    "/exec/obidos/ASIN/ASIN": "/exec/obidos/ASIN/000000000X",
    "/exec/obidos/ASIN/ASIN/ref=": "/exec/obidos/ASIN/000000000X/ref=nosim",
    "/exec/obidos/tg/detail/-/ASIN": "/exec/obidos/tg/detail/-/000000000X",
    "/o/ASIN/ASIN": "/o/ASIN/000000000X",
    "/o/asin/ASIN": "/o/asin/000000000X",
    "in another language": "/-/en/dp/B000000000",
}
SEARCHES = {
    "/s?k=…": "/s?k=tape+library&i=electronics&rh=n%3A172282&ref=nb_sb_noss",
    "/s?rh=…": "/s?rh=n%3A172282",
    "/b?node=…": "/b?node=172282",
    "/<slug>/b/?node=": "/tape-drives/b/?ie=UTF8&node=172282",
    "/gp/search?…": "/gp/search?keywords=tape&index=books",
}
LISTS = {
    "/shop/<handle>": "/shop/someone",
    "/stores/…": "/stores/page/ABC",
    "/hz/wishlist/ls/ID": "/hz/wishlist/ls/ABC",
    "/gp/bestsellers/…": "/gp/bestsellers/books",
    "/gp/new-releases/…": "/gp/new-releases/books",
    "/deals": "/deals",
    "/": "/",
    "nothing": "",
    "a word of ten letters": "/STORAGEBOX",
}
NOT_RECOMMENDED = {
    "/gp/help/": "/gp/help/customer/display.html?nodeId=468496",
    "/gp/help": "/gp/help",
    "/gp/help/ in another language": "/-/en/gp/help/customer/display.html?nodeId=468496",
    "/ap/": "/ap/signin?openid.mode=checkid_setup",
    "/gp/css/": "/gp/css/homepage.html",
    "/gp/your-account": "/gp/your-account/order-history",
    "/gp/cart": "/gp/cart/view.html",
    "/privacy": "/privacy",
    "/photos": "/photos",
    "sign-in": "/gp/sign-in.html",
    "sign-out": "/gp/flex/sign-out.html",
}


@pytest.mark.parametrize(
    "path", [*PRODUCTS.values(), *SEARCHES.values(), *LISTS.values()], ids=[*PRODUCTS, *SEARCHES, *LISTS]
)
def test_any_page_that_somebody_may_recommend_is_tagged_and_keeps_every_parameter(path: str) -> None:
    separator = "&" if "?" in path else "?"

    assert address_after(STORE + path, RUN) == (f"{STORE}{path}{separator}tag=example-20", [])


@pytest.mark.parametrize("path", NOT_RECOMMENDED.values(), ids=NOT_RECOMMENDED)
def test_help_basket_and_account_are_not_tagged(path: str) -> None:
    assert address_after(STORE + path, RUN) == (STORE + path, [])


def test_a_link_that_puts_things_into_the_basket_has_a_parameter_of_its_own() -> None:
    href = f"{STORE}/gp/aws/cart/add.html?ASIN.1=B000000000&Quantity.1=1"

    assert address_after(href, RUN) == (f"{href}&AssociateTag=example-20", [])
    assert address_after(f"{href}&AssociateTag=example-20", RUN) == (f"{href}&AssociateTag=example-20", [])
