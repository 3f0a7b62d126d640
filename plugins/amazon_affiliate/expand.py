"""Where Amazon's short links lead, which nobody can see in them.

Only `privacy links --expand` asks that, from the machine on which it runs, and writes down what it learns. No build
and no audit does. Only hosts of short links are asked; the store to which they lead is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Annotated
from urllib.parse import quote
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from pydantic import AfterValidator, TypeAdapter, ValidationError

from ..privacy.build import RECORD
from ..privacy.facts import Entry
from ..privacy.files import write_json
from ..privacy.idn import shown_host
from ..privacy.urls import Address, origin, read
from .judging import Judge
from .links import Kind, Store, amazon_link

KNOWN = Path(RECORD, "short-links.json")
MOST_REQUESTS = 5
"""How many short links, one behind the other, are asked."""
SECONDS = 10
USER_AGENT = "privacy-true-site (privacy links --expand)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TAKES_NO_HEAD = frozenset({405, 501})

Ask = Callable[[str], str | None]
"""Given an address, returns the one that its host names instead (`Location`), or None. May raise `NotLearnt`."""


class NotLearnt(Exception):
    """Where a short link leads could not be learnt; the reason is a part of a sentence."""


def ask_host(url: str) -> str | None:
    """Ask the host of an address on the web where it leads, by HEAD, or by GET where it takes no HEAD; the only `Ask`
    with a network. Nothing is followed, no cookie sent or kept, no certificate excused. The proxy of the environment
    is used. Raises `NotLearnt` where nothing answers in time, or what answers says that it cannot."""
    try:
        status, location = _answer(url, "HEAD")
        if status in _TAKES_NO_HEAD:
            status, location = _answer(url, "GET")
    except OSError as error:
        raise NotLearnt(f"{url} does not answer ({getattr(error, 'reason', error)})") from error
    except HTTPException as error:
        raise NotLearnt(f"what {url} answers is not HTTP ({type(error).__name__})") from error
    if status >= 400:
        raise NotLearnt(f"{url} answers with the error {status}")
    if status not in _REDIRECTS or location is None:
        return None
    return location.encode("latin-1").decode("utf-8", "replace")  # as browsers read it


def _answer(url: str, method: str) -> tuple[int, str | None]:
    """Return status and `Location` of what the host of an address answers; the rest is not read."""
    opener = OpenerDirector()  # bare: it follows nothing, keeps no cookies, opens no files
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    request = Request(url, headers={"User-Agent": USER_AGENT}, method=method)  # noqa: S310  # http(s), see `_web`
    with opener.open(request, timeout=SECONDS) as answer:
        return answer.status, answer.headers["Location"]


def destination(short: str, ask: Ask) -> str:
    """Return the first address on the way of a short link that is none itself. That one is not asked any more.

    short: as `short_address` gives it. Raises `NotLearnt`.
    """
    way = [short]
    while len(way) <= MOST_REQUESTS:
        address = _next(way[-1], ask)
        if not _is_short(address):
            return address.href
        following = _asked(address)
        if following in way:
            raise NotLearnt(f"{way[-1]} leads in a circle, back to {following}")
        if address.scheme != "https":
            raise NotLearnt(f"{way[-1]} leads on without encryption, to {following}")
        way.append(following)
    raise NotLearnt(f"more than {MOST_REQUESTS} short links stand one behind the other")


def _next(current: str, ask: Ask) -> Address:
    location = ask(current)
    if location is None:
        raise NotLearnt(f"the answer of {current} names no other address")
    address = _web(location, current)
    if address is None:
        raise NotLearnt(f"{current} leads to what is no address on the web")
    return address


def short_address(raw: str, base: str) -> str | None:
    """Return what the host of a short link of Amazon's is asked for: its address without user name and fragment. None
    where a link is none of these."""
    address = _web(raw, base)
    return _asked(address) if address is not None and _is_short(address) else None


def _asked(address: Address) -> str:
    path = address.href.partition("://")[2].partition("/")[2]
    return f"{origin(address)}/{path.partition('#')[0]}"


def _is_short(address: Address) -> bool:
    amazon = amazon_link(address)
    return amazon is not None and amazon.kind is Kind.SHORT


def _web(raw: str, base: str) -> Address | None:
    """Return a readable address of http or https, to which alone a request is made."""
    address = read(raw, base)
    return address if address is not None and address.scheme in ("http", "https") else None


def _on_the_web(url: str) -> str:
    if _web(url, url) is None:
        raise ValueError("it is no address on the web")
    return url


class Destination(Entry):
    """Where a short link leads: an address on the web, and the day on which that was asked."""

    url: Annotated[str, AfterValidator(_on_the_web)]
    asked: date


_DESTINATIONS = TypeAdapter(dict[str, Destination])


def read_known(path: Path) -> dict[str, Destination]:
    """Return what is known of short links, by the addresses that `short_address` gives. Raises `OSError` where the
    file cannot be read, `ValueError` where it holds something else."""
    try:
        return _DESTINATIONS.validate_json(path.read_bytes()) if path.exists() else {}
    except ValidationError as error:
        raise ValueError("it is no list of short links") from error


def learn(
    addresses: Iterable[str], known: MutableMapping[str, Destination], path: Path, today: date, ask: Ask = ask_host
) -> list[str]:
    """Ask where those of the short links lead that are not `known` yet, and write what is known then to `path`, also
    where this is interrupted. Return a sentence for each of which it could not be learnt. Raises `OSError` where
    `path` cannot be written."""
    wanted = sorted({*addresses} - known.keys())
    failures = []
    try:
        for address in wanted:
            try:
                known[address] = Destination(url=destination(address, ask), asked=today)
            except NotLearnt as reason:
                failures.append(f"Where {address} leads could not be learnt: {reason}.")
    finally:
        if not known.keys().isdisjoint(wanted):
            write_json(path, _DESTINATIONS.dump_python(dict(sorted(known.items())), mode="json"))
    return failures


def verdict(url: str, judge: Judge) -> str:
    """Return what a short link is that leads to `url`, the address of a `Destination`: the host and, where that is a
    store, whose tags it carries."""
    address = _web(url, url)
    assert address is not None, "a destination is on the web"
    amazon, leads = amazon_link(address), f"short link to {shown_host(address.host)}"
    if amazon is None or amazon.store is None:
        return leads
    tags = [_tag_in_words(tag, amazon.store, judge) for tag in dict.fromkeys(amazon.tags)]
    return ", ".join((leads, *(tags or ["no tag"])))


def _tag_in_words(tag: str, store: Store, judge: Judge) -> str:
    shown = quote(tag)  # a stranger may have written it, and it goes to a terminal
    if judge.is_foreign(tag):
        return f"foreign tag {shown}"
    return f"own tag {shown}" + (" of another store" if judge.is_for_another_store(tag, store) else "")
