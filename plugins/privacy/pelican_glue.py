"""Where Pelican's signals meet the core: the one writer, the feeds, the automatic summaries."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.contents import Content
from pelican.writers import Writer

from .build import Build
from .safe_pelican import BUILD, SafePelican
from .sources import dropped
from .summaries import without_embeds

_HTML = (".html", ".htm", "/")


class _Through:
    """A template whose output has been through the page pass."""

    def __init__(self, template: Any, build: Build) -> None:
        self._template = template
        self._build = build

    def render(self, context: Mapping[str, Any]) -> str:
        """Render, and return what may be published."""
        name = context["output_file"]
        sources = sources_of(context)
        try:
            text = self._template.render(context)
        except (Exception, SystemExit) as error:
            raise self._build.failure(error, name, sources) from error
        if not name.endswith(_HTML):
            return str(text)
        with self._build.clock():
            return self._build.page(text, name, sources, language_of(context), context["SITEURL"])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)


def sources_of(context: Mapping[str, Any]) -> list[Path]:
    """Return the content files that a page is made of: its own, or those it lists."""
    for key in ("article", "page"):
        own = context.get(key)
        if isinstance(own, Content):
            return [Path(own.source_path)]
    listed = context.get("articles_page")
    return [Path(article.source_path) for article in listed.object_list] if listed is not None else []


def language_of(context: Mapping[str, Any]) -> str:
    """Return the language of a page's content."""
    for key in ("article", "page"):
        own = context.get(key)
        if isinstance(own, Content):
            return str(own.lang)
    return str(context["DEFAULT_LANG"])


def require_safe_pelican(pelican: Pelican) -> None:
    """Refuse to run under another PELICAN_CLASS, which would publish what fails."""
    if not isinstance(pelican, SafePelican):
        raise RuntimeError(
            "The privacy plugins need PELICAN_CLASS = SafePelican in pelicanconf.py "
            "(from plugins.privacy import SafePelican): without it a failing build would still be published."
        )


def writer(pelican: SafePelican) -> type[Writer]:
    """Return the writer whose pages all go through the pass."""
    build = pelican.current
    with build.clock():
        build.begin()

    class PassingWriter(Writer):  # type: ignore[misc]
        """Pelican's writer, with the page pass between the template and the file."""

        def write_file(self, name: str, template: Any, *arguments: Any, **options: Any) -> None:
            own = sources_of(options)
            if len(own) == 1 and not options.get("override_output"):
                build.claim_address(name, own[0])
            super().write_file(name, _Through(template, build), *arguments, **options)

    return PassingWriter


def pass_feed(context: Mapping[str, Any], feed: Any) -> None:
    """Let the rules see every entry of a feed."""
    build: Build = context[BUILD]
    with build.clock():
        articles = {
            article.url: Path(article.source_path)
            for article in [*context.get("articles", ()), *context.get("translations", ())]
        }
        address = str(feed.feed["feed_url"])
        path = address.removeprefix(context.get("FEED_DOMAIN") or "").lstrip("/")
        for item in feed.items:
            sources = [path for url, path in articles.items() if url and item["link"].endswith(url)]
            for key in ("content", "description"):
                if item.get(key):
                    item[key] = build.entry(item[key], path, sources, context["SITEURL"])


def prepare_contents(generators: Iterable[Any]) -> None:
    """Refuse dropped sources, and take embeds and scripts out of automatic summaries before they are cut."""
    generators = list(generators)
    context, settings = generators[0].context, generators[0].settings
    build: Build = context[BUILD]
    with build.clock():
        build.findings.extend(dropped(context, settings))
        build.policies = {str(page.lang): str(page.url) for page in policy_pages(context)}
    gc.freeze()  # a thousand articles are here to stay; to look through them for garbage took half of the pass
    for content in context["generated_content"].values():
        if content is not None and "summary" not in content.metadata:
            without_embeds(content, build.clock)


def policy_pages(context: Mapping[str, Any]) -> list[Content]:
    """Return the privacy policies, one for each language: the pages made of `content/privacy/policy.*`."""
    return [
        content
        for name, content in sorted(context["generated_content"].items())
        if content is not None and name.startswith("privacy/policy.")
    ]
