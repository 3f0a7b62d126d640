"""Where the plugin meets the core: its rule, and its wording."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..privacy.extension import MARK, Site
from ..privacy.markup import recognised
from ..privacy.page_pass import Rule
from ..privacy.wording import Wording
from .judging import judge_of
from .marks import NAMES, MarkLinks, Marks


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule that marks links."""
    wording = Wording("third_party_links", site.theme, site.language)

    templates = site.theme / "templates" / "third_party_links"

    def written(template: str, language: str, identifier: str = "", **values: str) -> str:
        return recognised(wording.render(template, language, **values), templates / template, identifier)

    @lru_cache(maxsize=64)
    def marks(language: str) -> Marks:
        return Marks(
            {name: written("icon.html", language, name=name) for name in NAMES},
            {name: written("description.html", language, f"xlink-{name}", name=name) for name in (*NAMES, "new")},
            {name: " " + written("spoken.html", language, name=name) for name in NAMES},
            " " + written("new-tab.html", language),
        )

    marks(site.language)  # a mistake in a template is told before any page is made
    return [(MARK, MarkLinks(marks, judge_of(site.declaration)))]
