"""Where the plugin meets the core: its rule, and its wording."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..privacy.extension import MARK, Site
from ..privacy.page_pass import Rule
from ..privacy.wording import Wording
from .marks import MarkLinks, Marks

CLASSES = ("partner", "third")


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule that marks links."""
    wording = Wording("third_party_links", site.theme, site.language)

    @lru_cache(maxsize=64)
    def marks(language: str) -> Marks:
        return Marks(
            wording.render("icon.html", language),
            {name: wording.render("description.html", language, name=name) for name in CLASSES},
            {name: " " + wording.render("spoken.html", language, name=name) for name in CLASSES},
        )

    return [(MARK, MarkLinks(marks))]
