"""Forms in forms, which only a template can hold, are judged one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from plugins.privacy_audit.nested_forms import apart
from plugins.privacy_audit.reading import inner_html
from tests.privacy_audit.test_output import judged, page, told

PIECES = st.lists(
    st.sampled_from(
        [
            "<form>",
            '<form action="/<form>">',
            "</form>",
            "<p>ä\r\n",
            "&amp;<!-- <form> -->",
            "<script>'<form>'</script>",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<p>x", ["<p>x"]),
        ("<form>a</form><form>b</form>", ["<form>a</form><form>b</form>"]),
        ("<form>a<form>b</form>c</form>d", ["<form>ac</form>d", "<form>b</form>"]),
        ("<form>a<form>b<form>c</form></form>", ["<form>a", "<form>b</form>", "<form>c</form>"]),
        ("\n<p>ä\n</p><form>\n<form id='&lt;form>'>", ["\n<p>ä\n</p><form>\n", "<form id='&lt;form>'>"]),
    ],
)
def test_each_form_stands_by_itself(html: str, parts: list[str]) -> None:
    assert apart(html) == parts


@given(PIECES)
def test_no_form_is_lost(html: str) -> None:
    template = LexborHTMLParser(f"<template>{html}</template>").css_first("template")
    assert template is not None
    inner = inner_html(template)

    forms = [form for part in apart(inner) for form in LexborHTMLParser(part).css("form")]

    tags = LexborHTMLParser(inner.replace("<form", "<b-form").replace("</form>", "</b-form>")).css("b-form")
    assert len(forms) == len(tags)


def test_the_inner_form_of_a_copied_page_is_judged(tmp_path: Path) -> None:
    forms = (
        '<form method="post" action="/send"><form method="post" action="https://tracker.example/"><input name="a">'
    )

    found = told(judged(tmp_path, {"index.html": page(f"<template>{forms}</template>")}))

    assert ("index.html", "undeclared-submission") in found
