"""The page pass: one text in, one text out, and what was found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from turbohtml import Element

from plugins.cookie_banner.gate import Gate
from plugins.privacy.edits import AddTokens, Append, Edit, Insert, OverlapError, Replace, SetAttribute
from plugins.privacy.findings import Check, Level
from plugins.privacy.page import Form, Page
from plugins.privacy.page_pass import PagePass, Rule
from plugins.privacy.page_reading import MAX_DEPTH
from tests.kit import amazon_affiliate, cookie_banner, declared, page_pass, ran, third_party_links

DECLARATION = declared(services=["youtube"])
FILM = "https://www.youtube.com/embed/1"
NOTE = Check("a-note", Level.NOTE, "Nobody is told.")


@dataclass(frozen=True)
class Says:
    """A rule made of a function."""

    edits: Callable[[Page], Iterable[Edit]]
    forms: frozenset[Form] = frozenset(Form)

    def __call__(self, page: Page) -> Iterable[Edit]:
        return self.edits(page)


def passing(*rules: Rule, gates: Iterable[Rule] = ()) -> PagePass:
    return PagePass(DECLARATION, list(gates), list(rules), DECLARATION.reader())


def every(selector: str, edit: Callable[[Element], Edit]) -> Says:
    """Return a rule that edits every element of a selector."""
    return Says(lambda page: [edit(element) for element in page.tree.select(selector)])


# What must not be touched


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "<!DOCTYPE html>\n<html><head></head><body  class='a'>\n\n<p>x<br/>&nbsp;</p></body></html>\n\n",
        "<p>un<b>closed",
        "<!-- <iframe src=https://tracker.example/> -->",
        "\ufeffä\N{GRINNING FACE}",
    ],
)
def test_without_rules_a_text_comes_out_byte_for_byte(form: Form, text: str) -> None:
    assert ran(passing(), text, form=form) == (text, [])


def test_line_breaks_come_out_as_unix_writes_them() -> None:
    assert ran(passing(), "<p>a\r\nb\rc</p>\r\n") == ("<p>a\nb\nc</p>\n", [])


@given(st.text(alphabet="<>/=\"' abipstyledivhrefc-!&;\n", max_size=60))
@settings(max_examples=200)
def test_any_text_without_a_third_party_comes_out_byte_for_byte(text: str) -> None:
    run = page_pass(amazon_affiliate, third_party_links, cookie_banner)

    assert ran(run, text) == (text, [])


def test_a_rule_for_feeds_does_not_see_pages() -> None:
    rule = Says(lambda page: [Insert(0, "!")], frozenset({Form.FEED}))

    assert ran(passing(rule), "x") == ("x", [])
    assert ran(passing(rule), "x", form=Form.FEED) == ("!x", [])


# Rules


def test_rules_see_one_page_and_all_their_edits_become_one_text() -> None:
    one = every("a", lambda element: AddTokens(element, "rel", ("one",)))
    two = every("a", lambda element: AddTokens(element, "rel", ("two",)))
    three = every("a", lambda element: Append(element, "!"))

    assert ran(passing(one, two, three), "<p><a>x</a></p>")[0] == '<p><a rel="one two">x!</a></p>'


def test_rules_run_in_their_order_and_leave_claims_to_each_other() -> None:
    def claim(page: Page) -> Iterable[Edit]:
        page.claims.update(dict.fromkeys(page.tree.select("a"), "mine"))
        return ()

    def read(page: Page) -> Iterable[Edit]:
        return [SetAttribute(element, "class", name) for element, name in page.claims.items()]

    assert ran(passing(Says(claim), Says(read)), "<a>x</a>")[0] == '<a class="mine">x</a>'
    assert ran(passing(Says(read), Says(claim)), "<a>x</a>")[0] == "<a>x</a>"


def test_the_rules_see_what_the_gate_left() -> None:
    seen: list[str] = []

    def spy(page: Page) -> Iterable[Edit]:
        seen.append(page.text)
        return ()

    gate = Gate(lambda placeholder, page: "<a href='https://a.example/'>here</a>")

    ran(passing(Says(spy), gates=[gate]), f'<p><iframe src="{FILM}"></iframe></p>')

    assert seen == [
        (
            f'<p><span class="gate"><template data-gate="youtube"><iframe src="{FILM}"></iframe></template>'
            "<a href='https://a.example/'>here</a></span></p>"
        )
    ]


def test_a_rule_that_fails_makes_no_text() -> None:
    def fail(page: Page) -> Iterable[Edit]:
        raise ZeroDivisionError("oops")

    with pytest.raises(ZeroDivisionError, match="oops"):
        ran(passing(Says(fail)), "x")


def test_rules_that_contradict_each_other_make_no_text() -> None:
    rule = every("form,b", lambda element: Replace(element, "X"))

    with pytest.raises(OverlapError):
        ran(passing(rule), "<form><b><td></form><i></b>")


def test_a_rule_leaves_findings() -> None:
    def report(page: Page) -> Iterable[Edit]:
        page.report(NOTE, "Something.", "Do.", "<p>")
        return ()

    _, findings = ran(passing(Says(report)), "<p>x")

    assert [(finding.check, finding.what, finding.way_out, finding.evidence) for finding in findings] == [
        (NOTE, "Something.", "Do.", "<p>")
    ]


# HTML inside HTML


def test_rules_see_the_html_in_noscript_and_in_frames_and_it_is_put_back_quoted() -> None:
    rule = every("b", lambda element: SetAttribute(element, "class", "x"))

    assert ran(passing(rule), '<noscript><b>1</b></noscript><iframe srcdoc="<b>2</b> &amp;amp;"></iframe>')[0] == (
        '<noscript><b class="x">1</b></noscript>'
        '<iframe srcdoc="&lt;b class=&quot;x&quot;&gt;2&lt;/b&gt; &amp;amp;"></iframe>'
    )


def test_html_inside_html_inside_html_is_read_too() -> None:
    rule = every("b", lambda element: SetAttribute(element, "class", "x"))

    assert ran(passing(rule), "<noscript><iframe srcdoc='<b>1</b>'></iframe></noscript>")[0] == (
        '<noscript><iframe srcdoc="&lt;b class=&quot;x&quot;&gt;1&lt;/b&gt;"></iframe></noscript>'
    )


def test_documents_inside_documents_end_somewhere() -> None:
    html = "<p>x</p>"
    for _ in range(MAX_DEPTH + 1):
        html = '<iframe srcdoc="{}"></iframe>'.format(html.replace("&", "&amp;").replace('"', "&quot;"))

    _, findings = ran(passing(), html)

    assert [(finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            "unreadable-load",
            f"<iframe> holds documents inside documents, more than {MAX_DEPTH} deep.",
            "Publish the innermost content as a page and link to it.",
        )
    ]


def test_a_template_is_not_live() -> None:
    rule = Says(lambda page: [SetAttribute(link.element, "class", "x") for link in page.links()])
    html = '<template><a href="https://a.example/">x</a></template>'

    assert ran(passing(rule), html) == (html, [])


# What is judged


@pytest.mark.parametrize(
    ("html", "check", "what", "way_out"),
    [
        (
            '<form action="https://forms.example/a"><button>x</button></form>',
            "undeclared-submission",
            (
                '<form action="https://forms.example/a"> sends data to forms.example, but PRIVACY["services"] declares no '
                "service with this host."
            ),
            (
                'No service of the catalogue has this host: describe it as a table in PRIVACY["services"] in '
                "pelicanconf.py (privacy services lookup forms.example prints it), or send the form to the site itself."
            ),
        ),
        (
            '<iframe src="java&#10;script:alert(1)"></iframe>',
            "unreadable-load",
            '<iframe src="java&#10;script:alert(1)"> runs a program to fill the frame; nobody can say what it will load.',
            "Publish the content as a page of the site, or use the provider's own embed.",
        ),
        (
            f'<iframe src="{FILM}"></iframe>',
            "ungated-load",
            f'<iframe src="{FILM}"> loads from www.youtube.com (YouTube) before the visitor has agreed.',
            (
                "Let the plugin cookie_banner in PLUGINS hold it back (it does so in Markdown and templates, not in copied "
                "files), or link to it instead."
            ),
        ),
    ],
)
def test_what_the_declaration_does_not_cover_is_told(html: str, check: str, what: str, way_out: str) -> None:
    text, findings = ran(passing(), html)

    assert text == html
    assert [(finding.check.name, finding.what, finding.way_out) for finding in findings] == [(check, what, way_out)]


@pytest.mark.parametrize(
    "html",
    [
        '<button formaction="https://t.example/">x</button>',
        '<a href="/x" ping="/own https://t.example/">x</a>',
        "<noscript><img src=https://t.example/></noscript>",
        "<iframe srcdoc='<script src=https://t.example/></script>'></iframe>",
        '<script type=importmap>{"imports":{"a":"https://t.example/"}}</script>',
        "<link rel=prefetch href=https://t.example/>",
        "<style>@font-face { src: url(https://t.example/) }</style>",
        "<p style=\"background:\\75rl('https://t.example/')\">x",
        "<img srcset='/a 1x,https://t.example/ 2x'>",
        "<svg><animate attributeName=href to=https://t.example/></svg>",
        "<math><mi style='background:url(https://t.example/)'>x</mi></math>",
        "<img src=//t.example/>",
        "<img src='\\\\t.example\\'>",
        "<img src=HTTPS://T.EXAMPLE/>",
        "<link rel=icon href=https://t.example/>",
        "<!--><img src=https://t.example/>-->",
        "<table><image src=https://t.example/>",
        "<template shadowrootmode=open><img src=https://t.example/></template>",
        "<iframe src='data:text/html,<img src=https://t.example/>'></iframe>",
        "<body background=https://t.example/>",
    ],
)
def test_nothing_undeclared_leaves_the_pass_without_a_word(html: str) -> None:
    text, findings = ran(passing(), html)

    assert text == html
    assert {finding.check.level for finding in findings} == {Level.ERROR}


def test_evidence_is_the_raw_tag_and_for_nested_loads_the_address() -> None:
    _, findings = ran(
        passing(), "<IMG  SRC='https://t.example/1'><iframe srcdoc=\"<img src='https://t.example/2'>\"></iframe>"
    )

    assert {(finding.evidence, finding.subject) for finding in findings} == {
        ("<IMG  SRC='https://t.example/1'>", "https://t.example/1"),
        ("https://t.example/2", "https://t.example/2"),
    }


# The inventory


def test_the_inventory_holds_what_the_page_loaded_before_it_was_gated_and_where_it_links() -> None:
    run = page_pass(
        amazon_affiliate,
        third_party_links,
        cookie_banner,
        declaration=declared(services=["youtube"], partners=[{"name": "P", "hosts": ["partner.example"]}]),
        settings={"AMAZON_TAGS": {"amazon.com": "example-20"}},
    )

    inventory = run(
        f'<body><iframe src="{FILM}"></iframe><a href="/own/">o</a><a href="https://partner.example/">p</a>'
        '<a href="https://amazon.com/">a</a><a href="mailto:a@b.example">m</a><a href="http://">u</a></body>',
        page="a/index.html",
    ).inventory

    assert inventory.page == "a/index.html"
    assert inventory.loads == (("www.youtube.com", FILM, "youtube", "iframe[src]"),)
    assert inventory.links == (
        ("www.youtube.com", "https://www.youtube.com/watch?v=1", "third-party", "", "", ""),
        ("partner.example", "https://partner.example/", "partner", "", "", ""),
        ("amazon.com", "https://amazon.com/", "affiliate", "", "tag added", ""),
        ("", "http://", "unreadable", "", "", "unreadable-link"),
    )


def test_the_inventory_holds_every_way_out_of_the_page_and_of_what_is_inside_it() -> None:
    inventory = page_pass()(
        '<body><a href="https://docs.example.com/">f</a><a href="javascript:x">j</a><a ping="https://p.example/" href="/">p</a>'
        '<svg><a href="https://s.example/">s</a></svg><form action="https://f.example/"></form>'
        "<noscript><a href='https://n.example/'>n</a></noscript><iframe srcdoc=\"<a href='//i.example/'>i</a>\"></iframe></body>",
        page="a/index.html",
    ).inventory

    assert sorted((link.url, link.verdict, link.carrier, link.note) for link in inventory.links) == sorted(
        [
            ("https://docs.example.com/", "first-party", "", ""),
            ("javascript:x", "not-web", "", ""),
            ("https://s.example/", "third-party", "svg:a[href]", ""),
            ("https://f.example/", "third-party", "form[action]", "sends data"),
            ("https://p.example/", "third-party", "a|area[ping]", "sends data"),
            ("https://n.example/", "third-party", "", ""),
            ("//i.example/", "third-party", "", ""),
        ]
    )


# All together


ALL = page_pass(
    amazon_affiliate,
    third_party_links,
    cookie_banner,
    declaration=declared(services=["youtube", "goatcounter"]),
    settings={"AMAZON_TAGS": {"amazon.com": "example-20"}},
)
PIECES = [
    f'<iframe src="{FILM}"></iframe>',
    '<script src="https://gc.zgo.at/count.js"></script>',
    f'<noscript><img src="{FILM}"></noscript>',
    '<a href="https://www.amazon.com/dp/B000000000">book</a>',
    '<a href="https://other.example/">there</a>',
    '<noscript><a href="https://other.example/">there</a></noscript>',
    f'<picture><source srcset="{FILM}"><img src="/own.png"></picture>',
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</table>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<pre>",
    "</pre>",
    "text",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=150)
def test_a_page_that_went_through_without_an_error_does_not_change_again(pieces: list[str]) -> None:
    once, findings = ran(ALL, f"<html><head></head><body><main>{''.join(pieces)}</main></body></html>")

    if not any(finding.check.level is Level.ERROR for finding in findings):
        again, found = ran(ALL, once)
        assert again == once
        assert [finding for finding in found if finding.check.level is Level.ERROR] == []
