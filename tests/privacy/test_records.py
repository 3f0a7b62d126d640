"""Findings for programs: the record, and annotations of GitHub."""

from __future__ import annotations

from datetime import date

from plugins.privacy.checks import UNDECLARED_LOAD
from plugins.privacy.findings import Check, Finding, Level
from plugins.privacy.records import annotation, record
from plugins.privacy.settings import Excepted

NOTE = Check("a-note", Level.NOTE, "Nothing.")
LOAD = Finding(UNDECLARED_LOAD, "It loads 100%,\nalways.", "Do not.", "content/a, b.md", 3, "a/index.html", "x", "u")


def test_the_record_holds_every_finding_and_what_was_accepted() -> None:
    exception = Excepted(check="a-note", place="b.html", reason="agreed", until=date(2026, 12, 31))

    assert record(
        "https://x.example", [LOAD], [(Finding(NOTE, "So.", "", page="b.html"), exception)], is_clean=False
    ) == {
        "format": 1,
        "site": "https://x.example",
        "clean": False,
        "findings": [
            {
                "check": "undeclared-load",
                "level": "error",
                "place": "content/a, b.md",
                "line": 3,
                "page": "a/index.html",
                "subject": "u",
                "what": "It loads 100%,\nalways.",
                "way_out": "Do not.",
            }
        ],
        "accepted": [
            {
                "check": "a-note",
                "level": "note",
                "place": None,
                "line": None,
                "page": "b.html",
                "subject": None,
                "what": "So.",
                "way_out": "",
                "reason": "agreed",
                "until": "2026-12-31",
            }
        ],
    }


def test_an_annotation_names_file_and_line_and_stays_on_one_line() -> None:
    assert annotation(LOAD) == (
        "::error file=content/a%2C b.md,line=3,title=undeclared-load::It loads 100%25,%0Aalways. (a/index.html)%0ADo not."
    )


def test_an_annotation_of_many_pages_names_no_file_and_one_of_a_note_is_a_notice() -> None:
    place = "the templates or settings (9 pages, such as a.html)"
    finding = Finding(NOTE, "So.", "Mend it.", place=place)
    assert annotation(finding) == "::notice title=a-note::So.%0AMend it."
    assert annotation(finding, strict=True) == "::error title=a-note::So.%0AMend it."
