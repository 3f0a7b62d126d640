"""What is said about a form, in words: made from its declaration and the messages of one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.units import format_unit

from ..privacy.catalogue import Service
from ..privacy.declaration import Declaration
from ..privacy.facts import in_language
from ..privacy.forms import Form, FormField, Option, Retention
from ..privacy.wording import Wording

_UNITS = {"D": "duration-day", "W": "duration-week", "M": "duration-month", "Y": "duration-year"}


def spoken(wording: Wording, language: str, declaration: Declaration) -> Words:
    """Return the words for a page's `lang`: in it, in its main language, or in the site's."""
    code = wording.language_of(language)
    return Words(wording.messages(code), code, declaration.privacy.controller.name)


@dataclass(frozen=True)
class Words:
    """The words for the forms of a site in one language. controller: the name of who answers for the site."""

    messages: Mapping[str, Any]
    language: str
    controller: str

    def _of_form(self, form: Form) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.messages["form"].get(form.id, {})
        return found

    def _of_field(self, form: Form, field: FormField) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._of_form(form).get("fields", {}).get(field.name, {})
        return found

    def title(self, form: Form) -> str:
        """Return what the form is called in lists."""
        return str(self._of_form(form).get("title", form.id))

    def purpose(self, form: Form) -> str:
        """Return what the form is for, as a noun phrase."""
        return in_language(form.purpose, self.language) if form.purpose else str(self._of_form(form)["purpose"])

    def button(self, form: Form) -> str:
        """Return what the button says."""
        return str(self._of_form(form).get("button", self.messages["send"]))

    def label(self, form: Form, field: FormField) -> str:
        """Return how a field is called."""
        return in_language(field.label, self.language) if field.label else str(self._of_field(form, field)["label"])

    def field_purpose(self, form: Form, field: FormField) -> str:
        """Return what a field is for."""
        if field.purpose:
            return in_language(field.purpose, self.language)
        return str(self._of_field(form, field)["purpose"])

    def option(self, form: Form, field: FormField, option: Option) -> str:
        """Return how an answer to choose is called."""
        if option.label:
            return in_language(option.label, self.language)
        return str(self._of_field(form, field)["options"][option.value])

    def deleted(self, retention: Retention) -> str:
        """Return when entries are deleted: "12 months after the last message"."""
        number, unit = int(retention.period[1:-1]), retention.period[-1]
        key = retention.after
        if number == 0:
            return str(self.messages["deleted_at"][key])
        period = format_unit(number, _UNITS[unit], "long", locale=Locale.parse(self.language, sep="-"))
        return str(self.messages["deleted_after"][key]).format(period=" ".join(period.split()))

    def recipients(self, service: Service | None) -> str:
        """Return who receives what is entered, as a sentence."""
        if service is None:
            return str(self.messages["recipient"]["own"]).format(controller=self.controller)
        return str(self.messages["recipient"]["service"]).format(
            controller=self.controller, provider=service.provider, country=self.country(service)
        )

    def country(self, service: Service) -> str:
        """Return the country of a provider, or that it is not documented."""
        if isinstance(service.country, str):
            return str(self.messages["unknown_country"])
        territories = Locale.parse(self.language, sep="-").territories
        return str(territories.get(service.country.value, service.country.value))

    def consent(self, form: Form, service: Service | None) -> str:
        """Return the sentence that the visitor agrees to: who receives what, what for, for how long."""
        key = "newsletter" if form.newsletter else "other"
        sentence = str(self.messages["consent"][key]).format(controller=self.controller, purpose=self.purpose(form))
        parts = [sentence, self.recipients(service), self.deletion(form)]
        return " ".join([*parts, str(self.messages["consent"]["withdraw"])])

    def deletion(self, form: Form) -> str:
        """Return when the entries of a form are deleted, as a sentence."""
        return str(self.messages["deletion"]).format(deleted=self.deleted(form.retention))

    def mail(self, form: Form, address: str, closing: str, option: str = "") -> str:
        """Return the address of a prepared mail (RFC 6068). closing: what stands below the blanks to fill in.
        option: the answer that the visitor has chosen by choosing this link."""
        lines = [self.messages["mail"]["greeting"], ""]
        for field in form.fields:
            if field.options and option:
                lines += [f"{self.label(form, field)}: {option}", ""]
            elif field.type != "email":  # a mail has its sender
                lines += [f"{self.label(form, field)}: ", ""]
        body = "\r\n".join([*lines, "--", closing])
        subject = f"{self.title(form)}: {option}" if option else self.title(form)
        return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
