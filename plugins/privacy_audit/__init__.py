"""The audit: reads everything that would be published, with another parser than the page pass, and judges it.

Registered, it promises that no file of the output, copied ones included, loads something undeclared or
something that does not wait for consent, and that no internal link leads nowhere.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import judge

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.output_staged.connect(judge)
