"""What is found about the addresses of links: hosts that are not what they seem, addresses that lead nowhere.

Pure. Sources: WHATWG URL Standard; UTS #39, Unicode security mechanisms.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..privacy.catalogue import catalogue
from ..privacy.declaration import Declaration
from ..privacy.findings import Check
from ..privacy.idn import in_unicode, is_deceptive, shown_host, skeleton
from ..privacy.urls import Address, registrable_domain
from .checks import HIDDEN_DESTINATION, LOCAL_LINK, LOOK_ALIKE_LINK, MISLEADING_LINK, MIXED_SCRIPT_HOST

_REMEMBERED = 4_096
_ENDS = frozenset(("", "/", "?", "#", ":"))
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))


class Said(NamedTuple):
    """One thing to be said of a link: the check, the sentence after the link's tag, and the way out."""

    check: Check
    what: str
    way_out: str


class Redirectors(NamedTuple):
    """What hides where it leads: hosts, and folders of the company's own hosts."""

    hosts: frozenset[str]
    paths: tuple[str, ...]


@lru_cache(maxsize=1)
def redirectors() -> Redirectors:
    """Return what is known to hide where it leads."""
    with Path(__file__).with_name("redirectors.toml").open("rb") as file:
        table = tomllib.load(file)
    return Redirectors(frozenset(table["hosts"]), tuple(table["paths"]))


def is_own_redirector(path: str) -> bool:
    """Whether a path of one of the company's own hosts lies in a folder from which visitors are sent on."""
    return path.startswith(redirectors().paths) and path not in redirectors().paths


Judge = Callable[[str, Address], tuple[Said, ...]]


def judge_of(declaration: Declaration) -> Judge:
    """Return a function from an address as written and as read to what is to be said of it. It remembers hosts."""
    names, is_previewed = _names(declaration), _is_local(declaration.host)

    @lru_cache(maxsize=_REMEMBERED)
    def of_host(host: str) -> tuple[Said, ...]:
        return (*_of_host(host, names), *(() if is_previewed or not _is_local(host) else (_local(host),)))

    def judge(raw: str, address: Address) -> tuple[Said, ...]:
        found = of_host(address.host)
        reason = "" if _is_plain(raw, address) else oddity(raw, address)
        return (*found, _misleading(address.host, reason)) if reason else found

    return judge


def _names(declaration: Declaration) -> Mapping[str, str]:
    """Return the names that others may want to look like, by what they look like."""
    privacy = declaration.privacy
    known = [
        declaration.host,
        *privacy.first_party,
        *(host for partner in privacy.partners for host in partner.hosts),
    ]
    known += [pattern.host for service in (*declaration.services, *catalogue()) for pattern in service.hosts]
    domains = (registrable_domain(host.lstrip("*.")) for host in known)
    return {skeleton(domain): domain for domain in domains if domain is not None}


def _of_host(host: str, names: Mapping[str, str]) -> Iterable[Said]:
    if host in redirectors().hosts:
        yield Said(
            HIDDEN_DESTINATION,
            f"leads to {host}, which sends visitors on to an address that nobody sees before.",
            "Write the address to which it leads in the end.",
        )
    if is_deceptive(host):
        yield Said(
            MIXED_SCRIPT_HOST,
            f"leads to {shown_host(host)}, a name that mixes alphabets or imitates Latin letters.",
            "Make sure that this is the host that is meant; write its name as its owner does.",
        )
    imitated = _imitated(host, names)
    if imitated:
        yield Said(
            LOOK_ALIKE_LINK,
            f"leads to {shown_host(host)}, which looks like {imitated} and is not.",
            "Correct the address, or make sure that this host is meant.",
        )


def _is_local(host: str) -> bool:
    """Whether a host is the machine of whoever asks. Source: RFC 6761, section 6.3; RFC 1122, 3.2.1.3; RFC 4291."""
    is_number = host.replace(".", "").isdigit()
    return host in ("localhost", "[::1]") or host.endswith(".localhost") or (is_number and host.startswith("127."))


def _local(host: str) -> Said:
    return Said(
        LOCAL_LINK,
        f"leads to {host}, which is the machine of whoever follows it.",
        "Link to the source file, such as [text]({filename}/pages/about.md); or give the address on the web.",
    )


def _imitated(host: str, names: Mapping[str, str]) -> str:
    """Return the known name that a host looks like, or begins with, or nothing."""
    domain = registrable_domain(host) or host
    looks_like = names.get(skeleton(domain), domain)
    if looks_like != domain:
        return looks_like
    before = host.removesuffix(domain)
    return next((name for name in names.values() if f".{before}".find(f".{name}.") != -1), "")


def _is_plain(raw: str, address: Address) -> bool:
    """Whether an address is written as nearly all are: scheme, two slashes, and the very host."""
    start = f"{address.scheme}://{address.host}"
    return raw.startswith(start) and raw[len(start) : len(start) + 1] in _ENDS and "\\" not in raw


def has_user_name(address: Address) -> bool:
    """Whether an address has a user name, or a password, before its host."""
    return "@" in address.href.partition("://")[2].partition("/")[0]


def oddity(raw: str, address: Address) -> str:
    """Return why people may read another host in an address than browsers do, or nothing."""
    bare = raw.strip(_CONTROLS_AND_SPACE)
    front = bare.partition("?")[0].partition("#")[0]
    if has_user_name(address):
        return "what stands before the @ is a user name"
    if "\\" in front:
        return "browsers read a backslash as a slash"
    if any(character in front for character in "\t\n\r"):
        return "browsers leave out tabs and line breaks"
    scheme, colon, rest = front.partition(":")
    has_scheme = bool(colon) and scheme.lower() == address.scheme
    if has_scheme and (not rest.startswith("//") or rest.startswith("///")):
        return "browsers do not count the slashes after the scheme"
    written = (rest if has_scheme else front).lstrip("/").partition("/")[0].partition(":")[0]
    if "%" in written:
        return "the host is written in percent signs"
    is_number = address.host.replace(".", "").isdigit()
    is_absolute = has_scheme or front.startswith("//")
    return "the host is a number" if is_absolute and is_number and written.rstrip(".") != address.host else ""


def _misleading(host: str, reason: str) -> Said:
    readable = in_unicode(host)
    return Said(
        MISLEADING_LINK,
        f"leads to {shown_host(host) if readable != host else host}: {reason}.",
        "Write the address as https://, the host and the path.",
    )
