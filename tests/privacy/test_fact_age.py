"""Facts about services grow old: a note says so, once for each service."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.privacy.catalogue import Service
from plugins.privacy.fact_age import old_facts, old_suffix_list
from tests.kit import declared, told

TODAY = date(2028, 6, 15)
NEW = "2028-06-01"


def service(**keys: Any) -> tuple[Service, ...]:
    """Return a service with these facts."""
    entry = {
        "id": "maps",
        "name": "Maps",
        "provider": "Maps Ltd",
        "purpose": "functional",
        "reason": "Shows the way.",
        "hosts": [{"host": "maps.example.org", "role": "frame"}],
        **keys,
    }
    return declared(services=[entry]).services


@pytest.mark.parametrize("checked", ["2028-06-15", "2027-01-01", "2026-12-16", "2026-12-15"])
def test_what_was_read_within_18_months_is_not_old(checked: str) -> None:
    assert list(old_facts(service(source="s", checked=checked), TODAY)) == []


def test_what_has_no_day_is_not_old() -> None:
    assert list(old_facts(service(), TODAY)) == []


@pytest.mark.parametrize("checked", ["2026-12-14", "2026-11-30", "2020-01-01"])
def test_what_was_read_before_is_a_note(checked: str) -> None:
    (finding,) = old_facts(service(source="s", checked=checked), TODAY)

    assert (finding.check.name, finding.check.level.value) == ("old-fact", "note")
    assert finding.what == f"What is known of Maps was last read on {checked}, more than 18 months ago."
    assert finding.way_out == (
        'Read its sources again (privacy services lookup names them), and give "maps" in PRIVACY["services"] what has '
        'changed, with a new "checked" date.'
    )


@pytest.mark.parametrize(
    "fact",
    [
        {"country": {"value": "DE"}},
        {"retention": {"value": "a year"}},
        {"transfer": {"countries": ["DE"]}},
        {"stores": {"nothing": True}},
        {"stores": [{"name": "a", "kind": "cookie", "party": "first", "duration": "P1D", "purpose": "x"}]},
        {"hosts": [{"host": "maps.example.org", "role": "frame"}]},
        {"csp": [{"directive": "img-src", "allow": "data:"}]},
    ],
)
def test_every_fact_counts(fact: dict[str, Any]) -> None:
    ((key, value),) = fact.items()
    old = {"source": "s", "checked": "2026-01-01"}
    aged = [{**item, **old} for item in value] if isinstance(value, list) else {**value, **old}

    assert len(list(old_facts(service(source="s", checked=NEW, **{key: aged}), TODAY))) == 1


# The list of public suffixes


@pytest.mark.parametrize("release", ["1.1.2.20280615", "1.1.2.20270616"])
def test_a_list_of_suffixes_of_the_last_year_is_not_old(release: str) -> None:
    assert list(old_suffix_list(TODAY, release)) == []


def test_an_older_list_of_suffixes_is_a_note() -> None:
    assert told(old_suffix_list(TODAY, "1.1.2.20270615")) == [
        (
            "old-suffix-list",
            "note",
            "The list of public suffixes is of 2027-06-15; who shares a domain with the company may be told wrongly.",
            "Write the newest release of publicsuffixlist into requirements.in, and run make lock.",
        )
    ]


def test_the_installed_list_tells_its_day() -> None:
    assert list(old_suffix_list(date(2026, 11, 1))) == []
    assert len(list(old_suffix_list(date(2099, 1, 1)))) == 1
