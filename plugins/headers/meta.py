"""The rule that puts the Content Security Policy into every page, for hosts that can set no headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from turbohtml import Element

from ..privacy.edits import Edit, Insert, place_of
from ..privacy.page import Form, Page
from .checks import NO_PLACE_FOR_HEADERS
from .csp import ContentSecurityPolicy
from .inline import Inline, inline_of

START = '<meta http-equiv="Content-Security-Policy" content="'
REFERRER = "strict-origin-when-cross-origin"
_LEADING = frozenset({"meta", "title"})


@dataclass
class Found:
    """What is inline anywhere on the site, as the pages of one build tell."""

    inline: set[Inline] = field(default_factory=set)

    def policy(self, base: ContentSecurityPolicy) -> ContentSecurityPolicy:
        """Return the policy that lets all of it through."""
        return _letting(base, self.inline)


def _letting(base: ContentSecurityPolicy, inline: set[Inline]) -> ContentSecurityPolicy:
    return base.letting(
        (item.hash for item in inline if item.directive == "script-src"),
        (item.hash for item in inline if item.directive == "style-src"),
    )


def markup(policy: ContentSecurityPolicy) -> str:
    """Return what a page carries of the headers."""
    return f'{START}{policy.meta}"><meta name="referrer" content="{REFERRER}">'


class Meta:
    """The rule. policy: of the site, without hashes. found: where it leaves what is inline."""

    forms = frozenset({Form.DOCUMENT})

    def __init__(self, policy: ContentSecurityPolicy, found: Found) -> None:
        self._policy = policy
        self._found = found
        self._plain = markup(policy)

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the policy's place in the head: as early as can be, and behind the declaration of the charset, which
        browsers look for in the first 1,024 bytes only."""
        inline = set(inline_of(page.tree))
        self._found.inline |= inline
        text = markup(_letting(self._policy, inline)) if inline else self._plain
        if page.tree.select_one('meta[http-equiv="Content-Security-Policy"]') is not None and text in page.text:
            return
        offset = _place(page)
        if offset is None:
            page.report(
                NO_PLACE_FOR_HEADERS,
                "The page has neither a <head> nor a <body> tag, so that its Content Security Policy has no place.",
                "Write <head> and </head> in the template that makes the page.",
                "",
            )
            return
        yield Insert(offset, text)


def _place(page: Page) -> int | None:
    """Return the offset at which the policy governs all that follows."""
    head = page.tree.select_one("head")
    for child in _children(head):
        if child.tag not in _LEADING:
            break
        place = place_of(child)
        if place is not None and child.tag == "meta" and child.attr("charset") is not None:
            return place.start_tag.end_offset
    for element in (head, *_children(head)):
        place = place_of(element) if element is not None else None
        if place is not None:
            return place.start_tag.end_offset if element is head else place.start_tag.start_offset
    body = page.tree.select_one("body")
    place = place_of(body) if body is not None else None
    return None if place is None else place.start_tag.start_offset


def _children(head: Element | None) -> Iterator[Element]:
    return (child for child in (head.children if head is not None else ()) if isinstance(child, Element))
