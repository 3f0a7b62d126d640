"""The service catalogue: what each third party is, where it is reached, what it stores and receives.

One file of `services/` is one service; a site's own service is a table of the same form in
`PRIVACY["services"]`. A host of a third party stands here and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from .facts import (
    DIRECTIVES,
    LIST,
    TABLE,
    WORD,
    ConsentType,
    CountryFact,
    Entry,
    Host,
    Markup,
    Need,
    NonEmpty,
    NothingStored,
    Purpose,
    Sent,
    Statement,
    Stored,
    Text,
    Texts,
    Transfer,
    form_of,
    written,
)

FOLDER = Path(__file__).with_name("services")

_Unknown = Annotated[Literal["unknown"], Tag(WORD)]
_Form = Discriminator(form_of)
_Country = Annotated[Annotated[CountryFact, Tag(TABLE)] | _Unknown, _Form]
_Stores = Annotated[Annotated[tuple[Stored, ...], Tag(LIST)] | Annotated[NothingStored, Tag(TABLE)] | _Unknown, _Form]
_Statement = Annotated[Annotated[Statement, Tag(TABLE)] | _Unknown, _Form]
_Transfer = Annotated[Annotated[Transfer, Tag(TABLE)] | _Unknown, _Form]
_Sent = Annotated[Annotated[Sent, Tag(WORD)] | Annotated[Texts, Tag(TABLE)], _Form]


class Service(Entry):
    """A third party that the site may use.

    source, checked: where what has no source of its own was read (name, provider, what it sends), and when.
    link: turns the path of an embed into the page that shows the same content at the provider: the keys are path
    prefixes, `{rest}` is what follows them. consent_mode: the types of Google Consent Mode v2 that it respects.
    """

    id: Annotated[str, written(r"[a-z0-9-]+", "a name in small letters, such as “maps”")]
    name: NonEmpty
    provider: NonEmpty
    source: NonEmpty | None = None
    checked: date | None = None
    country: _Country = "unknown"
    purpose: Purpose
    needs_consent: bool = True
    reason: Text
    hosts: tuple[Host, ...] = ()
    markup: Markup = Markup()
    stores: _Stores = "unknown"
    sends: tuple[_Sent, ...] = ()
    retention: _Statement = "unknown"
    transfer: _Transfer = "unknown"
    csp: tuple[Need, ...] = ()
    consent_mode: tuple[ConsentType, ...] = ()
    privacy_url: NonEmpty | None = None
    link: dict[str, NonEmpty] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_necessary_or_waits(self) -> Service:
        if self.purpose == "necessary" and self.needs_consent:
            raise ValueError(
                'has the purpose "necessary", which is for what loads nothing before a click (needs_consent = False)'
            )
        return self

    @property
    def stored(self) -> tuple[Stored, ...]:
        """What the service is known to keep on the device; nothing where that is unknown."""
        return self.stores if isinstance(self.stores, tuple) else ()

    @property
    def countries(self) -> tuple[str, ...]:
        """Where the data is known to go: the provider's country and those of the transfer, sorted."""
        found = set() if isinstance(self.country, str) else {self.country.value}
        return tuple(sorted(found.union(() if isinstance(self.transfer, str) else self.transfer.countries)))

    @property
    def content_security_policy(self) -> dict[str, tuple[str, ...]]:
        """What a Content Security Policy has to let through once the visitor has agreed, by directive."""
        needs = [
            (DIRECTIVES[role], pattern.url) for pattern in self.hosts for role in pattern.role if role in DIRECTIVES
        ]
        needs += [(need.directive, need.allow) for need in self.csp]
        return {
            directive: tuple(sorted({allow for name, allow in needs if name == directive}))
            for directive in sorted({name for name, _ in needs})
        }

    def page_for(self, path: str) -> str | None:
        """Return the provider's page that shows what an embed with this path shows, where that is known."""
        for prefix, target in self.link.items():
            if path.startswith(prefix):
                return target.replace("{rest}", path.removeprefix(prefix))
        return None

    def matches(self, host: str, path: str = "/") -> bool:
        """Whether an address with this host and path belongs to this service."""
        return any(pattern.matches(host) and path.startswith(pattern.path) for pattern in self.hosts)

    @property
    def home(self) -> str | None:
        """An address of the service that stands for its scripts, or None where it has no host."""
        ranked = sorted(self.hosts, key=lambda pattern: "script" not in pattern.role)
        return ranked[0].url.replace("*", "www") if ranked else None


_FACTS = ("country", "retention", "transfer", "stores", "hosts", "csp")


def with_sources(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a raw entry whose facts have the entry's own source and day where they name none."""
    given = {key: entry[key] for key in ("source", "checked") if key in entry}
    return {**entry, **{key: _sourced(entry[key], given) for key in _FACTS if key in entry}} if given else {**entry}


def _sourced(fact: Any, given: Mapping[str, Any]) -> Any:
    if isinstance(fact, Mapping):
        return {**given, **fact}
    return [_sourced(item, given) for item in fact] if isinstance(fact, (list, tuple)) else fact


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[str, Any]]:
    """Return the raw entries of `services/`, by id, in the order of their names; every fact with its source."""
    return {path.stem: with_sources({"id": path.stem, **_read(path)}) for path in sorted(FOLDER.glob("*.toml"))}


@lru_cache(maxsize=1)
def catalogue() -> tuple[Service, ...]:
    """Return the services of the catalogue, in the order of their ids."""
    return tuple(Service.model_validate(entry) for entry in shipped().values())


def known_service(host: str, path: str = "/") -> Service | None:
    """Return the service of the catalogue to which an address with this host and path belongs, or None."""
    return next((service for service in catalogue() if service.matches(host, path)), None)


def overridden(service: Service) -> tuple[str, ...]:
    """Return the keys in which a declared service differs from the catalogue's, in the order of the form; nothing
    for a service that the catalogue does not have."""
    known = next((known for known in catalogue() if known.id == service.id), service)
    return tuple(key for key in Service.model_fields if getattr(service, key) != getattr(known, key))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def overlaps(services: tuple[Service, ...]) -> Iterator[tuple[Service, Service, str]]:
    """Yield pairs of services that claim the same host, with the host or pattern they share."""
    for index, one in enumerate(services):
        for other in services[index + 1 :]:
            for host in one.hosts:
                for pattern in other.hosts:
                    if not (host.path.startswith(pattern.path) or pattern.path.startswith(host.path)):
                        continue
                    if host.matches(pattern.host.removeprefix("*")) or pattern.matches(host.host.removeprefix("*")):
                        yield one, other, min(host.host, pattern.host)
                    elif host.host == pattern.host:
                        yield one, other, host.host
