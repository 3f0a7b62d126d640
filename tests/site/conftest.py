"""The company's site as it would be published, and one visit to every page of it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.headers.servers import read_file
from tests.browser.third_party import SITE_HOST, TYPES, ThirdParty
from tests.site.visit import Visit, visit_all
from tests.site_kit import ROOT, Ended, run

SETTINGS = """\
import sys

sys.path.insert(0, {root!r})
from publishconf import *

PATH, THEME, OUTPUT_PATH = {content!r}, {theme!r}, {output!r}
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the production build of this repository's site, made from a copy of content and theme."""
    folder = tmp_path_factory.mktemp("company")
    copy_sources(folder)
    return built_at(folder)


def copy_sources(folder: Path) -> None:
    """Copy what the site is made of: content, theme, and the lock of the policy, which lies beside them."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "privacy.lock.json", folder)


def built_at(folder: Path) -> Path:
    """Build content and theme of a folder with the settings of production; return the folder of the site."""
    ended = build_at(folder)
    assert (ended.code, ended.err) == (0, ""), ended
    return folder / "public"


def build_at(folder: Path, more: str = "") -> Ended:
    """Build content and theme of a folder with the settings of production, and more of them, into `public`."""
    output = folder / "public"
    settings = SETTINGS.format(
        root=str(ROOT), content=str(folder / "content"), theme=str(folder / "theme"), output=str(output)
    )
    (folder / "settings.py").write_text(settings + more, "utf-8")
    command = [sys.executable, "-m", "plugins", "publish", "--settings", str(folder / "settings.py")]
    return run(command, ROOT, {"SOURCE_DATE_EPOCH": "1795305600"})  # 2026-11-22: after the dates of the content


@pytest.fixture(scope="session")
def pages(published: Path) -> list[str]:
    """The file of every page, drafts included, relative to the site."""
    return sorted(path.relative_to(published).as_posix() for path in published.rglob("*.html"))


@pytest.fixture(scope="session")
def visits(published: Path, pages: list[str], web: ThirdParty, browser: Browser) -> Iterator[dict[str, Visit]]:
    """What a visitor's browser saw on every page: before a choice, after it, in both colour schemes."""
    serve(web, published)
    yield visit_all(browser, web, pages)
    web.forget()


def serve(web: ThirdParty, folder: Path) -> None:
    """Let the site's host answer with the files of a folder, and with the headers that follow from the declaration."""
    web.forget()
    headers = read_file((folder / "_headers").read_text("utf-8"))
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            kind = TYPES.get(path.suffix, "text/plain; charset=utf-8")
            for shown in {name, name.removesuffix("index.html")}:
                web.answer(SITE_HOST, f"/{shown}", path.read_bytes(), kind, headers)
