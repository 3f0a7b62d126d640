"""`make serve`: shows the last good site, builds again on every save, and says what is wrong.

Pelican's own autoreload retries a failing build without pause and tells its message once; here each
change is one build in a fresh process, the very one that `make build` runs.
"""

from __future__ import annotations

import html
import http.server
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from watchfiles import Change, DefaultFilter, watch

from .headers.servers import FILE as HEADERS_FILE
from .headers.servers import HSTS, read_file

OUTPUT = "output"
EVENTS, SCRIPT, STYLE = "/-/events", "/-/live.js", "/-/live.css"
_NOT_WATCHED = frozenset({OUTPUT, "public", "build", "dist", "node_modules", "tests", "__pycache__"})
_KEEP_ALIVE_SECONDS = 15.0
_LOCAL = ("localhost", "127.0.0.1", "[::1]")

# Files of their own: pages come with the headers of the published site, which forbid inline scripts and styles
_FILES = {
    SCRIPT: ("text/javascript", f'new EventSource("{EVENTS}").onmessage = () => location.reload();\n'),
    STYLE: (
        "text/css",
        """.failed-build { position: fixed; inset: auto 0 0; z-index: 9999; max-block-size: 60vh; overflow: auto;
  padding: 1rem 1.25rem; border-block-start: 4px solid var(--color-signal, #c62828);
  background: var(--color-surface, Canvas);
  color: var(--color-text, CanvasText); font: 0.9375rem/1.5 var(--font, system-ui, sans-serif);
  box-shadow: 0 0 1.5rem rgb(0 0 0 / 0.2) }
.failed-build strong { color: var(--color-signal, inherit) }
.failed-build pre { margin: 0.75rem 0 0; padding: 0; border: 0; background: none; white-space: pre-wrap;
  font: 0.875rem/1.5 var(--font-mono, ui-monospace, monospace) }
""",
    ),
}
_LIVE = f'<script src="{SCRIPT}"></script>'
_OVERLAY = f"""<link rel="stylesheet" href="{STYLE}"><section role="alert" class="failed-build">
<strong>The last build failed. You see the last good site.</strong>
<pre>%s</pre></section>"""
_NOT_HERE = frozenset({HSTS})  # a browser would from then on refuse to show anything at this address without TLS
_EMPTY = """<!doctype html><html lang="en"><meta charset="utf-8"><title>No site yet</title>
<body style="font:1rem/1.5 system-ui;margin:2rem"><h1>No site yet</h1><p>The first build has not succeeded.</p></body>
</html>"""


class Status:
    """What the pages in the browser are told: the findings of the last build, and that there was one."""

    def __init__(self) -> None:
        self.findings = ""
        self._builds = 0
        self._changed = threading.Condition()

    def finished(self, findings: str) -> None:
        """Note the end of a build; `findings` is empty where it succeeded."""
        with self._changed:
            self.findings = findings
            self._builds += 1
            self._changed.notify_all()

    def builds(self) -> Iterator[bool]:
        """Yield True after each further build, and False now and then while there is none."""
        seen = self._builds
        while True:
            with self._changed:
                if self._builds == seen:
                    self._changed.wait(_KEEP_ALIVE_SECONDS)
                happened, seen = self._builds != seen, self._builds
            yield happened


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the output as a host would, never cached, with the findings over every page."""

    protocol_version = "HTTP/1.0"

    def __init__(self, *arguments: object, status: Status, hosts: frozenset[str], directory: str) -> None:
        self._status = status
        self._hosts = hosts
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, or with the stream that tells of builds. Another page's script that has its own
        host name lead here (DNS rebinding) gets nothing: drafts are shown here."""
        host = self.headers.get("Host", "localhost")
        if host.removesuffix(f":{host.rpartition(':')[2]}") not in self._hosts and host not in self._hosts:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        try:
            path = urlsplit(self.path).path
            if path == EVENTS:
                self._tell_of_builds()
            elif path in _FILES:
                self._own_file(*_FILES[path])
            else:
                super().do_GET()
        except (ValueError, OSError):
            self.send_error(HTTPStatus.BAD_REQUEST)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers. Pages come from memory, with what only the author sees."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file():
            return self._page(page.read_bytes(), HTTPStatus.OK)
        if not page.is_file():
            return self._page(_missing(Path(self.directory)), HTTPStatus.NOT_FOUND)
        return super().send_head()

    def _page(self, content: bytes, code: HTTPStatus) -> BytesIO:
        content += _LIVE.encode()
        if self._status.findings:
            content += (_OVERLAY % html.escape(self._status.findings)).encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def _own_file(self, media_type: str, text: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def _tell_of_builds(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for happened in self._status.builds():
                self.wfile.write(b"data: built\n\n" if happened else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the page was closed

    def end_headers(self) -> None:
        """Forbid the browser to keep what it gets, and send what the published site will: an author sees at once
        what the Content Security Policy blocks."""
        self.send_header("Cache-Control", "no-store")
        written = Path(self.directory, HEADERS_FILE)
        if written.is_file():
            for name, value in read_file(written.read_text("utf-8")).items():
                if name not in _NOT_HERE:
                    self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # the name is http.server's
        """Say nothing of requests: the terminal is for findings."""


def _missing(output: Path) -> bytes:
    page = output / "404.html"
    if page.is_file():
        return page.read_bytes()
    if not output.is_dir():
        return _EMPTY.encode()
    return b"<!doctype html><title>Not found</title><p>There is no such page.</p>"


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Sources(DefaultFilter):
    """Lets through what a build may depend on."""

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path).name
        return super().__call__(change, path) and not name.startswith(".") and name not in _NOT_WATCHED


def serve(root: Path, host: str, port: int) -> int:
    """Build, serve and watch until interrupted. Returns 0, or 1 where the port is taken."""
    status = Status()
    handler = partial(Handler, status=status, hosts=frozenset({*_LOCAL, host}), directory=str(root / OUTPUT))
    try:
        server = _Server((host, port), handler)
    except OSError as error:
        print(
            f"Port {port} of {host} cannot be used: {error.strerror}.\n"
            f"Stop what uses it, or choose another: .venv/bin/python -m plugins serve --port {port + 1}",
            file=sys.stderr,
        )
        return 1
    changes: queue.SimpleQueue[bool] = queue.SimpleQueue()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        threading.Thread(target=_watch, args=(root, changes, stop), daemon=True).start()
        print(f"The site is shown at http://{host}:{server.server_address[1]}/ (Ctrl-C ends)", flush=True)
        while True:
            _build(root, status)
            _next_change(changes)
    except KeyboardInterrupt:
        print("\nEnded.", flush=True)
        return 0
    finally:
        stop.set()
        server.shutdown()
        server.server_close()


def _watched(root: Path) -> list[Path]:
    """Return the folders of the project that sources may lie in. Folders, never files: a save by rename
    ends the watch of a file."""
    return [
        path
        for path in sorted(root.iterdir())
        if path.is_dir() and path.name not in _NOT_WATCHED and not path.name.startswith(".")
    ]


def _watch(root: Path, changes: queue.SimpleQueue[bool], stop: threading.Event) -> None:
    """Put a word into the queue for every batch of changes, also of those during a build. Where a folder of
    the project appears, goes or is replaced, all are watched anew: a watch ends with its folder."""
    while not stop.is_set():
        ended = threading.Event()
        threading.Thread(target=_watch_folders, args=(root, changes, ended), daemon=True).start()
        try:
            for batch in _batches([root], stop, recursive=False):
                changes.put(True)
                if any(not Path(path).is_file() for _, path in batch):
                    break
        finally:
            ended.set()
        changes.put(True)  # for what was saved while nobody watched


def _watch_folders(root: Path, changes: queue.SimpleQueue[bool], ended: threading.Event) -> None:
    for _ in _batches(_watched(root), ended, recursive=True):
        changes.put(True)


def _batches(folders: list[Path], ended: threading.Event, *, recursive: bool) -> Iterator[set[tuple[Change, str]]]:
    return watch(*folders, watch_filter=_Sources(), recursive=recursive, stop_event=ended, debounce=200, step=50)


def _next_change(changes: queue.SimpleQueue[bool]) -> None:
    """Wait for a change, and take those that came with it."""
    changes.get()
    while not changes.empty():
        changes.get_nowait()
    print("\nA source changed: building again.", flush=True)


def _build(root: Path, status: Status) -> None:
    """Run one build in a process of its own, and pass on what it says."""
    command = [sys.executable, "-m", "plugins", "build", "--preview"]
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C reaches us, and we end it
    ) as child:
        try:
            assert child.stderr is not None, "it was asked for"
            lines = []
            for line in child.stderr:
                sys.stderr.write(line)
                sys.stderr.flush()
                lines.append(line)
            code = child.wait()
        except BaseException:
            child.terminate()
            raise
    status.finished("".join(lines) if code else "")
