"""What a browser did, compared with what the site declares. Pure: visits in, findings and a record out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..privacy.declaration import Declaration, Verdict
from ..privacy.findings import Check, Finding
from ..privacy.page import Read
from ..privacy.settings import OwnStored
from ..privacy.verdicts import shown
from .browser import ACCEPTED, BEFORE, CONSENT_COOKIE, NO_SCRIPT, REFUSED, SIGNAL, Seen, Visits
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


class Visit(NamedTuple):
    """One page in one state of consent, and what it is judged against."""

    page: str
    state: str
    seen: Seen
    origin: str
    declaration: Declaration
    read: Read


def judged_visits(visits: Visits, declaration: Declaration) -> list[Finding]:
    """Return what a browser did that the site does not declare, by page and state."""
    read = declaration.reader()
    return [
        finding
        for page, states in visits.seen.items()
        for state, seen in states.items()
        for _, find in VISIT_CHECKS
        for finding in find(Visit(page, state, seen, visits.origin, declaration, read))
    ]


def _foreign(visit: Visit) -> Iterator[tuple[str, Verdict]]:
    for url in visit.seen.requests:
        verdict = visit.read(url, visit.origin)
        if verdict.is_foreign:
            yield url, verdict


def undeclared_request(visit: Visit) -> Iterator[Finding]:
    """A request, of whatever makes it, to a host that no declared service has.

    Example: a script of the site's own that runs fetch("https://tracker" + ".example/collect")
    """
    for url, verdict in _foreign(visit):
        if verdict.service is None:
            yield Finding(
                UNDECLARED_REQUEST,
                f"{_WHEN[visit.state].capitalize()}, this page makes browsers ask {verdict.host} ({shown(url)}), "
                "which no declared service has.",
                'Take out what asks for it, or declare the service in PRIVACY["services"].',
                page=visit.page,
                evidence=url,
                subject=verdict.host,
            )


def request_before_consent(visit: Visit) -> Iterator[Finding]:
    """A request to a declared service before the visitor agrees, after refusing, or without JavaScript.

    Example: a script of the site's own that adds a frame of YouTube as soon as the page is there
    """
    for url, verdict in _foreign(visit):
        service = verdict.service
        if service is not None and (visit.state != ACCEPTED or not service.needs_consent):
            yield Finding(
                EARLY_REQUEST,
                f"{_WHEN[visit.state].capitalize()}, this page makes browsers ask {verdict.host} ({service.name}) "
                f"for {shown(url)}.",
                "Find what asks for it, a script of the site's own perhaps, and let it wait for consent.",
                page=visit.page,
                evidence=url,
                subject=verdict.host,
            )


def stored_undeclared(visit: Visit) -> Iterator[Finding]:
    """A cookie or an entry of the browser's storage that is not declared, or that is there before its time.

    Example: localStorage["vis" + "itor"] = "42" in a script of the site's own
    """
    for domain, name in visit.seen.cookies:
        if not _may_store(visit.state, "cookie", name, domain, visit.declaration):
            yield _stored(visit, f"the cookie “{name}” for {domain}", name)
    for kind, name in visit.seen.storage:
        if not _may_store(visit.state, kind, name, visit.declaration.host, visit.declaration):
            yield _stored(visit, f"“{name}” ({kind} storage)", name)


def policy_violation(visit: Visit) -> Iterator[Finding]:
    """Something that the browser refused, because the page's own Content Security Policy forbids it.

    Example: <p onclick="alert(1)">, with script-src 'self' in _headers
    """
    for violation in visit.seen.violations:
        yield Finding(
            CSP_VIOLATION,
            f"{_WHEN[visit.state].capitalize()}, the browser says: {shown(violation)}",
            "Take out what the page's own policy forbids, or declare the service that needs it.",
            page=visit.page,
            subject=violation,
        )


class VisitCheck(NamedTuple):
    """One check of the deep form: what it promises, and the function that finds what breaks the promise."""

    check: Check
    find: Callable[[Visit], Iterable[Finding]]


VISIT_CHECKS: tuple[VisitCheck, ...] = (
    VisitCheck(UNDECLARED_REQUEST, undeclared_request),
    VisitCheck(EARLY_REQUEST, request_before_consent),
    VisitCheck(SEEN_STORAGE, stored_undeclared),
    VisitCheck(CSP_VIOLATION, policy_violation),
)
"""The checks of the deep form, in the order in which they are made on every page in every state."""
MADE_BY_BROWSER = frozenset(check.name for check, _ in VISIT_CHECKS)
"""Their names."""


def _may_store(state: str, kind: str, name: str, domain: str, declaration: Declaration) -> bool:
    """Whether a thing may be stored in a state: what the site declares as its own, the visitor's answer once there is
    one, and after consent what the services are known to store (anything of one of which nothing is known)."""
    own: tuple[OwnStored, ...] = declaration.privacy.stores
    host = domain.removeprefix(".")
    is_here = host == declaration.host or declaration.host.endswith(f".{host}")
    if is_here and any(entry.kind in (kind, "unknown") and entry.matches(name) for entry in own):
        return True
    if kind == "cookie" and name == CONSENT_COOKIE and is_here:
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


def _stored(visit: Visit, what: str, name: str) -> Finding:
    return Finding(
        SEEN_STORAGE,
        f"{_WHEN[visit.state].capitalize()}, this page stores {what}, which is not declared for then.",
        'Take out what stores it, or declare it: in PRIVACY["stores"] if it is the site\'s own, else in the "stores" '
        "of its service.",
        page=visit.page,
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
