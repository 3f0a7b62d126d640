"""Where short links lead: a table of answers in, a destination and its verdict out; and the one part with a network,
against a server on this machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.amazon_affiliate import expand
from plugins.amazon_affiliate.expand import (
    MOST_REQUESTS,
    Ask,
    Destination,
    NotLearnt,
    ask_host,
    destination,
    learn,
    read_known,
    short_address,
    verdict,
)
from plugins.amazon_affiliate.judging import Judge
from tests.browser.third_party import ThirdParty, serving

BOOK = "https://www.amazon.com/dp/B000000000"
SITE = "https://www.example.com/"
DAY = date(2026, 11, 22)
JUDGE = Judge({"amazon.com": "example-20", "amazon.de": "example-21"}, frozenset({"example0c-20"}))


def asked(ways: dict[str, str | None]) -> tuple[Ask, list[str]]:
    """Return somebody who answers by a table, and the list of what they are asked."""
    heard: list[str] = []

    def ask(url: str) -> str | None:
        heard.append(url)
        return ways[url]

    return ask, heard


def nobody(url: str) -> str | None:
    raise AssertionError(f"{url} was asked")


# Which links are asked


@pytest.mark.parametrize(
    "href",
    [
        BOOK,
        "https://amzn.to.evil.example/x",
        "https://bit.ly/x",
        "mailto:a@amzn.to",
        "ftp://amzn.to/x",
        "http://",
        "x",
    ],
)
def test_what_is_no_short_link_of_amazons_is_never_asked(href: str) -> None:
    assert short_address(href, SITE) is None


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://amzn.to/3xYz", "https://amzn.to/3xYz"),
        ("HTTPS:\\\\AMZN.to\\x", "https://amzn.to/x"),
        ("//a.co/d/x?y=/#z?", "https://a.co/d/x?y=/"),
        ("http://amzn.eu", "http://amzn.eu/"),
        ("https://me:secret@amzn.to/x@y", "https://amzn.to/x@y"),
    ],
)
def test_a_short_link_is_asked_as_browsers_read_it_without_user_name_and_fragment(href: str, address: str) -> None:
    assert short_address(href, SITE) == address
    assert short_address(address, SITE) == address


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    short_address(text, SITE)
    short_address(f"https://amzn.to/{text}", SITE)


# The way of a short link


@pytest.mark.parametrize(
    ("ways", "reason"),
    [
        ({"https://amzn.to/1": None}, "the answer of https://amzn.to/1 names no other address"),
        ({"https://amzn.to/1": "http://"}, "https://amzn.to/1 leads to what is no address on the web"),
        ({"https://amzn.to/1": "intent://x#y"}, "https://amzn.to/1 leads to what is no address on the web"),
        ({"https://amzn.to/1": "#again"}, "https://amzn.to/1 leads in a circle, back to https://amzn.to/1"),
        (
            {"https://amzn.to/1": "https://a.co/2", "https://a.co/2": "https://amzn.to/1"},
            "https://a.co/2 leads in a circle, back to https://amzn.to/1",
        ),
        ({"https://amzn.to/1": "http://a.co/2"}, "https://amzn.to/1 leads on without encryption, to http://a.co/2"),
        (
            {f"https://amzn.to/{number}": f"/{number + 1}" for number in range(1, MOST_REQUESTS + 1)},
            "more than 5 short links stand one behind the other",
        ),
    ],
)
def test_a_way_that_ends_nowhere_is_told(ways: dict[str, str | None], reason: str) -> None:
    ask, heard = asked(ways)

    with pytest.raises(NotLearnt) as told:
        destination("https://amzn.to/1", ask)

    assert str(told.value) == reason
    assert heard == list(ways)


@pytest.mark.parametrize(
    ("ways", "end"),
    [
        ({"https://amzn.to/1": f"{BOOK}?tag=example-20#x"}, f"{BOOK}?tag=example-20#x"),
        ({"https://amzn.to/1": "http://other.example"}, "http://other.example/"),
        ({"https://amzn.to/1": "//amzn.eu/2", "https://amzn.eu/2": "/3", "https://amzn.eu/3": BOOK}, BOOK),
        (
            {f"https://amzn.to/{number}": f"/{number + 1}" for number in range(1, MOST_REQUESTS)}
            | {f"https://amzn.to/{MOST_REQUESTS}": BOOK},
            BOOK,
        ),
    ],
)
def test_the_first_address_that_is_no_short_link_ends_the_way_and_is_not_asked(
    ways: dict[str, str | None], end: str
) -> None:
    ask, heard = asked(ways)

    assert destination("https://amzn.to/1", ask) == end
    assert heard == list(ways)


def test_only_the_address_that_the_author_wrote_may_be_without_encryption() -> None:
    ask, heard = asked({"http://amzn.to/1": "https://amzn.to/1", "https://amzn.to/1": BOOK})

    assert destination("http://amzn.to/1", ask) == BOOK
    assert heard == ["http://amzn.to/1", "https://amzn.to/1"]


# What is said of it


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (BOOK, "short link to www.amazon.com, no tag"),
        (f"{BOOK}?tag=example-20&linkCode=sl2", "short link to www.amazon.com, own tag example-20"),
        (f"{BOOK}/ref=nosim/example0c-20", "short link to www.amazon.com, own tag example0c-20"),
        (f"{BOOK}?tag=example-21", "short link to www.amazon.com, own tag example-21 of another store"),
        (f"{BOOK}?tag=stranger-20", "short link to www.amazon.com, foreign tag stranger-20"),
        (
            f"{BOOK}?tag=example-20&tag=stranger-20&tag=example-20",
            "short link to www.amazon.com, own tag example-20, foreign tag stranger-20",
        ),
        (f"{BOOK}?tag=%1B[2J", "short link to www.amazon.com, foreign tag %1B%5B2J"),
        ("https://www.amazon.com:8443/?tag=example-20", "short link to www.amazon.com, own tag example-20"),
        ("https://music.amazon.com/?tag=example-20", "short link to music.amazon.com"),
        ("https://xn--mazon-3ve.com/", "short link to \u0430mazon.com (xn--mazon-3ve.com)"),
        ("http://other.example/?tag=example-20", "short link to other.example"),
    ],
)
def test_a_short_link_says_its_host_and_whose_tags_a_store_gets(url: str, words: str) -> None:
    assert verdict(url, JUDGE) == words


# What is kept


def test_what_is_learnt_is_kept_with_its_day_and_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "build" / "short-links.json"
    known = {"https://a.co/0": Destination(url="http://other.example/", asked=date(2025, 1, 2))}
    ask, heard = asked({"https://amzn.to/2": BOOK, "https://amzn.to/1": f"{BOOK}?tag=x-20"})

    assert (
        learn(
            ["https://amzn.to/2", "https://amzn.to/1", "https://a.co/0", "https://amzn.to/2"], known, path, DAY, ask
        )
        == []
    )

    assert heard == ["https://amzn.to/1", "https://amzn.to/2"]
    assert json.loads(path.read_text("utf-8")) == {
        "https://a.co/0": {"url": "http://other.example/", "asked": "2025-01-02"},
        "https://amzn.to/1": {"url": f"{BOOK}?tag=x-20", "asked": "2026-11-22"},
        "https://amzn.to/2": {"url": BOOK, "asked": "2026-11-22"},
    }
    assert read_known(path) == known
    assert learn(["https://amzn.to/1"], read_known(path), path, DAY, nobody) == []


def test_what_gives_no_answer_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "short-links.json"
    ask, _ = asked({"https://amzn.to/1": None, "https://amzn.to/2": BOOK})

    assert learn(["https://amzn.to/1", "https://amzn.to/2"], {}, path, DAY, ask) == [
        "Where https://amzn.to/1 leads could not be learnt: the answer of https://amzn.to/1 names no other address."
    ]
    assert list(read_known(path)) == ["https://amzn.to/2"]


def test_who_interrupts_keeps_what_was_learnt(tmp_path: Path) -> None:
    def ask(url: str) -> str | None:
        if url.endswith("/2"):
            raise KeyboardInterrupt
        return BOOK

    with pytest.raises(KeyboardInterrupt):
        learn(["https://amzn.to/1", "https://amzn.to/2"], {}, tmp_path / "short-links.json", DAY, ask)

    assert list(read_known(tmp_path / "short-links.json")) == ["https://amzn.to/1"]


def test_where_nothing_is_learnt_nothing_is_written(tmp_path: Path) -> None:
    ask, _ = asked({"https://amzn.to/1": None})

    assert len(learn(["https://amzn.to/1"], {}, tmp_path / "short-links.json", DAY, ask)) == 1
    assert list(tmp_path.iterdir()) == []
    assert read_known(tmp_path / "short-links.json") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"https://amzn.to/1": "https://www.amazon.com/"}',
        '{"https://amzn.to/1": {"url": "javascript:alert(1)", "asked": "2026-11-22"}}',
        '{"https://amzn.to/1": {"url": "https://www.amazon.com/", "asked": "once"}}',
    ],
)
def test_a_file_that_holds_something_else_is_not_guessed_at(text: str, tmp_path: Path) -> None:
    (tmp_path / "short-links.json").write_text(text, "utf-8")

    with pytest.raises(ValueError, match=r"^it is no list of short links$"):
        read_known(tmp_path / "short-links.json")


# The network


class Shortener(BaseHTTPRequestHandler):
    """Answers by the path: to HEAD and GET with a status and a `Location`."""

    answers: ClassVar[dict[tuple[str, str], tuple[int, str | None]]] = {
        ("HEAD", "/to-the-book"): (301, BOOK),
        ("HEAD", "/to-itself?x"): (302, "/to-itself"),
        ("HEAD", "/by-get"): (405, None),
        ("GET", "/by-get"): (303, f"{BOOK}?get"),
        ("HEAD", "/letters"): (308, "/\u00c3\u00a4"),
        ("HEAD", "/page"): (200, BOOK),
        ("HEAD", "/nameless"): (301, None),
        ("HEAD", "/gone"): (404, BOOK),
        ("HEAD", "/broken"): (405, None),
        ("GET", "/broken"): (503, None),
    }
    heard: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def answer(self) -> None:
        self.heard.append((self.command, self.path, dict(self.headers)))
        status, location = self.answers[self.command, self.path]
        self.send_response(status)
        if location is not None:
            self.send_header("Location", location)
        self.send_header("Set-Cookie", "session=1")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a shortener on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Shortener.heard.clear()
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Shortener)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("path", "location", "methods"),
    [
        ("/to-the-book", BOOK, ["HEAD"]),
        ("/to-itself?x", "/to-itself", ["HEAD"]),
        ("/by-get", f"{BOOK}?get", ["HEAD", "GET"]),
        ("/letters", "/ä", ["HEAD"]),
        ("/page", None, ["HEAD"]),
        ("/nameless", None, ["HEAD"]),
    ],
)
def test_a_host_is_asked_once_for_its_location_and_nothing_is_followed(
    path: str, location: str | None, methods: list[str], host: str
) -> None:
    assert ask_host(f"{host}{path}") == location
    assert [(method, asked) for method, asked, _ in Shortener.heard] == [(method, path) for method in methods]


def test_no_request_carries_more_than_its_address_and_the_name_of_the_project(host: str) -> None:
    ask_host(f"{host}/by-get")
    ask_host(f"{host}/to-the-book")

    for _, _, headers in Shortener.heard:
        assert headers == {
            "Accept-Encoding": "identity",
            "Host": host.removeprefix("http://"),
            "User-Agent": "privacy-true-site (privacy links --expand)",
            "Connection": "close",
        }


@pytest.mark.parametrize(("path", "status"), [("/gone", 404), ("/broken", 503)])
def test_an_error_is_told_with_its_number(path: str, status: int, host: str) -> None:
    with pytest.raises(NotLearnt, match=rf"^{host}{path} answers with the error {status}$"):
        ask_host(f"{host}{path}")


def test_a_host_that_nobody_knows_the_certificate_of_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(ThirdParty()) as server:
        url = f"https://127.0.0.1:{server.port}/x"
        with pytest.raises(NotLearnt, match=rf"^{url} does not answer \(.*certificate verify failed"):
            ask_host(url)
        assert server.requests == []


class NoHttp(BaseHTTPRequestHandler):
    """Answers in another language, or not at all."""

    def do_HEAD(self) -> None:
        self.wfile.write(b"\x1b[2J what is it?\r\n" if self.path == "/odd" else b"")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/odd", "what {url} answers is not HTTP (BadStatusLine)"),
        ("/silent", "{url} does not answer (Remote end closed connection without response)"),
    ],
)
def test_what_is_not_http_is_told_and_not_repeated(path: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), NoHttp)) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}{path}"
        with pytest.raises(NotLearnt) as told:
            ask_host(url)
    assert str(told.value) == reason.format(url=url)


def test_a_host_that_keeps_one_waiting_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(expand, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(NotLearnt, match=rf"^{url} does not answer \(timed out\)$"):
            ask_host(url)


def test_where_nobody_listens_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), NoHttp)
    server.server_close()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    with pytest.raises(NotLearnt, match=rf"^{url} does not answer \(.*refused\)$"):
        ask_host(url)
