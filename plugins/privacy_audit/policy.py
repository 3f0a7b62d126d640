"""Checks of the published policy: its date is the one that was released, and it speaks of what the site does, and of
nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from ..privacy.findings import Finding
from .checks import POLICY_DATE_PUBLISHED, POLICY_EVIDENCE
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
    released = _released(site) if "privacy_policy" in site.plugins else None
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


def policy_evidence(site: Site) -> Iterator[Finding]:
    """A service, or affiliate links, that the policy speaks of and the site does not use; or the other way round.

    Example: a page with a film of YouTube, and a list of services in the policy that lacks YouTube
    """
    if "privacy_policy" not in site.plugins:
        return
    for name, tree in _policies(site):
        parts = {node.attributes.get("data-policy-part") or "" for node in tree.css("[data-policy-part]")}
        declares = {node.attributes.get("data-declares") or "" for node in tree.css("[data-declares]")}
        told = {item.removeprefix("service:") for item in declares if item.startswith("service:")}
        declared = {service.id for service in site.declaration.services}  # of these, unused-service tells
        for service in sorted(told - site.used - declared):
            yield _finding(name, f"speaks of the service “{service}”, which no page uses.")
        for service in sorted(site.used - told) if "services" in parts else ():
            yield _finding(name, f"lacks the service “{service}”, which the site uses.")
        if "amazon_affiliate" not in site.plugins:
            continue  # whoever judges the links is not there
        if "affiliate" in parts and not site.paid:
            way_out = "Take the tags out of AMAZON_TAGS in pelicanconf.py, or link to a product."
            yield _finding(name, "speaks of affiliate links, and no page has one.", way_out)
        if parts and "affiliate" not in parts and site.paid:
            yield _finding(name, "does not speak of affiliate links, and the site has some.")


_AGAIN = "Build the site again from one declaration; the policy's parts (such as [privacy:services]) follow from it."


def _finding(name: str, what: str, way_out: str = _AGAIN) -> Finding:
    return Finding(
        POLICY_EVIDENCE,
        f"The published policy {what}",
        way_out,
        page=name,
        subject=what,
    )
