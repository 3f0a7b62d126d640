"""SafePelican: where failing closed lives. Give the class as PELICAN_CLASS.

It builds into a folder beside the output, counts that every plugin registered, asks the audit, and
only then lets the new site take the old one's place. On any failure: our message, exit 1, and the
old output as it was.
"""

from __future__ import annotations

import gc
import importlib
import locale
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from pelican import Pelican
from pelican.contents import Content
from pelican.plugins._utils import get_plugin_name, load_plugins

from . import extension
from .build import RECORD, Build, declare
from .checks import DROPPED_SOURCE, PLUGIN_MISSING, RULE_FAILED, WRONG_SETTING
from .clock import today
from .derived import write_derived
from .exceptions import weighed
from .files import write_json
from .findings import Finding, SiteError, blocking, distinct, listing, summary
from .records import annotation, record
from .staging import staged

BUILD = "PRIVACY_BUILD"
"""The name under which the running build stands in Pelican's context."""

INVENTORY = Path(RECORD, "inventory.json")
RESULT = Path(RECORD, "audit.json")
_PROJECT = Path(__file__).resolve().parents[2]


class SafePelican(Pelican):  # type: ignore[misc]
    """Pelican that publishes a whole and audited site, or nothing.

    current: the build that is running. Ends with `SystemExit` 1 where the site cannot be published.
    """

    current: Build

    def __init__(self, settings: dict[str, Any]) -> None:
        with _told():
            super().__init__(settings)
            self.declaration = declare(settings)

    def init_plugins(self) -> None:
        """Register every plugin that was asked for. Raises `SiteError` where one is missing or fails."""
        asked = self.settings.get("PLUGINS")
        loaded = load_plugins(self.settings)
        wrong = _not_loaded(asked, loaded)
        self.plugins = []
        for plugin in loaded:
            try:
                plugin.register()
            except (Exception, SystemExit) as error:  # noqa: BLE001  # told with all the others
                wrong.append(_unregistered(get_plugin_name(plugin), error))
            else:
                self.plugins.append(plugin)
        if wrong:
            raise SiteError(wrong)
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]

    def run(self) -> None:
        """Build, judge, publish. Raises `SystemExit` 1 with the findings on the terminal otherwise."""
        output = Path(str(self.settings["OUTPUT_PATH"]))
        former = self.settings["OUTPUT_PATH"]
        with _told(), _interruptible():
            _refuse_unsafe_output(output, self.settings)
            _leave_the_machines_locale(self.settings)
            try:
                with staged(output, self.output_retention or ()) as stage:
                    self._build_into(stage)
            finally:
                self.output_path = self.settings["OUTPUT_PATH"] = former
                self.settings.pop(BUILD, None)

    def _build_into(self, stage: Path) -> None:
        self.output_path = self.settings["OUTPUT_PATH"] = str(stage)
        self.current = build = Build(self.settings, self.declaration)
        self.settings[BUILD] = build
        with build.spool:
            try:
                super().run()
            except SiteError as error:
                raise SiteError([*build.findings, *error.findings]) from error
            finally:
                gc.unfreeze()
            build.policy_pages = []
            _forget_contents()
            if build.run is None:
                raise SiteError([_unprotected()])
            with build.clock():
                write_derived(build, stage, frozenset(self.output_retention or ()))
            notes = self._judge(build, stage)
            with build.clock():
                build.look_at_copied(stage)
                build.spool.write(build.root / INVENTORY)
            extension.output_accepted.send(build.accepted(stage, notes))

    def _judge(self, build: Build, stage: Path) -> list[Finding]:
        """Ask whoever judges the output, and stop where anything that was found blocks; return the rest."""
        start = time.process_time()
        found = list(build.findings)
        known = {finding.seen for finding in found}
        by_page: dict[str, list[Finding]] = {}
        for _, findings in extension.output_staged.send(build.staged(stage)):
            for finding in findings:
                if finding.seen not in known and finding.page not in build.given_up:
                    by_page.setdefault(finding.page, []).append(finding)
        for page, findings in by_page.items():
            found.extend(build.places.located(findings, page, build.sources_of(page)))
        privacy = self.declaration.privacy
        is_whole = all(finding.check is not DROPPED_SOURCE for finding in build.findings)
        judged = None if is_whole else frozenset[str]()  # a dropped source may need any exception
        found, accepted = weighed(distinct(found), privacy.exceptions, today(self.settings), judged)
        build.audit_seconds = time.process_time() - start
        is_clean = not blocking(found, strict=privacy.strict)
        write_json(build.root / RESULT, record(privacy.site, found, accepted, is_clean=is_clean))
        if not is_clean:
            raise SiteError(found)
        tell(found, strict=privacy.strict)
        return found


def _forget_contents() -> None:
    """Let go of the articles, which Pelican remembers by their texts: the audit takes the memory that they had."""
    for remembered in (Content.get_content, Content.get_summary):
        remembered.cache.clear()
    gc.collect()


def _unprotected() -> Finding:
    return Finding(
        PLUGIN_MISSING,
        "PLUGINS names none of this project's plugins, so that no page would be checked.",
        "List them in pelicanconf.py: PLUGINS = [privacy, cookie_banner, …], as imported modules.",
        place="pelicanconf.py",
    )


def tell(findings: list[Finding], *, strict: bool) -> None:
    """Print findings and their sum to the terminal; nothing where there are none. A workflow of GitHub gets each
    as an annotation as well."""
    if findings:
        print(
            f"{listing(findings, strict=strict)}\n\n{summary(findings, strict=strict)}", file=sys.stderr, flush=True
        )
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for finding in findings:
            print(annotation(finding, strict=strict), flush=True)


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever fails inside into our message and exit 1."""
    try:
        yield
    except SiteError as error:
        findings = distinct(error.findings)
        _show_traceback(error.__cause__)
        tell(findings, strict=not blocking(findings, strict=False))
    except KeyboardInterrupt:
        print("Interrupted. The site was not published.", file=sys.stderr, flush=True)
        raise SystemExit(130) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001  # the last stop: it becomes our message and exit 1
        _show_traceback(error)
        tell([unexpected(error)], strict=False)
    else:
        return
    _stop()


def _show_traceback(error: BaseException | None) -> None:
    if error is not None and os.environ.get("PRIVACY_DEBUG"):
        traceback.print_exception(error)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end a build as Ctrl-C does: the former site stays, and nothing else is left."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def _stop() -> NoReturn:
    raise SystemExit(1)


def unexpected(error: BaseException) -> Finding:
    """Return the finding for an error that nobody foresaw: what it says, and where in our files it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not {"site-packages", "lib"} & set(Path(frame.filename).parts)]
    own = [frame for frame in own if not frame.filename.startswith("<")]
    last = next(reversed(own or frames), None)
    return Finding(
        RULE_FAILED,
        f"{type(error).__name__}: {error}",
        "Set PRIVACY_DEBUG=1 and build again to see the whole traceback.",
        place=last.filename if last else "",
        line=last.lineno if last else None,
    )


def _not_loaded(asked: list[Any] | None, loaded: list[Any]) -> list[Finding]:
    """Return a finding for each plugin given by name that Pelican could not import (it only logs that)."""
    if asked is None:
        return []
    names = {get_plugin_name(plugin) for plugin in loaded}
    found = [
        _unregistered(plugin, _import_error(plugin))
        for plugin in asked
        if isinstance(plugin, str) and not {plugin, f"pelican.plugins.{plugin}"} & names
    ]
    if len(loaded) + len(found) < len(asked):
        missing = len(asked) - len(loaded)
        found.append(_unregistered("PLUGINS", ImportError(f"{missing} of {len(asked)} were not loaded")))
    return found


def _import_error(name: str) -> BaseException:
    try:
        importlib.import_module(name)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the reason
        return error
    return ImportError("Pelican could not load it")


def _unregistered(name: str, error: BaseException) -> Finding:
    return Finding(
        PLUGIN_MISSING,
        f"The plugin “{name}” was asked for and is not working: {type(error).__name__}: {error}",
        "Correct it, or take it out of PLUGINS; without it the site would lack what it promises.",
        place="pelicanconf.py",
        evidence=name,
    )


def _leave_the_machines_locale(settings: dict[str, Any]) -> None:
    """Let no locale reach the site that the settings do not name: neither names of months nor the comma in
    numbers. Pelican's default is the locale of the machine."""
    if list(settings["LOCALE"]) == [""]:
        settings["LOCALE"] = ["C"]
        locale.setlocale(locale.LC_ALL, "C")


def _is_site(folder: Path, settings: Mapping[str, Any]) -> bool:
    """Whether a folder is empty, or looks like a website that a build made."""
    names = {path.name for path in folder.iterdir()} - set(settings["OUTPUT_RETENTION"] or ())
    looks_built = bool(names & {"index.html", settings["THEME_STATIC_DIR"]})
    is_of_people = any(name.startswith(".git") or name.endswith((".py", ".md")) for name in names)
    return not names or (looks_built and not is_of_people)


def _refuse_unsafe_output(output: Path, settings: Mapping[str, Any]) -> None:
    """Raise where a build, which replaces the output as a whole, would take something else with it, or where what
    it publishes would change without a build."""
    target = output.resolve()
    wrong = [f"OUTPUT_PATH ({target}) is a file."] if target.exists() and not target.is_dir() else []
    sources = {"PATH": settings["PATH"], "THEME": settings["THEME"], "the plugins": _PROJECT / "plugins"}
    for name, folder in sources.items():
        source = Path(folder).resolve()
        if source == target or target in source.parents:
            wrong.append(f"OUTPUT_PATH ({target}) holds {name} ({source}), and is replaced by every build.")
        elif source in target.parents:
            wrong.append(f"OUTPUT_PATH ({target}) lies inside {name} ({source}).")
    retained = settings["OUTPUT_RETENTION"] or []
    wrong += [
        f"OUTPUT_RETENTION names “{name}”, which is no entry of the output."
        for name in retained
        if Path(str(name)).name != name
    ]
    if settings["STATIC_CREATE_LINKS"]:
        wrong.append("STATIC_CREATE_LINKS lets the published site change without a build, and unjudged.")
    if not wrong and target.is_dir() and not _is_site(target, settings):
        wrong.append(f"OUTPUT_PATH ({target}) holds something else than a website, and would be replaced.")
    if wrong:
        folder, other = "Let OUTPUT_PATH name a folder of its own.", "Leave that setting as Pelican has it."
        raise SiteError(
            Finding(WRONG_SETTING, what, folder if what.startswith("OUTPUT_PATH") else other, place="pelicanconf.py")
            for what in wrong
        )
