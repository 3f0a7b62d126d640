"""Consent on the site as it is published: no page needs JavaScript to keep its promise, and a choice does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.third_party import ThirdParty
from tests.site.conftest import serve
from tests.site.visit import ORIGIN

pytestmark = pytest.mark.browser


def test_without_javascript_no_page_asks_another_host_and_each_leads_to_the_privacy_settings(
    published: Path, pages: list[str], web: ThirdParty, browser: Browser
) -> None:
    """No request, not even a connection; the control is a link to what the policy says about the choice."""
    serve(web, published)
    profile = browser.new_context(java_script_enabled=False)
    page = profile.new_page()
    for name in pages:
        page.goto(f"{ORIGIN}/{name.removesuffix('index.html')}")
        assert web.hosts == set(), name
        expect(page.locator("body > footer [data-consent-open]").last).to_be_visible()
    assert profile.cookies() == []
    profile.close()
    web.forget()


def test_a_choice_loads_what_was_chosen_and_nothing_else(published: Path, web: ThirdParty, browser: Browser) -> None:
    """From the question to the film, under the headers that follow from the declaration; and back again."""
    serve(web, published)
    profile = browser.new_context()
    page = profile.new_page()
    page.goto(f"{ORIGIN}/blog/video-tour/")
    page.get_by_text("Choose for each service").click()
    page.get_by_role("checkbox", name="YouTube").check()
    page.get_by_role("button", name="Save selection").click()
    expect(page.locator("main iframe").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert web.hosts == {"www.youtube-nocookie.com"}
    page.get_by_role("button", name="Withdraw consent").click()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.locator("main iframe")).to_have_count(0)
    profile.close()
    web.forget()
