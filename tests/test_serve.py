"""`python -m plugins serve`: what an author sees while writing. Every test runs the real command on a whole
project in a temporary folder, and a browser's requests against it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple, Self

import pytest

from tests.site_kit import NOT_PUBLISHED, PAUSES, Running, Site, new_project, run, until

pytestmark = pytest.mark.slow

HOME = "content/pages/home.md"
BUILT = "The site is in "
CHANGED = "A source changed: building again.\n"
OVERLAY = "The last build failed. You see the last good site."
BROKEN_LINK = f"""\
{HOME}:7  broken-link
    “/nope/” leads to /nope/, and the site has no such file.
    Correct the address; in Markdown, link to a source file: [text]({{filename}}/pages/about.md).

1 error in 1 place. {NOT_PUBLISHED}
"""


class Answer(NamedTuple):
    """What a browser gets."""

    status: int
    text: str


class Served(Running):
    """A running `serve`."""

    port = 0

    def __init__(self, site: Site) -> None:
        super().__init__([sys.executable, "-m", "plugins", "serve", "--port", "0"], site.folder)
        self._folder = site.folder.resolve()

    def __enter__(self) -> Self:
        try:
            self.wait_for("The site is shown at http://127.0.0.1:")
            self.port = int(self.wait_for("/").removesuffix("/"))
            self.wait_for("\n")
        except BaseException:
            self.end()
            raise
        return self

    def get(self, path: str = "/", host: str = "") -> Answer:
        """Ask for a page, by another host's name where one is given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, text)

    def wait_until_shown(self, text: str, path: str = "/") -> None:
        """Wait until a page shows a text."""
        until(lambda: text in self.get(path).text, f"{text!r} on {path}")

    def processor_seconds(self) -> float:
        """Return what the server and its finished builds took of the processor so far."""
        values = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(int(value) for value in values[11:15]) / os.sysconf("SC_CLK_TCK")

    def processes(self) -> list[int]:
        """Return what is alive of it and all that it started."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has just ended
                state = path.read_text("utf-8", "replace").rpartition(")")[2].split()[0]
                if state != "Z" and path.with_name("cwd").readlink() == self._folder:
                    found.append(int(path.parent.name))
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A whole project."""
    return new_project(tmp_path)


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    """A project that is served, after the first build."""
    with Served(site) as running:
        running.wait_for(f"{BUILT}{site.output}\n")
        yield running


def pausing(site: Site, moment: str) -> None:
    """Let the first build of the site stop at that moment, and a later one where `.pause` says so then."""
    site.write(".pause", moment)
    site.write("pauses.py", PAUSES)
    site.add("pelicanconf.py", "import pauses\nPLUGINS.append(pauses)\n")


def test_a_taken_port_is_told_in_plain_words(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = run([sys.executable, "-m", "plugins", "serve", "--port", str(port)], site.folder)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"Port {port} of 127.0.0.1 cannot be used: Address already in use.\n"
        f"Stop what uses it, or choose another: .venv/bin/python -m plugins serve --port {port + 1}\n"
    )
    assert not site.output.exists(), "nothing was built"


def test_one_line_says_where_to_look_and_the_page_is_there(served: Served) -> None:
    assert served.said.startswith(f"The site is shown at http://127.0.0.1:{served.port}/ (Ctrl-C ends)\n")
    served.wait_until_shown("Hello.")
    assert OVERLAY not in served.get().text
    assert served.get("/nope/").status == 404
    assert served.get("/feeds/all.atom.xml").text.startswith("<?xml")


def test_before_the_first_build_the_browser_is_told_so(site: Site) -> None:
    pausing(site, "import")
    with Served(site) as served:
        served.wait_for("paused at import")
        assert "No site yet" in served.get().text
        served.go_on()
        served.wait_until_shown("Hello.")


def test_a_project_that_fails_from_the_start_is_served_with_its_findings_and_heals(site: Site) -> None:
    site.add(HOME, "\n[text](/nope/)\n")
    with Served(site) as served:
        served.wait_for(BROKEN_LINK)
        served.wait_until_shown("“/nope/” leads to /nope/")
        assert "No site yet" in served.get().text
        site.replace(HOME, "/nope/", "/blog/")
        served.wait_for(BUILT)
        served.wait_until_shown("Hello.")


def test_an_edit_appears(site: Site, served: Served) -> None:
    site.replace(HOME, "Hello.", "Good morning.")

    served.wait_for(CHANGED)
    served.wait_for(BUILT)
    served.wait_until_shown("Good morning.")


def test_pages_come_with_the_headers_of_the_published_site_but_do_not_demand_tls(served: Served) -> None:
    served.wait_until_shown("Hello.")
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/")
    headers = dict(connection.getresponse().getheaders())
    connection.close()

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_open_pages_are_told_of_a_build(site: Site, served: Served) -> None:
    served.wait_until_shown('<script src="/-/live.js"></script>')
    assert "EventSource" in served.get("/-/live.js").text
    assert ".failed-build" in served.get("/-/live.css").text
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/-/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"

    site.add(HOME, "\nMore.\n")

    assert answer.readline() == b"data: built\n"
    connection.close()


def test_a_failing_edit_is_told_each_time_and_the_last_good_site_stays(site: Site, served: Served) -> None:
    site.add(HOME, "\n[text](/nope/)\n")
    served.wait_for(CHANGED)
    assert BROKEN_LINK in served.wait_for(NOT_PUBLISHED + "\n")
    served.wait_until_shown(OVERLAY)
    page = served.get().text
    assert "Hello." in page
    assert "/nope/</a>" not in page
    assert "“/nope/” leads to /nope/, and the site has no such file." in page
    assert OVERLAY in served.get("/privacy/").text, "over every page"

    site.add(HOME, "\nStill the same mistake.\n")
    served.wait_for(CHANGED)
    assert BROKEN_LINK in served.wait_for(NOT_PUBLISHED + "\n")

    site.replace(HOME, "/nope/", "/blog/")
    served.wait_for(BUILT)
    served.wait_until_shown("Still the same mistake.")
    until(lambda: OVERLAY not in served.get().text, "the overlay goes")


def test_markup_in_a_finding_is_shown_and_not_run(site: Site, served: Served) -> None:
    site.add(HOME, '\n<iframe src="https://player.example.net/1"></iframe>\n')

    served.wait_for(NOT_PUBLISHED)

    served.wait_until_shown("&lt;iframe src=&quot;https://player.example.net/1&quot;&gt;")
    assert '<iframe src="https://player.example.net/1">' not in served.get().text


def test_after_a_failure_nothing_is_tried_again_until_a_save(site: Site, served: Served) -> None:
    site.add(HOME, "\n[text](/nope/)\n")
    served.wait_for(NOT_PUBLISHED + "\n")
    served.wait_until_shown(OVERLAY)
    before = served.processor_seconds()

    assert served.is_quiet_for(1.5)
    assert served.processor_seconds() - before < 0.15


@pytest.mark.parametrize("text", ["SITENAME = (\n", "raise SystemExit(0)\n"])
def test_settings_that_break_and_heal(site: Site, served: Served, text: str) -> None:
    settings = (site.folder / "pelicanconf.py").read_text("utf-8")

    site.add("pelicanconf.py", text)
    message = served.wait_for(NOT_PUBLISHED + "\n")
    assert f"pelicanconf.py:{settings.count(chr(10)) + 1}  broken-settings\n" in message
    served.wait_until_shown(OVERLAY)

    site.write("pelicanconf.py", settings.replace('"Tiny"', '"Healed"'))
    served.wait_for(BUILT)
    served.wait_until_shown("<title>Healed</title>")


@pytest.mark.parametrize("name", [HOME, "theme/templates/page.html", "pelicanconf.py"])
def test_a_save_by_rename_is_noticed_every_time(site: Site, served: Served, name: str) -> None:
    former, new = {HOME: ("Hello.", "Bye{}."), "theme/templates/page.html": ("<h1>", "<h1 id=n{}>")}.get(
        name, ("Tiny", "Small{}")
    )
    for number in range(2):
        text = (site.folder / name).read_text("utf-8")
        changed = new.format("!" * number)
        site.write(f"{name}.tmp~", text.replace(former, changed)).replace(site.folder / name)
        served.wait_until_shown(changed)
        former = changed


def test_a_plugin_that_is_edited_works_at_once(site: Site, served: Served) -> None:
    icon = "plugins/third_party_links/__init__.py"
    site.add(icon, "\nimport nowhere\n")
    message = served.wait_for(NOT_PUBLISHED + "\n")
    assert "broken-settings\n    ModuleNotFoundError: No module named 'nowhere'\n" in message
    site.replace(icon, "\nimport nowhere\n", "\n")
    served.wait_for(BUILT)


def test_new_folders_and_removed_files_are_noticed(site: Site, served: Served) -> None:
    site.write("content/pages/deep/er.md", "Title: Deeper\nSlug: deeper\n\nText.\n")
    served.wait_until_shown("<h1>Deeper</h1>", "/deeper/")

    (site.folder / "content/pages/deep/er.md").unlink()
    until(lambda: served.get("/deeper/").status == 404, "the page is gone")


def test_a_content_folder_that_is_replaced_is_watched_on(site: Site, served: Served) -> None:
    (site.folder / "content").rename(site.folder / "former")
    shutil.copytree(site.folder / "former", site.folder / "content")
    site.write("content/pages/new.md", "Title: New\nSlug: new\n\nText.\n")
    served.wait_until_shown("<h1>New</h1>", "/new/")

    site.write("content/pages/newer.md", "Title: Newer\nSlug: newer\n\nText.\n")
    served.wait_until_shown("<h1>Newer</h1>", "/newer/")


@pytest.mark.parametrize("host", ["attacker.example", "attacker.example:8000", "127.0.0.1.attacker.example"])
def test_nothing_is_shown_under_another_hosts_name(served: Served, host: str) -> None:
    assert served.get(host=host).status == 421
    assert served.get(host=f"localhost:{served.port}").status == 200


@pytest.mark.parametrize("path", ["/%00", "/" + 5000 * "a"], ids=["a byte of nothing", "a long name"])
def test_odd_requests_are_answered_without_a_word_on_the_terminal(served: Served, path: str) -> None:
    assert served.get(path).status in (400, 404)
    assert served.is_quiet_for(0.1)


def test_a_save_during_a_build_is_not_lost(site: Site) -> None:
    pausing(site, "import")
    with Served(site) as served:
        served.wait_for("paused at import")
        served.go_on()
        served.wait_for(BUILT)
        site.write(".pause", "finalized")
        site.replace(HOME, "Hello.", "First.")
        served.wait_for("paused at finalized")

        site.replace(HOME, "First.", "Second.")
        served.go_on()

        served.wait_for(CHANGED)
        served.wait_until_shown("Second.")


@pytest.mark.parametrize("is_building", [False, True], ids=["idle", "building"])
@pytest.mark.parametrize("how", ["Ctrl-C", "SIGINT", "SIGTERM"])
def test_it_ends_without_leftovers(site: Site, how: str, is_building: bool) -> None:
    if is_building:
        pausing(site, "finalized")
    with Served(site) as served:
        served.wait_for("paused at finalized" if is_building else BUILT)
        until(lambda: is_building or served.processes() == [served.process.pid], "the first build has ended")
        if how == "Ctrl-C":  # which a terminal sends to the builds as well
            os.killpg(served.process.pid, signal.SIGINT)
        else:
            os.kill(served.process.pid, signal.Signals[how])

        assert served.ended() == 0, served.said

        assert "\nEnded.\n" in served.said
        assert "Traceback" not in served.said
        assert served.processes() == []
        assert site.stages() == []
        with socket.create_server(("127.0.0.1", served.port)):
            """The port is free."""
