"""What a fact about a third party looks like: each with the place where it was read, and the day.

A value that nobody could source is the word `unknown`, and is shown as "not documented by the provider".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

UNKNOWN = "unknown"

TABLE, LIST, WORD = FORMS = ("<table>", "<list>", "<word>")


def form_of(value: Any) -> str:
    """Return which of its forms a value has, so that a mistake in it is told of that form alone."""
    if isinstance(value, (Mapping, BaseModel)):
        return TABLE
    return LIST if isinstance(value, (list, tuple)) else WORD


def written(pattern: str, what: str) -> AfterValidator:
    """Return the rule that a text is written as a pattern says. what: what such a text is, in words and with an
    example, for whoever wrote another one."""
    expression = re.compile(pattern)

    def checked(text: str) -> str:
        if expression.fullmatch(text) is None:
            raise ValueError(f"has to be {what}; it is {text!r}.")
        return text

    return AfterValidator(checked)


NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LanguageTag = Annotated[str, written(r"[a-z]{2,3}(-[a-z0-9]+)*", "a language in small letters, such as “en”")]
Country = Annotated[str, written(r"[A-Z]{2}", "a country in two capital letters, such as “DE”")]
Texts = Annotated[dict[LanguageTag, NonEmpty], Field(min_length=1)]
Text = Annotated[Annotated[NonEmpty, Tag(WORD)] | Annotated[Texts, Tag(TABLE)], Discriminator(form_of)]
"""A text for visitors: one for all languages, or one for each: `{en = "…", de = "…"}`. See `in_language`."""

Purpose = Literal["necessary", "functional", "statistics", "marketing"]
Sent = Literal[
    "ip-address",  # of the visitor, as with every request
    "browser",  # name and version of browser and operating system, as with every request
    "referrer",  # the address, or only the host, of the page that the request comes from
    "page-address",  # the full address of the page, read by a script
    "device",  # what a script reads of the device: size of the screen, language, time zone
    "behaviour",  # what the visitor does: clicks, scrolling, what is played
    "identifier",  # a number by which the visitor is known again
    "form-entries",  # what the visitor types into a form and sends
]
Mechanism = Literal[
    "adequacy-decision",  # GDPR Art. 45
    "data-privacy-framework",  # GDPR Art. 45, certified US companies
    "standard-clauses",  # GDPR Art. 46(2)(c)
    "binding-corporate-rules",  # GDPR Art. 46(2)(b)
    "explicit-consent",  # GDPR Art. 49(1)(a)
    "unknown",
]
ConsentType = Literal["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"]
"""What Google Consent Mode v2 asks about: https://support.google.com/analytics/answer/13802165"""
Role = Literal[
    "script", "style", "image", "font", "media", "frame", "object", "connect", "worker", "form",
    "inside",  # asked by the provider's own frame only: a recipient, but no matter of this site's policy
    "link",  # visited on a click only
]  # fmt: skip

EEA = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())
"""The European Economic Area: the European Union, Iceland, Liechtenstein and Norway."""

DIRECTIVES: Mapping[Role, str] = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "media": "media-src",
    "frame": "frame-src",
    "object": "object-src",
    "connect": "connect-src",
    "worker": "worker-src",
    "form": "form-action",
}
"""What lets a host play its role through a Content Security Policy (Level 3)."""

SENT: tuple[str, ...] = get_args(Sent)
MECHANISMS: tuple[str, ...] = get_args(Mechanism)
ROLES: tuple[str, ...] = get_args(Role)


def in_language(text: str | Mapping[str, str], language: str) -> str:
    """Return a text for readers of a language tag: in it, in its main language, in English, in the first there is."""
    if isinstance(text, str):
        return text
    tag = language.lower()
    for candidate in (tag, tag.partition("-")[0], "en"):
        if candidate in text:
            return text[candidate]
    return next(iter(text.values()))


class Entry(BaseModel):
    """Base of everything declared: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Entry):
    """Something that is known. source: where it was read, an address or a description. checked: on which day."""

    source: NonEmpty
    checked: date


class CountryFact(Sourced):
    """A country, by its two-letter code of ISO 3166."""

    value: NonEmpty

    @field_validator("value")
    @classmethod
    def _is_country_code(cls, value: str) -> str:
        if not (len(value) == 2 and value.isascii() and value.isupper()):
            raise ValueError(f'is "{value}", which is no ISO 3166 code such as "DE"')
        return value


class Statement(Sourced):
    """Something that is known, in words."""

    value: Text


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


_HOSTS = r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+"


class Host(Entry):
    """A host of the service: `www.example.org`, or `*.example.org` for everything below it.

    role: what browsers fetch from it or send to it; one word or several. path: the folder in which the service is,
    where one host serves several. Source and day may be missing where a company describes a service itself.
    """

    host: Annotated[str, written(_HOSTS, "a host such as “www.example.org” or “*.example.org”")]
    role: Annotated[tuple[Role, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    path: Annotated[str, written(r"/([^?#\s]*/)?", "a folder such as “/maps/”")] = "/"
    source: NonEmpty | None = None
    checked: date | None = None

    @property
    def url(self) -> str:
        """The address as a Content Security Policy names it: `https://*.example.org`."""
        return f"https://{self.host}{self.path.removesuffix('/') and self.path}"

    def matches(self, host: str) -> bool:
        """Whether `host` (ASCII, lower case) is meant. A pattern `*.x` does not mean `x` itself."""
        if self.host.startswith("*."):
            return host.endswith(self.host[1:])
        return host == self.host


class Stored(Sourced):
    """One thing the service keeps on the visitor's device.

    name: as it is stored; `*` stands for any characters. party: `first` where the site itself keeps it, as a
    cookie of the site's own domain that a script of the provider writes; only that can be deleted by the site.
    path: of a cookie. duration: ISO 8601 (`P13M`, `PT30M`), `session`, `until deleted` or `unknown`.
    """

    name: NonEmpty
    kind: Literal["cookie", "local", "session", "indexeddb", "unknown"]
    party: Literal["first", "third"]
    path: Annotated[str, written(r"/[^;\s]*", "the path of a cookie, such as “/”")] = "/"
    duration: NonEmpty
    purpose: Text

    @field_validator("duration")
    @classmethod
    def _is_duration(cls, value: str) -> str:
        iso8601 = value.startswith("P") and value[1:].isalnum() and value[-1:].isalpha()
        if not (iso8601 and any(character.isdigit() for character in value)) and value not in _OTHER_DURATIONS:
            raise ValueError("is neither an ISO 8601 duration (P13M) nor session, until deleted or unknown")
        return value


_OTHER_DURATIONS = ("session", "until deleted", UNKNOWN)


class NothingStored(Sourced):
    """The documented claim that the service keeps nothing on the device."""

    nothing: Literal[True]


class Transfer(Sourced):
    """Where the provider processes the data, and what allows it to take them out of the European Economic Area."""

    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    mechanism: Annotated[tuple[Mechanism, ...], BeforeValidator(_as_tuple)] = ()

    @model_validator(mode="after")
    def _is_allowed(self) -> Transfer:
        outside = sorted(set(self.countries) - EEA)
        if outside and not self.mechanism:
            raise ValueError(
                f'takes data to {", ".join(outside)}, and names no "mechanism" that allows it (or "unknown")'
            )
        return self


class Need(Sourced):
    """What a Content Security Policy has to let through besides the hosts: `{directive = "style-src",
    allow = "'unsafe-inline'"}`."""

    directive: NonEmpty
    allow: NonEmpty

    @field_validator("directive")
    @classmethod
    def _is_directive(cls, value: str) -> str:
        if value not in DIRECTIVES.values():
            raise ValueError(f'is "{value}", which is none of {", ".join(sorted(DIRECTIVES.values()))}')
        return value


class Markup(Entry):
    """What gives the service away where no address does.

    programs: the global names that its inline scripts use (`gtag`, `_paq`). attributes: those that hand a form of
    the site to it. shows_content: whether its script shows something where it stands, which then gets a placeholder.
    """

    programs: tuple[Annotated[str, written(r"[A-Za-z_$][\w$]*", "a name in JavaScript, such as “gtag”")], ...] = ()
    attributes: tuple[Annotated[str, written(r"[a-z][a-z0-9-]*", "an attribute, such as “data-form”")], ...] = ()
    shows_content: bool = False
