"""Consent: what a third party would load waits until the visitor agrees.

Registered, it promises that every load of a declared service sleeps in a template, that pages of a
site with such services carry the banner and the "privacy settings" control, and that a site without
them carries not one byte of it. Each wording of the question is kept beside the output.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import keep_questions, rules
from .runtime import files

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.rules_wanted.connect(rules)
    extension.files_wanted.connect(files)
    extension.output_accepted.connect(keep_questions)
