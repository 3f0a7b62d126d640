"""A date that people and programs may read in two ways is told, with both."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from pelican.utils import get_date

from plugins.privacy.dates import unclear_dates
from tests.site_kit import new_site

BERLIN = ZoneInfo("Europe/Berlin")


def read_as(raw: str) -> datetime:
    """Return what Pelican makes of a date."""
    date: datetime = get_date(raw.replace("_", " "))
    return date.replace(tzinfo=BERLIN)


def said(folder: Path, head: str, name: str = "blog/post.md", **dates: str) -> list[str]:
    """Return what is said of the dates of an article that begins with some lines."""
    path = folder / "content" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(f"{head}\n\nDate: 1/2/03 in the text.\n".encode())
    read = {key: read_as(raw) for key, raw in dates.items()}
    contents = {name: SimpleNamespace(metadata=read, **read), "blog/dropped.md": None}
    found = list(unclear_dates(contents, folder / "content"))
    assert {finding.check.name for finding in found} <= {"unclear-date"}
    return [f"{finding.where}: {finding.what}\n{finding.way_out}" for finding in found]


@pytest.mark.parametrize(
    "raw",
    [
        "2026-12-01",
        "2026-12-01 09:30",
        "2026-12-01 09:30:15",
        "2026-12-01T09:30",
        "2026-12-01T09:30:15.5Z",
        "2026-12-01 09:30 +0100",
        "2026-12-01T09:30+01:00",
    ],
)
def test_a_date_in_the_one_form_is_nothing(tmp_path: Path, raw: str) -> None:
    assert said(tmp_path, f"Title: Post\nDate: {raw}", date=raw) == []


@pytest.mark.parametrize(
    "head",
    [
        "Title: Post",  # its date comes from the name of the file, or from DEFAULT_DATE
        "Title: Post\n---\nDate: 1.2.2026",
        "Title: Post\nwords\nDate: 1.2.2026",
        "Title: Post\nSummary: first\n    Date: 1.2.2026",
        "Title: Post\nUpdated: 1.2.2026",
        "Title: Post\nDate: 2026-12-01\nDate: 1.2.2026",  # Pelican reads the first
    ],
)
def test_what_is_no_date_of_the_article_is_nothing(tmp_path: Path, head: str) -> None:
    assert said(tmp_path, head, date="2026-12-01") == []


def test_what_is_no_markdown_and_what_has_no_date_is_not_read(tmp_path: Path) -> None:
    assert said(tmp_path / "a", "Date: 1.2.2026", "blog/post.rst", date="1.2.2026") == []
    assert said(tmp_path / "b", "Date: 1.2.2026") == []


@pytest.mark.parametrize(
    ("raw", "read", "way_out"),
    [
        ("01.12.2026", "2026-01-12", "2026-12-01"),
        ("31.12.2026", "2026-12-31", "2026-12-31"),
        ("1.12.26", "2026-01-12", "2026-12-01"),
        ("01.12.2026 09:30", "2026-01-12 09:30", "2026-12-01 09:30"),
        ("11/12/2026", "2026-11-12", "2026-11-12 or 2026-12-11"),
        ("13/12/2026", "2026-12-13", "2026-12-13"),
        ("12-11-2026", "2026-12-11", "2026-12-11 or 2026-11-12"),
        ("2026/12/01", "2026-12-01", "2026-12-01"),
        ("2026.12.01", "2026-12-01", "2026-12-01"),
        ("2026-12-31_09:30", "2026-12-31 09:30", "2026-12-31 09:30"),
        ("2026-12-31 9:30", "2026-12-31 09:30", "2026-12-31 09:30"),
        ("20261231", "2026-12-31", "2026-12-31"),
        ("1 December 2026", "2026-12-01", "2026-12-01"),
        ("Dec 1, 2026", "2026-12-01", "2026-12-01"),
    ],
)
def test_every_other_form_is_told_with_what_it_would_be_read_as(
    tmp_path: Path, raw: str, read: str, way_out: str
) -> None:
    assert said(tmp_path, f"Title: Post\nDate: {raw}", date=raw) == [
        f"content/blog/post.md:2: “Date: {raw}” would be read as {read}.\nWrite {way_out}."
    ]


@pytest.mark.parametrize("raw", ["2026", "2026-12", "December 2026", "12", "Monday", "12:30"])
def test_a_date_that_is_not_whole_would_depend_on_the_day_of_the_build(tmp_path: Path, raw: str) -> None:
    read = f"{read_as(raw):%Y-%m-%d %H:%M}" if ":" in raw else f"{read_as(raw):%Y-%m-%d}"

    what = f"“Date: {raw}” would be read as {read}, what is missing being taken from the day of the build."
    way_out = "Write the whole date: YYYY-MM-DD, such as 2026-12-01."
    assert said(tmp_path, f"Title: Post\nDate: {raw}", date=raw) == [f"content/blog/post.md:2: {what}\n{way_out}"]


def test_both_dates_are_told_however_their_keys_are_written_and_behind_a_line_of_dashes(tmp_path: Path) -> None:
    head = "---\ntitle: Post\nDATE:1.12.2026\nmodified:   2.12.2026  "

    assert said(tmp_path, head, date="1.12.2026", modified="2.12.2026") == [
        "content/blog/post.md:3: “Date: 1.12.2026” would be read as 2026-01-12.\nWrite 2026-12-01.",
        "content/blog/post.md:4: “Modified: 2.12.2026” would be read as 2026-02-12.\nWrite 2026-12-02.",
    ]


@pytest.mark.slow
def test_a_build_with_such_a_date_publishes_nothing(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.replace("content/blog/first.md", "Date: 2025-11-30", "Date: 01.12.2025")
    site.replace("content/pages/home.md", "URL:\n", "URL:\nModified: 2025/12/01\n")

    ended = site.build()

    assert (ended.code, site.output.exists()) == (1, False)
    assert ended.err == (
        "content/blog/first.md:2  unclear-date\n"
        "    “Date: 01.12.2025” would be read as 2025-01-12.\n"
        "    Write 2025-12-01.\n\n"
        "content/pages/home.md:3  unclear-date\n"
        "    “Modified: 2025/12/01” would be read as 2025-12-01.\n"
        "    Write 2025-12-01.\n\n"
        "2 errors in 2 places. The site was not published.\n"
    )
