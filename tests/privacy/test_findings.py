"""What the build says, and how often."""

from __future__ import annotations

from dataclasses import replace

from plugins.privacy.findings import Check, Finding, Level, SiteError, blocking, distinct, listing, summary

ERROR = Check("undeclared-load", Level.ERROR, "Nothing is loaded.")
NOTE = Check("foreign-tag", Level.NOTE, "No tag is foreign.")


def finding(
    place: str = "", line: int | None = None, page: str = "", subject: str = "", check: Check = ERROR
) -> Finding:
    return Finding(check, "Something is wrong.", "Mend it.", place=place, line=line, page=page, subject=subject)


def test_a_message_has_a_place_a_check_what_is_wrong_and_the_way_out() -> None:
    message = Finding(
        ERROR,
        '<iframe src="https://player.vimeo.com/video/1"> makes every visitor\'s browser contact player.vimeo.com, '
        'but PRIVACY["services"] declares no service with this host.',
        'Add "vimeo" to PRIVACY["services"] in pelicanconf.py, or link to the video instead of embedding it.',
        place="content/blog/demo.md",
        line=31,
    )

    assert str(message) == (
        "content/blog/demo.md:31  undeclared-load\n"
        '    <iframe src="https://player.vimeo.com/video/1"> makes every visitor\'s browser contact\n'
        '    player.vimeo.com, but PRIVACY["services"] declares no service with this host.\n'
        '    Add "vimeo" to PRIVACY["services"] in pelicanconf.py, or link to the video instead of embedding\n'
        "    it."
    )


def test_a_message_without_a_source_names_the_page_and_one_without_a_page_the_settings() -> None:
    assert str(finding(page="blog/index.html")).startswith("blog/index.html  undeclared-load\n")
    assert str(finding()).startswith("the settings  undeclared-load\n")


def test_a_long_address_is_not_broken() -> None:
    address = "https://example.org/" + "a-b/" * 40

    assert address in str(Finding(ERROR, f"It loads {address} at once.", ""))


def test_an_error_of_the_site_says_all_its_findings() -> None:
    error = SiteError([finding("a.md", 1), finding("b.md")])

    assert str(error) == (
        "a.md:1  undeclared-load\n    Something is wrong.\n    Mend it.\n\n"
        "b.md  undeclared-load\n    Something is wrong.\n    Mend it."
    )


# How often


def test_different_mistakes_are_all_told() -> None:
    found = [
        finding("a.md", 1, subject="x"),
        finding("a.md", 2, subject="x"),
        finding("a.md", 1, subject="y"),
        finding("b.md", 1, subject="x"),
        finding("a.md", 1, subject="x", check=NOTE),
    ]

    assert len(distinct(found)) == 5


def test_a_mistake_that_shows_on_several_pages_is_told_once() -> None:
    one = finding("a.md", 3, page="a/index.html", subject="x")

    assert distinct([one, replace(one, page="blog/index.html"), replace(one, page="feeds/all.atom.xml")]) == [one]


def test_what_stands_in_no_source_of_several_pages_comes_from_what_they_share() -> None:
    found = [finding(page=page, subject="x") for page in ("c.html", "a.html", "b.html", "a.html")]

    (told,) = distinct(found)

    assert told.place == "the templates or settings (3 pages, such as a.html)"
    assert str(told).startswith("the templates or settings (3 pages, such as a.html)  undeclared-load\n")


def test_a_file_that_is_known_without_its_line_is_still_told_as_that_file() -> None:
    found = [
        finding("content/a.md", page="a/index.html", subject="x"),
        finding("content/a.md", page="feeds/all.atom.xml", subject="x"),
        finding("content/b.md", page="b/index.html", subject="x"),
    ]

    assert [told.place for told in distinct(found)] == ["content/a.md", "content/b.md"]


def test_a_file_that_is_known_without_its_line_is_told_and_not_the_lists_that_show_it_too() -> None:
    one = finding("content/a.md", page="a/index.html", subject="x")
    lists = [finding(page=page, subject="x") for page in ("blog/index.html", "blog/tag/t/index.html")]

    assert distinct([lists[0], one, lists[1]]) == [one]


def test_what_a_list_shows_is_told_of_the_file_whatever_place_was_found_for_the_list() -> None:
    one = finding("content/b.md", 4, page="b/index.html", subject="x")
    listed = replace(finding("content/a.md", 9, page="blog/index.html", subject="x"), is_listed=True)

    assert distinct([listed, one]) == [one]
    assert distinct([listed]) == [listed]
    assert len(distinct([listed, replace(one, subject="y")])) == 2


def test_what_shows_in_many_files_and_their_lists_comes_from_what_they_share() -> None:
    pages = [finding(f"content/{name}.md", page=f"{name}/index.html", subject="x") for name in "abcd"]

    (told,) = distinct([*pages, finding(page="blog/index.html", subject="x")])

    assert told.place == "the templates or settings (5 pages, such as a/index.html)"


def test_what_shows_on_one_page_only_keeps_that_page() -> None:
    one = finding(page="a.html", subject="x")

    assert distinct([one, one]) == [one]


def test_messages_come_in_the_order_of_places_and_lines() -> None:
    found = [finding("b.md", 1), finding("a.md", 10), finding("a.md", 9), finding("a.md")]

    assert [(told.place, told.line) for told in distinct(found)] == [
        ("a.md", None),
        ("a.md", 9),
        ("a.md", 10),
        ("b.md", 1),
    ]


# What becomes of the site


def test_notes_stop_nothing_unless_they_are_asked_to() -> None:
    found = [finding("a.md"), finding("b.md", check=NOTE)]

    assert blocking(found, strict=False) == [finding("a.md")]
    assert blocking(found, strict=True) == found


def test_the_closing_sentence_counts() -> None:
    errors = [finding("a.md", 1), finding("a.md", 2), finding("b.md")]
    note = finding("c.md", check=NOTE)

    assert summary([], strict=False) == "No findings."
    assert summary([note], strict=False) == "1 note."
    assert summary([note], strict=True) == "1 error in 1 place. The site was not published."
    assert summary(errors, strict=False) == "3 errors in 2 places. The site was not published."
    assert (
        summary([*errors, note, note], strict=False) == "3 errors in 2 places, 2 notes. The site was not published."
    )


def test_of_many_notes_of_one_check_only_the_first_are_told_in_full() -> None:
    notes = [finding(f"content/{number}.md", number, check=NOTE) for number in range(1, 9)]
    error = finding("content/7.md", 1)

    assert listing([*notes, error], strict=False) == "\n\n".join(
        [
            *map(str, notes[:5]),
            str(error),
            "3 more notes of foreign-tag:\n    content/6.md:6\n    content/7.md:7\n    content/8.md:8",
        ]
    )
    assert listing(notes[:5], strict=False) == "\n\n".join(map(str, notes[:5]))


def test_what_stops_the_site_is_told_in_full_however_much_it_is() -> None:
    found = [finding(f"content/{number}.md", number, check=NOTE) for number in range(9)]

    assert listing(found, strict=True) == "\n\n".join(map(str, found))
