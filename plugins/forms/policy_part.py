"""What the privacy policy says of the forms: derived from their declaration, in the words of each language."""

from __future__ import annotations

from typing import Any

from ..privacy.declaration import Declaration
from ..privacy.extension import PartText, PolicyPart, Site
from ..privacy.form_targets import service_of
from ..privacy.wording import Wording
from .words import Words, spoken

_SHOWN = {"id", "purpose", "basis", "retention", "newsletter", "double_opt_in"}


def facts(declaration: Declaration) -> list[dict[str, Any]] | None:
    """Return all that the policy shows of the forms, as JSON has it; None where the site has none."""
    found = []
    for form in declaration.forms:
        service = service_of(form, declaration)
        country = service.model_dump(mode="json", include={"country"})["country"] if service else None
        recipient = {
            "provider": service.provider if service else declaration.privacy.controller.name,
            "country": country["value"] if isinstance(country, dict) else country,
        }
        fields = [field.model_dump(mode="json", exclude={"type", "autocomplete"}) for field in form.fields]
        found.append({**form.model_dump(mode="json", include=_SHOWN), "recipient": recipient, "fields": fields})
    return found or None


def parts(site: Site) -> list[PolicyPart]:
    """Return the part “forms” of the policy."""
    declaration = site.declaration
    wording = Wording("forms", site.theme, site.language)

    def text(language: str) -> PartText:
        words = spoken(wording, language, declaration)
        said = words.messages["policy_part"]
        views = [_view(number, declaration, words) for number in range(len(declaration.forms))]
        html = wording.render("policy_part.html", language, forms=views, controller=words.controller)
        return PartText(said["title"], html, said["checked"], said["promised"])

    return [PolicyPart("forms", facts(declaration), text)]


def _view(number: int, declaration: Declaration, words: Words) -> dict[str, Any]:
    """Return what the template shows of one form."""
    form = declaration.forms[number]
    service = service_of(form, declaration)
    return {
        "id": form.id,
        "title": words.title(form),
        "purpose": words.purpose(form),
        "provider": service.provider if service else "",
        "country": words.country(service) if service else "",
        "basis": words.messages["notice"][f"basis_{form.basis}"],
        "kept": words.deleted(form.retention),
        "newsletter": form.newsletter,
        "fields": [
            {
                "label": words.label(form, field),
                "purpose": words.field_purpose(form, field),
                "required": field.required,
                "kept": words.deleted(field.retention) if field.retention else "",
            }
            for field in form.fields
        ],
    }
