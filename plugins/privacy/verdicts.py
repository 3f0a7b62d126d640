"""What is said of a load, a submission or a base, in the same words by the page pass and by the audit."""

from __future__ import annotations

from .carriers import TEXT, Carrier, Kind
from .catalogue import Service, known_service
from .checks import (
    BROKEN_GATE,
    FOREIGN_BASE,
    UNDECLARED_LOAD,
    UNDECLARED_SUBMISSION,
    UNGATEABLE_LOAD,
    UNGATED_LOAD,
    UNREADABLE_LOAD,
)
from .declaration import Verdict
from .findings import Finding
from .grammars import ANY_LINK, read_data_url
from .urls import Party

XML_TYPES = frozenset({"text/xml", "application/xml", "text/xsl"})

_LONGEST_SHOWN = 120
_COPY = "save the file in the site, such as below content/images/, and load it from there"
_INSTEAD = {"script-src": "remove it", "style-src": "remove it", "default-src": "remove it", "img-src": _COPY}
"""What else may be done with what is not to be declared, by the directive it falls under."""


def shown(source: str) -> str:
    """Return markup for a message: on one line, and not too long."""
    line = printable(" ".join(source.split()))
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def printable(text: str) -> str:
    """Return a line of text without what a terminal would obey instead of showing it."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def judged(
    carrier: Carrier,
    verdict: Verdict,
    source: str,
    *,
    gate: frozenset[str] | None,
    can_wait: bool,
    is_held_back: bool = False,
) -> Finding | None:
    """Return what is wrong with a reference, or None.

    source: the start tag, as it is shown. gate: None where the markup is live, else the services that its
    template waits for. can_wait: whether it could be held back. is_held_back: whether it is going to be.
    """
    if carrier.kind is Kind.LOADS and verdict.is_foreign:
        if verdict.service is None:
            return _undeclared(carrier, verdict, source)
        if gate is not None:
            return _in_template(verdict.service, verdict.host, source, gate)
        return None if is_held_back else _live(carrier, verdict.service, verdict.host, source, can_wait)
    if carrier.kind is Kind.LOADS and verdict.party is Party.NOT_WEB and gate is None:
        return _program(carrier, verdict, source)
    if carrier.kind is Kind.SUBMITS and verdict.is_foreign:
        return _submission(carrier, verdict, source)
    if carrier.kind is Kind.REBASES and verdict.is_foreign:
        return Finding(
            FOREIGN_BASE,
            f"{shown(source)} makes every relative address of the page one of {verdict.host}.",
            "Remove the <base>, or let it begin with the site's own address.",
        )
    return None


def _submission(carrier: Carrier, verdict: Verdict, source: str) -> Finding | None:
    if verdict.service is None:
        return Finding(
            UNDECLARED_SUBMISSION,
            f"{shown(source)} sends data to {verdict.host}, but "
            'PRIVACY["services"] declares no service with this host.',
            _way_out_of_undeclared(verdict, "send the form to the site itself"),
        )
    if carrier.attribute != "ping":
        return None
    return Finding(
        UNGATEABLE_LOAD,
        f"{shown(source)} sends data to {verdict.host} ({verdict.service.name}) unseen whenever somebody follows the "
        "link, which cannot wait for the visitor's consent.",
        "Remove the attribute ping.",
    )


def _undeclared(carrier: Carrier, verdict: Verdict, source: str) -> Finding:
    instead = _INSTEAD.get(carrier.directive, "link to the content instead of embedding it")
    return Finding(
        UNDECLARED_LOAD,
        f"{shown(source)} makes every visitor's browser contact {verdict.host}, but "
        'PRIVACY["services"] declares no service with this host.',
        _way_out_of_undeclared(verdict, instead),
    )


def _way_out_of_undeclared(verdict: Verdict, instead: str) -> str:
    service = known_service(verdict.host, verdict.address.path if verdict.address else "/")
    if service is not None:
        return f'Add "{service.id}" to PRIVACY["services"] in pelicanconf.py, or {instead}.'
    return (
        'No service of the catalogue has this host: describe it as a table in PRIVACY["services"] in '
        f"pelicanconf.py (privacy services lookup {verdict.host} prints it), or {instead}."
    )


def _in_template(service: Service, host: str, source: str, gate: frozenset[str]) -> Finding | None:
    if not gate or service.id in gate:
        return None
    return Finding(
        BROKEN_GATE,
        f"{shown(source)} loads from {host} ({service.name}), but the template around it waits for "
        f"{', '.join(sorted(gate))}.",
        "Remove the template from the content; embeds are held back without it.",
    )


def _live(carrier: Carrier, service: Service, host: str, source: str, can_wait: bool) -> Finding:
    if not service.needs_consent:
        return Finding(
            UNGATED_LOAD,
            f"{shown(source)} loads from {host}, but {service.name} is declared as a service that loads "
            "nothing before a click (needs_consent = false).",
            'Link to it instead, or declare the service with needs_consent = true in PRIVACY["services"].',
        )
    if not can_wait:
        return Finding(
            UNGATEABLE_LOAD,
            f"{shown(source)} loads from {host} ({service.name}) by {_place_in(carrier)}, which cannot wait "
            "for the visitor's consent.",
            "Copy the file into the site and load it from there, or use the provider's embed instead.",
        )
    return Finding(
        UNGATED_LOAD,
        f"{shown(source)} loads from {host} ({service.name}) before the visitor has agreed.",
        "Let the plugin cookie_banner in PLUGINS hold it back (it does so in Markdown and templates, not in "
        "copied files), or link to it instead.",
    )


def _place_in(carrier: Carrier) -> str:
    return "the text inside it" if carrier.attribute == TEXT else f"its attribute “{carrier.attribute}”"


def _program(carrier: Carrier, verdict: Verdict, source: str) -> Finding | None:
    if verdict.address is not None and verdict.address.href == ANY_LINK:
        return Finding(
            UNREADABLE_LOAD,
            f"{shown(source)} lets browsers fetch links that it does not name, other companies' among them.",
            'Name the site\'s own: {"where": {"href_matches": "/*"}}.',
        )
    if not carrier.is_document or verdict.address is None:
        return None
    inline = read_data_url(verdict.address.href)
    if inline is not None and (inline.media_type.endswith("+xml") or inline.media_type in XML_TYPES):
        return Finding(
            UNREADABLE_LOAD,
            f"{shown(source)} holds an XML document in its address; nobody can say what it will load.",
            "Save it as a file of the site, and load it from there.",
        )
    if verdict.address.scheme != "javascript":
        return None
    return Finding(
        UNREADABLE_LOAD,
        f"{shown(source)} runs a program to fill the frame; nobody can say what it will load.",
        "Publish the content as a page of the site, or use the provider's own embed.",
    )
