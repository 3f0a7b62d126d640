"""Where the declared forms are sent, and what no single setting shows about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import urls
from .catalogue import Service
from .checks import WRONG_SETTING
from .facts import Role
from .findings import Finding
from .forms import Backend, Form, backends
from .validation import nearest

if TYPE_CHECKING:
    from .declaration import Declaration

FORM_ROLE: Role = "form"
"""The role of the host, in a service of the catalogue, that takes forms."""

_OF_THE_COMPANY = (urls.Party.OWN, urls.Party.FIRST_PARTY)


def target(form: Form, declaration: Declaration) -> str | None:
    """Return the address that a form is sent to, or None for a prepared mail and for a backend that takes forms
    wherever on the site they are sent to."""
    backend = backends()[form.backend]
    if form.action is not None:
        address = urls.read(form.action, declaration.site + "/")
        return address.href if address is not None else None
    service = declaration.service(backend.service) if backend.service else None
    if service is None or backend.path is None:
        return None
    host = next((host.host for host in service.hosts if FORM_ROLE in host.role), None)
    return f"https://{host}{backend.path.format(account=form.account)}" if host else None


def service_of(form: Form, declaration: Declaration) -> Service | None:
    """Return the declared third party that receives a form, or None where the company itself does."""
    named = backends()[form.backend].service
    if named is not None:
        return declaration.service(named)
    address = urls.read(form.action, declaration.site + "/") if form.action is not None else None
    return declaration.service_for(address.host, address.path) if address is not None else None


def origins(declaration: Declaration) -> tuple[str, ...]:
    """Return the origins that the declared forms are sent to, sorted: what `form-action` has to let through.

    The site itself is one of them where a form is sent to it, or where a backend sends the visitor back to a
    page of it: Chromium applies `form-action` to that redirect as well.
    """
    found: set[str] = set()
    for form in declaration.forms:
        backend = backends()[form.backend]
        if backend.is_own_origin or (backend.needs != "mail" and (backend.thanks or backend.error)):
            found.add(declaration.site)
        address = urls.read(target(form, declaration) or "about:blank", "about:blank")
        if address is not None and address.host:
            found.add(urls.origin(address))
    return tuple(sorted(found))


def contradictions(declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong between a form and the rest of the declaration."""
    for form in declaration.forms:
        backend = backends()[form.backend]
        if backend.service is not None:
            yield from _about_service(form, backend, declaration)
        if form.action is not None:
            yield from _about_action(form, form.action, declaration)


def _about_service(form: Form, backend: Backend, declaration: Declaration) -> Iterator[Finding]:
    service = declaration.service(backend.service or "")
    if service is None:
        what = f'PRIVACY["forms"]: "{form.id}" is sent to "{backend.service}", a service that is not declared.'
        yield _wrong(what, f'Add "{backend.service}" to PRIVACY["services"].')
    elif not backend.is_own_origin and target(form, declaration) is None:
        what = f'PRIVACY["services"]: "{service.id}" takes a form, but has no host with the role "{FORM_ROLE}".'
        yield _wrong(what, "Name the host that takes the form, with this role.")


def _about_action(form: Form, action: str, declaration: Declaration) -> Iterator[Finding]:
    address = urls.read(action, declaration.site + "/")
    subject = f'PRIVACY["forms"]: "{form.id}" is sent to {action}'
    if address is None or address.scheme not in ("http", "https"):
        yield _wrong(f"{subject}, which is no web address.", "Name a path of the site or an https: address.")
    elif address.scheme == "http":
        yield _wrong(f"{subject}, unencrypted.", "Name an https: address.")
    elif declaration.party(address.host) not in _OF_THE_COMPANY and not _takes_forms(service_of(form, declaration)):
        others = [other.id for other in backends().values() if other.service]
        hint = nearest(address.host.partition(".")[0], others)
        yield _wrong(
            f"{subject}, and {address.host} is not the company's own.{hint}",
            'Add the host to PRIVACY["first_party"] if it is the company\'s; else declare the service that takes the '
            'form in PRIVACY["services"], or name it as "backend".',
        )


def _takes_forms(service: Service | None) -> bool:
    return service is not None and any(FORM_ROLE in host.role for host in service.hosts)


def _wrong(what: str, way_out: str) -> Finding:
    return Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)
