"""What Chromium's preload scanner sees, which knows no tree, and fetches what it sees."""

from __future__ import annotations

from collections.abc import Iterator

import turbohtml

from ..privacy.carriers import Carrier, Kind, applies, rows_for
from ..privacy.declaration import Verdict
from ..privacy.grammars import urls_in
from ..privacy.page import Read

_SCANNED = frozenset({"img", "input", "link", "script", "source", "video"})


def scanned_loads(html: str, base: str, read: Read) -> Iterator[tuple[Carrier, str, Verdict]]:
    """Yield what start tags outside templates load from third parties, read one by one and as HTML wherever they
    stand. (`<image>` in a table, which the parser of the audit drops, is among them.)"""
    depth = 0
    for token in turbohtml.tokenize(html):
        tag = "img" if token.tag == "image" else token.tag
        if tag == "template":
            depth = max(0, depth + (1 if token.type is turbohtml.TokenType.START_TAG else -1))
        if depth or token.type is not turbohtml.TokenType.START_TAG or tag not in _SCANNED:
            continue
        values = dict(token.attrs or ())
        for name, rows in rows_for("html", tag).items():
            value = values.get(name) or ""
            for carrier in rows if value and name != "style" else ():
                if carrier.kind is Kind.LOADS and applies(carrier, values.get):
                    for url in urls_in(carrier.grammar, value):
                        verdict = read(url, base)
                        if verdict.is_foreign:
                            yield carrier, url, verdict
