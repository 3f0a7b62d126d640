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
from ..privacy.edits import Edit, SetAttribute, place_of, refilled, spliced, splices
from ..privacy.findings import Finding
from ..privacy.parsing import fragment_of, normalised
from ..privacy.safe_pelican import BUILD
from .judging import CONTROLS
from .links import Kind, amazon_link

_CONTROLLED = (Kind.STORE, Kind.SHORT)


def controlled(html: str, word: str, base: str) -> str:
    """Return `html` with `data-affiliate` on every link to a store, or a short one, that does not have it; also in
    the HTML inside it. base: of its addresses. What imitates Amazon is told of unless its own author says off."""
    text = normalised(html)
    tree = fragment_of(text)
    edits: list[Edit] = []
    for link in tree.select("a[href],area[href]"):
        address = urls.read(link.attr("href") or "", base)
        amazon = amazon_link(address) if address is not None else None
        if link.attr("data-affiliate") is None and amazon is not None and amazon.kind in _CONTROLLED:
            edits.append(SetAttribute(link, "data-affiliate", word))
    for frame in tree.select("iframe[srcdoc]"):
        held = frame.attr("srcdoc") or ""
        if (new := controlled(held, word, base)) != held:
            edits.append(SetAttribute(frame, "srcdoc", new))
    for alternative in tree.select("noscript"):
        place = place_of(alternative)
        if place is not None and place.end_tag is not None:
            held = text[place.start_tag.end_offset : place.end_tag.start_offset]
            new = controlled(held, word, base)
            edit = refilled(text, alternative, new) if new != held else None
            edits.extend([edit] if edit is not None else [])
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
            finding = Finding(
                WRONG_CONTROL,
                f"“Affiliate: {word}” is none of " + ", ".join(f"“{known}”" for known in CONTROLS) + ".",
                "Correct the line at the top of the file, or remove it.",
                evidence=str(content.metadata["affiliate"]),
            )
            build.findings.extend(build.places.located([finding], "", [Path(content.source_path)]))
            continue
        with build.clock():
            _control(content, word, base)


def _control(content: Any, word: str, base: str) -> None:
    """Hand a word on to the links in the text of a content, and in the lines at its top that hold markup."""
    content._content = controlled(content._content, word, base)
    metadata = content.metadata
    for name in {"summary", *content.settings["FORMATTED_FIELDS"]} & metadata.keys():
        metadata[name] = controlled(metadata[name], word, base)
    if "summary" in metadata:
        content._summary = metadata["summary"]  # which Pelican writes back over the line, once all are read
