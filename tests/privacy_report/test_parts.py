"""The parts of the report by themselves: numbers, changes, statements, words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plugins.privacy.findings import Level
from plugins.privacy.inventory import Inventory, Seen
from plugins.privacy_report.browser import State, states_of
from plugins.privacy_report.changes import Change, changes
from plugins.privacy_report.numbers import numbers
from plugins.privacy_report.page import Report, page_of
from plugins.privacy_report.statements import EVIDENCE, Statement, statements_of
from tests.kit import NO_THEME, declared
from tests.test_readme import checks

MESSAGES = Path(__file__).resolve().parents[2] / "plugins/privacy_report/messages"
FILM = Seen("www.youtube-nocookie.com", "https://www.youtube-nocookie.com/embed/1", "youtube", "iframe[src]")
STRANGER = Seen("cdn.example.net", "https://cdn.example.net/a.js", "", "script[src]")


def site(*pages: Inventory, services: tuple[str, ...] = ("youtube",)) -> dict[str, Any]:
    """The numbers of a site with these pages."""
    return numbers(declared(services=list(services)), pages)


def page(name: str, *loads: Seen) -> Inventory:
    """One page."""
    return Inventory(name, loads, ())


def test_what_no_service_has_is_contacted_before_any_choice() -> None:
    told = site(page("a.html", STRANGER, FILM))

    assert told["hosts_before"] == ["cdn.example.net"]
    assert told["pages"][0]["before"] == ["cdn.example.net"]
    html = page_of(Report(told, None, (), [], ()), NO_THEME, "en")
    assert "Before visitors choose, pages contact cdn.example.net." in html
    assert '<span class="tag bad">cdn.example.net</span>' in html


def test_pages_that_contact_the_same_hosts_stand_together() -> None:
    told = site(page("a.html", FILM), page("b.html", FILM), page("c.html"))

    html = page_of(Report(told, None, (), [], ()), NO_THEME, "en")

    assert "<summary>2 pages</summary><ul><li>a.html</li><li>b.html</li></ul>" in html
    assert "which contact nobody before or after: 1." in html


def test_the_same_numbers_have_not_changed() -> None:
    assert changes(site(page("a.html", FILM)), site(page("a.html", FILM))) == []


def test_changes_are_told_one_by_one() -> None:
    old = site(page("a.html", FILM), page("gone.html"))
    new = site(page("a.html"), page("new.html"), services=("goatcounter",))

    assert changes(old, new) == [
        Change("service_added", "GoatCounter"),
        Change("service_removed", "YouTube"),
        Change("asked_again"),
        Change("pages_added", now=("new.html",)),
        Change("pages_removed", was=("gone.html",)),
        Change("page_contacts", "a.html", ("www.youtube-nocookie.com",), ()),
    ]


def test_a_changed_fact_is_told_with_both_values() -> None:
    old, new = site(page("a.html")), site(page("a.html"))
    new["services"][0] |= {"provider": "Another", "sends": ["ip-address", {"en": "your name", "de": "Ihr Name"}]}

    found = changes(old, new)

    assert Change("fact_provider", "YouTube", ("Google Ireland Limited",), ("Another",)) in found
    assert next(change.now for change in found if change.kind == "fact_sends") == ("ip-address", "your name")
    html = page_of(Report(new, found, (), [], ()), NO_THEME, "en")
    assert "<li>YouTube: the provider was Google Ireland Limited, and is Another.</li>" in html


def test_every_kind_of_change_has_its_words() -> None:
    kinds = {"service_added", "service_removed", "asked_again", "pages_added", "pages_removed", "page_contacts"}
    kinds |= {
        f"fact_{name}"
        for name in ("provider", "country", "countries", "purpose", "needs_consent", "sends", "stores", "hosts")
    }
    for path in MESSAGES.glob("*.toml"):
        assert kinds <= tomllib.loads(path.read_text("utf-8"))["changes"].keys()


def test_every_check_that_is_named_as_evidence_stops_a_site() -> None:
    stopping = {check.name for check in checks() if check.level is Level.ERROR}
    assert {name for names in EVIDENCE.values() for name in names} <= stopping


def test_statements_are_read_from_the_page_with_their_section_and_evidence() -> None:
    html = """<h1>Privacy</h1><h2 id="a">Third parties</h2><div data-policy-part="services"><p>Text.</p>
<p data-statement="checked"><strong>Checked by the build:</strong> Nothing else
is loaded.</p><p data-statement="promised"><strong>Promised:</strong> It is so.</p></div>
<h2>Other</h2><p data-statement="promised">Our word.</p>"""

    assert statements_of(html) == [
        Statement("Third parties", "Nothing else is loaded.", True, EVIDENCE["services"]),
        Statement("Third parties", "It is so.", False, ()),
        Statement("Other", "", False, ()),
    ]
    assert statements_of("<h1>Privacy</h1><p>Text.</p>") == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_and_values_are_escaped(language: str) -> None:
    told = site(page("<script>alert(1)</script>.html", FILM))

    html = page_of(Report(told, None, (), [], ()), NO_THEME, language)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_what_a_browser_saw_is_told_state_by_state() -> None:
    quiet: dict[str, Any] = {"requests": [], "cookies": [], "storage": [], "violations": []}
    busy = {
        "requests": ["https://www.youtube-nocookie.com/embed/1"],
        "cookies": [{"domain": "www.example.com", "name": "consent"}],
        "storage": [{"kind": "local", "name": "a"}],
        "violations": ["Refused to load"],
    }
    record = {"format": 1, "pages": {"a.html": {"before": quiet, "accepted": busy}, "b.html": {"before": quiet}}}

    states = states_of(record)

    assert states == [
        State("before", 2, (), (), ()),
        State(
            "accepted",
            1,
            ("www.youtube-nocookie.com",),
            ("a (local)", "consent (www.example.com)"),
            ("Refused to load",),
        ),
    ]
    html = page_of(Report(site(page("a.html", FILM)), None, (), [], states), NO_THEME, "en")
    assert "Before a choice<br>" in html
    assert ">a (local), consent (www.example.com)</td>" in html
    assert states_of(None) == []
    with pytest.raises(ValueError, match="another version"):
        states_of({**record, "format": 0})


def keys(table: dict[str, Any], prefix: str = "") -> set[str]:
    """All keys of messages."""
    return {
        inner
        for key, value in table.items()
        for inner in (keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key})
    }


def test_both_languages_say_the_same_things() -> None:
    english, german = (tomllib.loads((MESSAGES / f"{name}.toml").read_text("utf-8")) for name in ("en", "de"))

    assert keys(english) == keys(german)
