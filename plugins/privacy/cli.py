"""The command `privacy`: look at the declaration and at a built site from the terminal.

Exit codes: 0 clean, 1 errors, 2 could not run.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..privacy_audit.commands import audit
from ..privacy_policy.commands import policy
from ..third_party_links.commands import links
from .catalogue import Service, catalogue
from .terminal import loaded


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


@main.command()
@click.pass_obj
def check(settings: Path) -> None:
    """Check the settings: every mistake, with the way out."""
    _, declaration = loaded(settings)
    services = ", ".join(service.name for service in declaration.services) or "none"
    click.echo(f"The settings are right. Services that wait for consent or a click: {services}.")


@main.command()
@click.pass_obj
def services(settings: Path) -> None:
    """List the services of the catalogue and of this site, and which ones the site declares."""
    _, declaration = loaded(settings)
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


main.add_command(audit)
main.add_command(links)
main.add_command(policy)


if __name__ == "__main__":
    main()
