"""The command `privacy`: look at the declaration and at a built site from the terminal.

Exit codes: 0 clean, 1 errors, 2 could not run.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..privacy_audit.commands import audit
from ..privacy_policy.commands import policy
from ..privacy_report.commands import report
from ..third_party_links.commands import links
from .commands import services
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
    names = ", ".join(service.name for service in declaration.services) or "none"
    click.echo(f"The settings are right. Services that wait for consent or a click: {names}.")


main.add_command(audit)
main.add_command(links)
main.add_command(policy)
main.add_command(services)
main.add_command(report)


if __name__ == "__main__":
    main()
