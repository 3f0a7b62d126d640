"""`privacy policy`: release versions of the policy, and see what changed since the last one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..privacy.build import Build
from ..privacy.clock import today
from ..privacy.declaration import Declaration
from ..privacy.safe_pelican import BUILD
from ..privacy.terminal import loaded, told
from .archive import FOLDER, Stored
from .changes import Change, Kind, changed_facts, changes
from .collect import Collected, collect
from .glue import leave_out_the_archive
from .lock import NAME, Lock, LockError
from .release import RefusedError, Target, accept, first, release, tidy
from .released import Released, lock_finding, lock_path, release_findings, released
from .versions import Current, difference

_STYLES = {Kind.REMOVED: ("[-", "-]", "red"), Kind.ADDED: ("{+", "+}", "green")}


class _Work(NamedTuple):
    """What every command begins with."""

    settings: dict[str, Any]
    declaration: Declaration
    known: Released
    today: date


@click.group()
def policy() -> None:
    """Release versions of the privacy policy, and see what changed."""


def _begin(path: Path) -> _Work:
    settings, declaration = loaded(path)
    try:
        known = released(settings)
    except LockError as error:
        sys.exit(told([lock_finding(error)], strict=False))
    for stored in known.versions[-1:]:
        tidy(Path(settings["PATH"]) / FOLDER / stored.version.date.isoformat(), stored.version)
    return _Work(settings, declaration, known, today(settings))


def _collected(work: _Work, updated: date | None) -> tuple[Collected, dict[str, Path]]:
    """Read the content as a build does, without writing anything. Return the policy, and its sources by language."""
    pelican = work.settings["PELICAN_CLASS"](work.settings)
    leave_out_the_archive(pelican)
    build = Build(pelican.settings, work.declaration)
    context = {
        **pelican.settings,
        BUILD: build,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": pelican.settings["SITEURL"],
    }
    folders = {"path": pelican.path, "theme": pelican.theme, "output_path": pelican.output_path}
    with build.spool:
        for kind in pelican._get_generator_classes():
            generator = kind(context=context, settings=pelican.settings, **folders)
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        found = collect(build, context, work.today, updated=updated, has_versions=True)
    return found, {str(page.lang): Path(page.source_path) for page, _ in found.pages}


def _current(work: _Work, updated: date | None = None) -> tuple[Current, Target]:
    """Return the policy and where a release writes; end the command where the policy is wrong or missing."""
    found, sources = _collected(work, updated)
    if found.current is None:
        if not found.findings:
            click.echo("There is no policy: write content/privacy/policy.md.", err=True)
        sys.exit(told(list(found.findings), strict=False) or 1)
    return found.current, Target(Path(work.settings["PATH"]), lock_path(work.settings), sources)


def _last(work: _Work) -> Stored:
    if not work.known.versions:
        click.echo(
            f"There is no {NAME}: nothing was released yet. Release the first version: privacy policy init.", err=True
        )
        sys.exit(1)
    return work.known.versions[-1]


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        click.echo(f"{error.what}\n{error.way_out}\nNothing was changed.", err=True)
        sys.exit(1)


@policy.command()
@click.pass_obj
def init(settings: Path) -> None:
    """Release the first version of the policy: store it, and write the lock."""
    work = _begin(settings)
    with _refusing():
        if work.known.lock is not None:
            raise RefusedError(
                f"{NAME} is there already.", 'To release a change: privacy policy release --summary "…".'
            )
        current, target = _current(work, work.today)
        lock = first(current, work.today, target)
    _tell_of(lock, work)


@policy.command(name="release")
@click.option("--summary", required=True, help="What changed, in a sentence for readers.")
@click.option("--summary-in", nargs=2, multiple=True, metavar="LANG TEXT", help="The same in another language.")
@click.pass_obj
def release_command(settings: Path, summary: str, summary_in: tuple[tuple[str, str], ...]) -> None:
    """Release what changed as a new version of today."""
    work = _begin(settings)
    _last(work)
    summaries = {work.settings["DEFAULT_LANG"]: summary.strip(), **{tag: text.strip() for tag, text in summary_in}}
    with _refusing():
        _check_summaries(summaries)
        current, target = _current(work, work.today)
        _check_languages(summaries, current)
        lock = release(work.known.versions, current, work.today, summaries, target)
    _tell_of(lock, work)


@policy.command(name="accept")
@click.option(
    "--editorial", required=True, metavar="REASON", help="Why the text changed without a change of meaning."
)
@click.pass_obj
def accept_command(settings: Path, editorial: str) -> None:
    """Take the present text for the text of the last version: a correction that changes no meaning."""
    work = _begin(settings)
    last = _last(work)
    with _refusing():
        _check_summaries({"": editorial.strip()})
        current, target = _current(work, last.version.date)
        lock = accept(work.known.versions, current, editorial.strip(), target)
    day = lock.last.date
    click.echo(
        f"The version of {day} has the present text now (correction {len(lock.last.editorial)}); its date stays."
    )


@policy.command()
@click.pass_obj
def status(settings: Path) -> None:
    """Say what was released, and whether the policy is as it was released."""
    work = _begin(settings)
    for stored in work.known.versions:
        version = stored.version
        click.echo(f"{version.date}{version.number}  {', '.join(version.texts)}  {_summary(version.summary, work)}")
        for change in version.editorial:
            click.echo(f"    corrected: {change.reason}")
    current, _ = _current(work)
    if not work.known.versions:
        click.echo("Nothing was released yet. Release the first version: privacy policy init")
        return
    found = release_findings(work.known, current, work.settings, work.declaration.site)
    if found:
        sys.exit(told(found, strict=False))
    click.echo(f"The policy is as it was released on {work.known.versions[-1].version.date}.")


@policy.command()
@click.pass_obj
def diff(settings: Path) -> None:
    """Show the words and facts that changed since the last release. Exit code 1 where there are any."""
    work = _begin(settings)
    last = _last(work)
    current, _ = _current(work)
    differs = difference(last, current)
    if differs.is_none:
        click.echo(f"Nothing changed since {last.version.date}.")
        return
    for name in differs.facts:
        click.echo(click.style(f"Facts of the part “{name}”", bold=True))
        _tell_facts(last.facts.get(name), current.facts.get(name))
    for language in (*differs.changed, *differs.added, *differs.removed):
        text = current.texts.get(language)
        click.echo(click.style(f"{text.place if text else language}", bold=True))
        old = last.lines(language, work.declaration.site) if language in last.bodies else ()
        _tell_changes(changes(old, text.lines if text else ()))
    sys.exit(1)


def _check_summaries(texts: Mapping[str, str]) -> None:
    if not all(texts.values()):
        raise RefusedError(
            "The text is empty: readers of the history could not tell what changed.", "Say it in a sentence."
        )


def _check_languages(summaries: Mapping[str, str], current: Current) -> None:
    unknown = sorted(set(summaries) - set(current.texts))
    if unknown:
        raise RefusedError(
            f"The policy is not written in {', '.join(unknown)}.", f"It is written in {', '.join(current.texts)}."
        )


def _summary(summary: Mapping[str, str], work: _Work) -> str:
    return summary.get(work.settings["DEFAULT_LANG"], next(iter(summary.values()), "the first version"))


def _tell_of(lock: Lock, work: _Work) -> None:
    version = lock.last
    click.echo(
        f"Released: the version of {version.date}, in {', '.join(version.texts)}.\n"
        f"Commit {NAME} and {Path(work.settings['PATH']).name}/privacy/ together."
    )


def _tell_changes(found: list[Change]) -> None:
    section = None
    for change in found:
        if change.section != section:
            section = change.section
            click.echo(f"  {section or '(before the first heading)'}")
        click.echo("    " + " ".join(_styled(words.kind, words.text) for words in change.words))


def _styled(kind: Kind, text: str) -> str:
    if kind is Kind.SAME:
        words = text.split()
        return text if len(words) <= 12 else " ".join([*words[:5], "…", *words[-5:]])
    start, end, colour = _STYLES[kind]
    return click.style(f"{start}{text}{end}", fg=colour)


def _tell_facts(old: Any, new: Any) -> None:
    """Print the values that differ, with the way to them."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for path in changed_facts(before, after):
        if path in before:
            click.echo("    " + _styled(Kind.REMOVED, f"{path}: {before[path]}"))
        if path in after:
            click.echo("    " + _styled(Kind.ADDED, f"{path}: {after[path]}"))


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            name = inner.get("id") or inner.get("name") if isinstance(inner, Mapping) else None
            yield from _leaves(inner, f"{path}[{name or number}]")
    elif value is not None:
        yield path, str(value)
