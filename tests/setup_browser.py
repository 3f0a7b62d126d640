"""Finds the Chromium that the browser tests drive, and installs one where none is found.

`python -m tests.setup_browser` prints the path of a browser that starts. It goes to the network only when
no browser is installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\nwith sync_playwright() as p: print(p.chromium.executable_path)"
)
# program: the commands that install Chromium with it, in order
PACKAGE_MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (("apt-get", "update"), ("apt-get", "install", "-y", "chromium")),
    "dnf": (("dnf", "install", "-y", "chromium"),),
}

START_SECONDS = 60
PLAYWRIGHT_SECONDS = 300
PACKAGE_SECONDS = 900


def find_browser() -> str | None:
    """The path of an installed Chromium or Chrome that starts, or None.

    The environment variable CHROMIUM (a path or a program's name) decides alone when it is set: a browser
    that somebody names and that does not start is a mistake to be told, not to be replaced by another one.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        return path if path and _starts(path) else None
    return next((path for path in _candidates() if _starts(path)), None)


def main() -> int:
    """Print the path of a browser, after installing one if need be; return the exit code."""
    path = find_browser()
    if path is None and os.environ.get("CHROMIUM"):
        print(
            f"CHROMIUM={os.environ['CHROMIUM']} does not start a browser: correct it or unset it.",
            file=sys.stderr,
        )
        return 1
    path = path or _install()
    if path is None:
        print(f"No Chromium was found and none could be installed. {_way_out()}", file=sys.stderr)
        return 1
    print(path)
    return 0


def _candidates() -> Iterator[str]:
    """Paths where a browser may be, the likeliest first; playwright's is last because asking takes a second."""
    for name in (*NAMES, *MAC_PATHS):
        path = shutil.which(name)
        if path:
            yield path
    answer = _output([sys.executable, "-c", ASK_PLAYWRIGHT])
    if answer:
        path = shutil.which(answer)
        if path:
            yield path


def _starts(path: str) -> bool:
    """Whether the program runs at all: all its libraries are there, and it is not a stub that asks for a snap."""
    return bool(_output([path, "--version"]))


def _output(command: Sequence[str]) -> str | None:
    """What a command prints, without the spaces around it, or None if it fails or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _install() -> str | None:
    """Try playwright's own download, then, as root, the system's packages; return the browser's path, or None."""
    print("No Chromium found, installing one…", file=sys.stderr)
    playwright = (sys.executable, "-m", "playwright", "install", "--no-shell", "chromium")
    if _run(playwright, PLAYWRIGHT_SECONDS):
        path = find_browser()
        if path:
            return path
    manager = _package_manager()
    if manager and os.geteuid() == 0 and all(_run(command, PACKAGE_SECONDS) for command in PACKAGE_MANAGERS[manager]):
        return find_browser()
    return None


def _run(command: Sequence[str], seconds: float) -> bool:
    """Run an installer within a time limit, its output on standard error; return whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return False
    return done.returncode == 0


def _package_manager() -> str | None:
    return next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)


def _way_out() -> str:
    manager = _package_manager()
    if manager is None:
        return "Install Chromium or Google Chrome, or name one: make test CHROMIUM=/path/to/chrome"
    sudo = "" if os.geteuid() == 0 else "sudo "
    commands = " && ".join(sudo + " ".join(command) for command in PACKAGE_MANAGERS[manager])
    return f"Run: {commands}\nor name an installed one: make test CHROMIUM=/path/to/chrome"


if __name__ == "__main__":
    sys.exit(main())
