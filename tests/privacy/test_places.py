"""Where a mistake stands in what a person wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugins.privacy.findings import Check, Finding, Level, distinct
from plugins.privacy.places import Places

CHECK = Check("undeclared-load", Level.ERROR, "Nothing is loaded.")
TAG = '<iframe src="https://video.example/1"></iframe>'
START = '<iframe src="https://video.example/1">'


def finding(evidence: str, subject: str = "x", place: str = "") -> Finding:
    return Finding(CHECK, "It loads.", "Do not.", evidence=evidence, subject=subject, place=place)


def write(root: Path, files: dict[str, str]) -> None:
    """Write the files of a site."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def places(root: Path, files: dict[str, str], found: list[Finding], *sources: str) -> list[tuple[str, int | None]]:
    """Return where the findings of a page stand, which is made of some sources."""
    write(root, files)
    made = Places(root.resolve(), root / "theme/templates")
    located = made.located(found, "page/index.html", [root / name for name in sources])
    assert {one.page for one in located} == {"page/index.html"}
    return [(one.place, one.line) for one in located]


def test_what_nobody_wrote_has_no_place_but_the_page(tmp_path: Path) -> None:
    files = {"content/a.md": "x\n", "content/b.md": "y\n", "theme/templates/t.html": "z\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md", "content/b.md") == [("", None)]


def test_what_stands_in_the_only_source_under_another_form_is_its_without_a_line(tmp_path: Path) -> None:
    assert places(tmp_path, {"content/a.md": "x\n"}, [finding(START)], "content/a.md") == [("content/a.md", None)]


@pytest.mark.parametrize("evidence", ["", " ", "\n"])
def test_no_evidence_is_found_nowhere(tmp_path: Path, evidence: str) -> None:
    files = {"content/a.md": "x y\n\n", "content/b.md": " \n", "theme/templates/t.html": " "}

    assert places(tmp_path, files, [finding(evidence)], "content/a.md", "content/b.md") == [("", None)]


def test_a_place_that_is_known_already_stays(tmp_path: Path) -> None:
    assert places(tmp_path, {"content/a.md": TAG}, [finding(START, place="pelicanconf.py")], "content/a.md") == [
        ("pelicanconf.py", None)
    ]


def test_a_raw_tag_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    files = {"content/a.md": f"Title: A\n\nText.\n\n{TAG}\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("content/a.md", 5)]


def test_a_tag_over_several_lines_has_its_first(tmp_path: Path) -> None:
    tag = '<iframe\n  src="https://video.example/1"\n  width="1">'

    assert places(tmp_path, {"content/a.md": f"Title: A\n\n{tag}</iframe>\n"}, [finding(tag)], "content/a.md") == [
        ("content/a.md", 3)
    ]


def test_the_nth_of_several_is_the_nth_in_the_source(tmp_path: Path) -> None:
    files = {"content/a.md": f"{TAG}\n\n{TAG}\n\nx {TAG}\n"}

    assert places(tmp_path, files, [finding(START)] * 4, "content/a.md") == [
        ("content/a.md", 1),
        ("content/a.md", 3),
        ("content/a.md", 5),
        ("content/a.md", 5),
    ]


def test_of_several_alike_the_one_is_told_that_is_meant(tmp_path: Path) -> None:
    files = {"content/a.md": f"x\n{TAG}\n{TAG}\n{TAG}\n"}
    found = [replace(finding(START), nth=nth) for nth in (2, 0, 9)]

    assert [line for _, line in places(tmp_path, files, found, "content/a.md")] == [4, 2, 4]


def test_two_on_one_line_are_two(tmp_path: Path) -> None:
    files = {"content/a.md": f"x\n{TAG} {TAG}\n{TAG}\n"}

    assert [line for _, line in places(tmp_path, files, [finding(START)] * 3, "content/a.md")] == [2, 2, 3]


def test_a_picture_in_markdown_is_found_by_its_address(tmp_path: Path) -> None:
    files = {"content/a.md": "Title: A\n\n![A](https://video.example/1.png)\n"}
    found = [finding('<img alt="A" src="https://video.example/1.png">')]

    assert places(tmp_path, files, found, "content/a.md") == [("content/a.md", 3)]


def test_words_about_a_picture_are_not_taken_for_its_place(tmp_path: Path) -> None:
    files = {"content/a.md": "Title: Disk 2.0\n\nText.\n\n![Disk 2.0](https://video.example/1.png)\n"}
    found = [finding('<img alt="Disk 2.0" src="https://video.example/1.png">')]

    assert places(tmp_path, files, found, "content/a.md") == [("content/a.md", 5)]


def test_words_of_a_tag_that_a_template_made_are_not_guessed_to_be_those_of_the_text(tmp_path: Path) -> None:
    files = {"content/a.md": "Title: A\n\nDisk 2.0 is out.\n", "content/b.md": "x\n"}
    found = [finding('<img alt="Disk 2.0" src="https://video.example/1.png">')]

    assert places(tmp_path, files, found, "content/a.md", "content/b.md") == [("", None)]


def test_a_reference_link_is_found_where_its_address_stands(tmp_path: Path) -> None:
    files = {"content/a.md": "Title: A\n\n![A][one]\n\nText.\n\n[one]: https://video.example/1.png?a=1&b=2\n"}
    found = [finding('<img alt="A" src="https://video.example/1.png?a=1&amp;b=2">')]

    assert places(tmp_path, files, found, "content/a.md") == [("content/a.md", 7)]


ADDRESS = "https://video.example/1"


@pytest.mark.parametrize(
    "above",
    [
        f"<!-- once: {ADDRESS} -->",
        f"<!-- once:\n{TAG}\n-->",
        f"    \n```html\n{TAG}\n\n{TAG}\n```",
        f"~~~~ html\n{TAG}\n~~~~",
        f"Write `{TAG}` or ``{ADDRESS}`` here.",
    ],
)
def test_code_and_comments_above_are_not_taken_for_the_place(tmp_path: Path, above: str) -> None:
    text = f"{above}\n\n{TAG}\n\n[a]({ADDRESS})\n"
    last = text.count("\n")

    assert places(tmp_path, {"content/a.md": text}, [finding(START)], "content/a.md") == [("content/a.md", last - 2)]
    found = [finding(ADDRESS), finding(ADDRESS)]
    assert [line for _, line in places(tmp_path, {}, found, "content/a.md")] == [last - 2, last]


@pytest.mark.parametrize(
    "text",
    [
        f"x\n```\n{TAG}\n```\n",
        f"x\n<!-- \n{TAG} -->\n",
        f"x ` y\n\n{TAG} ` z\n",
        f"<!-- x\n\n{TAG}\n",
        f"```` x `\n\n{TAG}\n",
    ],
)
def test_what_stands_in_code_or_a_comment_alone_has_its_line_there(tmp_path: Path, text: str) -> None:
    assert places(tmp_path, {"content/a.md": text}, [finding(START)], "content/a.md") == [("content/a.md", 3)]


def test_an_address_of_the_text_comes_before_a_tag_that_is_shown_as_code(tmp_path: Path) -> None:
    files = {"content/a.md": f"`{START}`\n\n![A]({ADDRESS})\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("content/a.md", 3)]


def test_a_tag_of_a_template_comes_before_one_that_is_shown_as_code(tmp_path: Path) -> None:
    files = {"content/a.md": f"`{TAG}`\n", "theme/templates/t.html": f"{{# {TAG} #}}\n{TAG}\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("theme/templates/t.html", 2)]


def test_backticks_of_a_page_that_is_no_markdown_hide_nothing(tmp_path: Path) -> None:
    files = {"content/a.html": f"`{TAG}`\n{TAG}\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.html") == [("content/a.html", 1)]


def test_a_nested_address_is_found_by_its_value(tmp_path: Path) -> None:
    files = {"content/a.md": "x\n\n<iframe srcdoc=\"<img src='https://video.example/1.png'>\"></iframe>\n"}

    assert places(tmp_path, files, [finding("https://video.example/1.png")], "content/a.md") == [("content/a.md", 3)]


def test_a_file_that_begins_with_a_byte_order_mark_or_has_windows_line_breaks_counts_its_lines(
    tmp_path: Path,
) -> None:
    files = {"content/a.md": f"\ufeffTitle: A\r\n\r\n{TAG}\r\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("content/a.md", 3)]


def test_what_stands_in_no_source_is_looked_for_in_the_templates(tmp_path: Path) -> None:
    files = {
        "content/a.md": "Title: A\n",
        "theme/templates/base.html": "<html>\n",
        "theme/templates/parts/video.html": f"<div>\n{TAG}\n",
    }

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("theme/templates/parts/video.html", 2)]


def test_the_source_comes_before_the_template(tmp_path: Path) -> None:
    files = {"content/a.md": f"\n{TAG}\n", "theme/templates/base.html": TAG}

    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("content/a.md", 2)]


def test_a_list_of_articles_names_the_one_that_holds_it(tmp_path: Path) -> None:
    files = {"content/a.md": "x\n", "content/b.md": f"\n\n{TAG}\n"}

    assert places(tmp_path, files, [finding(START)], "content/a.md", "content/b.md") == [("content/b.md", 3)]


def test_what_shows_on_several_pages_is_told_once_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": f"\n{TAG}\n", "content/b.md": "y\n"})
    made = Places(tmp_path.resolve(), tmp_path / "theme/templates")
    a, b = tmp_path / "content/a.md", tmp_path / "content/b.md"
    found = [
        *made.located([finding(START)], "a/index.html", [a]),
        *made.located([finding(START)], "blog/index.html", [a, b]),
        *made.located([finding(START)], "feeds/all.atom.xml", [a]),
    ]

    assert [(one.place, one.line) for one in distinct(found)] == [("content/a.md", 2)]


def test_a_file_that_was_saved_again_is_read_again(tmp_path: Path) -> None:
    files = {"content/a.md": f"{TAG}\n"}
    assert places(tmp_path, files, [finding(START)], "content/a.md") == [("content/a.md", 1)]

    assert places(tmp_path, {"content/a.md": f"one\nmore\n{TAG}\n"}, [finding(START)], "content/a.md") == [
        ("content/a.md", 3)
    ]


def test_a_source_outside_the_project_is_told_by_its_whole_path(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere/a.md": TAG})
    made = Places((tmp_path / "site").resolve(), tmp_path / "site/theme/templates")

    (one,) = made.located([finding(START)], "a.html", [tmp_path / "elsewhere/a.md"])

    assert (one.place, one.line) == ((tmp_path / "elsewhere/a.md").as_posix(), 1)
