"""Security headers: what the declaration lets through is all that browsers let through.

Registered, it promises one Content Security Policy that follows from the declaration, in a `<meta>` of every page and
in `_headers` for hosts that read that file, together with the other headers; and the same as snippets for nginx and
Caddy in `build/headers/`.
"""

from __future__ import annotations

from .. import privacy
from ..privacy import extension
from .glue import files, judge, rules, settings, write_snippets

__all__ = ["register"]


def register() -> None:
    """Connect to the core."""
    privacy.register()
    extension.settings_wanted.connect(settings)
    extension.rules_wanted.connect(rules)
    extension.files_wanted.connect(files)
    extension.output_staged.connect(judge)
    extension.output_accepted.connect(write_snippets)
