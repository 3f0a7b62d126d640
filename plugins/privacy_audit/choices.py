"""On which pages the deep form of the audit has to click the banner. Pure: files in, names out.

What a click sets going is decided by the programs of a page, by what sleeps in it and by its banner. Of pages that
have the same of all of them, the first one is clicked on; the others are opened with the answer that it left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..privacy.scripts import is_program
from .files import may_handle
from .reading import lowered

_DECIDES = (
    "script,template,iframe,frame,object,embed,base,meta[http-equiv],"
    "[data-consent],[data-consent-open],[data-consent-choice],[data-gate-load]"
)
_OBEYED = ("importmap", "speculationrules")


def choosers(folder: Path, pages: Iterable[str]) -> dict[str, str]:
    """Return for each page the one on which its choice is made: itself, one on which a click does the same, or, where
    it has no privacy settings (a copied page), the first of the site that has. Without any, there is no choice."""
    first: dict[bytes, str] = {}
    found: dict[str, str] = {}
    without = []
    for page in pages:
        key = _key((folder / page).read_bytes())
        if key is None:
            without.append(page)
        else:
            found[page] = first.setdefault(key, page)
    anywhere = next(iter(found.values()), None)
    return found if anywhere is None else {**found, **dict.fromkeys(without, anywhere)}


def _key(html: bytes) -> bytes | None:
    """Return what decides about a click on a page, or None where it has no privacy settings."""
    text = html.decode("utf-8", "replace")
    tree = LexborHTMLParser(text)
    if tree.css_first("[data-consent]") is None or tree.css_first("[data-consent-open]") is None:
        return None
    deciding = [node.html or "" for node in tree.css(_DECIDES) if not _is_data(node)]
    parts = [text] if may_handle(lowered(text)) else deciding
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()


def _is_data(node: LexborNode) -> bool:
    """Whether a script element holds data that no browser obeys, such as those for search engines."""
    kind = node.attributes.get("type") or ""
    return node.tag == "script" and not is_program(kind) and kind.strip().lower() not in _OBEYED
