"""Links in whole small sites: what reaches pages, lists, feeds and extracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.amazon_affiliate.page_controls import controlled
from tests.site_kit import Site, new_site

BOOK = "https://www.amazon.com/dp/B000000000"
ARTICLE = f"""Title: A book
Slug: book
Date: 2025-11-30
{{control}}
[TOC]

## A heading with a [stranger](https://other.example/) {{{{#h}}}}

A [book at Amazon]({BOOK}), with a tag of ours: [again]({BOOK}?tag=example-20){{{{data-affiliate="{{word}}"}}}}.
"""
MARKS = ("xlink", "paid-link", "affiliate-disclosure", "(paid link)", "external site", "\u2060", "tag=")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", 'AMAZON_TAGS = {"amazon.com": "example-20"}\n')
    site.add(
        "pelicanconf.py", 'MARKDOWN = {"extensions": ["markdown.extensions.extra", "markdown.extensions.toc"]}\n'
    )
    site.replace(
        "theme/templates/base.html",
        "</title>",
        '</title>{% if article %}<meta name="description" content="{{ article.summary|striptags|e }}">{% endif %}',
    )
    return site


@pytest.mark.slow
def test_extracts_and_feeds_carry_no_mark(site: Site) -> None:
    site.write("content/blog/book.md", ARTICLE.format(control="", word="on"))

    assert site.build().code == 0

    text = (site.output / "blog/book/index.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    feed = (site.output / "feeds/all.atom.xml").read_text("utf-8")
    description, title, contents = page.find("meta", {"name": "description"}), page.title, page.select_one(".toc")
    assert description is not None
    assert title is not None
    assert contents is not None
    for extract in (str(description), str(title), str(contents), feed):
        assert [mark for mark in MARKS if mark in extract] == []
    assert [heading["id"] for heading in page.select("h2")] == ["h"]
    assert text.count("?tag=example-20") == text.count("(paid link)") == 2
    assert text.count("As an Amazon Associate") == 1
    assert "book at Amazon" in feed


@pytest.mark.slow
def test_a_page_can_be_taken_out_wherever_its_text_is_shown(site: Site) -> None:
    site.write(
        "content/blog/book.md", ARTICLE.format(control="Affiliate: Off\n", word="off").replace("?tag=example-20", "")
    )
    site.write("content/blog/other.md", f"Title: Other\nDate: 2025-11-29\n\n[book]({BOOK})\n")

    assert site.build().code == 0

    assert "tag=" not in (site.output / "blog/book/index.html").read_text("utf-8")
    listing = BeautifulSoup((site.output / "blog/index.html").read_text("utf-8"), "html.parser")
    hrefs = [str(link["href"]) for link in listing.select('a[href*="amazon"]')]
    assert sorted(set(hrefs)) == [BOOK, f"{BOOK}?tag=example-20"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("link", "fields"),
    [
        (f"[book]({BOOK})", ""),
        (f'<a href="{BOOK}">book</a>', ""),
        (f'<a href="{BOOK}">book</a>', "FORMATTED_FIELDS = []\n"),
    ],
)
def test_a_page_that_is_taken_out_is_so_with_its_summary_in_lists_and_feeds(
    site: Site, link: str, fields: str
) -> None:
    """Pelican keeps a second copy of the line, and writes it back where the line is one of the formatted fields."""
    site.add("pelicanconf.py", f'{fields}AMAZON_AFFILIATE = {{"in_feeds": True}}\n')
    article = "Title: {}\nDate: 2025-11-30\n{}Summary: A {}.\n\nText.\n"
    site.write("content/blog/out.md", article.format("Out", "Affiliate: off\n", link))
    site.write("content/blog/in.md", article.format("In", "", link))

    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    for name in ("blog/index.html", "feeds/all.atom.xml"):
        text = (site.output / name).read_text("utf-8")
        assert text.count("/dp/B000000000") == 2, name
        assert text.count("?tag=example-20") == text.count("(paid link)") == 1, name


@pytest.mark.slow
def test_the_control_of_a_page_holds_for_every_line_at_its_top_that_holds_markup(site: Site) -> None:
    site.add("pelicanconf.py", 'FORMATTED_FIELDS = ["summary", "lead"]\n')
    site.replace("theme/templates/article.html", "{{ article.content }}", "{{ article.lead }}{{ article.content }}")
    site.write("content/blog/in.md", f"Title: In\nDate: 2025-11-30\n\nA [book]({BOOK}).\n")
    site.write(
        "content/blog/out.md",
        f"Title: Out\nDate: 2025-11-30\nAffiliate: off\nLead: A [book]({BOOK}).\n\nText.\n",
    )

    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    text = (site.output / "blog/out/index.html").read_text("utf-8")
    assert f'data-affiliate="off" href="{BOOK}"' in text
    assert "tag=" not in text


@pytest.mark.slow
def test_a_site_that_tags_only_what_says_so_is_published(site: Site) -> None:
    """The audit asks for no tag where none is wanted."""
    site.add("pelicanconf.py", 'AMAZON_AFFILIATE = {"default": "off"}\n')
    site.write("content/blog/book.md", f"Title: One\nDate: 2025-11-30\nAffiliate: on\n\n[book]({BOOK})\n")
    site.write("content/blog/other.md", f"Title: Other\nDate: 2025-11-29\n\n[book]({BOOK})\n")

    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    assert f"{BOOK}?tag=example-20" in (site.output / "blog/one/index.html").read_text("utf-8")
    assert "tag=" not in (site.output / "blog/other/index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_word_at_the_top_of_a_page_that_means_nothing_stops_the_build(site: Site) -> None:
    site.write("content/blog/book.md", "Title: A book\nDate: 2025-11-30\nAffiliate: never\n\nText.\n")

    ended = site.build()

    assert ended.code == 1
    assert ended.err.startswith(
        "content/blog/book.md:3  wrong-control\n"
        "    “Affiliate: never” is none of “on”, “own”, “off”, “none”.\n"
        "    Correct the line at the top of the file, or remove it.\n"
    )


@pytest.mark.slow
def test_findings_name_the_markdown_file_and_the_line(site: Site) -> None:
    site.write(
        "content/blog/book.md",
        "Title: A book\nDate: 2025-11-30\n\nText.\n\n[short](https://amzn.to/x), [nowhere](http://) and [a book](https://www.amazon.com/dp/1).\n",
    )

    ended = site.build()

    assert ended.code == 0
    assert "content/blog/book.md:6  short-amazon-link\n" in ended.err
    assert "content/blog/book.md:6  unreadable-link\n" in ended.err
    assert ended.err.endswith("\n2 notes.\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<a href="{BOOK}">x</a>', f'<a data-affiliate="off" href="{BOOK}">x</a>'),
        (f'<a href="{BOOK}" data-affiliate="on">x</a>', f'<a href="{BOOK}" data-affiliate="on">x</a>'),
        ('<a href="https://amzn.to/x">x</a>', '<a data-affiliate="off" href="https://amzn.to/x">x</a>'),
        ('<a href="/own/">x</a><a>y</a>', '<a href="/own/">x</a><a>y</a>'),
        (f"<p>{BOOK}<!-- <a href='{BOOK}'> --></p>", f"<p>{BOOK}<!-- <a href='{BOOK}'> --></p>"),
    ],
)
def test_the_word_of_a_page_becomes_that_of_each_link_that_has_none(html: str, expected: str) -> None:
    assert controlled(html, "off", "https://www.example.com/") == expected


@pytest.mark.slow
def test_a_name_of_amazons_in_a_tag_is_told_once_and_stops_nothing(site: Site) -> None:
    site.add("pelicanconf.py", 'AMAZON_TAGS = {"amazon.com": "primebooks-20"}\n')
    site.write("content/blog/book.md", ARTICLE.format(control="", word="off").replace("example-20", "primebooks-20"))

    ended = site.build()

    assert ended.code == 0
    told = [line for line in (ended.out + ended.err).splitlines() if "trademark-in-tag" in line]
    assert told == ["pelicanconf.py  trademark-in-tag"]
