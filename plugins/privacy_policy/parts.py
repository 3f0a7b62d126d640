"""The derived parts that this plugin offers itself: facts of the declaration in the words of each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..privacy.extension import PartText, PolicyPart, Site
from ..privacy.wording import Wording
from . import facts
from .picture import drawn
from .words import Words


def own_parts(site: Site) -> list[PolicyPart]:
    """Return the parts in the order in which `[privacy:all]` shows them."""
    declaration, settings = site.declaration, site.settings
    values = {
        "controller": facts.controller(declaration),
        "hosting": facts.hosting(declaration),
        "picture": facts.picture(declaration, settings),
        "services": facts.services(declaration),
        "cookies": facts.cookies(declaration),
        "purposes": facts.purposes(declaration),
        "transfers": facts.transfers(declaration),
        "affiliate": facts.affiliate(settings),
        "analytics": facts.analytics(declaration),
        "partners": facts.partners(declaration),
        "rights": facts.rights(declaration),
    }
    look = _Look(site)
    return [PolicyPart("statements", "", look.legend)] + [
        PolicyPart(name, value, look.part(name, value)) for name, value in values.items()
    ]


class _Look:
    """The words and templates of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._own = Wording("privacy_policy", site.theme, site.language)
        self._core = Wording("privacy", site.theme, site.language)
        self.words = lru_cache(maxsize=16)(self._words)

    def _words(self, language: str) -> Words:
        spoken = self._own.language_of(language)
        return Words(
            language if spoken in language else spoken, self._own.messages(language), self._core.messages(language)
        )

    def legend(self, language: str) -> PartText:
        """Return what the two kinds of statements are."""
        m = self._own.messages(language)
        return PartText(m["title"]["statements"], self._own.render("statements.html", language))

    def part(self, name: str, value: Any) -> Callable[[str], PartText]:
        """Return the function from a language to the text of a part."""

        def text(language: str) -> PartText:
            m, words = self._own.messages(language), self.words(language)
            more = {}
            if name == "picture":
                more = {"drawing": drawn(value, words, m)}
            html = self._own.render(
                f"{name}.html", language, facts=value, w=words, sources=self._sources(name), site=self._site, **more
            )
            return PartText(m["title"][name], html, m[name]["checked"], m[name]["promised"])

        return text

    def _sources(self, name: str) -> dict[str, list[tuple[str, str]]]:
        """Return where the facts of each service that a part shows were read."""
        found = {}
        for service in self._site.declaration.services:
            shown: dict[str, tuple[Any, ...]] = {
                "services": (service, service.country, service.retention, *service.hosts),
                "cookies": (service.stores,),
                "transfers": (service.country, service.transfer),
            }
            found[service.id] = facts.sources(shown.get(name, ()))
        return found
