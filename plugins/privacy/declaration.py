"""The declaration: which third parties the site uses, and whose a URL is. Read by everybody, changed by nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from . import form_targets, urls
from .catalogue import Service, overlaps
from .checks import WRONG_SETTING
from .findings import Finding
from .forms import Form
from .settings import Privacy
from .urls import Address, Party

_CACHED_VERDICTS = 2_048


class Verdict(NamedTuple):
    """What is known of one URL: whose it is, how a browser reads it, and the declared service it belongs to."""

    party: Party
    address: Address | None
    service: Service | None

    @property
    def host(self) -> str:
        """The host as a browser connects to it, or nothing."""
        return self.address.host if self.address else ""

    @property
    def is_foreign(self) -> bool:
        """Whether a request to it leaves the company's own hosts."""
        return self.party in (Party.THIRD_PARTY, Party.PARTNER)


@dataclass(frozen=True)
class Declaration:
    """All that the site declares, in the form that the rules ask for.

    `site` is the canonical origin without a trailing slash.
    """

    privacy: Privacy

    @property
    def site(self) -> str:
        """The canonical origin, such as `https://www.example.com`."""
        return self.privacy.site

    @cached_property
    def host(self) -> str:
        """The host of the canonical origin."""
        address = urls.read(self.site, "about:blank")
        assert address is not None, "the setting was validated"
        return address.host

    @cached_property
    def _hosts(self) -> _Hosts[Service]:
        patterns = [
            (pattern.host.removeprefix("*"), service) for service in self.services for pattern in service.hosts
        ]
        return _Hosts(patterns)

    @cached_property
    def _first_party(self) -> _Hosts[bool]:
        return _Hosts(_with_apex(self.privacy.first_party))

    @cached_property
    def _partners(self) -> _Hosts[bool]:
        return _Hosts(_with_apex(host for partner in self.privacy.partners for host in partner.hosts))

    @property
    def services(self) -> tuple[Service, ...]:
        """The declared services, in the order in which they were declared."""
        return self.privacy.services

    @property
    def asks_consent(self) -> bool:
        """Whether any declared service has to wait for the visitor's consent."""
        return any(service.needs_consent for service in self.services)

    def service_for(self, host: str) -> Service | None:
        """Return the declared service that has `host`."""
        return self._hosts.find(host)

    def service(self, service_id: str) -> Service | None:
        """Return the declared service with that id."""
        return next((service for service in self.services if service.id == service_id), None)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The declared forms, in the order in which they were declared."""
        return self.privacy.forms

    def form(self, form_id: str) -> Form | None:
        """Return the declared form with that id."""
        return next((form for form in self.forms if form.id == form_id), None)

    @cached_property
    def form_targets(self) -> tuple[str, ...]:
        """The origins that forms are sent to, the site's own among them where it is one; sorted."""
        return form_targets.origins(self)

    @cached_property
    def forms_by_target(self) -> dict[str, tuple[Form, ...]]:
        """The declared forms by the address they are sent to."""
        found: dict[str, tuple[Form, ...]] = {}
        for form in self.forms:
            address = form_targets.target(form, self)
            if address is not None:
                found[address] = (*found.get(address, ()), form)
        return found

    def party(self, host: str) -> Party:
        """Return whose a host is. Ports and schemes make no party; see `urls.registrable_domain`."""
        own = self.host
        if host == own:
            return Party.OWN
        if self._first_party.find(host):
            return Party.FIRST_PARTY
        domain = urls.registrable_domain(host)
        if domain is not None and domain == urls.registrable_domain(own):
            return Party.FIRST_PARTY
        return Party.PARTNER if self._partners.find(host) else Party.THIRD_PARTY

    @property
    def consent_revision(self) -> str:
        """A short name of all that a visitor agrees to; visitors are asked again when it changes.

        It covers the services that need consent: id, purpose, recipient, the countries that the data goes to, stored
        names with durations. Sources, check dates and wording do not count.
        """
        facts = [
            {
                "id": service.id,
                "purpose": service.purpose,
                "recipient": service.provider,
                "countries": service.countries,
                "stores": sorted((item.name, item.duration) for item in service.stored),
            }
            for service in sorted(self.services, key=lambda service: service.id)
            if service.needs_consent
        ]
        canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def reader(self) -> Callable[[str, str], Verdict]:
        """Return a function from a raw URL and the base URL of its document to its verdict.

        It remembers what it read: a menu is the same on every page. The same function has to see one
        declaration only, so it lives as long as one build.
        """

        @lru_cache(maxsize=_CACHED_VERDICTS)
        def of_host(host: str) -> tuple[Party, Service | None]:
            return self.party(host), self.service_for(host)

        @lru_cache(maxsize=_CACHED_VERDICTS)
        def verdict(raw: str, base: str) -> Verdict:
            address = urls.read(raw, base)
            if address is None:
                return Verdict(Party.UNREADABLE, None, None)
            if address.scheme not in urls.WEB_SCHEMES:
                return Verdict(Party.NOT_WEB, address, None)
            party, service = of_host(address.host)
            return Verdict(party, address, service)

        return verdict


Meaning = TypeVar("Meaning")


class _Hosts(Generic[Meaning]):
    """Hosts with a meaning: a name means itself, ".name" everything below it."""

    def __init__(self, patterns: Iterable[tuple[str, Meaning]]) -> None:
        patterns = list(patterns)
        self._exact = {pattern: meaning for pattern, meaning in patterns if not pattern.startswith(".")}
        self._below = [(pattern, meaning) for pattern, meaning in patterns if pattern.startswith(".")]
        self._suffixes = tuple(pattern for pattern, _ in self._below)

    def find(self, host: str) -> Meaning | None:
        """Return what `host` means, or None."""
        if host in self._exact:
            return self._exact[host]
        if not host.endswith(self._suffixes):
            return None
        return next(meaning for pattern, meaning in self._below if host.endswith(pattern))


def _with_apex(hosts: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield declared hosts: ".name" means the name itself as well."""
    for host in hosts:
        yield host, True
        if host.startswith("."):
            yield host[1:], True


def contradictions(privacy: Privacy) -> list[Finding]:
    """Return what no single setting shows: hosts that two services claim, and services on own hosts."""
    found = []
    for one, other, host in overlaps(privacy.services):
        what = f'PRIVACY["services"]: "{one.id}" and "{other.id}" both claim the host {host}.'
        found.append(_wrong(what, "Leave one of them out, or narrow its hosts."))
    declaration = Declaration(privacy)
    named = [*privacy.first_party, *(host for partner in privacy.partners for host in partner.hosts)]
    named += [pattern.host for service in privacy.services for pattern in service.hosts]
    for host in dict.fromkeys(named):
        name = host.removeprefix("*").removeprefix(".")
        if host != name and urls.registrable_domain(name) is None:
            what = f"PRIVACY: {host} means everybody's hosts below a public suffix."
            found.append(_wrong(what, "Name the hosts that are meant."))
    for service in privacy.services:
        for pattern in service.hosts:
            host = pattern.host.removeprefix("*.")
            if declaration.party(host) in (Party.OWN, Party.FIRST_PARTY) or pattern.matches(declaration.host):
                what = f'PRIVACY["services"]: "{service.id}" claims {pattern.host}, which is the site\'s own.'
                found.append(_wrong(what, "A service is a third party; remove that host from it."))
    return [*found, *form_targets.contradictions(declaration)]


def _wrong(what: str, way_out: str) -> Finding:
    return Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)
