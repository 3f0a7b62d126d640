"""The command `privacy links`, run as a person runs it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.browser.third_party import serving
from tests.site_kit import Ended, Site, new_site, run

pytestmark = pytest.mark.slow

ARTICLE = """Title: Links
Date: 2025-11-30

One [partner](https://openzfs.org/ "T"), one [stranger](https://other.example/a?b&c).

A [book at Amazon](https://www.amazon.com/dp/B000000000), a [short link](https://amzn.to/x),
a [redirector](https://t.co/x), [nowhere](http://), again the [stranger](https://other.example/a?b&c).
"""


def privacy(site: Site, *arguments: str, **environment: str) -> Ended:
    """Run the command on a site."""
    settings = str(site.folder / "pelicanconf.py")
    command = [sys.executable, "-m", "plugins.privacy.cli", "--settings", settings, "links", *arguments]
    return run(command, site.project, environment)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = new_site(tmp_path)
    site.replace("pelicanconf.py", '"services": [],', '"partners": [{"name": "OpenZFS", "hosts": ["openzfs.org"]}],')
    site.add("pelicanconf.py", 'AMAZON_TAGS = {"amazon.com": "example-20"}\n')
    site.write("content/blog/links.md", ARTICLE)
    return site


def test_before_the_first_build_there_is_nothing_to_list(site: Site) -> None:
    ended = privacy(site)

    assert ended.code == 2
    assert ended.err.endswith("Build the site first: make build\n")


def test_what_another_version_wrote_is_not_guessed_at(site: Site) -> None:
    site.write("build/inventory.json", '{"columns": ["host"], "pages": []}')

    assert privacy(site).code == 2


def test_every_link_is_listed_with_its_class_its_finding_and_where_it_is_written(site: Site) -> None:
    assert site.build().code == 0

    lines = privacy(site).out.splitlines()

    assert [line.split() for line in lines] == [
        ["class", "verdict", "finding", "host", "address", "written", "in", "page"],
        "affiliate tag added www.amazon.com https://www.amazon.com/dp/B000000000 content/blog/links.md:6 "
        "blog/index.html +1".split(),
        "partner openzfs.org https://openzfs.org/ content/blog/links.md:4 blog/index.html +1".split(),
        "third-party other.example https://other.example/a?b&c content/blog/links.md:4 blog/index.html +1".split(),
        "third-party other.example https://other.example/a?b&c content/blog/links.md:7 blog/index.html +1".split(),
        "third-party hidden-destination t.co https://t.co/x content/blog/links.md:7 blog/index.html +1".split(),
        "third-party short link short-amazon-link amzn.to https://amzn.to/x content/blog/links.md:6 "
        "blog/index.html +1".split(),
        "unreadable unreadable-link http:// content/blog/links.md:7 blog/index.html +1".split(),
    ]


def test_json_has_one_row_for_each_link_of_each_page(site: Site) -> None:
    assert site.build().code == 0

    rows = json.loads(privacy(site, "--format", "json", "--class", "third-party", "--found").out)

    assert [(row["page"], row["url"], row["findings"]) for row in rows] == [
        (page, url, [check])
        for page in ("blog/index.html", "blog/links/index.html")
        for url, check in (("https://amzn.to/x", "short-amazon-link"), ("https://t.co/x", "hidden-destination"))
    ]
    assert rows[0] == {
        "page": "blog/index.html",
        "file": "content/blog/links.md",
        "line": 6,
        "class": "third-party",
        "verdict": "short link",
        "destination": "",
        "asked": "",
        "findings": ["short-amazon-link"],
        "host": "amzn.to",
        "url": "https://amzn.to/x",
    }


def test_a_class_that_there_is_none_of_is_refused_with_those_there_are(site: Site) -> None:
    ended = privacy(site, "--class", "foreign")

    assert ended.code == 2
    assert ended.err.endswith(
        "'foreign' is not one of 'affiliate', 'first-party', 'partner', 'third-party', 'not-web', 'unreadable'.\n"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://user@www.example.com\\@evil.example/",
            {
                "address": "https://user@www.example.com\\@evil.example/",
                "read as": "https://user@www.example.com/@evil.example/",
                "host": "www.example.com",
                "registrable domain": "example.com",
                "class": "own",
                "why": 'it is the host of PRIVACY["site"], https://www.example.com',
                "service": "",
                "verdict": "",
                "destination": "",
                "asked": "",
                "findings": [],
                "written": '<a href="https://user@www.example.com\\@evil.example/">text</a>',
            },
        ),
        (
            "https://www.amazon.com/dp/B0?th=1#x",
            {
                "address": "https://www.amazon.com/dp/B0?th=1#x",
                "read as": "https://www.amazon.com/dp/B0?th=1#x",
                "host": "www.amazon.com",
                "registrable domain": "amazon.com",
                "class": "affiliate",
                "why": "it leads to an Amazon store, and pays",
                "service": "",
                "verdict": "tag added",
                "destination": "",
                "asked": "",
                "findings": [],
                "written": (
                    '<a rel="sponsored external" href="https://www.amazon.com/dp/B0?th=1&amp;tag=example-20#x">text '
                    '<span class="paid-link">(paid link)</span></a>'
                ),
            },
        ),
    ],
)
def test_one_url_is_explained_without_a_build(site: Site, url: str, expected: dict[str, object]) -> None:
    assert json.loads(privacy(site, "--format", "json", url).out) == expected


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://docs.example.com/", "it shares the registrable domain of www.example.com"),
        ("https://www.amazon.com/dp/B0?tag=stranger-20", "it leads to an Amazon store, and pays a stranger"),
        ("https://openzfs.org/", 'PRIVACY["partners"] names it: OpenZFS'),
        ("https://other.example/", 'it is neither the site\'s nor in PRIVACY["first_party"] or PRIVACY["partners"]'),
        ("http://", "the URL parser of browsers gives up"),
        ("mailto:a@b.example", "it does not lead to a place on the web"),
    ],
)
def test_the_reason_of_a_class_is_told(site: Site, url: str, why: str) -> None:
    assert f"\nwhy                 {why}\n" in privacy(site, url).out


def test_links_of_copied_pages_are_listed_with_their_line(site: Site) -> None:
    site.write(
        "content/extra/copied.html",
        '<!doctype html>\n<html lang="en"><title>Copied</title>\n<p><a href="https://third.example/x">there</a>\n',
    )
    assert site.build().code == 0

    rows = [row for row in json.loads(privacy(site, "--format", "json").out) if row["host"] == "third.example"]

    assert [(row["page"], row["file"], row["line"], row["class"], row["verdict"]) for row in rows] == [
        ("extra/copied.html", "content/extra/copied.html", 3, "third-party", "")
    ]


def test_a_link_is_told_with_its_own_line_and_not_with_that_of_another_or_of_what_only_shows_its_address(
    site: Site,
) -> None:
    above = [
        "[one](https://bit.ly/x){data-xlink=off}",
        '<a href="https://bit.ly/x" data-xlink="off">one</a>',
        "https://bit.ly/x as plain words",
        "[one](https://archive.example/web/https://bit.ly/x)",
        "Text.\n\n    https://bit.ly/x",
        "`[code](https://bit.ly/x)`",
    ]
    text = "\n\n".join(["Title: Alike\nDate: 2025-11-30", *above, "[two](https://bit.ly/x)\n"])
    site.write("content/blog/alike.md", text)
    # a list shows both articles, and cannot tell which of them has dealt with its link
    site.write("content/blog/dealt.md", "Title: Dealt\nDate: 2025-11-30\n\n[x](https://bit.ly/x){data-xlink=off}\n")

    ended = site.build()

    assert ended.code == 0
    told = [part for part in ended.err.split("\n\n") if "  hidden-destination\n" in part and "bit.ly" in part]
    last = text.count("\n")
    assert [part.partition("  ")[0] for part in told] == [f"content/blog/alike.md:{last}"]


def test_each_unmarked_link_of_a_copied_page_is_told_with_its_line(site: Site) -> None:
    links = [f'<p><a href="https://third.example/{name}">{name}</a>\n' for name in "ab"]
    marked = '<p><a href="https://third.example/c" rel="external">c (external site)</a>\n'
    site.write("content/extra/copied.html", f"<!doctype html>\n<title>Copied</title>\n{''.join(links)}{marked}")

    ended = site.build()

    assert ended.code == 0
    told = [" ".join(part.split()) for part in ended.err.split("\n\n") if "third.example" in part]
    assert told == [
        f'content/extra/copied.html:{line} copied-page <a href="https://third.example/{name}"> leads away from this '
        'website, and lacks the word "external" in rel. Add it by hand, or make the page from Markdown or a template.'
        for line, name in ((3, "a"), (4, "b"))
    ]


def test_bytes_of_an_address_that_are_no_text_are_explained_as_text(site: Site) -> None:
    ended = privacy(site, "--format", "json", "https://third.example/\udcff")

    assert json.loads(ended.out)["read as"] == "https://third.example/%EF%BF%BD"


def test_addresses_that_begin_alike_or_differ_by_their_attributes_have_lines_of_their_own(site: Site) -> None:
    site.write(
        "content/blog/alike.md",
        "Title: Alike\nDate: 2025-11-30\n\n"
        "[a](https://bit.ly/xyz)\n\n[b](https://bit.ly/x)\n\n[c](https://bit.ly/x){.c}\n",
    )
    ended = site.build()

    assert ended.code == 0
    places = [line.split("  ")[0] for line in ended.err.splitlines() if "  hidden-destination" in line]
    assert [place for place in places if "alike" in place] == [f"content/blog/alike.md:{line}" for line in (4, 6, 8)]
    rows = json.loads(privacy(site, "--format", "json").out)
    assert [row["line"] for row in rows if row["page"] == "blog/alike/index.html"] == [4, 6, 8]


# Where short links lead


DAY = "2026-11-22"
# what the settings of the site declare has to be used
USED = """Title: Links
Date: 2025-11-30

[partner](https://openzfs.org/), [book at Amazon](https://www.amazon.com/dp/B000000000)

"""


class Web(BaseHTTPRequestHandler):
    """The proxy through which a command would reach the web: it plays the shortener, and writes down who is asked."""

    answers: ClassVar[dict[str, str]] = {
        "http://amzn.to/own": "https://www.amazon.com/dp/B1?tag=example-20",
        "http://amzn.to/none": "https://www.amazon.com/dp/B2",
        "http://a.co/foreign": "https://www.amazon.com/dp/B3?tag=stranger-20",
    }
    asked: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        self.send_response(301 if self.path in self.answers else 404)
        self.send_header("Location", self.answers.get(self.path, ""))
        self.end_headers()

    do_GET = do_POST = do_CONNECT = do_HEAD

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def web() -> Iterator[dict[str, str]]:
    """The environment in which everything on the web is asked of `Web`."""
    Web.asked.clear()
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Web)) as server:
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        yield {"http_proxy": proxy, "https_proxy": proxy, "SOURCE_DATE_EPOCH": "1795348800"}


def short_links(ended: Ended) -> list[tuple[str, ...]]:
    """Return of each short link in a list of the command its URL, its verdict, its destination, and when it was asked."""
    rows = [row for row in json.loads(ended.out) if row["host"] in ("amzn.to", "a.co")]
    return sorted({(row["url"], row["verdict"], row["destination"], row["asked"]) for row in rows})


def test_short_links_are_asked_once_and_only_where_that_is_wanted(site: Site, web: dict[str, str]) -> None:
    site.write(
        "content/blog/links.md",
        f"{USED}[bag](http://amzn.to/own#x)\n\n"
        '[bag](http://amzn.to/own){data-affiliate="own"} [shoe](http://a.co/foreign){data-affiliate="none"}\n\n'
        '<svg><a href="http://amzn.to/none"><text>cup</text></a></svg>\n',
    )
    assert site.build(**web).code == 0
    assert short_links(privacy(site, "--format", "json", **web)) == [
        ("http://a.co/foreign", "short link", "", ""),
        ("http://amzn.to/none", "short link, by svg:a[href]", "", ""),
        ("http://amzn.to/own", "short link that pays", "", ""),
        ("http://amzn.to/own#x", "short link", "", ""),
    ]
    assert Web.asked == []

    first = privacy(site, "--format", "json", "--expand", **web)
    again = privacy(site, "--format", "json", "--expand", **web)

    assert (first.code, first.err) == (0, "")
    assert first == again == privacy(site, "--format", "json", **web)
    assert Web.asked == ["http://a.co/foreign", "http://amzn.to/none", "http://amzn.to/own"]
    own = ("short link to www.amazon.com, own tag example-20", "https://www.amazon.com/dp/B1?tag=example-20", DAY)
    assert short_links(first) == [
        (
            "http://a.co/foreign",
            "short link to www.amazon.com, foreign tag stranger-20",
            "https://www.amazon.com/dp/B3?tag=stranger-20",
            DAY,
        ),
        (
            "http://amzn.to/none",
            "short link to www.amazon.com, no tag, by svg:a[href]",
            "https://www.amazon.com/dp/B2",
            DAY,
        ),
        ("http://amzn.to/own", *own),
        ("http://amzn.to/own#x", *own),
    ]


def test_a_short_link_that_gives_no_answer_is_told_and_the_others_are_listed(site: Site, web: dict[str, str]) -> None:
    site.write(
        "content/blog/links.md",
        f"{USED}[bag](http://amzn.to/own) [cup](http://amzn.to/gone) [hat](https://a.co/hat)\n",
    )
    assert site.build().code == 0

    ended = privacy(site, "--expand", "--found", **web)

    assert ended.code == 2
    assert ended.err == (
        "Where http://amzn.to/gone leads could not be learnt: http://amzn.to/gone answers with the error 404.\n"
        "Where https://a.co/hat leads could not be learnt: https://a.co/hat does not answer "
        "(Tunnel connection failed: 404 Not Found).\n"
    )
    assert [re.split("  +", line)[1:5] for line in ended.out.splitlines()[1:]] == [
        ["short link", "short-amazon-link", "a.co", "https://a.co/hat"],
        ["short link", "short-amazon-link", "amzn.to", "http://amzn.to/gone"],
        [
            "short link to www.amazon.com, own tag example-20",
            "short-amazon-link",
            "amzn.to",
            "http://amzn.to/own",
        ],
    ]
    assert privacy(site, "--found").out == ended.out


def test_one_url_is_asked_where_that_is_wanted(site: Site, web: dict[str, str]) -> None:
    silent = json.loads(privacy(site, "--format", "json", "http://amzn.to/own", **web).out)
    assert (silent["verdict"], silent["destination"], silent["asked"]) == ("short link", "", "")
    assert Web.asked == []

    told = privacy(site, "--expand", "http://amzn.to/own", **web)

    assert told.code == 0
    assert "\nverdict             short link to www.amazon.com, own tag example-20\n" in told.out
    assert "\ndestination         https://www.amazon.com/dp/B1?tag=example-20\n" in told.out
    assert f"\nasked               {DAY}\n" in told.out
    assert Web.asked == ["http://amzn.to/own"]
    assert privacy(site, "http://amzn.to/own").out == told.out
    assert privacy(site, "https://www.amazon.com/dp/B1", "--expand", **web).code == 0
    assert Web.asked == ["http://amzn.to/own"]


def test_what_is_kept_of_short_links_and_cannot_be_read_is_told(site: Site) -> None:
    site.write("build/short-links.json", "[]")

    ended = privacy(site, "https://amzn.to/x")

    assert ended.code == 2
    assert ended.err == (
        f"{site.folder}/build/short-links.json cannot be used (it is no list of short links). Mend or delete it; then "
        "--expand asks again.\n"
    )
