"""Markers: paragraphs that hold only `[form:name]`, replaced by the form of that name.

Pure: HTML in, HTML out. What stands in code is an example, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element, Text

from ..privacy.edits import Replace, spliced, splices
from ..privacy.parsing import fragment_of, normalised

OPEN = "[form:"
_EXAMPLES = "pre,code,kbd,samp,textarea,script,style"


@dataclass(frozen=True)
class Placed:
    """A text with its forms. unknown: markers that name none. misplaced: those that are not alone in a paragraph.
    Both as they were written. repeated: names that stand twice."""

    html: str
    unknown: tuple[str, ...]
    misplaced: tuple[str, ...]
    repeated: tuple[str, ...]


def placed(html: str, render: Callable[[str], str | None]) -> Placed:
    """Return the text with every marker replaced. render: a form's markup by its name, None where there is none."""
    text = normalised(html)
    tree = fragment_of(text)
    edits: list[Replace] = []
    unknown, misplaced, seen = [], [], []
    for holder, marker in _markers(tree):
        name = name_of(marker)
        is_alone = holder.tag == "p" and holder.text.strip() == marker and holder.source_location is not None
        if not is_alone or not marker.endswith("]"):
            misplaced.append(marker)
        elif (markup := render(name)) is None:
            unknown.append(marker)
        else:
            seen.append(name)
            edits.append(Replace(holder, markup))
    repeated = tuple(sorted({name for name in seen if seen.count(name) > 1}))
    return Placed(spliced(text, splices(text, edits)), tuple(unknown), tuple(misplaced), repeated)


def name_of(marker: str) -> str:
    """Return the name in a marker."""
    return marker.removeprefix(OPEN).removesuffix("]").strip()


def _markers(tree: Element) -> Iterator[tuple[Element, str]]:
    """Yield every marker outside code, with the element that it stands in."""
    for node in tree.descendants:
        if not isinstance(node, Text) or OPEN not in node.text:
            continue
        holder = node.parent
        if not isinstance(holder, Element) or holder.closest(_EXAMPLES) is not None:
            continue
        for part in node.text.split(OPEN)[1:]:
            inside, bracket, _ = part.partition("]")
            yield holder, OPEN + inside + bracket if bracket else (OPEN + part).strip()
