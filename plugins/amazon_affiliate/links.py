"""Amazon addresses: what one leads to, which tags it carries, and the address with or without a tag.

Pure: text in, text out. Sources: Amazon's rules as collected in the Associates Operating Agreement and the
product advertising documentation; the parsed host decides, never the raw text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, unquote_plus

from ..privacy.idn import skeleton
from ..privacy.urls import Address, registrable_domain

_STORE_LABELS = frozenset({"www", "m", "smile"})
_TAG_KEYS = frozenset({"tag", "associatetag"})
_ATTRIBUTION_KEY, _ATTRIBUTION_KEYS = "maas", "aa_"
# The key, and how the others begin, in links of Amazon Attribution, by which advertisers measure. Source: answers of
# advertising-api.amazon.com/attribution/tags, as public documentation of that interface quotes them; read 2026-11.
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
_IGNORED_INSIDE = str.maketrans("", "", "\t\n\r")
"""What browsers drop anywhere in an address."""


class Kind(StrEnum):
    """What an address of Amazon's, or one that looks so, leads to. Only a store may be tagged."""

    STORE = "store"
    SHORT = "short link"
    SERVICE = "Amazon service"
    LOOK_ALIKE = "look-alike"
    SUSPICIOUS = "suspicious"


class Store(NamedTuple):
    """An Amazon store: its registrable domain, and whether the affiliate programme serves it."""

    host: str
    has_programme: bool


class AmazonLink(NamedTuple):
    """What is known of an address that has to do with Amazon. tags: all tags that it carries, decoded, in their
    order, where a store is meant."""

    kind: Kind
    store: Store | None
    tags: tuple[str, ...]

    def pays(self, own_tags: frozenset[str]) -> bool:
        """Whether the site earns by the address as it stands."""
        return not own_tags.isdisjoint(self.tags)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with Path(__file__).with_name("marketplaces.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def stores() -> dict[str, Store]:
    """Return the stores by their domain."""
    rows = [(entry["host"], True) for entry in _table()["programme"]]
    rows += [(entry["host"], False) for entry in _table()["no_programme"]]
    return {host: Store(host, has_programme) for host, has_programme in rows}


def store_of(host: str) -> Store | None:
    """Return the store that a parsed host (ASCII, lower case) is, or None: a service, look-alike or stranger."""
    label, _, rest = host.partition(".")
    return stores().get(host) or (stores().get(rest) if label in _STORE_LABELS else None)


@lru_cache(maxsize=4096)
def kind_of(host: str) -> Kind | None:
    """Return what a parsed host is, or None where it has nothing to do with Amazon and does not look so."""
    if store_of(host) is not None:
        return Kind.STORE
    if host in _table()["short"]:
        return Kind.SHORT
    if _ends_in(host, (*stores(), *_table()["services"])) or is_ad_host(host):
        return Kind.SERVICE
    return Kind.LOOK_ALIKE if "amazon" in skeleton(host) else None


def _ends_in(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


@lru_cache(maxsize=4096)
def is_ad_host(host: str) -> bool:
    """Whether a host is one from which the HTML for Associates loads its pixels and pictures."""
    domain = registrable_domain(host) or ""
    return domain == _table()["ads"] or (domain.startswith("assoc-") and domain.removeprefix("assoc-") in stores())


def amazon_link(address: Address) -> AmazonLink | None:
    """Return what an address, as a browser reads it, has to do with Amazon, or None."""
    kind = kind_of(address.host)
    if kind is None or address.scheme not in ("http", "https"):
        return None
    if kind is not Kind.STORE:
        return AmazonLink(kind, None, ())
    tags = tuple(tags_in(address.href, address.path))
    authority = address.href.partition("://")[2].partition("/")[0]
    kind = Kind.SUSPICIOUS if "@" in authority or ":" in authority else kind
    return AmazonLink(kind, store_of(address.host), tags)


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
    """Cut a raw address. Joined again, it is byte for byte what it was."""
    rest, mark, fragment = raw.partition("#")
    before, question, query = rest.partition("?")
    return Query(before, query if question else None, mark + fragment)


def tags_in(href: str, path: str) -> list[str]:
    """Return every affiliate tag of an address as a browser reads it, decoded: all `tag` and `AssociateTag`
    parameters, and the old forms in the path. An empty one counts as none."""
    found: list[str] = []
    for pair in (cut(href).query or "").split("&") if "?" in href else ():
        tag = _tag_of(pair)
        if tag is not None:
            found.append(tag)
    lowered = path.lower()
    if "/ref" in lowered or "/asin/" in lowered:
        found.extend(_tags_in_path(_parts(path)))
    return [tag for tag in found if tag]


def _tag_of(pair: str) -> str | None:
    """Return the tag in one `key=value` of a query, decoded; None where it is another parameter."""
    key, _, value = pair.partition("=")
    return unquote_plus(value).strip() if unquote_plus(key).strip().lower() in _TAG_KEYS else None


def attribution_in(href: str) -> list[str]:
    """Return the keys of Amazon Attribution in the query of an address as a browser reads it, decoded, each once."""
    if "?" not in href or ("aa" not in href.lower() and "%" not in href):  # what every spelling of the keys has
        return []
    keys = (unquote_plus(pair.partition("=")[0]).strip() for pair in (cut(href).query or "").split("&"))
    return [key for key in dict.fromkeys(keys) if _is_of_attribution(key.lower())]


def _is_of_attribution(key: str) -> bool:
    return key == _ATTRIBUTION_KEY or key.startswith(_ATTRIBUTION_KEYS)


def _parts(path: str) -> list[str]:
    return [unquote(part) for part in path.split("/") if part]


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
    """Return the address with the tag appended last in the query, before the fragment. Nothing else changes.

    path: of the address as read. tag: one that `AMAZON_TAGS` takes, in which nothing has to be escaped.
    """
    address = raw.rstrip(_IGNORED_AT_THE_END)
    before, query, fragment = cut(address)
    fragment += raw[len(address) :]
    key = "AssociateTag" if path.lower().startswith(_CART) else "tag"
    pair = f"{key}={tag}"
    if query is None:
        return f"{before}?{pair}{fragment}"
    separator = "" if not query or query.endswith("&") else "&"
    return f"{before}?{query}{separator}{pair}{fragment}"


def without_tags(raw: str, path: str, is_unwanted: Callable[[str], bool]) -> str:
    """Return the address without the tags that are not wanted. Nothing else changes. path: of the address as read.

    What stood behind a tag in the path may be one now: ask again until nothing changes.
    """
    address = raw.rstrip(_IGNORED_AT_THE_END)
    before, query, fragment = cut(address)
    fragment += raw[len(address) :]
    if query is not None:
        pairs = query.split("&")
        tags = [_tag_of(pair.translate(_IGNORED_INSIDE)) for pair in pairs]
        kept = [pair for pair, tag in zip(pairs, tags, strict=True) if not tag or not is_unwanted(tag)]
        query = query if len(kept) == len(pairs) else "&".join(kept) or None
    for tag in _tags_in_path(_parts(path)):
        if is_unwanted(tag):
            before = _without_part(before, tag)
    return before + ("" if query is None else f"?{query}") + fragment


def _without_part(before: str, part: str) -> str:
    """Take the last part between slashes out that reads so."""
    end = len(before)
    while (start := max(before.rfind("/", 0, end), before.rfind("\\", 0, end))) > 0:
        if unquote(before[start + 1 : end].translate(_IGNORED_INSIDE)) == part:
            return before[:start] + before[end:]
        end = start
    return before


def tag_for(store: Store, tags: Mapping[str, str]) -> str | None:
    """Return the site's tag for a store, or None where it has none or the store has no programme."""
    return tags.get(store.host) if store.has_programme else None
