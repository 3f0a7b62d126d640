"""Where the Amazon plugin meets the core: its settings, its rule, its wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, RootModel, StringConstraints, field_validator

from ..privacy.extension import CLAIM, Site
from ..privacy.facts import Entry
from ..privacy.findings import Finding
from ..privacy.page_pass import Rule
from ..privacy.settings import nearest, validate
from ..privacy.wording import Wording
from .affiliate import Affiliate, Parts
from .links import stores

Tag = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]


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
    """The setting `AMAZON_AFFILIATE`. own_tags: further tags that are the site's own, kept where they stand."""

    own_tags: tuple[Tag, ...] = ()


def settings_findings(settings: Mapping[str, Any]) -> list[Finding]:
    """Return the mistakes in the plugin's settings."""
    _, wrong = validate(AmazonTags, "AMAZON_TAGS", settings.get("AMAZON_TAGS", {}))
    _, also = validate(AmazonAffiliate, "AMAZON_AFFILIATE", settings.get("AMAZON_AFFILIATE", {}))
    return [*wrong, *also]


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule for Amazon links."""
    tags = AmazonTags.model_validate(site.settings.get("AMAZON_TAGS", {})).root
    options = AmazonAffiliate.model_validate(site.settings.get("AMAZON_AFFILIATE", {}))
    wording = Wording("amazon_affiliate", site.theme, site.language)

    @lru_cache(maxsize=64)
    def parts(language: str) -> Parts:
        return Parts(" " + wording.render("label.html", language), wording.render("disclosure.html", language) + "\n")

    own = frozenset([*tags.values(), *options.own_tags])
    return [(CLAIM, Affiliate(tags, own, parts))]
