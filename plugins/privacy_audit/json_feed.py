"""The HTML in the entries of a JSON Feed. Source: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import json
from collections.abc import Iterator

_VERSION = "https://jsonfeed.org/version/"


def entries_of(text: str) -> Iterator[str]:
    """Yield the HTML of the entries, or nothing where a text is no JSON Feed."""
    if _VERSION not in text.replace("\\/", "/"):
        return
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return  # no reader of feeds reads it either
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        html = item.get("content_html") if isinstance(item, dict) else None
        if isinstance(html, str):
            yield html
