"""The core: one declaration of third parties, one pass over every page, and a build that fails closed.

Registered, it promises that no page or feed entry is written before it went through the pass, that no
source file is dropped in silence, and that the site is published whole or not at all.
"""

from __future__ import annotations

from pelican.plugins import signals

from .pelican_glue import pass_feed, prepare_contents, require_safe_pelican, write_waiting, writer
from .safe_pelican import SafePelican

__all__ = ["SafePelican", "register"]


def register() -> None:
    """Connect to Pelican's signals. May be called by every plugin that needs the core."""
    signals.initialized.connect(require_safe_pelican)
    signals.get_writer.connect(writer)
    signals.feed_generated.connect(pass_feed)
    signals.finalized.connect(write_waiting)
    signals.all_generators_finalized.connect(prepare_contents)
