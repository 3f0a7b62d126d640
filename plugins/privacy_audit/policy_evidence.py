"""The check that the published policy and the site say the same, part by part and both ways.

What the site does is held against the declaration by the other checks (loads, forms, storage, links: what is
undeclared, and what is declared and not there). Here the page that people read is held against the same declaration,
so that each of its derived statements has its evidence, and each thing that the site does has its statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..privacy.findings import Finding
from ..privacy_policy import facts
from ..privacy_policy.checks import POLICY_DATE, POLICY_LANGUAGE, POLICY_MARKER
from ..third_party_links.policy_part import facts as link_facts
from .checks import POLICY_EVIDENCE
from .files import Site

_AGAIN = "Build the site again from one declaration; the policy's parts (such as [privacy:services]) follow from it."
_NO_LINK = 'Take the partner out of PRIVACY["partners"] in pelicanconf.py, or link to one of its hosts.'
_NO_PRODUCT = "Take the tags out of AMAZON_TAGS in pelicanconf.py, or link to a product."
_NO_TAGS = "Name your tags by their stores in AMAZON_TAGS in pelicanconf.py: the policy's part on such links follows."

_UNFILLED = {POLICY_MARKER.name, POLICY_DATE.name, POLICY_LANGUAGE.name}
"""Checks that have told, when they have found something, that the policy could not be filled in."""


@dataclass(frozen=True)
class Said:
    """What one part of the policy has to say.

    declares: its `data-declares`, all of them. words: texts that stand in it. within: texts that stand in what it
    says of one thing, by `data-declares`; what it shows there as code is one of them.
    """

    declares: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def policy_evidence(site: Site) -> Iterator[Finding]:
    """A part of the policy, or something that it names (a service, a form, a partner, a cookie, a store), that the
    site does not have; or something that the site has, and the policy does not name.

    Example: a page with a film of YouTube, and a list of services in the policy that lacks YouTube
    """
    if "privacy_policy" not in site.plugins or not _UNFILLED.isdisjoint(site.told):
        return
    expected = _expected(site)
    for name in sorted(site.policies):
        tree = LexborHTMLParser((site.folder / name).read_text("utf-8", "replace"))
        parts = {node.attributes.get("data-policy-part") or "": node for node in tree.css("[data-policy-part]")}
        for part, said in expected.items():
            node = parts.get(part)
            if node is None and said is not None:
                yield _finding(name, f"has no part “{part}”, and the site does what would stand there.")
            elif node is not None and said is None:
                yield _finding(name, f"has a part “{part}”, and the site does nothing of the kind.")
            elif node is not None and said is not None:
                for what in _differences(node, said):
                    yield _finding(name, f"{what} in its part “{part}”.")
        for what, way_out in _unseen(site, parts):
            yield _finding(name, what, way_out)


def _expected(site: Site) -> dict[str, Said | None]:
    """Return what each part has to say, None where it has no place on this site."""
    declaration, owner = site.declaration, site.declaration.privacy.controller
    services, purposes = facts.services(declaration), facts.purposes(declaration)
    transfers = facts.transfers(declaration)
    activities = {"hosting", "consent"} if purposes["consent"] else {"hosting"}
    counted = facts.analytics(declaration)
    partners = facts.partners(declaration)
    stores = facts.affiliate(site.settings)
    links = link_facts(declaration, site.settings)
    return {
        "controller": Said(words=(owner.name, owner.email)),
        "hosting": Said(words=(declaration.privacy.hosting.provider,)),
        "picture": Said(words=tuple(service["name"] for service in services)),
        "services": Said(_of(services), within={f"service:{item['id']}": tuple(item["hosts"]) for item in services}),
        "cookies": _cookies(site),
        "purposes": Said(_of(purposes["services"]) | activities),
        "transfers": Said(_of(item for item in transfers if item["id"]) | _hosting(transfers)),
        "rights": Said(words=(owner.email,)),
        "forms": _named("form", [form.id for form in declaration.forms] if "forms" in site.plugins else []),
        "affiliate": _named("affiliate", stores or []),
        "analytics": Said(_of(counted)) if counted else None,
        "links": Said(words=(links["domain"], *links["websites"])) if "third_party_links" in site.plugins else None,
        "partners": _named("partner", [partner["host"] for partner in partners or []]),
    }


def _of(services: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(f"service:{item['id']}" for item in services)


def _hosting(transfers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset({"hosting"} if any(not item["id"] for item in transfers) else ())


def _named(kind: str, names: Iterable[str]) -> Said | None:
    declares = frozenset(f"{kind}:{name}" for name in names)
    return Said(declares) if declares else None


def _cookies(site: Site) -> Said:
    """Return what the part on storage says: what the site itself stores, and each service that stores."""
    kept = facts.cookies(site.declaration)
    own = [kept["own"]["name"]] if kept["own"] else []
    own += [item["name"] for item in kept["site"]]
    within = {"site": tuple(own)} if own else {}
    for service in kept["services"]:
        stores = service["stores"] if isinstance(service["stores"], list) else []
        within[f"service:{service['id']}"] = tuple(item["name"] for item in stores)
    return Said(frozenset(within), within=within)


def _differences(part: LexborNode, said: Said) -> Iterator[str]:
    """Yield what a part says too much, and what it lacks."""
    told = {node.attributes.get("data-declares") or "": node for node in part.css("[data-declares]")}
    for thing in sorted(told.keys() - said.declares):
        yield f"speaks of {_called(thing)}, which the site does not have,"
    for thing in sorted(said.declares - told.keys()):
        yield f"lacks {_called(thing)}, which the site has,"
    for word in said.words:
        if _plain(word) not in _plain(part.text()):
            yield f"lacks “{word}”"
    for thing, words in said.within.items():
        if thing in told:
            text, codes = _plain(told[thing].text()), {code.text() for code in told[thing].css("code")}
            yield from (f"lacks “{word}” of {_called(thing)}" for word in words if _plain(word) not in text)
            yield from (f"speaks of “{code}” of {_called(thing)}" for code in sorted(codes.difference(words)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _called(thing: str) -> str:
    """Return the words for one `data-declares`."""
    kind, _, name = thing.partition(":")
    return f"{_KINDS.get(kind, kind)} “{name}”" if name else _THINGS.get(thing, f"“{thing}”")


_KINDS = {"service": "the service", "form": "the form", "partner": "the partner", "affiliate": "the store"}
_THINGS = {"hosting": "the hosting", "consent": "the consent", "site": "what the site itself stores"}


def _unseen(site: Site, parts: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what the policy says of links that no page has, and links that it says nothing of, with the way out."""
    for partner in site.declaration.privacy.partners if "partners" in parts and site.is_whole else ():
        if not any(_is_of(host, pattern) for host in site.linked_partners for pattern in partner.hosts):
            yield f"speaks of the partner “{partner.name}”, to whom no page links.", _NO_LINK
    if "amazon_affiliate" not in site.plugins:
        return  # whoever judges these links is not there
    if "affiliate" in parts and site.is_whole and not site.paid:
        yield "speaks of affiliate links, and no page has one.", _NO_PRODUCT
    if "affiliate" not in parts and site.paid:
        way_out = _AGAIN if facts.affiliate(site.settings) else _NO_TAGS
        yield "does not speak of affiliate links, and the site has some.", way_out


def _is_of(host: str, pattern: str) -> bool:
    return host == pattern.removeprefix(".") or (pattern.startswith(".") and host.endswith(pattern))


def _finding(name: str, what: str, way_out: str = _AGAIN) -> Finding:
    return Finding(POLICY_EVIDENCE, f"The published policy {what}", way_out, page=name, subject=what)
