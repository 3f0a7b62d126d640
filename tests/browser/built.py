"""Pages as a build makes them: through the real pass, with the real runtime, under the policy of the declaration."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.cookie_banner import runtime
from plugins.headers.csp import policy_of
from plugins.headers.inline import inline_of_text
from tests.browser.pages import ORIGIN, STYLE
from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.kit import cookie_banner, declared, page_pass, ran


def publish(
    third_party: ThirdParty, main: str, services: Iterable[object], head: str = "", style: str = STYLE, **keys: object
) -> str:
    """Publish a page of a site that declares these services, and `keys` besides; return its address."""
    declaration = declared(services=services, **keys)
    html = (
        '<!doctype html><html lang="en" data-order=""><head><meta charset="utf-8"><title>Page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/page.css">{head}</head><body><main class="prose">{main}</main></body></html>'
    )
    text, findings = ran(page_pass(cookie_banner, declaration=declaration), html)
    assert [str(finding) for finding in findings] == []
    third_party.answer(SITE_HOST, "/theme/consent.js", runtime.script())
    third_party.answer(SITE_HOST, "/theme/consent.css", runtime.style())
    third_party.answer(SITE_HOST, "/page.css", style)
    scripts = [inline.hash for inline in inline_of_text(text) if inline.directive == "script-src"]
    policy = policy_of(declaration).letting(scripts).header
    third_party.answer(SITE_HOST, "/", text, headers={"Content-Security-Policy": policy})
    return ORIGIN + "/"
