"""Where the plugin for headers meets the core: its rule, the files it derives, and what it finds in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from ..privacy.extension import FRAME, Accepted, Rendered, Site, Staged
from ..privacy.files import names_below
from ..privacy.findings import Finding
from ..privacy.page_pass import Rule
from ..privacy.settings import Privacy
from ..privacy.validation import validate
from .checks import DANGEROUS_POLICY, LONG_POLICY
from .csp import dangers, policy_of
from .inline import inline_of_text
from .meta import START, Found, Meta
from .servers import FILE, LONGEST_LINE, as_caddy, as_file, as_nginx, headers_of, read_file

SNIPPETS = {"nginx.conf": as_nginx, "Caddyfile": as_caddy}
_PAGES = (".html", ".htm", ".xhtml")
_HEAD = 8_192  # bytes: where a page that went through the pass has its policy

_found: WeakKeyDictionary[Site, Found] = WeakKeyDictionary()
"""What each running build has found inline on its pages; it goes with the build."""


def settings(settings: Mapping[str, Any]) -> list[Finding]:
    """Return what is wrong with the exceptions from the strict policy."""
    privacy, _ = validate(Privacy, "PRIVACY", settings.get("PRIVACY", {}))
    if privacy is None:
        return []  # the core tells why
    return [*_unexplained(privacy), *_needless(privacy)]


def _unexplained(privacy: Privacy) -> Iterator[Finding]:
    for service in privacy.services:
        wanted = dangers(service)
        if wanted and service.id not in privacy.headers.dangerously_allow_csp:
            yield _wrong(
                f"{service.name} needs {' and '.join(wanted)} in the Content Security Policy, which weakens it on "
                "every page.",
                f'Use another service, or give the reason in PRIVACY["headers"]["dangerously_allow_csp"]: '
                f'{{"{service.id}": "…"}}.',
            )


def _needless(privacy: Privacy) -> Iterator[Finding]:
    needing = {service.id for service in privacy.services if dangers(service)}
    for name in privacy.headers.dangerously_allow_csp:
        if name not in needing:
            yield _wrong(
                f'PRIVACY["headers"]["dangerously_allow_csp"] names “{name}”, and no declared service of this name '
                "needs anything dangerous.",
                "Remove it.",
            )


def _wrong(what: str, way_out: str) -> Finding:
    return Finding(DANGEROUS_POLICY, what, way_out, place="pelicanconf.py", evidence=what)


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule that puts the policy into the pages."""
    found = _found[site] = Found()
    return [(FRAME, Meta(policy_of(site.declaration), found))]


def files(rendered: Rendered) -> Mapping[str, bytes]:
    """Return `_headers`, with the hashes of all that is inline in pages and in copied HTML."""
    site = rendered.site
    found = _found[site]
    base = policy_of(site.declaration)
    ours = START + base.meta.partition(" 'self'")[0]
    for path in _copied_pages(rendered.folder, ours.encode()):
        found.inline.update(inline_of_text(path.read_text("utf-8", errors="replace")))
    policy = found.policy(base)
    is_https = site.declaration.site.startswith("https:")
    return {FILE: as_file(headers_of(policy, is_https=is_https)).encode()}


def _copied_pages(folder: Path, ours: bytes) -> Iterator[Path]:
    """Yield the HTML files that did not go through the pass. ours: how the policy begins that all others carry."""
    for name in names_below(folder):
        if name.lower().endswith(_PAGES):
            path = f"{folder}/{name}"
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a Path for each page takes longer
                if ours not in file.read(_HEAD):
                    yield Path(path)


def judge(staged: Staged) -> list[Finding]:
    """Return a note where the policy is too long for a host."""
    path = staged.folder / FILE
    if not path.is_file():
        return []
    longest = max(len(f"{name}: {value}") for name, value in read_file(path.read_text("utf-8")).items())
    if longest <= LONGEST_LINE:
        return []
    what = (
        f"The Content Security Policy has {longest:,} characters, of which Cloudflare Pages reads "
        f"{LONGEST_LINE:,} at most."
    )
    way_out = "Move inline scripts and style sheets into files: each of them adds a hash of 53 characters."
    return [Finding(LONG_POLICY, what, way_out, page=FILE)]


def write_snippets(accepted: Accepted) -> None:
    """Write the same headers as snippets for servers, beside the output."""
    headers = read_file((accepted.folder / FILE).read_text("utf-8"))
    folder = accepted.record / "headers"
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in SNIPPETS.items():
        (folder / name).write_text(written(headers), "utf-8", newline="\n")
