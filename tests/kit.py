"""What most tests need: a declaration made of a `PRIVACY` dict, the rules of some plugins, and the pass on a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from plugins.amazon_affiliate.glue import rules as amazon_affiliate
from plugins.cookie_banner.glue import rules as cookie_banner
from plugins.privacy.declaration import Declaration
from plugins.privacy.extension import GATE, Site
from plugins.privacy.findings import Finding
from plugins.privacy.page import Form
from plugins.privacy.page_pass import PagePass, Rule
from plugins.privacy.settings import Privacy
from plugins.third_party_links.glue import rules as third_party_links

__all__ = ["PRIVACY", "amazon_affiliate", "cookie_banner", "declared", "page_pass", "ran", "third_party_links"]

PRIVACY: dict[str, Any] = {
    "site": "https://www.example.com",
    "controller": {
        "name": "Example Systems GmbH",
        "email": "privacy@example.com",
        "address": ["Musterstraße 1", "12345 Musterstadt"],
        "country": "DE",
    },
    "hosting": {"provider": "Example Hosting GmbH", "country": "DE", "logged": ["ip-address"], "retention": "P7D"},
}
NO_THEME = Path(__file__).parent / "no-theme"
POLICIES = {"en": "privacy/", "de": "de/privacy/"}

Plugin = Callable[[Site], Iterable[tuple[int, Rule]]]


def declared(**keys: Any) -> Declaration:
    """Return the declaration of a site that declares `keys` besides its name and address."""
    return Declaration(Privacy.model_validate({**PRIVACY, **keys}))


def page_pass(
    *plugins: Plugin,
    declaration: Declaration | None = None,
    settings: Mapping[str, Any] | None = None,
    theme: Path = NO_THEME,
    policies: Mapping[str, str] | None = None,
) -> PagePass:
    """Return the pass of a build with these plugins, in the order in which a build runs their rules."""
    declaration = declaration or declared()
    settings = {"THEME_STATIC_DIR": "theme", **(settings or {})}
    site = Site(declaration, settings, theme, "en", POLICIES if policies is None else policies)
    staged = sorted((pair for plugin in plugins for pair in plugin(site)), key=lambda pair: pair[0])
    gates = [rule for stage, rule in staged if stage == GATE]
    rules = [rule for stage, rule in staged if stage != GATE]
    return PagePass(declaration, gates, rules, declaration.reader())


def ran(
    run: PagePass, text: str, *, form: Form = Form.DOCUMENT, language: str = "en", site_url: str = ""
) -> tuple[str, list[Finding]]:
    """Return what the pass makes of a text, and what it finds."""
    passed = run(text, form=form, language=language, site_url=site_url, page="page.html")
    return passed.text, list(passed.findings)
