"""What a build leaves for the report, beside the output: `build/result.json`, and the numbers of the last two
publications, by which a report tells what has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..privacy.extension import Accepted
from ..privacy.inventory import read_inventory
from ..privacy.records import as_record
from .numbers import numbers

RESULT, PUBLISHED, FORMER, INVENTORY = "result.json", "published.json", "formerly-published.json", "inventory.json"


def keep_result(accepted: Accepted) -> None:
    """Write down what was found; and for the production site, its numbers beside those of the publication before."""
    found = [as_record(finding) for finding in accepted.findings]
    write(accepted.record / RESULT, {"policies": dict(accepted.site.policies), "findings": found})
    if accepted.site_url != accepted.site.declaration.site:
        return
    current = numbers(accepted.site.declaration, read_inventory(accepted.record / INVENTORY))
    known = read(accepted.record / PUBLISHED)
    if known == current:
        return
    if known is not None:
        write(accepted.record / FORMER, known)
    write(accepted.record / PUBLISHED, current)


def read(path: Path) -> Any:
    """Return what stands in a file of JSON, or None where there is no such file."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def write(path: Path, value: object) -> None:
    """Write a file of JSON, whole or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
    temporary.replace(path)
