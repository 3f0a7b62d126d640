"""Settings, themes and files that would publish something unchecked, or lose somebody's files, are refused."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_kit import NOT_PUBLISHED, VIDEO, Site, files, new_site

pytestmark = pytest.mark.slow

EVIL = '<img src="https://evil.example/x">'
XSL = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">'
    f"{EVIL.replace('>', '/>')}</xsl:template></xsl:stylesheet>"
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return new_site(tmp_path)


def line(text: str) -> Callable[[Site], object]:
    """A line at the end of the settings."""
    return lambda site: site.add("pelicanconf.py", f"{text}\n")


def copied(name: str, content: str | bytes) -> Callable[[Site], object]:
    """A file that is copied as it is."""
    return lambda site: site.write(f"content/extra/{name}", content)


def home(text: str) -> Callable[[Site], object]:
    """A text on the home page of a site that asks for consent."""

    def write(site: Site) -> None:
        site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\nAMAZON_TAGS = {"amazon.de": "mine-21"}\n')
        site.add("content/pages/home.md", f"\n{VIDEO}\n\n{text}\n")

    return write


NO_PLUGIN = "pelicanconf.py plugin-missing PLUGINS names none of this project's plugins"
REFUSED = {
    "no plugins": (line(f"PLUGINS = []; import pathlib; {EVIL!r}"), NO_PLUGIN),
    "no PLUGINS at all": (line("del PLUGINS"), NO_PLUGIN),
    "misspelt PLUGINS": (line("PLUGIN = PLUGINS; del PLUGINS"), 'PLUGIN is not a setting. Did you mean "PLUGINS"?'),
    "misspelt PRIVACY": (line("PRIVCY = {}"), 'PRIVCY is not a setting. Did you mean "PRIVACY"?'),
    "an output inside the content": (line('OUTPUT_PATH = str(HERE / "content" / "pages")'), "lies inside PATH"),
    "an output of other files": (
        lambda site: (site.write("docs/thesis.odt", b"PK"), line('OUTPUT_PATH = str(HERE / "docs")')(site)),
        "holds something else than a website",
    ),
    "a retained entry elsewhere": (line('OUTPUT_RETENTION = ["../precious"]'), "names “../precious”"),
    "linked files": (line("STATIC_CREATE_LINKS = True"), "STATIC_CREATE_LINKS lets the published site change"),
    "everybody as first party": (line('PRIVACY["first_party"] = [".com"]'), ".com means everybody's hosts"),
    "no time zone": (line("TIMEZONE = None"), "TIMEZONE: “None” is no time zone."),
    "a page of another encoding": (
        copied("a.html", b"<!doctype html><meta charset=iso-2022-jp><p x=\x1b$Bz><!--\x1b(B>" + EVIL.encode()),
        "It holds an escape character",
    ),
    "a style sheet that is a program": (copied("p.xsl", XSL), "it is a style sheet in XSL, which is a program"),
    "a compressed drawing": (
        copied("a.svgz", gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>", mtime=0)),
        "It is a compressed page, drawing, style sheet or program.",
    ),
    "a playlist": (copied("a.m3u8", "#EXTM3U\nhttps://evil.example/1.ts\n"), "contact evil.example"),
    "a page for the server's own language": (copied("a.shtml", f"hello {EVIL}"), "contact evil.example"),
    "a page without a name's ending": (copied("page", " " * 70 + EVIL), "contact evil.example"),
    "a copied file in a page's place": (
        lambda site: (
            site.write("content/extra/x.html", "<!doctype html><p>x"),
            line('EXTRA_PATH_METADATA = {"extra/x.html": {"path": "blog/first/index.html"}}')(site),
        ),
        "same-address",
    ),
    "consent by another button": (home('<button data-consent-choice="accept">Read on</button>'), "forged-consent"),
    "a hidden banner": (home("<p data-consent></p>"), "forged-consent"),
    "a style that wakes": (
        home('<p data-style="background:url(https://evil.example/x)">x</p>'),
        "forged-consent",
    ),
    "a paid link in silence": (
        home('<map name="m"><area href="https://www.amazon.de/dp/1?tag=mine-21" alt="a book"></map>'),
        "undisclosed-paid-link",
    ),
    "a sentence without its blanks": (
        lambda site: site.write("theme/messages/privacy_policy.en.toml", 'updated = "No date."\n'),
        "The message “updated” in privacy_policy.en.toml has other words in braces than {date}.",
    ),
    "a policy that nothing fills in": (
        line("PLUGINS = [privacy, cookie_banner, privacy_audit]"),
        "content/privacy/policy.md unfilled-policy",
    ),
}


@pytest.mark.parametrize(("does", "says"), REFUSED.values(), ids=REFUSED)
def test_a_site_is_refused_with(site: Site, does: Callable[[Site], object], says: str) -> None:
    former = site.publish_former()
    does(site)
    sources = files(site.folder / "content")

    ended = site.build()

    assert ended.code == 1
    assert says in " ".join(ended.err.split())
    assert ended.err.endswith(f"{NOT_PUBLISHED}\n")
    assert "Traceback" not in ended.err
    assert (files(site.output), files(site.folder / "content")) == (former, sources)


def test_a_clock_that_is_no_number_is_told(site: Site) -> None:
    ended = site.build(SOURCE_DATE_EPOCH="abc")

    assert ended.code == 1
    assert "SOURCE_DATE_EPOCH is “abc”, and not a number of seconds." in ended.err


def test_what_is_retained_is_judged_and_never_replaces_what_was_built(site: Site) -> None:
    site.write("output/index.html", "<!doctype html><p>old")
    site.write("output/legacy/a.html", f"<!doctype html>{EVIL}")
    line('OUTPUT_RETENTION = ["legacy", "index.html"]')(site)

    ended = site.build()

    assert ended.code == 1
    assert "\nlegacy/a.html  undeclared-load\n" in ended.err
    site.write("output/legacy/a.html", "<!doctype html><p>kept")
    assert site.build().code == 0
    assert files(site.output)["legacy/a.html"] == b"<!doctype html><p>kept"
    assert b"Hello." in files(site.output)["index.html"]


def test_an_embed_that_nobody_closes_is_one_mistake(site: Site) -> None:
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.add("content/pages/home.md", f"\n{VIDEO.removesuffix('</iframe>')}\n")

    ended = site.build()

    assert ended.code == 1
    assert ended.err.startswith("content/pages/home.md:7  unclosed-embed\n")
    assert ended.err.endswith(f"\n1 error in 1 place. {NOT_PUBLISHED}\n"), ended.err


def test_mistakes_in_copied_files_are_told_where_a_person_wrote_them(site: Site) -> None:
    site.write("content/extra/a.css", "p { color: red }\nb { background: url(https://evil.example/x) }\n")
    site.write("theme/static/css/b.css", "\n\nb { background: url(https://evil.example/y) }\n")

    ended = site.build()

    places = [text.partition("  ")[0] for text in ended.err.splitlines() if "undeclared-load" in text]
    assert places == ["content/extra/a.css:2", "theme/static/css/b.css:3"]


def test_a_page_is_checked_whatever_its_name_ends_in(site: Site) -> None:
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.write("content/pages/offers.md", f"Title: Offers\nSave_as: offers.HTML\nURL: offers.HTML\n\n{VIDEO}\n")

    assert site.build().code == 0
    assert b"data-gate" in files(site.output)["offers.HTML"]
