"""The command `privacy`, run as a person runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plugins.privacy.catalogue import catalogue
from tests.site_kit import VIDEO, Ended, Site, new_site, run

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return new_site(tmp_path)


def privacy(site: Site, *arguments: str) -> Ended:
    """Run the command on a site."""
    settings = str(site.folder / "pelicanconf.py")
    return run([sys.executable, "-m", "plugins.privacy.cli", "--settings", settings, *arguments], site.project)


def test_a_missing_settings_file_cannot_be_checked(site: Site) -> None:
    (site.folder / "pelicanconf.py").unlink()
    ended = privacy(site, "check")
    assert ended.code == 2
    assert ended.err.startswith("pelicanconf.py  broken-settings\n    FileNotFoundError: there is no such file\n")


def test_wrong_settings_are_told_all_at_once(site: Site) -> None:
    site.replace("pelicanconf.py", '"services": [],', '"services": ["yutube"], "strct": True,')
    ended = privacy(site, "check")
    assert ended.code == 1
    assert '"yutube" is no service of the catalogue. Did you mean "youtube"?' in ended.err
    assert 'PRIVACY["strct"] is not a setting.\n    Did you mean "strict"?' in ended.err
    assert ended.err.endswith("\n2 errors in 1 place.\n")


def test_right_settings_are_said_to_be_right(site: Site) -> None:
    site.replace("pelicanconf.py", '"services": [],', '"services": ["youtube"],')
    assert privacy(site, "check") == Ended(
        0, "The settings are right. Services that wait for consent or a click: YouTube.\n", ""
    )


def test_services_lists_the_catalogue_and_marks_what_is_declared(site: Site) -> None:
    site.replace("pelicanconf.py", '"services": [],', '"services": ["youtube"],')
    lines = privacy(site, "services").out.splitlines()
    assert lines[0].split() == ["id", "declared", "name", "purpose", "hosts"]
    assert [line.split()[0] for line in lines[1:]] == [service.id for service in catalogue()]
    assert [line for line in lines[1:] if line.split()[1] == "yes"] == [lines[-1]]
    assert lines[-1].split()[:3] == ["youtube", "yes", "YouTube"]


def test_a_site_that_was_not_built_cannot_be_audited(site: Site) -> None:
    ended = privacy(site, "audit")
    assert (ended.code, ended.err) == (2, f"{site.output} is no folder. Build the site first: make build\n")


def test_a_folder_with_an_undeclared_load_is_told_to_have_one(site: Site) -> None:
    page = site.write("copied/page.html", f"<!doctype html><title>A page</title>{VIDEO}")
    ended = privacy(site, "audit", str(page.parent))
    assert ended.code == 1
    assert ended.err.startswith("page.html  undeclared-load\n    <iframe src=")
    assert ended.err.endswith("\n1 error in 1 place.\n")


def test_a_built_site_is_clean(site: Site) -> None:
    assert site.build().code == 0
    assert privacy(site, "audit") == Ended(0, "", "No findings.\n")
