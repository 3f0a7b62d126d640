"""How many bytes consent costs a visitor of this repository's site: the runtime once, the rest on every page."""

from __future__ import annotations

import gzip

from pelicanconf import PRIVACY
from plugins.cookie_banner import runtime
from plugins.privacy.declaration import Declaration
from plugins.privacy.settings import Privacy
from tests.kit import cookie_banner, page_pass

RUNTIME_LIMIT = 4_000
PAGE_LIMIT = 1_500
_PAGE = (
    '<!DOCTYPE html><html lang="{}"><head><title>x</title></head><body><header>h</header>'
    "<main><h1>Title</h1><p>Text.</p></main><footer>f</footer></body></html>"
)


def runtime_size() -> int:
    """Return the bytes of script and style sheet, each minified and compressed (gzip -9)."""
    return _compressed(runtime.script()) + _compressed(runtime.style())


def page_growth() -> int:
    """Return the compressed bytes (gzip -9) by which a page grows that has next to nothing to share with them, in
    the language that needs more."""
    run = page_pass(cookie_banner, declaration=Declaration(Privacy.model_validate(PRIVACY)))
    pages = [_PAGE.format(language) for language in ("en", "de")]
    return max(_compressed(run(page, site_url="..").text) - _compressed(page) for page in pages)


def _compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))
