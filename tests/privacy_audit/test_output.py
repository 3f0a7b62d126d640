"""The audit: a folder in, findings out. Beside each folder on which a check fires stands a good twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.privacy.extension import Staged
from plugins.privacy.findings import Finding
from plugins.privacy_audit.output import audit
from tests.kit import declared

U = "https://tracker.example/x"
FILM = "https://www.youtube-nocookie.com/embed/1"
FRAME = f'<iframe src="{FILM}"></iframe>'
WAITING = f'<template data-gate="youtube">{FRAME}</template>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">{}</content></entry></feed>'
JSON_FEED = '{"version": "https:\\/\\/jsonfeed.org/version/1.1", "items": [{"content_html": "HTML"}, {}, 1]}'
RSS = (
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
    "<description>{}</description><content:encoded>{}</content:encoded></item></channel></rss>"
)


def page(body: str) -> str:
    return f"<!DOCTYPE html>\n<html><head><title>x</title></head><body>{body}</body></html>\n"


def judged(folder: Path, files: dict[str, str | bytes], site_url: str = "", **keys: Any) -> list[Finding]:
    """Return what is wrong with a site of some files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return audit(Staged(declared(**keys), folder, site_url))


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.page or finding.place, finding.check.name) for finding in findings]


def test_an_empty_folder_is_a_good_site(tmp_path: Path) -> None:
    assert judged(tmp_path, {}) == []


# Loads that nobody declared


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", page(f'<img src="{U}">')),
        ("index.html", page(f'<script src="{U}"></script>')),
        ("index.html", page(f'<link rel="stylesheet" href="{U}">')),
        ("index.html", page(f'<style>@import "{U}";</style>')),
        ("index.html", page(f'<p style="background:url({U})">x</p>')),
        ("index.html", page(f"<iframe srcdoc=\"<img src='{U}'>\"></iframe>")),
        ("index.html", page(f"<noscript><img src='{U}'></noscript>")),
        ("index.html", page(f"<svg><image href='{U}'/></svg>")),
        ("index.html", page(f"<!--><img src='{U}'>-->")),
        ("index.html", page(f'<div><template shadowrootmode="open"><img src="{U}"></template></div>')),
        ("index.html", page(f'<template><img src="{U}"></template>')),
        ("index.html", page(f'<table><tr><image src="{U}"></tr></table>')),
        ("index.html", page(f'<table><IMAGE SRCSET="{U} 2x"></table>')),
        ("index.html", page(f'<iframe src="data:text/html,<img src={U}>"></iframe>')),
        ("index.html", page(f"<link rel=stylesheet href='data:text/css,@import %22{U}%22'>")),
        ("index.html", f'<frameset><frame src="{U}"></frameset>'),
        ("index.html", f'<head></head><template><b></b></template><frameset><frame src="{U}"></frameset>'),
        ("page.htm", f'<img src="{U}">'),
        ("PAGE.HTML", f'<img src="{U}">'),
        ("page", f'<img src="{U}">'),
        ("page.php", f'\ufeff<img src="{U}">'),
        ("page.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><body><img src="{U}"/></body></html>'),
        ("a.css", f"@import url({U});"),
        ("a.css", f"p {{ background: image-set('{U}' 1x) }}"),
        ("a.css", f"@font-face {{ src: url({U}) }}"),
        ("a.CSS", f"@import '{U}';"),
        ("a.svg", SVG.format(f'<image href="{U}"/>')),
        ("a.svg", SVG.format(f'<image xlink:href="{U}"/>')),
        ("a.svg", SVG.format(f"<style>@import '{U}';</style>")),
        ("a.svg", f'<?xml version="1.0"?><?xml-stylesheet href="{U}"?>' + SVG.format("")),
        ("site.webmanifest", f'{{"icons": [{{"src": "{U}"}}]}}'),
        ("app/manifest.json", f'{{"icons": [{{"src": "{U}"}}]}}'),
        ("feed.json", JSON_FEED.replace("HTML", f"<img src='{U}'>")),
        ("feed.atom", ATOM.format(f"&lt;img src='{U}'&gt;")),
        ("feed.xml", ATOM.format(f"&lt;img src='{U}'&gt;")),
        ("feed.rss", RSS.format(f"&lt;img src='{U}'&gt;", "")),
        ("feed.rss", RSS.format("", f"<![CDATA[<img src='{U}'>]]>")),
    ],
)
def test_what_loads_from_a_host_that_nobody_declared_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    findings = judged(tmp_path, {name: content})

    assert {*told(findings)} == {(name, "undeclared-load")}
    assert all("tracker.example, but PRIVACY" in finding.what for finding in findings)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", page(f'<a href="{U}">x</a><p title="{U}">{U}</p><!-- <img src="{U}"> -->')),
        ("index.html", page(f'<link rel="canonical" href="{U}"><meta property="og:image" content="{U}">')),
        ("index.html", page(f"<pre><code>&lt;img src='{U}'&gt;</code></pre><textarea><img src='{U}'></textarea>")),
        ("index.html", page('<img src="data:image/png;base64,AAAA"><img src="https://cdn.example.com/a.png">')),
        ("index.html", page('<table><tr><td><svg><image href="data:image/png;base64,AA"/></svg></td></tr></table>')),
        ("a.css", f"/* @import '{U}'; */ p::after {{ content: '{U}' }} @namespace url({U});"),
        ("a.svg", SVG.format(f'<a href="{U}"><text>x</text></a><!-- <image href="{U}"/> -->')),
        ("site.webmanifest", '{"name": "x", "start_url": "/", "icons": []}'),
        ("data.json", f'{{"icons": [{{"src": "{U}", "content_html": "<img src={U}>"}}]}}'),
        ("feed.json", JSON_FEED.replace("HTML", f"<a href='{U}'>x</a>")),
        ("feed.json", JSON_FEED.removesuffix("}")),
        ("drawing.svg", SVG.format('<script type="application/json">"//tracker.example"</script>')),
        ("feed.atom", ATOM.format(f"&lt;a href='{U}'&gt;x&lt;/a&gt;")),
        ("feed.rss", RSS.format("", "")),
        ("a.txt", f'<img src="{U}">'),
        ("a.js", f"// {U}"),
        ("a.png", b"\x89PNG\r\n\x1a\n<img src=https://tracker.example/>"),
        ("page", "no markup: 1 < 2, https://tracker.example/"),
    ],
)
def test_what_loads_nothing_is_good(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert judged(tmp_path, {name: content}) == []


def test_the_whole_message_names_the_tag_the_host_and_the_way_out(tmp_path: Path) -> None:
    (finding,) = judged(tmp_path, {"blog/index.html": page(FRAME)})

    assert str(finding) == (
        "blog/index.html  undeclared-load\n"
        '    <iframe src="https://www.youtube-nocookie.com/embed/1"> makes every visitor\'s browser contact\n'
        '    www.youtube-nocookie.com, but PRIVACY["services"] declares no service with this host.\n'
        '    Add "youtube" to PRIVACY["services"] in pelicanconf.py, or link to the content instead of\n'
        "    embedding it."
    )


# Loads that do not wait


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("index.html", page(FRAME), "ungated-load"),
        ("index.html", page(f'<div><template shadowrootmode="open">{FRAME}</template></div>'), "ungated-load"),
        (
            "index.html",
            page(f'<svg><template data-gate="youtube"><image href="{FILM}"/></template></svg>'),
            "ungated-load",
        ),
        ("index.html", page(f"<noscript><img src='{FILM}'></noscript>"), "ungated-load"),
        ("index.html", page(f'<p style="background:url({FILM})">x</p>'), "ungateable-load"),
        ("index.html", page(f'<style>@import "{FILM}";</style>'), "ungateable-load"),
        ("index.html", f'<frameset><frame src="{FILM}"></frameset>', "ungateable-load"),
        ("index.html", page(f'<meta http-equiv="refresh" content="0;url={FILM}">'), "ungateable-load"),
        ("index.html", page(f'<table background="{FILM}"></table>'), "ungateable-load"),
        ("a.css", f"@import '{FILM}';", "ungateable-load"),
        ("a.svg", SVG.format(f'<image href="{FILM}"/>'), "ungateable-load"),
        ("site.webmanifest", f'{{"icons": [{{"src": "{FILM}"}}]}}', "ungateable-load"),
        ("feed.atom", ATOM.format(f"&lt;iframe src='{FILM}'&gt;&lt;/iframe&gt;"), "ungateable-load"),
        ("index.html", page(f'<template data-gate="goatcounter">{FRAME}</template>'), "broken-gate"),
    ],
)
def test_what_is_declared_and_does_not_wait_is_an_error(tmp_path: Path, name: str, content: str, check: str) -> None:
    findings = judged(tmp_path, {name: content}, services=["youtube"])

    assert {*told(findings)} == {(name, check)}


def test_what_is_declared_and_waits_is_good(tmp_path: Path) -> None:
    assert judged(tmp_path, {"index.html": page(WAITING)}, services=["youtube"]) == []


@pytest.mark.parametrize("gate", ["", 'data-gate="youtube goatcounter"'])
def test_what_sleeps_in_a_template_of_the_author_or_of_two_services_is_good(tmp_path: Path, gate: str) -> None:
    assert judged(tmp_path, {"index.html": page(f"<template {gate}>{FRAME}</template>")}, services=["youtube"]) == []


# Data, bases, programs


@pytest.mark.parametrize(
    ("body", "check"),
    [
        (f'<form action="{U}"><button>x</button></form>', "undeclared-submission"),
        (f'<form><button formaction="{U}">x</button></form>', "undeclared-submission"),
        (f'<a href="#x" ping="{U}">x</a>', "undeclared-submission"),
        ('<base href="https://tracker.example/">', "foreign-base"),
        ('<iframe src="javascript:1"></iframe>', "unreadable-load"),
        ("<object data=' java\nscript:1'></object>", "unreadable-load"),
    ],
)
def test_data_that_leave_and_programs_that_load_are_errors(tmp_path: Path, body: str, check: str) -> None:
    assert told(judged(tmp_path, {"index.html": page(body)})) == [("index.html", check)]


def test_forms_bases_and_links_of_the_site_are_good(tmp_path: Path) -> None:
    body = (
        '<base href="/"><form action="/send"><button>x</button></form>'
        '<a href="mailto:a@b.example">x</a><iframe src="about:blank"></iframe>'
    )

    assert judged(tmp_path, {"index.html": page(body)}) == []


# Links that lead nowhere


@pytest.mark.parametrize(
    ("name", "content", "url", "path"),
    [
        ("index.html", page('<a href="about/">x</a>'), "about/", "/about/"),
        ("index.html", page('<a href="/about">x</a>'), "/about", "/about"),
        ("blog/index.html", page('<a href="../about/?a#b">x</a>'), "../about/?a#b", "/about/"),
        (
            "index.html",
            page('<a href="https://www.example.com/%C3%BCber/">x</a>'),
            "https://www.example.com/%C3%BCber/",
            "/über/",
        ),
        ("index.html", page('<img src="/a.png" alt="">'), "/a.png", "/a.png"),
        ("index.html", page('<img srcset="/a.png 2x" alt="">'), "/a.png", "/a.png"),
        ("index.html", page('<link rel="stylesheet" href="/a.css">'), "/a.css", "/a.css"),
        ("index.html", page('<svg><image href="/a.png"/></svg>'), "/a.png", "/a.png"),
        ("css/a.css", "p { background: url(b.png) }", "b.png", "/css/b.png"),
        ("a.svg", SVG.format('<image href="b.png"/>'), "b.png", "/b.png"),
        ("feed.atom", ATOM.format("&lt;a href='/about/'&gt;x&lt;/a&gt;"), "/about/", "/about/"),
    ],
)
def test_a_link_of_the_site_that_leads_nowhere_is_an_error(
    tmp_path: Path, name: str, content: str, url: str, path: str
) -> None:
    findings = judged(tmp_path, {name: content})

    assert [(finding.page, finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            name,
            "broken-link",
            f"“{url}” leads to {path}, and the site has no such file.",
            "Correct the address; in Markdown, link to a source file: [text]({filename}/pages/about.md).",
        )
    ]


def test_links_to_files_folders_parts_and_queries_of_the_site_are_good(tmp_path: Path) -> None:
    body = (
        '<a href="about/">1</a><a href="/about">2</a><a href="#x">3</a><a href="?q">4</a><a href="./">5</a>'
        '<a href="/about/index.html#y">6</a><a href="https://www.example.com/about/">7</a><a href="/">8</a>'
        '<a href="%C3%BCber.html">9</a><a href="https://www.example.com">0</a><img src="/a%20b.png" alt="">'
    )

    assert (
        judged(
            tmp_path, {"index.html": page(body), "about/index.html": page(""), "über.html": page(""), "a b.png": b""}
        )
        == []
    )


def test_a_site_below_a_path_is_judged_there(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<a href="/docs/a.html">1</a><a href="b.html">2</a><a href="/elsewhere/">3</a>'),
        "a.html": page(""),
    }

    findings = judged(tmp_path, files, "https://www.example.com/docs")

    assert [finding.subject for finding in findings] == ["b.html"]


# Services


def test_a_declared_service_that_no_page_uses_is_an_error(tmp_path: Path) -> None:
    findings = judged(tmp_path, {"index.html": page(WAITING)}, services=["youtube", "goatcounter"])

    assert [str(finding) for finding in findings] == [
        (
            "pelicanconf.py  unused-service\n"
            '    PRIVACY["services"] declares "goatcounter", and no page uses it.\n'
            "    Remove it: visitors should be asked for what the site does, and for nothing else."
        )
    ]


def test_what_a_dropped_source_may_use_is_not_called_unused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page(""))
    theme = {"name": "theme", "kind": "local", "duration": "P1Y", "purpose": "colours"}
    declaration = declared(services=["youtube"], forms=["contact"], stores=[theme])

    whole = told(audit(Staged(declaration, tmp_path, "")))
    partial = told(audit(Staged(declaration, tmp_path, "", told=frozenset({"dropped-source"}))))

    assert {check for _, check in whole} - {check for _, check in partial} == {
        "unused-service",
        "unused-form",
        "unused-storage",
    }
    assert partial == [one for one in whole if not one[1].startswith("unused-")]


@pytest.mark.parametrize(
    "body", [f"<!-- {FRAME} -->", f"<p>{FILM}</p>", "<code>&lt;iframe src='https://www.youtube.com/'></code>"]
)
def test_words_about_a_service_do_not_use_it(tmp_path: Path, body: str) -> None:
    assert told(judged(tmp_path, {"index.html": page(body)}, services=["youtube"])) == [
        ("pelicanconf.py", "unused-service")
    ]


# Files that nobody can read


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("index.html", page("ä").encode("latin-1"), "It is not UTF-8 text (invalid continuation byte at byte 57)."),
        ("index.html", page("x").encode("utf-16"), "It is not UTF-8 text (invalid start byte at byte 0)."),
        ("a.css", "/* ä */".encode("latin-1"), "It is not UTF-8 text (invalid continuation byte at byte 3)."),
        ("site.webmanifest", b'{"name": "\xe4"}', "It is not UTF-8 text (invalid continuation byte at byte 10)."),
        ("a.svg", SVG.format("<g>"), "It is not well-formed XML: mismatched tag: line 1, column 88."),
        ("a.svg", "", "It is not well-formed XML: no element found: line 1, column 0."),
        ("a.xhtml", "<p>&nbsp;</p>", "It is not well-formed XML: undefined entity: line 1, column 3."),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    findings = judged(tmp_path, {name: content})

    assert [(finding.page, finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            name,
            "unreadable-file",
            f"{what} Nobody can say what it makes a browser load.",
            "Save it as UTF-8, correct it, or take it out of the site.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", page("ä")),
        ("index.html", "\ufeff" + page("ä")),
        ("a.css", "\ufeff/* ä */"),
        (
            "a.svg",
            '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg"><title>ä</title></svg>'.encode(
                "latin-1"
            ),
        ),
        ("a.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><p>&#160;</p></html>'),
    ],
)
def test_a_file_that_can_be_read_is_good(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert judged(tmp_path, {name: content}) == []


def test_documents_inside_documents_end_somewhere(tmp_path: Path) -> None:
    html = "<p>x</p>"
    for _ in range(10):
        html = '<iframe srcdoc="{}"></iframe>'.format(html.replace("&", "&amp;").replace('"', "&quot;"))

    (finding,) = judged(tmp_path, {"index.html": page(html)})

    assert finding.what == (
        "It holds documents inside documents, more than 8 deep. Nobody can say what it makes a browser load."
    )


# Order


def test_findings_come_in_the_order_of_files_and_of_the_text(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "b.html": page(f'<img src="{U}2"><img src="{U}1">'),
        "a.html": page(f'<img src="{U}3">'),
        "B/index.html": page(f'<img src="{U}4">'),
    }

    assert [(finding.page, finding.subject) for finding in judged(tmp_path, files)] == [
        ("B/index.html", f"{U}4"),
        ("a.html", f"{U}3"),
        ("b.html", f"{U}2"),
        ("b.html", f"{U}1"),
    ]
