"""The service catalogue: what each third party is, where it is reached, what it stores and receives.

One file of `services/` is one service; a site's own service is a table of the same form in
`PRIVACY["services"]`. A host of a third party stands here and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

FOLDER = Path(__file__).with_name("services")
UNKNOWN = "unknown"

Purpose = Literal["functional", "statistics", "marketing"]
NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Entry(BaseModel):
    """Base of everything declared: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(Entry):
    """One thing that is known, with the place and the day it was read. A value nobody could source is
    the word `unknown`, and is shown as "not documented by the provider"."""

    value: NonEmpty
    source: NonEmpty
    checked: date


class Host(Entry):
    """A host of the service: `www.example.org`, or `*.example.org` for everything below it."""

    host: Annotated[str, StringConstraints(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    role: NonEmpty

    def matches(self, host: str) -> bool:
        """Whether `host` (ASCII, lower case) is meant. A pattern `*.x` does not mean `x` itself."""
        if self.host.startswith("*."):
            return host.endswith(self.host[1:])
        return host == self.host


class Stored(Entry):
    """One thing the service keeps on the visitor's device."""

    name: NonEmpty
    kind: Literal["cookie", "local", "session", "indexeddb", "unknown"]
    party: Literal["first", "third"]
    duration: NonEmpty
    purpose: NonEmpty
    source: NonEmpty
    checked: date

    @field_validator("duration")
    @classmethod
    def _is_duration(cls, value: str) -> str:
        iso8601 = value.startswith("P") and value[1:].isalnum() and value[1:2].isdigit()
        if not iso8601 and value not in ("session", "until deleted", UNKNOWN):
            raise ValueError("is neither an ISO 8601 duration (P13M) nor session, until deleted or unknown")
        return value


class NothingStored(Entry):
    """The documented claim that the service keeps nothing on the device."""

    nothing: Literal[True]
    source: NonEmpty
    checked: date


class Service(Entry):
    """A third party that the site may use.

    `country` is the provider's, by its two-letter code of ISO 3166.
    `link` turns the path of an embed into the page that shows the same content at the provider: the
    keys are path prefixes, `{rest}` is what follows them.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    name: NonEmpty
    provider: NonEmpty
    country: Fact | Literal["unknown"] = "unknown"
    purpose: Purpose
    needs_consent: bool = True
    reason: NonEmpty
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    stores: tuple[Stored, ...] | NothingStored | Literal["unknown"] = "unknown"
    sends: tuple[NonEmpty, ...] = ()
    retention: Fact | Literal["unknown"] = "unknown"
    privacy_url: NonEmpty | None = None
    link: dict[str, NonEmpty] = Field(default_factory=dict)

    @field_validator("country")
    @classmethod
    def _is_country_code(cls, value: Fact | str) -> Fact | str:
        if isinstance(value, Fact) and not (len(value.value) == 2 and value.value.isupper()):
            raise ValueError(f'has the value "{value.value}", which is no ISO 3166 code such as "DE"')
        return value

    @property
    def stored(self) -> tuple[Stored, ...]:
        """What the service is known to keep on the device; nothing where that is unknown."""
        return self.stores if isinstance(self.stores, tuple) else ()

    def page_for(self, path: str) -> str | None:
        """Return the provider's page that shows what an embed with this path shows, where that is known."""
        for prefix, target in self.link.items():
            if path.startswith(prefix):
                return target.replace("{rest}", path.removeprefix(prefix))
        return None

    def matches(self, host: str) -> bool:
        """Whether `host` belongs to this service."""
        return any(pattern.matches(host) for pattern in self.hosts)


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[str, Any]]:
    """Return the raw entries of `services/`, by id, in the order of their names."""
    return {path.stem: {"id": path.stem, **_read(path)} for path in sorted(FOLDER.glob("*.toml"))}


@lru_cache(maxsize=1)
def catalogue() -> tuple[Service, ...]:
    """Return the services of the catalogue, in the order of their ids."""
    return tuple(Service.model_validate(entry) for entry in shipped().values())


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def overlaps(services: tuple[Service, ...]) -> Iterator[tuple[Service, Service, str]]:
    """Yield pairs of services that claim the same host, with the host or pattern they share."""
    for index, one in enumerate(services):
        for other in services[index + 1 :]:
            for host in one.hosts:
                for pattern in other.hosts:
                    if host.matches(pattern.host.removeprefix("*")) or pattern.matches(host.host.removeprefix("*")):
                        yield one, other, min(host.host, pattern.host)
                    elif host.host == pattern.host:
                        yield one, other, host.host
