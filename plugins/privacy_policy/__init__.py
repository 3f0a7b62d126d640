"""The privacy policy: a person's prose, with the date of its last update as its author declared it.

Registered, it promises that `content/privacy/policy.md`, in every language, says when it was last updated,
by the date it declares and never by a file's time stamp.
"""

from __future__ import annotations

from pelican.plugins import signals

from .. import privacy
from .glue import fill_in_policies

__all__ = ["register"]


def register() -> None:
    """Connect to the core and to Pelican."""
    privacy.register()
    signals.all_generators_finalized.connect(fill_in_policies)
