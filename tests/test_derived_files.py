"""Files that plugins derive, such as robots.txt: written with the pages, judged with them, never over a file of the author's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_kit import NOT_PUBLISHED, Site, files, new_site

PLUGIN = """
from plugins.privacy import extension

def derive(rendered):
    pages = sorted(path.name for path in rendered.folder.rglob("*.html"))
    text = f"{{len(pages)}} {{rendered.site.declaration.host}} {{rendered.site.policy_updated}}"
    return {{"{name}": text.encode()}}

def register():
    extension.files_wanted.connect(derive)
"""
SENTENCE = "The site derives the file {name}, and another one stands there already."
WAY_OUT = "Remove the file of yours that becomes {name}; the derived one follows from pelicanconf.py."

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The smallest site."""
    return new_site(tmp_path)


def derive(site: Site, name: str, module: str = "own") -> None:
    """Let a plugin of the site's own derive a file."""
    site.write(f"{module}.py", PLUGIN.format(name=name))
    site.add("pelicanconf.py", f"import {module}\nPLUGINS.append({module})\n")


@pytest.mark.parametrize("name", ["../robots.txt", "/robots.txt", "a/../robots.txt", "", "./robots.txt"])
def test_a_derived_file_outside_the_site_stops_the_build(site: Site, name: str) -> None:
    former = site.publish_former()
    derive(site, name)

    ended = site.build()

    assert ended.code == 1
    assert f"ValueError: a plugin derives the file {name!r}, which is not below the site" in ended.err
    assert files(site.output) == former
    assert not (site.folder / "robots.txt").exists()


def test_an_authors_file_of_the_same_name_is_not_overwritten(site: Site) -> None:
    derive(site, "images/list.txt")
    site.write("content/images/list.txt", "mine")

    ended = site.build()

    what, way_out = SENTENCE.format(name="images/list.txt"), WAY_OUT.format(name="images/list.txt")
    assert ended.code == 1
    assert " ".join(ended.err.split()) == (
        f"content/images/list.txt same-address {what} {way_out} 1 error in 1 place. {NOT_PUBLISHED}"
    )


def test_two_plugins_do_not_derive_the_same_file(site: Site) -> None:
    derive(site, "robots.txt")
    derive(site, "robots.txt", "second")

    ended = site.build()

    assert ended.code == 1
    assert SENTENCE.format(name="robots.txt") in " ".join(ended.err.split())


def test_a_derived_file_is_made_of_all_pages_and_the_declaration(site: Site) -> None:
    derive(site, ".well-known/pages.txt")

    assert site.build().code == 0
    pages = sum(name.endswith(".html") for name in files(site.output))
    assert files(site.output)[".well-known/pages.txt"] == f"{pages} www.example.com 2025-12-01".encode()


def test_a_derived_file_takes_the_place_of_its_former_self_in_a_folder_that_is_kept(site: Site) -> None:
    derive(site, ".well-known/pages.txt")
    site.add("pelicanconf.py", 'OUTPUT_RETENTION = [".well-known"]\n')
    site.write("output/index.html", "<!doctype html><title>The former site</title>\n")
    site.write("output/.well-known/pages.txt", "old")
    site.write("output/.well-known/challenge", "kept")

    assert site.build().code == 0
    assert files(site.output)[".well-known/pages.txt"].endswith(b"www.example.com 2025-12-01")
    assert files(site.output)[".well-known/challenge"] == b"kept"


def test_what_is_derived_is_judged_like_everything_else(site: Site) -> None:
    derive(site, "list.html")
    text = (site.folder / "own.py").read_text("utf-8")
    site.write("own.py", text.replace("text.encode()", "b'<img src=//tracker.example/a.gif>'"))

    ended = site.build()

    assert ended.code == 1
    assert "list.html  undeclared-load\n" in ended.err
