"""The report of a whole site: what it shows follows from the last build, and nothing else."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site_kit import VIDEO, Ended, Site, new_site, run

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A published site with one film, a link and a note."""
    made = new_site(tmp_path)
    made.add(
        "pelicanconf.py",
        "from plugins import privacy_report\nPLUGINS = [*PLUGINS, privacy_report]\n"
        "PLUGINS.remove(privacy_policy)  # which publishes released versions only\n"
        'PRIVACY["services"] = ["youtube"]\nSITEURL = PRIVACY["site"]\n',
    )
    made.write("content/privacy/policy.md", "Title: Privacy\nSlug: privacy\n\nText.\n")
    made.add("content/pages/home.md", f"\n{VIDEO}\n\n[Amazon](https://www.amazon.de/dp/1?tag=foreign-21)\n")
    return made


def build(site: Site) -> None:
    """Build the site, which succeeds."""
    ended = site.build()
    assert ended.code == 0, ended


def report(site: Site, *options: str) -> Ended:
    """Run `privacy report` on the site."""
    command = [
        sys.executable,
        "-m",
        "plugins.privacy.cli",
        "--settings",
        str(site.folder / "pelicanconf.py"),
        "report",
    ]
    return run([*command, *options], site.project)


def numbers(site: Site) -> Any:
    """The numbers of the report."""
    return json.loads((site.folder / "build/report/report.json").read_text("utf-8"))


def page(site: Site) -> str:
    """The page of the report."""
    return (site.folder / "build/report/index.html").read_text("utf-8")


def test_without_a_build_there_is_no_report(site: Site) -> None:
    ended = report(site)

    assert ended.code == 2
    assert "lacks what a report is made of: " in ended.err
    assert "Build the site first: make publish" in ended.err


def test_it_says_who_is_contacted_by_which_page_before_and_after_consent(site: Site) -> None:
    build(site)

    assert report(site).code == 0

    told = numbers(site)
    assert told["hosts_before"] == []
    assert told["hosts_after"] == ["www.youtube-nocookie.com"]
    assert [service["id"] for service in told["services"]] == ["youtube"]
    assert told["services"][0]["pages"] == ["index.html"]
    home = next(page for page in told["pages"] if page["page"] == "index.html")
    assert home["before"] == []
    assert home["after"] == {"youtube": ["www.youtube-nocookie.com"]}
    assert "www.amazon.de" in home["linked"]
    assert "Before visitors choose, no page contacts anybody else." in page(site)
    assert "foreign-tag" in page(site), "the note of the build, with its way out"


def test_it_lies_outside_the_published_site_and_does_not_change_it(site: Site) -> None:
    build(site)
    before = {path: path.read_bytes() for path in site.output.rglob("*") if path.is_file()}

    report(site)

    assert {path: path.read_bytes() for path in site.output.rglob("*") if path.is_file()} == before


def test_the_same_site_has_the_same_report(site: Site) -> None:
    build(site)
    report(site)
    first = page(site)
    build(site)
    report(site)

    assert page(site) == first


def test_it_says_what_changed_since_the_last_publication(site: Site) -> None:
    build(site)
    report(site)
    assert "There is no former publication to compare with." in page(site)

    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube", "openstreetmap"]\n')
    site.add("content/blog/first.md", '\n<iframe src="https://www.openstreetmap.org/export/embed.html"></iframe>\n')
    build(site)
    report(site)

    for sentence in (
        "<li>OpenStreetMap is new.</li>",
        "<li>Visitors are asked again: what they agree to has changed.</li>",
        "<li>blog/first/index.html could contact nobody, and now www.openstreetmap.org.</li>",
    ):
        assert sentence in page(site)
    build(site)
    report(site)
    assert "<li>OpenStreetMap is new.</li>" in page(site), "a second publication of the same site is no new one"


def test_a_machine_that_keeps_nothing_compares_with_the_numbers_that_it_is_given(site: Site) -> None:
    build(site)
    report(site)
    last = site.folder / "last.json"
    last.write_bytes((site.folder / "build/report/report.json").read_bytes())
    shutil.rmtree(site.folder / "build")
    site.write("content/pages/new.md", "Title: New\n\nText.\n")
    build(site)

    assert report(site, "--since", str(last)).code == 0

    assert "<li>New pages: new/index.html.</li>" in page(site)


def test_numbers_of_another_version_are_not_compared(site: Site) -> None:
    build(site)
    site.write("last.json", '{"format": 0}')

    ended = report(site, "--since", str(site.folder / "last.json"))

    assert (ended.code, ended.err) == (
        0,
        f"--since: {site.folder}/last.json was written by another version of the report; nothing is compared.\n",
    )
    assert "There is no former publication to compare with." in page(site)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no JSON"])
def test_what_is_no_numbers_is_a_mistake(site: Site, text: str) -> None:
    build(site)
    site.write("last.json", text)

    ended = report(site, "--since", str(site.folder / "last.json"))

    assert ended.code == 2
    assert ended.err.endswith(
        f"Error: --since: {site.folder}/last.json holds no numbers of a report (report.json).\n"
    )


def test_a_build_that_is_not_published_is_compared_with_the_last_publication(site: Site) -> None:
    build(site)
    site.add("pelicanconf.py", 'SITEURL = ""\n')
    site.write("content/pages/new.md", "Title: New\n\nText.\n")
    build(site)
    report(site)

    assert "<li>New pages: new/index.html.</li>" in page(site)


def test_a_failed_build_is_told_and_the_rest_is_about_the_site_that_is_published(site: Site) -> None:
    build(site)
    site.add("content/pages/home.md", "\n[text](/nope/)\n")
    assert site.build().code == 1

    assert report(site).code == 0

    assert "The last build failed, and published nothing." in page(site)
    assert "broken-link" in page(site)


def test_it_speaks_german(site: Site) -> None:
    build(site)
    report(site, "--language", "de")

    assert '<html lang="de">' in page(site)
    assert "Bevor Besucher wählen, nimmt keine Seite Verbindung zu anderen auf." in page(site)
    assert "Irland" in page(site)


def test_for_visitors_it_is_a_file_that_passes_the_audit_and_keeps_the_companys_notes_to_itself(site: Site) -> None:
    site.add("pelicanconf.py", 'EXTRA_PATH_METADATA = {"extra/report.html": {"path": "privacy/report.html"}}\n')
    build(site)

    ended = report(site, "--output", str(site.folder / "content/extra/report.html"))

    assert ended.code == 0
    build(site)
    published = (site.output / "privacy/report.html").read_text("utf-8")
    assert "foreign-tag" not in published
    assert "no page contacts anybody else" in published
    style = published.partition("style-src ")[2].partition(";")[0]
    assert style in (site.output / "_headers").read_text("utf-8"), "the header lets its style sheet through"
