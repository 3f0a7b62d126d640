"""Edits: what rules want changed, and the one new text that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import Document, Element

from plugins.privacy.edits import (
    AddTokens,
    Append,
    Edit,
    Insert,
    OverlapError,
    Replace,
    SetAttribute,
    outer_span,
    quoted,
    spliced,
    splices,
)

Wanted = Callable[[Callable[[str], Element]], Iterable[Edit]]


def edited(html: str, wanted: Wanted) -> str:
    """Return the text after the edits; they are made for elements found by a selector."""
    tree = _tree(html)

    def find(selector: str) -> Element:
        element = tree.select_one(selector)
        assert element is not None, selector
        return element

    return spliced(html, splices(html, wanted(find)))


def _tree(html: str) -> Document:
    return turbohtml.parse(html, positions=False, source_locations=True, scripting=True)


# What must not be touched


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain text",
        "<P CLASS = 'a'\tid=b >&amp;&nbsp;&lt;\n<br/><BR></p >",
        "<!doctype HTML><!-- <a> --><a href=x>unclosed",
        "<table><a>moved</a><tr><td></table></body></html><p>after",
        "<![CDATA[x]]><?pi?></br><//>",
        "ä\N{ZERO WIDTH SPACE}\N{GRINNING FACE}\x00",
    ],
)
def test_without_edits_the_text_comes_out_byte_for_byte(html: str) -> None:
    assert edited(html, lambda find: []) == html


@pytest.mark.parametrize(
    ("html", "tokens"),
    [
        ('<a rel="external">x</a>', ("external",)),
        ('<a rel="me  EXTERNAL">x</a>', ("external",)),
        ("<a rel='external\tme'>x</a>", ("me", "external")),
    ],
)
def test_words_that_are_there_already_are_not_added_again(html: str, tokens: tuple[str, ...]) -> None:
    assert edited(html, lambda find: [AddTokens(find("a"), "rel", tokens)]) == html


def test_a_word_to_be_dropped_that_is_not_there_changes_nothing() -> None:
    html = '<a rel="me  author">x</a>'

    assert edited(html, lambda find: [AddTokens(find("a"), "rel", (), drop=("noreferrer",))]) == html


@pytest.mark.parametrize("attribute", ["aria-describedby", "class"])
def test_ids_and_classes_differ_by_case(attribute: str) -> None:
    html = f'<a {attribute}="XLINK" href="/">x</a>'

    assert edited(html, lambda find: [AddTokens(find("a"), attribute, ("xlink",))]) == html.replace(
        "XLINK", "XLINK xlink"
    )


def test_what_the_parser_made_up_has_no_place_and_no_edit() -> None:
    html = "<p>x"

    assert (
        edited(
            html,
            lambda find: [
                Append(find("body"), "b"),
                Replace(find("head"), "h"),
                SetAttribute(find("html"), "a", "b"),
            ],
        )
        == html
    )


def test_an_element_without_an_end_tag_has_no_end_to_append_to() -> None:
    html = "<p>x<p>y"

    assert edited(html, lambda find: [Append(find("p"), "!")]) == html


# Words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a>x</a>", '<a rel="external">x</a>'),
        ("<a href=/x>x</a>", '<a rel="external" href=/x>x</a>'),
        ('<a rel="me" href="/x">x</a>', '<a rel="me external" href="/x">x</a>'),
        ("<a href=/x rel=me>x</a>", '<a href=/x rel="me external">x</a>'),
        ("<a REL='me'>x</a>", '<a rel="me external">x</a>'),
        ("<a rel>x</a>", '<a rel="external">x</a>'),
        ('<a rel="">x</a>', '<a rel="external">x</a>'),
        ('<a rel=" noreferrer  me ">x</a>', '<a rel="me external">x</a>'),
        ('<a rel="&quot;">x</a>', '<a rel="&quot; external">x</a>'),
        ('<a\n  title="a>b">x</a>', '<a rel="external"\n  title="a>b">x</a>'),
        ("<A>x</A>", '<A rel="external">x</A>'),
        ("<a/>x", '<a rel="external"/>x'),
        ("<a", "<a"),
    ],
)
def test_a_word_joins_those_that_are_there(html: str, expected: str) -> None:
    def wanted(find: Callable[[str], Element]) -> Iterable[Edit]:
        return [AddTokens(find("a"), "rel", ("external",), drop=("noreferrer",))] if ">" in html else []

    assert edited(html, wanted) == expected


def test_edits_of_the_same_words_by_several_rules_are_one() -> None:
    def wanted(find: Callable[[str], Element]) -> Iterable[Edit]:
        a = find("a")
        yield AddTokens(a, "rel", ("sponsored",), drop=("noreferrer",))
        yield AddTokens(a, "rel", ("external", "sponsored"))

    assert edited('<a rel="me noreferrer">x</a>', wanted) == '<a rel="me sponsored external">x</a>'


# Attributes


@pytest.mark.parametrize(
    ("html", "value", "expected"),
    [
        ('<a href="/x">y</a>', "/z?a&b", '<a href="/z?a&amp;b">y</a>'),
        ("<a href=/x>y</a>", 'a"b', '<a href="a&quot;b">y</a>'),
        ("<a href='/x' id=a>y</a>", "<>", '<a href="&lt;&gt;" id=a>y</a>'),
        ("<a id=a>y</a>", "/x", '<a href="/x" id=a>y</a>'),
        ('<a href="/x" id=a>y</a>', None, "<a  id=a>y</a>"),
        ("<a>y</a>", None, "<a>y</a>"),
        ('<a href="/1" href="/2">y</a>', "/3", '<a href="/3" href="/2">y</a>'),
    ],
)
def test_an_attribute_gets_a_value_or_goes(html: str, value: str | None, expected: str) -> None:
    assert edited(html, lambda find: [SetAttribute(find("a"), "href", value)]) == expected


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")))
def test_a_quoted_value_is_read_back_as_it_was(value: str) -> None:
    element = _tree(f"<p title={quoted(value)}>").select_one("p")

    assert element is not None
    assert element.attr("title") == value


# Markup


def test_markup_is_appended_inside_the_end_tag() -> None:
    assert (
        edited("<p><a>x<b>y</b></a> z", lambda find: [Append(find("a"), "<i>!</i>")])
        == "<p><a>x<b>y</b><i>!</i></a> z"
    )


def test_markup_comes_first_where_there_is_no_end_tag_and_that_will_do() -> None:
    assert edited("<p>x<p>y", lambda find: [Append(find("p"), "!", or_first=True)]) == "<p>!x<p>y"


def test_an_element_is_replaced_from_tag_to_tag() -> None:
    assert edited("a<p>b<i>c</i></p>d", lambda find: [Replace(find("p"), "X")]) == "aXd"
    assert edited("a<img src=x>d", lambda find: [Replace(find("img"), "X")]) == "aXd"
    assert edited("a<p>b", lambda find: [Replace(find("p"), "X")]) == "aXb"


def test_an_edit_inside_a_replaced_element_goes_with_it() -> None:
    def wanted(find: Callable[[str], Element]) -> Iterable[Edit]:
        yield AddTokens(find("a"), "rel", ("external",))
        yield Append(find("a"), "!")
        yield Replace(find("div"), "X")
        yield Replace(find("a"), "Y")

    assert edited("1<div><p><a>x</a></p></div>2", wanted) == "1X2"


def test_edits_around_a_replaced_element_stay() -> None:
    def wanted(find: Callable[[str], Element]) -> Iterable[Edit]:
        yield Replace(find("i"), "X")
        yield Append(find("p"), "!")
        yield AddTokens(find("p"), "class", ("c",))

    assert edited("<p>1<i>x</i></p>", wanted) == '<p class="c">1X!</p>'


def test_insertions_at_one_place_keep_the_order_of_the_rules() -> None:
    def wanted(find: Callable[[str], Element]) -> Iterable[Edit]:
        yield Insert(3, "first")
        yield Insert(3, "second")
        yield Append(find("p"), "third")

    assert edited("<p></p>", wanted) == "<p>firstsecondthird</p>"


def test_an_insertion_before_and_after_a_replaced_element_stays() -> None:
    html = "<p><i>x</i></p>"

    assert edited(html, lambda find: [Insert(3, "a"), Replace(find("i"), "X"), Insert(11, "b")]) == "<p>aXb</p>"


def test_edits_that_cross_make_no_text() -> None:
    html = "<form><b><td></form><i></b>"
    tree = _tree(html)
    form, b = tree.select_one("form"), tree.select_one("b")
    assert form is not None
    assert b is not None
    assert outer_span(form) == (0, 20)
    assert outer_span(b) == (6, 27)

    with pytest.raises(OverlapError, match="edits cross at offset 6"):
        splices(html, [Replace(form, "F"), Replace(b, "B")])


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<a href=x>",
                "</a>",
                "<b class=y>",
                "</b>",
                "<i/>",
                "t",
                "<!--",
                "-->",
                '"',
                "<table>",
                "<td>",
                "<svg>",
                "</svg>",
                "<template>",
                "</template>",
            ]
        ),
        max_size=20,
    )
)
def test_an_edit_of_every_element_leaves_the_rest_as_it_was(pieces: list[str]) -> None:
    html = "".join(pieces)
    elements = list(_tree(html).select("*"))

    text = spliced(html, splices(html, [SetAttribute(element, "data-seen", "1") for element in elements]))

    assert text.replace(' data-seen="1"', "") == html
    assert text.count("data-seen") == sum(element.source_location is not None for element in elements)
