"""The table of carriers: each row has its examples, and both readers see what each example loads.

The browser test loads the same examples in Chromium; what it really does with them stands here, measured.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from plugins.privacy.carriers import LOADING_RELS, TABLE, TEXT, Carrier, Kind, applies, rows_for
from plugins.privacy.declaration import Declaration
from plugins.privacy.extension import Staged
from plugins.privacy.findings import Finding
from plugins.privacy.grammars import Grammar
from plugins.privacy_audit.output import audit
from tests.kit import declared, page_pass

# What an inline script loads depends on the services that are known: see test_scripts.py
LOADS = [row for row in TABLE if row.kind is Kind.LOADS and row.grammar is not Grammar.SCRIPT]


class Case(NamedTuple):
    """Markup that uses a row, with HOST where its host goes. place: `body`, `head`, `page` for what is a document
    of its own, or `off` for what is in the body of one that is read without scripts. why_not: why Chromium 156
    contacts nobody for it, where that was measured. is_certain: whether it does the same every time."""

    markup: str
    place: str = "body"
    why_not: str = ""
    is_certain: bool = True


def label(row: Carrier) -> str:
    """What the examples of a row are filed under: its name, its grammar, and what it asks of the element."""
    condition = "" if row.condition is None else row.condition.__name__.replace("_", " ")
    return f"{row.name} {row.grammar}{condition}"


def _frame(markup: str) -> Case:
    return Case(markup, "page")


def _svg(markup: str, why_not: str = "") -> Case:
    return Case(f"<svg width=50 height=50>{markup}</svg>", "body", why_not)


def _move(markup: str, why_not: str = "") -> Case:
    return _svg(f"<image width=9 height=9>{markup}</image>", why_not)


def _mask(markup: str, why_not: str = "") -> Case:
    return _svg(f"<rect width=9 height=9>{markup}</rect>", why_not)


_PATH = '<path d="M0 0 L9 9 L20 0" {}="url(//HOST/x#a)"/>'
_OTHER_BROWSERS = "Chromium knows no such attribute: kept because CSS, which other browsers follow, defines it"
_ONLY_IN_CSS = "Chromium takes the value from style sheets only: kept because other browsers may not"
_SAME_DOCUMENT = "Chromium looks for the target in the same document or origin: kept, since others fetch it"
_NO_SUM = "an address cannot be added to"
_SET = "a set knows to and nothing else: kept to be safe"
_TOUCH = "asked for by phones and tablets when the site is put on the home screen"

CASES: dict[str, tuple[Case, ...]] = {
    # Documents inside the document
    "iframe[src] url": (Case("<iframe src=//HOST/x></iframe>"), Case("<iframe loading=lazy src=//HOST/x></iframe>")),
    "iframe[srcdoc] html": (Case("<iframe srcdoc='<img src=//HOST/x>'></iframe>"),),
    "frame[src] url": (_frame("<frameset><frame src=//HOST/x></frameset>"),),
    "embed[src] url": (Case("<embed src=//HOST/x>"),),
    "object[data] url": (Case("<object data=//HOST/x></object>"),),
    "noscript[#text] html": (Case("<noscript><img src=//HOST/x></noscript>", "off"),),
    # Scripts
    "script[src] url": (Case("<script src=//HOST/x></script>"), Case("<script type=module src=//HOST/x></script>")),
    "script[#text] json is json": (
        Case(
            '<script type=importmap>{"imports":{"a":"//HOST/x"}}</script><script type=module>import "a"</script>',
            "page",
        ),
        Case(
            '<script type=SpeculationRules>{"prefetch":[{"urls":["//HOST/x"],"eagerness":"immediate"}]}</script>',
            "head",
        ),
        Case('<script type=webbundle>{"source":"https://HOST/x","resources":["https://HOST/y"]}</script>', "head"),
    ),
    # Pictures and media
    "img|source[srcset] srcset": (
        Case("<img srcset='//HOST/x 1x'>"),
        Case("<picture><source srcset=//HOST/x><img src=/own.svg></picture>"),
    ),
    "img[src] url": (Case("<img src=//HOST/x>"), Case("<image src=//HOST/x>"), Case("<table><image src=//HOST/x>")),
    "input[src] url is image button": (Case("<input type=IMAGE src=//HOST/x>"),),
    "video|audio|source|track[src] url": (
        Case("<video src=//HOST/x></video>"),
        Case("<audio src=//HOST/x></audio>"),
        Case("<video><source src=//HOST/x></video>"),
        Case("<video crossorigin><track default src=//HOST/x></video>"),
        Case("<picture><source src=//HOST/x></picture>", why_not="a source of a picture has a srcset, and no src"),
    ),
    "video[poster] url": (Case("<video poster=//HOST/x></video>"),),
    # <link>
    "link[href] url is stylesheet": (
        Case("<link rel=StyleSheet href=//HOST/x>", "head"),
        Case("<link rel=stylesheet media=print href=//HOST/x>"),
        Case("<link rel='alternate stylesheet' title=x href=//HOST/x>", "head"),
    ),
    "link[href] url loads by rel": (
        Case("<link rel=preload as=image href=//HOST/x>", "head"),
        Case("<link rel=modulepreload href=//HOST/x>", "head"),
        Case("<link rel=prefetch href=//HOST/x>", "head"),
        Case("<link rel='shortcut icon' href=//HOST/x>", "head"),
        Case("<link rel=compression-dictionary href=https://HOST/x>", "head"),
        Case("<link rel=preconnect href=https://HOST/x>", "head"),
        Case("<link rel=dns-prefetch href=//HOST/x>", "head", "asks the name service alone, and not the host"),
        Case("<link rel=prerender href=//HOST/x>", "head", "obsolete; older browsers fetched it"),
        Case("<link rel=manifest href=//HOST/x>", "head"),
        Case("<link rel=search href=//HOST/x>", "head", "asked for by browsers that collect search engines"),
        Case("<link rel=mask-icon href=//HOST/x>", "head", "asked for by Safari"),
        Case("<link rel=apple-touch-icon href=//HOST/x>", "head", _TOUCH),
        Case("<link rel=apple-touch-icon-precomposed href=//HOST/x>", "head", _TOUCH),
        Case("<link rel=apple-touch-startup-image href=//HOST/x>", "head", _TOUCH),
    ),
    "link[imagesrcset] srcset is preload": (Case("<link rel=preload as=image imagesrcset=//HOST/x>", "head"),),
    # What cannot wait
    "meta[content] refresh is refresh": (_frame("<meta http-equiv=Refresh content='0; url=//HOST/x'>"),),
    "body|table|colgroup|col|thead|tbody|tfoot|tr|td|th[background] url": (
        _frame("<body background=//HOST/x>"),
        Case("<table background=//HOST/x><tr><td>x</table>"),
        *(
            Case(f"<table><{name} background=//HOST/x><tr><td>x</table>")
            for name in ("colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th")
        ),
    ),
    "style[#text] css": (
        Case("<style>@import '//HOST/x'</style>"),
        Case("<style media=print>@import url(//HOST/x)</style>"),
        Case("<style>.c1 { background: \\75rl(//HOST/x) }</style><p class=c1>x"),
        Case("<style>@font-face { font-family: f1; src: url(//HOST/x) }</style><p style='font-family: f1'>x"),
        Case("<style>.c2 { background: image-set('//HOST/x' 1x) }</style><p class=c2>x"),
        Case("<style>.c3 { --x: '//HOST/x'; background: image-set(var(--x) 1x) }</style><p class=c3>x"),
        Case("<style>@import 'data:text/css,@import \"https://HOST/x\"'</style>"),
    ),
    "*[style] css": (
        Case("<p style='background: url(//HOST/x)'>x"),
        Case("<style>.c4 { background: image-set(var(--y) 1x) }</style><p class=c4 style='--y: \"//HOST/x\"'>x"),
    ),
    # SVG
    "svg:script[href] url": (_svg("<script href=//HOST/x></script>"),),
    "svg:script[xlink:href] url": (_svg("<script xlink:href=//HOST/x></script>"),),
    "svg:*[href] url": (
        _svg("<image href=//HOST/x width=9 height=9 />"),
        _svg("<filter id=f2><feImage href=//HOST/x /></filter><rect filter='url(#f2)' width=9 height=9 />"),
        _svg("<use href='//HOST/x#a'/>", _SAME_DOCUMENT),
        _svg("<text><textPath href='//HOST/x#a'>x</textPath></text>", _SAME_DOCUMENT),
        _svg("<pattern id=p1 href='//HOST/x#a'/><rect fill='url(#p1)' width=9 height=9 />", _SAME_DOCUMENT),
    ),
    "svg:*[xlink:href] url": (_svg("<image xlink:href=//HOST/x width=9 height=9 />"),),
    "svg:set|animate[to] list animates reference": (
        _move("<set attributeName=href to='//HOST/x'/>"),
        _move("<animate attributeName=href dur=1s fill=freeze to='ht&#10;tps://HOST/x'/>"),
        _move("<set attributeName=xlink:href to=//HOST/x />", "animates href, its present name"),
    ),
    "svg:set|animate[from] list animates reference": (
        _move("<animate attributeName=href dur=1s from=//HOST/x to=/own.svg />"),
        _move("<set attributeName=href from=//HOST/x />", _SET),
    ),
    "svg:set|animate[by] list animates reference": (
        _move("<animate attributeName=href dur=1s by=//HOST/x />", _NO_SUM),
        _move("<set attributeName=href by=//HOST/x />", _SET),
    ),
    "svg:set|animate[values] list animates reference": (
        _move("<animate attributeName=href dur=1s values='/own.svg;//HOST/x'/>"),
        _move("<set attributeName=href values=//HOST/x />", _SET),
    ),
    "svg:set|animate[to] css": (
        _mask("<set attributeName=mask to='url(//HOST/x#a)'/>"),
        _mask("<animate attributeName=mask dur=9s fill=freeze to='url(//HOST/x#a)'/>"),
    ),
    "svg:set|animate[from] css": (
        _mask("<animate attributeName=mask dur=9s from='url(//HOST/x#a)' to=none />"),
        _mask("<set attributeName=mask from='url(//HOST/x#a)'/>", _SET),
    ),
    "svg:set|animate[by] css": (
        _mask("<animate attributeName=mask dur=9s by='url(//HOST/x#a)'/>", _NO_SUM),
        _mask("<set attributeName=mask by='url(//HOST/x#a)'/>", _SET),
    ),
    "svg:set|animate[values] css": (
        _mask("<animate attributeName=mask dur=9s values='url(//HOST/x#a);none'/>"),
        _mask("<set attributeName=mask values='url(//HOST/x#a)'/>", _SET),
    ),
    "svg:style[#text] css": (_svg("<style>@im<!-- -->port '//HOST/x'</style>"),),
    "svg:*[style] css": (_svg("<rect width=9 height=9 style='fill: url(//HOST/x#a)'/>"),),
    "svg:*[fill] css": (_svg(_PATH.format("fill")),),
    "svg:*[stroke] css": (_svg(_PATH.format("stroke")),),
    "svg:*[filter] css": (_svg(_PATH.format("filter"), _SAME_DOCUMENT),),
    "svg:*[mask] css": (_svg(_PATH.format("mask")),),
    "svg:*[mask-image] css": (_svg(_PATH.format("mask-image"), _ONLY_IN_CSS),),
    "svg:*[clip-path] css": (_svg(_PATH.format("clip-path")),),
    "svg:*[cursor] css": (_svg("<rect width=9 height=9 cursor='url(//HOST/x), auto'/>"),),
    "svg:*[marker] css": (_svg(_PATH.format("marker"), _ONLY_IN_CSS),),
    "svg:*[marker-start] css": (_svg(_PATH.format("marker-start")),),
    "svg:*[marker-mid] css": (_svg(_PATH.format("marker-mid")),),
    "svg:*[marker-end] css": (_svg(_PATH.format("marker-end")),),
    # What the preload scanner takes for HTML
    "svg:script[src] url": (Case("<svg><script src=//HOST/x></script></svg>", is_certain=False),),
    "math:script[src] url": (Case("<math><script src=//HOST/x></script></math>", is_certain=False),),
    "svg:input[src] url is image button": (_svg("<input type=image src=//HOST/x>"),),
    "svg:video[poster] url": (_svg("<video poster=//HOST/x></video>"),),
    "svg:source[srcset] srcset": (_frame("<svg><picture><source srcset=//HOST/x><img src=/own.svg>"),),
    "svg:link[imagesrcset] srcset is preload": (_svg("<link rel=preload as=image imagesrcset=//HOST/x />"),),
    "math:input[src] url is image button": (Case("<math><input type=image src=//HOST/x></math>"),),
    "math:video[poster] url": (Case("<math><video poster=//HOST/x></video></math>"),),
    "math:source[srcset] srcset": (_frame("<math><picture><source srcset=//HOST/x><img src=/own.svg>"),),
    "math:link[imagesrcset] srcset is preload": (
        Case("<math><link rel=preload as=image imagesrcset=//HOST/x /></math>"),
    ),
    "math:link[href] url is stylesheet": (Case("<math><link rel=stylesheet href=//HOST/x /></math>"),),
    "math:link[href] url loads by rel": (Case("<math><link rel=modulepreload href=//HOST/x /></math>"),),
    # MathML
    "math:style[#text] css": (Case("<math><style>@import '//HOST/x'</style></math>"),),
    "math:*[style] css": (Case("<math><mi style='background: url(//HOST/x)'>x</mi></math>"),),
}
CASE_OF = {
    f"{number:02} {name} {index}": case
    for number, (name, cases) in enumerate(CASES.items())
    for index, case in enumerate(cases)
}


def document(case: Case, host: str) -> str:
    """A document that holds the case alone."""
    markup = case.markup.replace("HOST", host)
    if case.place == "page":
        return markup
    head, body = (markup, "") if case.place == "head" else ("", markup)
    return f"<!doctype html><html lang=en><head><title>Case</title>{head}</head><body>{body}</body></html>"


def found(html: str, folder: Path, declaration: Declaration) -> list[Finding]:
    """What the page pass says of a document, with no rule that holds anything back, and the audit of its file."""
    (folder / "index.html").write_text(html, "utf-8", newline="")
    return [*page_pass(declaration=declaration)(html).findings, *audit(Staged(declaration, folder, ""))]


# The table


def test_an_element_that_no_row_names_has_the_rows_for_any_element() -> None:
    assert set(rows_for("html", "p")) == {"style"}
    assert set(rows_for("math", "mi")) == {"href", "xlink:href", "style"}
    assert "src" not in rows_for("svg", "iframe")


def test_a_row_that_names_the_element_wins_over_one_for_any_element() -> None:
    assert [row.kind for row in rows_for("svg", "a")["href"]] == [Kind.LINKS]
    assert [row.directive for row in rows_for("svg", "script")["xlink:href"]] == ["script-src"]


def test_rows_are_told_apart_by_their_names() -> None:
    names = [label(row) for row in TABLE]
    assert sorted(set(names)) == sorted(names)


def test_every_row_that_loads_has_a_case_and_every_case_a_row() -> None:
    assert sorted(CASES) == sorted(label(row) for row in LOADS)


@pytest.mark.parametrize("row", LOADS, ids=label)
def test_the_cases_of_a_row_show_every_element_that_it_names(row: Carrier) -> None:
    markup = " ".join(case.markup for case in CASES[label(row)])
    assert [element for element in row.elements if f"<{element}" not in markup] == []


def test_the_cases_of_link_show_every_rel_that_loads() -> None:
    markup = " ".join(case.markup.lower() for name, cases in CASES.items() for case in cases if name[:4] == "link")
    assert [rel for rel in sorted(LOADING_RELS) if rel not in markup] == []


@pytest.mark.parametrize("name", CASE_OF)
def test_both_readers_see_what_a_case_loads(name: str, tmp_path: Path) -> None:
    """What the audit found has a page."""
    everything = found(document(CASE_OF[name], "row.example"), tmp_path, declared())
    assert {bool(item.page) for item in everything if "row.example" in item.what} == {True, False}


# What the rows ask of an element


@pytest.mark.parametrize(
    ("element", "attribute", "attributes"),
    [
        ("input", "src", {}),
        ("input", "src", {"type": "text"}),
        ("meta", "content", {"http-equiv": "x-refresh"}),
        ("meta", "content", {"name": "refresh"}),
        ("link", "href", {"rel": "canonical"}),
        ("link", "href", {"rel": "stylesheets"}),
        ("link", "href", {"rel": "next icons"}),
        ("link", "imagesrcset", {"rel": "icon"}),
        ("script", TEXT, {"type": "application/ld+json"}),
        ("script", TEXT, {"type": "text/template"}),
        ("script", TEXT, {"src": "/own.js"}),
    ],
)
def test_an_element_that_does_not_load_has_no_row_that_says_so(
    element: str, attribute: str, attributes: dict[str, str]
) -> None:
    rows = rows_for("html", element).get(attribute, ())
    assert [row.kind for row in rows if applies(row, attributes.get) and row.kind is Kind.LOADS] == []


@pytest.mark.parametrize(
    ("element", "attribute", "attributes", "directive"),
    [
        ("input", "src", {"type": " Image "}, "img-src"),
        ("meta", "content", {"http-equiv": "REFRESH"}, ""),
        ("link", "href", {"rel": "x\nSTYLESHEET"}, "style-src"),
        ("link", "href", {"rel": "shortcut ICON"}, "default-src"),
        ("link", "imagesrcset", {"rel": "Preload"}, "img-src"),
        ("script", TEXT, {"type": "ImportMap"}, "script-src"),
    ],
)
def test_conditions_are_read_as_browsers_read_them(
    element: str, attribute: str, attributes: dict[str, str], directive: str
) -> None:
    rows = rows_for("html", element)[attribute]
    assert [row.directive for row in rows if applies(row, attributes.get)] == [directive]
