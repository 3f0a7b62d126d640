"""What a real browser makes of the forms: what it sends, with and without JavaScript, and who can use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from plugins.forms.render import Pages, Policy, Renderer
from plugins.forms.words import spoken
from plugins.privacy.declaration import Declaration
from plugins.privacy.forms import CONSENT, POLICY_DATE, POLICY_REVISION, backends
from plugins.privacy.wording import Wording
from tests.browser.conftest import NewPage
from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.kit import NO_THEME, declared

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ORIGIN = f"https://{SITE_HOST}"
STYLE = (ROOT / "theme" / "static" / "css" / "site.css").read_text("utf-8")
POLICY = Policy("/privacy/", "2026-11-20", "0123456789ab")
SENTENCE = (
    "I order the newsletter of Example Systems GmbH and agree that my e-mail address is used to send it. "
    "What is sent goes to Example Systems GmbH{via}. It is deleted when you unsubscribe or withdraw your consent. "
    "I can withdraw this consent at any time, with effect for the future."
)
OURS = {POLICY_DATE: POLICY.date, POLICY_REVISION: POLICY.revision}


class Case(NamedTuple):
    """A form with a backend, what a person enters, and what has to arrive."""

    form: Any
    services: list[str]
    url: str
    sent: dict[str, str]


ENTERED = {"name": "Jürgen & Söhne", "email": "me@example.org", "message": "Two\nlines"}
ARRIVED = {**ENTERED, "message": "Two\r\nlines"}
OWN_PAGES = {"thanks": f"{ORIGIN}/thank-you/", "error": f"{ORIGIN}/not-sent/"}
ENDPOINT = "https://forms.example.com/contact"
CASES = {
    "endpoint": Case(
        {"id": "contact", "backend": "endpoint", "action": ENDPOINT},
        [],
        ENDPOINT,
        {**ARRIVED, "leave-empty": "", **OWN_PAGES, **OURS},
    ),
    "netlify-forms": Case(
        {"id": "contact", "backend": "netlify-forms"},
        ["netlify-forms"],
        f"{ORIGIN}/thank-you/",
        {**ARRIVED, "bot-field": "", "form-name": "contact", **OURS},
    ),
    "formspree": Case(
        {"id": "contact", "backend": "formspree", "account": "abcdwxyz"},
        ["formspree"],
        "https://formspree.io/f/abcdwxyz",
        {**ARRIVED, "_gotcha": "", "_next": f"{ORIGIN}/thank-you/", **OURS},
    ),
    "buttondown": Case(
        {"id": "newsletter", "backend": "buttondown", "account": "example"},
        ["buttondown"],
        "https://buttondown.com/api/emails/embed-subscribe/example",
        {
            "email": "me@example.org",
            "embed": "1",
            "metadata__consent": SENTENCE.format(via=", by way of Buttondown (United States)"),
            "metadata__policy_date": POLICY.date,
            "metadata__policy_revision": POLICY.revision,
        },
    ),
}


def markup(declaration: Declaration, language: str = "en") -> str:
    """The only form of a declaration."""
    wording = Wording("forms", NO_THEME, "en")

    def template(name: str, **values: object) -> str:
        return wording.render(name, language, **values)

    renderer = Renderer(declaration, spoken(wording, language, declaration), template)
    pages = Pages(f"{ORIGIN}/thank-you/", f"{ORIGIN}/not-sent/", "/thank-you/")
    return renderer(declaration.forms[0], POLICY, pages)


def publish(web: ThirdParty, form: Any, services: list[str] | None = None, targets: str | None = None) -> str:
    """Publish a page with a form under the strictest policy that the declaration allows; return its address."""
    declaration = declared(forms=[form], services=services or [])
    allowed = " ".join(declaration.form_targets) or "'none'" if targets is None else targets
    csp = f"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action {allowed}"
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Form</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/site.css"></head><body><main><h1>Form</h1>{markup(declaration)}</main></body></html>'
    )
    web.answer(SITE_HOST, "/form/", html, headers={"Content-Security-Policy": csp})
    web.answer(SITE_HOST, "/site.css", STYLE, "text/css")
    web.answer(SITE_HOST, "/favicon.ico", "", "image/svg+xml")
    web.answer(SITE_HOST, "/thank-you/", "<!DOCTYPE html><title>Thank you</title><h1>Thank you</h1>")
    web.answer("forms.example.com", "/contact", "", headers={"Location": f"{ORIGIN}/thank-you/"}, status=303)
    web.answer("formspree.io", "/f/abcdwxyz", "", headers={"Location": f"{ORIGIN}/thank-you/"}, status=303)
    return f"{ORIGIN}/form/"


def fill(page: Page, form: Any) -> None:
    """Enter what a person enters, by the names that the fields are announced with."""
    if form["id"] == "newsletter":
        page.get_by_label("Your e-mail address").fill(ENTERED["email"])
        page.get_by_role("checkbox").check()
        return
    page.get_by_label("Your name (optional)").fill(ENTERED["name"])
    page.get_by_label("Your e-mail address").fill(ENTERED["email"])
    page.get_by_label("Your message").fill(ENTERED["message"])


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("name", CASES)
def test_what_is_sent_is_what_the_backend_documents(
    name: str, javascript: bool, third_party: ThirdParty, new_page: NewPage
) -> None:
    """The request, word for word; every field of it is declared, or of the backend's own by its documentation."""
    case = CASES[name]
    page = new_page(java_script_enabled=javascript)
    page.goto(publish(third_party, case.form, case.services))
    fill(page, case.form)
    page.get_by_role("button").click()
    page.wait_for_url(case.url if name == "buttondown" else f"{ORIGIN}/thank-you/")

    (submission,) = third_party.submissions
    assert submission.url == case.url
    assert submission.content_type == "application/x-www-form-urlencoded"
    assert dict(submission.fields) == case.sent
    assert len(submission.fields) == len(case.sent)
    backend = backends()[name]
    form = declared(forms=[case.form], services=case.services).forms[0]
    asked = {backend.field_name(field.name) for field in form.fields}
    ours = {backend.field_name(field) for field in (CONSENT, POLICY_DATE, POLICY_REVISION)}
    documented = backend.documented or {"leave-empty", "thanks", "error"}
    assert set(case.sent) <= asked | ours | documented


def test_a_prepared_mail_sends_nothing_and_says_all(third_party: ThirdParty, page: Page) -> None:
    page.goto(publish(third_party, "contact"))
    link = page.get_by_role("link", name="Write a mail")
    assert link.get_attribute("href") == (
        "mailto:privacy@example.com?subject=Message&body=Hello%2C%0D%0A%0D%0AYour%20name%3A%20%0D%0A%0D%0A"
        "Your%20message%3A%20%0D%0A%0D%0A--%0D%0APrivacy%20policy%20of%202026-11-20%2C%20revision%200123456789ab"
    )
    assert page.locator("form").count() == 0
    assert third_party.submissions == []


def test_a_request_about_data_is_one_mail_for_each_right(third_party: ThirdParty, page: Page) -> None:
    page.goto(publish(third_party, "data-request"))
    assert page.get_by_role("listitem").all_inner_texts() == [
        "Tell me which data about me you hold, and send me a copy",
        "Correct data about me",
        "Erase data about me",
        "Stop using data about me: I object",
        "Hand over data I gave you, in a common format",
    ]
    href = page.get_by_role("link", name="Erase data about me").get_attribute("href") or ""
    assert href.startswith(
        "mailto:privacy@example.com?subject=Request%20about%20my%20data%3A%20Erase%20data%20about%20me&"
    )


def test_a_newsletter_by_mail_says_what_its_sender_agrees_to(third_party: ThirdParty, page: Page) -> None:
    page.goto(publish(third_party, "newsletter"))
    sentence = SENTENCE.format(via="")
    expect(page.get_by_text(f"By sending it you declare: {sentence}")).to_be_visible()
    href = page.get_by_role("link", name="Write a mail").get_attribute("href") or ""
    assert sentence.replace(" ", "%20").replace(",", "%2C") in href


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_nothing_is_sent_without_consent(javascript: bool, third_party: ThirdParty, new_page: NewPage) -> None:
    case = CASES["buttondown"]
    page = new_page(java_script_enabled=javascript)
    page.goto(publish(third_party, case.form, case.services))
    box = page.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    page.get_by_label("Your e-mail address").fill("me@example.org")
    page.get_by_role("button").click()
    expect(page.get_by_text("To send this, please tick the box.")).to_be_visible()
    assert third_party.submissions == []


def test_a_mistake_is_told_beside_its_field_and_read_out_with_it(third_party: ThirdParty, page: Page) -> None:
    page.goto(publish(third_party, CASES["endpoint"].form))
    field, told = page.get_by_label("Your e-mail address"), page.get_by_text("Please enter an e-mail address such as")
    expect(told).to_be_hidden()
    field.fill("nonsense")
    page.get_by_role("button").click()
    expect(told).to_be_visible()
    expect(field).to_have_accessible_description("Please enter an e-mail address such as name@example.org.")
    assert third_party.submissions == []
    field.fill("me@example.org")
    expect(told).to_be_hidden()


def test_a_choice_that_is_needed_and_not_made_is_told(third_party: ThirdParty, page: Page) -> None:
    form = {"id": "data-request", "backend": "endpoint", "action": ENDPOINT}
    page.goto(publish(third_party, form))
    expect(page.get_by_role("group", name="What do you want us to do?")).to_be_visible()
    page.get_by_label("Your e-mail address").fill("me@example.org")
    page.get_by_role("button").click()
    expect(page.get_by_text("Please choose one.")).to_be_visible()
    page.get_by_label("Erase data about me").check()
    page.get_by_role("button").click()
    page.wait_for_url(f"{ORIGIN}/thank-you/")
    assert dict(third_party.submissions[0].fields)["request"] == "erasure"


def test_the_trap_is_for_machines_alone(third_party: ThirdParty, page: Page) -> None:
    """Neither the eye, nor the keyboard, nor a screen reader meets it; a machine that fills in everything does."""
    page.goto(publish(third_party, CASES["endpoint"].form))
    trap = page.locator("[name=leave-empty]")
    shown = trap.evaluate(
        "e => getComputedStyle(e).display + ' ' + e.type + ' ' + e.closest('[aria-hidden]').ariaHidden"
    )
    assert shown == "block text true" or shown == "inline-block text true"
    box = page.locator(".form-trap").bounding_box()
    assert box is not None
    assert box["width"] <= 1
    assert box["height"] <= 1
    assert [field.get_attribute("name") for field in page.get_by_role("textbox").all()] == [
        "name",
        "email",
        "message",
    ]
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert stops[:5] == ["name", "email", "message", "A", "BUTTON"]
    assert "leave-empty" not in stops


@pytest.mark.parametrize("name", ["endpoint", "buttondown"])
def test_every_field_has_a_label_a_token_and_room_for_a_finger(
    name: str, third_party: ThirdParty, new_page: NewPage
) -> None:
    case = CASES[name]
    page = new_page(width=320, height=640)
    page.goto(publish(third_party, case.form, case.services))
    for field in page.locator("input:not([type=hidden]), textarea").all():
        assert field.evaluate("e => e.labels.length") == 1
        if field.get_attribute("type") != "checkbox":
            assert field.get_attribute("autocomplete")
    for control in [*page.get_by_role("textbox").all(), page.get_by_role("button")]:
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_its_origin_in_form_action_chromium_stops_the_way_back(
    third_party: ThirdParty, page: Page, complaints: list[str]
) -> None:
    """Why the site's own origin is among `form_targets`: the redirect to the thank-you page counts as well."""
    case = CASES["endpoint"]
    page.goto(publish(third_party, case.form, targets="https://forms.example.com"))
    fill(page, case.form)
    with page.expect_console_message(lambda said: "form-action" in said.text):
        page.get_by_role("button").click()
    assert page.url == f"{ORIGIN}/form/"
    complaints.clear()
