"""A local server that plays every host of the web under its real name, and writes down who asked it for what.

Chromium is started with a rule that maps every host to this server, so what the tests see is what went out on
the network, whatever the page, the parser or a cache believes.
"""

import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

SITE_HOST = "www.example.com"
CERTIFICATE = Path(__file__).with_name("self-signed-for-tests-only.pem")
WAIT_SECONDS = 10
FORM = "application/x-www-form-urlencoded"
TLS_HANDSHAKE = b"\x16"

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    scheme: str
    host: str
    path: str
    referer: str
    cookies: str
    body: str


@dataclass(frozen=True)
class Submission:
    """A form as it arrived, at whatever host: where it was sent (with its query), its type, its fields in order."""

    url: str
    content_type: str
    fields: list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What a host says to one path."""

    body: str | bytes
    content_type: str
    headers: Mapping[str, str]
    status: int = 200


Server = TypeVar("Server", bound=ThreadingHTTPServer)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Let a server answer in a thread of its own, until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class ThirdParty(ThreadingHTTPServer):
    """Every host but the site's own answers by the extension of the path: a picture, a style sheet, a page, or
    a script that adds its file name to `<html data-order>`."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.submissions: list[Submission] = []
        self.handshakes: list[str] = []
        self.mistakes: list[BaseException] = []
        self._answers: dict[tuple[str, str], Answer] = {}
        self._held: dict[tuple[str, str], threading.Event] = {}
        self._news = threading.Condition()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(CERTIFICATE)
        self._tls.sni_callback = self._note_handshake
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        """The port that every host is mapped to."""
        return int(self.server_address[1])

    @property
    def hosts(self) -> set[str]:
        """Hosts other than the site's own that were asked for anything, even a mere connection."""
        return {request.host for request in self.requests} | set(self.handshakes) - {SITE_HOST} - {""}

    def forget(self) -> None:
        """Start anew: no answers, no held paths, nothing written down."""
        for event in self._held.values():
            event.set()
        self._held.clear()
        self._answers.clear()
        self.requests.clear()
        self.submissions.clear()
        self.handshakes.clear()
        self.mistakes.clear()

    def answer(
        self,
        host: str,
        path: str,
        body: str | bytes,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> None:
        """Let `host` say `body` to `path`; the content type follows the extension unless it is given."""
        kind = content_type or TYPES.get(Path(path).suffix, TYPES[".html"])
        self._answers[host, path] = Answer(body, kind, headers or {}, status)

    def hold(self, host: str, path: str) -> None:
        """Keep everybody waiting who asks `host` for `path`, until `release`."""
        self._held[host, path] = threading.Event()

    def release(self, host: str, path: str) -> None:
        """Answer those who wait."""
        self._held[host, path].set()

    def wait_for(self, host: str, path: str) -> Request:
        """The first request for that path; waits until it has arrived."""
        with self._news:
            arrived = self._news.wait_for(lambda: self._find(host, path), WAIT_SECONDS)
        assert arrived, f"nobody asked {host} for {path}; asked were {sorted(self.hosts)}"
        return arrived

    def wait_until(self, enough: Callable[[set[str]], bool]) -> None:
        """Wait until enough hosts were asked for something, or for a while; the test says what is missing."""
        with self._news:
            self._news.wait_for(lambda: enough(self.hosts), WAIT_SECONDS)

    def asked(self, host: str, path: str) -> int:
        """How often `host` was asked for `path`."""
        return sum(request.host == host and request.path == path for request in self.requests)

    def _find(self, host: str, path: str) -> Request | None:
        return next((r for r in self.requests if (r.host, r.path) == (host, path)), None)

    def note(self, request: Request) -> None:
        """Write down a request; those to the site itself are no third party's business."""
        if request.host != SITE_HOST:
            with self._news:
                self.requests.append(request)
                self._news.notify_all()

    def answer_to(self, host: str, path: str) -> Answer | None:
        """What is said to this path, after the wait that was ordered for it."""
        held = self._held.get((host, path))
        if held:
            held.wait(WAIT_SECONDS)
        said = self._answers.get((host, path))
        if said or host == SITE_HOST:
            return said
        suffix = Path(path).suffix
        if suffix == ".js":
            body = f"document.documentElement.dataset.order += {json.dumps(' ' + Path(path).stem)};"
        else:
            body = {".svg": PICTURE, ".css": "main { --styled-by: third-party }"}.get(suffix, f"<p>{host}{path}")
        return Answer(body, TYPES.get(suffix, TYPES[".html"]), {"Access-Control-Allow-Origin": "*"})

    def _note_handshake(self, _socket: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        self.handshakes.append(name or "")

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Speak TLS to those who do, and plain HTTP to the others."""
        if request.recv(1, socket.MSG_PEEK) != TLS_HANDSHAKE:
            super().finish_request(request, client_address)
            return
        with self._tls.wrap_socket(request, server_side=True) as secure:
            super().finish_request(secure, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no mistake; anything else is kept for the test to report."""
        error = sys.exc_info()[1]
        if error and not isinstance(error, OSError):
            self.mistakes.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: ThirdParty

    def do_GET(self, said: str = "") -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        path = urlsplit(self.path).path
        self.server.note(
            Request(
                scheme="https" if isinstance(self.connection, ssl.SSLSocket) else "http",
                host=host,
                path=path,
                referer=self.headers.get("Referer", ""),
                cookies=self.headers.get("Cookie", ""),
                body=said,
            )
        )
        answer = self.server.answer_to(host, path)
        text = answer.body if answer else "not found"
        body = text.encode() if isinstance(text, str) else text
        self.send_response(answer.status if answer else 404)
        self.send_header("Content-Type", answer.content_type if answer else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (answer.headers if answer else {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        scheme = "https" if isinstance(self.connection, ssl.SSLSocket) else "http"
        kind = self.headers.get("Content-Type", "")
        if kind.startswith(FORM):
            fields = parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body))
            self.server.submissions.append(Submission(f"{scheme}://{host}{self.path}", kind, fields))
        self.do_GET(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: what matters is in `ThirdParty.requests`."""
