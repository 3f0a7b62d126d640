"""What the policy says of the forms follows from what they are."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from plugins.forms.policy_part import facts, parts
from plugins.privacy.extension import PartText, Site
from tests.kit import NO_THEME, declared


def part(language: str, **keys: Any) -> PartText:
    """The part of a site's policy."""
    (found,) = parts(Site(declared(**keys), {}, NO_THEME, "en", {}))
    return found.text(language)


def rows(html: str, form: str) -> list[tuple[str, str]]:
    """The list of one form, as pairs."""
    tree = LexborHTMLParser(html).css_first(f'[data-declares="form:{form}"]')
    assert tree is not None
    return [(node.tag or "", node.text()) for node in tree.css("dt, dd, p")]


def test_a_site_without_forms_has_nothing_to_say() -> None:
    assert facts(declared()) is None


def test_each_form_is_told_with_fields_recipient_and_retention() -> None:
    text = part(
        "en",
        forms=[{"id": "newsletter", "backend": "buttondown", "account": "x"}, "data-request"],
        services=["buttondown"],
    )
    assert text.title == "Forms"
    assert rows(text.html, "newsletter") == [
        ("dt", "What for"),
        ("dd", "sending the newsletter"),
        ("dt", "What we ask"),
        ("dd", "Your e-mail address (needed): to send the newsletter to you"),
        ("dt", "Who receives it"),
        ("dd", "Example Systems GmbH; Buttondown (United States)"),
        ("dt", "Deleted"),
        ("dd", "when you unsubscribe or withdraw your consent"),
        ("dt", "Legal basis"),
        ("dd", "The legal basis is your consent (GDPR Art. 6(1)(a))."),
        (
            "p",
            (
                "You first get a mail that asks you to confirm; only then are you on the list. Every issue has a link to "
                "unsubscribe."
            ),
        ),
    ]
    assert rows(text.html, "data-request")[-1] == (
        "p",
        "We answer within one month of receiving the request (GDPR Art. 12(3)), free of charge (Art. 12(5)).",
    )


def test_a_field_that_is_kept_for_another_time_says_so() -> None:
    form = {
        "id": "contact",
        "fields": [
            {"name": "email", "type": "email", "required": True},
            {"name": "message", "retention": {"period": "P30D", "after": "completion"}},
        ],
    }
    told = rows(part("de", forms=[form]).html, "contact")
    assert (
        "dd",
        "Ihre Nachricht (freiwillig): um zu wissen, worum es geht; gelöscht 30 Tage nach der Erledigung",
    ) in told
    assert ("dd", "12 Monate nach der letzten Nachricht") in told


def test_the_facts_change_with_what_people_are_told_and_with_nothing_else() -> None:
    def of(**changes: Any) -> Any:
        services = ["formspree"] if changes.get("backend") == "formspree" else []
        return facts(declared(forms=[{"id": "contact", **changes}], services=services))

    endpoint = of(backend="endpoint", action="/a")
    assert of() == endpoint == of(backend="endpoint", action="/b") == of(thanks="other")
    assert of(retention={"period": "P1M", "after": "completion"}) != endpoint
    assert of(backend="formspree", account="abc") != endpoint
    assert of(purpose="another purpose") != endpoint
