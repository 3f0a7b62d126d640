"""The command `privacy`, run as a person runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from plugins.privacy.catalogue import catalogue
from plugins.privacy_audit.browser_checks import MADE_BY_BROWSER
from plugins.privacy_audit.list_of_checks import MADE
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


def test_every_check_of_the_audit_is_explained_with_an_example(site: Site) -> None:
    ended = privacy(site, "audit", "--list")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(
        "unreadable-file  error\n    Every page, style sheet and drawing of the site is UTF-8"
    )
    assert ended.out.count("\n    Example: ") == len(MADE) + len(MADE_BY_BROWSER)


def test_an_audit_speaks_to_programs_and_knows_the_line(site: Site) -> None:
    site.add("pelicanconf.py", 'PRIVACY["public_mail"] = ["jane@firm.de"]\n')
    site.add("content/pages/home.md", "\nWrite to jane@firm.de.\n")
    assert site.build().code == 0
    site.replace("pelicanconf.py", "jane@firm.de", "joe@firm.de")

    as_json, for_github = privacy(site, "audit", "--format", "json"), privacy(site, "audit", "--format", "github")

    (finding,) = json.loads(as_json.out)["findings"]
    line = len((site.folder / "content/pages/home.md").read_text("utf-8").splitlines())
    assert (as_json.code, finding["check"]) == (1, "personal-mail")
    assert (finding["place"], finding["line"]) == ("content/pages/home.md", line)
    assert for_github.code == 1
    assert for_github.out.startswith(f"::error file=content/pages/home.md,line={line},title=personal-mail::")


def test_an_exception_lets_a_site_be_published_and_its_end_stops_it(site: Site) -> None:
    site.add("content/pages/home.md", "\nWrite to jane@firm.de.\n")
    excepted = '{"check": "personal-mail", "place": "content/pages/home.md", "reason": "agreed", "until": "%s"}'
    site.add("pelicanconf.py", f'PRIVACY["exceptions"] = [{excepted % "2026-01-01"}]\n')
    ended = site.build()
    assert (ended.code, ended.err) == (0, "")
    assert json.loads((site.folder / "build/audit.json").read_text("utf-8"))["accepted"][0]["reason"] == "agreed"

    site.replace("pelicanconf.py", "2026-01-01", "2025-12-31")
    ended = site.build(GITHUB_ACTIONS="true")
    assert ended.code == 1
    assert "pelicanconf.py  stale-exception\n" in ended.err
    assert "\n::error file=pelicanconf.py,title=stale-exception::" in ended.out
