"""The one writer: between what a template renders and the file stands the page pass.

Pages go through the pass many at a time. Called between any two templates it takes half as long again, since they
drive its code and its tables out of the processor's caches: the first page of a batch takes three times as long as
the twentieth (measured: 1.7 ms and 0.57 ms).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, TextIO

from pelican.contents import Content
from pelican.plugins import signals
from pelican.writers import Writer

from .build import Build

_AT_A_TIME = 192  # their files are open meanwhile, of which some systems let a process have 256
_NOT_HTML = (".xml", ".atom", ".rss", ".txt", ".json", ".css", ".js", ".svg", ".webmanifest", ".xsl", ".ics", ".csv")


class _Rendered(str):
    """The text of a page that has to go through the pass. Made by `_Through`, taken by `_File`."""

    name: str
    sources: list[str]
    language: str
    site_url: str


class _Through:
    """A template whose output has to go through the page pass."""

    def __init__(self, template: Any, build: Build, waiting: _Waiting) -> None:
        self._template = template
        self._build = build
        self._waiting = waiting

    def render(self, context: Mapping[str, Any]) -> str:
        """Render, and note what the pass has to know of the page."""
        name, sources = context["output_file"], sources_of(context)
        try:
            text = self._template.render(context)
        except (Exception, SystemExit) as error:
            self._waiting.write()  # what is wrong with pages before this one is told as well
            raise self._build.failure(error, name, sources) from error
        if name.lower().endswith(_NOT_HTML):
            return str(text)
        page = _Rendered(text)
        page.name, page.sources = name, sources
        page.language, page.site_url = language_of(context), context["SITEURL"]
        return page

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)


class _Waiting:
    """The pages that are rendered and not yet written, each with its open file."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._pages: list[tuple[TextIO, _Rendered]] = []

    def add(self, file: TextIO, page: _Rendered) -> None:
        """Take a page. It is written at once where somebody listens for written files."""
        self._pages.append((file, page))
        if len(self._pages) == _AT_A_TIME or signals.content_written.receivers:
            self.write()

    def write(self) -> None:
        """Let all pages go through the pass and into their files. Raises what the pass raises."""
        pages, self._pages = self._pages, []
        try:
            for file, page in pages:
                with self._build.clock():
                    text = self._build.page(page, page.name, page.sources, page.language, page.site_url)
                file.write(text)
        finally:
            for file, _ in pages:
                file.close()


class _File(io.TextIOBase):
    """A file of the site, which stays empty until its page has been through the pass."""

    def __init__(self, file: TextIO, waiting: _Waiting) -> None:
        self._file = file
        self._waiting = waiting
        self._is_waiting = False

    def write(self, text: str) -> int:
        """Write a text that is no page, or let the page wait for the pass."""
        if isinstance(text, _Rendered):
            self._is_waiting = True
            self._waiting.add(self._file, text)
            return len(text)
        return self._file.write(text)

    def close(self) -> None:
        """Close the file, unless its page will do so."""
        if not self._is_waiting:
            self._file.close()
        super().close()


def writer_for(build: Build) -> type[Writer]:
    """Return the writer of one build, whose pages all go through the pass; `build.write_waiting` writes the last."""
    waiting = _Waiting(build)
    build.write_waiting = waiting.write

    class PassingWriter(Writer):  # type: ignore[misc]
        """Pelican's writer, with the page pass between the template and the file."""

        def write_file(self, name: str, template: Any, *arguments: Any, **options: Any) -> None:
            own = content_of(options)
            if own is not None and not options.get("override_output"):
                build.claim_address(name, str(own.source_path))
            super().write_file(name, _Through(template, build, waiting), *arguments, **options)

        def _open_w(self, filename: str, encoding: str, override: bool = False) -> TextIO:
            return _File(super()._open_w(filename, encoding, override), waiting)  # type: ignore[return-value]

    return PassingWriter


def content_of(context: Mapping[str, Any]) -> Content | None:
    """Return the content that a page shows as its own, or None where it lists others."""
    shown = (context.get(key) for key in ("article", "page"))
    return next((content for content in shown if isinstance(content, Content)), None)


def sources_of(context: Mapping[str, Any]) -> list[str]:
    """Return the content files that a page is made of: its own, or those it lists. They are the very texts that
    Pelican has: a path for each would take more memory than the pages."""
    own = content_of(context)
    if own is not None:
        return [str(own.source_path)]
    listed = context.get("articles_page")
    return [str(article.source_path) for article in listed.object_list] if listed is not None else []


def language_of(context: Mapping[str, Any]) -> str:
    """Return the language of a page's content."""
    own = content_of(context)
    return str(context["DEFAULT_LANG"] if own is None else own.lang)
