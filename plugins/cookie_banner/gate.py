"""The gate: what a declared service would load sleeps in a template until the visitor agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import turbohtml
from turbohtml import Element, Namespace, Text

from ..privacy.carriers import VOID_ELEMENTS, is_inline_program
from ..privacy.edits import Edit, Replace, Splice, outer_span, place_of, spliced
from ..privacy.page import OWN, Form, Page, Reference
from ..privacy.scripts import waits_for_the_page, writes_document
from ..privacy.verdicts import shown
from .checks import FORGED_CONSENT, GATED_HANDLER, GATED_TOO_LATE, GATED_WRITE, REMOTE_PREVIEW, UNCLOSED_EMBED
from .room import WRAPPERS, Room, embed_in, is_pixel, room_of

_HOLDERS = frozenset({"picture", "video", "audio", "object"})
_IMAGES = frozenset({"img", "picture"})
_BLOCKS = WRAPPERS - {"span"}
_UNSEEN = frozenset({"script", "link", "meta", "noscript"})
_INTERACTIVE = "a,button,label,summary"
_PREVIEW_ROOM = Room("100vw", "150", "")


@dataclass(frozen=True)
class Placeholder:
    """What stands in a held-back element's place.

    services: the ids of those that have to be agreed to. link: where the same content can be seen at the
    provider. title: how the author named it. room: how much it takes, where the markup tells. is_interactive:
    whether it may hold links and buttons. is_seen: false of a pixel, which takes room and shows nothing.
    preview: a picture of the site's own that the author gave (`data-preview`), as its URL stands on the page.
    """

    services: tuple[str, ...]
    link: str | None
    title: str | None
    room: Room | None
    is_interactive: bool
    is_seen: bool = True
    preview: str | None = None


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
        for run in _runs(page, waiting):
            yield from self._edits(page, run, [load for element in run for load in waiting[element]])

    def _refuse_forgeries(self, page: Page) -> None:
        if not page.controls or page.tree.select_one(f'section[data-consent][data-revision="{self.revision}"]'):
            return
        source = page.source_of(page.controls[0])
        page.report(
            FORGED_CONSENT,
            f"{shown(source)} has an attribute by which the banner knows its own controls.",
            "Remove it; banner, placeholders and the privacy settings come by themselves.",
            source,
        )

    def _edits(self, page: Page, run: list[Element], loads: list[Reference]) -> Iterator[Replace]:
        """Yield the edits for an element that waits, or for a run of scripts that wait together."""
        unclosed = [element for element in run if outer_span(element) is None or not _is_closed(page, element)]
        for element in unclosed:
            source = page.source_of(element)
            page.report(
                UNCLOSED_EMBED,
                f"{shown(source)} has no end tag of its own, so that nobody can say what belongs to it.",
                f"Write </{element.tag}> right after it.",
                source,
            )
        first, *others = run
        if unclosed or first.tag == "noscript":
            markup, sleeping = "", ""
        else:
            markup, sleeping = self._held_back(page, run, loads)
        yield Replace(first, markup, gates=True, asleep=sleeping)
        yield from (Replace(element, "", gates=True) for element in others)

    def _held_back(self, page: Page, run: list[Element], loads: list[Reference]) -> tuple[str, str]:
        """Return what stands for the elements, and what of it sleeps."""
        placeholder = None if _is_unseen(run[0], loads) else _placeholder(page, run[0], loads)
        if page.form is Form.FEED:
            is_unseen = placeholder is None or run[0].tag == "script" or not placeholder.is_seen
            return ("" if placeholder is None or is_unseen else self.render(placeholder, page)), ""
        sleeping = asleep(page, run)
        markup = f'<template data-gate="{" ".join(_ids(loads))}">{sleeping}</template>'
        if placeholder is not None:
            markup = f'<span class="{_classes(run[0])}">{markup}{self.render(placeholder, page)}</span>'
        return markup, sleeping


def _runs(page: Page, waiting: dict[Element, list[Reference]]) -> list[list[Element]]:
    """Return the elements that wait, each by itself; but scripts of the same services that follow each other, with
    nothing but space between them, together: the second of them often starts what the first one loads."""
    runs: list[list[Element]] = []
    scripts = {element: span for element in waiting if _is_script(element) and (span := outer_span(element))}
    for element in sorted(scripts, key=lambda element: scripts[element]):
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and last.parent is element.parent
            and _ids(waiting[last]) == _ids(waiting[element])
            and not page.text[scripts[last][1] : scripts[element][0]].strip()
        ):
            runs[-1].append(element)
        else:
            runs.append([element])
    return [*([element] for element in waiting if element not in scripts), *runs]


def _is_script(element: Element) -> bool:
    return element.tag == "script" and element.namespace is Namespace.HTML


def _ids(loads: list[Reference]) -> tuple[str, ...]:
    return tuple(sorted({load.waits_for.id for load in loads if load.waits_for}))


def holder(element: Element) -> Element:
    """Return the outermost element that has to wait for `element` to wait: the `<picture>` of a source,
    the `<object>` around an `<embed>`, the outermost `<svg>` (in which a template is not inert), and what is styled
    for it alone."""
    outermost = element
    for ancestor in element.ancestors:
        if isinstance(ancestor, Element) and (
            (ancestor.tag in _HOLDERS and ancestor.namespace is Namespace.HTML)
            or (ancestor.tag == "svg" and ancestor.namespace is Namespace.SVG)
        ):
            outermost = ancestor
    while isinstance(wrapper := outermost.parent, Element) and _is_styled_for(wrapper, outermost):
        outermost = wrapper
    return outermost


def _is_styled_for(wrapper: Element, element: Element) -> bool:
    """Whether a wrapper has a style attribute and nothing but `element` in it: providers give wrappers that keep the
    proportions of a film. The attribute violates a strict Content Security Policy; asleep it is kept aside."""
    if wrapper.tag not in WRAPPERS or wrapper.attr("style") is None or element.tag in _UNSEEN:
        return False
    place = place_of(wrapper)
    if place is None or place.end_tag is None:
        return False
    return all(child is element or (isinstance(child, Text) and not child.data.strip()) for child in wrapper.children)


def asleep(page: Page, run: list[Element]) -> str:
    """Return the markup of the elements as it sleeps: byte for byte, but `style` is kept aside as `data-style`,
    since a style attribute violates a strict Content Security Policy even inside a template."""
    spans = [span for element in run if (span := outer_span(element))]
    start, end_of_run = spans[0][0], spans[-1][1]
    found = []
    for inner in (inner for element in run for inner in element.iter_elements(include_self=True)):
        place = place_of(inner)
        if place is None:
            continue
        _judge_program(page, inner)
        for name, where in place.attrs.items():
            if name == "style":
                end = where.start_offset + len(name)
                found.append(Splice(where.start_offset - start, end - start, 0, "data-style"))
            elif name.startswith("on"):
                page.report(
                    GATED_HANDLER,
                    f"{shown(page.source_of(inner))} has the attribute {name}, which runs code that a strict "
                    "Content Security Policy forbids.",
                    f"Remove {name}; where the provider needs it, use its plain embed instead.",
                    page.source_of(inner),
                )
    return spliced(page.text[start:end_of_run], sorted(found))


def _judge_program(page: Page, element: Element) -> None:
    """Report an inline script that counts on the page being read just then, which is long past when it wakes."""
    if element.tag != "script" or not is_inline_program(element.attr):
        return
    source = page.source_of(element) + element.text
    if writes_document(element.text):
        page.report(
            GATED_WRITE,
            f"{shown(source)} calls document.write, which empties a page that has been read to its end.",
            "Use the provider's present embed code; this one is of a time when scripts wrote into the page.",
            source,
        )
    event = waits_for_the_page(element.text)
    if event is not None:
        page.report(
            GATED_TOO_LATE,
            f"{shown(source)} waits for the event {event}, which has passed when the visitor agrees: what it waits "
            "with never runs.",
            'Let it run at once, or wait only where document.readyState is "loading".',
            source,
        )


def _is_closed(page: Page, element: Element) -> bool:
    place = place_of(element)
    if place is None:
        return False
    if place.end_tag is not None:
        return not _swallows_another(element)
    if element.namespace is Namespace.HTML:
        return element.tag in VOID_ELEMENTS
    return page.source_of(element).endswith("/>")


def _swallows_another(element: Element) -> bool:
    """Whether a frame ends with the end tag of another: all between the two is its text, which nobody sees."""
    if element.tag != "iframe" or "<" not in element.text:
        return False
    return any(token.tag == "iframe" for token in turbohtml.tokenize(element.text))


def _is_unseen(element: Element, loads: list[Reference]) -> bool:
    """Whether the element takes no room where it stands: no placeholder stands for it then. A script is seen
    where its service shows something in its place, such as comments."""
    if not _is_script(element):
        return element.tag in _UNSEEN or _is_hidden(element) or _is_hidden(embed_in(element))
    shows = any(load.waits_for is not None and load.waits_for.markup.shows_content for load in loads)
    return not shows or element.closest("head") is not None


def _is_hidden(element: Element) -> bool:
    """Whether the element takes no room."""
    style = "".join((element.attr("style") or "").lower().split())
    return element.attr("hidden") is not None or "display:none" in style


def _classes(element: Element) -> str:
    """Return the classes of what stands in an element's place: blocks stand alone, and themes align pictures in their
    own way."""
    if element.tag in _IMAGES:
        return "gate gate-image"
    return "gate gate-block" if element.tag in _BLOCKS else "gate"


def _placeholder(page: Page, element: Element, loads: list[Reference]) -> Placeholder:
    embed = embed_in(element)
    preview = _preview(page, embed)
    return Placeholder(
        _ids(loads),
        None if _is_script(element) else _link(loads[0]),
        embed.attr("title") or embed.attr("alt") or None,
        None if _is_script(element) else room_of(element) or (_PREVIEW_ROOM if preview else None),
        element.closest(_INTERACTIVE) is None,
        not is_pixel(embed),
        preview,
    )


def _preview(page: Page, element: Element) -> str | None:
    """Return the author's picture for the placeholder, as a URL of this page; report one of somebody else's."""
    given = (element.attr("data-preview") or "").strip()
    if not given:
        return None
    if page.read(given, page.base).party in OWN:
        return page.site_url + given if given.startswith("/") and not given.startswith("//") else given
    source = page.source_of(element)
    page.report(
        REMOTE_PREVIEW,
        f"{shown(source)} has a preview picture that is not the site's own: every visitor would load it.",
        'Copy the picture into content/images/ and write data-preview="/images/…".',
        source,
    )
    return None


def _link(load: Reference) -> str | None:
    address, service = load.verdict.address, load.verdict.service
    if address is None or service is None or address.scheme not in ("http", "https"):
        return None
    return service.page_for(address.path) or address.href
