"""Forms: what visitors give of their own will, asked for by what is declared, and for nothing else.

Registered, it promises that a line `[form:contact]` becomes the declared form, with labels, with who receives what
for how long, and with consent where that is the basis; that it works without JavaScript; that the policy
says the same of it; and that no other form of a page asks for something or sends it somewhere undeclared.
"""

from __future__ import annotations

from pelican.plugins import signals

from .. import privacy
from ..privacy import extension
from .glue import place_forms, rules, settings_findings
from .policy_part import parts

__all__ = ["register"]


def register() -> None:
    """Connect to the core and to Pelican."""
    privacy.register()
    extension.settings_wanted.connect(settings_findings)
    extension.rules_wanted.connect(rules)
    extension.policy_parts_wanted.connect(parts)
    signals.all_generators_finalized.connect(place_forms)
