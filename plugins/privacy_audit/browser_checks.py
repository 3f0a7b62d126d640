"""What a browser did, compared with what the site declares. Pure: visits in, findings and a record out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..privacy.declaration import Declaration, Verdict
from ..privacy.findings import Finding
from ..privacy.page import Read
from ..privacy.settings import OwnStored
from ..privacy.verdicts import shown
from .browser import ACCEPTED, BEFORE, NO_SCRIPT, REFUSED, SIGNAL, Seen, Visits
from .checks import CSP_VIOLATION, EARLY_REQUEST, SEEN_STORAGE, UNDECLARED_REQUEST

FORMAT = 1
"""The version of the record; it changes when a key changes its meaning or goes."""

_WHEN = {
    BEFORE: "before any choice",
    REFUSED: "after everything was refused",
    ACCEPTED: "after everything was accepted",
    SIGNAL: "with Global Privacy Control",
    NO_SCRIPT: "without JavaScript",
}
_CHOICE = "consent"  # the cookie that keeps the visitor's answer


def judged_visits(visits: Visits, declaration: Declaration) -> list[Finding]:
    """Return what a browser did that the site does not declare, by page and state."""
    read = declaration.reader()
    return [
        finding
        for page, states in visits.seen.items()
        for state, seen in states.items()
        for finding in _judged(page, state, seen, visits.origin, declaration, read)
    ]


def _judged(
    page: str, state: str, seen: Seen, origin: str, declaration: Declaration, read: Read
) -> Iterator[Finding]:
    for url in seen.requests:
        yield from _request(page, state, url, read(url, origin))
    for domain, name in seen.cookies:
        if not _may_store(state, "cookie", name, domain, declaration):
            yield _stored(page, state, f"the cookie “{name}” for {domain}", name)
    for kind, name in seen.storage:
        if not _may_store(state, kind, name, declaration.host, declaration):
            yield _stored(page, state, f"“{name}” ({kind} storage)", name)
    for violation in seen.violations:
        yield Finding(
            CSP_VIOLATION,
            f"{_WHEN[state].capitalize()}, the browser says: {shown(violation)}",
            "Take out what the page's own policy forbids, or declare the service that needs it.",
            page=page,
            subject=violation,
        )


def _request(page: str, state: str, url: str, verdict: Verdict) -> Iterator[Finding]:
    if not verdict.is_foreign:
        return
    service = verdict.service
    if service is None:
        yield Finding(
            UNDECLARED_REQUEST,
            f"{_WHEN[state].capitalize()}, this page makes browsers ask {verdict.host} ({shown(url)}), which no "
            "declared service has.",
            'Take out what asks for it, or declare the service in PRIVACY["services"].',
            page=page,
            evidence=url,
            subject=verdict.host,
        )
    elif state != ACCEPTED or not service.needs_consent:
        yield Finding(
            EARLY_REQUEST,
            f"{_WHEN[state].capitalize()}, this page makes browsers ask {verdict.host} ({service.name}) for "
            f"{shown(url)}.",
            "Find what asks for it, a script of the site's own perhaps, and let it wait for consent.",
            page=page,
            evidence=url,
            subject=verdict.host,
        )


def _may_store(state: str, kind: str, name: str, domain: str, declaration: Declaration) -> bool:
    """Whether a thing may be stored in a state: what the site declares as its own, the visitor's answer once there is
    one, and after consent what the services are known to store (anything of one of which nothing is known)."""
    own: tuple[OwnStored, ...] = declaration.privacy.stores
    host = domain.removeprefix(".")
    is_here = host == declaration.host or declaration.host.endswith(f".{host}")
    if is_here and any(entry.kind in (kind, "unknown") and entry.matches(name) for entry in own):
        return True
    if kind == "cookie" and name == _CHOICE and is_here:
        return state in (REFUSED, ACCEPTED)
    if state != ACCEPTED:
        return False
    waiting = [service for service in declaration.services if service.needs_consent]
    foreign = declaration.service_for(host)
    if foreign is not None and foreign.stores == "unknown":
        return True
    candidates = waiting if is_here else [service for service in waiting if service == foreign]
    return any(_names(item.name, name) for service in candidates for item in service.stored)


def _names(pattern: str, name: str) -> bool:
    return OwnStored.model_construct(name=pattern).matches(name)


def _stored(page: str, state: str, what: str, name: str) -> Finding:
    return Finding(
        SEEN_STORAGE,
        f"{_WHEN[state].capitalize()}, this page stores {what}, which is not declared for then.",
        'Take out what stores it, or declare it: in PRIVACY["stores"] if it is the site\'s own, else in the "stores" '
        "of its service.",
        page=page,
        evidence=name,
        subject=what,
    )


def browser_record(visits: Visits) -> dict[str, Any]:
    """Return what a browser did as plain values, for the report: by page and state."""
    return {
        "format": FORMAT,
        "origin": visits.origin,
        "browser": visits.browser,
        "pages": {
            page: {
                state: {
                    "requests": list(seen.requests),
                    "cookies": [{"domain": domain, "name": name} for domain, name in seen.cookies],
                    "storage": [{"kind": kind, "name": name} for kind, name in seen.storage],
                    "violations": list(seen.violations),
                }
                for state, seen in states.items()
            }
            for page, states in visits.seen.items()
        },
    }
