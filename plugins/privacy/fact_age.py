"""How old the facts are that the build relies on: what was read long ago may have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version

from .catalogue import Service
from .checks import OLD_FACT, OLD_SUFFIX_LIST
from .facts import Sourced
from .findings import Finding

MONTHS = 18
_SUFFIX_LIST = "publicsuffixlist"
_DAYS_OF_THE_LIST = 365


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


def old_suffix_list(today: date, release: str | None = None) -> Iterator[Finding]:
    """Yield a note where the bundled list of public suffixes is more than a year old today.

    release: of the library that bundles it, which ends in the day of the list: `1.1.2.20261023`; the installed one
    unless it is given. Raises `ValueError` where it ends in something else.
    """
    day = date.fromisoformat((release or version(_SUFFIX_LIST)).rpartition(".")[2])
    if (today - day).days > _DAYS_OF_THE_LIST:
        yield Finding(
            OLD_SUFFIX_LIST,
            f"The list of public suffixes is of {day}; who shares a domain with the company may be told wrongly.",
            f"Write the newest release of {_SUFFIX_LIST} into requirements.in, and run make lock.",
            place="requirements.in",
        )


def _days(service: Service) -> Iterator[date]:
    facts = (service.country, service.retention, service.transfer, service.stores, *service.stored, *service.csp)
    yield from (fact.checked for fact in facts if isinstance(fact, Sourced))
    yield from (host.checked for host in service.hosts if host.checked is not None)
    if service.checked is not None:
        yield service.checked


def _months(day: date) -> int:
    return day.year * 12 + day.month
