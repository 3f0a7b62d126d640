"""The facts that the policy shows, part by part: what of the declaration people read, without sources and dates.

Pure: a declaration in, JSON values out. None is a part that has nothing to say on this site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..privacy.about_consent import consent_cookie
from ..privacy.catalogue import Service
from ..privacy.declaration import Declaration
from ..privacy.facts import EEA, UNKNOWN, NothingStored, Stored

CONSENT_COOKIE = consent_cookie().model_dump(include={"name", "duration"})
"""The cookie of the banner, as it is declared."""

_BEHIND_THE_SCENES = {"source", "checked"}


def controller(declaration: Declaration) -> dict[str, Any]:
    """Who answers for the site, GDPR Art. 13(1)(a) and (b)."""
    return declaration.privacy.controller.model_dump(mode="json", exclude={"authority"})


def hosting(declaration: Declaration) -> dict[str, Any]:
    """Who runs the server, and what it writes down."""
    return declaration.privacy.hosting.model_dump(mode="json")


def services(declaration: Declaration) -> list[dict[str, Any]]:
    """The services: recipients of data, GDPR Art. 13(1)(e)."""
    return [
        {
            "id": service.id,
            "name": service.name,
            "provider": service.provider,
            "country": _country(service),
            "purpose": service.purpose,
            "needs_consent": service.needs_consent,
            "reason": service.reason,
            "hosts": [host.host for host in service.hosts],
            "sends": list(service.sends),
            "retention": UNKNOWN if isinstance(service.retention, str) else service.retention.value,
            "privacy_url": service.privacy_url,
        }
        for service in declaration.services
    ]


def cookies(declaration: Declaration) -> dict[str, Any]:
    """What is kept on the device, with duration and who reads it (CJEU C-673/17)."""
    consent = declaration.privacy.consent
    return {
        "own": CONSENT_COOKIE if declaration.asks_consent else None,
        "record_endpoint": consent.record_endpoint,
        "sells_or_shares": consent.sells_or_shares,
        "site": [item.model_dump(mode="json") for item in declaration.privacy.stores],
        "services": [
            {"id": service.id, "name": service.name, "provider": service.provider, "stores": _stored(service)}
            for service in declaration.services
            if service.needs_consent or service.stored
        ],
    }


def purposes(declaration: Declaration) -> dict[str, Any]:
    """Purposes with legal basis and retention, GDPR Art. 13(1)(c) and (2)(a)."""
    own = declaration.privacy.hosting
    return {
        "hosting": {"basis": own.basis, "retention": own.retention},
        "consent": CONSENT_COOKIE["duration"] if declaration.asks_consent else None,
        "services": [
            {key: entry[key] for key in ("id", "name", "purpose", "reason", "retention")}
            for entry in services(declaration)
            if entry["needs_consent"]
        ],
    }


def transfers(declaration: Declaration) -> list[dict[str, Any]]:
    """Recipients outside the European Economic Area, and those of which nobody documents where they are,
    GDPR Art. 13(1)(f)."""
    found = []
    own = declaration.privacy.hosting
    if own.country not in EEA:
        found.append({"name": own.provider, "id": "", "countries": [own.country], "mechanism": [UNKNOWN]})
    for service in declaration.services:
        outside = [country for country in service.countries if country not in EEA]
        known = service.transfer if not isinstance(service.transfer, str) else None
        if outside or (known is None and not service.countries):
            mechanism = list(known.mechanism) if known is not None and known.mechanism else [UNKNOWN]
            found.append(
                {"name": service.name, "id": service.id, "countries": outside or [UNKNOWN], "mechanism": mechanism}
            )
    return found


def affiliate(settings: Mapping[str, Any]) -> list[str] | None:
    """The Amazon stores for which the site has a tag."""
    return sorted(settings.get("AMAZON_TAGS") or ()) or None


def analytics(declaration: Declaration) -> list[dict[str, Any]] | None:
    """The services that count, and what they store."""
    return [
        {
            "id": entry["id"],
            "name": entry["name"],
            "sends": entry["sends"],
            "retention": entry["retention"],
            "stores": _stored(service),
        }
        for entry, service in zip(services(declaration), declaration.services, strict=True)
        if service.purpose == "statistics"
    ] or None


def partners(declaration: Declaration) -> list[dict[str, Any]] | None:
    """The partners, each with the host it is known by."""
    return [{"name": partner.name, "host": partner.hosts[0]} for partner in declaration.privacy.partners] or None


def rights(declaration: Declaration) -> dict[str, Any]:
    """Whom to turn to, GDPR Art. 13(2)(b) to (d)."""
    owner = declaration.privacy.controller
    authority = owner.authority.model_dump(mode="json") if owner.authority else None
    return {"email": owner.email, "authority": authority, "asks_consent": declaration.asks_consent}


def picture(declaration: Declaration, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each recipient of data from the visitor's browser: what travels there, and only after what."""
    own = declaration.privacy.hosting
    found: list[dict[str, Any]] = [
        {"id": "site", "name": None, "provider": own.provider, "when": "always", "sends": list(own.logged)}
    ]
    for service in declaration.services:
        roles = {role for host in service.hosts for role in host.role}
        when = "consent" if service.needs_consent else "form" if "form" in roles or not roles else "click"
        found.append(
            {
                "id": service.id,
                "name": service.name,
                "provider": service.provider,
                "when": when,
                "sends": list(service.sends),
            }
        )
    if affiliate(settings):
        found.append({"id": "amazon", "name": None, "provider": None, "when": "click", "sends": []})
    return found


def sources(parts: Iterable[Any]) -> list[tuple[str, str]]:
    """Return where the facts of services were read, with the day, each once, in their order."""
    found: dict[tuple[str, str], None] = {}
    for part in parts:
        for item in part if isinstance(part, tuple) else (part,):
            source, checked = getattr(item, "source", None), getattr(item, "checked", None)
            if source and checked:
                found.setdefault((source, checked.isoformat()))
    return list(found)


def _country(service: Service) -> str:
    return service.country if isinstance(service.country, str) else service.country.value


def _stored(service: Service) -> Any:
    if isinstance(service.stores, NothingStored):
        return "nothing"
    return service.stores if isinstance(service.stores, str) else [_item(item) for item in service.stores]


def _item(item: Stored) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude=_BEHIND_THE_SCENES | {"path"})
