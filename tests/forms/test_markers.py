"""A line `[form:name]` becomes the form, and what is no such line is told."""

from __future__ import annotations

import pytest

from plugins.forms.markers import Placed, placed


def place(html: str) -> Placed:
    """Place the only form there is."""
    return placed(html, lambda name: "<form>!</form>" if name == "contact" else None)


@pytest.mark.parametrize(
    "html",
    [
        "<p>No marker.</p>",
        "<p>An example: <code>[form:contact]</code></p>",
        "<pre><code>[form:contact]\n</code></pre>",
        "<p>[formula:contact]</p>",
        '<p title="[form:contact]">x</p>',
        "",
    ],
)
def test_what_is_no_marker_stays_as_it_is(html: str) -> None:
    assert place(html) == Placed(html, (), (), ())


@pytest.mark.parametrize("html", ["<p>[form:contact]</p>", "<p>\n[form:contact]\n</p>", "<p>[form: contact ]</p>"])
def test_a_marker_becomes_the_form(html: str) -> None:
    assert place(f"<h2>x</h2>{html}<p>y</p>").html == "<h2>x</h2><form>!</form><p>y</p>"


@pytest.mark.parametrize("marker", ["[form:contcat]", "[form:]", "[form:Contact]", "[form:contact x]"])
def test_a_marker_that_names_no_form(marker: str) -> None:
    assert place(f"<p>{marker}</p>") == Placed(f"<p>{marker}</p>", (marker,), (), ())


@pytest.mark.parametrize(
    ("html", "marker"),
    [
        ("<p>See [form:contact]</p>", "[form:contact]"),
        ("<p>[form:contact] <b>x</b></p>", "[form:contact]"),
        ("<ul><li>[form:contact]</li></ul>", "[form:contact]"),
        ("<h2>[form:contact]</h2>", "[form:contact]"),
        ("<p><em>[form:contact]</em></p>", "[form:contact]"),
        ("<p>[form:contact</p>", "[form:contact"),
        ("[form:contact]", "[form:contact]"),
    ],
)
def test_a_marker_that_does_not_stand_alone(html: str, marker: str) -> None:
    assert place(html) == Placed(html, (), (marker,), ())


def test_a_form_stands_on_a_page_once() -> None:
    result = place("<p>[form:contact]</p><p>[form:contact]</p>")
    assert result.repeated == ("contact",)


def test_placing_again_changes_nothing() -> None:
    once = place("<p>[form:contact]</p>").html
    assert place(once).html == once
