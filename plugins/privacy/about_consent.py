"""What follows from asking for consent, and what can be wrong with `PRIVACY["consent"]` on a site."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from . import urls
from .checks import WRONG_SETTING
from .findings import Finding
from .settings import OwnStored

if TYPE_CHECKING:
    from .declaration import Declaration

_NAME = 'PRIVACY["consent"]'

CONTROLS = (
    *("data-consent", "data-consent-choice", "data-consent-open", "data-consent-status"),
    *("data-gate-load", "data-forget", "data-style"),
)
"""The attributes by which the runtime of the plugin cookie_banner knows its own elements."""


@lru_cache(maxsize=1)
def consent_cookie() -> OwnStored:
    """Return the declaration of the cookie that holds the visitor's choice."""
    with Path(__file__).with_name("consent_cookie.toml").open("rb") as file:
        return OwnStored.model_validate(tomllib.load(file))


def record_origin(declaration: Declaration) -> str | None:
    """Return the origin that records of consent are sent to: what `connect-src` has to let through."""
    endpoint = declaration.privacy.consent.record_endpoint
    address = urls.read(endpoint, f"{declaration.site}/") if endpoint else None
    return urls.origin(address) if address else None


def contradictions(declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong between the settings of consent and the rest of the declaration."""
    consent = declaration.privacy.consent
    if consent.sells_or_shares and not declaration.asks_consent:
        subject = f'{_NAME}["sells_or_shares"] is True'
        yield _wrong(
            f"{subject}, but no declared service needs consent: the link would stop nothing.",
            "Remove it, or declare the services that receive the data.",
        )
    if consent.record_endpoint is not None:
        yield from _about_endpoint(consent.record_endpoint, declaration)


def _about_endpoint(endpoint: str, declaration: Declaration) -> Iterator[Finding]:
    subject = f'{_NAME}["record_endpoint"]'
    verdict = declaration.reader()(endpoint, f"{declaration.site}/")
    if not declaration.asks_consent:
        yield _wrong(f"{subject} is set, but no declared service needs consent: nobody is asked.", "Remove it.")
    elif verdict.address is None or verdict.address.scheme not in ("http", "https"):
        yield _wrong(
            f"{subject}: “{endpoint}” is no address that a browser could send to.",
            'Name a path of the site, such as "/consent-records", or an https: address.',
        )
    elif verdict.address.scheme == "http" and declaration.site.startswith("https:"):
        yield _wrong(f"{subject} is reached without encryption.", "Name an https: address.")
    elif verdict.is_foreign and (verdict.service is None or verdict.service.needs_consent):
        yield _wrong(
            f"{subject} sends records to {verdict.host}, which no service without consent has as a host.",
            'Declare who runs it in PRIVACY["services"] (needs_consent = False), or name a host of the company.',
        )


def _wrong(what: str, way_out: str) -> Finding:
    return Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)
