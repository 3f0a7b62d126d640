"""The same sources give the same bytes: whatever the clock, the zone, the language, the order of sets, the folder
and the dates of the files."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.site_kit import VIDEO, Site, files, new_site, run

pytestmark = pytest.mark.slow

BOOK = "[a book](https://www.amazon.de/dp/1)"
LINKS = " ".join(f"[{host}](https://www.{host}.example/x)" for host in ("a", "b", "c", "d"))


def rich_site(folder: Path) -> Site:
    """A site with lists, feeds, copied files, translations and something for every plugin to do."""
    site = new_site(folder)
    site.add(
        "pelicanconf.py",
        'PRIVACY["services"] = ["youtube", "openstreetmap"]\n'
        'AMAZON_TAGS = {"amazon.de": "mine-21", "amazon.com": "mine-20"}\n'
        'TAG_SAVE_AS, CATEGORY_SAVE_AS = "tag/{slug}.html", "category/{slug}.html"\n'
        'DIRECT_TEMPLATES = ["index", "tags"]\n'
        'CATEGORY_FEED_ATOM, DEFAULT_PAGINATION = "feeds/{slug}.atom.xml", 3\n'
        'PAGE_LANG_URL, PAGE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"\n',
    )
    listed = (site.folder / "theme/templates/index.html").read_text("utf-8")
    for name in ("tag", "category"):
        site.write(f"theme/templates/{name}.html", listed)
    site.write(
        "theme/templates/tags.html",
        '{% extends "base.html" %}{% block content %}{% for tag, articles in tags %}<p>{{ tag }} '
        "{{ articles|length }}</p>{% endfor %}{% endblock %}\n",
    )
    for number in range(8):
        site.write(
            f"content/blog/post-{number}.md",
            f"Title: Post {number}\nDate: 2025-0{1 + number % 3}-01\nCategory: {'ab'[number % 2]}\n"
            f"Tags: x, y{number % 3}, z, ä\n\n{LINKS} {BOOK}\n\n{VIDEO}\n\n[home]({{filename}}/pages/home.md)\n",
        )
        site.write(f"content/extra/file-{number}.txt", str(number))
    site.write(
        "content/pages/map.md",
        'Title: Map\n\n<iframe src="https://www.openstreetmap.org/export/embed.html"></iframe>\n',
    )
    site.write("content/pages/map.de.md", "Title: Karte\nSlug: map\nLang: de\n\nEine Karte.\n")
    return site


def built(site: Site, **environment: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the site and what the build wrote down about it."""
    ended = site.build(**environment)
    assert (ended.code, ended.err) == (0, ""), ended
    return files(site.output), files(site.folder / "build")


def test_different_sources_give_different_bytes(tmp_path: Path) -> None:
    one, other = rich_site(tmp_path / "one"), rich_site(tmp_path / "other")
    other.add("content/blog/post-3.md", "\nMore.\n")

    former, latter = built(one)[0], built(other)[0]

    assert {name for name in former if former[name] != latter[name]} >= {"blog/post-3/index.html"}
    assert former.keys() == latter.keys()
    assert len(former) > 30


def test_settings_that_are_saved_twice_within_a_second_are_read_twice(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    settings = site.folder / "pelicanconf.py"
    os.utime(settings, (1_000_000_000, 1_000_000_000))
    assert b"<title>Tiny</title>" in built(site)[0]["index.html"]

    site.replace("pelicanconf.py", '"Tiny"', '"Slim"')
    os.utime(settings, (1_000_000_000, 1_000_000_000))

    assert b"<title>Slim</title>" in built(site)[0]["index.html"]


def test_the_same_sources_give_the_same_bytes_everywhere(tmp_path: Path) -> None:
    one = rich_site(tmp_path / "one")
    shutil.copytree(one.folder, tmp_path / "elsewhere" / "and deeper")
    other = Site(tmp_path / "elsewhere" / "and deeper", one.project)
    for path in other.folder.rglob("*"):
        os.utime(path, (0, 1_000_000_000))

    here = built(one, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    there = built(
        other, PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C", SOURCE_DATE_EPOCH="1800000000"
    )

    assert here == there
    assert [name for name in here[1] if not name.startswith("consent/")] == [
        "audit.json",
        "headers/Caddyfile",
        "headers/nginx.conf",
        "inventory.json",
    ]


def foreign_locale(folder: Path) -> dict[str, str]:
    """Return an environment in which numbers have a comma and months German names, where the machine can make
    one; else the plain one."""
    localedef = shutil.which("localedef")
    folder.mkdir()
    if localedef is not None:
        name = "de_DE.UTF-8"
        done = run([localedef, "--no-archive", "-i", "de_DE", "-f", "UTF-8", str(folder / name)], folder)
        if done.code == 0:
            return {"LC_ALL": name, "LOCPATH": str(folder)}
    return {"LC_ALL": "C.UTF-8"}


def test_the_language_of_the_machine_does_not_reach_the_site(tmp_path: Path) -> None:
    site = rich_site(tmp_path / "site")
    site.replace("theme/templates/article.html", "<h1>", "<p>{{ article.locale_date }}</p><h1>")

    here, there = built(site, LC_ALL="C.UTF-8"), built(site, **foreign_locale(tmp_path / "locale"))

    assert [name for name in here[0] if here[0][name] != there[0].get(name)] == []
    assert here == there


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_a_second_build_over_the_first_changes_nothing(tmp_path: Path, seed: str) -> None:
    site = rich_site(tmp_path)

    assert built(site, PYTHONHASHSEED="0") == built(site, PYTHONHASHSEED=seed)


def test_the_inventory_is_sorted_and_lists_what_the_pages_load(tmp_path: Path) -> None:
    site = rich_site(tmp_path)

    inventory = json.loads(built(site)[1]["inventory.json"])

    names = [page["page"] for page in inventory["pages"]]
    assert names == sorted(names)
    assert set(names) == {name for name in files(site.output) if name.endswith(".html")}
    verdict = inventory["columns"].index("verdict")
    loads = {page["page"]: [load[verdict] for load in page["loads"]] for page in inventory["pages"]}
    assert loads["map/index.html"] == ["openstreetmap"]
    assert loads["blog/post-1/index.html"] == ["youtube"]
    assert loads["de/map/index.html"] == []
