"""The lock and the stored versions on disk, and what they say about the policy that is to be published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..privacy.findings import Finding
from . import lock as lock_file
from .archive import FOLDER, Stored, load
from .checks import POLICY_LOCK
from .lock import Lock, LockError
from .versions import Current, judge

_INIT = "privacy policy init"


class Released(NamedTuple):
    """The lock with its versions, the oldest first; None and nothing where there is none."""

    lock: Lock | None
    versions: tuple[Stored, ...]


def released(settings: Mapping[str, Any]) -> Released:
    """Read the lock and every stored version. Raises `LockError`; changes nothing."""
    content = Path(settings["PATH"])
    path = lock_path(settings)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        stored = content / FOLDER
        if stored.is_dir() and any(stored.iterdir()):
            raise LockError(
                f"{lock_file.NAME} is gone, and {content.name}/{FOLDER} holds versions that it vouched for.",
                "Restore it as it was committed, such as by: git checkout -- privacy.lock.json. Where it never was, "
                f"because the first release was interrupted, remove {content.name}/{FOLDER}, then: {_INIT}.",
            ) from None
        return Released(None, ())
    except (OSError, UnicodeDecodeError) as error:
        raise LockError(f"{lock_file.NAME} cannot be read: {error}.") from error
    lock = lock_file.read(text)
    return Released(lock, tuple(load(content, lock)))


def lock_path(settings: Mapping[str, Any]) -> Path:
    """Return where the lock is: beside the content folder."""
    return Path(settings["PATH"]).resolve().parent / lock_file.NAME


def stored_files(settings: Mapping[str, Any]) -> list[str]:
    """Return the files of the stored versions, relative to the content folder."""
    content = Path(settings["PATH"])
    folder = content / FOLDER
    return sorted(path.relative_to(content).as_posix() for path in folder.rglob("*") if path.is_file())


def unknown_files(known: Released, settings: Mapping[str, Any]) -> list[Finding]:
    """Return a finding for each file among the stored versions that the lock does not vouch for."""
    if known.lock is None:
        return []
    vouched = {f"{FOLDER}/{version.date}/{name}" for version in known.lock.versions for name in version.archive}
    what = f"This file is no part of a released version: {lock_file.NAME} does not know it."
    way_out = "Where a release or a correction was interrupted, run it again. Otherwise move the file away."
    return [
        Finding(POLICY_LOCK, what, way_out, place=f"{Path(settings['PATH']).name}/{name}", evidence=what)
        for name in stored_files(settings)
        if name not in vouched and not Path(name).name.startswith(".")
    ]


def lock_finding(error: LockError) -> Finding:
    """Return what is wrong with the lock as a finding."""
    return Finding(POLICY_LOCK, error.what, error.way_out, place=lock_file.NAME, evidence=error.what)


def release_findings(known: Released, current: Current, settings: Mapping[str, Any], site: str) -> list[Finding]:
    """Return what keeps the policy from being published.

    Without a lock, the first version is still being written: the site can be built and looked at, and not published
    (SITEURL is set).
    """
    if known.lock is not None:
        return judge(known.versions[-1], current, site)
    if not settings["SITEURL"]:
        return []
    what = "The policy was never released: nobody could say later what it said on which day."
    way_out = f"Release its first version: {_INIT}."
    return [Finding(POLICY_LOCK, what, way_out, place=current.main_place, evidence=what)]
