"""The rule that marks links. It adds words to `rel`, `class` and `aria-describedby`, an icon inside the
link, and one description a page; it never changes an address.

Source: W3C technique G201; WHATWG HTML, link type `external`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from turbohtml import Element, Namespace

from ..privacy.checks import WRONG_CONTROL
from ..privacy.declaration import Declaration, Verdict
from ..privacy.edits import AddTokens, Append, Edit, Insert
from ..privacy.page import CODE, Form, Page, Reference, sleep_of, start_of
from ..privacy.urls import Address, Party
from ..privacy.verdicts import shown
from .checks import (
    DATA_LINK,
    HIDDEN_DESTINATION,
    MISLEADING_LINK,
    NAMELESS_LINK,
    SCRIPT_LINK,
    UNANNOUNCED_WINDOW,
    UNREADABLE_LINK,
)
from .judging import Judge, has_user_name, is_own_redirector

ELSEWHERE = "first"
CLASSES = {Party.THIRD_PARTY: "third", Party.PARTNER: "partner"}
NAMES = (ELSEWHERE, *sorted(CLASSES.values()))
"""What links are called in the marks that leave the website: for one of the company's own under another domain; for a
partner's; for anybody else's."""
SAME_WINDOW = frozenset({"", "_self", "_parent", "_top"})
_NO_ICON = f"{CODE},nav,footer"
_HEADINGS = "h1,h2,h3,h4,h5,h6"
_PARAGRAPHS = "p,figcaption"
_NAMES_BY = ("alt", "title", "aria-label", "aria-labelledby")
_NAMES_IN = ("svg title", "svg text", "canvas")
_OPENS = ("a[target]", "area[target]")
_TAKE_TARGET_OF_BASE = (
    "a[href]:not([target])",
    r"a[xlink\:href]:not([target]):not([href])",
    "area[href]:not([target])",
)
"""What may open a new window, by itself and by the page's base. A selector that begins with a name is looked up by
it: they are ten times faster than their union."""


@dataclass(frozen=True)
class Marks:
    """The markup of the marks in one language. By name (see `NAMES`): icons; descriptions, hidden; spoken,
    where no description can be. A description `new` too, of what opens a new tab; new_tab says it in words."""

    icons: dict[str, str]
    descriptions: dict[str, str]
    spoken: dict[str, str]
    new_tab: str

    @cached_property
    def elements(self) -> tuple[str, ...]:
        """What is written into links, without the space before it."""
        return tuple(markup.lstrip() for markup in (*self.icons.values(), *self.spoken.values(), self.new_tab))


@dataclass(frozen=True)
class MarkLinks:
    """The rule. marks: the markup for a language. judge: what is to be said of an address."""

    marks: Callable[[str], Marks]
    judge: Judge
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FRAGMENT})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Yield the edits for every link that leaves the website, or opens a new tab."""
        marks = self.marks(page.language)
        has_body = page.body_start is not None
        described: set[str] = set()
        yield from _tell_of_new_tabs(page, marks, described)  # first: the icon stands behind all words
        for link in page.links():
            if link.verdict.party is Party.FIRST_PARTY:
                _report_redirector(page, link)
            name = name_of(link.verdict, page.declaration)
            if name is None:
                _report_nowhere(page, link)
                continue
            if name != ELSEWHERE:
                yield AddTokens(link.element, "rel", ("external",))
            if self._wants_marks(page, link):
                described.add(name)
                yield from _mark(page, link, name, marks, has_body=has_body)
        if described and page.body_start is not None:
            yield from _descriptions(page, page.body_start, described, marks)

    def _wants_marks(self, page: Page, link: Reference) -> bool:
        """Judge a link; return whether it gets more than a word in `rel`."""
        element, address = link.element, link.verdict.address
        is_off = is_switched_off(page, element, link)
        if address is not None and not is_off:
            self._judge(page, link, address)
        if element in page.claims:
            return False
        if address is not None and address.scheme == "http":
            page.verdicts.setdefault(element, "not encrypted")
        return not is_off and element.namespace is Namespace.HTML and element.tag == "a"

    def _judge(self, page: Page, link: Reference, address: Address) -> None:
        """Report what is to be said of an address. A rule that has claimed the link, or found something about it,
        knows its host, and finds user names: what is left to say is that it is not read as it is written."""
        is_found = link.element in page.checks
        is_known = is_found or link.element in page.claims
        for check, what, way_out in self.judge(link.url, address):
            if not is_known or (check is MISLEADING_LINK and not (is_found and has_user_name(address))):
                page.report_link(check, link, what, way_out)


def name_of(verdict: Verdict, declaration: Declaration) -> str | None:
    """Return what a link is called in the marks, by where it leads; None where it stays on the website or leads to no
    place on the web."""
    if verdict.party is Party.FIRST_PARTY and not declaration.shares_domain(verdict.host):
        return ELSEWHERE
    return CLASSES.get(verdict.party)


def is_switched_off(page: Page, element: Element, link: Reference | None = None) -> bool:
    """Whether the author wants no marks on a link. A word that means nothing is an error."""
    control = element.attr("data-xlink")
    if control is not None and control != "off" and link is not None:
        page.report_link(WRONG_CONTROL, link, "has a data-xlink that is not “off”.", "Correct it, or remove it.")
    if control == "off":
        page.verdicts.setdefault(element, "off")
    return control == "off"


def _mark(page: Page, link: Reference, name: str, marks: Marks, *, has_body: bool) -> Iterator[Edit]:
    element = link.element
    yield AddTokens(element, "class", ("xlink", f"xlink--{name}"))
    if has_body:
        yield AddTokens(element, "aria-describedby", (f"xlink-{name}",))
    has_words = bool(page.words_of(link, marks.elements).strip())
    if not has_words and not any(map(_has_name, page.parts_of(link))):
        way_out = "Write words into it, or what its picture shows: ![words](picture)."
        page.report_link(NAMELESS_LINK, link, "has neither words nor a picture with a text in its place.", way_out)
    has_icon = element.closest(_NO_ICON) is None
    if not has_icon and element.closest(CODE) is not None:
        return
    if not has_body:
        yield from page.appended(link, page.end_of(link), marks.spoken[name], or_first=True)
    elif has_words and has_icon:
        yield from page.appended(link, _end_of_words(page, page.end_of(link)), marks.icons[name])


def _end_of_words(page: Page, element: Element) -> Element:
    """Return in what of a link the icon stands last: in a card, its heading or last paragraph. Behind a block it
    would be alone on a line."""
    if element.select_one("*") is None:
        return element
    blocks: list[Element] = element.select(_HEADINGS)[:1] or element.select(_PARAGRAPHS)[-1:]
    return next((block for block in blocks if page.words_in(block).strip()), element)


def _has_name(element: Element) -> bool:
    """Whether a link without words says by other means where it leads: by an attribute, also of what is in it, by the
    title or the text of a drawing, by what stands in a canvas. Source: accessible name computation 1.2."""
    inside = element.select("*")
    if any((named.attr(name) or "").strip() for named in (element, *inside) for name in _NAMES_BY):
        return True
    return any(named.text.strip() for selector in _NAMES_IN for named in element.select(selector))


def _report_nowhere(page: Page, link: Reference) -> None:
    """Report a link that leads to no place on the web."""
    address = link.verdict.address
    if link.verdict.party is Party.UNREADABLE:
        way_out = "Correct the address; a visitor who clicks it stays where they are."
        page.report_link(UNREADABLE_LINK, link, "has an address that no browser can read.", way_out)
    elif address is not None and address.scheme == "javascript":
        way_out = "Link to a page, or use a button in the theme."
        page.report_link(SCRIPT_LINK, link, "runs a program instead of leading to a page.", way_out)
    elif address is not None and address.scheme == "data":
        way_out = "Save the content as a file of the site, and link to that."
        page.report_link(DATA_LINK, link, "holds its content in its address, which browsers do not open.", way_out)


def _report_redirector(page: Page, link: Reference) -> None:
    """Report a link to another host of the company's that only sends visitors on. (On the site itself an address that
    the server sends on is a broken link, and a page that does it loads what is elsewhere.)"""
    address = link.verdict.address
    if address is not None and is_own_redirector(address.path):
        what = "only sends visitors on, to an address that nobody sees before."
        page.report_link(HIDDEN_DESTINATION, link, what, "Write the address to which it leads in the end.")


def _tell_of_new_tabs(page: Page, marks: Marks, described: set[str]) -> Iterator[Edit]:
    """Yield the edits for every link that opens a new tab. described: gains the description that they need."""
    for element in _new_tabs(page):
        yield AddTokens(element, "rel", ("noopener",))
        if element.closest(CODE) is None:
            if not page.holds(element, marks.new_tab):
                yield Append(element, marks.new_tab, or_first=True)
        elif page.body_start is not None:
            described.add("new")
            yield AddTokens(element, "aria-describedby", ("xlink-new",))


def _new_tabs(page: Page) -> Iterator[Element]:
    """Yield the links that open a new tab and can say so, in words or, in code, by a description; report the rest."""
    for element in _openers(page):
        if sleep_of(element) is not None:
            continue
        if element.tag != "a" or element.namespace is not Namespace.HTML:
            _report_window(page, element)
        elif element.attr("href") is not None and not is_switched_off(page, element):
            yield element


def _openers(page: Page) -> Iterator[Element]:
    """Yield what opens a new window: by its own target, or, where it has none, by that of the page's `<base>`.
    Source: WHATWG HTML, “get an element's target”."""
    for selector in _OPENS:
        yield from filter(_opens, page.tree.select(selector))
    bases = page.tree.select("base[target]")
    if (
        page.is_alternative
    ):  # a base that only some visitors have holds for the page around it, which says nothing of it
        yield from filter(_opens, bases)
        bases = page.around[0].select("base[target]")
    base = next((base for base in bases if base.namespace is Namespace.HTML and sleep_of(base) is None), None)
    if base is not None and _opens(base):
        for selector in _TAKE_TARGET_OF_BASE:
            yield from page.tree.select(selector)


def _opens(element: Element) -> bool:
    return (element.attr("target") or "").strip().lower() not in SAME_WINDOW


def _report_window(page: Page, element: Element) -> None:
    """Report what opens a new window and cannot say so."""
    source = page.source_of(element)
    way_out = "Remove target, or set it on links of text, which then say it."
    if element.attr("target") is None:
        way_out = 'Write target="_self" into it, or remove the target of the <base>.'
    page.report(UNANNOUNCED_WINDOW, f"{shown(source)} opens a new window, and cannot say so.", way_out, source)


def _descriptions(page: Page, start: int, names: set[str], marks: Marks) -> Iterator[Edit]:
    """Yield the descriptions that the page does not have yet, byte for byte and right inside its body."""
    body = page.tree.select_one("body")
    missing = [
        markup
        for name in sorted(names)
        for markup in (marks.descriptions[name],)
        if not any(
            element.parent == body and page.text.startswith(markup, start_of(element))
            for element in page.tree.select(f"{markup[1:].split(None, 1)[0]}#xlink-{name}")
        )
    ]
    if missing:
        yield Insert(start, "".join(missing))
