"""Files in a packed form as well, which nginx and Caddy send without packing them anew for each visitor.

Registered, it promises that every text of the published site that is worth it has its `.gz` beside it, made of the
very bytes that were judged, and the same for the same bytes.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .packing import pack

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.output_accepted.connect(_pack)


def _pack(accepted: extension.Accepted) -> None:
    pack(accepted.folder)
