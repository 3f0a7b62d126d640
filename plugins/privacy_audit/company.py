"""The check that no real company publishes the data of the made-up one."""

from __future__ import annotations

from collections.abc import Iterator

from ..privacy import urls
from ..privacy.findings import Finding
from .checks import PLACEHOLDER_COMPANY
from .files import File

PLACEHOLDERS = ("Example Systems", "Musterstraße", "Musterstadt", "Mustermann", "Beispielplatz", "Musterland")
"""What the content of this repository calls its made-up company, its people and its places."""

_RESERVED = ("example", "test", "invalid", "localhost")
_RESERVED_DOMAINS = frozenset({"example.com", "example.org", "example.net", "example.edu"})


def is_real(host: str) -> bool:
    """Whether a host is somebody's: no name reserved for examples (RFC 2606, RFC 6761), no address of a machine."""
    domain = urls.registrable_domain(host)
    return domain is not None and domain not in _RESERVED_DOMAINS and host.rpartition(".")[2] not in _RESERVED


def placeholder_company(file: File) -> Iterator[Finding]:
    """A name or an address of the made-up company, on a site under a real domain.

    Example: PRIVACY["site"] = "https://www.my-company.de", and an imprint that says "Musterstraße 1"
    """
    if not file.site.is_real or not file.is_page:
        return
    for name in PLACEHOLDERS:
        if name in file.text:
            yield Finding(
                PLACEHOLDER_COMPANY,
                f"This page says “{name}”, which belongs to the made-up company of the example.",
                "Write your own company's data, in content/ and in pelicanconf.py.",
                page=file.name,
                evidence=name,
                subject=name,
            )
