"""The command `privacy audit`: judge a built site, say so to people or to programs, list the checks."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from ..privacy.build import RECORD
from ..privacy.clock import today
from ..privacy.declaration import Declaration
from ..privacy.exceptions import Weighed, weighed
from ..privacy.extension import Staged, output_staged
from ..privacy.files import PAGES, write_json
from ..privacy.findings import Finding, blocking, distinct
from ..privacy.places import Places
from ..privacy.records import annotation, record
from ..privacy.terminal import COULD_NOT_RUN, closing, loaded, told
from .browser import NoBrowserError, Plan, visit
from .browser_checks import MADE_BY_BROWSER, VISIT_CHECKS, browser_record, judged_visits
from .list_of_checks import FILE_CHECKS, MADE, SITE_CHECKS
from .policies import policies_of, sources_of

VISITS = Path(RECORD, "browser.json")
FORMATS = ("text", "json", "github")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--strict", is_flag=True, help="Let notes count as errors.")
@click.option("--list", "lists", is_flag=True, help="Explain every check of the audit, and end.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--browser", "deep", is_flag=True, help="Open every page in a real Chromium as well.")
@click.option("--live", is_flag=True, help="With --browser: let it contact third parties for real.")
@click.pass_obj
def audit(settings: Path, folder: Path | None, strict: bool, lists: bool, form: str, deep: bool, live: bool) -> None:
    """Read a built site (the output folder, or FOLDER) and judge it against the declaration.

    text goes to the standard error. json and github go to the standard output: a record, or one annotation for
    each finding, by which GitHub shows it beside the line it is about.
    """
    if lists:
        click.echo(explained())
        return
    site, declaration = loaded(settings)
    target = folder or Path(site["OUTPUT_PATH"])
    if not target.is_dir():
        click.echo(f"{target} is no folder. Build the site first: make build", err=True)
        sys.exit(COULD_NOT_RUN)
    more = visited(declaration, target, site, live=live) if deep else None
    result = judged(declaration, target, site, more)
    sys.exit(shown(result, declaration, form, strict=strict or declaration.privacy.strict))


def visited(declaration: Declaration, folder: Path, settings: dict[str, Any], *, live: bool) -> list[Finding]:
    """Open every page in a browser, write the record beside the output, and return what is wrong."""
    root = (settings["SITEURL"] or declaration.site).rstrip("/") + "/"
    plan = Plan(folder, root, declaration.asks_consent, live)
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in PAGES)
    console = Console(stderr=True)
    try:
        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console) as progress:
            task = progress.add_task("Opening pages", total=len(pages) * len(plan.states))
            visits = visit(plan, pages, lambda: progress.advance(task))
    except NoBrowserError as error:
        click.echo(f"--browser: {error}", err=True)
        sys.exit(COULD_NOT_RUN)
    write_json(Path(settings["PATH"]).resolve().parent / VISITS, browser_record(visits))
    return judged_visits(visits, declaration)


def judged(
    declaration: Declaration, folder: Path, settings: dict[str, Any], more: Iterable[Finding] | None = None
) -> Weighed:
    """Return what is wrong with a built site, in its places, after the exceptions. more: what a browser found, where
    one was asked."""
    staged = Staged(declaration, folder, settings["SITEURL"], settings, policies_of(settings))
    found = [*(more or ()), *(finding for _, findings in output_staged.send(staged) for finding in findings)]
    made = MADE if more is None else MADE | MADE_BY_BROWSER
    content = Path(settings["PATH"])
    places = Places(content.resolve().parent, Path(settings["THEME"]) / "templates")
    sources = sources_of(settings)
    by_page: dict[str, list[Finding]] = {}
    for finding in found:
        by_page.setdefault(finding.page, []).append(finding)
    located = [
        finding
        for page, findings in by_page.items()
        for finding in places.located(findings, page, sources.get(page, []))
    ]
    return weighed(distinct(located), declaration.privacy.exceptions, today(settings), made)


def shown(result: Weighed, declaration: Declaration, form: str, *, strict: bool) -> int:
    """Print a result in one of the forms; return the exit code."""
    if form == "text":
        return told(result.told, strict=strict)
    is_clean = not blocking(result.told, strict=strict)
    if form == "json":
        click.echo(json.dumps(record(declaration.site, *result, is_clean=is_clean), ensure_ascii=False, indent=1))
    else:
        for finding in result.told:
            click.echo(annotation(finding, strict=strict))
        click.echo(closing(result.told, strict=strict), err=True)
    return 0 if is_clean else 1


def explained() -> str:
    """Return every check of the audit: name, level, promise, what it fires on, an example."""
    parts = []
    for check, find in [*FILE_CHECKS, *SITE_CHECKS, *VISIT_CHECKS]:
        about = inspect.getdoc(find) or ""
        parts.append(
            f"{check.name}  {check.level}\n    {check.promise}\n"
            + "\n".join(f"    {line}".rstrip() for line in about.splitlines())
        )
    return "\n\n".join(parts)
