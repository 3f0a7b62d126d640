"""What changed between two published sites, by their numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_FACTS = ("provider", "country", "countries", "purpose", "needs_consent", "sends", "stores", "hosts")


class Change(NamedTuple):
    """One change. kind: the message that says it. subject: a service's name, a page, or nothing. was, now: the values
    where there are two, as lists of words."""

    kind: str
    subject: str = ""
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the changes, those of services first."""
    return [*_services(old, new), *_consent(old, new), *_pages(old, new)]


def _services(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = ({service["id"]: service for service in numbers["services"]} for numbers in (old, new))
    for name in sorted(after.keys() - before.keys()):
        yield Change("service_added", after[name]["name"])
    for name in sorted(before.keys() - after.keys()):
        yield Change("service_removed", before[name]["name"])
    for name in sorted(before.keys() & after.keys()):
        for fact in _FACTS:
            was, now = _words(before[name].get(fact)), _words(after[name].get(fact))
            if was != now:
                yield Change(f"fact_{fact}", after[name]["name"], was, now)


def _words(value: Any) -> tuple[str, ...]:
    """Return a fact as a list of words; a text in several languages as the first of them."""
    if isinstance(value, list):
        return tuple(word for item in value for word in _words(item))
    if isinstance(value, Mapping):
        return _words(next(iter(value.values()), ""))
    return (str(value),)


def _consent(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if old["consent_revision"] != new["consent_revision"] and new["consent_revision"] is not None:
        yield Change("asked_again")


def _pages(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = ({page["page"]: page for page in numbers["pages"]} for numbers in (old, new))
    if added := after.keys() - before.keys():
        yield Change("pages_added", now=tuple(sorted(added)))
    if removed := before.keys() - after.keys():
        yield Change("pages_removed", was=tuple(sorted(removed)))
    for name in sorted(before.keys() & after.keys()):
        was, now = before[name], after[name]
        if (was["before"], was["after"]) != (now["before"], now["after"]):
            yield Change("page_contacts", name, _contacts(was), _contacts(now))


def _contacts(page: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({*page["before"], *(host for hosts in page["after"].values() for host in hosts)}))
