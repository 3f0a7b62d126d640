"""`privacy audit --browser` where there is no browser: it could not run, says why, and judges nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.site_kit import Ended, new_site, run

pytestmark = pytest.mark.slow


def audited(folder: Path, **environment: str) -> Ended:
    """Run the deep form on a site of one page."""
    site = new_site(folder)
    page = site.write("public/index.html", "<!doctype html><title>x</title>")
    settings = str(site.folder / "pelicanconf.py")
    command = [sys.executable, "-m", "plugins.privacy.cli", "--settings", settings]
    ended = run([*command, "audit", "--browser", str(page.parent)], site.project, {**os.environ, **environment})
    assert not (site.folder / "build" / "browser.json").exists()
    return ended


def told(ended: Ended) -> tuple[int, str, str]:
    """Return the exit code, the output, and the last line of the error output: above it is the progress."""
    return ended.code, ended.out, ended.err.splitlines()[-1]


def test_without_playwright_it_says_how_to_install_it(tmp_path: Path) -> None:
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "playwright.py").write_text('raise ImportError("no playwright")\n')

    ended = audited(tmp_path / "site", PYTHONPATH=str(stub))

    assert told(ended) == (2, "", "--browser: Playwright is not installed: .venv/bin/pip install playwright")


def test_a_browser_that_is_named_and_not_there_is_a_mistake(tmp_path: Path) -> None:
    ended = audited(tmp_path, CHROMIUM="/nowhere/chromium")

    assert told(ended) == (2, "", "--browser: CHROMIUM names /nowhere/chromium, and there is no such program.")


def test_a_program_that_is_no_browser_does_not_start(tmp_path: Path) -> None:
    code, out, line = told(audited(tmp_path, CHROMIUM=sys.executable))

    assert (code, out) == (2, "")
    assert line.startswith("--browser: Chromium does not start: BrowserType.launch: ")
