"""`python -m plugins build | publish | serve`: the one entry to the site.

Only the standard library is imported until the settings are loaded, so that a broken settings file or
plugin is told in our words, and not by a traceback.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"build": "pelicanconf.py", "publish": "publishconf.py"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 where the site is there, 1 where it could not be published."""
    options = _options(arguments)
    if options.command == "serve":
        serving = importlib.import_module("plugins.serve")
        return int(serving.serve(ROOT, options.host, options.port))
    try:
        return build(
            Path(options.settings or ROOT / SETTINGS[options.command]),
            strict=options.strict,
            preview=getattr(options, "preview", False),
        )
    except KeyboardInterrupt:
        print("Interrupted. The site was not published.", file=sys.stderr, flush=True)
        return 130


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m plugins", description="Build, publish or serve the site.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="build | publish | serve")
    for name in SETTINGS:
        command = commands.add_parser(name, help=f"make the site from {SETTINGS[name]}")
        command.add_argument("--settings", help=f"another settings file than {SETTINGS[name]}")
        command.add_argument("--strict", action="store_true", help="let notes stop the site, as errors do")
        if name == "build":
            command.add_argument(
                "--preview", action="store_true", help="show a policy that is not released as a draft"
            )
    serve = commands.add_parser("serve", help="build, show on this machine, build again on every change")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    return parser.parse_args(arguments)


def build(path: Path, *, strict: bool, preview: bool = False) -> int:
    """Build the site that the settings file describes. Returns the exit code. preview: for the author's eyes."""
    settings = load_settings(path)
    if settings is None:
        return 1
    settings["POLICY_PREVIEW"] = preview
    if strict and isinstance(settings.get("PRIVACY"), Mapping):
        settings["PRIVACY"] = {**settings["PRIVACY"], "strict": True}
    from pelican.log import init as init_logging

    init_logging(level=None, name="pelican")
    try:
        settings["PELICAN_CLASS"](settings).run()
    except SystemExit as exit_:
        return int(exit_.code or 0) if isinstance(exit_.code, int) else 1
    print(f"The site is in {Path(settings['OUTPUT_PATH']).resolve()}", flush=True)
    return 0


def load_settings(path: Path) -> dict[str, Any] | None:
    """Return Pelican's settings from a file, or None after saying on the terminal what is wrong with it."""
    try:
        if not path.is_file():
            raise FileNotFoundError("there is no such file")
        sys.path.insert(0, str(path.resolve().parent))
        _forget_compiled(path)
        from pelican.settings import read_settings

        settings: dict[str, Any] = read_settings(str(path))
        safe = importlib.import_module("plugins.privacy").SafePelican
        if not (isinstance(settings["PELICAN_CLASS"], type) and issubclass(settings["PELICAN_CLASS"], safe)):
            raise RuntimeError("PELICAN_CLASS is not SafePelican, without which a failing build is published")
    except BaseException as error:  # a settings file may raise anything, SystemExit too
        if isinstance(error, KeyboardInterrupt):
            raise
        _tell(path, error)
        return None
    return settings


def _forget_compiled(path: Path) -> None:
    """Remove the compiled settings: a file that is saved twice within a second, with as many characters,
    would be taken for the former one."""
    for source in path.resolve().parent.glob("*.py"):
        Path(importlib.util.cache_from_source(str(source))).unlink(missing_ok=True)


def _tell(path: Path, error: BaseException) -> None:
    """Say in the form of a finding where the settings break. The standard library has to do for it."""
    place, line = path.name, None
    if isinstance(error, SyntaxError) and error.filename:
        place, line = error.filename, error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).is_relative_to(path.resolve().parent) and ".venv" not in frame.filename:
                place, line = frame.filename, frame.lineno
        if Path(place).name == Path(__file__).name:
            place, line = path.name, None
    if Path(place).is_relative_to(path.resolve().parent):
        place = str(Path(place).relative_to(path.resolve().parent))
    where = f"{place}:{line}" if line else place
    what = "this line" if line else "it"
    way_out = f"Correct {what}; the settings and the plugins they import have to run before anything is built."
    if not path.is_file():
        way_out = "Call this in the folder of the project, or name the file: --settings FILE."
    print(
        f"{where}  broken-settings\n"
        f"    {type(error).__name__}: {error}\n"
        f"    {way_out}\n\n"
        "1 error in 1 place. The site was not published.",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
