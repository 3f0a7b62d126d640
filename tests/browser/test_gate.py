"""The gate and the runtime together, on pages as the build makes them: the snippets of every service of the catalogue."""

import pytest
from playwright.sync_api import Page, expect

from plugins.cookie_banner import runtime
from plugins.privacy.catalogue import catalogue
from tests.browser.conftest import NewPage
from tests.browser.pages import ORIGIN, STYLE, Site
from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.cookie_banner.snippets import WAITING
from tests.kit import cookie_banner, declared, page_pass, ran

pytestmark = pytest.mark.browser

NAMES = sorted({name for name, _ in WAITING})
FILM = (
    '<iframe src="https://www.youtube-nocookie.com/embed/1" title="A film" width="560" height="315" '
    'style="border:0"{}></iframe>'
)
FORM = '<script src="//js.hsforms.net/forms/embed/v2.js"></script>\n<script>hbspt.forms.create({})</script>'


def publish(third_party: ThirdParty, main: str, head: str = "", services: list[str] | None = None) -> str:
    """Publish a page that has been through the pass, and return its address."""
    declaration = declared(services=NAMES if services is None else services)
    html = (
        '<!doctype html><html lang="en" data-order=""><head><meta charset="utf-8"><title>Page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/page.css">{head}</head><body><main>{main}</main></body></html>'
    )
    text, findings = ran(page_pass(cookie_banner, declaration=declaration), html)
    assert [str(finding) for finding in findings] == []
    third_party.answer(SITE_HOST, "/theme/consent.js", runtime.script())
    third_party.answer(SITE_HOST, "/theme/consent.css", runtime.style())
    third_party.answer(SITE_HOST, "/page.css", STYLE)
    third_party.answer(SITE_HOST, "/", text)
    return ORIGIN + "/"


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
    page.goto(publish(third_party, ALL, HEAD), wait_until="networkidle")
    assert third_party.hosts == set()
    assert page.context.cookies() == []
    expect(page.locator("html")).to_have_attribute("data-order", "")
    if java_script:
        names = ["gtag", "_paq", "fbq", "hj", "clarity", "plausible", "_linkedin_partner_id"]
        assert page.evaluate("names => names.filter((name) => name in window)", names) == []


def test_every_snippet_wakes_once_the_visitor_agrees(
    site: Site, page: Page, third_party: ThirdParty, complaints: list[str]
) -> None:
    """Every service is asked for something: nothing of a snippet was lost while it slept."""
    page.goto(publish(third_party, ALL, HEAD))
    page.get_by_role("button", name="Accept all").click()
    third_party.wait_until(lambda hosts: not unasked(hosts))
    assert unasked(third_party.hosts) == set()
    expect(page.locator("template[data-gate]")).to_have_count(0)
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
    page.goto(publish(third_party, FORM, services=["hubspot"]))
    expect(page.locator(".gate")).to_have_count(1)
    page.get_by_role("button", name="Load once").click()
    third_party.wait_for("js.hsforms.net", "/forms/embed/v2.js")
    expect(page.locator("html")).to_have_attribute("data-order", "")
    third_party.release("js.hsforms.net", "/forms/embed/v2.js")
    expect(page.locator("html")).to_have_attribute("data-order", " started")
    expect(page.get_by_role("status")).to_be_focused()
    assert page.context.cookies() == []


@pytest.mark.parametrize("preview", ["", ' data-preview="/film.svg"'])
def test_the_placeholder_has_the_size_of_the_embed(
    site: Site, page: Page, third_party: ThirdParty, preview: str
) -> None:
    """Nothing moves when the film comes, with and without a picture of the author's own."""
    third_party.answer(SITE_HOST, "/film.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    page.goto(publish(third_party, f"<p>{FILM.format(preview)}</p><h1>Below</h1>", services=["youtube"]))
    gate, below = page.locator(".gate"), page.get_by_role("heading", name="Below")
    before = gate.bounding_box(), below.bounding_box()
    page.get_by_role("button", name="Load once").click()
    expect(page.locator("iframe")).to_be_focused()
    assert (page.locator("iframe").bounding_box(), below.bounding_box()) == before
    assert third_party.hosts == {"www.youtube-nocookie.com"}


def test_without_javascript_a_sentence_and_a_plain_link_stand_in_the_place_of_an_embed(
    site: Site, new_page: NewPage, third_party: ThirdParty
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(publish(third_party, FILM.format(""), services=["youtube"]))
    gate = page.locator(".gate")
    expect(gate).to_contain_text("This content comes from YouTube (Google Ireland Limited, Ireland).")
    expect(gate.get_by_role("link", name="Open at YouTube")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=1"
    )
    expect(gate.get_by_role("button")).to_have_count(0)
    assert third_party.hosts == set()
