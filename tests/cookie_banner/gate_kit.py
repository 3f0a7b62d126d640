"""What the tests of the gate share: a declaration, the pass with a short word as the placeholder, what they expect."""

from __future__ import annotations

from plugins.cookie_banner.gate import Gate, Placeholder
from plugins.privacy.findings import Finding
from plugins.privacy.page import Form, Page
from plugins.privacy.page_pass import PagePass
from tests.kit import declared, ran

TEXT_SERVICE = {
    "id": "order",
    "name": "Order",
    "provider": "Order Ltd",
    "purpose": "functional",
    "needs_consent": False,
    "reason": "A link leads there.",
    "hosts": [{"host": "order.example", "role": "link"}],
}
DECLARATION = declared(services=["youtube", "openstreetmap", "goatcounter", TEXT_SERVICE])
FILM = "https://www.youtube-nocookie.com/embed/1"
FRAME = f'<iframe src="{FILM}"></iframe>'
MAP = "https://www.openstreetmap.org/export/embed.html"
LIBRARY = '<script src="https://gc.zgo.at/count.js"></script>'
WIDGETS = '<script async src="https://platform.twitter.com/widgets.js"></script>'


def word(placeholder: Placeholder, page: Page) -> str:
    """Return the stand-in for a placeholder's markup."""
    return "(feed)" if page.form is Form.FEED else "(here)"


RUN = PagePass(DECLARATION, [Gate(word)], [], DECLARATION.reader())


def made(html: str, form: Form = Form.DOCUMENT) -> str:
    """Return what becomes of a page on which nothing is found."""
    text, findings = ran(RUN, html, form=form)
    assert [str(finding) for finding in findings] == []
    return text


def gated(markup: str, services: str = "youtube") -> str:
    """Return an embed that waits, with its placeholder."""
    names = "gate gate-image" if markup.startswith(("<img", "<picture")) else "gate"
    if markup.startswith(("<div", "<figure")):
        names = "gate gate-block"
    return f'<span class="{names}"><template data-gate="{services}">{markup}</template>(here)</span>'


def unseen(markup: str, services: str = "goatcounter") -> str:
    """Return what waits and takes no room."""
    return f'<template data-gate="{services}">{markup}</template>'


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Return what findings say."""
    return [(finding.check.name, finding.what, finding.way_out) for finding in findings]
