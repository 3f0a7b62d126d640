"""What machines read of the site: addresses, languages, the sitemap, feeds, structured data, icons."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.slow

ORIGIN = "https://www.example.com"
XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "a": "http://www.w3.org/2005/Atom",
}
UNLISTED = 'meta[name="robots"][content~="noindex"]'


@pytest.fixture(scope="module")
def read(published: Path, pages: list[str]) -> dict[str, LexborHTMLParser]:
    """Every page, by its file."""
    return {name: LexborHTMLParser((published / name).read_text("utf-8")) for name in pages}


def address(name: str) -> str:
    """Return the address of a page's file."""
    return f"{ORIGIN}/{name.removesuffix('index.html')}"


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    """Return an attribute of the one element that is selected; None where there is none."""
    found = tree.css(selector)
    assert len(found) <= 1, selector
    return found[0].attributes[name] if found else None


def listed(read: dict[str, LexborHTMLParser]) -> dict[str, LexborHTMLParser]:
    """Return the pages that search engines may list."""
    return {name: tree for name, tree in read.items() if not tree.css_first(UNLISTED)}


def alternates(tree: LexborHTMLParser) -> list[tuple[str | None, str | None]]:
    """Return what a page's head says about its versions in other languages."""
    found = tree.css('link[rel="alternate"][hreflang]')
    return sorted((link.attributes["hreflang"], link.attributes["href"]) for link in found)


def structured(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return the JSON-LD of a page, by type."""
    blocks = [json.loads(script.text()) for script in tree.css('script[type="application/ld+json"]')]
    return {block["@type"]: block for block in blocks}


def test_every_internal_link_leads_to_a_file_and_to_a_place_in_it(
    published: Path, read: dict[str, LexborHTMLParser]
) -> None:
    ids = {
        name: {element.attributes["id"] for element in tree.css("[id]")} | {"", "top"} for name, tree in read.items()
    }
    broken = []
    for name, tree in read.items():
        for element in tree.css("[href], [src]"):
            target = urlsplit(urljoin(address(name), element.attributes.get("href") or element.attributes.get("src")))
            if f"{target.scheme}://{target.netloc}" != ORIGIN:
                continue
            file = unquote(target.path).lstrip("/")
            file += "index.html" if file.endswith("/") or not file else ""
            if not (published / file).is_file() or (file in ids and unquote(target.fragment) not in ids[file]):
                broken.append((name, target.geturl()))
    assert broken == []


def test_ids_need_no_escape_in_style_sheets_and_scripts(read: dict[str, LexborHTMLParser]) -> None:
    ids = {element.attributes["id"] for tree in read.values() for element in tree.css("[id]")}
    assert any("fn" in str(one) for one in ids)
    assert [one for one in ids if not re.fullmatch(r"[A-Za-z][\w-]*", str(one))] == []


def test_every_page_names_its_address_language_and_picture(
    published: Path, read: dict[str, LexborHTMLParser]
) -> None:
    for name, tree in listed(read).items():
        assert attribute(tree, 'link[rel="canonical"]', "href") == address(name)
        assert attribute(tree, 'meta[property="og:url"]', "content") == address(name)
        assert attribute(tree, "html", "lang") == ("de" if name.startswith("de/") else "en")
        title = tree.css_first("title")
        assert title
        assert attribute(tree, 'meta[property="og:title"]', "content") == title.text()
        assert attribute(tree, 'meta[property="og:image:alt"]', "content")
        image = attribute(tree, 'meta[property="og:image"]', "content")
        assert image
        assert png_size(published / image.removeprefix(f"{ORIGIN}/")) == (1200, 630)


def test_no_two_pages_have_the_same_title_or_description(read: dict[str, LexborHTMLParser]) -> None:
    titles = [tree.css_first("title").text() for tree in listed(read).values()]  # type: ignore[union-attr]
    assert sorted(set(titles)) == sorted(titles)
    said = [attribute(tree, 'meta[name="description"]', "content") for tree in listed(read).values()]
    described = [words for words in said if words]
    assert sorted(set(described)) == sorted(described)
    assert len(described) > 30


def test_versions_in_other_languages_name_each_other(read: dict[str, LexborHTMLParser]) -> None:
    for page in ("", "about/", "contact/", "privacy/", "legal/"):
        english, german = f"{ORIGIN}/{page}", f"{ORIGIN}/de/{page}"
        for name in (f"{page}index.html", f"de/{page}index.html"):
            assert alternates(read[name]) == [("de", german), ("en", english), ("x-default", english)]
            switch = read[name].css('.languages a[hreflang]:not([aria-current="page"])')
            assert [link.attributes["href"] for link in switch] == [english if name.startswith("de/") else german]


def test_the_sitemap_lists_every_page_that_may_be_listed_and_no_other(
    published: Path, read: dict[str, LexborHTMLParser]
) -> None:
    """Further pages of a list are found from its first one."""
    tree = ET.fromstring((published / "sitemap.xml").read_bytes())
    told = {url.findtext("s:loc", "", XML): url for url in tree.findall("s:url", XML)}
    expected = {name: page for name, page in listed(read).items() if "/page/" not in name}
    assert len(told) == len(tree)
    assert sorted(told) == sorted(map(address, expected))
    for name, page in expected.items():
        links = told[address(name)].findall("x:link", XML)
        assert sorted((link.get("hreflang"), link.get("href")) for link in links) == alternates(page)


def test_the_sitemap_says_when_the_policy_and_the_articles_changed_and_guesses_nothing(published: Path) -> None:
    tree = ET.fromstring((published / "sitemap.xml").read_bytes())
    days = {url.findtext("s:loc", "", XML): url.findtext("s:lastmod", None, XML) for url in tree}
    assert days[f"{ORIGIN}/privacy/"] == days[f"{ORIGIN}/de/privacy/"] == policy_updated(published)
    assert days[f"{ORIGIN}/blog/reading-list/"] == "2026-09-08"
    assert days[f"{ORIGIN}/blog/tag/backup/"] == "2026-06-16"
    assert days[f"{ORIGIN}/about/"] is None


def test_robots_may_read_everything_and_find_the_sitemap(published: Path) -> None:
    said = (published / "robots.txt").read_text("utf-8")
    assert said == f"User-agent: *\nDisallow:\n\nSitemap: {ORIGIN}/sitemap.xml"


def test_drafts_and_the_page_for_missing_ones_are_not_listed(read: dict[str, LexborHTMLParser]) -> None:
    unlisted = set(read) - set(listed(read))
    assert {"404.html", "drafts/authoring/index.html"} <= unlisted
    for name in unlisted:
        assert attribute(read[name], 'link[rel="canonical"]', "href") != address(name)


def test_breadcrumbs_are_told_to_machines_as_they_stand_on_the_page(read: dict[str, LexborHTMLParser]) -> None:
    for name, tree in listed(read).items():
        trail = [item.text(strip=True) for item in tree.css(".breadcrumbs li")]
        if not trail:
            assert name in ("index.html", "de/index.html")
            continue
        items = structured(tree)["BreadcrumbList"]["itemListElement"]
        assert [item["name"] for item in items] == trail
        assert [item["position"] for item in items] == [*range(1, len(trail) + 1)]


def test_structured_data_says_what_kind_of_page_it_is(published: Path, read: dict[str, LexborHTMLParser]) -> None:
    assert structured(read["index.html"])["Organization"]["name"] == "Example Systems GmbH"
    assert structured(read["products/s24/index.html"])["Product"]["brand"]["name"] == "Example Systems"
    article = structured(read["blog/raid-z-sizing/index.html"])["BlogPosting"]
    assert (article["datePublished"][:10], article["inLanguage"]) == ("2026-02-17", "en")
    policy = structured(read["privacy/index.html"])["WebPage"]
    assert policy["dateModified"] == policy_updated(published)


def test_lists_in_pages_lead_forth_and_back(read: dict[str, LexborHTMLParser]) -> None:
    first, second = read["blog/index.html"], read["blog/page/2/index.html"]
    assert attribute(first, 'a[rel="next"]', "href") == address("blog/page/2/")
    assert attribute(second, 'a[rel="prev"]', "href") == address("blog/")


def test_every_feed_is_announced_and_leads_to_pages(published: Path, read: dict[str, LexborHTMLParser]) -> None:
    announced = {
        link.attributes["href"] for tree in read.values() for link in tree.css('link[type="application/atom+xml"]')
    }
    feeds = sorted((published / "feeds").glob("*.xml"))
    assert {address(f"feeds/{feed.name}") for feed in feeds} == announced
    for feed in feeds:
        entries = ET.fromstring(feed.read_bytes()).findall("a:entry", XML)
        assert entries
        for entry in entries:
            link = entry.find("a:link", XML)
            assert link is not None
            assert str(link.get("href")) in set(map(address, read))


def test_the_manifest_and_the_icons_are_there_in_the_sizes_they_claim(
    published: Path, read: dict[str, LexborHTMLParser]
) -> None:
    manifest_at = attribute(read["index.html"], 'link[rel="manifest"]', "href")
    assert manifest_at
    manifest = json.loads((published / manifest_at.removeprefix(f"{ORIGIN}/")).read_bytes())
    assert (manifest["name"], urljoin(manifest_at, manifest["start_url"])) == ("Example Systems", f"{ORIGIN}/")
    for icon in manifest["icons"]:
        file = published / urljoin(manifest_at, icon["src"]).removeprefix(f"{ORIGIN}/")
        if icon["type"] == "image/png":
            assert "{}x{}".format(*png_size(file)) == icon["sizes"]
        else:
            assert file.is_file()
    touch = attribute(read["index.html"], 'link[rel="apple-touch-icon"]', "href")
    assert touch
    assert png_size(published / touch.removeprefix(f"{ORIGIN}/")) == (180, 180)


def policy_updated(published: Path) -> str:
    """Return the day that the policy declares."""
    return (published.parent / "content/privacy/policy.md").read_text("utf-8").partition("Updated: ")[2][:10]


def png_size(path: Path) -> tuple[int, int]:
    """Return width and height of a PNG: the first two numbers of its first chunk."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return int(width), int(height)
