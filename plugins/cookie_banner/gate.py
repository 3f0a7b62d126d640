"""The gate: what a declared service would load sleeps in a template until the visitor agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element, Namespace

from ..privacy.carriers import VOID_ELEMENTS
from ..privacy.edits import Edit, Replace, Splice, outer_span, spliced
from ..privacy.page import Form, Page, Reference
from ..privacy.verdicts import shown
from .checks import FORGED_CONSENT, GATED_HANDLER, UNCLOSED_EMBED

_HOLDERS = frozenset({"picture", "video", "audio", "object"})
_UNSEEN = frozenset({"script", "link", "meta"})
_CONTROLS = (
    "[data-consent],[data-consent-choice],[data-consent-open],[data-consent-status],[data-gate-load],[data-forget],"
    "[data-style]"
)
_INTERACTIVE = "a,button,label,summary"


@dataclass(frozen=True)
class Placeholder:
    """What stands in a held-back element's place.

    services: the ids of those that have to be agreed to. link: where the same content can be seen at the
    provider. title: how the author named it. width and height: CSS pixels, where the author gave both.
    is_interactive: whether it may hold links and buttons.
    """

    services: tuple[str, ...]
    link: str | None
    title: str | None
    width: int | None
    height: int | None
    is_interactive: bool


Render = Callable[[Placeholder, Page], str]


@dataclass(frozen=True)
class Gate:
    """The rule that holds back. render: the placeholder's markup, for pages and for feeds. revision: of what
    visitors agree to, by which the rule knows a banner that is already there."""

    render: Render
    revision: str = ""
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FEED})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield one edit for each element that has to wait, the outermost that loads as one."""
        if page.form is Form.DOCUMENT:
            self._refuse_forgeries(page)
        waiting: dict[Element, list[Reference]] = {}
        for load in page.loads():
            service = load.waits_for
            if service is None or not service.needs_consent or load.asleep is not None:
                continue
            if load.carrier.is_gateable:
                waiting.setdefault(holder(load.element), []).append(load)
        for element, loads in waiting.items():
            yield self._edit(page, element, loads)

    def _refuse_forgeries(self, page: Page) -> None:
        forged = page.tree.select_one(_CONTROLS)
        if forged is None or page.tree.select_one(f'section[data-consent][data-revision="{self.revision}"]'):
            return
        source = page.source_of(forged)
        page.report(
            FORGED_CONSENT,
            f"{shown(source)} has an attribute by which the banner knows its own controls.",
            "Remove it; banner, placeholders and the privacy settings come by themselves.",
            source,
        )

    def _edit(self, page: Page, element: Element, loads: list[Reference]) -> Replace:
        span = outer_span(element)
        if span is None or not _is_closed(page, element):
            source = page.source_of(element)
            page.report(
                UNCLOSED_EMBED,
                f"{shown(source)} has no end tag of its own, so that nobody can say what belongs to it.",
                f"Write </{element.tag}> right after it.",
                source,
            )
            return Replace(element, "", gates=True)
        if element.tag == "noscript":
            return Replace(element, "", gates=True)
        placeholder = _placeholder(element, loads)
        is_unseen = element.tag in _UNSEEN or _is_hidden(element)
        if page.form is Form.FEED:
            return Replace(element, "" if is_unseen else self.render(placeholder, page), gates=True)
        sleeping = asleep(page, element, span)
        markup = f'<template data-gate="{" ".join(placeholder.services)}">{sleeping}</template>'
        if not is_unseen:
            markup = f'<span class="gate">{markup}{self.render(placeholder, page)}</span>'
        return Replace(element, markup, gates=True, asleep=sleeping)


def holder(element: Element) -> Element:
    """Return the outermost element that has to wait for `element` to wait: the `<picture>` of a source,
    the `<object>` around an `<embed>`, the outermost `<svg>` (in which a template is not inert)."""
    outermost = element
    for ancestor in element.ancestors:
        if isinstance(ancestor, Element) and (
            (ancestor.tag in _HOLDERS and ancestor.namespace is Namespace.HTML)
            or (ancestor.tag == "svg" and ancestor.namespace is Namespace.SVG)
        ):
            outermost = ancestor
    return outermost


def asleep(page: Page, element: Element, span: tuple[int, int]) -> str:
    """Return the element's markup as it sleeps: byte for byte, but `style` is kept aside as `data-style`,
    since a style attribute violates a strict Content Security Policy even inside a template."""
    found = []
    for inner in element.iter_elements(include_self=True):
        place = inner.source_location
        if place is None:
            continue
        for name, where in place.attrs.items():
            if name == "style":
                end = where.start_offset + len(name)
                found.append(Splice(where.start_offset - span[0], end - span[0], 0, "data-style"))
            elif name.startswith("on"):
                page.report(
                    GATED_HANDLER,
                    f"{shown(page.source_of(inner))} has the attribute {name}, which runs code that a strict "
                    "Content Security Policy forbids.",
                    f"Remove {name}; where the provider needs it, use its plain embed instead.",
                    page.source_of(inner),
                )
    return spliced(page.text[span[0] : span[1]], sorted(found))


def _is_closed(page: Page, element: Element) -> bool:
    place = element.source_location
    if place is None:
        return False
    if place.end_tag is not None:
        return True
    if element.namespace is Namespace.HTML:
        return element.tag in VOID_ELEMENTS
    return page.source_of(element).endswith("/>")


def _is_hidden(element: Element) -> bool:
    """Whether nobody would see the element: it is hidden, or a pixel."""
    style = "".join((element.attr("style") or "").lower().split())
    if element.attr("hidden") is not None or "display:none" in style:
        return True
    return all((element.attr(name) or "").strip() in ("0", "1") for name in ("width", "height"))


def _placeholder(element: Element, loads: list[Reference]) -> Placeholder:
    services = tuple(sorted({load.waits_for.id for load in loads if load.waits_for}))
    width, height = _pixels(element.attr("width")), _pixels(element.attr("height"))
    both = width is not None and height is not None
    return Placeholder(
        services,
        _link(loads[0]),
        element.attr("title") or element.attr("alt") or None,
        width if both else None,
        height if both else None,
        element.closest(_INTERACTIVE) is None,
    )


def _pixels(value: str | None) -> int | None:
    """Return a dimension attribute in CSS pixels, or None for percentages and the like."""
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and 0 < len(digits) < 5 else None


def _link(load: Reference) -> str | None:
    address, service = load.verdict.address, load.verdict.service
    if address is None or service is None or address.scheme not in ("http", "https"):
        return None
    return service.page_for(address.path) or address.href
