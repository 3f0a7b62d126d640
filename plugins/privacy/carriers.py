"""The table of carriers: the one place that knows how HTML, SVG, MathML and CSS load, link to or send to a URL.

One row is one way. The page pass and the audit read the same rows with different parsers; a browser
test holds one case for each row. Sources: WHATWG HTML (fetching elements, link types, obsolete
features), SVG 2 (linking, animation), MathML Core, CSS Values and CSS Images; what a browser does in
practice was tried in Chromium 156, 2026-11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .grammars import Grammar, may_load, words_in
from .scripts import is_program


class Kind(StrEnum):
    """What happens with the URL."""

    LOADS = "loads"  # the browser fetches it without a click
    LINKS = "links"  # the visitor goes there on a click
    SUBMITS = "submits"  # data is sent there on a click
    REBASES = "rebases"  # relative URLs of the page begin there


Attribute = Callable[[str], str | None]
"""A reader of one element's attributes: name → value, None where it is not there."""


class Carrier(NamedTuple):
    """One way in which markup refers to a URL.

    namespace: `html`, `svg`, `math`; elements: names, or none for any element of the namespace.
    attribute: the attribute that holds it, or `#text` (`TEXT`) for the element's text.
    grammar: how the URLs stand in the value. directive: what governs it in a Content Security Policy.
    is_gateable: whether the element can sleep in a template until the visitor agrees.
    is_document: whether a `data:` URL there is read as a document or style sheet that loads in turn.
    condition: what else has to be true of the element. companion: an attribute without which it is not.
    """

    namespace: str
    elements: tuple[str, ...]
    attribute: str
    grammar: Grammar
    kind: Kind
    directive: str
    is_gateable: bool = False
    is_document: bool = False
    condition: Callable[[Attribute], bool] | None = None
    companion: str = ""

    @property
    def name(self) -> str:
        """How the row is called in reports: `svg:image[href]`."""
        prefix = "" if self.namespace == "html" else f"{self.namespace}:"
        return f"{prefix}{'|'.join(self.elements) or '*'}[{self.attribute}]"


LOADING_RELS = frozenset(
    "stylesheet preload modulepreload prefetch preconnect dns-prefetch prerender icon apple-touch-icon "
    "apple-touch-icon-precomposed apple-touch-startup-image mask-icon manifest search "
    "compression-dictionary".split()
)


def _rel(attribute: Attribute) -> set[str]:
    return set(words_in((attribute("rel") or "").lower()))


def _loads_by_rel(attribute: Attribute) -> bool:
    return not LOADING_RELS.isdisjoint(_rel(attribute) - {"stylesheet"})


def _is_stylesheet(attribute: Attribute) -> bool:
    return "stylesheet" in _rel(attribute)


def _links_by_rel(attribute: Attribute) -> bool:
    return LOADING_RELS.isdisjoint(_rel(attribute))


def _is_preload(attribute: Attribute) -> bool:
    return "preload" in _rel(attribute)


def _is_image_button(attribute: Attribute) -> bool:
    return (attribute("type") or "").strip().lower() == "image"


def _is_refresh(attribute: Attribute) -> bool:
    return (attribute("http-equiv") or "").strip().lower() == "refresh"


def _animates_reference(attribute: Attribute) -> bool:
    return (attribute("attributeName") or attribute("attributename") or "").strip().lower() in (
        "href",
        "xlink:href",
    )


def _is_json(attribute: Attribute) -> bool:
    return (attribute("type") or "").strip().lower() in ("importmap", "speculationrules", "webbundle")


def is_inline_program(attribute: Attribute) -> bool:
    """Whether a script of HTML runs the code that it holds."""
    return attribute("src") is None and is_program(attribute("type") or "")


def _is_inline_program_of_svg(attribute: Attribute) -> bool:
    is_inline = attribute("href") is None and attribute("xlink:href") is None
    return is_inline and is_program(attribute("type") or "")


_URL, _LIST, _SRCSET = Grammar.URL, Grammar.LIST, Grammar.SRCSET
_CSS, _HTML, _REFRESH, _JSON = Grammar.CSS, Grammar.HTML, Grammar.REFRESH, Grammar.JSON
_LOADS, _LINKS, _SUBMITS = Kind.LOADS, Kind.LINKS, Kind.SUBMITS
_ANIMATION = ("set", "animate")
_PAINT = "fill stroke filter mask mask-image clip-path cursor marker marker-start marker-mid marker-end".split()

TABLE: tuple[Carrier, ...] = (
    # Documents inside the document
    Carrier("html", ("iframe",), "src", _URL, _LOADS, "frame-src", True, True),
    Carrier("html", ("iframe",), "srcdoc", _HTML, _LOADS, "frame-src", True),
    Carrier("html", ("frame",), "src", _URL, _LOADS, "frame-src", False, True),
    Carrier("html", ("embed",), "src", _URL, _LOADS, "object-src", True, True),
    Carrier("html", ("object",), "data", _URL, _LOADS, "object-src", True, True),
    Carrier("html", ("noscript",), "#text", _HTML, _LOADS, "default-src", True),
    # Scripts
    Carrier("html", ("script",), "src", _URL, _LOADS, "script-src", True),
    Carrier("html", ("script",), "#text", _JSON, _LOADS, "script-src", True, condition=_is_json),
    Carrier("html", ("script",), "#text", Grammar.SCRIPT, _LOADS, "script-src", True, condition=is_inline_program),
    # Pictures and media
    Carrier("html", ("img", "source"), "srcset", _SRCSET, _LOADS, "img-src", True),
    Carrier("html", ("img",), "src", _URL, _LOADS, "img-src", True),
    Carrier("html", ("input",), "src", _URL, _LOADS, "img-src", True, condition=_is_image_button),
    Carrier("html", ("video", "audio", "source", "track"), "src", _URL, _LOADS, "media-src", True),
    Carrier("html", ("video",), "poster", _URL, _LOADS, "img-src", True),
    # <link>
    Carrier("html", ("link",), "href", _URL, _LOADS, "style-src", True, True, condition=_is_stylesheet),
    Carrier("html", ("link",), "href", _URL, _LOADS, "default-src", True, condition=_loads_by_rel),
    Carrier("html", ("link",), "imagesrcset", _SRCSET, _LOADS, "img-src", True, condition=_is_preload),
    Carrier("html", ("link",), "href", _URL, _LINKS, "", condition=_links_by_rel),
    # What cannot wait
    Carrier(
        "html",
        ("meta",),
        "content",
        _REFRESH,
        _LOADS,
        "",
        is_document=True,
        condition=_is_refresh,
        companion="http-equiv",
    ),
    Carrier(
        "html",
        ("body", "table", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
        "background",
        _URL,
        _LOADS,
        "img-src",
    ),
    Carrier("html", ("style",), "#text", _CSS, _LOADS, "style-src"),
    Carrier("html", (), "style", _CSS, _LOADS, "img-src"),
    Carrier("html", ("base",), "href", _URL, Kind.REBASES, "base-uri"),
    # Where a click leads, and where data goes
    Carrier("html", ("a", "area"), "href", _URL, _LINKS, ""),
    Carrier("html", ("a", "area"), "ping", _LIST, _SUBMITS, "connect-src"),
    Carrier("html", ("form",), "action", _URL, _SUBMITS, "form-action"),
    Carrier("html", ("button", "input"), "formaction", _URL, _SUBMITS, "form-action"),
    # SVG
    Carrier("svg", ("a",), "href", _URL, _LINKS, ""),
    Carrier("svg", ("a",), "xlink:href", _URL, _LINKS, ""),
    Carrier("svg", ("script",), "href", _URL, _LOADS, "script-src", True),
    Carrier("svg", ("script",), "xlink:href", _URL, _LOADS, "script-src", True),
    Carrier(
        "svg", ("script",), "#text", Grammar.SCRIPT, _LOADS, "script-src", True, condition=_is_inline_program_of_svg
    ),
    Carrier("svg", (), "href", _URL, _LOADS, "img-src", True),
    Carrier("svg", (), "xlink:href", _URL, _LOADS, "img-src", True),
    *(
        Carrier("svg", _ANIMATION, name, _LIST, _LOADS, "img-src", True, condition=_animates_reference)
        for name in ("to", "from", "by", "values")
    ),
    *(Carrier("svg", _ANIMATION, name, _CSS, _LOADS, "img-src", True) for name in ("to", "from", "by", "values")),
    Carrier("svg", ("style",), "#text", _CSS, _LOADS, "style-src", True),
    Carrier("svg", (), "style", _CSS, _LOADS, "img-src", True),
    *(Carrier("svg", (), name, _CSS, _LOADS, "img-src", True) for name in _PAINT),
    # What Chromium's preload scanner, which reads tags and no tree, takes for HTML inside drawings and formulas
    *(
        Carrier(space, elements, name, grammar, _LOADS, "img-src", space == "svg", condition=condition)
        for space in ("svg", "math")
        for elements, name, grammar, condition in (
            (("script",), "src", _URL, None),
            (("input",), "src", _URL, _is_image_button),
            (("video",), "poster", _URL, None),
            (("source",), "srcset", _SRCSET, None),
            (("link",), "imagesrcset", _SRCSET, _is_preload),
        )
    ),
    Carrier("math", ("link",), "href", _URL, _LOADS, "style-src", condition=_is_stylesheet),
    Carrier("math", ("link",), "href", _URL, _LOADS, "default-src", condition=_loads_by_rel),
    # MathML
    Carrier("math", (), "href", _URL, _LINKS, ""),
    Carrier("math", (), "xlink:href", _URL, _LINKS, ""),
    Carrier("math", ("style",), "#text", _CSS, _LOADS, "style-src"),
    Carrier("math", (), "style", _CSS, _LOADS, "img-src"),
)

VOID_ELEMENTS = frozenset("area base br col embed frame hr img input link meta param source track wbr".split())


Rows = Mapping[str, tuple[Carrier, ...]]
"""The rows for one element, by the attribute that they read."""

TEXT = "#text"


def _rows(namespace: str, element: str | None) -> Rows:
    """Return the rows that name an element, then those for any element where the first have none."""
    of_space = [row for row in TABLE if row.namespace == namespace]
    rows: dict[str, tuple[Carrier, ...]] = {}
    for row in of_space:
        if element in row.elements:
            rows[row.attribute] = (*rows.get(row.attribute, ()), row)
    for row in of_space:
        if not row.elements and (row.attribute not in rows or row in rows[row.attribute]):
            rows[row.attribute] = (row,)
    return rows


_ANYWHERE = {space: _rows(space, None) for space in ("html", "svg", "math")}
_BY_ELEMENT = {(row.namespace, element): _rows(row.namespace, element) for row in TABLE for element in row.elements}


_HTML_ELEMENTS = {element: rows for (space, element), rows in _BY_ELEMENT.items() if space == "html"}
_HTML_ANYWHERE = _ANYWHERE["html"]


def rows_for(namespace: str, element: str) -> Rows:
    """Return the rows that may apply to an element, by the attribute they read."""
    return _BY_ELEMENT.get((namespace, element)) or _ANYWHERE[namespace]


def html_rows_for(element: str) -> Rows:
    """Return the rows that may apply to an element of HTML."""
    return _HTML_ELEMENTS.get(element, _HTML_ANYWHERE)


def applies(row: Carrier, attribute: Attribute) -> bool:
    """Whether what the row asks of the element is true."""
    return row.condition is None or row.condition(attribute)


def _selector(rows: Iterable[Carrier]) -> str:
    """Return a selector for the elements of some rows: by their attribute, with the element's name where only one
    has it (names are compared faster than attributes), and except for `href`, which nearly every element has that is
    no business of these rows."""
    rows, found = list(rows), dict[str, None]()
    for row in rows:
        if row.attribute == TEXT:
            found.update(dict.fromkeys(row.elements))
        elif row.companion:
            found.update(dict.fromkeys(f"{element}[{row.companion}]" for element in row.elements))
        elif row.attribute == "href" and row.elements:
            found.update(dict.fromkeys(f"{element}[href]" for element in row.elements))
        elif row.attribute == "href":
            found.update(dict.fromkeys((f"{row.namespace}[href]", f"{row.namespace} [href]")))
        else:
            names = {name for other in rows if other.attribute == row.attribute for name in other.elements or ("",)}
            name = names.pop() if len(names) == 1 else ""
            found[f"{name}[{row.attribute.replace(':', chr(92) + ':')}]"] = None
    return ",".join(found)


LINK_SELECTOR = _selector(row for row in TABLE if row.kind is Kind.LINKS and row.elements != ("link",))
"""A CSS selector for every element that may be a link, and some that are none."""

_RARE = ("ping", "background")  # of elements that pages are full of: links, table cells


class Lookup(NamedTuple):
    """How to find what some rows of HTML read: a selector of the elements, the attribute, the rows."""

    selector: str
    attribute: str
    rows: tuple[Carrier, ...]


@lru_cache(maxsize=8)
def lookups(own: str) -> tuple[Lookup, ...]:
    """Return one lookup for each element and attribute by which HTML loads, submits or rebases, but for the
    attributes of `SCATTERED`. Selectors of one name each are answered from the parser's index of names: dozens
    of them cost less than one walk through the page.

    own: the site's origin with a slash. A URL that begins with it is the site's own, whatever the base.
    """
    found = []
    for element, rows in _HTML_ELEMENTS.items():
        for name, carriers in rows.items():
            if not carriers[0].elements or carriers[0].companion or name in _RARE:
                continue
            if all(row.kind is Kind.LINKS for row in carriers):
                continue
            selector = element if name == TEXT else f"{element}[{name}]"
            if all(row.grammar is Grammar.URL for row in carriers):
                selector += f':not([{name}^="{own}"])'
            found.append(Lookup(selector, name, carriers))
    return tuple(found)


def link_selector(element: str, own: str) -> str:
    """Return a selector for the links of one kind of HTML (`a`, `area`) that do not begin with the site's origin; see
    `lookups`. One for both would be much slower: only what begins with one name is looked up by it."""
    return f'{element}[href]:not([href^="{own}"])'


SCATTERED = {
    row.companion or row.attribute: row.attribute
    for row in TABLE
    if row.namespace == "html" and (not row.elements or row.companion or row.attribute in _RARE)
}
"""Attributes that mark elements of many names which may load or submit, and the attribute to read then."""

DRAWINGS = "svg,svg *,math,math *"
"""A CSS selector for everything in drawings and formulas."""

_SIGNS = tuple(
    dict.fromkeys(
        sign
        for row in TABLE
        if row.namespace != "html" and row.kind is not Kind.LINKS
        if row.grammar is not Grammar.CSS or row.attribute == TEXT
        for sign in ([f"<{element}" for element in row.elements] or [row.attribute])
    )
)


@lru_cache(maxsize=256)  # icons are the same on every page
def may_refer(drawing: str) -> bool:
    """Whether a drawing or a formula, as the parser writes it, can refer to anything; most icons cannot.
    A style or a paint does by what `may_load` looks for, all else by the name of an element or attribute."""
    return may_load(drawing) or any(sign in drawing for sign in _SIGNS)


HTML_SELECTOR = _selector(row for row in TABLE if row.namespace == "html")
"""A CSS selector for every element of HTML that a row may be about. Of drawings and formulas, look at all."""
