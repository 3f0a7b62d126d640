"""Files that are read piece by piece, or compared instead of read: nothing is missed at the seams."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.privacy_audit.test_output import ATOM, SVG, U, judged, page, told

PIECE = 65_536  # bytes that are read at a time
LONG = page("<p>words and words</p>" * 10_000)


# Packed twins


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(LONG.replace("and", "&").encode()),
        gzip.compress(LONG.encode()[:-1]),
        gzip.compress(LONG.encode() + b"\n"),
        gzip.compress(LONG.encode())[:-1],
        gzip.compress(LONG.encode())[:-9],
        gzip.compress(LONG.encode()) + gzip.compress(f"<img src='{U}'>".encode()),
        gzip.compress(LONG.encode()) + b"more",
        gzip.compress(b""),
        b"",
        LONG.encode(),
    ],
    ids="another shorter longer cut cut-text two trailing empty nothing unpacked".split(),
)
def test_a_packed_page_that_differs_from_the_page_beside_it_is_an_error(tmp_path: Path, packed: bytes) -> None:
    assert told(judged(tmp_path, {"a.html": LONG, "a.html.gz": packed})) == [("a.html.gz", "unreadable-file")]


@pytest.mark.parametrize("name", ["a.html.gz", "a.html.GZ", "A.HTML.gz", "b.xml.gz"])
def test_a_packed_page_beside_no_page_is_an_error(tmp_path: Path, name: str) -> None:
    assert told(judged(tmp_path, {name: gzip.compress(LONG.encode())})) == [(name, "unreadable-file")]


@pytest.mark.parametrize("text", ["", "x", page("x"), LONG, "x" * PIECE, "x" * (2 * PIECE)])
def test_a_packed_page_that_holds_the_page_beside_it_is_good(tmp_path: Path, text: str) -> None:
    assert judged(tmp_path, {"a.html": text, "a.html.gz": gzip.compress(text.encode())}) == []


# Feeds


@pytest.mark.parametrize("before", [0, PIECE - 90, PIECE - 3, PIECE, 3 * PIECE])
def test_what_stands_late_in_a_feed_is_judged(tmp_path: Path, before: int) -> None:
    feed = ATOM.replace("<entry>", f"<entry><title>{'x' * before}</title>", 1)
    image = f"&lt;img src='{U}'&gt;"

    assert told(judged(tmp_path, {"feed.atom": feed.format(image)})) == [("feed.atom", "undeclared-load")]


def test_every_entry_of_a_feed_is_judged_by_itself(tmp_path: Path) -> None:
    entry = "<entry><summary>{0}1'&gt;</summary><content type='html'>{0}2'&gt;</content></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry * 2}</feed>'.format(f"&lt;img src='{U}")

    findings = judged(tmp_path, {"feed.atom": feed})

    assert [(finding.check.name, finding.subject) for finding in findings] == [
        ("undeclared-load", f"{U}1"),
        ("undeclared-load", f"{U}2"),
    ] * 2


@pytest.mark.parametrize(
    "body",
    [
        '<form xmlns="http://www.w3.org/1999/xhtml" method="post" action="/s"><p><input name="email"/></p></form>',
        '<x:form xmlns:x="http://www.w3.org/1999/xhtml" method="post" action="/s"><x:input name="email"/></x:form>',
        '&lt;FORM method="post" action="/s"&gt;&lt;input name="email"&gt;&lt;/FORM&gt;',
    ],
)
def test_a_form_in_a_feed_is_judged_with_its_fields(tmp_path: Path, body: str) -> None:
    feed = ATOM.format(body).replace('type="html"', 'type="xhtml"')

    assert told(judged(tmp_path, {"feed.atom": feed})) == [("feed.atom", "undeclared-form")]


def test_a_style_sheet_in_a_drawing_in_a_feed_is_read_whole(tmp_path: Path) -> None:
    drawing = SVG.format(f"<style>@import <x xmlns=''>'{U}'</x>;</style>")

    assert told(judged(tmp_path, {"feed.atom": ATOM.format(drawing)})) == [("feed.atom", "undeclared-load")]


@pytest.mark.parametrize("name", ["feed.xml", "a.svg", "index.html"])
@pytest.mark.parametrize(
    "mail", ["jane@somebody.de", "jane&#64;somebody.de", "jane%40somebody.de", "jane&#x0040;somebody.de"]
)
@pytest.mark.parametrize("shift", range(0, 21, 4))
def test_a_mail_address_is_told_wherever_a_piece_ends(tmp_path: Path, name: str, mail: str, shift: int) -> None:
    opening, closing = {
        "feed.xml": ("<feed>", "</feed>"),
        "a.svg": ('<svg xmlns="http://www.w3.org/2000/svg">', "</svg>"),
        "index.html": ("<p>", "</p>"),
    }[name]
    text = f"{opening}<!--{'x' * (PIECE - len(opening) - 8 - shift)}--><b>{mail}</b>{closing}"

    (finding,) = judged(tmp_path, {name: text})

    assert finding.what == "This page tells the mail address jane@somebody.de, which is not declared as public."
