"""The policy in whole tiny sites, built by the command that people use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.site_kit import new_site

pytestmark = pytest.mark.slow

POLICY = "Title: Privacy\nSlug: privacy\nLang: {lang}\nUpdated: {day}\n\n[privacy:updated]\n\n[privacy:all]\n"
IN_GERMAN = "PAGE_LANG_URL, PAGE_LANG_SAVE_AS = '{lang}/{slug}/', '{lang}/{slug}/index.html'\n"


ALL_BUT_TWO = "statements controller picture services cookies purposes transfers rights links analytics"


def marked(names: str) -> str:
    """Return a marker for each name, in paragraphs of their own."""
    return "".join(f"\n[privacy:{name}]\n" for name in names.split())


def test_the_policy_says_when_it_was_last_updated_whatever_the_time_stamp_of_its_file(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", IN_GERMAN)
    english = site.write("content/privacy/policy.md", POLICY.format(lang="en", day="2018-05-03"))
    german = site.write("content/privacy/policy.de.md", POLICY.format(lang="de", day="2018-05-03"))

    assert site.build().code == 0
    first = (site.output / "privacy/index.html").read_bytes()
    for path in (english, german):
        os.utime(path, (0, 1_600_000_000))
    assert site.build(SOURCE_DATE_EPOCH="1800000000", TZ="Asia/Tokyo").code == 0

    assert (site.output / "privacy/index.html").read_bytes() == first
    assert (
        '<p class="policy-updated" data-unversioned>This document was last updated on '
        '<time datetime="2018-05-03">May 3rd, 2018</time>.</p>'
    ) in first.decode()
    assert (
        '<p class="policy-updated" data-unversioned>Dieses Dokument wurde zuletzt am '
        '<time datetime="2018-05-03">3. Mai 2018</time> aktualisiert.</p>'
    ) in (site.output / "de/privacy/index.html").read_text("utf-8")


def test_every_policy_without_a_date_of_the_past_or_with_wrong_markers_is_told_in_one_message(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", IN_GERMAN)
    wrong = {
        "en": "Title: P\nSlug: privacy\n\n[privacy:updated]\n",
        "de": POLICY.format(lang="de", day="3. Mai 2018"),
        "fr": POLICY.format(lang="fr", day="2026-01-02"),
        "es": POLICY.format(lang="es", day="2026-01-01") + "\n[privacy:service]\n\n[privacy:updated]\n",
        "it": "Title: P\nSlug: privacy\nLang: it\nUpdated: 2025-01-01\n" + marked(ALL_BUT_TWO),
        "nl": "Title: P\nSlug: privacy\nLang: nl\nUpdated: 2025-01-01\n\nLast change: [privacy:updated]!\n\n[privacy:all]\n",
        "pl": "Title: P\nSlug: privacy\nLang: pl\nUpdated: \n\n[privacy:updated]\n",
    }
    for lang, text in wrong.items():
        site.write(f"content/privacy/policy{'' if lang == 'en' else '.' + lang}.md", text)

    ended = site.build()

    assert ended.code == 1
    assert not site.output.exists()
    assert ended.err == WRONG


WAY_OUT = "    Write the day of the last change at the top of the file, such as “Updated: 2018-05-03”.\n\n"
MARKERS = (
    "    Markers: [privacy:statements], [privacy:controller], [privacy:hosting], [privacy:picture],\n"
    "    [privacy:services], [privacy:cookies], [privacy:purposes], [privacy:transfers],\n"
    "    [privacy:rights], [privacy:links], [privacy:updated], [privacy:all], [privacy:contents].\n\n"
)
PLACE_IT = (
    "    Write [privacy:{}] into a paragraph of its own, or [privacy:all] where all parts may stand\n"
    "    that have no place yet.\n\n"
)
WRONG = (
    "content/privacy/policy.de.md  policy-date\n    “Updated: 3. Mai 2018” is not a date.\n"
    + WAY_OUT
    + "content/privacy/policy.es.md  policy-marker\n"
    "    [privacy:service] stands for no part of the policy.\n"
    + MARKERS
    + "content/privacy/policy.es.md  policy-marker\n"
    "    [privacy:updated] stands there more than once.\n"
    "    Leave one of them.\n\n"
    "content/privacy/policy.fr.md  policy-date\n"
    "    “Updated: 2026-01-02” is in the future: today is 2026-01-01.\n"
    + WAY_OUT
    + "content/privacy/policy.it.md  policy-marker\n"
    "    The policy has no place for its part “hosting”.\n"
    + PLACE_IT.format("hosting")
    + "content/privacy/policy.it.md  policy-marker\n"
    "    The policy has no place for its part “updated”.\n"
    + PLACE_IT.format("updated")
    + "content/privacy/policy.it.md  policy-marker\n"
    "    [privacy:analytics] claims something that the site does not do: nothing of the kind is declared.\n"
    "    Remove it, and the section around it.\n\n"
    "content/privacy/policy.md  policy-date\n    The policy does not say when it was last updated.\n"
    + WAY_OUT
    + "content/privacy/policy.nl.md  policy-marker\n"
    "    A marker that is not alone in its paragraph stands for no part of the policy.\n"
    + MARKERS
    + "content/privacy/policy.pl.md  policy-date\n    The policy does not say when it was last updated.\n"
    + WAY_OUT
    + "10 errors in 7 places. The site was not published.\n"
)
