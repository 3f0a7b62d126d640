"""Amazon's stores, row by row: who has a programme, which tag each store takes, and what a site may declare."""

from __future__ import annotations

import tomllib

import pytest

from plugins.amazon_affiliate import links
from plugins.amazon_affiliate.glue import judge_of, settings_findings
from tests.kit import BOOK, PLUGINS, address_after, amazon_pass, told

# store, country, how its tags usually end
PROGRAMME = [
    ("amazon.com", "US", "-20"),
    ("amazon.ca", "CA", "-20"),
    ("amazon.com.mx", "MX", "-20"),
    ("amazon.com.br", "BR", "-20"),
    ("amazon.co.uk", "GB", "-21"),
    ("amazon.de", "DE", "-21"),
    ("amazon.fr", "FR", "-21"),
    ("amazon.it", "IT", "-21"),
    ("amazon.es", "ES", "-21"),
    ("amazon.nl", "NL", "-21"),
    ("amazon.ie", "IE", "-21"),
    ("amazon.com.tr", "TR", "-21"),
    ("amazon.ae", "AE", "-21"),
    ("amazon.sa", "SA", "-21"),
    ("amazon.eg", "EG", "-21"),
    ("amazon.in", "IN", "-21"),
    ("amazon.com.be", "BE", "-21"),
    ("amazon.se", "SE", "-21"),
    ("amazon.pl", "PL", "-21"),
    ("amazon.co.jp", "JP", "-22"),
    ("amazon.com.au", "AU", "-22"),
    ("amazon.sg", "SG", "-22"),
]
NO_PROGRAMME = [("amazon.co.za", "ZA", "-20"), ("amazon.cn", "CN", "-23")]
NO_MARKETPLACES = (  # other tools' lists have them
    "amazon.at amazon.ch amazon.dk amazon.pt amazon.nz amazon.us amazon.co.id amazon.tr amazon.mx amazon.com.sg "
    "amazon.jp amazon.no amazon.fi"
).split()
OWN = {host: f"mine{number}{ending}" for number, (host, _, ending) in enumerate(PROGRAMME)}
EVERYWHERE = amazon_pass(OWN)


def test_the_table_of_stores_is_this_one() -> None:
    table = tomllib.loads((PLUGINS / "amazon_affiliate/marketplaces.toml").read_text("utf-8"))

    assert [(row["host"], row["country"]) for row in table["programme"]] == [row[:2] for row in PROGRAMME]
    assert [(row["host"], row["country"]) for row in table["no_programme"]] == [row[:2] for row in NO_PROGRAMME]


@pytest.mark.parametrize(("host", "country", "ending"), PROGRAMME)
def test_each_store_of_the_programme_takes_its_own_tag(host: str, country: str, ending: str) -> None:
    for subdomain in ("", "www.", "m."):
        address = f"https://{subdomain}{host}/dp/B000000000"
        assert address_after(address, EVERYWHERE) == (f"{address}?tag={OWN[host]}", [])
    assert OWN[host].endswith(ending), country


@pytest.mark.parametrize(("host", "country", "ending"), PROGRAMME)
def test_no_store_takes_the_tag_of_another(host: str, country: str, ending: str) -> None:
    """Without a tag for it, a store's link stays as it is; with another store's tag in it, it is an error."""
    run = amazon_pass({other: tag for other, tag in OWN.items() if other != host})
    other = next(tag for store, tag in OWN.items() if store != host)
    address = f"https://www.{host}/dp/B000000000"

    assert address_after(address, run) == (address, [])
    same, findings = address_after(f"{address}?tag={other}", run)
    assert same == f"{address}?tag={other}"
    assert [finding.check.name for finding in findings] == ["wrong-marketplace-tag"]


@pytest.mark.parametrize(("host", "country", "ending"), NO_PROGRAMME)
def test_a_store_without_a_programme_is_known_and_never_tagged(host: str, country: str, ending: str) -> None:
    (found,) = settings_findings({"AMAZON_TAGS": {host: f"mine{ending}"}})

    assert found.what == f'AMAZON_TAGS names "{host}", a store without an affiliate programme.', country
    assert address_after(f"https://www.{host}/dp/B000000000", EVERYWHERE) == (f"https://www.{host}/dp/B000000000", [])
    assert links.tag_for(links.stores()[host], {host: f"mine{ending}"}) is None


@pytest.mark.parametrize("host", NO_MARKETPLACES)
def test_what_is_no_marketplace_is_unknown_and_never_tagged(host: str) -> None:
    (found,) = settings_findings({"AMAZON_TAGS": {host: "mine-20"}})
    same, findings = address_after(f"https://www.{host}/dp/B000000000", EVERYWHERE)

    assert found.what.startswith(f'AMAZON_TAGS names "{host}", which is no Amazon store.')
    assert same == f"https://www.{host}/dp/B000000000"
    assert [finding.check.name for finding in findings] == ["amazon-look-alike"]


@pytest.mark.parametrize(
    ("host", "tag"),
    [
        # older tags end in nothing at all
        ("amazon.com", "joelonsoftware"),
        ("amazon.de", "rlf"),
        ("amazon.com.mx", "mine0mx-20"),
        # endings of which a published guide says otherwise than all real tags
        ("amazon.co.uk", "mine-21"),
        ("amazon.de", "mine-22"),
        ("amazon.fr", "mine-23"),
        ("amazon.co.jp", "mine-24"),
        ("amazon.es", "mine-25"),
    ],
)
def test_a_tag_may_end_as_it_likes(host: str, tag: str) -> None:
    assert settings_findings({"AMAZON_TAGS": {host: tag}}) == []
    assert address_after(f"https://{host}/dp/B0", amazon_pass({host: tag})) == (f"https://{host}/dp/B0?tag={tag}", [])


def test_a_site_may_have_several_tags_for_one_store() -> None:
    """One for each page or section: whoever writes one of them into an address keeps it."""
    run = amazon_pass(own_tags=["example0c-20", "example0d-20"])

    for tag in ("example0c-20", "example0d-20", "example-20"):
        assert address_after(f"{BOOK}?tag={tag}", run) == (f"{BOOK}?tag={tag}", [])


@pytest.mark.parametrize("mark", ["amazon", "kindle", "alexa", "echo", "prime", "audible"])
def test_a_tag_with_a_name_of_amazons_is_noted(mark: str) -> None:
    """Further tags count as well as those of stores, in upper case as in lower."""
    tags, more = {"amazon.com": "example-20", "amazon.de": f"my{mark.title()}-21"}, [f"{mark}books-20"]
    found = list(judge_of({"AMAZON_TAGS": tags, "AMAZON_AFFILIATE": {"own_tags": more}}).names_of_tags())

    assert told(found) == [
        (
            "trademark-in-tag",
            "note",
            f"The tag {tag} holds “{mark}”, and Amazon wants none of its names in a tag.",
            "Let Amazon give you another tracking ID, and declare that one.",
        )
        for tag in sorted([f"my{mark.title()}-21", f"{mark}books-20"])
    ]


# Settings


def test_every_mistake_in_the_settings_is_told_at_once() -> None:
    found = settings_findings(
        {
            "AMAZON_TAGS": {"amazon.at": "a-21", "www.amazon.com": "b-20", "amazon.co.za": "c-20"},
            "AMAZON_AFFILIATE": {"own_tag": ["x-20"]},
        }
    )

    assert told(found) == [
        (
            "wrong-setting",
            "error",
            (
                'AMAZON_TAGS names "amazon.at", which is no Amazon store. Did you mean "amazon.sa"? '
                'It names "www.amazon.com", which is no Amazon store. Did you mean "amazon.com"? '
                'It names "amazon.co.za", a store without an affiliate programme.'
            ),
            "See the README, “Settings”.",
        ),
        ("wrong-setting", "error", 'AMAZON_AFFILIATE["own_tag"] is not a setting.', 'Did you mean "own_tags"?'),
    ]


def test_one_tag_for_all_stores_is_a_mistake() -> None:
    (found,) = settings_findings({"AMAZON_TAGS": "example-20"})

    assert (found.what, found.way_out) == (
        "AMAZON_TAGS is the one tag “example-20” for all stores, and Amazon pays a tag only in its own store.",
        'Name the store it is for: AMAZON_TAGS = {"amazon.com": "example-20"}.',
    )


@pytest.mark.parametrize("tag", ["", "a b", "a&b=c", "-20", "ä-20"])
def test_what_can_be_no_tag_is_refused(tag: str) -> None:
    (found,) = settings_findings({"AMAZON_TAGS": {"amazon.com": tag}})

    assert found.what == (f'AMAZON_TAGS["amazon.com"] has to be a tag such as “example-20”; it is {tag!r}.')
