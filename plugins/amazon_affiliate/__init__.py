"""Amazon links: the right tag, a visible label, and the sentence that Amazon requires.

Registered, it promises that a link to an Amazon store for which the site has a tag carries that tag once,
says that it is a paid link, and that the page names the programme before the first such link. No other
host ever gets a tag.
"""

from __future__ import annotations

from pelican import signals

from .. import privacy
from ..privacy import extension
from .glue import note_names_of_tags, rules, settings_findings
from .page_controls import apply_page_controls

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.settings_wanted.connect(settings_findings)
    extension.rules_wanted.connect(rules)
    signals.all_generators_finalized.connect(apply_page_controls)
    signals.all_generators_finalized.connect(note_names_of_tags)
