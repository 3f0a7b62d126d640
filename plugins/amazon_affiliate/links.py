"""Amazon addresses: which store one leads to, which tag it carries, and the address with the right tag.

Pure: text in, text out. Sources: Amazon's rules as collected in the Associates Operating Agreement and the
product advertising documentation; the parsed host decides, never the raw text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

_STORE_LABELS = frozenset({"www", "m", "smile"})
_TAG_KEYS = frozenset({"tag", "associatetag"})
_UNTAGGED_PATHS = (
    "/gp/help/",
    "/ap/",
    "/gp/css/",
    "/gp/your-account",
    "/gp/cart",
    "/gp/sign-in",
    "/gp/flex/sign-out",
    "/privacy",
    "/photos",
)
_CART = "/gp/aws/cart/"


class Store(NamedTuple):
    """An Amazon store: its registrable domain, and whether the affiliate programme serves it."""

    host: str
    has_programme: bool


@lru_cache(maxsize=1)
def stores() -> dict[str, Store]:
    """Return the stores by their domain."""
    with Path(__file__).with_name("marketplaces.toml").open("rb") as file:
        table = tomllib.load(file)
    rows = [(entry["host"], True) for entry in table["programme"]]
    rows += [(entry["host"], False) for entry in table["no_programme"]]
    return {host: Store(host, has_programme) for host, has_programme in rows}


def store_of(host: str) -> Store | None:
    """Return the store that a parsed host (ASCII, lower case) is, or None: a service, look-alike or stranger."""
    label, _, rest = host.partition(".")
    return stores().get(host) or (stores().get(rest) if label in _STORE_LABELS else None)


def is_taggable(path: str) -> bool:
    """Whether a path on a store may carry a tag: not help, cart, account or sign-in."""
    return not any(path == prefix.rstrip("/") or path.startswith(prefix) for prefix in _UNTAGGED_PATHS)


class Query(NamedTuple):
    """A raw address, cut before the query and before the fragment."""

    before: str
    query: str | None
    fragment: str


def cut(raw: str) -> Query:
    """Cut a raw address. Joined again by `joined`, it is byte for byte what it was."""
    rest, mark, fragment = raw.partition("#")
    before, question, query = rest.partition("?")
    return Query(before, query if question else None, mark + fragment)


def tags_in(raw: str, path: str) -> list[str]:
    """Return every affiliate tag of an address, decoded: all `tag` and `AssociateTag` parameters, and the
    old forms in the path. An empty one counts as none."""
    found = []
    for pair in (cut(raw).query or "").split("&"):
        key, _, value = pair.partition("=")
        if unquote_plus(key).strip().lower() in _TAG_KEYS and value:
            found.append(unquote_plus(value).strip())
    parts = [unquote(part) for part in path.split("/") if part]
    if [part.lower() for part in parts[:2]] == ["exec", "obidos"] and len(parts) > 4:
        found.append(parts[4])
    elif len(parts) > 1 and parts[-2].lower().startswith("ref="):
        found.append(parts[-1])
    return [tag for tag in found if tag]


def with_tag(raw: str, path: str, tag: str) -> str:
    """Return the address with the tag appended last in the query, before the fragment. Nothing else changes."""
    before, query, fragment = cut(raw)
    key = "AssociateTag" if path.lower().startswith(_CART) else "tag"
    pair = f"{key}={quote(tag, safe='-._~')}"
    if query is None:
        return f"{before}?{pair}{fragment}"
    separator = "" if not query or query.endswith("&") else "&"
    return f"{before}?{query}{separator}{pair}{fragment}"


def tag_for(store: Store, tags: Mapping[str, str]) -> str | None:
    """Return the site's tag for a store, or None where it has none or the store has no programme."""
    return tags.get(store.host) if store.has_programme else None
