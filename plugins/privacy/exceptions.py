"""Exceptions: findings that the company accepts, each with a reason and an end. One that has ended, or that
nothing needs any more, is itself a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .checks import STALE_EXCEPTION
from .findings import Finding
from .settings import Excepted


class Weighed(NamedTuple):
    """Findings with the exceptions applied. told: what remains, stale exceptions included. accepted: what an
    exception covers, with it."""

    told: list[Finding]
    accepted: list[tuple[Finding, Excepted]]


def weighed(
    findings: Iterable[Finding], exceptions: Iterable[Excepted], today: date, judged: frozenset[str] | None = None
) -> Weighed:
    """Apply exceptions to findings that have their places.

    judged: names of the checks that were made at all, all of them where it is None: only there can an
    exception be seen to be needed no more.
    """
    exceptions = list(exceptions)
    valid = [exception for exception in exceptions if today <= exception.until]
    told: list[Finding] = []
    accepted: list[tuple[Finding, Excepted]] = []
    for finding in findings:
        covering = next((exception for exception in valid if covers(exception, finding)), None)
        if covering is None:
            told.append(finding)
        else:
            accepted.append((finding, covering))
    needed = {id(exception) for _, exception in accepted}
    for exception in exceptions:
        if today > exception.until:
            told.append(_stale(exception, f"ended on {exception.until}"))
        elif id(exception) not in needed and (judged is None or exception.check in judged):
            told.append(_stale(exception, "is not needed: nothing is found there any more"))
    return Weighed(told, accepted)


def covers(exception: Excepted, finding: Finding) -> bool:
    """Whether an exception means this finding."""
    places = {finding.place, finding.page, f"{finding.place or finding.page}:{finding.line}"}
    return exception.check == finding.check.name and exception.place in places


def _stale(exception: Excepted, why: str) -> Finding:
    return Finding(
        STALE_EXCEPTION,
        f"The exception for {exception.check} at {exception.place} {why}.",
        'Remove it from PRIVACY["exceptions"], or give it a new end with a new look at its reason.',
        place="pelicanconf.py",
        subject=f"{exception.check} {exception.place}",
    )
