"""The privacy policy: a person's prose, the parts that follow from the declaration, and every version of it.

Registered, it promises that `content/privacy/policy.md`, in every language, shows what the site declares, says when
it was last updated by the date of its release, and is not published with a text or with facts that nobody
released; that every released version stays readable; and that `privacy.json` and `security.txt` say the same.
"""

from __future__ import annotations

from pelican.plugins import signals

from .. import privacy
from ..privacy import extension
from .glue import derived_files, fill_in_policies, leave_out_the_archive, sources_read, staged_findings
from .parts import own_parts

__all__ = ["register"]


def register() -> None:
    """Connect to the core and to Pelican."""
    privacy.register()
    signals.initialized.connect(leave_out_the_archive)
    signals.all_generators_finalized.connect(fill_in_policies)
    extension.policy_parts_wanted.connect(own_parts)
    extension.sources_read.connect(sources_read)
    extension.files_wanted.connect(derived_files)
    extension.output_staged.connect(staged_findings)
