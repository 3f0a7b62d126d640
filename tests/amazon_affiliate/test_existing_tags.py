"""Tags that an address carries already, row by row: an address in, an address and findings out."""

from __future__ import annotations

import pytest

from plugins.privacy.findings import Finding
from plugins.privacy.page_pass import PagePass
from tests.kit import address_after, amazon_pass, told

RUN = amazon_pass(own_tags=["example0c-20"])


def link(href: str, run: PagePass = RUN) -> tuple[str, list[Finding]]:
    return address_after(href, run)


# The site's own: kept byte for byte


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


# None, or none for this store


@pytest.mark.parametrize(
    "query", ["", "?tag=", "?tag", "?dib_tag=se", "?metatag=x", "?xtag=stranger-20", "?tag%20x=y"]
)
def test_what_is_empty_or_only_sounds_like_a_tag_is_none(query: str) -> None:
    href = f"https://www.amazon.com/dp/B000000000{query}"

    assert link(href) == (f"{href}{'&' if query else '?'}tag=example-20", [])


def test_where_the_site_has_no_tag_for_the_store_nothing_is_added_and_nothing_said() -> None:
    assert link("https://www.amazon.fr/dp/B000000000") == ("https://www.amazon.fr/dp/B000000000", [])


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
    assert told(findings) == [
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
    run = amazon_pass({"amazon.com": "same-20", "amazon.ca": "same-20"})

    assert link("https://www.amazon.com/dp/B0?tag=same-20", run) == ("https://www.amazon.com/dp/B0?tag=same-20", [])


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
    assert told(findings) == [
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
    assert told(findings) == [
        (
            "mixed-tags",
            "error",
            f'<a href="{source}"> carries the tag stranger-20, which is not the site\'s own, beside one that is.',
            'Remove the tag, or declare it: AMAZON_AFFILIATE = {"own_tags": [...]} in pelicanconf.py.',
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
    run = amazon_pass(foreign_tag="strip")

    assert link(href, run) == (expected, [])
    assert link(expected, run) == (expected, [])


def test_a_foreign_tag_can_be_refused() -> None:
    run = amazon_pass(foreign_tag="error")

    same, (finding,) = link("https://www.amazon.com/dp/B0?tag=stranger-20", run)

    assert same == "https://www.amazon.com/dp/B0?tag=stranger-20"
    assert (finding.check.name, finding.check.level.value) == ("refused-tag", "error")
