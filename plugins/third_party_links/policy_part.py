"""What the privacy policy says of links: by which marks visitors tell where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..privacy.declaration import Declaration
from ..privacy.extension import PartText, PolicyPart, Site
from ..privacy.urls import registrable_domain
from ..privacy.wording import Wording
from .marks import ELSEWHERE


def facts(declaration: Declaration, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that the policy shows of links, as JSON has it: the website's domain, the company's other websites,
    and the marks that links can have."""
    own = (host.removeprefix(".") for host in declaration.privacy.first_party)
    websites = sorted({host for host in own if not declaration.shares_domain(host)})
    marks = {
        ELSEWHERE: bool(websites),
        "partner": bool(declaration.privacy.partners),
        "paid": bool(settings.get("AMAZON_TAGS")),
        "third": True,
    }
    return {
        "domain": registrable_domain(declaration.host) or declaration.host,
        "websites": websites,
        "marks": [name for name, is_used in marks.items() if is_used],
    }


def parts(site: Site) -> list[PolicyPart]:
    """Return the part “links” of the policy."""
    wording = Wording("third_party_links", site.theme, site.language)
    labels = Wording("amazon_affiliate", site.theme, site.language)
    shown = facts(site.declaration, site.settings)

    def text(language: str) -> PartText:
        said = wording.messages(language)["policy_part"]
        icons = {name: wording.render("icon.html", language, name=name) for name in shown["marks"] if name != "paid"}
        label = labels.messages(language)["label"]
        html = wording.render("policy_part.html", language, icons=icons, label=label, **shown)
        return PartText(said["title"], html, said["checked"].format(domain=shown["domain"]))

    return [PolicyPart("links", shown, text)]
