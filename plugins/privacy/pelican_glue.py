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
from .checks import UNFILLED_POLICY
from .clock import today
from .dates import unclear_dates
from .fact_age import old_facts, old_suffix_list
from .files import PAGES
from .findings import Finding
from .safe_pelican import BUILD, SafePelican
from .sources import dropped
from .summaries import without_embeds
from .writing import writer_for

_APPENDED = "?ref=feed"  # by Pelican's setting FEED_APPEND_REF


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
        build.findings.extend(_unfilled(build))
        now = today(build.settings)
        build.findings.extend([*old_facts(build.declaration.services, now), *old_suffix_list(now)])
        build.begin()
    return writer_for(build)


def write_waiting(pelican: SafePelican) -> None:
    """Write the pages that still wait for the pass, before anybody looks at the finished site."""
    pelican.current.write_waiting()


def pass_feed(context: Mapping[str, Any], feed: Any) -> None:
    """Let the rules see every entry of a feed."""
    build: Build = context[BUILD]
    with build.clock():
        files = build.articles or _articles(build, context)
        address = str(feed.feed["feed_url"])
        path = address.removeprefix(context.get("FEED_DOMAIN") or "").lstrip("/")
        for item in feed.items:
            url = item["link"].removesuffix(_APPENDED).removeprefix(context["SITEURL"]).lstrip("/")
            sources = [files[url]] if url in files else []
            for key in ("content", "description"):
                if item.get(key):
                    item[key] = build.entry(item[key], path, sources, context["SITEURL"])


def _articles(build: Build, context: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the files of all articles by their URLs, made once for all feeds."""
    articles = [*context.get("articles", ()), *context.get("translations", ())]
    build.articles = {str(article.url): str(article.source_path) for article in articles}
    return build.articles


def prepare_contents(generators: Iterable[Any]) -> None:
    """Refuse dropped sources and unclear dates; take embeds and scripts out of automatic summaries before these are
    cut."""
    generators = list(generators)
    context, settings = generators[0].context, generators[0].settings
    build: Build = context[BUILD]
    with build.clock():
        build.findings.extend(dropped(context, settings))
        build.findings.extend(unclear_dates(context["generated_content"], Path(settings["PATH"])))
        for name, static in context["static_content"].items():
            source = str(Path(settings["PATH"], name))
            build.sources[str(static.save_as)] = (source,)
            build.claim_address(str(static.save_as), source)
            if source.lower().endswith(PAGES):
                build.copied[str(static.save_as)] = source
        build.policy_pages = policy_pages(context)
        build.policies = {str(page.lang): str(page.url) for page in build.policy_pages}
    gc.freeze()  # a thousand articles are here to stay; to look through them for garbage took half of the pass
    for content in context["generated_content"].values():
        if content is not None and "summary" not in content.metadata:
            without_embeds(content, build.clock)


def _unfilled(build: Build) -> list[Finding]:
    """Return a finding for each policy with a marker, where nobody has looked for markers."""
    what = "The policy holds the marker [privacy:…], and no plugin fills it in."
    way_out = "Add the plugin privacy_policy to PLUGINS, or remove the marker."
    return [
        Finding(UNFILLED_POLICY, what, way_out, place=build.places.shown(Path(page.source_path)), evidence=what)
        for page in build.policy_pages
        if not build.is_policy_filled_in and "[privacy:" in page._content
    ]


def policy_pages(context: Mapping[str, Any]) -> list[Content]:
    """Return the privacy policies, one for each language: the pages made of `content/privacy/policy.*`."""
    return [
        content
        for name, content in sorted(context["generated_content"].items())
        if content is not None and name.startswith("privacy/policy.")
    ]
