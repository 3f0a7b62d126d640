"""Facts about services grow old: a note says so, once for each service."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.privacy.catalogue import Service
from plugins.privacy.fact_age import old_facts
from tests.kit import declared

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
