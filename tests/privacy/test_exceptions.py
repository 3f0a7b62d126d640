"""Exceptions: what they cover, and when they are findings themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.privacy.checks import UNDECLARED_LOAD
from plugins.privacy.exceptions import weighed
from plugins.privacy.findings import Finding
from plugins.privacy.settings import Excepted

DAY = date(2026, 11, 22)
FINDING = Finding(UNDECLARED_LOAD, "It loads.", "Do not.", place="content/a.md", line=3, page="a/index.html")


def exception(**keys: Any) -> Excepted:
    given = {"check": "undeclared-load", "place": "content/a.md", "reason": "agreed with Jane", "until": DAY}
    return Excepted.model_validate({**given, **keys})


@pytest.mark.parametrize("keys", [{"check": "ungated-load"}, {"place": "content/b.md"}, {"place": "content/a.md:4"}])
def test_an_exception_for_something_else_covers_nothing_and_is_not_needed(keys: dict[str, str]) -> None:
    one = exception(**keys)
    told, accepted = weighed([FINDING], [one], DAY)
    assert accepted == []
    assert told[0] == FINDING
    assert told[1].what == (
        f"The exception for {one.check} at {one.place} is not needed: nothing is found there any more."
    )
    assert (told[1].place, told[1].way_out) == (
        "pelicanconf.py",
        'Remove it from PRIVACY["exceptions"], or give it a new end with a new look at its reason.',
    )
    assert len(told) == 2


def test_an_exception_that_has_ended_covers_nothing_and_is_told() -> None:
    told, accepted = weighed([FINDING], [exception(until=date(2026, 11, 21))], DAY)
    assert [finding.check.name for finding in told] == ["undeclared-load", "stale-exception"]
    assert told[1].what == "The exception for undeclared-load at content/a.md ended on 2026-11-21."
    assert accepted == []


@pytest.mark.parametrize("place", ["content/a.md", "content/a.md:3", "a/index.html"])
def test_an_exception_covers_its_finding_up_to_its_last_day(place: str) -> None:
    one = exception(place=place)
    assert weighed([FINDING], [one], DAY) == ([], [(FINDING, one)])


def test_what_was_not_looked_for_is_not_said_to_be_needed_no_more() -> None:
    assert weighed([], [exception()], DAY, frozenset({"broken-link"})) == ([], [])
