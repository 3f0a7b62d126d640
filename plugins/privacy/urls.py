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
        url = ada_url.URL(raw, base=base)
    except ValueError:
        return None
    except UnicodeEncodeError:  # a lone surrogate: no browser gets one from a UTF-8 file
        return None
    return Address(url.protocol[:-1], url.hostname.rstrip("."), url.pathname, url.href)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str | None:
    """Return the domain somebody registered to own `host`, or None for an IP address, a single label,
    or a host that is itself a public suffix.

    The list's private section counts: two customers of one hosting company are strangers.
    Source: publicsuffix.org, bundled with the library.
    """
    if not host or host.startswith("[") or _is_ip_address(host):
        return None
    domain: str | None = _suffixes().privatesuffix(host)
    return domain


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
