"""Marks the links that leave the company's own sites, for eyes and for screen readers.

Registered, it promises that every link to a partner or third party says so: by `rel`, by an icon that is
not announced, and by a description that is. Own links, relative or absolute, stay as they are.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import rules

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.rules_wanted.connect(rules)
