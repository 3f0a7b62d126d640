"""Markers: paragraphs of the policy that hold only `[privacy:name]`, replaced by what is derived.

Pure: HTML in, HTML out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from turbohtml import Element

from ..privacy.edits import Insert, Replace, outer_span, quoted, spliced, splices
from ..privacy.parsing import fragment_of, normalised
from .reading import PART, UNVERSIONED

ALL = "all"
CONTENTS = "contents"
_OPEN = "[privacy:"
_SOURCES = "p.policy-sources"
_RESERVED = (UNVERSIONED, PART)


@dataclass(frozen=True)
class FilledIn:
    """The policy with its derived parts, and the markers that are wrong.

    unknown: markers that name no part, or that stand inside a text. missing: required parts without one.
    repeated: parts that stand twice. empty: markers of parts that have nothing to say on this site.
    """

    html: str
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]
    empty: tuple[str, ...] = ()


def fill_in(
    html: str, parts: Mapping[str, str], titles: Mapping[str, str] | None = None, nothing: Collection[str] = ()
) -> FilledIn:
    """Return the policy with every part in the place of its marker. All parts are required, once each.

    `[privacy:all]` stands for every part that has no marker of its own, in their order, each below its title.
    titles: by part; a part without one gets no heading. nothing: parts that have nothing to say.
    """
    text = normalised(html)
    tree = fragment_of(text)
    markers = [(paragraph, _name(paragraph)) for paragraph in tree.select("p")]
    known = {*parts, *nothing, ALL, CONTENTS}
    seen = [name for _, name in markers if name in known]
    rest = [name for name in parts if name not in seen]
    edits = []
    for paragraph, name in markers:
        if name == ALL:
            edits.append(Replace(paragraph, "\n".join(_titled(tree, name, parts, titles or {}) for name in rest)))
        elif name in parts:
            edits.append(Replace(paragraph, parts[name]))
    return FilledIn(
        spliced(text, splices(text, edits)),
        tuple(sorted(_left_over(tree, markers, known))),
        () if ALL in seen else tuple(sorted(rest)),
        tuple(sorted({name for name in seen if seen.count(name) > 1})),
        tuple(sorted(set(seen) & set(nothing))),
    )


def finished(html: str, contents: Callable[[Sequence[tuple[str, str]]], str], statement: str) -> str:
    """Return a filled-in policy with its list of contents in the place of `[privacy:contents]`, and `statement`
    below the heading of each section in which a person wrote something.

    contents: from the identifiers and texts of the headings to the markup of the list.
    """
    tree = fragment_of(html)
    headings = [heading for heading in tree.select("h2") if heading.attr("id")]
    edits: list[Replace | Insert] = [
        Replace(paragraph, contents([(str(h.attr("id")), " ".join(h.text.split())) for h in headings]))
        for paragraph in tree.select("p")
        if _name(paragraph) == CONTENTS
    ]
    prose: Element | None = None
    is_prose = False
    for element in tree.children:
        if not isinstance(element, Element):
            continue
        if element.tag == "h2":
            if is_prose:
                edits.append(_below(prose, statement))
            prose, is_prose = element, False
        else:
            is_prose = is_prose or not _is_derived(element)
    if is_prose:
        edits.append(_below(prose, statement))
    return spliced(html, splices(html, edits))


def storable(html: str) -> str:
    """Return a finished policy as it is stored: without where and when facts were read, which is no part of a version
    and stands in `privacy.json`."""
    tree = fragment_of(html)
    return spliced(html, splices(html, [Replace(element, "") for element in tree.select(_SOURCES)]))


def reserved(html: str) -> list[str]:
    """Return what a person wrote that marks derived parts, or takes words out of a version, each once, sorted."""
    tree = fragment_of(html)
    found = {name for name in _RESERVED for element in tree.iter_elements() if element.attr(name) is not None}
    return sorted(found | {".policy-sources" for _ in tree.select(_SOURCES)})


def _below(heading: Element | None, statement: str) -> Insert:
    span = outer_span(heading) if heading is not None else None
    return Insert(span[1], f"\n{statement}") if span else Insert(0, f"{statement}\n")


def _is_derived(element: Element) -> bool:
    return element.attr(PART) is not None or element.attr(UNVERSIONED) is not None or _name(element) == CONTENTS


def _titled(tree: Element, name: str, parts: Mapping[str, str], titles: Mapping[str, str]) -> str:
    if not titles.get(name):
        return parts[name]
    taken = any(element.attr("id") == name for element in tree.select("[id]"))
    identifier = f"privacy-{name}" if taken else name
    return f"<h2 id={quoted(identifier)}>{escape(titles[name], quote=False)}</h2>\n{parts[name]}"


def _name(paragraph: Element) -> str:
    text = paragraph.text.strip()
    if text.startswith(_OPEN) and text.endswith("]") and paragraph.source_location is not None:
        return text.removeprefix(_OPEN).removesuffix("]").strip()
    return ""


def _left_over(tree: Element, markers: Sequence[tuple[Element, str]], known: Collection[str]) -> set[str]:
    """Return the markers that no paragraph of their own holds, or that name no part."""
    if tree.text.count(_OPEN) == sum(name in known for _, name in markers):
        return set()
    texts = {paragraph.text.strip() for paragraph, name in markers if name not in known}
    wrong = {text for text in texts if text.startswith(_OPEN)}
    return wrong or {"A marker that is not alone in its paragraph"}
