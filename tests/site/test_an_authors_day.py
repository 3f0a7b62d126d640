"""A new article is one file with three lines at its top; a draft of one needs nothing else on the site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

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


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_what_is_not_published_links_only_to_lists_that_exist(tmp_path: Path, status: str) -> None:
    copy_sources(tmp_path)
    head = ARTICLE.replace(
        "Tags: cooling, servers", f"Status: {status}\nCategory: Unheard of\nTags: never used, Cooling"
    )
    (tmp_path / "content/blog/fans.md").write_text(head, "utf-8")

    output = built_at(tmp_path)

    folder = "drafts/blog" if status == "draft" else "blog"
    article = LexborHTMLParser((output / folder / "how-we-count-fans/index.html").read_text("utf-8"))
    trail = article.css_first(".breadcrumbs")
    assert trail is not None
    assert [item.text(strip=True) for item in trail.css("li")] == ["Home", "Blog", "Unheard of", "How we count fans"]
    assert [link.text(strip=True) for link in trail.css("a")] == ["Home", "Blog"]
    assert [item.text(strip=True) for item in article.css(".tags li")] == ["Cooling", "never used"]
    assert [link.attributes["href"] for link in article.css(".tags a")] == [
        "https://www.example.com/blog/tag/cooling/"
    ]
    places = [script.text() for script in article.css('script[type="application/ld+json"]')][-1]
    assert [item["name"] for item in json.loads(places)["itemListElement"]] == ["Home", "Blog", "How we count fans"]
    assert not (output / "blog/tag/never-used").exists()


def test_a_published_article_alone_in_its_category_links_to_it(tmp_path: Path) -> None:
    copy_sources(tmp_path)
    head = ARTICLE.replace("Tags: cooling, servers", "Category: Unheard of\nTags: never used")
    (tmp_path / "content/blog/fans.md").write_text(head, "utf-8")

    article = (built_at(tmp_path) / "blog/how-we-count-fans/index.html").read_text("utf-8")

    assert '<a href="https://www.example.com/blog/category/unheard-of/">Unheard of</a>' in article
    assert '<a href="https://www.example.com/blog/tag/never-used/" rel="tag">never used</a>' in article
