"""Amazon addresses: which store one leads to, which tag it carries, and the address with the right tag.

Pure: text in, text out. Sources: Amazon's rules as collected in the Associates Operating Agreement and the
product advertising documentation; the parsed host decides, never the raw text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

_STORE_LABELS = frozenset({"www", "m", "smile"})
_TAG_KEYS = frozenset({"tag", "associatetag"})
_UNTAGGED_PATHS = (
    "/gp/help",
    "/ap",
    "/gp/css",
    "/gp/your-account",
    "/gp/cart",
    "/gp/sign-in",
    "/gp/flex/sign-out",
    "/privacy",
    "/photos",
)
_AFTER_A_NAME = frozenset({"", "/", "."})
_CART = "/gp/aws/cart/"
_OLD_PATHS = (("exec", "obidos", "asin"), ("o", "asin"))
_IGNORED_AT_THE_END = "".join(map(chr, range(0x21)))
"""What browsers drop at the end of an address: control characters and spaces."""


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
    """Whether a path on a store may carry a tag: not help, cart, account or sign-in, in any language (`/-/en/…`)."""
    if path.startswith("/-/"):
        path = "/" + path[len("/-/") :].partition("/")[2]
    return not path.startswith(_UNTAGGED_PATHS) or not any(
        path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in _AFTER_A_NAME for prefix in _UNTAGGED_PATHS
    )


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


def tags_in(href: str, path: str) -> list[str]:
    """Return every affiliate tag of an address as a browser reads it, decoded: all `tag` and `AssociateTag`
    parameters, and the old forms in the path. An empty one counts as none."""
    found: list[str] = []
    for pair in (cut(href).query or "").split("&") if "?" in href else ():
        key, _, value = pair.partition("=")
        if unquote_plus(key).strip().lower() in _TAG_KEYS and value:
            found.append(unquote_plus(value).strip())
    lowered = path.lower()
    if "/ref" in lowered or "/asin/" in lowered:
        found.extend(_tags_in_path([unquote(part) for part in path.split("/") if part]))
    return [tag for tag in found if tag]


def _tags_in_path(parts: list[str]) -> Iterator[str]:
    """Yield the tag of `/…/ref=x/TAG`, or of `/exec/obidos/ASIN/B000000000/TAG` and its short form `/o/ASIN/…`."""
    lowered = tuple(part.lower() for part in parts)
    if len(parts) > 1 and lowered[-2].startswith("ref="):
        yield parts[-1]
    for prefix in _OLD_PATHS:
        place = len(prefix) + 1  # the ASIN stands between the prefix and the tag
        if lowered[: len(prefix)] == prefix and len(parts) > place and not lowered[place].startswith("ref="):
            yield parts[place]


def with_tag(raw: str, path: str, tag: str) -> str:
    """Return the address with the tag appended last in the query, before the fragment. Nothing else changes."""
    address = raw.rstrip(_IGNORED_AT_THE_END)
    before, query, fragment = cut(address)
    fragment += raw[len(address) :]
    key = "AssociateTag" if path.lower().startswith(_CART) else "tag"
    pair = f"{key}={quote(tag, safe='-._~')}"
    if query is None:
        return f"{before}?{pair}{fragment}"
    separator = "" if not query or query.endswith("&") else "&"
    return f"{before}?{query}{separator}{pair}{fragment}"


def tag_for(store: Store, tags: Mapping[str, str]) -> str | None:
    """Return the site's tag for a store, or None where it has none or the store has no programme."""
    return tags.get(store.host) if store.has_programme else None
