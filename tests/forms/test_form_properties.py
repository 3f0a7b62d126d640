"""Whatever a stranger writes: the two readers find the same about its forms, and placing forms breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.glue import rules as forms
from plugins.forms.markers import placed
from plugins.privacy.form_verdicts import CONTROLS, judged_form
from plugins.privacy_audit.forms import forms_of
from plugins.privacy_audit.reading import read_html
from tests.kit import declared, page_pass, ran

pytestmark = pytest.mark.slow

DECLARATION = declared(
    forms=[
        {"id": "contact", "backend": "endpoint", "action": "/api/contact"},
        {"id": "newsletter", "backend": "netlify-forms"},
    ],
    services=["netlify-forms"],
)
RUN = page_pass(forms, declaration=DECLARATION)

steady = settings(max_examples=150, derandomize=True, database=None)

URLS = st.sampled_from(
    [
        "/api/contact",
        "/API/contact",
        "//x.example/",
        "http://www.example.com/api/contact",
        "mailto:a@b",
        "",
        " ",
        "?a",
        "::",
    ]
)
NAMES = st.sampled_from(
    ["email", "newsletter", "consent", "leave-empty", "userName", "x\ny", "\u017f", "form-name", ""]
)
ATTRIBUTES = st.one_of(
    st.tuples(st.sampled_from(["action", "formaction"]), URLS),
    st.tuples(
        st.sampled_from(["method", "formmethod"]), st.sampled_from(["post", "POST", "get", "dialog", "put", ""])
    ),
    st.tuples(st.sampled_from(["name", "id", "form", "data-form", "autocomplete"]), NAMES),
    st.tuples(
        st.just("type"),
        st.sampled_from(["checkbox", "EMAIL", "hidden", "image", "submit", "radio", " text ", "button"]),
    ),
    st.tuples(
        st.sampled_from(["checked", "required", "netlify", "data-netlify"]), st.sampled_from(["", "true", "false"])
    ),
)


def tag(element: str, attributes: list[tuple[str, str]]) -> str:
    """A start tag; of an attribute that stands there twice, the first counts for browsers."""
    return f"<{element}" + "".join(f' {name}="{value}"' for name, value in attributes) + ">"


ANY = st.lists(ATTRIBUTES, max_size=3)
METHODS = st.sampled_from(["post", "POST", "get", "dialog", "put"])


@st.composite
def opened(draw: st.DrawFn) -> str:
    """The start of a form that is sent somewhere."""
    return tag("form", [("action", draw(URLS)), ("method", draw(METHODS)), *draw(ANY)])


@st.composite
def control(draw: st.DrawFn) -> str:
    """A control that has a name."""
    return tag(draw(st.sampled_from(CONTROLS)), [("name", draw(NAMES)), *draw(ANY)])


AROUND = st.sampled_from(
    ["<div>", "<template>", "<table>", "<tr><td>", "<select>", "<textarea>", "&lt;form>", "text"]
)
ENDS = st.sampled_from(["</form>", "</form>", "</table>", "</select>", "</textarea>", "</button>", "</template>"])
PIECES = st.one_of(opened(), control(), control(), ENDS, AROUND)
SOUP = st.tuples(opened(), control(), st.lists(PIECES, max_size=8)).map(
    lambda parts: "".join([*parts[:2], *parts[2]])
)


@steady
@given(SOUP)
def test_pass_and_audit_say_the_same_of_every_form(soup: str) -> None:
    html = f"<!DOCTYPE html><html><head><title>x</title></head><body>{soup}</body></html>"
    _, by_pass = ran(RUN, html)
    read = DECLARATION.reader()
    by_audit = [
        finding
        for document in read_html(html, "https://www.example.com/page.html", read, lambda _: ()).documents
        for form in forms_of(document, read)
        for finding in judged_form(form, DECLARATION)
    ]
    told = {f.seen[:2] for f in by_pass if f.check.name != "undeclared-submission"}
    audited_too = {f.seen[:2] for f in by_audit}
    if "<template" in soup:  # a form in a form and fields asleep in a form, which this parser does not show
        assert {check for check, _ in told} >= {check for check, _ in audited_too}
    else:
        assert told == audited_too


@steady
@given(
    st.lists(
        st.one_of(PIECES, st.sampled_from(["[form:contact]", "<p>[form:contact]</p>", "[form:", "]"])), max_size=8
    )
)
def test_placing_forms_twice_is_placing_them_once(parts: list[str]) -> None:
    def render(name: str) -> str | None:
        return "<form>!</form>" if name == "contact" else None

    once = placed("".join(parts), render)
    assert placed(once.html, render).html == once.html
