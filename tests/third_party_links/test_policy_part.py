"""What the policy says of links: a declaration in, facts and words out."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from plugins.privacy.extension import PolicyPart, Site
from plugins.privacy_policy.reading import lines
from plugins.third_party_links.policy_part import parts
from tests.kit import ICON, NO_THEME, POLICIES, TAGS, declared


def part(settings: dict[str, Any] | None = None, **keys: Any) -> PolicyPart:
    """Return the part of a site that declares `keys`."""
    (found,) = parts(Site(declared(**keys), settings or {}, NO_THEME, "en", POLICIES))
    return found


def said(html: str) -> list[str]:
    """Return the paragraphs and items as people read them."""
    return [" ".join(one.get_text().split()) for one in BeautifulSoup(html, "html.parser").select("p, li")]


def test_a_site_that_declares_nothing_has_one_mark() -> None:
    assert part().facts == {"domain": "example.com", "websites": [], "marks": ["third"]}
    assert said(part().text("en").html) == [
        (
            "A link sends nothing before you follow it. In a text, you see beforehand where it leads: without a mark to "
            "a page of example.com, and otherwise:"
        ),
        "An arrow: to somebody else’s website.\u2060",
        (
            "In menus, at the foot of a page, at pictures and in code there is no such mark; screen readers are told "
            "there as well."
        ),
    ]


def test_each_mark_that_links_can_have_is_explained_and_shown() -> None:
    full = part(
        {"AMAZON_TAGS": TAGS},
        first_party=[".example.net", "example.net", "docs.example.com", "example.org"],
        partners=[{"name": "P", "hosts": ["p.example"]}],
    )
    text = full.text("en")

    assert full.facts == {
        "domain": "example.com",
        "websites": ["example.net", "example.org"],
        "marks": ["first", "partner", "paid", "third"],
    }
    assert [line.rstrip("\u2060") for line in said(text.html)[1:-1]] == [
        "A house behind the words: to another website of ours (example.net, example.org).",
        "An arrow that leaves a box: to a partner’s website.",
        "The words (paid link): to a shop that pays us if a purchase follows.",
        "An arrow: to somebody else’s website.",
    ]
    assert text.html.count("<svg") == 3
    assert ICON in text.html
    assert text.checked == (
        "Every page that is made from our texts was read again: each link that leaves example.com says so, by a mark "
        "or in words."
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_another_drawing_of_a_mark_makes_no_version_of_the_policy(language: str) -> None:
    html = part().text(language).html

    assert lines(html) == lines(html.replace("M4 2h6v6M10 2 2 10", "M0 0"))
    assert "\u2060" not in str(lines(html))


def test_a_site_without_a_registered_domain_is_its_host() -> None:
    assert part(site="http://localhost:8000").facts["domain"] == "localhost"
