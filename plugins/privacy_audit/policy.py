"""The check of the published policy's date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from ..privacy.findings import Finding
from ..privacy_policy.checks import POLICY_DATE
from .checks import POLICY_DATE_PUBLISHED
from .files import Site

LOCK = "privacy.lock.json"


def _policies(site: Site) -> Iterator[tuple[str, LexborHTMLParser]]:
    for name in sorted(site.policies):
        yield name, LexborHTMLParser((site.folder / name).read_text("utf-8", "replace"))


def _released(site: Site) -> str | None:
    """Return the date of the last released version, or None where the site has no lock. What is wrong with a lock is
    the policy plugin's to tell (`policy-lock`)."""
    content = site.settings.get("PATH")
    path = Path(content).resolve().parent / LOCK if content else None
    if path is None or not path.is_file():
        return None
    try:
        return str(json.loads(path.read_text("utf-8"))["versions"][-1]["date"])
    except (ValueError, LookupError, TypeError):
        return None


def policy_date_published(site: Site) -> Iterator[Finding]:
    """A published policy that tells another date than the last released version has in the lock.

    Example: <time datetime="2018-05-03"> on the page, and "date": "2018-05-25" in privacy.lock.json
    """
    is_told = POLICY_DATE.name in site.told  # of the source's date, which is the page's as well
    released = _released(site) if "privacy_policy" in site.plugins and not is_told else None
    if released is None:
        return
    for name, tree in _policies(site):
        shown = [node.attributes.get("datetime") or "" for node in tree.css(".policy-updated time")]
        if shown != [released]:
            said = ", ".join(shown) or "no date"
            yield Finding(
                POLICY_DATE_PUBLISHED,
                f"The published policy tells {said} as its date, and the version that was released last is of "
                f"{released}.",
                "Release the policy: privacy policy release; the page takes its date from there.",
                page=name,
                subject=said,
            )
