"""A folder takes the published one's place whole, or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
from pathlib import Path

import pytest

from plugins.privacy.staging import staged
from tests.site_kit import files

OLD = {"index.html": b"old", "images/a.png": b"\x00\xff"}
NEW = {"index.html": b"new", "blog/index.html": b"list"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A published site."""
    put(tmp_path / "output", OLD)
    return tmp_path / "output"


def put(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files into a folder."""
    for name, data in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def beside(output: Path) -> list[str]:
    """Return what stands beside the output."""
    return sorted(path.name for path in output.parent.iterdir() if path != output)


class BuildFailedError(Exception):
    """The build failed."""


class System:
    """The C library of a system that answers `renameat2` with an error, or has no such call."""

    def __init__(self, code: int | None) -> None:
        self._code = code

    def __call__(self, name: object, *, use_errno: bool) -> System:
        return self

    @property
    def renameat2(self) -> object:
        if self._code is None:
            raise AttributeError("renameat2")
        return self._fail

    def _fail(self, *arguments: object) -> int:
        ctypes.set_errno(self._code or 0)
        return -1


def without_exchange(monkeypatch: pytest.MonkeyPatch, code: int | None = None) -> None:
    """Take from the system what swaps two folders in one step."""
    monkeypatch.setattr(ctypes, "CDLL", System(code))


def build_and_raise(output: Path, error: type[BaseException]) -> None:
    """Build half a site, and fail."""
    with staged(output) as stage:
        put(stage, NEW)
        raise error


@pytest.mark.parametrize("error", [BuildFailedError, KeyboardInterrupt, SystemExit])
def test_a_build_that_raises_changes_nothing_and_leaves_nothing(output: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        build_and_raise(output, error)

    assert (files(output), beside(output)) == (OLD, [])


def test_a_build_that_raises_makes_no_output_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(BuildFailedError), staged(tmp_path / "output"):
        raise BuildFailedError

    assert list(tmp_path.iterdir()) == []


def test_while_it_is_built_the_former_site_stands_there(output: Path) -> None:
    with staged(output) as stage:
        put(stage, NEW)
        assert files(output) == OLD
        assert stage.parent == output.parent, "on the same disk"

    assert (files(output), beside(output)) == (NEW, [])


def test_the_first_site_is_published_and_its_parents_are_made(tmp_path: Path) -> None:
    output = tmp_path / "srv" / "www"

    with staged(output) as stage:
        put(stage, NEW)

    assert (files(output), beside(output)) == (NEW, [])


def test_web_servers_may_read_the_new_folder_as_the_umask_says(output: Path) -> None:
    former = os.umask(0o027)
    try:
        with staged(output):
            pass
    finally:
        os.umask(former)

    assert output.stat().st_mode & 0o777 == 0o750


def test_what_is_to_be_kept_moves_along_and_the_rest_does_not(output: Path) -> None:
    put(output, {".git/HEAD": b"ref", "CNAME": b"www"})

    with staged(output, [".git", "CNAME", "missing"]) as stage:
        put(stage, NEW)

    assert files(output) == {**NEW, ".git/HEAD": b"ref", "CNAME": b"www"}


def test_an_output_that_is_a_link_stays_a_link(output: Path, tmp_path: Path) -> None:
    link = tmp_path / "public"
    link.symlink_to(output)

    with staged(link) as stage:
        put(stage, NEW)

    assert link.is_symlink()
    assert files(output) == NEW


def test_what_a_killed_build_left_is_swept(output: Path) -> None:
    put(output.with_name(".output.stage-abc"), NEW)

    with staged(output) as stage:
        assert beside(output) == [stage.name]


@pytest.mark.parametrize("name", [".public.stage-abc", ".output.staged", "output.stage-abc", ".output-2.stage-abc"])
def test_what_is_not_a_stage_of_this_output_is_left_alone(output: Path, name: str) -> None:
    put(output.with_name(name), NEW)

    with staged(output):
        pass

    assert beside(output) == [name]


def test_the_folder_of_a_running_build_is_left_alone(output: Path) -> None:
    with staged(output) as first:
        put(first, NEW)
        with staged(output) as second:
            put(second, {"index.html": b"second"})
            assert files(first) == NEW
        assert files(output) == {"index.html": b"second"}

    assert (files(output), beside(output)) == (NEW, [])


def test_a_folder_that_somebody_holds_the_lock_of_is_not_swept(output: Path) -> None:
    running = output.with_name(".output.stage-abc")
    put(running, NEW)
    lock = os.open(running, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with staged(output):
            pass
        assert files(running) == NEW
    finally:
        os.close(lock)


def test_stages_of_an_output_with_unusual_characters_in_its_name_are_swept(tmp_path: Path) -> None:
    put(tmp_path / ".site [1]*.stage-abc", NEW)

    with staged(tmp_path / "site [1]*") as stage:
        put(stage, NEW)

    assert [path.name for path in tmp_path.iterdir()] == ["site [1]*"]


@pytest.mark.parametrize("code", [None, errno.ENOSYS, errno.EINVAL], ids=["no call", "ENOSYS", "EINVAL"])
def test_where_folders_cannot_be_exchanged_they_are_renamed(
    output: Path, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    without_exchange(monkeypatch, code)

    with staged(output) as stage:
        put(stage, NEW)

    assert (files(output), beside(output)) == (NEW, [])


def test_where_the_exchange_is_forbidden_the_former_site_stays(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch, errno.EPERM)

    with pytest.raises(PermissionError), staged(output) as stage:
        put(stage, NEW)

    assert (files(output), beside(output)) == (OLD, [])


def test_a_second_rename_that_fails_puts_the_former_site_back(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch)
    rename = Path.rename

    def rename_the_first_time(self: Path, target: Path) -> Path:
        if self.name.startswith(".output.stage-") and "former" not in self.name:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_the_first_time)

    with pytest.raises(OSError, match="Input/output error"), staged(output) as stage:
        put(stage, NEW)

    assert (files(output), beside(output)) == (OLD, [])


def test_a_former_site_that_a_killed_build_had_moved_aside_is_not_lost(output: Path) -> None:
    # killed between the two renames, on a system that cannot exchange folders
    output.rename(output.with_name(".output.stage-former-123"))

    with pytest.raises(BuildFailedError), staged(output):
        raise BuildFailedError

    assert OLD in [files(output), files(output.with_name(".output.stage-former-123"))]
