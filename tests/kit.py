"""What most tests need: a declaration made of a `PRIVACY` dict, the rules of some plugins, and the pass on a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from plugins.amazon_affiliate.glue import rules as amazon_affiliate
from plugins.cookie_banner.glue import rules as cookie_banner
from plugins.privacy.declaration import Declaration
from plugins.privacy.extension import GATE, Site
from plugins.privacy.findings import Finding
from plugins.privacy.page import Form
from plugins.privacy.page_pass import PagePass, Rule
from plugins.privacy.settings import Privacy
from plugins.third_party_links.glue import rules as third_party_links

__all__ = [
    "BOOK",
    "DISCLOSURE",
    "ICON",
    "LABEL",
    "MARKS",
    "PLUGINS",
    "PRIVACY",
    "TAGS",
    "THIRD",
    "address_after",
    "amazon_affiliate",
    "amazon_pass",
    "cookie_banner",
    "declared",
    "made_by",
    "page_pass",
    "ran",
    "third_party_links",
    "told",
]

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
PLUGINS = Path(__file__).parent.parent / "plugins"
POLICIES = {"en": "privacy/", "de": "de/privacy/"}

# Amazon links: a site's tags, a product, and what the plugin writes

TAGS = {"amazon.com": "example-20", "amazon.de": "example-21"}
BOOK = "https://www.amazon.com/dp/B000000000"
DISCLOSURE = '<p class="affiliate-disclosure">As an Amazon Associate I earn from qualifying purchases.</p>\n'
LABEL = ' <span class="paid-link">(paid link)</span>'

# Links to third parties: the description of a page, and what is written into and behind a link

THIRD = '<span id="xlink-third" hidden>external site</span>'
MARKS = 'rel="external" class="xlink xlink--third" aria-describedby="xlink-third"'
ICON = (
    '<span class="xlink-mark" aria-hidden="true">&#8288;<svg class="xlink-icon" viewBox="0 0 12 12" width="12" '
    'height="12" fill="none" stroke="currentColor" stroke-width="1.5" focusable="false"><path d="M4 2h6v6M10 2 2 10"/></svg></span>'
)

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


def made_by(run: PagePass) -> Callable[[str], str]:
    """Return a function from a page, on which nothing may be found, to what the pass makes of it."""

    def made(html: str) -> str:
        text, findings = ran(run, html)
        assert findings == []
        return text

    return made


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str, str]]:
    """Return of each finding its check, its level, what it says, and the way out."""
    return [(finding.check.name, finding.check.level.value, finding.what, finding.way_out) for finding in findings]


def amazon_pass(tags: Mapping[str, str] = TAGS, **options: Any) -> PagePass:
    """Return the pass of a site with these tags and options (`AMAZON_AFFILIATE`), and no other plugin."""
    return page_pass(amazon_affiliate, settings={"AMAZON_TAGS": tags, "AMAZON_AFFILIATE": options})


def address_after(href: str, run: PagePass) -> tuple[str, list[Finding]]:
    """Return what the pass makes of the address of a link, and what it finds."""
    text, findings = ran(run, f'<body><p><a href="{escape(href)}">A book at Amazon</a></p></body>')
    link = BeautifulSoup(text, "html.parser").find("a")
    assert link is not None
    return str(link["href"]), findings
