"""The derived parts: a declaration in, facts and words out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from plugins.privacy.extension import PartText, PolicyPart, Site
from plugins.privacy_policy.collect import base_of, changes_url, facts_of
from plugins.privacy_policy.facts import CONSENT_COOKIE
from plugins.privacy_policy.pages import republished
from plugins.privacy_policy.parts import own_parts
from plugins.privacy_policy.policy import FilledIn, fill_in, finished
from plugins.privacy_policy.reading import facts_hash, lines
from plugins.privacy_policy.words import Words
from tests.kit import NO_THEME, POLICIES, declared

ROOT = Path(__file__).resolve().parents[2]


def site(settings: dict[str, Any] | None = None, **keys: Any) -> Site:
    """Return a site that declares `keys`."""
    return Site(declared(**keys), settings or {}, NO_THEME, "en", POLICIES)


def shown_parts(made: Site) -> list[PolicyPart]:
    """Return the parts that have something to say."""
    return [p for p in own_parts(made) if p.facts is not None]


def part(name: str, language: str = "en", settings: dict[str, Any] | None = None, **keys: Any) -> PartText:
    """Return a part of the policy of a site."""
    return next(p for p in own_parts(site(settings, **keys)) if p.name == name).text(language)


def said(text: PartText) -> str:
    """Return what a part says."""
    return " ".join(BeautifulSoup(text.html, "html.parser").get_text(" ").split())


def widget(**more: Any) -> dict[str, Any]:
    """Return a service of the company's own."""
    fact = {"source": "https://widget.example/privacy", "checked": date(2026, 1, 2)}
    return {
        "id": "widget",
        "name": "Widget",
        "provider": "Widget Inc.",
        "purpose": "functional",
        "reason": {"en": "A widget.", "de": "Ein Ding."},
        "hosts": [{"host": "cdn.widget.example", "role": "script"}],
        "sends": ["ip-address"],
        "country": {"value": "US", **fact},
        **more,
    }


def test_a_part_that_has_nothing_to_say_has_no_facts() -> None:
    facts = facts_of({p.name: p for p in own_parts(site())})

    assert {"affiliate", "analytics", "partners"} & set(facts) == set()
    assert {"controller", "hosting", "services", "cookies", "purposes", "transfers", "rights"} <= set(facts)


def test_sources_and_the_days_they_were_read_are_no_facts_and_no_text() -> None:
    """Rule: a check of a source alone is no change of the policy."""
    later = {"source": "https://elsewhere.example/", "checked": date(2026, 12, 24)}
    stores = [{"name": "w", "kind": "cookie", "party": "third", "duration": "P1Y", "purpose": "x"}]
    one, other = (
        site(services=[widget(country={"value": "US", **fact}, stores=[{**stores[0], **fact}])])
        for fact in ({"source": "https://widget.example/", "checked": date(2026, 1, 2)}, later)
    )

    assert [facts_hash(p.facts) for p in own_parts(one)] == [facts_hash(p.facts) for p in own_parts(other)]
    for before, after in zip(shown_parts(one), shown_parts(other), strict=True):
        assert lines(before.text("en").html) == lines(after.text("en").html)


@pytest.mark.parametrize(
    "change", [{"provider": "Gadget Inc."}, {"sends": ["ip-address", "browser"]}, {"purpose": "marketing"}]
)
def test_a_changed_fact_changes_the_hash(change: dict[str, Any]) -> None:
    one, other = site(services=[widget()]), site(services=[widget(**change)])

    assert [p.facts for p in own_parts(one)] != [p.facts for p in own_parts(other)]


def test_every_part_says_what_is_checked_or_promised_in_every_language() -> None:
    made = site(
        {"AMAZON_TAGS": {"amazon.de": "mine-21"}},
        services=["youtube", "goatcounter"],
        partners=[{"name": "P", "hosts": ["p.example"]}],
    )
    for one in own_parts(made):
        for language in ("en", "de"):
            text = one.text(language)
            assert text.title
            assert text.checked or text.promised or one.name == "statements", one.name
            assert said(text)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "It may then place cookies in your browser;"), ("de", "Dann kann es Cookies in Ihrem Browser ablegen;")],
)
def test_the_policy_tells_that_amazon_may_place_cookies_as_its_programme_asks(language: str, sentence: str) -> None:
    assert sentence in said(part("affiliate", language, {"AMAZON_TAGS": {"amazon.de": "mine-21"}}))


def test_what_nobody_documents_is_said_to_be_undocumented() -> None:
    text = said(part("cookies", services=[widget(stores="unknown")]))

    assert "What Widget stores on your device, and for how long, is not documented by the provider." in text
    assert "Kept by the provider not documented by the provider" in said(part("services", services=[widget()]))


def test_what_is_stored_is_named_with_duration_and_reader() -> None:
    fact = {"source": "https://widget.example/", "checked": date(2026, 1, 2)}
    stored = {"name": "w_*", "kind": "cookie", "party": "first", "duration": "P2Y", "purpose": "counting", **fact}

    rows = BeautifulSoup(part("cookies", services=[widget(stores=[stored])]).html, "html.parser").select("tbody tr")

    assert [[cell.get_text() for cell in row.select("th, td")] for row in rows] == [
        [
            "consent",
            "cookie",
            "your choice in the privacy settings: its date, the version of the question, your answers",
            "183 days",
            "this website",
        ],
        ["w_*", "cookie", "counting", "2 years (browsers may shorten this)", "this website, Widget Inc."],
    ]


def test_a_site_that_asks_nothing_stores_nothing() -> None:
    assert said(part("cookies")) == "This website itself stores nothing on your device."


def test_what_the_sites_own_scripts_store_is_named() -> None:
    own = {"name": "theme", "kind": "local", "duration": "until deleted", "purpose": {"en": "dark", "de": "dunkel"}}

    assert "theme Local Storage dunkel bis Sie es löschen diese Website" in said(part("cookies", "de", stores=[own]))


def test_the_consent_cookie_is_the_one_that_the_runtime_writes() -> None:
    programs = sorted((ROOT / "plugins/cookie_banner/static").glob("*.js"))
    program = "".join(path.read_text("utf-8") for path in programs)

    assert f"`{CONSENT_COOKIE['name']}=$" in program
    assert CONSENT_COOKIE["duration"] == "P183D"
    assert "183 * 24 * 60 * 60" in program


def test_a_transfer_names_countries_and_what_allows_it() -> None:
    fact = {"source": "https://widget.example/", "checked": date(2026, 1, 2)}
    transfer = {"countries": ["US"], "mechanism": ["standard-clauses"], **fact}

    assert "Widget United States standard contractual clauses (GDPR Art. 46(2)(c))" in said(
        part("transfers", services=[widget(transfer=transfer)])
    )
    assert said(part("transfers", "de")).startswith("Kein hier genannter Empfänger gibt an")


def test_the_drawing_has_a_box_and_a_line_of_text_for_every_recipient() -> None:
    made = BeautifulSoup(
        part("picture", settings={"AMAZON_TAGS": {"amazon.de": "m-21"}}, services=["youtube"]).html, "html.parser"
    )

    assert [li.get_text().split(";")[0] for li in made.select("li")] == [
        "This website (Example Hosting GmbH), with every page",
        "YouTube (Google Ireland Limited), only after you agree",
        "Amazon, only after you click",
    ]
    drawing = made.select("svg[role=img]")[0]
    assert [text.get_text() for text in drawing.select("text.policy-picture-when")] == [
        "with every page",
        "only after you agree",
        "only after you click",
    ]
    assert not drawing.select("[style]")


def test_hostile_words_of_the_declaration_stay_words() -> None:
    name = '<script>"&'
    for one in shown_parts(site(services=[widget(name=name)], partners=[{"name": name, "hosts": ["p.example"]}])):
        assert "<script>" not in one.text("en").html


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("P7D", "7 Tage"),
        ("P13M", "13 Monate"),
        ("P1Y6M", "1 Jahr und 6 Monate"),
        ("PT30M", "30 Minuten"),
        ("P2W", "2 Wochen"),
        ("unknown", "vom Anbieter nicht angegeben"),
        ("session", "bis der Browser geschlossen wird"),
    ],
)
def test_durations_are_words(duration: str, words: str) -> None:
    assert german().duration(duration) == words


@pytest.mark.parametrize(("duration", "is_long"), [("P13M", False), ("P400D", False), ("P401D", True), ("P2Y", True)])
def test_browsers_shorten_what_lasts_more_than_400_days(duration: str, is_long: bool) -> None:
    assert german().is_long(duration) is is_long


def german() -> Words:
    """Return the words of German."""
    own = {"unknown": "vom Anbieter nicht angegeben", "cookies": {"session": "bis der Browser geschlossen wird"}}
    return Words("de", own, {})


# Markers


def test_all_stands_for_every_part_that_has_no_place_yet() -> None:
    filled = fill_in("<p>[privacy:b]</p><p>[privacy:all]</p>", {"a": "<p>A</p>", "b": "<p>B</p>"}, {"a": "A & b"})

    assert filled == FilledIn('<p>B</p><h2 id="a">A &amp; b</h2>\n<p>A</p>', (), (), ())


def test_a_marker_for_what_the_site_does_not_do_is_told() -> None:
    assert fill_in("<p>[privacy:x]</p>", {}, {}, {"x"}).empty == ("x",)


def test_contents_name_every_section_and_prose_is_marked_as_promised() -> None:
    html = (
        "<p>[privacy:contents]</p><h2 id=a>A <em>b</em></h2><p>Prose.</p>"
        '<h2 id=c>C</h2><div data-policy-part="c">x</div><h2 id=d>D</h2><div data-policy-part="c">x</div>Prose.<p>p</p>'
    )

    assert finished(html, lambda headings: f"<nav>{headings}</nav>", "<i>promised</i>") == (
        "<nav>[('a', 'A b'), ('c', 'C'), ('d', 'D')]</nav><h2 id=a>A <em>b</em></h2>\n<i>promised</i><p>Prose.</p>"
        '<h2 id=c>C</h2><div data-policy-part="c">x</div><h2 id=d>D</h2>\n<i>promised</i>'
        '<div data-policy-part="c">x</div>Prose.<p>p</p>'
    )


# Old versions on the site of today


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ('<a href="/legal/#tax">notice</a>', '<a href="{filename}/pages/legal.md#tax">notice</a>'),
        ('<a href="/gone/">a <b>page</b></a>', "<span>a <b>page</b></span>"),
        ('<img src="/images/gone.svg" alt="A &amp; B">', "<span>A &amp; B</span>"),
        ('<img src="/images/a.svg" alt="A">', '<img src="{static}/images/a.svg" alt="A">'),
        ('<a href="changes/">all</a>', '<a href="../../changes/">all</a>'),
        ('<a href="#rights">r</a>', '<a href="#rights">r</a>'),
        ('<a href="https://example.org/">r</a>', '<a href="https://example.org/">r</a>'),
        ('<a href="mailto:a@example.com">r</a>', '<a href="mailto:a@example.com">r</a>'),
    ],
)
def test_an_old_version_leads_to_what_is_still_there(old: str, today: str) -> None:
    targets = {"/legal/": "{filename}/pages/legal.md", "/images/a.svg": "{static}/images/a.svg"}

    assert republished(f"<p>{old}</p>", "privacy/", targets) == f"<p>{today}</p>"


@pytest.mark.parametrize(
    ("url", "base", "changes"),
    [
        ("privacy/", "privacy/", "changes/"),
        ("de/privacy/", "de/privacy/", "changes/"),
        ("pages/privacy.html", "pages/privacy/", "privacy/changes/"),
    ],
)
def test_versions_stand_below_the_policy(url: str, base: str, changes: str) -> None:
    assert (base_of(url), changes_url(url)) == (base, changes)
