"""What day it is."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.privacy.clock import today


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", date(2026, 1, 1)),
        ("America/New_York", date(2025, 12, 31)),
        ("", date(2026, 1, 1)),
        (None, date(2026, 1, 1)),
    ],
)
def test_today_is_the_day_where_the_company_is(monkeypatch: pytest.MonkeyPatch, zone: str | None, day: date) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # the new year in UTC

    assert today({"TIMEZONE": zone}) == day


def test_without_another_word_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert today({}) >= date(2026, 1, 1)
