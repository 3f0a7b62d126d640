"""What an author says of all Amazon links of a page at once: `Affiliate: off` at the top of its file.

It becomes the attribute of each link, so that it holds wherever the text is shown: on its page, in lists, in feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..privacy import urls
from ..privacy.build import Build
from ..privacy.checks import WRONG_CONTROL
from ..privacy.edits import SetAttribute, spliced, splices
from ..privacy.findings import Finding
from ..privacy.parsing import fragment_of, normalised
from ..privacy.safe_pelican import BUILD
from .judging import CONTROLS
from .links import amazon_link


def controlled(html: str, word: str, base: str) -> str:
    """Return `html` with `data-affiliate` on every Amazon link that does not have it. base: of its addresses."""
    text = normalised(html)
    tree = fragment_of(text)
    edits = []
    for link in tree.select("a[href],area[href]"):
        address = urls.read(link.attr("href") or "", base)
        if link.attr("data-affiliate") is None and address is not None and amazon_link(address) is not None:
            edits.append(SetAttribute(link, "data-affiliate", word))
    return spliced(text, splices(text, edits)) if edits else html


def apply_page_controls(generators: Iterable[Any]) -> None:
    """Let every content with a line `Affiliate:` hand it on to its links."""
    context = next(iter(generators)).context
    build: Build = context[BUILD]
    base = build.declaration.site + "/"
    for content in context["generated_content"].values():
        if content is None or "affiliate" not in content.metadata:
            continue
        word = str(content.metadata["affiliate"]).strip().lower()
        if word not in CONTROLS:
            build.findings.append(
                Finding(
                    WRONG_CONTROL,
                    f"“Affiliate: {word}” is none of " + ", ".join(f"“{known}”" for known in CONTROLS) + ".",
                    "Correct the line at the top of the file, or remove it.",
                    place=build.places.shown(Path(content.source_path)),
                )
            )
            continue
        with build.clock():
            content._content = controlled(content._content, word, base)
            if "summary" in content.metadata:
                content.metadata["summary"] = controlled(content.metadata["summary"], word, base)
