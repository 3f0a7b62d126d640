"""Findings for programs: a record in JSON, and annotations on the lines of a pull request.

Pure: findings in, text or plain values out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .findings import Finding, Level
from .settings import Excepted

FORMAT = 1
"""The version of the record; it changes when a key changes its meaning or goes."""

# Source: GitHub Docs, "Workflow commands for GitHub Actions"; the characters to escape: actions/toolkit, command.ts
_COMMANDS = {Level.ERROR: "error", Level.NOTE: "notice"}
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def record(
    site: str,
    findings: Iterable[Finding],
    accepted: Iterable[tuple[Finding, Excepted]],
    *,
    is_clean: bool,
) -> dict[str, Any]:
    """Return the result of an audit. is_clean: whether nothing stops the site from being published."""
    return {
        "format": FORMAT,
        "site": site,
        "clean": is_clean,
        "findings": [as_record(finding) for finding in findings],
        "accepted": [
            {**as_record(finding), "reason": exception.reason, "until": exception.until.isoformat()}
            for finding, exception in accepted
        ],
    }


def as_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values. place, line and page are null where they are not known."""
    return {
        "check": finding.check.name,
        "level": str(finding.check.level),
        "place": finding.place or None,
        "line": finding.line,
        "page": finding.page or None,
        "subject": finding.subject or None,
        "what": finding.what,
        "way_out": finding.way_out,
    }


def annotation(finding: Finding, *, strict: bool = False) -> str:
    """Return the line by which GitHub shows a finding beside the line of the file it is about."""
    properties = []
    if finding.place and not finding.place.startswith("the templates"):
        properties.append(f"file={_escaped(finding.place, _IN_PROPERTY)}")
        if finding.line is not None:
            properties.append(f"line={finding.line}")
    properties.append(f"title={_escaped(finding.check.name, _IN_PROPERTY)}")
    command = _COMMANDS[Level.ERROR if strict else finding.check.level]
    where = "" if finding.place == finding.page or not finding.page else f" ({finding.page})"
    message = f"{finding.what}{where}\n{finding.way_out}".strip()
    return f"::{command} {','.join(properties)}::{_escaped(message, _IN_MESSAGE)}"


def _escaped(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for character, escape in pairs:
        text = text.replace(character, escape)
    return text
