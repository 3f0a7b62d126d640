"""The command `privacy report`: one page that shows where data goes, and its numbers."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ..privacy.build import RECORD
from ..privacy.files import write_json
from ..privacy.inventory import read_inventory
from ..privacy.terminal import COULD_NOT_RUN, loaded
from .browser import states_of
from .changes import changes
from .numbers import FORMAT, Numbers, numbers
from .page import Report, page_of
from .results import AUDIT, BROWSER, FORMER, INVENTORY, POLICIES, PUBLISHED, read
from .statements import Statement, statements_of

PAGE, NUMBERS = "index.html", "report.json"


@click.command()
@click.option("--language", help="Of the report; the site's own where none is given.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page for visitors into this file: without what the build found, the company's own matter.",
)
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The numbers (report.json) of the publication to compare with, where this machine has not kept them.",
)
@click.pass_obj
def report(settings: Path, language: str | None, output: Path | None, since: Path | None) -> None:
    """Show on one page where data goes: per service and per page, before and after consent.

    It is made of the last build, and written to build/report/ with its numbers (report.json).
    """
    site, declaration = loaded(settings)
    record = Path(site["PATH"]).resolve().parent / RECORD
    try:
        current = numbers(declaration, read_inventory(record / INVENTORY))
        spoken = language or str(site["DEFAULT_LANG"])
        former = _former(record, current) if since is None else _numbers_in(since)
        shown = _report(site, record, current, former, spoken, is_for_visitors=output is not None)
    except (OSError, ValueError) as error:
        click.echo(f"{record} lacks what a report is made of: {error}. Build the site first: make publish", err=True)
        sys.exit(COULD_NOT_RUN)
    if output is None:
        folder = record / "report"
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / NUMBERS, {**current, "statements": [item._asdict() for item in shown.statements]})
        output = folder / PAGE
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page_of(shown, Path(site["THEME"]), spoken), "utf-8", newline="\n")
    click.echo(f"The report is in {output}")


def _former(record: Path, current: Numbers) -> Numbers | None:
    """Return the numbers of the last publication that was another one, as far as this machine knows."""
    return next((known for known in map(read, _publications(record)) if known not in (None, current)), None)


def _numbers_in(since: Path) -> Numbers | None:
    """Return the numbers in a file that somebody names. Those of another version are told and not compared."""
    try:
        found = read(since)
        form = found["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise click.UsageError(f"--since: {since} holds no numbers of a report (report.json).") from error
    if form == FORMAT:
        return dict(found)
    click.echo(f"--since: {since} was written by another version of the report; nothing is compared.", err=True)
    return None


def _report(
    site: Mapping[str, Any],
    record: Path,
    current: Numbers,
    former: Numbers | None,
    language: str,
    *,
    is_for_visitors: bool,
) -> Report:
    """Put together what the page shows. Raises `OSError` and `ValueError` for records that cannot be read."""
    found = read(record / AUDIT) or {"findings": [], "clean": True}
    languages = (language, str(site["DEFAULT_LANG"]))
    return Report(
        current,
        None if former is None else changes(former, current),
        _statements(Path(site["OUTPUT_PATH"]), read(record / POLICIES) or {}, languages),
        None if is_for_visitors else found["findings"],
        states_of(read(record / BROWSER)),
        is_clean=found["clean"],
    )


def _publications(record: Path) -> list[Path]:
    """Return where the numbers of the last publications are, the newest first."""
    return [record / PUBLISHED, record / FORMER]


def _statements(folder: Path, policies: Mapping[str, str], languages: Sequence[str]) -> list[Statement]:
    """Return the statements of the policy in the first of the languages that it is written in."""
    for language in languages:
        if language in policies:
            path = folder / policies[language]
            page = path / "index.html" if path.is_dir() else path
            if page.is_file():
                return statements_of(page.read_text("utf-8"))
    return []
