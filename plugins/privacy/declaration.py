"""The declaration: which third parties the site uses, and whose a URL is. Read by everybody, changed by nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from . import about_consent, form_targets, urls
from .catalogue import Service, catalogue, overlaps
from .checks import WRONG_SETTING
from .facts import Host
from .findings import Finding
from .forms import Form
from .scripts import addresses_in
from .settings import Privacy
from .urls import Address, Party

_CACHED_VERDICTS = 2_048
_CACHED_SCRIPTS = 256


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
    def _hosts(self) -> _Hosts[_Folders]:
        return _hosts_of(self.services)

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

    def service_for(self, host: str, path: str = "/") -> Service | None:
        """Return the declared service that has this host, or this folder of it."""
        return _service_in(self._hosts, host, path)

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
    def record_target(self) -> str | None:
        """The origin that records of consent are sent to, where the company names one."""
        return about_consent.record_origin(self)

    @cached_property
    def forms_by_target(self) -> dict[str, tuple[Form, ...]]:
        """The declared forms by the address they are sent to."""
        found: dict[str, tuple[Form, ...]] = {}
        for form in self.forms:
            address = form_targets.target(form, self)
            if address is not None:
                found[address] = (*found.get(address, ()), form)
        return found

    def is_declared_own(self, host: str) -> bool:
        """Whether the company calls `host` its own."""
        return self._first_party.find(host) is not None

    def addresses_in_script(self, code: str) -> tuple[str, ...]:
        """Return an address of every service that an inline script uses, declared or not, sorted."""
        return self._script_addresses(code)

    @cached_property
    def _script_addresses(self) -> Callable[[str], tuple[str, ...]]:
        signs = _Signs(self.services)
        return lru_cache(maxsize=_CACHED_SCRIPTS)(lambda code: addresses_in(code, signs))

    def shares_domain(self, host: str) -> bool:
        """Whether a host stands below the same registered domain as the site."""
        domain = urls.registrable_domain(host)
        return domain is not None and domain == urls.registrable_domain(self.host)

    def party(self, host: str) -> Party:
        """Return whose a host is. Ports and schemes make no party; see `urls.registrable_domain`."""
        own = self.host
        if host == own:
            return Party.OWN
        if self._hosts.find(host):
            return Party.THIRD_PARTY  # also below the company's own domain, where a service may hide
        if self._first_party.find(host):
            return Party.FIRST_PARTY
        if self.shares_domain(host):
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

        party_of = lru_cache(maxsize=_CACHED_VERDICTS)(self.party)

        @lru_cache(maxsize=_CACHED_VERDICTS)
        def verdict(raw: str, base: str) -> Verdict:
            address = urls.read(raw, base)
            if address is None:
                return Verdict(Party.UNREADABLE, None, None)
            if address.scheme not in urls.WEB_SCHEMES:
                return Verdict(Party.NOT_WEB, address, None)
            return Verdict(party_of(address.host), address, self.service_for(address.host, address.path))

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


_Folders = tuple[tuple[str, Service], ...]
"""The services on one host, each with the folder in which it is; the deepest folder first."""


def _hosts_of(services: Iterable[Service]) -> _Hosts[_Folders]:
    folders: dict[str, list[tuple[str, Service]]] = {}
    for service in services:
        for pattern in service.hosts:
            folders.setdefault(pattern.host.removeprefix("*"), []).append((pattern.path, service))
    return _Hosts(
        (host, tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[1].id)))) for host, found in folders.items()
    )


def _service_in(hosts: _Hosts[_Folders], host: str, path: str) -> Service | None:
    return next((service for folder, service in hosts.find(host) or () if path.startswith(folder)), None)


def _with_apex(hosts: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield declared hosts: ".name" means the name itself as well."""
    for host in hosts:
        yield host, True
        if host.startswith("."):
            yield host[1:], True


class _Signs:
    """By what the services that wait for consent are known in a script: the declared ones, and the others of the
    catalogue. Of an address that two of them have, the declared one is meant."""

    def __init__(self, declared: Sequence[Service]) -> None:
        ids = {service.id for service in declared}
        known = [service for service in catalogue() if service.id not in ids]
        groups = [[service for service in group if service.needs_consent] for group in (declared, known)]
        self._hosts = [_hosts_of(group) for group in groups]
        self._programs = {
            name: service.home for group in reversed(groups) for service in group for name in service.markup.programs
        }

    def address_of_host(self, host: str, path: str) -> str | None:
        """Return the address where a service has it, or None."""
        is_known = any(_service_in(hosts, host, path) for hosts in self._hosts)
        return f"https://{host}{path}" if is_known else None

    def address_of_program(self, name: str) -> str | None:
        """Return an address of the service whose scripts have this global name, or None."""
        return self._programs.get(name)


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
        if not service.hosts and not service.markup.attributes:
            what = f'PRIVACY["services"]: "{service.id}" names no host by which it could be recognised.'
            way_out = f'Say where it runs: {{"id": "{service.id}", "hosts": [{{"host": "…", "role": "…"}}]}}.'
            found.append(_wrong(what, way_out))
        for pattern in service.hosts:
            if _is_own(pattern, declaration):
                what = f'PRIVACY["services"]: "{service.id}" claims {pattern.host}, which is the site\'s own.'
                found.append(_wrong(what, "A service is a third party; remove that host from it."))
    return [*found, *form_targets.contradictions(declaration), *about_consent.contradictions(declaration)]


def _is_own(pattern: Host, declaration: Declaration) -> bool:
    """Whether a host that a service claims is the site itself, or one that the company calls its own. Another host
    below the company's domain may well be a service: one that hides there, or one that the company runs itself."""
    host = pattern.host.removeprefix("*.")
    own = (declaration.host, urls.registrable_domain(declaration.host))
    return host in own or pattern.matches(declaration.host) or declaration.is_declared_own(host)


def _wrong(what: str, way_out: str) -> Finding:
    return Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)
