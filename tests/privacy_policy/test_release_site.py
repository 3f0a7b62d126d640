"""Releases of a whole tiny site, by the commands that people use."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site_kit import Ended, Site, files, new_site, run

pytestmark = pytest.mark.slow

JUNE = "1780272000"  # 2026-06-01
POLICY = "content/privacy/policy.md"
GERMAN = "Title: Datenschutz\nSlug: privacy\nLang: de\nUpdated: 2025-12-01\n\n## Mehr\n\nNichts.\n\n[privacy:all]\n"
NEVER_RELEASED = (
    "content/privacy/policy.md  policy-lock\n"
    "    The policy was never released: nobody could say later what it said on which day.\n"
    "    Release its first version: privacy policy init.\n\n"
    "1 error in 1 place. The site was not published.\n"
)


def policy(site: Site, *arguments: str, **environment: str) -> Ended:
    """Run `privacy policy`."""
    command = [
        sys.executable,
        "-m",
        "plugins.privacy.cli",
        "--settings",
        str(site.folder / "pelicanconf.py"),
        "policy",
    ]
    return run([*command, *arguments], site.project, environment)


def text(site: Site, name: str) -> str:
    """Return what a page of the output says."""
    return BeautifulSoup((site.output / name).read_text("utf-8"), "html.parser").get_text(" ", strip=True)


def test_a_policy_is_released_changed_and_released_again(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", "PAGE_LANG_URL, PAGE_LANG_SAVE_AS = '{lang}/{slug}/', '{lang}/{slug}/index.html'\n")
    site.add(POLICY, "\n## More\n\nWe sell nothing. See [home]({filename}/pages/home.md).\n")
    site.write("content/privacy/policy.de.md", GERMAN)

    assert policy(site, "status").out.endswith(
        "Nothing was released yet. Release the first version: privacy policy init\n"
    )
    assert policy(site, "init") == (
        0,
        "Released: the version of 2026-01-01, in de, en.\nCommit privacy.lock.json and content/privacy/ together.\n",
        "",
    )
    assert "Updated: 2026-01-01\n" in (site.folder / POLICY).read_text("utf-8")
    assert policy(site, "init").err == (
        "privacy.lock.json is there already.\n"
        'To release a change: privacy policy release --summary "…".\nNothing was changed.\n'
    )
    assert site.build().code == 0

    site.replace(POLICY, "nothing", "very little")
    site.replace("content/privacy/policy.de.md", "Nichts", "Wenig")
    assert site.build().code == 1
    assert policy(site, "diff").out == (
        "content/privacy/policy.de.md\n  Mehr\n    [-Nichts.-]\n    {+Wenig.+}\n"
        "content/privacy/policy.md\n  More\n    We sell [-nothing.-] {+very little.+} See home </>.\n"
    )
    assert policy(site, "release", "--summary", " ", SOURCE_DATE_EPOCH=JUNE).err.startswith("The text is empty")
    assert policy(site, "release", "--summary", "We sell.", SOURCE_DATE_EPOCH=JUNE).code == 0
    assert site.build(SOURCE_DATE_EPOCH=JUNE).code == 0

    assert "(in force)" in text(site, "privacy/changes/index.html")
    assert "We sell Removed: nothing. (end of what was removed) Added: very little." in text(
        site, "privacy/changes/index.html"
    )
    old = text(site, "privacy/archive/2026-01-01/index.html")
    assert "It was in force from January 1st, 2026 and was replaced on June 1st, 2026 ." in old
    assert "We sell nothing. See home ." in old
    assert "Diese Fassung ist überholt." in text(site, "de/privacy/archive/2026-01-01/index.html")
    assert not (site.output / "privacy/archive/2026-06-01").exists()
    assert "<summary>We sell.</summary>" in (site.output / "privacy/changes/feed.xml").read_text("utf-8")
    assert json.loads((site.output / "privacy.json").read_bytes())["updated"] == "2026-06-01"


def test_what_was_never_released_is_shown_and_not_published(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    shown = site.build()
    assert (shown.code, shown.err) == (0, "")
    site.add("pelicanconf.py", 'SITEURL = "https://www.example.com"\n')

    ended = site.build()

    assert (ended.code, ended.err) == (1, NEVER_RELEASED)


def test_p11_new_wording_and_new_facts_are_changes_and_nothing_is_overwritten(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    before = files(site.folder / "content")
    site.write("theme/messages/privacy_policy.en.toml", '[hosting]\npromised = "Trust us."\n')

    assert site.build().err == (
        "content/privacy/policy.md  policy-unreleased\n"
        "    The text changed since its release on 2026-01-01, in “Hosting and server logs”.\n"
        "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
        '    --summary "what changed". Or, where it says the same in better words: privacy policy accept\n'
        '    --editorial "typo".\n\n'
        "1 error in 1 place. The site was not published.\n"
    )

    site.add("pelicanconf.py", 'PRIVACY["hosting"]["retention"] = "P90D"\n')
    assert policy(site, "accept", "--editorial", "typo").err == (
        "Facts changed since the release of 2026-01-01: hosting, purposes. That is no editorial change.\n"
        'Release it: privacy policy release --summary "what changed".\nNothing was changed.\n'
    )
    assert policy(site, "release", "--summary", "Logs.").err.startswith("A version was released today (2026-01-01)")
    assert files(site.folder / "content") == before


def test_a_lock_that_cannot_be_believed_stops_every_command_and_stays(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    path = site.write("privacy.lock.json", '{"format": 1, "versions": [], "seal": ""}\n')
    message = (
        "privacy.lock.json  policy-lock\n"
        "    privacy.lock.json was changed by hand: its seal does not fit what it says.\n"
        "    Restore the file as it was committed, such as by: git checkout -- privacy.lock.json. It is\n"
        "    written by the command “privacy policy”, never by hand.\n\n"
        "1 error in 1 place."
    )

    assert site.build().err == f"{message} The site was not published.\n"
    assert policy(site, "init").err == f"{message}\n"
    assert path.read_text("utf-8") == '{"format": 1, "versions": [], "seal": ""}\n'


def test_two_policies_in_one_language_and_a_policy_that_is_gone_are_told(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    site.write(
        "content/privacy/policy.fr.md", (site.folder / POLICY).read_text("utf-8").replace("privacy\n", "vie\n")
    )

    assert site.build().err == (
        "content/privacy/policy.fr.md  policy-language\n"
        "    This policy is in the language “en”, and so is content/privacy/policy.md.\n"
        "    Write another “Lang:” at its top, or remove one of the two.\n\n"
        "1 error in 1 place. The site was not published.\n"
    )

    (site.folder / POLICY).unlink()
    (site.folder / "content/privacy/policy.fr.md").unlink()
    assert site.build().err == (
        "privacy.lock.json  policy-lock\n"
        "    privacy.lock.json vouches for a policy, and content/privacy/policy.md is gone.\n"
        "    Restore the policy; visitors have been told of it.\n\n"
        "1 error in 1 place. The site was not published.\n"
    )


@pytest.mark.parametrize("line", ["Title: Terms", "Lead: We sell it all.", "Summary: We sell it all."])
def test_what_stands_above_the_text_is_part_of_a_version(tmp_path: Path, line: str) -> None:
    site = new_site(tmp_path)
    site.replace(POLICY, "Title: Privacy\n", "Title: Privacy\nLead: Nothing is sold.\nSummary: Nothing is sold.\n")
    assert policy(site, "init").code == 0
    name = line.partition(":")[0]
    old = next(row for row in (site.folder / POLICY).read_text("utf-8").splitlines() if row.startswith(name))
    site.replace(POLICY, old, line)

    assert site.build().err == (
        "content/privacy/policy.md  policy-unreleased\n"
        "    The text changed since its release on 2026-01-01.\n"
        "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
        '    --summary "what changed". Or, where it says the same in better words: privacy policy accept\n'
        '    --editorial "typo".\n\n'
        "1 error in 1 place. The site was not published.\n"
    )


def test_p5_a_release_before_the_last_one_is_refused_and_a_date_to_come_is_told(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init", SOURCE_DATE_EPOCH=JUNE).code == 0
    site.add(POLICY, "\n## More\n\nNothing.\n")
    before = files(site.folder)

    assert policy(site, "release", "--summary", "More.") == (
        1,
        "",
        (
            "Today (2026-01-01) is before the last release, which was on 2026-06-01.\n"
            "Correct the clock of this machine, or SOURCE_DATE_EPOCH.\nNothing was changed.\n"
        ),
    )
    assert files(site.folder) == before
    assert (
        "content/privacy/policy.md  policy-date\n"
        "    “Updated: 2026-06-01” is in the future: today is 2026-01-01.\n"
        "    Write the day of the last change at the top of the file, such as “Updated: 2018-05-03”.\n"
    ) in site.build().err


@pytest.mark.parametrize("words", ["<p data-unversioned>We sell it.</p>", '<p data-policy-part="x">We sell it.</p>'])
def test_no_word_of_a_person_is_taken_out_of_a_version(tmp_path: Path, words: str) -> None:
    site = new_site(tmp_path)
    site.add(POLICY, f"\n{words}\n")
    mark = words.split("=")[0].split(">")[0].removeprefix("<p ")

    assert site.build().err == (
        "content/privacy/policy.md  policy-marker\n"
        f"    {mark} marks what the plugin writes itself: words that carry it are no part of a\n"
        "    version.\n    Take it away; what a person writes is part of every version.\n\n"
        "1 error in 1 place. The site was not published.\n"
    )


def test_a_policy_that_is_a_draft_and_a_file_that_the_lock_does_not_know_are_told(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    site.write("content/privacy/archive/2025-08-08/policy.en.html", "<p>We never did.</p>")

    assert site.build().err == (
        "content/privacy/archive/2025-08-08/policy.en.html  policy-lock\n"
        "    This file is no part of a released version: privacy.lock.json does not know it.\n"
        "    Where a release or a correction was interrupted, run it again. Otherwise move the file away.\n\n"
        "1 error in 1 place. The site was not published.\n"
    )

    site.replace(POLICY, "Slug: privacy\n", "Slug: privacy\nStatus: draft\n")
    assert (
        "content/privacy/policy.md  policy-language\n"
        "    “Status: draft” keeps the policy in the language “en” from its readers.\n"
    ) in site.build().err


def test_a_language_that_comes_later_has_no_earlier_versions(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", "PAGE_LANG_URL, PAGE_LANG_SAVE_AS = '{lang}/{slug}/', '{lang}/{slug}/index.html'\n")
    assert policy(site, "init").code == 0
    site.add(POLICY, "\n## More\n\nNothing.\n")
    site.write("content/privacy/policy.de.md", GERMAN)
    assert policy(site, "release", "--summary", "German.", SOURCE_DATE_EPOCH=JUNE).code == 0

    ended = site.build(SOURCE_DATE_EPOCH=JUNE)

    assert (ended.code, ended.err) == (0, "")
    assert "Diese Fassung hatte keinen Text in dieser Sprache." in text(site, "de/privacy/changes/index.html")
    assert not (site.output / "de/privacy/archive").exists()


SECURITY = (
    "from datetime import date\n"
    'PRIVACY["security"] = {"contact": ["mailto:hello@example.com"], "expires": date(2026, 1, 2)}\n'
)


def test_security_txt_expires_at_the_midnight_of_the_company(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", SECURITY)
    way_out = (
        '    Read whether the contacts are still right, and set PRIVACY["security"]["expires"] to a later\n'
        "    day, at most a year from now.\n\n"
    )

    at_half_past_eleven = site.build(SOURCE_DATE_EPOCH="1767306600")  # 22:30 in UTC
    at_half_past_twelve = site.build(SOURCE_DATE_EPOCH="1767310200")  # 23:30 in UTC: a day later in Berlin

    assert (at_half_past_eleven.code, at_half_past_eleven.err) == (
        0,
        f"pelicanconf.py  security-expires\n    security.txt expires in 1 day, on 2026-01-02.\n{way_out}1 note.\n",
    )
    assert (at_half_past_twelve.code, at_half_past_twelve.err) == (
        1,
        (
            "pelicanconf.py  security-expired\n"
            "    security.txt expired on 2026-01-02: nobody is to trust its contacts any more.\n"
            f"{way_out}1 error in 1 place. The site was not published.\n"
        ),
    )


DRAFT = "Draft, not released. The last release was on January 1st, 2026 ."


def test_while_serving_a_changed_policy_is_shown_as_a_draft_and_nowhere_else(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    site.add(POLICY, "\n## More\n\nWe sell nothing.\n")
    message = (
        "content/privacy/policy.md  policy-{}\n"
        "    The text changed since its release on 2026-01-01, in “More”.\n"
        "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
        '    --summary "what changed". Or, where it says the same in better words: privacy policy accept\n'
        '    --editorial "typo".\n\n'
    )
    refused = (1, message.format("unreleased") + "1 error in 1 place. The site was not published.\n")

    shown = site.build("--preview")

    assert (shown.code, shown.err) == (0, message.format("draft") + "1 note.\n")
    page = text(site, "privacy/index.html")
    assert "Draft, not released: only you see this text. Readers have the last released version." in page
    assert DRAFT in page
    assert "We sell nothing." in page
    assert "last updated" not in page

    for arguments in ([], ["--preview", "--strict"]):
        ended = site.build(*arguments)
        assert ended.code == 1
        assert "The site was not published." in ended.err
    assert site.build()[::2] == refused
    site.add("pelicanconf.py", 'SITEURL = "https://www.example.com"\nPOLICY_PREVIEW = True\n')
    assert site.build("--preview")[::2] == refused
    assert site.pelican()[::2] == refused


def test_a_wrong_date_is_told_once(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    site.replace(POLICY, "Updated: 2026-01-01", "Updated: 2025-12-31")

    assert site.build().err == (
        "content/privacy/policy.md  policy-date\n"
        "    “Updated: 2025-12-31” is before the last release, which was on 2026-01-01.\n"
        '    Write “Updated: 2026-01-01”. A release sets the date: privacy policy release --summary "what\n'
        '    changed".\n\n'
        "1 error in 1 place. The site was not published.\n"
    )


def test_a_draft_that_is_released_says_nothing_of_a_draft(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert policy(site, "init").code == 0
    site.replace(POLICY, "Updated: 2026-01-01", "Updated: 2025-12-31")

    assert site.build("--preview").code == 1
    site.replace(POLICY, "Updated: 2025-12-31", "Updated: 2026-01-01")
    assert (site.build("--preview").err, DRAFT in text(site, "privacy/index.html")) == ("", False)
