"""Staging: a site is built beside the published one and takes its place in one step, or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staged(output: Path, keep: Iterable[str] = ()) -> Iterator[Path]:
    """Give an empty folder beside `output`; when the block ends well, it becomes `output`.

    When the block raises, `output` is as it was. A build that was killed leaves its folder behind;
    the next one removes it. `keep` names entries of the former output that move along
    (`OUTPUT_RETENTION`).
    """
    output = Path(os.path.realpath(output))
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(output.parent):
        _sweep(output)
        stage = Path(tempfile.mkdtemp(prefix=f"{_prefix(output)}-", dir=output.parent))
        lock = os.open(stage, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        for name in keep:  # first, so that what is built and what is judged comes after it
            _copy(output / name, stage / name)
        yield stage
        stage.chmod(0o777 & ~_umask())
        _put_in_place(stage, output)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        os.close(lock)


def _prefix(output: Path) -> str:
    return f".{output.name}.stage"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder, so that no other build sweeps a stage that is being made."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(output: Path) -> None:
    """Remove the folders of builds that are no longer running: nobody holds their lock. A former site that
    a killed build had moved aside comes back."""
    for stage in sorted(output.parent.iterdir()):
        if not stage.name.startswith(f"{_prefix(output)}-"):
            continue
        if stage.name.startswith(f"{_prefix(output)}-former-") and not output.exists():
            stage.rename(output)
            continue
        with suppress(OSError):
            descriptor = os.open(stage, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(stage, ignore_errors=True)
            finally:
                os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy2(source, target)


def _put_in_place(stage: Path, output: Path) -> None:
    """Let `stage` become `output`; what was there is then at `stage`."""
    if not output.exists():
        stage.rename(output)
        return
    if _exchange(stage, output):
        return
    former = output.with_name(f"{_prefix(output)}-former-{os.getpid()}")
    output.rename(former)
    try:
        stage.rename(output)
    except OSError:
        former.rename(output)
        raise
    shutil.rmtree(former)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux), or say that this cannot be done here."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
