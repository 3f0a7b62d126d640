"""What a build leaves for the report, beside the output: where the policies are, and the numbers of the last two
publications, by which a report tells what has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..privacy.extension import Accepted
from ..privacy.files import write_json
from ..privacy.inventory import read_inventory
from .numbers import numbers

INVENTORY, AUDIT, BROWSER = "inventory.json", "audit.json", "browser.json"
POLICIES, PUBLISHED, FORMER = "policies.json", "published.json", "formerly-published.json"


def keep_result(accepted: Accepted) -> None:
    """Write down where the policies are; and for the production site, its numbers beside those of the publication
    before."""
    write_json(accepted.record / POLICIES, dict(accepted.site.policies))
    if accepted.site_url != accepted.site.declaration.site:
        return
    current = numbers(accepted.site.declaration, read_inventory(accepted.record / INVENTORY))
    known = read(accepted.record / PUBLISHED)
    if known == current:
        return
    if known is not None:
        write_json(accepted.record / FORMER, known)
    write_json(accepted.record / PUBLISHED, current)


def read(path: Path) -> Any:
    """Return what stands in a file of JSON, or None where there is no such file."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else None
