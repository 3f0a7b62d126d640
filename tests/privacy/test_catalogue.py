"""The catalogue of services: one file each, and nothing in it that nobody read somewhere."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from plugins.privacy.catalogue import FOLDER, Host, NothingStored, Service, Stored, catalogue, overlaps, shipped

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


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", [(), ("hosts", 0)])
def test_an_unknown_field_is_refused(name: str, place: tuple[Any, ...]) -> None:
    entry: dict[str, Any] = {"id": name, **raw(name)}
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
    for key in ("country", "retention"):
        fact = getattr(service(name), key)
        if not isinstance(fact, str):
            _is_sourced(fact)
        else:
            assert fact == "unknown"
    stores = service(name).stores
    for stored in stores if isinstance(stores, tuple) else ():
        _is_sourced(stored)
    if isinstance(stores, NothingStored):
        _is_sourced(stores)
    if isinstance(stores, str):
        assert stores == "unknown"


def _is_sourced(fact: Any) -> None:
    assert fact.source.startswith(("https://", "measured: ")), fact
    assert date(2025, 1, 1) <= fact.checked <= TOMORROW, fact


@pytest.mark.parametrize("name", NAMES)
def test_every_text_ends_as_a_sentence_and_every_address_is_secure(name: str) -> None:
    entry = service(name)

    assert entry.reason.endswith(".")
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
        Host(host=wrong, role="x")


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
    assert Host(host=pattern, role="x").matches(host) is matches


@pytest.mark.parametrize("wrong", ["", "1 year", "13M", "P", "PM", "P 1 D", "forever", "Session"])
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
