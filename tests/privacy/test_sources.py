"""Every file below content/ is on the site, or it is said why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.privacy.sources import dropped

POST = "Title: Post\nDate: 2025-01-01\n\nText.\n"
FALSE_TOP = "Correct the lines at the top of the file (Title, Date, …) or save it as UTF-8."
NAME_IT = 'Name it with the ending ".md" in a folder of pages or articles, or move it out of content/.'
FORM = "dates are written YYYY-MM-DD, such as 2026-12-01"
MOVE_IT = "Move it into a folder of STATIC_PATHS, or out of content/."


def said(folder: Path, name: str, text: str | bytes, *, was_tried: bool, **settings: Any) -> list[str]:
    """Return what is said of a file. was_tried: whether Pelican found it and could not use it; otherwise
    it never looked at it."""
    path = folder / "content" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    context: dict[str, Any] = {"generated_content": {name: None} if was_tried else {}, "static_content": {}}
    return _said(folder, context, settings)


def _said(folder: Path, context: dict[str, Any], settings: dict[str, Any]) -> list[str]:
    override = {
        "PATH": str(folder / "content"),
        "ARTICLE_PATHS": ["blog"],
        "PAGE_PATHS": ["pages"],
        "READERS": {"html": None},
        "TIMEZONE": "UTC",
        **settings,
    }
    found = dropped(context, read_settings(override=override))
    assert {finding.check.name for finding in found} <= {"dropped-source"}
    return [
        f"{finding.place}: {finding.what.removeprefix('This file would be missing from the site: ')}\n{finding.way_out}"
        for finding in found
    ]


def test_an_empty_content_folder_drops_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    assert _said(tmp_path, {"generated_content": {}, "static_content": {}}, {}) == []


def test_what_became_a_page_or_was_copied_is_not_dropped(tmp_path: Path) -> None:
    for name in ("blog/post.md", "images/a.png", "extra/deep/er/file.bin"):
        (tmp_path / "content" / name).parent.mkdir(parents=True)
        (tmp_path / "content" / name).write_text(POST)
    context = {
        "generated_content": {"blog/post.md": object()},
        "static_content": {"images/a.png": object(), "extra/deep/er/file.bin": object()},
    }

    assert _said(tmp_path, context, {}) == []


@pytest.mark.parametrize(
    ("name", "text", "settings"),
    [
        ("blog/skipped.md", "Title: Post\nDate: 2025-01-01\nStatus: skip\n\nText.\n", {}),
        ("blog/.draft.md", POST, {}),
        (".obsidian/workspace.json", "{}", {}),
        ("images/.DS_Store", b"\x00", {}),
        ("blog/post.md~", POST, {"IGNORE_FILES": ["*~"]}),
        ("__pycache__/x.pyc", b"", {"IGNORE_FILES": ["__pycache__"]}),
        ("robots.txt.j2", "x", {"TEMPLATE_PAGES": {"robots.txt.j2": "robots.txt"}}),
        ("deep/robots.txt.j2", "x", {"TEMPLATE_PAGES": {"./deep//robots.txt.j2": "robots.txt"}}),
    ],
)
def test_what_its_author_leaves_out_is_not_reported(
    tmp_path: Path, name: str, text: str | bytes, settings: dict[str, Any]
) -> None:
    assert said(tmp_path, name, text, was_tried=False, **settings) == []


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "blog/a.md",
            b"Title: Gr\xfc\xdfe\nDate: 2025-01-01\n\nx\n",
            "it is not UTF-8 text (invalid start byte at byte 9).",
        ),
        ("blog/a.md", POST.encode("utf-16"), "it is not UTF-8 text (invalid start byte at byte 0)."),
        ("blog/a.md", "Title: A\nDate: soon\n\nx\n", f"'soon' is not a valid date; {FORM}."),
        ("blog/a.md", "Title: A\nDate: 2025-13-40\n\nx\n", f"'2025-13-40' is not a valid date; {FORM}."),
        ("blog/a.md", "Title: A\nDate: 2025-01-01\nModified: later\n\nx\n", f"'later' is not a valid date; {FORM}."),
        ("blog/a.md", "Title: A\n\nx\n", "it has no “Date:” line."),
        ("blog/a.md", "Date: 2025-01-01\n\nx\n", "it has no “Title:” line."),
        ("blog/a.md", "x\n", "it has no “Title:” line."),
        ("pages/a.md", "x\n", "it has no “Title:” line."),
        (
            "pages/a.md",
            "Title: A\nStatus: publishd\n\nx\n",
            "its status is “publishd”, not one of published, hidden, draft, skip.",
        ),
        (
            "pages/a.md",
            "Title: A\nSave_as: ../../a.html\n\nx\n",
            "Pelican refused it; its address may lie outside the site (see “save_as”).",
        ),
    ],
)
def test_a_source_that_pelican_could_not_use_is_told_with_the_reason(
    tmp_path: Path, name: str, text: str | bytes, reason: str
) -> None:
    assert said(tmp_path, name, text, was_tried=True) == [f"content/{name}: {reason}\n{FALSE_TOP}"]


@pytest.mark.parametrize(
    ("name", "reason", "way_out"),
    [
        (
            "blog/a.markdwon",
            "nothing reads files that end in “.markdwon”, and no folder of STATIC_PATHS holds it.",
            NAME_IT,
        ),
        ("blog/A.MD", "nothing reads files that end in “.MD”, and no folder of STATIC_PATHS holds it.", NAME_IT),
        ("blog/a.mdd", "nothing reads files that end in “.mdd”, and no folder of STATIC_PATHS holds it.", NAME_IT),
        ("news/a.md", "no folder of ARTICLE_PATHS or PAGE_PATHS holds it.", NAME_IT),
        ("a.md", "no folder of ARTICLE_PATHS or PAGE_PATHS holds it.", NAME_IT),
        ("blogs/a.md", "no folder of ARTICLE_PATHS or PAGE_PATHS holds it.", NAME_IT),
        ("photos/a.png", "nothing reads files that end in “.png”, and no folder of STATIC_PATHS holds it.", MOVE_IT),
        ("blog/a.html", "nothing reads files that end in “.html”, and no folder of STATIC_PATHS holds it.", MOVE_IT),
    ],
)
def test_a_file_that_nobody_looked_at_is_told_with_the_reason(
    tmp_path: Path, name: str, reason: str, way_out: str
) -> None:
    assert said(tmp_path, name, POST, was_tried=False) == [f"content/{name}: {reason}\n{way_out}"]


def test_all_of_them_are_told_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/a.txt", "a/z.txt"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text("x")

    found = _said(tmp_path, {"generated_content": {}, "static_content": {}}, {})

    places = [line.partition(":")[0] for line in found]
    assert places == ["content/a.txt", "content/b.txt", "content/a/z.txt", "content/c/a.txt"]
