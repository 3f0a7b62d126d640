"""The command `privacy`: look at the declaration and at a built site from the terminal.

Exit codes: 0 clean, 1 errors, 2 could not run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .build import declare
from .catalogue import Service, catalogue
from .declaration import Declaration
from .extension import Staged, output_staged
from .findings import Finding, SiteError, blocking, distinct, summary

_COULD_NOT_RUN = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--settings",
    type=click.Path(path_type=Path),
    default=Path("pelicanconf.py"),
    show_default=True,
    help="The settings file of the site.",
)
@click.pass_context
def main(context: click.Context, settings: Path) -> None:
    """Look at what the site declares about third parties, and at what it does."""
    context.obj = settings


def _loaded(path: Path) -> tuple[dict[str, Any], Declaration]:
    """Return the settings and the declaration; say what is wrong and end the command otherwise."""
    from plugins.__main__ import load_settings

    settings = load_settings(path)
    if settings is None:
        sys.exit(_COULD_NOT_RUN)
    for plugin in settings["PLUGINS"] or ():
        if hasattr(plugin, "register"):
            plugin.register()
    try:
        return settings, declare(settings)
    except SiteError as error:
        sys.exit(_told(list(error.findings), strict=False))


def _told(findings: list[Finding], *, strict: bool) -> int:
    """Print findings; return the exit code."""
    findings = distinct(findings)
    for finding in findings:
        click.echo(f"{finding}\n", err=True)
    click.echo(summary(findings, strict=strict).replace(" The site was not published.", ""), err=True)
    return 1 if blocking(findings, strict=strict) else 0


@main.command()
@click.pass_obj
def check(settings: Path) -> None:
    """Check the settings: every mistake, with the way out."""
    _, declaration = _loaded(settings)
    services = ", ".join(service.name for service in declaration.services) or "none"
    click.echo(f"The settings are right. Services that wait for consent or a click: {services}.")


@main.command()
@click.pass_obj
def services(settings: Path) -> None:
    """List the services of the catalogue and of this site, and which ones the site declares."""
    _, declaration = _loaded(settings)
    declared = {service.id: service for service in declaration.services}
    shown = {**{service.id: service for service in catalogue()}, **declared}
    rows = [("id", "declared", "name", "purpose", "hosts")]
    for service in sorted(shown.values(), key=lambda service: service.id):
        is_declared = "yes" if service.id in declared else ""
        rows.append((service.id, is_declared, service.name, service.purpose, _hosts(service)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _hosts(service: Service) -> str:
    return ", ".join(pattern.host for pattern in service.hosts)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--strict", is_flag=True, help="Let notes count as errors.")
@click.pass_obj
def audit(settings: Path, folder: Path | None, strict: bool) -> None:
    """Read a built site (the output folder, or FOLDER) and judge it against the declaration."""
    loaded, declaration = _loaded(settings)
    target = folder or Path(loaded["OUTPUT_PATH"])
    if not target.is_dir():
        click.echo(f"{target} is no folder. Build the site first: make build", err=True)
        sys.exit(_COULD_NOT_RUN)
    staged = Staged(declaration, target, loaded["SITEURL"])
    findings = [finding for _, found in output_staged.send(staged) for finding in found]
    sys.exit(_told(findings, strict=strict or declaration.privacy.strict))


if __name__ == "__main__":
    main()
