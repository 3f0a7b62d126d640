"""How much a visitor has to fetch: the files that a browser asked for, compressed as servers do it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.site.visit import Visit

pytestmark = pytest.mark.browser

PACKED = (".png", ".jpg", ".webp", ".avif")  # compressed already
PICTURES = (".svg", *PACKED)


def weight(published: Path, paths: list[str]) -> int:
    """Return the bytes of some files of the site as they go over the line."""
    total = 0
    for path in paths:
        file = published / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        content = file.read_bytes()
        total += len(content if file.suffix in PACKED else gzip.compress(content, 6))
    return total


def test_the_home_page_weighs_at_most_60_kb_with_its_pictures(published: Path, visits: dict[str, Visit]) -> None:
    for name in ("index.html", "de/index.html"):
        fetched = visits[name].transferred
        assert "/images/hero.svg" in fetched
        assert weight(published, fetched) <= 60_000


def test_an_article_weighs_at_most_40_kb_without_its_pictures(published: Path, visits: dict[str, Visit]) -> None:
    articles = [name for name in visits if name.startswith("blog/") and name.count("/") == 2 and "page" not in name]
    assert len(articles) > 12
    for name in articles:
        fetched = [path for path in visits[name].transferred if not path.endswith(PICTURES)]
        assert "/theme/css/site.css" in fetched
        assert weight(published, fetched) <= 40_000
