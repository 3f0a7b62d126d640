"""No page reaches a file before it has been through the pass, and none is forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins import signals

from plugins.privacy.writing import _AT_A_TIME, writer_for


class Upper:
    """A build whose pass writes capitals, and fails on a page that says so."""

    def write_waiting(self) -> None:
        raise AssertionError("the writer puts its own in this place")

    @contextmanager
    def clock(self) -> Iterator[None]:
        yield

    def page(self, text: str, name: str, sources: Sequence[Path], language: str, site_url: str) -> str:
        if text == "broken":
            raise ValueError(name)
        return f"{name} {language} {site_url} {text.upper()}"

    def failure(self, error: BaseException, name: str, sources: Sequence[Path]) -> BaseException:
        return ValueError(f"template of {name}")


class Template:
    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, context: dict[str, Any]) -> str:
        if self.text == "template fails":
            raise KeyError("x")
        return self.text


@pytest.fixture
def build() -> Any:
    return Upper()


@pytest.fixture
def write(tmp_path: Path, build: Any) -> Any:
    settings = {"PAGINATED_TEMPLATES": {}, "RELATIVE_URLS": False}
    writer = writer_for(build)(str(tmp_path), settings=settings)

    def write(name: str, text: str) -> Path:
        context = {"SITEURL": "/s", "DEFAULT_LANG": "en", "localsiteurl": ""}
        writer.write_file(name, Template(text), context)
        return tmp_path / name

    return write


def test_a_page_is_not_written_before_the_pass(write: Any, build: Any) -> None:
    file = write("a.html", "page")

    assert file.read_text() == ""
    build.write_waiting()
    assert file.read_text() == "a.html en /s PAGE"


def test_pages_are_written_when_enough_of_them_wait(write: Any) -> None:
    files = [write(f"{number}.html", "page") for number in range(_AT_A_TIME)]

    assert [file.read_text() for file in files] == [f"{file.name} en /s PAGE" for file in files]


def test_what_is_no_page_is_written_as_it_is(write: Any) -> None:
    assert write("sitemap.xml", "<x/>").read_text() == "<x/>"


def test_whoever_listens_for_written_files_finds_them_written(write: Any) -> None:
    seen = []

    def listens(path: str, context: Any) -> None:
        seen.append(Path(path).read_text())

    with signals.content_written.connected_to(listens):
        write("a.html", "first")
        write("b.html", "second")

    # the pass of a page comes before the next page is rendered; its own signal is sent while the file is closed
    assert seen == ["a.html en /s FIRST", "b.html en /s SECOND"]


def test_a_page_that_fails_stops_the_build_and_says_which(write: Any, build: Any) -> None:
    write("a.html", "broken")

    with pytest.raises(ValueError, match=r"^a\.html$"):
        build.write_waiting()


def test_a_template_that_fails_does_not_hide_a_page_before_it(write: Any) -> None:
    write("a.html", "broken")

    with pytest.raises(ValueError, match=r"^a\.html$"):
        write("b.html", "template fails")


def test_a_template_that_fails_names_its_page(write: Any) -> None:
    with pytest.raises(ValueError, match=r"^template of b\.html$"):
        write("b.html", "template fails")


def test_the_file_of_a_feed_is_one_that_writers_of_xml_accept(write: Any, build: Any, tmp_path: Path) -> None:
    writer = writer_for(build)(str(tmp_path), settings={})

    with writer._open_w(str(tmp_path / "feed"), "utf-8") as file:
        assert isinstance(file, io.TextIOBase)
        file.write("<feed/>")

    assert (tmp_path / "feed").read_text() == "<feed/>"
