"""Amazon links: the right tag, a visible label, and the sentence that Amazon requires.

Registered, it promises that a link to an Amazon store for which the site has a tag carries that tag once,
says that it is a paid link, and that the page names the programme before the first such link. No other
host ever gets a tag.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import rules, settings_findings

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.settings_wanted.connect(settings_findings)
    extension.rules_wanted.connect(rules)
