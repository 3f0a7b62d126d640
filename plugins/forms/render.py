"""The markup of a declared form, in one language: a form for a backend, or a prepared mail.

Pure: the declaration, words and addresses in, HTML out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..privacy.declaration import Declaration
from ..privacy.form_targets import service_of, target
from ..privacy.forms import CONSENT, POLICY_DATE, POLICY_REVISION, Backend, Form, backends
from .words import Words


@dataclass(frozen=True)
class Policy:
    """The policy that a form refers to. href: where it is; date (ISO 8601) and revision: what is sent along."""

    href: str
    date: str
    revision: str


@dataclass(frozen=True)
class Pages:
    """Where it goes on after sending, as absolute addresses; `here` is the thank-you page as a link of the site."""

    thanks: str | None = None
    error: str | None = None
    here: str | None = None


@dataclass(frozen=True)
class Renderer:
    """Renders the forms of one site in one language. template: a template of the plugin and its values → HTML."""

    declaration: Declaration
    words: Words
    template: Callable[..., str]

    def __call__(self, form: Form, policy: Policy, pages: Pages) -> str:
        """Return the markup of a form."""
        backend = backends()[form.backend]
        service = service_of(form, self.declaration)
        sentence = self.words.consent(form, service) if form.basis == "consent" else ""
        values: dict[str, Any] = {
            "id": form.id,
            "policy": policy.href,
            "notice": self._notice(form, service),
            "consent": {"name": backend.field_name(CONSENT), "sentence": sentence} if sentence else None,
        }
        if backend.needs == "mail":
            return self.template("mail.html", **values, **self._mail(form, policy, sentence))
        return self.template("form.html", **values, **self._form(form, backend, policy, pages))

    def _notice(self, form: Form, service: Any) -> list[str]:
        """Return the sentences above the button; with consent, the box itself says who, what and for how long."""
        said = self.words.messages["notice"]
        if form.basis == "consent":
            return [said["newsletter"]] if form.newsletter else []
        purpose = said["purpose"].format(purpose=self.words.purpose(form))
        told = [purpose, self.words.recipients(service), self.words.deletion(form), said["voluntary"]]
        if backends()[form.backend].needs != "mail" and not all(field.required for field in form.fields):
            told.append(said["needed"])
        return [*told, said[f"basis_{form.basis}"]]

    def _form(self, form: Form, backend: Backend, policy: Policy, pages: Pages) -> dict[str, Any]:
        takes = {backend.thanks: pages.thanks, backend.error: pages.error}
        hidden = [(name, value.format(form=form.id)) for name, value in backend.fixed.items()]
        hidden += [(name, value) for name, value in takes.items() if name and name != "action" and value]
        hidden += [
            (backend.field_name(POLICY_DATE), policy.date),
            (backend.field_name(POLICY_REVISION), policy.revision),
        ]
        return {
            "action": pages.here if backend.thanks == "action" else form.action or target(form, self.declaration),
            "attributes": [(name, value.format(form=form.id)) for name, value in backend.attributes.items()],
            "fields": [self._field(form, backend, number) for number in range(len(form.fields))],
            "hidden": hidden,
            "trap": backend.honeypot,
            "button": self.words.button(form),
        }

    def _field(self, form: Form, backend: Backend, number: int) -> dict[str, Any]:
        field = form.fields[number]
        return {
            "id": f"{form.id}-{field.name}",
            "name": backend.field_name(field.name),
            "type": field.type,
            "label": self.words.label(form, field),
            "required": field.required,
            "autocomplete": field.autocomplete,
            "options": [
                {"value": option.value, "label": self.words.option(form, field, option)} for option in field.options
            ],
            "error": self.words.messages["error"][field.type],
        }

    def _mail(self, form: Form, policy: Policy, sentence: str) -> dict[str, Any]:
        """Return one prepared mail, or one for each answer of the first question that has answers to choose."""
        address = form.mail or self.declaration.privacy.controller.email
        said = self.words.messages["mail"]
        closing = said["closing"].format(date=policy.date, revision=policy.revision)
        closing = f"{sentence}\r\n{closing}" if sentence else closing
        choice = next((field for field in form.fields if field.options), None)
        if choice is None:
            mails = [{"href": self.words.mail(form, address, closing), "text": said["write"]}]
        else:
            answers = [self.words.option(form, choice, option) for option in choice.options]
            mails = [{"href": self.words.mail(form, address, closing, text), "text": text} for text in answers]
        before, _, after = said["address"].partition("{address}")
        return {"mails": mails, "address": address, "before": before, "after": after}
