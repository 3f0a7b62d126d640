"""Finds the web servers that the published site is tried with, and fetches them where there are none.

They come from the system's packages and are unpacked into `.venv/.servers`, where nothing starts by itself and no rights
are needed.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PACKAGES = {"nginx": ("nginx", "nginx-common"), "caddy": ("caddy",)}
FOLDER = Path(__file__).resolve().parent.parent / ".venv" / ".servers"
WAY_OUT = "Install the servers: {sudo}apt-get update && {sudo}apt-get install nginx caddy"
_SYSTEM = "/usr/sbin:/usr/bin:/usr/local/bin"
_SECONDS = 300


class NoServerError(Exception):
    """A server is neither there nor can it be fetched; the message names the command that helps."""


def server(name: str) -> Path:
    """Return the path of a server that starts: the system's, or one that is fetched now."""
    found = _find(name)
    if found is None:
        _fetch(PACKAGES[name])
        found = _find(name)
    if found is None:
        sudo = "" if os.geteuid() == 0 else "sudo "
        raise NoServerError(f"{name} is not installed and could not be fetched. {WAY_OUT.format(sudo=sudo)}")
    return found


def media_types(nginx: Path) -> Path:
    """Return the list of media types that comes with a server."""
    own = nginx.parents[2] / "etc/nginx/mime.types"
    return own if own.is_file() else Path("/etc/nginx/mime.types")


def _find(name: str) -> Path | None:
    path = shutil.which(name, path=os.pathsep.join((os.environ["PATH"], _SYSTEM)))
    candidates = [*([Path(path)] if path else []), FOLDER / "usr/sbin" / name, FOLDER / "usr/bin" / name]
    return next((path for path in candidates if path.is_file() and _runs([str(path), _version(name)])), None)


def _version(name: str) -> str:
    return "version" if name == "caddy" else "-v"


def _fetch(packages: Sequence[str]) -> None:
    """Unpack the system's packages into the folder, as far as that works."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not _runs(["apt-get", "download", *packages]) and os.geteuid() == 0:
        _runs(["apt-get", "update"])
        _runs(["apt-get", "download", *packages])
    for archive in sorted(FOLDER.glob("*.deb")):
        _runs(["dpkg-deb", "--extract", str(archive), str(FOLDER)])
        archive.unlink()


def _runs(command: Sequence[str]) -> bool:
    """Whether a command succeeds, in the folder of the servers where that is there."""
    cwd = FOLDER if FOLDER.is_dir() else None
    try:
        done = subprocess.run(
            command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
