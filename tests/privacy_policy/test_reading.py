"""The policy as a reader sees it: HTML in, lines out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.privacy_policy.reading import facts_hash, fingerprint, lines
from plugins.third_party_links.glue import rules as third_party_links
from tests.kit import amazon_affiliate, declared, page_pass, ran

SITE = "https://www.example.com"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>We keep nothing.</p>", "<p>We keep everything.</p>"),
        ('<p><a href="/a/">x</a></p>', '<p><a href="/b/">x</a></p>'),
        ('<p><a href="https://a.example/">x</a></p>', "<p>x</p>"),
        ("<h2>Data</h2>", "<h3>Data</h3>"),
        ("<table><tr><td>a<td>b</table>", "<table><tr><td>a b</table>"),
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ('<img src="/a.svg" alt="a">', '<img src="/a.svg" alt="b">'),
        ("<p>7 days</p>", "<p>70 days</p>"),
        ("<p>a</p>", "<p>a</p><noscript><p>b</p></noscript>"),
        ("<p>a</p>", "<p>a</p><svg><text>b</text></svg>"),
    ],
)
def test_what_reads_differently_is_another_text(one: str, other: str) -> None:
    assert fingerprint(lines(one)) != fingerprint(lines(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "<p>We keep nothing.</p>",
            '<p class="x" id=y data-z>\n We&nbsp;keep <b>nothing</b>.<!-- really -->\n</p>\n\n',
        ),
        ("<p>Zürich</p>", "<p>Zu\u0308rich</p>"),
        ("<p>Datenschutz</p>", "<p>Daten&shy;schutz\u200b</p>"),
        (
            '<p><a href="/a/">x</a></p>',
            '<p><a href="https://www.example.com/a/" rel="external" target=_blank>x</a></p>',
        ),
        (
            "<p>a</p>",
            "<p>a</p><script>1</script><style>p{}</style><template><p>b</p></template><svg><title>c</title></svg>",
        ),
        ("<p>a</p>", '<p>a</p><p data-unversioned>Updated on <time datetime="2018-05-03">May 3rd</time></p>'),
        ("<ul><li>a<li>b</ul>", "<ol><li><p>a</p></li><li>b</li></ol>"),
        ("<p>a</p>", "<section><div><p>a</p></div></section>"),
    ],
)
def test_what_reads_alike_is_one_text(one: str, other: str) -> None:
    assert lines(one, SITE) == lines(other, SITE)


def test_a_text_is_its_lines() -> None:
    html = (
        "<h2 id=a>Data</h2><p>See <a href='/legal/'>the notice</a>, or <a href='mailto:a@example.com'>write</a>.</p>"
        "<dl><dt>Kept</dt> <dd>7 days</dd><dd>or less</dd></dl><table><tr><th>a</th><td>b</td></tr></table>"
        "<p>1 Road<br>City</p>"
    )

    assert lines(html) == (
        "## Data",
        "See the notice </legal/>, or write <mailto:a@example.com>.",
        "Kept: 7 days",
        "or less",
        "a | b",
        "1 Road",
        "City",
    )


def test_the_marks_of_other_plugins_are_no_part_of_the_text_that_is_hashed() -> None:
    """The text is read before they run; what they add to links would be seen."""
    page = '<!doctype html><html><head></head><body><p>See <a href="https://example.org/">it</a>.</p></body></html>'
    marked, _ = ran(page_pass(third_party_links, amazon_affiliate, declaration=declared()), page)

    assert marked != page
    assert lines(page) == ("See it <https://example.org/>.",)


def test_a_deep_text_is_read() -> None:
    assert lines("<div>" * 5_000 + "deep") == ("deep",)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r"), max_size=30)
SPACES = st.sampled_from(["", " ", "\n", "\t \n", "&nbsp;", "<!-- x -->"])


@given(st.lists(st.tuples(WORDS, SPACES, st.sampled_from(["", ' class="x"', " id=i title=t"])), max_size=8))
def test_classes_and_space_never_count(paragraphs: list[tuple[str, str, str]]) -> None:
    plain = "".join(f"<p>{text}</p>" for text, _, _ in paragraphs)
    dressed = "".join(f"{space}<p{more}>{space}{text}{space}</p>{space}" for text, space, more in paragraphs)

    assert lines(plain) == lines(dressed)


def test_facts_have_one_hash_whatever_their_order() -> None:
    assert facts_hash({"a": [1, {"c": None, "b": "ü"}]}) == facts_hash({"a": [1, {"b": "ü", "c": None}]})
    assert facts_hash({"a": [1, 2]}) != facts_hash({"a": [2, 1]})
