"""The record of a choice: for the visitor to keep, and for a company that asks for it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pages import ORIGIN, POLICY, RECORDS_HOST, VIDEO_HOST, Site
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser

DOWNLOAD = "Download record of my choice"
ENDPOINT = f"https://{RECORDS_HOST}/consent"


def reopen(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Privacy settings|Datenschutz-Einstellungen")).click()


def downloaded(page: Page, name: str = DOWNLOAD) -> dict[str, Any]:
    """What the file says that the visitor gets."""
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    assert started.value.suggested_filename == "consent.json"
    record: dict[str, Any] = json.loads(Path(started.value.path()).read_text("utf-8"))
    return record


def test_without_a_choice_there_is_no_record(page: Page, start: str) -> None:
    page.goto(start)
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("button", name="Save selection")).to_be_visible()
    expect(page.get_by_role("button", name=DOWNLOAD)).to_be_hidden()


def test_the_visitor_can_download_what_was_chosen(site: Site, page: Page) -> None:
    """Rule 22: id, time, site, revision, language, the hash of the words, method and each choice; the same on every
    page; and a new number for a new choice, so that it is no mark by which the visitor is known."""
    site.language = "de"
    site.policy_page()
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Alle ablehnen").click()
    reopen(page)
    record = downloaded(page, "Nachweis meiner Wahl herunterladen")
    assert re.fullmatch(r"\d{16,40}", record.pop("id"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", record.pop("time"))
    assert record == {
        "site": ORIGIN,
        "revision": "r1",
        "language": "de",
        "wording": "a1b2c3d4e5f6",
        "method": "reject",
        "choices": {"video": False, "stats": False},
    }
    first = downloaded(page, "Nachweis meiner Wahl herunterladen")
    page.goto(ORIGIN + POLICY)
    reopen(page)
    assert downloaded(page, "Nachweis meiner Wahl herunterladen") == first
    page.get_by_role("button", name="Alle annehmen").click()
    reopen(page)
    assert downloaded(page, "Nachweis meiner Wahl herunterladen")["id"] != first["id"]


def test_the_record_names_the_words_that_were_read_also_when_they_have_changed_since(site: Site, page: Page) -> None:
    """Rule 22: other words for the same facts are no reason to ask again; the record has those of the choice."""
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Reject all").click()
    site.wording = "ffffffffffff"
    page.goto(site.page("/new/", site.video()))
    expect(page.get_by_role("region")).to_be_hidden()
    reopen(page)
    assert downloaded(page)["wording"] == "a1b2c3d4e5f6"
    page.get_by_role("button", name="Accept all").click()
    reopen(page)
    assert downloaded(page)["wording"] == "ffffffffffff"


def test_what_was_not_answered_is_not_in_the_record(page: Page, start: str) -> None:
    """A placeholder's "always" answers for its own services."""
    page.goto(start)
    page.get_by_role("button", name="Always load Example Video").click()
    reopen(page)
    record = downloaded(page)
    assert (record["method"], record["choices"]) == ("always", {"video": True})


def test_the_record_of_a_signal_says_so_and_nothing_is_kept(new_page: NewPage, start: str) -> None:
    """Rules 22 and 26: the method is the signal."""
    page = new_page(signal=True)
    page.goto(start)
    reopen(page)
    record = downloaded(page)
    assert (record["method"], record["choices"]) == ("signal", {"video": False, "stats": False})
    assert page.context.cookies() == []


@pytest.mark.parametrize("answer", ["Accept all", "Reject all", "Save selection", "Always load Example Video"])
def test_no_record_is_sent_unless_the_company_says_where_to(
    page: Page, start: str, third_party: ThirdParty, answer: str
) -> None:
    """Rule 22: otherwise never."""
    page.goto(start)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("button", name=answer).click()
    page.wait_for_load_state("networkidle")
    assert RECORDS_HOST not in third_party.hosts


def test_the_company_receives_each_choice_with_the_words_of_the_question(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """Rule 22: the same record as the visitor's, and the text; no cookie and no address of a page goes with it."""
    site.record_endpoint = ENDPOINT
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Accept all").click()
    sent = third_party.wait_for(RECORDS_HOST, "/consent")
    record = json.loads(sent.body)
    assert (record["method"], record["choices"]) == ("accept", {"video": True, "stats": True})
    assert record["text"].startswith("Services of other companies")
    assert "Example Systems GmbH asks for your consent to use these services." in record["text"]
    assert (sent.cookies, sent.referer) == ("", "")
    del record["text"]
    reopen(page)
    assert downloaded(page) == record
    page.get_by_role("button", name="Reject all").click()
    expect(page.get_by_role("button", name="Load once")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [json.loads(r.body)["method"] for r in third_party.requests if r.host == RECORDS_HOST] == [
        "accept",
        "reject",
    ]


def test_a_signal_sends_no_record(site: Site, new_page: NewPage, third_party: ThirdParty) -> None:
    """Nobody has chosen."""
    site.record_endpoint = ENDPOINT
    page = new_page(signal=True)
    page.goto(site.page("/", site.video()), wait_until="networkidle")
    reopen(page)
    downloaded(page)
    assert third_party.hosts == set()


def test_a_record_that_cannot_be_sent_stops_nothing(
    site: Site, page: Page, third_party: ThirdParty, complaints: list[str]
) -> None:
    """The visitor's choice applies, whatever the company's server does."""
    site.record_endpoint = "https://refused.invalid/consent"
    page.goto(site.page("/", site.video()))
    page.get_by_role("button", name="Accept all").click()
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.get_by_role("region")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert complaints, "the browser says that the policy of the site lets nothing through to that host"
    assert all("refused.invalid" in text or "Failed to fetch" in text for text in complaints)
    complaints.clear()
