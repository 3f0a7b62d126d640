"""Where the plugin meets the core: its rule, and its wording."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..privacy.extension import MARK, Site
from ..privacy.page_pass import Rule
from ..privacy.wording import Wording
from .judging import judge_of
from .marks import NAMES, MarkLinks, Marks


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule that marks links."""
    wording = Wording("third_party_links", site.theme, site.language)

    @lru_cache(maxsize=64)
    def marks(language: str) -> Marks:
        return Marks(
            {name: wording.render("icon.html", language, name=name) for name in NAMES},
            {name: wording.render("description.html", language, name=name) for name in (*NAMES, "new")},
            {name: " " + wording.render("spoken.html", language, name=name) for name in NAMES},
            " " + wording.render("new-tab.html", language),
        )

    return [(MARK, MarkLinks(marks, judge_of(site.declaration)))]
