"""The numbers of the report: where data goes, per service and per page, before and after consent. Pure.

They are plain values, as they stand in `report.json`, and hold no time: the same site has the same numbers.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..privacy.catalogue import Service
from ..privacy.declaration import Declaration
from ..privacy.facts import NothingStored
from ..privacy.inventory import Inventory

FORMAT = 1
"""The version of the numbers; it changes when a key changes its meaning or goes."""

Numbers = dict[str, Any]


def numbers(declaration: Declaration, inventories: Iterable[Inventory]) -> Numbers:
    """Return the numbers of a site. inventories: what the build wrote down of its pages."""
    pages: list[dict[str, Any]] = []
    links: Counter[str] = Counter()
    linked: set[str] = set()
    for inventory in inventories:
        pages.append(_page(declaration, inventory))
        links.update(link.verdict for link in inventory.links)
        linked.update(link.host for link in inventory.links)
    return {
        "format": FORMAT,
        "site": declaration.site,
        "consent_revision": declaration.consent_revision if declaration.asks_consent else None,
        "hosts_before": sorted({host for page in pages for host in page["before"]}),
        "hosts_after": sorted({host for page in pages for hosts in page["after"].values() for host in hosts}),
        "services": [_service(service, pages) for service in declaration.services],
        "links": {"hosts": len(linked - {""}), "by_kind": dict(sorted(links.items()))},
        "pages": pages,
    }


def _page(declaration: Declaration, inventory: Inventory) -> dict[str, Any]:
    """Return what one page asks of whom: `before` any choice (hosts), and `after` consent (service → hosts)."""
    before: set[str] = set()
    after: dict[str, set[str]] = {}
    for load in inventory.loads:
        service, host = declaration.service(load.verdict), sys.intern(load.host)  # hosts are few, and pages many
        if service is not None and service.needs_consent:
            after.setdefault(service.id, set()).add(host)
        else:
            before.add(host)
    return {
        "page": inventory.page,
        "before": sorted(before),
        "after": {name: sorted(hosts) for name, hosts in sorted(after.items())},
        "linked": sorted({sys.intern(link.host) for link in inventory.links} - {""}),
    }


def _service(service: Service, pages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    on = [page for page in pages if service.id in page["after"]]
    return {
        "id": service.id,
        "name": service.name,
        "provider": service.provider,
        "country": service.country if isinstance(service.country, str) else service.country.value,
        "countries": list(service.countries),
        "purpose": service.purpose,
        "needs_consent": service.needs_consent,
        "sends": [item if isinstance(item, str) else dict(item) for item in service.sends],
        "stores": sorted({item.name for item in service.stored}),
        "stores_nothing": isinstance(service.stores, NothingStored),
        "hosts": sorted({pattern.host for pattern in service.hosts}),
        "hosts_before": sorted({host for page in pages for host in page["before"] if service.matches(host)}),
        "hosts_named_on_pages": sorted({host for page in on for host in page["after"][service.id]}),
        "pages": [page["page"] for page in on],
    }
