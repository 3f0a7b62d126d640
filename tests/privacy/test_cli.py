"""The command `privacy`, run as a person runs it."""

from __future__ import annotations

import json
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
    assert lines[0].split() == ["id", "declared", "name", "purpose", "hosts", "changed"]
    assert [line.split()[0] for line in lines[1:]] == [service.id for service in catalogue()]
    assert [line for line in lines[1:] if line.split()[1] == "yes"] == [lines[-1]]
    assert lines[-1].split()[:3] == ["youtube", "yes", "YouTube"]


def test_services_says_which_facts_the_site_changes(site: Site) -> None:
    site.replace("pelicanconf.py", '"services": [],', '"services": [{"id": "youtube", "purpose": "marketing"}],')
    assert privacy(site, "services").out.splitlines()[-1].endswith("  purpose")
    assert "  changed here  purpose\n" in privacy(site, "services", "lookup", "youtube.com").out


def test_lookup_tells_what_is_known_of_an_address(site: Site) -> None:
    ended = privacy(site, "services", "lookup", "https://www.google.com/recaptcha/api.js?x=1")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "recaptcha: reCAPTCHA"
    assert "  declared      no (privacy services add recaptcha declares it)" in lines
    assert "  stores        _GRECAPTCHA (cookie, third party, P179D)" in lines


def test_lookup_prints_the_entry_to_fill_in(site: Site) -> None:
    ended = privacy(site, "services", "lookup", "cdn.chat.example.org")
    first, _, entry = ended.out.partition("\n\n")
    assert (ended.code, ended.err) == (1, "")
    assert first == (
        'No service has the host cdn.chat.example.org. This is the entry to fill in, in PRIVACY["services"]:'
    )
    assert {"id": "example", "name": "Example"}.items() <= json.loads(entry).items()
    assert json.loads(entry)["hosts"][0]["host"] == "cdn.chat.example.org"


def test_lookup_of_what_is_no_address_could_not_run(site: Site) -> None:
    ended = privacy(site, "services", "lookup", "mailto:a@example.org")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "“mailto:a@example.org” is no web address. Write one such as https://www.example.org/embed.js\n"
    )


def test_add_writes_a_service_into_the_settings(site: Site) -> None:
    file = site.folder / "pelicanconf.py"
    before = file.read_text("utf-8")
    ended = privacy(site, "services", "add", "vimeo")
    assert ended == Ended(0, f'{file} declares "vimeo" now: Vimeo, Vimeo.\n', "")
    assert file.read_text("utf-8") == before.replace('"services": [],', '"services": ["vimeo"],')
    assert privacy(site, "services", "add", "vimeo").out == f'{file} declares "vimeo" already.\n'


def test_add_changes_no_settings_that_it_does_not_understand(site: Site) -> None:
    site.replace("pelicanconf.py", '"services": [],', '"services": list("a"),')
    file = site.folder / "pelicanconf.py"
    before = file.read_bytes()
    assert privacy(site, "services", "add", "vimeo") == Ended(
        2,
        "",
        f'{file} was not changed: PRIVACY has no "services" that is a list, written out.\n'
        'Add "vimeo" to PRIVACY["services"] in it.\n',
    )
    assert file.read_bytes() == before


def test_add_knows_the_nearest_name_and_what_runs_on_an_own_server(site: Site) -> None:
    ended = privacy(site, "services", "add", "vimo")
    assert (ended.code, ended.err) == (1, '“vimo” is no service of the catalogue. Did you mean "vimeo"?\n')
    ended = privacy(site, "services", "add", "listmonk")
    assert ended.code == 1
    assert ended.err.startswith('Say where it runs: add {"id": "listmonk", "hosts": [')


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
