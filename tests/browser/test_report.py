"""The report in a real browser: it obeys its own policy, fits every screen, and axe-core has nothing to complain of."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from plugins.privacy.inventory import Inventory, Seen
from plugins.privacy_report.browser import State
from plugins.privacy_report.changes import Change
from plugins.privacy_report.numbers import numbers
from plugins.privacy_report.page import Report, page_of
from plugins.privacy_report.statements import Statement
from tests.browser.conftest import NewPage
from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.kit import NO_THEME, declared

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILM = Seen("www.youtube-nocookie.com", "https://www.youtube-nocookie.com/embed/1", "youtube", "iframe[src]")
STRANGER = Seen("cdn.example.net", "https://cdn.example.net/a.js", "", "script[src]")
FINDING = {
    "check": "foreign-tag",
    "level": "note",
    "place": "content/a.md",
    "line": 3,
    "page": "a.html",
    "what": "W.",
    "way_out": "O.",
}


def full_report() -> str:
    """A report in which every part has something to show."""
    pages = [Inventory(f"{name}/index.html", (FILM,), ()) for name in ("a", "b")]
    told = numbers(declared(services=["youtube", "goatcounter"]), [*pages, Inventory("c.html", (STRANGER, FILM), ())])
    changes = [Change("service_added", "YouTube"), Change("pages_added", now=("a", "b"))]
    statements = [Statement("Services", "Checked.", True, ("ungated-load",)), Statement("Services", "", False, ())]
    states = [State("accepted", 3, ("www.youtube-nocookie.com",), ("consent",), ())]
    return page_of(Report(told, changes, statements, [FINDING], states, is_clean=False), NO_THEME, "en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_report_is_accessible_and_fits(
    new_page: NewPage, third_party: ThirdParty, scheme: str, width: int
) -> None:
    third_party.answer(SITE_HOST, "/report.html", full_report())
    page = new_page(width=width, color_scheme=scheme)
    page.goto(f"https://{SITE_HOST}/report.html")

    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("getComputedStyle(document.querySelector('.cards')).display") == "grid", (
        "the style sheet is let through"
    )
    assert third_party.hosts == set()
