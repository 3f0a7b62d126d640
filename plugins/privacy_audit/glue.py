"""Where the audit meets the core: it is asked when the output is finished, before it is published."""

from __future__ import annotations

from ..privacy.extension import Staged
from ..privacy.findings import Finding
from .output import audit


def judge(staged: Staged) -> list[Finding]:
    """Return what is wrong with the finished output."""
    return audit(staged)
