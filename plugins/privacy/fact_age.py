"""How old the facts about the declared services are: what was read long ago may have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .catalogue import Service
from .checks import OLD_FACT
from .facts import Sourced
from .findings import Finding

MONTHS = 18


def old_facts(services: Iterable[Service], today: date) -> Iterator[Finding]:
    """Yield a note for each service of which a fact was read more than 18 months before today."""
    for service in services:
        oldest = min(_days(service), default=today)
        if (_months(today) - _months(oldest), today.day - oldest.day) > (MONTHS, 0):
            yield Finding(
                OLD_FACT,
                f"What is known of {service.name} was last read on {oldest}, more than {MONTHS} months ago.",
                f'Read its sources again (privacy services lookup names them), and give "{service.id}" in '
                'PRIVACY["services"] what has changed, with a new "checked" date.',
                place="pelicanconf.py",
                subject=service.id,
            )


def _days(service: Service) -> Iterator[date]:
    facts = (service.country, service.retention, service.transfer, service.stores, *service.stored, *service.csp)
    yield from (fact.checked for fact in facts if isinstance(fact, Sourced))
    yield from (host.checked for host in service.hosts if host.checked is not None)
    if service.checked is not None:
        yield service.checked


def _months(day: date) -> int:
    return day.year * 12 + day.month
