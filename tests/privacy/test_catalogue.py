"""The catalogue of services: one file each, and nothing in it that nobody read somewhere."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from plugins.privacy.catalogue import FOLDER, Service, catalogue, overlaps, overridden, shipped
from plugins.privacy.facts import DIRECTIVES, MECHANISMS, ROLES, SENT, Host, NothingStored, Stored, in_language
from tests.kit import declared

FILES = sorted(FOLDER.glob("*.toml"))
NAMES = [path.stem for path in FILES]
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)  # it may be tomorrow already where a fact was read


def raw(name: str) -> dict[str, Any]:
    """Return a file of the catalogue as it stands there."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def service(name: str) -> Service:
    """Return a service of the catalogue."""
    return next(service for service in catalogue() if service.id == name)


def test_every_file_is_a_service_and_nothing_else_lies_there() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.name != "__pycache__") == [
        f"{service.id}.toml" for service in catalogue()
    ]
    assert list(shipped()) == NAMES


def test_no_two_services_claim_one_host() -> None:
    assert [(one.id, other.id, host) for one, other, host in overlaps(catalogue())] == []


@pytest.mark.parametrize("place", [(), ("hosts", 0), ("stores", 0), ("country",), ("reason",), ("hosts", 1)])
def test_an_unknown_field_is_refused(place: tuple[Any, ...]) -> None:
    entry: dict[str, Any] = {"id": "youtube", **raw("youtube")}
    target: Any = entry
    for step in place:
        target = target[step]
    target["unheard_of"] = "x"

    with pytest.raises(ValidationError, match="unheard_of"):
        Service.model_validate(entry)


@pytest.mark.parametrize("name", NAMES)
def test_no_file_names_its_own_id(name: str) -> None:
    assert "id" not in raw(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_has_a_source_and_a_day_or_is_unknown(name: str) -> None:
    _is_sourced(service(name))
    for key in ("country", "retention", "transfer"):
        fact = getattr(service(name), key)
        if not isinstance(fact, str):
            _is_sourced(fact)
        else:
            assert fact == "unknown"
    for fact in (*service(name).hosts, *service(name).csp):
        _is_sourced(fact)
    stores = service(name).stores
    for stored in stores if isinstance(stores, tuple) else ():
        _is_sourced(stored)
    if isinstance(stores, NothingStored):
        _is_sourced(stores)
    if isinstance(stores, str):
        assert stores == "unknown"


def _is_sourced(fact: Any) -> None:
    assert fact.source.startswith(("https://", "measured: ", "seen: ")), fact
    assert date(2025, 1, 1) <= fact.checked <= TOMORROW, fact


@pytest.mark.parametrize("name", NAMES)
def test_every_text_ends_as_a_sentence_and_every_address_is_secure(name: str) -> None:
    entry = service(name)

    assert isinstance(entry.reason, dict)
    assert set(entry.reason) == {"en", "de"}
    assert all(sentence.endswith(".") for sentence in entry.reason.values())
    assert entry.privacy_url is None or entry.privacy_url.startswith("https://")
    assert all(target.startswith("https://") for target in entry.link.values())
    assert all(prefix.startswith("/") for prefix in entry.link)


@pytest.mark.parametrize("name", NAMES)
def test_hosts_are_told_once_and_in_lower_case(name: str) -> None:
    hosts = [pattern.host for pattern in service(name).hosts]

    assert len(set(hosts)) == len(hosts)
    assert all(host == host.lower().strip() for host in hosts)


@pytest.mark.parametrize("name", NAMES)
def test_what_loads_waits(name: str) -> None:
    entry = service(name)

    assert entry.needs_consent or not entry.stored, "what stores something loads something"
    assert entry.needs_consent or {role for host in entry.hosts for role in host.role} <= {"form", "link"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_files_are_plain_text_that_ends_with_a_line_break(path: Path) -> None:
    data = path.read_bytes()

    assert b"\r" not in data
    assert data.endswith(b"\n")


# The form of an entry


@pytest.mark.parametrize(
    "wrong", ["*", "*.org", "a.*.org", "example.org/", "https://example.org", "EXAMPLE.org", "é.org", ""]
)
def test_a_host_is_a_bare_host_or_all_below_one(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Host(host=wrong, role=("script",))


@pytest.mark.parametrize(
    ("pattern", "host", "matches"),
    [
        ("example.org", "example.org", True),
        ("example.org", "www.example.org", False),
        ("*.example.org", "example.org", False),
        ("*.example.org", "www.example.org", True),
        ("*.example.org", "a.b.example.org", True),
        ("*.example.org", "notexample.org", False),
        ("*.example.org", "example.org.evil.example", False),
    ],
)
def test_a_star_means_all_below_and_not_the_host_itself(pattern: str, host: str, matches: bool) -> None:
    assert Host(host=pattern, role=("script",)).matches(host) is matches


@pytest.mark.parametrize("wrong", ["", "1 year", "13M", "P", "PM", "P1", "P 1 D", "forever", "Session"])
def test_a_duration_is_iso_8601_or_one_of_three_words(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Stored(
            name="a", kind="cookie", party="first", duration=wrong, purpose="x", source="s", checked=date(2026, 1, 1)
        )


def test_that_nothing_is_stored_is_a_claim_with_a_source() -> None:
    with pytest.raises(ValidationError):
        NothingStored.model_validate({"nothing": True})


def test_an_entry_does_not_change() -> None:
    with pytest.raises(ValidationError):
        service("youtube").name = "x"


def test_an_embed_leads_to_the_page_that_shows_the_same() -> None:
    youtube = service("youtube")

    assert youtube.page_for("/embed/abc") == "https://www.youtube.com/watch?v=abc"
    assert youtube.page_for("/somewhere/else") is None


# What is derived from an entry


def entry(**keys: Any) -> Service:
    """Return a service of a site's own."""
    (found,) = declared(
        services=[
            {
                "id": "maps",
                "name": "Maps",
                "provider": "Maps Ltd",
                "purpose": "functional",
                "reason": "Shows the way.",
                "hosts": [{"host": "maps.example.org", "role": "frame"}],
                **keys,
            }
        ]
    ).services
    return found


def test_a_host_without_a_role_in_the_policy_needs_nothing_of_it() -> None:
    service = entry(
        hosts=[{"host": "*.tiles.example.org", "role": "inside"}, {"host": "maps.example.org", "role": "link"}]
    )

    assert service.content_security_policy == {}


def test_the_policy_follows_from_the_roles_and_from_further_needs() -> None:
    service = entry(
        hosts=[
            {"host": "maps.example.org", "role": ["script", "connect"]},
            {"host": "*.tiles.example.org", "role": "image"},
            {"host": "b.example.org", "role": "script"},
            {"host": "forms.example.org", "role": "form"},
        ],
        csp=[{"directive": "style-src", "allow": "'unsafe-inline'", "source": "s", "checked": "2026-01-01"}],
    )

    assert service.content_security_policy == {
        "connect-src": ("https://maps.example.org",),
        "form-action": ("https://forms.example.org",),
        "img-src": ("https://*.tiles.example.org",),
        "script-src": ("https://b.example.org", "https://maps.example.org"),
        "style-src": ("'unsafe-inline'",),
    }


def test_every_role_has_a_directive_or_none_at_all() -> None:
    assert set(ROLES) == {*DIRECTIVES, "inside", "link"}


def test_data_goes_to_the_country_of_the_provider_and_where_it_is_processed() -> None:
    assert entry().countries == ()
    assert entry(
        country={"value": "US", "source": "s", "checked": "2026-01-01"},
        transfer={
            "countries": ["US", "IE"],
            "mechanism": "standard-clauses",
            "source": "s",
            "checked": "2026-01-01",
        },
    ).countries == ("IE", "US")


def test_facts_without_a_source_have_that_of_the_entry() -> None:
    service = entry(
        source="https://maps.example.org/privacy",
        checked="2026-01-01",
        country={"value": "DE"},
        stores=[
            {"name": "a", "kind": "cookie", "party": "first", "duration": "PT30M", "purpose": "x"},
            {"name": "b", "kind": "local", "party": "first", "duration": "P1D", "purpose": "x", "source": "other"},
        ],
    )

    assert not isinstance(service.country, str)
    assert service.country.source == "https://maps.example.org/privacy"
    assert [(stored.source, stored.checked.isoformat()) for stored in service.stored] == [
        ("https://maps.example.org/privacy", "2026-01-01"),
        ("other", "2026-01-01"),
    ]


def test_a_fact_that_a_site_overrides_does_not_inherit_the_source_of_the_catalogue() -> None:
    with pytest.raises(ValidationError, match="Field required"):
        declared(services=[{"id": "youtube", "country": {"value": "US"}}])


def test_what_a_site_overrides_is_known() -> None:
    changes = {"purpose": "marketing", "name": "YouTube", "privacy_url": None}
    plain, changed = declared(services=["goatcounter", {"id": "youtube", **changes}]).services

    assert overridden(plain) == ()
    assert overridden(changed) == ("purpose", "privacy_url")
    assert overridden(entry()) == ()


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("a map", "de", "a map"),
        ({"en": "a map", "de": "eine Karte"}, "de", "eine Karte"),
        ({"en": "a map", "de": "eine Karte"}, "de-AT", "eine Karte"),
        ({"en": "a map", "de": "eine Karte", "de-at": "a Karten"}, "de-AT", "a Karten"),
        ({"en": "a map", "de": "eine Karte"}, "fr", "a map"),
        ({"de": "eine Karte", "nl": "een kaart"}, "fr", "eine Karte"),
    ],
)
def test_a_text_is_shown_in_the_language_of_the_page(text: Any, language: str, shown: str) -> None:
    assert in_language(text, language) == shown


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_word_of_the_form_can_be_said_to_visitors(language: str) -> None:
    path = FOLDER.parent / "messages" / f"{language}.toml"
    messages = tomllib.loads(path.read_text("utf-8"))

    assert (set(messages["sent"]), set(messages["role"]), set(messages["mechanism"])) == (
        set(SENT),
        set(ROLES),
        set(MECHANISMS),
    )


# When visitors are asked again


def revision(**keys: Any) -> str:
    return declared(services=[{**entry().model_dump(exclude_unset=True, mode="json"), **keys}]).consent_revision


STORED = {
    "name": "a",
    "kind": "cookie",
    "party": "first",
    "duration": "P1D",
    "purpose": "x",
    "source": "s",
    "checked": "2026-01-01",
}
MOVED = {"countries": ["IE"], "source": "s", "checked": "2026-01-01"}


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Another sentence."},
        {"name": "Our maps"},
        {"privacy_url": "https://maps.example.org/privacy"},
        {"source": "https://maps.example.org/", "checked": "2026-01-01"},
        {"retention": {"value": "a year", "source": "s", "checked": "2026-01-01"}},
        {"sends": ["ip-address"]},
    ],
)
def test_wording_and_sources_do_not_ask_visitors_again(change: dict[str, Any]) -> None:
    assert revision(**change) == revision()


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"purpose": "marketing"},
        {"provider": "Other Ltd"},
        {"country": {"value": "US", "source": "s", "checked": "2026-01-01"}},
        {"transfer": MOVED},
        {"transfer": {**MOVED, "countries": ["IE", "US"], "mechanism": "unknown"}},
        {"stores": [STORED]},
        {"needs_consent": False},
    ],
)
def test_what_visitors_agree_to_asks_them_again(change: dict[str, Any]) -> None:
    assert revision(**change) != revision()


@pytest.mark.parametrize("change", [{"duration": "P2D"}, {"name": "b"}])
def test_what_is_stored_and_how_long_asks_them_again(change: dict[str, Any]) -> None:
    assert revision(stores=[{**STORED, **change}]) != revision(stores=[STORED])


@pytest.mark.parametrize("change", [{"purpose": "y"}, {"source": "t"}, {"checked": "2026-02-01"}])
def test_what_is_said_of_the_stored_does_not(change: dict[str, Any]) -> None:
    assert revision(stores=[{**STORED, **change}]) == revision(stores=[STORED])


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_placeholder_has_a_word_for_all_that_is_sent(language: str) -> None:
    path = FOLDER.parent.parent / "cookie_banner" / "messages" / f"{language}.toml"

    assert set(tomllib.loads(path.read_text("utf-8"))["placeholder"]["sends"]) == set(SENT)
