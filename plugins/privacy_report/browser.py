"""What a browser saw, out of the record that `privacy audit --browser` leaves in `build/browser.json`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

FORMAT = 1
"""The version of the record that is understood here."""


class State(NamedTuple):
    """What a browser saw in one state of consent, on all pages: whom it contacted, what was stored on the device,
    and what the Content Security Policy blocked."""

    name: str
    pages: int
    hosts: tuple[str, ...]
    stored: tuple[str, ...]
    violations: tuple[str, ...]


def states_of(record: Mapping[str, Any] | None) -> list[State]:
    """Return what was seen, state by state; nothing where there is no record. Raises `ValueError` for a record of
    another version."""
    if record is None:
        return []
    if record.get("format") != FORMAT:
        raise ValueError("it was written by another version")
    seen: dict[str, list[Mapping[str, Any]]] = {}
    for states in record["pages"].values():
        for name, state in states.items():
            seen.setdefault(name, []).append(state)
    return [_state(name, pages) for name, pages in seen.items()]


def _state(name: str, pages: list[Mapping[str, Any]]) -> State:
    stored = {f"{item['name']} ({item['domain']})" for page in pages for item in page["cookies"]}
    stored |= {f"{item['name']} ({item['kind']})" for page in pages for item in page["storage"]}
    return State(
        name,
        len(pages),
        tuple(sorted({urlsplit(url).hostname or url for page in pages for url in page["requests"]})),
        tuple(sorted(stored)),
        tuple(sorted({text for page in pages for text in page["violations"]})),
    )
