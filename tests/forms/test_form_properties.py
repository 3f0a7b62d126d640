"""Whatever a stranger writes: the two readers find the same about its forms, and placing forms breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.glue import rules as forms
from plugins.forms.markers import placed
from plugins.privacy.form_verdicts import CONTROLS, judged_form
from plugins.privacy_audit.forms import forms as audited
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

steady = settings(max_examples=150, deadline=None, derandomize=True, database=None)

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


TAGS = st.builds(
    tag,
    st.sampled_from([*CONTROLS, "form", "FORM", "div", "template", "table", "tr", "td"]),
    st.lists(ATTRIBUTES, max_size=4),
)
ENDS = st.sampled_from(
    ["</form>", "</table>", "</select>", "</textarea>", "</button>", "</template>", "text", "&lt;form>"]
)
SOUP = st.lists(st.one_of(TAGS, TAGS, ENDS), max_size=12).map("".join)


@steady
@given(SOUP)
def test_pass_and_audit_say_the_same_of_every_form(soup: str) -> None:
    html = f"<!DOCTYPE html><html><head><title>x</title></head><body>{soup}</body></html>"
    _, by_pass = ran(RUN, html)
    read = DECLARATION.reader()
    by_audit = [
        finding
        for form in audited(html, "https://www.example.com/page.html", read)
        for finding in judged_form(form, DECLARATION)
    ]
    told = sorted({f.seen[:2] for f in by_pass if f.check.name != "undeclared-submission"})
    assert told == sorted({f.seen[:2] for f in by_audit})


@steady
@given(
    st.lists(
        st.one_of(TAGS, ENDS, st.sampled_from(["[form:contact]", "<p>[form:contact]</p>", "[form:", "]"])), max_size=8
    )
)
def test_placing_forms_twice_is_placing_them_once(parts: list[str]) -> None:
    def render(name: str) -> str | None:
        return "<form>!</form>" if name == "contact" else None

    once = placed("".join(parts), render)
    assert placed(once.html, render).html == once.html
