"""Every page of the company's site, as its visitors get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.headers.servers import read_file
from tests.site.visit import Visit

pytestmark = pytest.mark.browser


def seen(visits: dict[str, Visit], what: str) -> dict[str, list[str]]:
    """Return the pages on which something was seen that should not be there."""
    return {page: found for page, visit in visits.items() if (found := getattr(visit, what))}


def test_every_page_is_visited(visits: dict[str, Visit], pages: list[str]) -> None:
    assert list(visits) == pages
    assert len(pages) > 70


def test_axe_core_finds_nothing_in_either_scheme_with_the_banner_open_or_closed(visits: dict[str, Visit]) -> None:
    """WCAG 2.2 AA and best practice."""
    assert seen(visits, "accessibility") == {}


def test_nothing_is_asked_of_another_host_before_a_choice(visits: dict[str, Visit]) -> None:
    assert seen(visits, "foreign") == {}


def test_nothing_is_kept_on_the_device_before_a_choice(visits: dict[str, Visit]) -> None:
    assert seen(visits, "stored") == {}


def test_the_layout_does_not_shift(visits: dict[str, Visit]) -> None:
    assert seen(visits, "shifts") == {}


def test_no_page_breaches_the_policy_that_browsers_get(published: Path, visits: dict[str, Visit]) -> None:
    """The policy follows from the declaration; it starts from nothing, and lets through nothing inline."""
    policy = read_file((published / "_headers").read_text("utf-8"))["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert seen(visits, "breaches") == {}


def test_the_browser_has_nothing_to_complain_about(visits: dict[str, Visit]) -> None:
    """No missing file, no error of a script."""
    assert seen(visits, "complaints") == {}


def test_every_page_fits_into_320_pixels(visits: dict[str, Visit]) -> None:
    """WCAG 2.2, 1.4.10: text can be read without scrolling sideways."""
    assert seen(visits, "wider") == {}
