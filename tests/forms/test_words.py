"""What is said about a form, in words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from plugins.forms.words import Words, spoken
from plugins.privacy.forms import Retention
from plugins.privacy.wording import PLUGINS, Wording
from tests.kit import NO_THEME, declared

WORDING = Wording("forms", NO_THEME, "en")
OWN: dict[str, Any] = {
    "id": "repair",
    "basis": "consent",
    "purpose": {"en": "repairing your device", "de": "Reparatur Ihres Geräts"},
    "retention": {"period": "P6W", "after": "completion"},
    "fields": [
        {"name": "serial", "label": {"en": "Serial number", "de": "Seriennummer"}, "purpose": "to find the device"},
        {
            "name": "kind",
            "type": "select",
            "label": "Device",
            "purpose": "to know it",
            "options": [
                {"value": "s24", "label": "S24"},
                {"value": "other", "label": {"en": "Other", "de": "Anderes"}},
            ],
        },
    ],
}


def words(language: str) -> Words:
    """The words in a language of a page."""
    return spoken(WORDING, language, declared())


@pytest.mark.parametrize(
    ("period", "after", "english", "german"),
    [
        ("P12M", "last-message", "12 months after the last message", "12 Monate nach der letzten Nachricht"),
        ("P1M", "completion", "1 month after the request was settled", "1 Monat nach der Erledigung"),
        (
            "P3Y",
            "withdrawal",
            "3 years after you withdraw your consent",
            "3 Jahre nach dem Widerruf der Einwilligung",
        ),
        ("P30D", "submission", "30 days after it was sent", "30 Tage nach dem Absenden"),
        ("P2W", "completion", "2 weeks after the request was settled", "2 Wochen nach der Erledigung"),
        ("P0D", "completion", "as soon as the request is settled", "nach der Erledigung"),
        (
            "P0D",
            "withdrawal",
            "when you unsubscribe or withdraw your consent",
            "mit der Abbestellung oder dem Widerruf",
        ),
    ],
)
def test_when_entries_are_deleted(period: str, after: Any, english: str, german: str) -> None:
    retention = Retention(period=period, after=after)
    assert words("en-GB").deleted(retention) == english
    assert words("de").deleted(retention) == german


def test_a_form_of_the_companys_own_speaks_the_language_of_the_page() -> None:
    (form,) = declared(forms=[OWN]).forms
    serial, kind = form.fields
    english, german = words("en"), words("de-AT")
    assert (english.label(form, serial), german.label(form, serial)) == ("Serial number", "Seriennummer")
    assert (english.option(form, kind, kind.options[1]), german.option(form, kind, kind.options[1])) == (
        "Other",
        "Anderes",
    )
    assert english.title(form) == "repair"
    assert english.consent(form, None) == (
        "I agree that Example Systems GmbH uses what I enter here for this purpose: repairing your device. "
        "What is sent goes to Example Systems GmbH. It is deleted 6 weeks after the request was settled. "
        "I can withdraw this consent at any time, with effect for the future."
    )
    assert german.consent(form, None) == (
        "Ich willige ein, dass Example Systems GmbH meine Angaben zu diesem Zweck verwendet: Reparatur Ihres Geräts. "
        "Was gesendet wird, erhält Example Systems GmbH. Es wird 6 Wochen nach der Erledigung gelöscht. "
        "Diese Einwilligung kann ich jederzeit mit Wirkung für die Zukunft widerrufen."
    )


@pytest.mark.parametrize(
    ("service", "english"),
    [
        ("buttondown", "What is sent goes to Example Systems GmbH, by way of Buttondown (United States)."),
        (
            "formspree",
            "What is sent goes to Example Systems GmbH, by way of Formspree (country not documented by the provider).",
        ),
    ],
)
def test_a_recipients_country_is_known_or_said_to_be_unknown(service: str, english: str) -> None:
    assert words("en").recipients(declared(services=[service]).services[0]) == english


def test_a_prepared_mail_survives_every_character() -> None:
    (form,) = declared(forms=[OWN]).forms
    href = words("en").mail(form, "a+b@example.com", "50 % & more?\r\n=#", "S24 ä")
    address, _, query = href.partition("?")
    assert address == "mailto:a%2Bb@example.com"
    subject, body = (part.partition("=")[2] for part in query.split("&"))
    assert unquote(subject) == "repair: S24 ä"
    assert unquote(body) == "Hello,\r\n\r\nSerial number: \r\n\r\nDevice: S24 ä\r\n\r\n--\r\n50 % & more?\r\n=#"


def keys(table: dict[str, Any], path: str = "") -> set[str]:
    """All keys of a table, with their paths."""
    found = set()
    for key, value in table.items():
        found |= keys(value, f"{path}{key}.") if isinstance(value, dict) else {path + key}
    return found


def test_both_languages_say_everything_with_the_same_blanks() -> None:
    english, german = (
        tomllib.loads(Path(PLUGINS, "forms", "messages", f"{code}.toml").read_text("utf-8")) for code in ("en", "de")
    )
    assert keys(english) == keys(german)
