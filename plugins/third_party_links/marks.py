"""The rule that marks links. It adds words to `rel`, `class` and `aria-describedby`, an icon inside the
link, and one description a page; it never changes an address.

Source: W3C technique G201; WHATWG HTML, link type `external`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element, Namespace

from ..privacy.edits import AddTokens, Append, Edit, Insert
from ..privacy.page import Form, Page
from ..privacy.urls import Party

_CLASSES = {Party.THIRD_PARTY: "third", Party.PARTNER: "partner"}
_NO_MARKUP = "pre,code,kbd,samp"
_NO_ICON = "nav"


@dataclass(frozen=True)
class Marks:
    """The markup of the marks in one language: the icon, and the hidden description by class."""

    icon: str
    descriptions: dict[str, str]
    spoken: dict[str, str]


@dataclass(frozen=True)
class MarkLinks:
    """The rule. marks: the markup for a language."""

    marks: Callable[[str], Marks]
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FRAGMENT})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the edits for every link that leaves the company's sites."""
        marks = self.marks(page.language)
        start = page.body_start
        described: set[str] = set()
        for link in page.links():
            name = _CLASSES.get(link.verdict.party)
            if name is None:
                continue
            yield AddTokens(link.element, "rel", ("external",))
            claim = page.claims.get(link.element)
            if claim is None and link.element.namespace is Namespace.HTML and link.element.tag == "a":
                if start is not None:
                    described.add(name)
                yield from _mark(link.element, name, marks, has_description=start is not None)
        missing = [name for name in sorted(described) if page.tree.select_one(f"#xlink-{name}") is None]
        if missing and start is not None:
            yield Insert(start, "".join(marks.descriptions[name] for name in missing))


def _mark(element: Element, name: str, marks: Marks, *, has_description: bool) -> Iterator[Edit]:
    yield AddTokens(element, "class", ("xlink", f"xlink--{name}"))
    if has_description:
        yield AddTokens(element, "aria-describedby", (f"xlink-{name}",))
    if element.closest(_NO_MARKUP) is not None or element.select_one(".xlink-icon,.xlink-spoken") is not None:
        return
    if not has_description:
        yield Append(element, marks.spoken[name])
    elif _has_text(element) and element.closest(_NO_ICON) is None:
        yield Append(element, marks.icon)


def _has_text(element: Element) -> bool:
    """Whether the link holds words, and not a picture alone."""
    return bool(element.text.strip())
