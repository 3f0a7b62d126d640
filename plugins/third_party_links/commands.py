"""The command `privacy links`: where the last build leads visitors, and how one address is read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import click

from ..amazon_affiliate.expand import KNOWN, learn, read_known, short_address, verdict
from ..amazon_affiliate.glue import judge_of
from ..privacy.build import staged_rules
from ..privacy.clock import today
from ..privacy.declaration import Declaration, Verdict
from ..privacy.extension import CLAIM, MARK, Site
from ..privacy.idn import shown_host
from ..privacy.inventory import Inventory, Link, read_inventory
from ..privacy.page_pass import PagePass, Passed
from ..privacy.places import Places
from ..privacy.safe_pelican import INVENTORY
from ..privacy.settings import Partner
from ..privacy.terminal import COULD_NOT_RUN, loaded
from ..privacy.urls import Party, registrable_domain
from ..privacy.verdicts import printable

_CLASSES = ("affiliate", *(party.value for party in Party if party is not Party.OWN))
_COLUMNS = ("class", "verdict", "finding", "host", "address", "written in", "page")


@click.command()
@click.argument("url", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--class", "of_class", type=click.Choice(_CLASSES), help="Only links of this class.")
@click.option("--found", is_flag=True, help="Only links about which something was found.")
@click.option(
    "--expand",
    is_flag=True,
    help="Ask the hosts of Amazon's short links where these lead: over the network, once for each link.",
)
@click.pass_obj
def links(settings: Path, url: str | None, form: str, of_class: str | None, found: bool, expand: bool) -> None:
    """List every link of the last build that leads to another host; or explain one URL: how browsers read it,
    whose it is and why, and what the build would write."""
    site, declaration = loaded(settings)
    root = Path(site["PATH"]).resolve().parent
    if url is not None:
        explained = explain(url.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), site, declaration)
        failures = _add_destinations([(explained["address"], explained)], root, site, declaration, expand=expand)
        click.echo(_as_json(explained) if form == "json" else _lines(explained))
    else:
        rows = [
            row
            for row in _rows(root, Path(site["THEME"]) / "templates")
            if (of_class is None or row["class"] == of_class) and (row["findings"] or not found)
        ]
        failures = _add_destinations([(row["url"], row) for row in rows], root, site, declaration, expand=expand)
        click.echo(_as_json(rows) if form == "json" else _table(rows))
    if failures:
        click.echo("\n".join(failures), err=True)
        sys.exit(COULD_NOT_RUN)


def _rows(root: Path, templates: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the last build; end the command where there was none."""
    try:
        inventories = list(read_inventory(root / INVENTORY))
    except (OSError, ValueError) as error:
        click.echo(f"{root / INVENTORY} cannot be read ({error}). Build the site first: make build", err=True)
        sys.exit(COULD_NOT_RUN)
    places = Places(root, templates)
    for inventory in inventories:
        yield from outgoing(inventory, places, root)


def _add_destinations(
    rows: Iterable[tuple[str, dict[str, Any]]],
    root: Path,
    site: Mapping[str, Any],
    declaration: Declaration,
    *,
    expand: bool,
) -> list[str]:
    """Say in the rows of short links where these lead, as far as that is known; ask for the rest if `expand`.

    rows: each with its URL. Return a sentence for each short link of which it could not be learnt.
    """
    short = [(address, row) for url, row in rows if (address := short_address(url, f"{declaration.site}/"))]
    if not short:
        return []
    path, judge = root / KNOWN, judge_of(site)
    try:
        known = read_known(path)
        failures = learn((address for address, _ in short), known, path, today(site)) if expand else []
    except (OSError, ValueError) as error:
        click.echo(f"{path} cannot be used ({error}). Mend or delete it; then --expand asks again.", err=True)
        sys.exit(COULD_NOT_RUN)
    for address, row in short:
        if address in known:
            carrier = [part for part in row["verdict"].split(", ") if part.startswith("by ")]
            row["verdict"] = ", ".join((verdict(known[address].url, judge), *carrier))
            row["destination"], row["asked"] = known[address].url, known[address].asked.isoformat()
    return failures


def outgoing(inventory: Inventory, places: Places, root: Path) -> Iterator[dict[str, Any]]:
    """Yield one row for each link of a page, with the file and line where it is written, if that is known."""
    sources = [root / source for source in inventory.sources]
    told: Counter[str] = Counter()
    for link in inventory.links:
        file, line = places.find(link.url, sources, told)
        yield {
            "page": inventory.page,
            "file": file,
            "line": line,
            "class": link.verdict,
            "verdict": _verdict(link),
            "destination": "",
            "asked": "",
            "findings": link.checks.split(),
            "host": link.host,
            "url": link.url,
        }


def _verdict(link: Link) -> str:
    return ", ".join(part for part in (link.note, f"by {link.carrier}" if link.carrier else "") if part)


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows as aligned text. A link that stands once in a source is one line, whatever pages show it."""
    pages: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        place = row["file"] if row["line"] is None else f"{row['file']}:{row['line']}"
        address = printable(" ".join(row["url"].split()))
        found = " ".join(row["findings"])
        line = (row["class"], row["verdict"], found, shown_host(row["host"]), address, place)
        pages.setdefault(line, []).append(row["page"])
    if not pages:
        return "No links."
    shown = {line: f"{on[0]} +{len(set(on)) - 1}" if len(set(on)) > 1 else on[0] for line, on in pages.items()}
    table = [_COLUMNS, *((*line, shown[line]) for line in sorted(pages))]
    widths = [max(len(line[column]) for line in table) for column in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )


def explain(url: str, settings: Mapping[str, Any], declaration: Declaration) -> dict[str, Any]:
    """Return what is known of a URL that stands in a link of the site, and the link as the build would write it."""
    passed = _passed(url, settings, declaration)
    verdict = declaration.reader()(url, declaration.site + "/")
    link = next((link for link in passed.inventory.links if link.url == url), None)
    return {
        "address": url,
        "read as": verdict.address.href if verdict.address else "no browser can read it",
        "host": shown_host(verdict.host),
        "registrable domain": registrable_domain(verdict.host) or "",
        "class": link.verdict if link else verdict.party.value,
        "why": _why(verdict, declaration, link),
        "service": verdict.service.name if verdict.service else "",
        "verdict": _verdict(link) if link else "",
        "destination": "",
        "asked": "",
        "findings": [f"{finding.check.name}: {finding.what} {finding.way_out}" for finding in passed.findings],
        "written": passed.text.partition("<p>")[2].partition("</p>")[0],
    }


def _passed(url: str, settings: Mapping[str, Any], declaration: Declaration) -> Passed:
    language = settings["DEFAULT_LANG"]
    site = Site(declaration, settings, Path(settings["THEME"]), language, {language: ""})
    rules = [rule for stage, rule in staged_rules(site) if stage in (CLAIM, MARK)]
    run = PagePass(declaration, [], rules, declaration.reader())
    return run(f'<body><p><a href="{escape(url)}">text</a></p></body>', language=language)


def _why(verdict: Verdict, declaration: Declaration, link: Link | None) -> str:
    """Return the reason for the class of a URL."""
    host, privacy = verdict.host, declaration.privacy
    if link is not None and link.verdict == "affiliate":
        payee = " a stranger" if link.note == "foreign tag" else ""
        return f"it leads to an Amazon store, and pays{payee}"
    if verdict.party is Party.UNREADABLE:
        return "the URL parser of browsers gives up"
    if verdict.party is Party.NOT_WEB:
        return "it does not lead to a place on the web"
    if verdict.party is Party.OWN:
        return f'it is the host of PRIVACY["site"], {declaration.site}'
    if verdict.party is Party.FIRST_PARTY:
        shared = f"it shares the registrable domain of {declaration.host}"
        return shared if declaration.shares_domain(host) else 'PRIVACY["first_party"] names it'
    if verdict.party is Party.PARTNER:
        return f'PRIVACY["partners"] names it: {_partner(host, privacy.partners)}'
    return 'it is neither the site\'s nor in PRIVACY["first_party"] or PRIVACY["partners"]'


def _partner(host: str, partners: Iterable[Partner]) -> str:
    """Return the name of the partner that a host belongs to."""
    return next(
        partner.name
        for partner in partners
        if any(host == own.removeprefix(".") or (own[0] == "." and host.endswith(own)) for own in partner.hosts)
    )


def _lines(explained: Mapping[str, Any]) -> str:
    width = max(map(len, explained))
    pairs = [(key, value if isinstance(value, str) else "\n".join(value)) for key, value in explained.items()]
    indent = "\n" + " " * (width + 2)
    return "\n".join(
        f"{key.ljust(width)}  {indent.join(map(printable, value.split(chr(10))))}".rstrip()
        for key, value in pairs
        if value
    )


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
