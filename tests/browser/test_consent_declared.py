"""What follows from the declaration alone: whether anybody is asked, on what ground, and of what they are asked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from plugins.cookie_banner.runtime import gpc_support
from plugins.privacy.settings import Privacy
from plugins.privacy.validation import validate
from tests.browser.built import publish
from tests.browser.pages import ORIGIN, Site
from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.kit import PRIVACY

pytestmark = pytest.mark.browser

SHOP: dict[str, Any] = {
    "id": "shop",
    "name": "Shop",
    "provider": "Shop Ltd",
    "purpose": "necessary",
    "needs_consent": False,
    "reason": "A link leads there.",
    "hosts": [{"host": "shop.example", "role": "link"}],
}


@pytest.mark.parametrize("services", [[], [SHOP]], ids=["no service", "a service that loads nothing"])
def test_a_site_that_asks_for_nothing_has_nothing_of_consent(
    site: Site, page: Page, third_party: ThirdParty, services: list[object]
) -> None:
    """Rule 6: no banner, no control, no script, no style sheet, no cookie."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(publish(third_party, '<p>x</p><a href="https://shop.example/">Shop</a>', services))
    page.wait_for_load_state("networkidle")
    assert {url for url in asked if "consent" in url} == set()
    expect(page.locator("[class*=consent], [data-consent], [data-consent-open], script")).to_have_count(0)
    assert page.context.cookies() == []
    assert third_party.hosts == set()


def refused(**keys: object) -> str:
    """What is wrong with a site that declares this service."""
    service = {**SHOP, "needs_consent": True, "purpose": "functional", **keys}
    _, (finding,) = validate(Privacy, "PRIVACY", {**PRIVACY, "services": [service]})
    return finding.what


def test_nothing_that_waits_can_rest_on_legitimate_interest(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Rule 11: there is no setting for another ground, and the question speaks of consent and of nothing else."""
    assert 'PRIVACY["services"][0]["basis"] is not a setting.' in refused(basis="legitimate-interest")
    page.goto(publish(third_party, "<p>x</p>", ["youtube", "google-analytics", "meta-pixel"]))
    page.get_by_role("link", name="Privacy settings").click()
    banner = page.get_by_role("region")
    expect(banner).to_contain_text("asks for your consent")
    expect(banner).not_to_contain_text("legitimate")
    for box in banner.get_by_role("checkbox").all():
        expect(box).to_be_enabled()
        expect(box).not_to_be_checked()


def test_nothing_that_waits_can_be_called_necessary(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Rule 12: necessary is what loads nothing by itself; it is not among what is asked for, and no box is forced."""
    assert 'has the purpose "necessary", which is for what loads nothing before a click' in refused(
        purpose="necessary"
    )
    page.goto(publish(third_party, '<a href="https://shop.example/">Shop</a>', [SHOP, "goatcounter"]))
    page.get_by_role("link", name="Privacy settings").click()
    banner = page.get_by_role("region")
    expect(banner.get_by_role("checkbox")).to_have_count(2)  # the purpose, and its service
    expect(banner).not_to_contain_text("Shop")
    expect(banner).not_to_contain_text("ecessary")


def test_the_word_on_signals_is_what_the_specification_wants(page: Page, third_party: ThirdParty) -> None:
    """Rule 28: JSON, an object, `gpc` a boolean, `lastUpdate` a full date."""
    third_party.answer(SITE_HOST, "/.well-known/gpc.json", gpc_support("2026-11-20"))
    answer = page.goto(f"{ORIGIN}/.well-known/gpc.json")
    assert answer
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"gpc": True, "lastUpdate": "2026-11-20"}
