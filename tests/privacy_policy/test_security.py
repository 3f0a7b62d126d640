"""security.txt: the declaration in, the file and its warnings out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.privacy.settings import Privacy, Security
from plugins.privacy.validation import validate
from plugins.privacy_policy.security import expiry, security_txt
from tests.kit import PRIVACY

SECURITY = Security(contact=("mailto:security@example.com",), expires=date(2027, 10, 31))
WAY_OUT = (
    "\n"
    '    Read whether the contacts are still right, and set PRIVACY["security"]["expires"] to a later\n'
    "    day, at most a year from now."
)


@pytest.mark.parametrize(
    ("security", "what"),
    [
        ({}, 'PRIVACY["security"]["contact"] is missing.'),
        ({"contact": []}, 'PRIVACY["security"]["contact"] has to name at least one'),
        (
            {"contact": ["security@example.com"]},
            'PRIVACY["security"]["contact"][0] has to be an address that begins with mailto:, tel: or https://',
        ),
        (
            {"contact": ["http://example.com/"]},
            'PRIVACY["security"]["contact"][0] has to be an address that begins with mailto:, tel: or https://',
        ),
        ({"expires": "soon"}, 'PRIVACY["security"]["expires"] has to be a day, such as “2026-01-31”'),
        ({"contcat": []}, 'PRIVACY["security"]["contcat"] is not a setting.'),
    ],
)
def test_what_is_no_contact_or_day_is_told(security: dict[str, Any], what: str) -> None:
    _, found = validate(Privacy, "PRIVACY", {**PRIVACY, "security": security})

    assert any(finding.what.startswith(what) for finding in found), found


def test_the_file_says_whom_to_tell_and_until_when() -> None:
    assert security_txt(SECURITY, "https://www.example.com", ["en", "de"]).decode() == (
        "Contact: mailto:security@example.com\n"
        "Expires: 2027-10-31T00:00:00Z\n"
        "Preferred-Languages: en, de\n"
        "Canonical: https://www.example.com/.well-known/security.txt\n"
    )


def test_contacts_keep_their_order_and_are_addresses() -> None:
    security = Security(
        contact=("https://www.example.com/meldung/schwäche?a=1&b=2", "tel:+49-0000-000000"),
        expires=date(2027, 10, 31),
        policy="https://www.example.com/reports/",
    )

    assert security_txt(security, "https://www.example.com", ["en"]).decode().splitlines() == [
        "Contact: https://www.example.com/meldung/schw%C3%A4che?a=1&b=2",
        "Contact: tel:+49-0000-000000",
        "Expires: 2027-10-31T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://www.example.com/.well-known/security.txt",
        "Policy: https://www.example.com/reports/",
    ]


def test_nothing_is_told_until_30_days_before_it_expires() -> None:
    assert expiry(SECURITY, date(2027, 9, 30)) == []


@pytest.mark.parametrize(("day", "left"), [(date(2027, 10, 1), "30 days"), (date(2027, 10, 30), "1 day")])
def test_a_note_is_told_in_the_last_30_days(day: date, left: str) -> None:
    assert [str(finding) for finding in expiry(SECURITY, day)] == [
        f"pelicanconf.py  security-expires\n    security.txt expires in {left}, on 2027-10-31.{WAY_OUT}"
    ]


@pytest.mark.parametrize("day", [date(2027, 10, 31), date(2027, 11, 1)])
def test_an_expired_file_is_not_published(day: date) -> None:
    assert [str(finding) for finding in expiry(SECURITY, day)] == [
        "pelicanconf.py  security-expired\n"
        "    security.txt expired on 2027-10-31: nobody is to trust its contacts any more." + WAY_OUT
    ]
