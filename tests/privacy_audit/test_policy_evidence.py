"""The published policy and the site say the same: every derived part, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.privacy.extension import Staged
from plugins.privacy.findings import Finding
from plugins.privacy_audit.output import audit
from tests.kit import declared

READ = {"source": "https://counter.example/privacy", "checked": date(2025, 12, 1)}
SERVICE = {
    "id": "counter",
    "name": "Counter",
    "provider": "Counter Ltd.",
    "purpose": "statistics",
    "reason": "It counts.",
    "country": {"value": "US", **READ},
    "hosts": [{"host": "counter.example", "role": "image"}],
    "stores": [
        {"name": "_count", "kind": "cookie", "party": "third", "duration": "P1Y", "purpose": "counts", **READ},
    ],
}
CONTACT = {"id": "contact", "backend": "mailto"}
DECLARED: dict[str, Any] = {
    "services": [SERVICE],
    "forms": [CONTACT],
    "first_party": [".example.net"],
    "partners": [{"name": "OpenZFS", "hosts": [".openzfs.org"]}],
    "stores": [{"name": "theme", "kind": "local", "duration": "P1Y", "purpose": "remembers the look"}],
}
POLICY = {
    "controller": "Example Systems GmbH, privacy@example.com",
    "hosting": "Example Hosting GmbH",
    "picture": "Counter",
    "services": '<p data-declares="service:counter">Counter: counter.example</p>',
    "cookies": (
        '<p data-declares="site"><code>consent</code> <code>theme</code></p>'
        '<p data-declares="service:counter"><code>_count</code></p>'
    ),
    "purposes": (
        '<p data-declares="hosting">Server</p><p data-declares="consent">Consent</p>'
        '<p data-declares="service:counter">Counter</p>'
    ),
    "transfers": '<p data-declares="service:counter">Counter</p>',
    "rights": "privacy@example.com",
    "forms": '<p data-declares="form:contact">Contact</p>',
    "affiliate": '<p data-declares="affiliate:amazon.com">amazon.com</p>',
    "analytics": '<p data-declares="service:counter">Counter</p>',
    "links": "example.com, example.net",
    "partners": '<p data-declares="partner:.openzfs.org">OpenZFS</p>',
}
PAGE = """<!doctype html><title>x</title><a href="/privacy/">Privacy</a>
<template data-gate="counter"><img src="https://counter.example/1.gif" alt=""></template>
<form action="mailto:privacy@example.com" data-form="contact"></form>
<a href="https://www.openzfs.org/">OpenZFS</a><script>localStorage.theme = "dark"</script>
<a href="https://www.amazon.com/dp/B000000000?tag=example-20">A book</a>
"""


TAGS = {"AMAZON_TAGS": {"amazon.com": "example-20"}}


def findings(
    folder: Path,
    policy: dict[str, str],
    page: str = PAGE,
    before: Iterable[str] = (),
    settings: Mapping[str, Any] = TAGS,
    **keys: Any,
) -> list[Finding]:
    """Return what the audit finds in the policy of a site of two pages. before: the checks that found something
    before."""
    (folder / "privacy").mkdir()
    (folder / "index.html").write_text(page)
    parts = "".join(f'<div data-policy-part="{name}">{text}</div>' for name, text in policy.items())
    (folder / "privacy" / "index.html").write_text(f"<!doctype html><title>x</title>{parts}")
    plugins = ["privacy_policy", "amazon_affiliate", "forms", "third_party_links"]
    declaration = declared(**{**DECLARED, **keys})
    staged = Staged(declaration, folder, "", {"PLUGINS": plugins, **settings}, {"en": "privacy/"}, frozenset(before))
    return [finding for finding in audit(staged) if finding.check.name == "policy-evidence"]


def found(
    folder: Path, policy: dict[str, str], page: str = PAGE, before: Iterable[str] = (), **keys: Any
) -> list[str]:
    """Return what is wrong with the policy of such a site."""
    return [finding.what for finding in findings(folder, policy, page, before, **keys)]


def test_a_policy_that_says_what_the_site_does_is_in_order(tmp_path: Path) -> None:
    assert found(tmp_path, POLICY) == []


@pytest.mark.parametrize("part", POLICY)
def test_a_part_that_is_missing_is_told(tmp_path: Path, part: str) -> None:
    told = found(tmp_path, {name: text for name, text in POLICY.items() if name != part})

    assert f"The published policy has no part “{part}”, and the site does what would stand there." in told
    assert len(told) == (2 if part == "affiliate" else 1)  # of paid links it is told as well that they are there


@pytest.mark.parametrize(
    ("part", "without"),
    [
        ("forms", {"forms": []}),
        ("partners", {"partners": []}),
        ("analytics", {"services": [{**SERVICE, "purpose": "marketing"}]}),
    ],
)
def test_a_part_for_something_that_the_site_does_not_do_is_told(
    tmp_path: Path, part: str, without: dict[str, Any]
) -> None:
    assert found(tmp_path, POLICY, **without) == [
        f"The published policy has a part “{part}”, and the site does nothing of the kind."
    ]


@pytest.mark.parametrize(
    ("part", "old", "new", "what"),
    [
        ("controller", "privacy@example.com", "x", "lacks “privacy@example.com”"),
        ("hosting", "Example Hosting GmbH", "Another", "lacks “Example Hosting GmbH”"),
        ("picture", "Counter", "", "lacks “Counter”"),
        ("services", "counter.example", "", "lacks “counter.example” of the service “counter”"),
        ("cookies", "<code>theme</code>", "", "lacks “theme” of what the site itself stores"),
        ("cookies", "theme<", "theme</code><code>more<", "speaks of “more” of what the site itself stores"),
        ("cookies", "_count", "_counts_", "speaks of “_counts_” of the service “counter”"),
        ("purposes", '<p data-declares="consent">', "<p>", "lacks the consent, which the site has,"),
        ("rights", "privacy@example.com", "x", "lacks “privacy@example.com”"),
        ("forms", "contact", "repair", "speaks of the form “repair”, which the site does not have,"),
        ("affiliate", ":amazon.com", ":amazon.de", "lacks the store “amazon.com”, which the site has,"),
        ("analytics", "service:counter", "service:other", "speaks of the service “other”, which the site does not have,"),
        ("partners", ":.openzfs", ":.zfs", "lacks the partner “.openzfs.org”, which the site has,"),
        ("links", "example.net", "", "lacks “example.net”"),
        ("transfers", "service:counter", "hosting", "speaks of the hosting, which the site does not have,"),
    ],
)  # fmt: skip
def test_what_a_part_says_too_much_or_lacks_is_told(tmp_path: Path, part: str, old: str, new: str, what: str) -> None:
    text = POLICY[part].replace(old, new)

    assert f"The published policy {what} in its part “{part}”." in found(tmp_path, {**POLICY, part: text})


@pytest.mark.parametrize(
    ("gone", "what"),
    [
        ("https://www.openzfs.org/", "speaks of the partner “OpenZFS”, to whom no page links."),
        ("?tag=example-20", "speaks of affiliate links, and no page has one."),
    ],
)
def test_links_that_the_policy_speaks_of_are_there(tmp_path: Path, gone: str, what: str) -> None:
    assert found(tmp_path, POLICY, PAGE.replace(gone, "")) == [f"The published policy {what}"]


SHORT = '"https://amzn.to/x" data-affiliate="{}"'
LONG = '"https://www.amazon.com/dp/B000000000?tag=example-20"'


@pytest.mark.parametrize("word", ["own", "on"])
def test_a_short_link_that_pays_as_its_author_says_is_what_the_policy_speaks_of(tmp_path: Path, word: str) -> None:
    assert found(tmp_path, POLICY, PAGE.replace(LONG, SHORT.format(word))) == []


def test_a_short_link_that_does_not_pay_is_not_what_the_policy_speaks_of(tmp_path: Path) -> None:
    assert found(tmp_path, POLICY, PAGE.replace(LONG, SHORT.format("none"))) == [
        "The published policy speaks of affiliate links, and no page has one."
    ]


@pytest.mark.parametrize(
    ("link", "settings"), [(SHORT.format("own"), {}), (LONG, {"AMAZON_AFFILIATE": {"own_tags": ["example-20"]}})]
)
def test_who_links_for_money_without_a_tag_for_a_store_is_told_to_name_it(
    tmp_path: Path, link: str, settings: dict[str, Any]
) -> None:
    policy = {name: text for name, text in POLICY.items() if name != "affiliate"}

    (finding,) = findings(tmp_path, policy, PAGE.replace(LONG, link), settings=settings)

    assert (finding.what, finding.way_out) == (
        "The published policy does not speak of affiliate links, and the site has some.",
        "Name your tags by their stores in AMAZON_TAGS in pelicanconf.py: the policy's part on such links follows.",
    )


@pytest.mark.parametrize("gone", ["https://www.openzfs.org/", "?tag=example-20"])
def test_links_that_may_be_in_a_dropped_source_are_not_missed(tmp_path: Path, gone: str) -> None:
    assert found(tmp_path, POLICY, PAGE.replace(gone, ""), ["dropped-source"]) == []
