"""The report: one page that shows where data goes, and what stands behind each statement of the policy.

Registered, it promises that a successful build leaves what the command `privacy report` needs: what was found, and,
where it publishes, the numbers by which the next report tells what has changed.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .results import keep_result

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.output_accepted.connect(keep_result)
