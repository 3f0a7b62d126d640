"""The gate and the runtime together, on pages as the build makes them: the snippets of every service of the catalogue."""

import pytest
from playwright.sync_api import Page, expect

from plugins.privacy.catalogue import catalogue
from tests.browser.built import publish
from tests.browser.conftest import NewPage
from tests.browser.pages import Site
from tests.browser.third_party import ThirdParty
from tests.cookie_banner.snippets import WAITING

pytestmark = pytest.mark.browser

NAMES = sorted({name for name, _ in WAITING})
FORM = '<script src="//js.hsforms.net/forms/embed/v2.js"></script>\n<script>hbspt.forms.create({})</script>'


ALL = "\n".join(f"<div>{snippet}</div>" for _, snippet in WAITING)
HEAD = "\n".join(snippet for name, snippet in WAITING if name in ("google-analytics", "google-fonts", "plausible"))


def unasked(hosts: set[str]) -> set[str]:
    """The services with a snippet of which no host is among these."""
    return set(NAMES) - {
        service.id for service in catalogue() for host in hosts for pattern in service.hosts if pattern.matches(host)
    }


@pytest.mark.parametrize("java_script", [True, False])
def test_no_snippet_of_any_service_sends_anything_before_the_choice(
    site: Site, new_page: NewPage, third_party: ThirdParty, java_script: bool
) -> None:
    """Rules 1, 2 and 3, for every service: no request, no connection, nothing stored, no code of theirs run."""
    page = new_page(java_script_enabled=java_script)
    page.goto(publish(third_party, ALL, NAMES, HEAD), wait_until="networkidle")
    assert third_party.hosts == set()
    assert page.context.cookies() == []
    expect(page.locator("html")).to_have_attribute("data-order", "")
    if java_script:
        names = ["gtag", "_paq", "fbq", "hj", "clarity", "plausible", "_linkedin_partner_id"]
        assert page.evaluate("names => names.filter((name) => name in window)", names) == []


def test_every_snippet_wakes_once_the_visitor_agrees(
    site: Site, page: Page, third_party: ThirdParty, complaints: list[str]
) -> None:
    """Every service is asked for something: nothing of a snippet was lost while it slept, and the strict policy that
    follows from the declaration lets through all that it needs."""
    page.goto(publish(third_party, ALL, NAMES, HEAD))
    page.get_by_role("button", name="Accept all").click()
    third_party.wait_until(lambda hosts: not unasked(hosts))
    assert unasked(third_party.hosts) == set()
    expect(page.locator("template[data-gate]")).to_have_count(0)
    forbidden = {text.partition("'")[2].partition("'")[0] for text in complaints if "Content Security Policy" in text}
    assert forbidden <= {"http://example.disqus.com/embed.js"}, "of an old snippet: unencrypted"
    complaints.clear()  # what a made-up library does not have


def test_a_library_and_the_code_that_starts_it_are_loaded_once_together(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """One placeholder, one click; the code waits for its slow library; the focus is not lost."""
    third_party.answer(
        "js.hsforms.net",
        "/forms/embed/v2.js",
        "var hbspt = { forms: { create() { document.documentElement.dataset.order += ' started' } } }",
    )
    third_party.hold("js.hsforms.net", "/forms/embed/v2.js")
    page.goto(publish(third_party, FORM, ["hubspot"]))
    expect(page.locator(".gate")).to_have_count(1)
    page.get_by_role("button", name="Load once").click()
    third_party.wait_for("js.hsforms.net", "/forms/embed/v2.js")
    expect(page.locator("html")).to_have_attribute("data-order", "")
    third_party.release("js.hsforms.net", "/forms/embed/v2.js")
    expect(page.locator("html")).to_have_attribute("data-order", " started")
    expect(page.get_by_role("status")).to_be_focused()
    assert page.context.cookies() == []
