"""What a site declares: `PRIVACY`, read and checked at once.

Every mistake is told in one message, with its path and the way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from . import urls
from .catalogue import Service, shipped, with_sources
from .facts import Country, Entry, NonEmpty, Text, written
from .forms import Form, shipped_forms
from .validation import nearest

_HOST = r"(\.)?[a-z0-9-]+(\.[a-z0-9-]+)*"
HostName = Annotated[str, written(_HOST, "a host in small letters, such as “docs.example.org”")]
Duration = Annotated[str, written(r"P[1-9][0-9]*[DWMY]", "a time such as “P7D” (seven days) or “P6M” (six months)")]
WebAddress = Annotated[str, written(r"https?://[^\s/].*", "a web address that begins with https://")]
_CONTACT = r"mailto:[^\s@]+@[^\s@]+|tel:[0-9+().-]+|https://\S+"
SecurityContact = Annotated[str, written(_CONTACT, "an address that begins with mailto:, tel: or https://")]
MailAddress = Annotated[str, written(r"[^\s@]+@[^\s@]+", "a mail address")]
Logged = Literal["ip-address", "time", "page-address", "status", "bytes", "referrer", "browser"]


def _entry(item: Any) -> Any:
    """Return the catalogue's entry for a name, or for a table with that id, with what the table overrides."""
    known = shipped()
    if isinstance(item, str):
        if item not in known:
            raise ValueError(f'"{item}" is no service of the catalogue.{nearest(item, known)}')
        return known[item]
    if isinstance(item, Mapping):
        return {**known.get(str(item.get("id")), {}), **with_sources(item)}
    return item


def _form(item: Any) -> Any:
    """Return the shipped form of a name, or of a table with that id, with what the table overrides."""
    known = shipped_forms()
    if isinstance(item, str):
        if item not in known:
            raise ValueError(f'"{item}" is no form that ships.{nearest(item, known)}')
        return known[item]
    return {**known.get(str(item.get("id")), {}), **item} if isinstance(item, Mapping) else item


class Authority(Entry):
    """The data protection authority that is responsible for the company. url: its page for complaints."""

    name: NonEmpty
    address: tuple[NonEmpty, ...] = ()
    url: WebAddress | None = None


class Controller(Entry):
    """Who answers for the site: the company that the banner and the policy name (GDPR Art. 13(1)(a) and (b)).

    address: its postal address, by lines, without the country. dpo: contact of the data protection officer,
    where one is appointed. representative: the representative in the Union, where one is appointed.
    """

    name: NonEmpty
    email: NonEmpty
    address: Annotated[tuple[NonEmpty, ...], Field(min_length=1)]
    country: Country
    phone: NonEmpty | None = None
    dpo: NonEmpty | None = None
    representative: NonEmpty | None = None
    authority: Authority | None = None


class Hosting(Entry):
    """Who runs the web server, and what it writes down of each request.

    retention: how long that is kept, as an ISO 8601 duration. basis: the legal basis, a point of GDPR
    Art. 6(1); interest: the interest that point (f) asks for, in one language or by language.
    """

    provider: NonEmpty
    country: Country
    logged: Annotated[tuple[Logged, ...], Field(min_length=1)]
    retention: Duration
    basis: Literal["a", "b", "c", "d", "e", "f"] = "f"
    interest: Text | None = None


class Security(Entry):
    """Where to report a weakness of the site: the content of `/.well-known/security.txt` (RFC 9116).

    contact: addresses in the order of preference, each a URI (`mailto:`, `https:`, `tel:`). expires: the day
    from which the file is not to be trusted any more. policy: the page on how reports are dealt with.
    """

    contact: Annotated[tuple[SecurityContact, ...], Field(min_length=1)]
    expires: date
    policy: WebAddress | None = None


class Headers(Entry):
    """What the derived headers cannot know. dangerously_allow_csp: id of a service → the reason why it may weaken the
    Content Security Policy of the whole site in the ways that its entry names."""

    dangerously_allow_csp: dict[str, NonEmpty] = Field(default_factory=dict)


class Consent(Entry):
    """What happens with a visitor's choice besides that it is kept.

    record_endpoint: where a record of it is sent to, an address or a path of the site ("/consent-records"); nowhere
    unless it is set. sells_or_shares: whether the company sells personal information or shares it for advertising
    across contexts (California Civil Code 1798.140); every page then has the link that 1798.135(a) asks for.
    """

    record_endpoint: NonEmpty | None = None
    sells_or_shares: bool = False


class Partner(Entry):
    """A company or project that the site calls its partner, with the hosts that are its own."""

    name: NonEmpty
    hosts: Annotated[tuple[HostName, ...], Field(min_length=1)]


class OwnStored(Entry):
    """One thing that the site's own scripts keep on the visitor's device.

    name: of the cookie or the entry; `*` stands for any run of characters. duration: as in a service's `stores`.
    purpose: what it is for, in one language or by language.
    """

    name: NonEmpty
    kind: Literal["cookie", "local", "session", "indexeddb", "unknown"]
    duration: NonEmpty
    purpose: Text

    def matches(self, name: str) -> bool:
        """Whether a thing with this name is meant."""
        return fnmatchcase(name, self.name.replace("[", "[[]").replace("?", "[?]"))


class Excepted(Entry):
    """A finding that is accepted for a while.

    check: the name of the check. place: the file, or file:line, as the finding tells it. reason: why it is
    right as it is. until: the last day on which the exception holds.
    """

    check: NonEmpty
    place: NonEmpty
    reason: NonEmpty
    until: date


class Privacy(Entry):
    """The setting `PRIVACY`.

    site: canonical origin of the published site, such as "https://www.example.com".
    controller: who answers for the site.
    hosting: who runs the web server, and what it logs.
    first_party: further hosts of the company; ".example.net" means everything below as well.
    partners: companies and projects whose links are marked as a partner's.
    services: third parties in use, by catalogue name or as a table (`{"id": …}` plus what differs).
    consent: what happens with a visitor's choice besides that it is kept.
    security: where to report weaknesses; the site has a security.txt then.
    forms: the forms of the site, by the name of one that ships or as a table (`{"id": …}` plus what differs).
    headers: exceptions from the strict headers, with their reasons.
    stores: what the site's own scripts keep on the visitor's device.
    public_mail: mail addresses that may stand on the site, besides the controller's.
    exceptions: findings that are accepted, each with its reason and for how long.
    strict: whether notes stop the site as errors do.
    """

    site: NonEmpty
    controller: Controller
    hosting: Hosting
    first_party: tuple[HostName, ...] = ()
    partners: tuple[Partner, ...] = ()
    services: tuple[Annotated[Service, BeforeValidator(_entry)], ...] = ()
    consent: Consent = Consent()
    security: Security | None = None
    forms: tuple[Annotated[Form, BeforeValidator(_form)], ...] = ()
    headers: Headers = Headers()
    stores: tuple[OwnStored, ...] = ()
    public_mail: tuple[MailAddress, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    strict: bool = False

    @field_validator("site")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        address = urls.read(value, "about:blank")
        if address is None or address.scheme not in ("http", "https") or not address.host:
            raise ValueError('is not a web address such as "https://www.example.com"')
        if "@" in address.href:
            raise ValueError("is an origin, without a user name")
        if address.path not in ("", "/") or "?" in value or "#" in value:
            raise ValueError("is an origin, without path, query or fragment")
        return address.href.rstrip("/")

    @model_validator(mode="after")
    def _nothing_twice(self) -> Privacy:
        for key, ids in (
            ("services", [item.id for item in self.services]),
            ("forms", [item.id for item in self.forms]),
        ):
            twice = sorted({name for name in ids if ids.count(name) > 1})
            if twice:
                raise ValueError(f'["{key}"] names {", ".join(twice)} twice')
        return self
