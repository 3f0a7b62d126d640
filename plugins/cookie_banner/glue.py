"""Where the consent plugin meets the core and Pelican: its rules and its wording."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from babel import Locale

from ..privacy.catalogue import Service
from ..privacy.extension import FRAME, GATE, Accepted, Site
from ..privacy.facts import UNKNOWN, Sent, in_language
from ..privacy.findings import Finding, SiteError
from ..privacy.page import Form, Page
from ..privacy.page_pass import Rule
from ..privacy.wording import Wording
from .banner import Banner, Parts
from .checks import NO_POLICY
from .gate import Gate, Placeholder
from .runtime import SCRIPT, STYLE

QUESTIONS = "consent"
"""The folder, in `build/`, in which every wording of the question is kept."""
WORDING_DIGITS = 12
"""Of the hash of a wording, as records of a choice have them: as many as of the revision."""
DELETED = ("cookie", "local", "session", "indexeddb")
"""The kinds of storage of which the runtime deletes what is declared, once it is refused."""
_SENT_BY_EVERY_REQUEST: tuple[Sent, ...] = ("ip-address", "browser")


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the gate and the banner, or nothing for a site that asks for no consent."""
    if not site.declaration.asks_consent:
        return []
    if site.policy_path(site.language) is None:
        what = "The site uses services that need consent, but it has no privacy policy."
        way_out = "Write content/privacy/policy.md; the README shows what belongs into it."
        raise SiteError([Finding(NO_POLICY, what, way_out, place="content/privacy/policy.md")])
    look = _Look(site)
    return [
        (GATE, Gate(look.placeholder, site.declaration.consent_revision)),
        (FRAME, Banner(lru_cache(maxsize=64)(look.parts), look.speaks)),
    ]


def keep_questions(accepted: Accepted) -> None:
    """Keep the question as it is asked now in every language, beside those that earlier builds kept: proof of what
    somebody agreed to (GDPR 7(1)). The name has what a record of a choice has: revision, language and the SHA-256 of
    the file, of which a record has the beginning. Another wording is another file, and none is ever written again."""
    site = accepted.site
    if not site.declaration.asks_consent:
        return
    look = _Look(site)
    folder = accepted.record / QUESTIONS
    folder.mkdir(parents=True, exist_ok=True)
    for language in look.languages:
        question = look.question(language)
        name = f"{site.declaration.consent_revision}.{language}.{_hash(question)}.html"
        if not (folder / name).exists():
            part = folder / f"{name}.part"
            part.write_bytes(question.encode())
            part.replace(folder / name)


class _Look:
    """The markup of the plugin on one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._wording = Wording("cookie_banner", site.theme, site.language)
        self._render = lru_cache(maxsize=256)(self._placeholder)

    def placeholder(self, placeholder: Placeholder, page: Page) -> str:
        """Return what stands in the place of a held-back element."""
        template = "feed.html" if page.form is Form.FEED else "placeholder.html"
        return self._render(template, placeholder, page.language, page.site_url)

    def _placeholder(self, template: str, placeholder: Placeholder, language: str, site_url: str) -> str:
        services = self._site.declaration.services
        return self._wording.render(
            template,
            language,
            services=[self._view(service, language) for service in services if service.id in placeholder.services],
            link=placeholder.link,
            title=placeholder.title,
            room=placeholder.room,
            is_interactive=placeholder.is_interactive,
            is_seen=placeholder.is_seen,
            preview=placeholder.preview,
            policy_url=self._policy(language, site_url),
        )

    @property
    def languages(self) -> list[str]:
        """The languages in which the question can be asked."""
        return self._wording.languages

    def speaks(self, language: str) -> bool:
        """Whether the question is written in a page's language."""
        return self._wording.speaks(language)

    def parts(self, language: str, site_url: str) -> Parts:
        """Return the frame of the pages with this language and way to the root."""
        static = self._site.settings["THEME_STATIC_DIR"]
        return Parts(
            self._banner(language, site_url, _hash(self.question(language))[:WORDING_DIGITS]),
            self._wording.render(
                "head.html", language, base=site_url, js=f"{static}/{SCRIPT}", css=f"{static}/{STYLE}"
            ),
            self._wording.render(
                "control.html",
                language,
                policy_url=self._policy(language, site_url),
                sells_or_shares=self._site.declaration.privacy.consent.sells_or_shares,
            ),
        )

    def question(self, language: str) -> str:
        """Return the question as it is kept: with the site's own address, and without its own hash."""
        return self._banner(language, self._site.declaration.site, "")

    def _banner(self, language: str, site_url: str, wording: str) -> str:
        declaration = self._site.declaration
        return self._wording.render(
            "banner.html",
            language,
            services=[self._view(service, language) for service in declaration.services if service.needs_consent],
            controller=declaration.privacy.controller.name,
            record_endpoint=declaration.privacy.consent.record_endpoint,
            policy_url=self._policy(language, site_url),
            revision=declaration.consent_revision,
            wording=wording,
        )

    def _policy(self, language: str, site_url: str) -> str:
        return f"{site_url}/{self._site.policy_path(language)}"

    def _view(self, service: Service, language: str) -> dict[str, Any]:
        """Return what the templates show of a service."""
        messages = self._wording.messages(language)
        country = messages["unknown"]
        if not isinstance(service.country, str):
            territories = Locale.parse(self._wording.language_of(language)).territories
            country = territories.get(service.country.value, service.country.value)
        return {
            "id": service.id,
            "name": service.name,
            "provider": service.provider,
            "country": country,
            "purpose": service.purpose,
            "purpose_text": messages["purpose_text"][service.purpose],
            "grants": " ".join(service.consent_mode),
            "sends": [
                messages["placeholder"]["sends"][data] if isinstance(data, str) else in_language(data, language)
                for data in service.sends or _SENT_BY_EVERY_REQUEST
            ],
            "stores": _says_of_storing(service),
            "forget": [
                [item.kind, item.name, *([item.path] if item.path != "/" else [])]
                for item in service.stored
                if item.party == "first" and item.kind in DELETED
            ],
        }


def _hash(question: str) -> str:
    return sha256(question.encode()).hexdigest()


def _says_of_storing(service: Service) -> str:
    """Return what is known of what the service keeps on the device: `something`, `nothing` or `unknown`."""
    if service.stores == UNKNOWN:
        return UNKNOWN
    return "something" if service.stored else "nothing"
