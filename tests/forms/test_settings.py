"""PRIVACY["forms"]: every mistake is told, with its path and the way out."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.forms.glue import settings_findings
from plugins.privacy.declaration import contradictions
from plugins.privacy.forms import Backend, Form, FormField, backends, shipped_forms
from plugins.privacy.settings import Privacy
from plugins.privacy.validation import validate
from tests.kit import PRIVACY, declared
from tests.test_readme import README

FIELD = {"name": "email", "type": "email", "required": True, "label": "E-mail", "purpose": "to answer you"}
OWN = {
    "id": "repair",
    "basis": "contract",
    "purpose": "repairing your device",
    "retention": {"period": "P12M", "after": "last-message"},
    "fields": [FIELD],
}


def wrong(*forms: Any, **keys: Any) -> list[str]:
    """What is wrong with a declaration of forms."""
    setting = {**PRIVACY, "forms": list(forms), **keys}
    privacy, findings = validate(Privacy, "PRIVACY", setting)
    if privacy is not None:
        findings = [*contradictions(privacy), *settings_findings({"PRIVACY": setting})]
    assert all(finding.check.name == "wrong-setting" for finding in findings)
    return [f"{finding.what} {finding.way_out}" for finding in findings]


@pytest.mark.parametrize(
    "form",
    [
        "contact",
        "newsletter",
        "data-request",
        OWN,
        {"id": "contact", "mail": "support@example.com"},
        {"id": "contact", "retention": {"period": "P0D", "after": "completion"}},
        {"id": "contact", "backend": "endpoint", "action": "/api/contact"},
        {"id": "contact", "backend": "endpoint", "action": "https://forms.example.com/"},
    ],
)
def test_a_form_is_declared_by_its_name_or_as_a_table(form: Any) -> None:
    assert wrong(form) == []


SEE = "See the README, “Settings”."


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("contcat", f'PRIVACY["forms"][0]: "contcat" is no form that ships. Did you mean "contact"? {SEE}'),
        (
            {"id": "contact", "backend": "formspre"},
            (
                'PRIVACY["forms"][0]["backend"]: "formspre" is no backend. The backends are buttondown, endpoint, formspree, '
                f"mailto, netlify-forms. {SEE}"
            ),
        ),
        (
            {"id": "contact", "backend": "endpoint"},
            f'PRIVACY["forms"][0] needs "action" with the backend "endpoint". {SEE}',
        ),
        (
            {"id": "contact", "action": "/api"},
            f'PRIVACY["forms"][0] takes no "action" with the backend "mailto". {SEE}',
        ),
        (
            {"id": "contact", "backend": "endpoint", "action": "/api", "mail": "a@example.com"},
            f'PRIVACY["forms"][0] takes no "mail" with the backend "endpoint". {SEE}',
        ),
        (
            {"id": "newsletter", "basis": "legitimate-interest"},
            f'PRIVACY["forms"][0] is a newsletter: its "basis" is consent, and "double_opt_in" is True. {SEE}',
        ),
        (
            {"id": "newsletter", "double_opt_in": False},
            f'PRIVACY["forms"][0] is a newsletter: its "basis" is consent, and "double_opt_in" is True. {SEE}',
        ),
        (
            {"id": "newsletter", "fields": [FIELD, {"name": "name", "required": True}]},
            'PRIVACY["forms"][0] is a newsletter: it requires one field, the e-mail address, and no other. ' + SEE,
        ),
        (
            {"id": "newsletter", "fields": [{"name": "name", "required": True}]},
            'PRIVACY["forms"][0] is a newsletter: it requires one field, the e-mail address, and no other. ' + SEE,
        ),
        ({**OWN, "fields": [FIELD, FIELD]}, f'PRIVACY["forms"][0] asks for a field twice. {SEE}'),
        (
            {**OWN, "fields": [{**FIELD, "name": "consent"}]},
            f'PRIVACY["forms"][0]["fields"][0] is called "consent", which the plugin sends by itself. {SEE}',
        ),
        (
            {**OWN, "fields": [{**FIELD, "type": "radio"}]},
            'PRIVACY["forms"][0]["fields"][0] has "options" if its type is radio or select, and only then. ' + SEE,
        ),
        (
            {**OWN, "fields": [{**FIELD, "requird": True}]},
            'PRIVACY["forms"][0]["fields"][0]["requird"] is not a setting. Did you mean "required"?',
        ),
        (
            {**OWN, "retention": {"perod": "P1M", "period": "P1M", "after": "completion"}},
            'PRIVACY["forms"][0]["retention"]["perod"] is not a setting. Did you mean "period"?',
        ),
        (
            {**OWN, "fields": [{"name": "serial"}]},
            (
                'PRIVACY["forms"]: "repair" lacks "label" of the field "serial". Write it as a text, or as one text for each '
                'language: {"en": …, "de": …}.|'
                'PRIVACY["forms"]: "repair" lacks "purpose" of the field "serial". Write it as a text, or as one text for each '
                'language: {"en": …, "de": …}.'
            ),
        ),
        (
            {**OWN, "purpose": None},
            (
                'PRIVACY["forms"]: "repair" lacks "purpose". Write it as a text, or as one text for each language: '
                '{"en": …, "de": …}.'
            ),
        ),
        (
            {"id": "contact", "backend": "formspree", "account": "abc"},
            (
                'PRIVACY["forms"]: "contact" is sent to "formspree", a service that is not declared. '
                'Add "formspree" to PRIVACY["services"].'
            ),
        ),
        (
            {"id": "contact", "backend": "formspree", "account": "abc/../x"},
            f'PRIVACY["forms"][0] has an "account" that is no plain name of letters, digits, - and _. {SEE}',
        ),
        (
            {"id": "contact", "backend": "endpoint", "action": "http://forms.example.com/"},
            'PRIVACY["forms"]: "contact" is sent to http://forms.example.com/, unencrypted. Name an https: address.',
        ),
        (
            {"id": "contact", "backend": "endpoint", "action": "mailto:a@example.com"},
            (
                'PRIVACY["forms"]: "contact" is sent to mailto:a@example.com, which is no web address. '
                "Name a path of the site or an https: address."
            ),
        ),
        (
            {"id": "contact", "backend": "endpoint", "action": "https://formspree.io/f/abc"},
            (
                'PRIVACY["forms"]: "contact" is sent to https://formspree.io/f/abc, and formspree.io is not the company\'s own. '
                'Did you mean "formspree"? Add the host to PRIVACY["first_party"] if it is the company\'s; else declare the '
                'service that takes the form in PRIVACY["services"], or name it as "backend".'
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_its_path_and_the_way_out(form: Any, expected: str) -> None:
    assert "|".join(wrong(form)) == expected


def test_an_endpoint_may_be_a_declared_services_that_takes_forms() -> None:
    basin = {"id": "contact", "backend": "endpoint", "action": "https://usebasin.com/f/0123456789ab"}
    assert wrong(basin, services=["basin"]) == []
    youtube = {"id": "contact", "backend": "endpoint", "action": "https://www.youtube.com/f"}
    (told,) = wrong(youtube, services=["youtube"])
    assert told.startswith(
        'PRIVACY["forms"]: "contact" is sent to https://www.youtube.com/f, and www.youtube.com is not'
    )


def test_a_form_is_declared_once() -> None:
    assert wrong("contact", {"id": "contact"}) == [f'PRIVACY["forms"] names contact twice. {SEE}']


@pytest.mark.parametrize(
    ("form", "services", "targets"),
    [
        ("contact", [], ()),
        ({"id": "contact", "backend": "endpoint", "action": "/api"}, [], ("https://www.example.com",)),
        (
            {"id": "contact", "backend": "endpoint", "action": "https://forms.example.com:8443/a?b#c"},
            [],
            ("https://forms.example.com:8443", "https://www.example.com"),
        ),
        ({"id": "contact", "backend": "netlify-forms"}, ["netlify-forms"], ("https://www.example.com",)),
        (
            {"id": "contact", "backend": "formspree", "account": "abc"},
            ["formspree"],
            ("https://formspree.io", "https://www.example.com"),
        ),
        (
            {"id": "newsletter", "backend": "buttondown", "account": "abc"},
            ["buttondown"],
            ("https://buttondown.com",),
        ),
    ],
)
def test_the_declaration_tells_where_forms_are_sent(form: Any, services: list[str], targets: tuple[str, ...]) -> None:
    assert declared(forms=[form], services=services).form_targets == targets


def test_three_forms_ship_and_five_backends() -> None:
    assert list(shipped_forms()) == ["contact", "data-request", "newsletter"]
    assert list(backends()) == ["buttondown", "endpoint", "formspree", "mailto", "netlify-forms"]


@pytest.mark.parametrize("backend", backends().values(), ids=lambda backend: backend.id)
def test_what_a_third_partys_backend_takes_has_a_source(backend: Backend) -> None:
    assert bool(backend.fields) == (backend.service is not None)
    taken = {backend.honeypot, backend.thanks, backend.error, *backend.fixed} - {None, "action"}
    assert backend.service is None or taken <= backend.documented
    assert all(field.source.startswith("https://") for field in backend.fields)


@pytest.mark.parametrize("name", [*Form.model_fields, *FormField.model_fields])
def test_the_readme_explains_every_key(name: str) -> None:
    section = README.partition("## Forms")[2].partition("## What is checked")[0]
    assert any(f"`{name}`" in row.split("|")[1] for row in section.splitlines() if row.startswith("| "))


@pytest.mark.parametrize(
    ("field", "token"),
    [
        ({"type": "text"}, "off"),
        ({"type": "email"}, "email"),
        ({"type": "tel"}, "tel"),
        ({"type": "email", "autocomplete": "off"}, "off"),
    ],
)
def test_what_people_enter_about_themselves_has_its_autofill_token(field: dict[str, str], token: str) -> None:
    """WCAG 2.2, 1.3.5; a token that is given holds."""
    assert FormField.model_validate({"name": "contact", **field}).autocomplete == token
