"""A new article is one file with three lines at its top."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.conftest import built_at, copy_sources

pytestmark = pytest.mark.slow

ARTICLE = "Title: How we count fans\nDate: 2026-11-20\nTags: cooling, servers\n\nOne, two, three. That was all.\n"


def test_an_article_with_three_lines_is_published_listed_and_in_the_feed(tmp_path: Path) -> None:
    copy_sources(tmp_path)
    (tmp_path / "content/blog/fans.md").write_text(ARTICLE, "utf-8")
    output = built_at(tmp_path)
    article = (output / "blog/how-we-count-fans/index.html").read_text("utf-8")
    assert "<title>How we count fans · Example Systems</title>" in article
    assert '<a href="https://www.example.com/blog/category/notes/">Notes</a>' in article
    assert '<meta name="description" content="One, two, three. That was all.">' in article
    listed = "https://www.example.com/blog/how-we-count-fans/"
    for name in ("index.html", "blog/index.html", "blog/tag/servers/index.html", "feeds/all.atom.xml", "sitemap.xml"):
        assert listed in (output / name).read_text("utf-8"), name
