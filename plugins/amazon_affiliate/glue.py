"""Where the Amazon plugin meets the core: its settings, its rule, its wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, StringConstraints, field_validator

from ..privacy.build import Build
from ..privacy.checks import WRONG_SETTING
from ..privacy.extension import CLAIM, GATE, Site
from ..privacy.facts import Entry, written
from ..privacy.findings import Finding
from ..privacy.markup import recognised
from ..privacy.page_pass import Rule
from ..privacy.safe_pelican import BUILD
from ..privacy.validation import nearest, validate
from ..privacy.wording import Wording
from .affiliate import Affiliate, Parts
from .judging import Judge
from .links import stores
from .old_html import OldHtml

_TAG = written(r"[A-Za-z0-9][A-Za-z0-9_-]*", "a tag such as “example-20”")
Tag = Annotated[str, StringConstraints(strip_whitespace=True), _TAG]


class AmazonTags(RootModel[dict[str, Tag]]):
    """The setting `AMAZON_TAGS`: the site's tag for each store, by the store's domain."""

    root: Annotated[dict[str, Tag], Field(default_factory=dict)]

    @field_validator("root")
    @classmethod
    def _are_stores(cls, value: dict[str, str]) -> dict[str, str]:
        served = [host for host, store in stores().items() if store.has_programme]
        wrong = []
        for host in value:
            if host in stores() and host not in served:
                wrong.append(f'names "{host}", a store without an affiliate programme.')
            elif host not in served:
                wrong.append(f'names "{host}", which is no Amazon store.{nearest(host, served)}')
        if wrong:
            raise ValueError(" It ".join(wrong))
        return value


class AmazonAffiliate(Entry):
    """The setting `AMAZON_AFFILIATE`.

    own_tags: further tags that are the site's own, kept where they stand.
    foreign_tag: what becomes of a tag that is not: `keep` it, `strip` it for the site's own, or an `error`.
    default: whether a link is tagged (`on`) or not (`off`) where neither it nor its page says.
    in_feeds: whether feeds carry tags, with label and sentence.
    """

    own_tags: tuple[Tag, ...] = ()
    foreign_tag: Literal["keep", "strip", "error"] = "keep"
    default: Literal["on", "off"] = "on"
    in_feeds: bool = False


def settings_findings(settings: Mapping[str, Any]) -> list[Finding]:
    """Return the mistakes in the plugin's settings."""
    tags = settings.get("AMAZON_TAGS", {})
    if isinstance(tags, str):
        what = f"AMAZON_TAGS is the one tag “{tags}” for all stores, and Amazon pays a tag only in its own store."
        way_out = f'Name the store it is for: AMAZON_TAGS = {{"amazon.com": "{tags}"}}.'
        wrong = [Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence="AMAZON_TAGS")]
    else:
        _, wrong = validate(AmazonTags, "AMAZON_TAGS", tags)
    _, also = validate(AmazonAffiliate, "AMAZON_AFFILIATE", settings.get("AMAZON_AFFILIATE", {}))
    return [*wrong, *also]


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rules for old HTML of Amazon's and for links to it."""
    options = AmazonAffiliate.model_validate(site.settings.get("AMAZON_AFFILIATE", {}))
    wording = Wording("amazon_affiliate", site.theme, "en")  # Amazon's sentence in English, where it has no other
    name, templates = site.declaration.privacy.controller.name, site.theme / "templates" / "amazon_affiliate"

    @lru_cache(maxsize=64)
    def parts(language: str) -> Parts:
        label = recognised(wording.render("label.html", language), templates / "label.html")
        sentence = recognised(wording.render("disclosure.html", language, name=name), templates / "disclosure.html")
        return Parts(f" {label}", f"{sentence}\n", wording.speaks(language))

    def words(language: str) -> str:
        return wording.render("picture.html", language)

    parts(site.language)  # a mistake in a template is told before any page is made
    rule = Affiliate(
        judge_of(site.settings),
        parts,
        by_default=options.default == "on",
        in_feeds=options.in_feeds,
    )
    return [(GATE, OldHtml(words)), (CLAIM, rule)]


def note_names_of_tags(generators: Iterable[Any]) -> None:
    """Tell once for each build what is to be thought over in the site's own tags."""
    context = next(iter(generators)).context
    build: Build = context[BUILD]
    build.findings.extend(judge_of(context).names_of_tags())


def judge_of(settings: Mapping[str, Any]) -> Judge:
    """Return what a site with these settings, which are right, knows of tags."""
    options = AmazonAffiliate.model_validate(settings.get("AMAZON_AFFILIATE", {}))
    tags = AmazonTags.model_validate(settings.get("AMAZON_TAGS", {})).root
    return Judge(tags, frozenset(options.own_tags), options.foreign_tag)
