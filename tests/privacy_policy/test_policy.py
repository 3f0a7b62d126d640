"""Markers in the policy: HTML in, HTML out."""

from __future__ import annotations

import pytest

from plugins.privacy_policy.policy import FilledIn, fill_in

PARTS = {"updated": "<p>U</p>", "services": "<ul><li>S</li></ul>"}
BOTH = "<p>[privacy:updated]</p>\n<p>[privacy:services]</p>"


def test_a_policy_keeps_every_byte_beside_its_markers() -> None:
    before, after = '<h2 id=a>A &amp; B</h2>\n<P class=x>&nbsp;"\n', "<br/>\n</div><p>left open"

    assert fill_in(before + BOTH + after, PARTS) == FilledIn(
        f"{before}<p>U</p>\n<ul><li>S</li></ul>{after}", (), (), ()
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>[privacy:updated]</p>",
        '<p class="x"> [privacy: updated ] </p>',
        "<p>\n[privacy:updated]\n</p>",
        "<p><strong>[privacy:updated]</strong></p>",
        "<p>&#91;privacy:updated&#93;</p>",
    ],
)
def test_a_marker_alone_in_its_paragraph_becomes_its_part(paragraph: str) -> None:
    assert fill_in(f"<p>a</p>{paragraph}<p>b</p>", {"updated": "<p>U</p>"}) == FilledIn(
        "<p>a</p><p>U</p><p>b</p>", (), (), ()
    )


def test_a_marker_in_a_quotation_or_a_list_becomes_its_part_there() -> None:
    assert fill_in("<ul><li><p>[privacy:updated]</p></li></ul>", {"updated": "<p>U</p>"}).html == (
        "<ul><li><p>U</p></li></ul>"
    )


def test_a_part_without_a_marker_is_missing() -> None:
    assert fill_in("<p>a</p>", PARTS) == FilledIn("<p>a</p>", (), ("services", "updated"), ())


def test_a_marker_that_stands_twice_is_told() -> None:
    assert fill_in(BOTH + "<p>[privacy:updated]</p>", PARTS).repeated == ("updated",)


def test_a_marker_that_names_no_part_stays_and_is_told() -> None:
    filled = fill_in(f"{BOTH}<p>[privacy:updtaed]</p><p>[privacy:]</p>", PARTS)

    assert filled.html == "<p>U</p>\n<ul><li>S</li></ul><p>[privacy:updtaed]</p><p>[privacy:]</p>"
    assert filled.unknown == ("[privacy:]", "[privacy:updtaed]")


def test_a_right_marker_is_not_blamed_for_a_wrong_one() -> None:
    assert fill_in("<p>[privacy: updated ]</p><p>[privacy:x]</p>", {"updated": "<p>U</p>"}).unknown == (
        "[privacy:x]",
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Last change: [privacy:updated].</p>",
        "<h2>[privacy:updated]</h2>",
        "<ul><li>[privacy:updated]</li></ul>",
        "<table><tr><td>[privacy:updated]</table>",
        "<pre><code>[privacy:updated]</code></pre>",
    ],
)
def test_a_marker_that_does_not_stand_alone_in_a_paragraph_is_told(html: str) -> None:
    filled = fill_in(html, {"updated": "<p>U</p>"})

    assert filled == FilledIn(html, ("A marker that is not alone in its paragraph",), ("updated",), ())


def test_a_comment_or_an_attribute_holds_no_marker() -> None:
    html = '<!-- [privacy:updated] --><p title="[privacy:updated]">x</p>'

    assert fill_in(html + BOTH, PARTS).html == html + "<p>U</p>\n<ul><li>S</li></ul>"
