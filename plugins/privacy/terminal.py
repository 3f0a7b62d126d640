"""What all commands of `privacy` begin and end with: the settings of the site, and findings on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .build import declare
from .declaration import Declaration
from .findings import Finding, SiteError, blocking, distinct, listing, summary

COULD_NOT_RUN = 2
"""The exit code of a command that could not do its work."""


def loaded(path: Path) -> tuple[dict[str, Any], Declaration]:
    """Return the settings and the declaration; say what is wrong and end the command otherwise."""
    from plugins.__main__ import load_settings

    settings = load_settings(path)
    if settings is None:
        sys.exit(COULD_NOT_RUN)
    for plugin in settings["PLUGINS"] or ():
        if hasattr(plugin, "register"):
            plugin.register()
    try:
        return settings, declare(settings)
    except SiteError as error:
        sys.exit(told(list(error.findings), strict=False))


def told(findings: list[Finding], *, strict: bool) -> int:
    """Print findings; return the exit code."""
    findings = distinct(findings)
    if findings:
        click.echo(f"{listing(findings, strict=strict)}\n", err=True)
    click.echo(closing(findings, strict=strict), err=True)
    return 1 if blocking(findings, strict=strict) else 0


def closing(findings: list[Finding], *, strict: bool) -> str:
    """Return the closing sentence of a command that publishes nothing."""
    return summary(findings, strict=strict).replace(" The site was not published.", "")
