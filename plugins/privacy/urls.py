"""Read URLs as browsers do, and tell whose they are."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import ada_url
from publicsuffixlist import PublicSuffixList

WEB_SCHEMES = frozenset({"http", "https", "ws", "wss", "ftp"})


class Party(StrEnum):
    """Whose a URL is, seen from the site."""

    OWN = "own"
    FIRST_PARTY = "first-party"
    PARTNER = "partner"
    THIRD_PARTY = "third-party"
    NOT_WEB = "not-web"
    UNREADABLE = "unreadable"


class Address(NamedTuple):
    """An absolute URL as a browser reads it: `scheme` without the colon, `host` as ASCII without the
    trailing dot, `path` as written into the request, and the whole `href`."""

    scheme: str
    host: str
    path: str
    href: str


def read(raw: str, base: str) -> Address | None:
    """Return what a browser makes of `raw` in a document at `base`, or None where it gives up.

    `raw` is the attribute's value with its character references decoded. Source: WHATWG URL
    Standard, as implemented by ada.
    """
    try:
        href: str = ada_url.join_url(base, raw)
    except ValueError:  # or a lone surrogate, which no browser gets from a UTF-8 file
        return None
    scheme, _, rest = href.partition(":")
    if scheme not in WEB_SCHEMES:
        return Address(scheme, "", rest, href)
    # ada has written the URL in its one normal form: //user:password@host:port/path?query#fragment
    authority, _, path = rest[2:].partition("/")
    host = authority.rpartition("@")[2]
    end = host.find(":", host.find("]") + 1)
    if end != -1:
        host = host[:end]
    return Address(scheme, host.removesuffix("."), "/" + path.partition("#")[0].partition("?")[0], href)


def origin(address: Address) -> str:
    """Return the scheme, host and port of an address, as a Content Security Policy names them."""
    rest = address.href.partition("://")[2]
    end = min((position for mark in "/?#" if (position := rest.find(mark)) != -1), default=len(rest))
    return f"{address.scheme}://{rest[:end].rpartition('@')[2]}"


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str | None:
    """Return the domain somebody registered to own `host`, or None for an IP address, a single label,
    a host with an empty one, or a host that is itself a public suffix.

    The list's private section counts: two customers of one hosting company are strangers.
    Source: publicsuffix.org, bundled with the library.
    """
    if "" in host.split(".") or host.startswith("[") or _is_ip_address(host):
        return None
    domain: str | None = _suffixes().privatesuffix(host)
    return domain


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
