"""The privacy policy: a person's prose, with the date of its last update as its author declared it.

Registered, it promises that `content/privacy/policy.md`, in every language, says when it was last updated,
by the date it declares and never by a file's time stamp.
"""

from __future__ import annotations

from pelican.plugins import signals

from .. import privacy
from ..privacy import extension
from .glue import derived_files, fill_in_policies, staged_findings

__all__ = ["register"]


def register() -> None:
    """Connect to the core and to Pelican."""
    privacy.register()
    signals.all_generators_finalized.connect(fill_in_policies)
    extension.files_wanted.connect(derived_files)
    extension.output_staged.connect(staged_findings)
