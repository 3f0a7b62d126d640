"""The commands `privacy services …`: what the catalogue knows, and writing a service into the settings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from . import urls
from .catalogue import Service, catalogue, known_service, overridden
from .facts import in_language
from .files import whole_file
from .settings_file import UnsureError, with_service
from .terminal import COULD_NOT_RUN, loaded
from .validation import nearest

_WIDTH = 12


@click.group(invoke_without_command=True)
@click.pass_context
def services(context: click.Context) -> None:
    """List the services of the catalogue and of this site: which ones the site declares, and which facts of the
    catalogue it changes."""
    if context.invoked_subcommand is not None:
        return
    _, declaration = loaded(context.obj)
    declared = {service.id: service for service in declaration.services}
    shown = {**{service.id: service for service in catalogue()}, **declared}
    rows = [("id", "declared", "name", "purpose", "hosts", "changed")]
    for service in sorted(shown.values(), key=lambda service: service.id):
        is_declared = "yes" if service.id in declared else ""
        changed = ", ".join(overridden(service))
        rows.append((service.id, is_declared, service.name, service.purpose, _hosts(service), changed))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@services.command()
@click.argument("url")
@click.pass_obj
def lookup(settings: Path, url: str) -> None:
    """Say which service an address or a host is: what is known of it, or the entry to fill in."""
    address = urls.read(url if ":" in url else f"https://{url}", "about:blank")
    if address is None or not address.host:
        click.echo(f"“{url}” is no web address. Write one such as https://www.example.org/embed.js", err=True)
        sys.exit(COULD_NOT_RUN)
    _, declaration = loaded(settings)
    declared = declaration.service_for(address.host, address.path)
    service = declared or known_service(address.host, address.path)
    if service is not None:
        click.echo("\n".join(_facts(service, is_declared=declared is not None)))
        return
    click.echo(f'No service has the host {address.host}. This is the entry to fill in, in PRIVACY["services"]:\n')
    click.echo(_form(address.host))
    sys.exit(1)


@services.command()
@click.argument("name")
@click.pass_obj
def add(settings: Path, name: str) -> None:
    """Write a service of the catalogue into PRIVACY["services"] of the settings file."""
    service = next((service for service in catalogue() if service.id == name), None)
    if service is None:
        names = [service.id for service in catalogue()]
        click.echo(f"“{name}” is no service of the catalogue.{nearest(name, names)}", err=True)
        sys.exit(1)
    if not service.hosts and not service.markup.attributes:
        entry = f'{{"id": "{name}", "hosts": [{{"host": "…", "role": "…"}}]}}'
        click.echo(f'Say where it runs: add {entry} to PRIVACY["services"] in {settings}.', err=True)
        sys.exit(1)
    try:
        source = settings.read_bytes().decode("utf-8")
        changed = with_service(source, name)
    except (OSError, UnicodeDecodeError, UnsureError) as error:
        click.echo(f"{settings} was not changed: {error}.", err=True)
        click.echo(f'Add "{name}" to PRIVACY["services"] in it.', err=True)
        sys.exit(COULD_NOT_RUN)
    if changed == source:
        click.echo(f'{settings} declares "{name}" already.')
        return
    _write(settings.resolve(), changed)
    click.echo(f'{settings} declares "{name}" now: {service.name}, {service.provider}.')


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, with the permissions it has."""
    with whole_file(path, path.stat().st_mode & 0o777) as file:
        file.write(text.encode("utf-8"))


def _hosts(service: Service) -> str:
    return ", ".join(pattern.url.removeprefix("https://") for pattern in service.hosts)


def _facts(service: Service, *, is_declared: bool) -> Iterator[str]:
    """Yield what is known of a service, line by line."""
    unknown = "not documented by the provider"
    country = unknown if isinstance(service.country, str) else service.country.value
    yield f"{service.id}: {service.name}"
    facts = {
        "declared": "yes" if is_declared else f"no (privacy services add {service.id} declares it)",
        "provider": f"{service.provider}, {country}",
        "purpose": service.purpose,
        "consent": ("needed: " if service.needs_consent else "not needed: ") + in_language(service.reason, "en"),
        "receives": ", ".join(item if isinstance(item, str) else in_language(item, "en") for item in service.sends),
        "data goes to": ", ".join(service.countries) or unknown,
        "keeps it": unknown if isinstance(service.retention, str) else in_language(service.retention.value, "en"),
        "policy": service.privacy_url or unknown,
        "read in": f"{service.source}, {service.checked}" if service.source else "the settings",
        "changed here": ", ".join(overridden(service)),
    }
    for label, fact in facts.items():
        if fact:
            yield f"  {label:<{_WIDTH}}  {fact}"
    for pattern in service.hosts:
        yield f"  {'host':<{_WIDTH}}  {pattern.url.removeprefix('https://')} ({', '.join(pattern.role)})"
    if service.stores == "unknown":
        yield f"  {'stores':<{_WIDTH}}  {unknown}"
    for item in service.stored:
        lasts = unknown if item.duration == "unknown" else item.duration
        yield f"  {'stores':<{_WIDTH}}  {item.name} ({item.kind}, {item.party} party, {lasts})"
    if service.stores != "unknown" and not service.stored:
        yield f"  {'stores':<{_WIDTH}}  nothing, says the provider"


def _form(host: str) -> str:
    """Return the entry of a service that nobody has described yet, as it stands in the settings."""
    name = (urls.registrable_domain(host) or host).partition(".")[0]
    entry = {
        "id": name,
        "name": name.capitalize(),
        "provider": "…",
        "source": "where you read it, such as the address of the provider's privacy policy",
        "checked": "the day on which you read it: 2026-11-22",
        "purpose": "functional, statistics or marketing",
        "reason": {"en": "Why it needs consent.", "de": "Warum es Einwilligung braucht."},
        "hosts": [{"host": host, "role": "script, style, image, font, media, frame, connect or form"}],
        "sends": ["ip-address", "browser", "referrer"],
        "stores": "unknown",
        "privacy_url": "https://…",
    }
    return json.dumps(entry, indent=4, ensure_ascii=False)
