"""Marks the links that leave the website, for eyes and for screen readers.

Registered, it promises that every link to another website of the company's, to a partner or to a third party says so:
by an icon that is not announced and by a description that is, and by `rel` where it leaves the company. Links to the
website itself, relative or absolute, stay as they are. The privacy policy tells what the marks mean.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import rules
from .policy_part import parts

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.rules_wanted.connect(rules)
    extension.policy_parts_wanted.connect(parts)
