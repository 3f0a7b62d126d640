"""What the tests of the banner and of the placeholder share: a declaration, the pass with the real templates."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from tests.kit import cookie_banner, declared, page_pass

VIDEO = {  # the catalogue's own facts change
    "id": "youtube",
    "name": "YouTube",
    "provider": "Google",
    "country": {"value": "IE", "source": "https://www.youtube.com/", "checked": "2026-11-01"},
}
ASKS = declared(services=[VIDEO, "goatcounter"])
RUN = page_pass(cookie_banner, declaration=ASKS)
FILM = "https://www.youtube-nocookie.com/embed/1"
FRAME = f'<iframe src="{FILM}" title="A film" width="560" height="315"></iframe>'
PAGE = "<html><head><title>x</title></head><body><header>h</header><main>{}</main><footer>f</footer></body></html>"
LINK_ONLY = {
    "id": "shop",
    "name": "Shop",
    "provider": "Shop Ltd",
    "purpose": "functional",
    "needs_consent": False,
    "reason": "A link leads there.",
    "hosts": [{"host": "shop.example", "role": "link"}],
}


def soup(text: str) -> BeautifulSoup:
    """Return a page as another parser reads it."""
    return BeautifulSoup(text, "html.parser")


def one(parent: Tag, selector: str) -> Tag:
    """Return the only element of a selector."""
    (found,) = parent.select(selector)
    return found
