"""What visitors get besides the pages: the script and the style sheet, minified, and the word on privacy signals.

Nothing of it is written for a site that asks for no consent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from turbohtml.clean import minify_css, minify_js

from ..privacy.extension import Rendered

STATIC = Path(__file__).with_name("static")
SCRIPT, STYLE = "consent.js", "consent.css"
GPC = ".well-known/gpc.json"
_PARTS = ("state.js", "page.js")


def files(rendered: Rendered) -> Mapping[str, bytes]:
    """Return the runtime, beside the theme's files, and `gpc.json`; nothing for a site that asks for no consent."""
    site = rendered.site
    if not site.declaration.asks_consent:
        return {}
    folder = site.settings["THEME_STATIC_DIR"]
    return {
        f"{folder}/{SCRIPT}": script().encode(),
        f"{folder}/{STYLE}": style().encode(),
        GPC: gpc_support(site.policy_updated).encode(),
    }


def script() -> str:
    """Return the script: its two parts in one function, minified."""
    parts = "\n".join((STATIC / name).read_text("utf-8") for name in _PARTS)
    return minify_js(f"(() => {{\n{parts}\n}})();")


def style() -> str:
    """Return the style sheet, minified."""
    return minify_css((STATIC / STYLE).read_text("utf-8"))


def gpc_support(policy_updated: str) -> str:
    """Return the site's word that it abides by Global Privacy Control.

    Its date is that of the policy, which says how the signal is treated; left out where there is none. Source:
    https://w3c.github.io/gpc/#gpc-support-resource (`gpc` is required, `lastUpdate` a full-date of RFC 3339).
    """
    support: dict[str, object] = {"gpc": True}
    if _is_full_date(policy_updated):
        support["lastUpdate"] = policy_updated
    return json.dumps(support) + "\n"


def _is_full_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
