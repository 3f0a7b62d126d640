"""What an audit without a build has to find out: where the policy stands, and which source made which page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.contents import Page
from pelican.readers import Readers

from ..privacy.inventory import read_inventory
from ..privacy.safe_pelican import INVENTORY


def policies_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the path of the privacy policy in each language, as a build would publish it."""
    content = Path(settings["PATH"])
    readers = Readers(settings)
    found = {}
    for path in sorted(content.glob("privacy/policy.*")):
        if path.suffix.removeprefix(".") in readers.extensions:
            page = readers.read_file(base_path=str(content), path=str(path.relative_to(content)), content_class=Page)
            found[str(page.lang)] = str(page.url)
    return found


def sources_of(settings: Mapping[str, Any]) -> dict[str, list[Path]]:
    """Return the sources of every page of the last build, or nothing where none noted them: to tell places by, never
    to judge by."""
    root = Path(settings["PATH"]).resolve().parent
    try:
        pages = list(read_inventory(root / INVENTORY))
    except (OSError, ValueError):
        return {}
    return {page.page: [root / name for name in page.sources] for page in pages}
