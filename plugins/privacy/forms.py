"""Forms, as a site declares them: what is asked, what for, on which basis, how long it is kept, who receives it.

One file of `shipped_forms/` is a form that can be declared by its name; one file of `form_backends/` is a way in
which entries reach the company. A third party's host stands in its file of `services/`, not here.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from .facts import Entry, NonEmpty, Sourced, Text, written

SHIPPED = Path(__file__).with_name("shipped_forms")
BACKENDS = Path(__file__).with_name("form_backends")

Name = Annotated[str, written(r"[a-z][a-z0-9_-]*", "a name in small letters, such as “first-name”")]
CONSENT, POLICY_DATE, POLICY_REVISION = "consent", "policy_date", "policy_revision"
_RESERVED = frozenset({CONSENT, POLICY_DATE, POLICY_REVISION})
_WITH_OPTIONS = ("radio", "select")

Autocomplete = Literal[
    "off",
    "name",
    "honorific-prefix",
    "given-name",
    "family-name",
    "organization",
    "organization-title",
    "street-address",
    "address-line1",
    "address-line2",
    "postal-code",
    "address-level1",
    "address-level2",
    "country-name",
    "email",
    "tel",
    "url",
    "bday",
]
"""Autofill tokens. Source: WHATWG HTML, autofill; those for passwords and payment are left out on purpose."""


class Retention(Entry):
    """How long entries are kept: a period in ISO 8601 (`P12M`; `P0D` is at once), counted from an event."""

    period: Annotated[str, written(r"P\d+[DWMY]", "a time such as “P12M” (twelve months) or “P0D” (at once)")]
    after: Literal["submission", "last-message", "completion", "withdrawal"]


class Option(Entry):
    """One answer to choose. A shipped form has its label in the messages of the plugin."""

    value: Name
    label: Text | None = None


def _token(known: dict[str, Any]) -> Autocomplete:
    """Return the token that follows from a field's type: what people enter about themselves has one.

    Source: WCAG 2.2, 1.3.5.
    """
    kind = known.get("type")
    return "email" if kind == "email" else "tel" if kind == "tel" else "off"


class FormField(Entry):
    """One thing that is asked. `label` and `purpose` of a shipped form stand in the messages of the plugin.

    `retention` is given where it differs from the form's. `autocomplete` follows from the type unless it is given.
    """

    name: Name
    type: Literal["text", "email", "tel", "url", "number", "date", "textarea", "radio", "select"] = "text"
    label: Text | None = None
    purpose: Text | None = None
    required: bool = False
    retention: Retention | None = None
    autocomplete: Autocomplete = Field(default_factory=_token)
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _is_askable(self) -> FormField:
        if (self.type in _WITH_OPTIONS) != bool(self.options):
            raise ValueError('has "options" if its type is radio or select, and only then')
        if self.name in _RESERVED:
            raise ValueError(f'is called "{self.name}", which the plugin sends by itself')
        return self


class Form(Entry):
    """One form of the site.

    `backend`: an id of `form_backends/`. `account`: the site's name or number at a third party's backend.
    `action`: where the company's own endpoint is, `mail`: where a prepared mail goes (the controller otherwise).
    `thanks` and `error`: slugs of the pages that tell how it went.
    """

    id: Name
    backend: NonEmpty = "mailto"
    account: NonEmpty | None = None
    action: NonEmpty | None = None
    mail: Annotated[str, written(r"[^@\s,?&]+@[^@\s,?&]+", "a mail address")] | None = None
    purpose: Text | None = None
    basis: Literal["consent", "contract", "legitimate-interest", "legal-obligation"]
    retention: Retention
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]
    thanks: NonEmpty | None = None
    error: NonEmpty | None = None
    newsletter: bool = False
    double_opt_in: bool = False

    @field_validator("backend")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in backends():
            raise ValueError(f'"{value}" is no backend. The backends are {", ".join(backends())}')
        return value

    @model_validator(mode="after")
    def _is_complete(self) -> Form:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names):
            raise ValueError("asks for a field twice")
        backend = backends()[self.backend]
        for key in ("account", "action"):
            if (getattr(self, key) is not None) != (backend.needs == key):
                verb = "needs" if backend.needs == key else "takes no"
                raise ValueError(f'{verb} "{key}" with the backend "{self.backend}"')
        if self.account is not None and not re.fullmatch(r"[A-Za-z0-9_-]+", self.account):
            raise ValueError('has an "account" that is no plain name of letters, digits, - and _')
        if self.mail is not None and backend.needs != "mail":
            raise ValueError(f'takes no "mail" with the backend "{self.backend}"')
        return self

    @model_validator(mode="after")
    def _is_lawful_newsletter(self) -> Form:
        if not self.newsletter:
            return self
        if [field.type for field in self.fields if field.required] != ["email"]:
            raise ValueError("is a newsletter: it requires one field, the e-mail address, and no other")
        if self.basis != "consent" or not self.double_opt_in:
            raise ValueError('is a newsletter: its "basis" is consent, and "double_opt_in" is True')
        return self


class BackendField(Sourced):
    """A field that the backend gives a meaning to, as its provider documents it."""

    name: NonEmpty
    meaning: NonEmpty


class Backend(Entry):
    """One way for entries to reach the company.

    `needs`: what a form has to say to use it. `service`: the id of the third party in the catalogue, or none.
    `path`: of the form's address at that third party. `is_own_origin`: the third party takes it at the site's own
    address. `prefix`: what stands before the name of a field that the backend does not document. `fixed` and
    `attributes`: hidden fields and attributes of the form; `{form}` is its id. `honeypot`: the name of the trap.
    `thanks`: the hidden field with the address of the thank-you page, or `action`. `error`: the same for errors.
    """

    id: NonEmpty
    needs: Literal["mail", "action", "account", "nothing"]
    service: NonEmpty | None = None
    path: NonEmpty | None = None
    is_own_origin: bool = False
    prefix: str = ""
    fixed: dict[str, str] = Field(default_factory=dict)
    attributes: dict[str, str] = Field(default_factory=dict)
    honeypot: NonEmpty | None = None
    thanks: NonEmpty | None = None
    error: NonEmpty | None = None
    fields: tuple[BackendField, ...] = ()

    def field_name(self, name: str) -> str:
        """Return how a declared field is called in the request."""
        return name if not self.prefix or name in self.documented else self.prefix + name

    @property
    def documented(self) -> frozenset[str]:
        """The names that the backend gives a meaning to."""
        return frozenset(field.name for field in self.fields)


@lru_cache(maxsize=1)
def backends() -> dict[str, Backend]:
    """Return the backends by id, in the order of their ids."""
    return {name: Backend.model_validate(entry) for name, entry in _read(BACKENDS).items()}


@lru_cache(maxsize=1)
def shipped_forms() -> dict[str, dict[str, Any]]:
    """Return the raw forms of `shipped_forms/`, by id."""
    return _read(SHIPPED)


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        path.stem: {"id": path.stem, **tomllib.loads(path.read_text("utf-8"))}
        for path in sorted(folder.glob("*.toml"))
    }


def sent_names(form: Form) -> frozenset[str]:
    """Return every name that a request of the form may hold."""
    backend = backends()[form.backend]
    own = {backend.field_name(name) for name in (*_RESERVED, *(field.name for field in form.fields))}
    traps = {name for name in (backend.honeypot, backend.error, backend.thanks) if name}
    return frozenset(own | traps | set(backend.fixed) | backend.documented)
