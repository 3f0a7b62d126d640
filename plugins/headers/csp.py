"""The Content Security Policy that follows from a declaration. Pure.

Sources: W3C Content Security Policy Level 3 (directives and their fallbacks, what a `<meta>` cannot do, hashes).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..privacy.catalogue import Service
from ..privacy.declaration import Declaration

SELF = "'self'"
_STRICT = {
    "default-src": ("'none'",),
    "script-src": (SELF,),
    "style-src": (SELF,),
    "img-src": (SELF, "data:"),
    "font-src": (SELF,),
    "media-src": (SELF,),
    "connect-src": (SELF,),
    "frame-src": (SELF,),
    "manifest-src": (SELF,),
    "form-action": (SELF,),
    "base-uri": (SELF,),
    "frame-ancestors": (SELF,),
}
_ON_DEMAND = {"worker-src": (SELF,), "object-src": ()}
"""What begins with something else than `default-src` once a service needs it: own workers fall back to script-src."""

_OWN_CONTENT = (
    "script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "frame-src", "form-action",
)  # fmt: skip
_RUNS_CODE = ("script-src", "style-src", "object-src", "frame-src", "worker-src")
_NOT_IN_META = ("frame-ancestors", "report-uri", "sandbox")
_ANY_INLINE = "'unsafe-inline'"


@dataclass(frozen=True)
class ContentSecurityPolicy:
    """A policy: directives with their sources, in the order in which they are written."""

    directives: tuple[tuple[str, tuple[str, ...]], ...]

    def letting(self, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> ContentSecurityPolicy:
        """Return the policy that lets through inline scripts and style sheets with these hashes too.

        Where anything inline is let through already, hashes are left out: with one of them that ends (Level 3, 8.3).
        """
        more = {"script-src": sorted(set(scripts)), "style-src": sorted(set(styles))}
        return ContentSecurityPolicy(
            tuple(
                (name, sources if _ANY_INLINE in sources else (*sources, *more.get(name, ())))
                for name, sources in self.directives
            )
        )

    @property
    def header(self) -> str:
        """The value of the header."""
        return _written(self.directives)

    @property
    def meta(self) -> str:
        """The value for `<meta http-equiv>`: without the directives that browsers ignore there."""
        return _written((name, sources) for name, sources in self.directives if name not in _NOT_IN_META)


def _written(directives: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives)


def policy_of(declaration: Declaration) -> ContentSecurityPolicy:
    """Return the policy of a site: its own content, what it declares, and nothing else.

    What is dangerous is let through only for services that `PRIVACY["headers"]` gives a reason for.
    """
    found: dict[str, list[str]] = {name: list(sources) for name, sources in _STRICT.items()}
    for host in declaration.privacy.first_party:
        for name in _OWN_CONTENT:
            found[name] += [host.removeprefix("."), f"*{host}"] if host.startswith(".") else [host]
    allowed = declaration.privacy.headers.dangerously_allow_csp
    needed: dict[str, set[str]] = {}
    for service in declaration.services:
        for name, sources in service.content_security_policy.items():
            wanted = {source for source in sources if service.id in allowed or not is_dangerous(name, source)}
            needed.setdefault(name, set()).update(wanted)
    needed.setdefault("form-action", set()).update(declaration.form_targets)
    if declaration.record_target and declaration.record_target != declaration.site:
        needed.setdefault("connect-src", set()).add(declaration.record_target)
    for name in sorted(needed):
        found.setdefault(name, list(_ON_DEMAND.get(name, ())))
        found[name] += sorted(needed[name].difference(found[name]))
    return ContentSecurityPolicy(tuple((name, tuple(sources)) for name, sources in found.items() if sources))


def is_dangerous(directive: str, source: str) -> bool:
    """Whether a source opens the directive to more than hosts that can be named."""
    if source.startswith("'"):
        return "unsafe" in source or source == "'strict-dynamic'"
    if source == "*" or source in ("http:", "https:", "ws:", "wss:"):
        return True
    return source.endswith(":") and directive in _RUNS_CODE


def dangers(service: Service) -> tuple[str, ...]:
    """Return what a service needs that is dangerous, such as `script-src 'unsafe-eval'`."""
    return tuple(
        f"{name} {source}"
        for name, sources in service.content_security_policy.items()
        for source in sources
        if is_dangerous(name, source)
    )
