"""Whether a page with links that pay tells so before them: HTML in, findings out, and what the page pass makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.privacy.findings import Level
from tests.kit import BOOK, DISCLOSURE, LABEL, TAGS, amazon_affiliate, page_pass, ran, third_party_links
from tests.third_party_links.test_audited import audited

SENTENCE = "As an Amazon Associate I earn from qualifying purchases."
BARE = f'<p><a href="{BOOK}">A book at Amazon</a></p>'
STRANGE = '<p><a href="https://third.example/">x</a></p>'
PAID = f'<p><a rel="sponsored external" href="{BOOK}?tag=example-20">A book at Amazon{LABEL}</a></p>'
RUN = page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS})


def lacking(folder: Path, body: str) -> list[str]:
    """Return what links that pay lack, with the check that tells it."""
    return [f"{check}: {what.partition('</a>')[0].partition('> ')[2]}" for check, _, what, _ in audited(folder, body)]


UNTOLD = "undisclosed-paid-link: earns the site money, and the page lacks the disclosure before the first such link."


def framed(html: str) -> str:
    """Return a frame with a document in it."""
    return "<iframe title='x' srcdoc='{}'></iframe>".format(html.replace("&", "&amp;").replace("'", "&#39;"))


def rooted(html: str) -> str:
    """Return an element with a shadow root."""
    return f"<div><template shadowrootmode=open>{html}</template></div>"


# Where it stands


@pytest.mark.parametrize(
    "body",
    [
        framed(DISCLOSURE + PAID),
        DISCLOSURE + PAID + framed(DISCLOSURE + PAID),
        framed(f"<noscript>{DISCLOSURE}{PAID}</noscript>"),
        framed(f"{DISCLOSURE}<noscript>{PAID}</noscript>{PAID}"),
        framed(rooted(DISCLOSURE + PAID)),
        rooted(DISCLOSURE + PAID),
        DISCLOSURE + rooted(PAID),
        rooted(DISCLOSURE) + PAID,
        rooted(f"<form><p>a</p></form>{DISCLOSURE}<form>{PAID}</form>"),
        rooted(f"{DISCLOSURE}<form><form>{PAID}</form></form>"),
        rooted(rooted(DISCLOSURE) + rooted(PAID)) + PAID,
        f"<div hidden><article>{DISCLOSURE}{PAID}</article></div>",
    ],
)
def test_the_sentence_counts_where_it_is_seen_before_the_link(body: str, tmp_path: Path) -> None:
    assert lacking(tmp_path, body) == []


@pytest.mark.parametrize(
    "body",
    [
        PAID,
        PAID + DISCLOSURE,
        DISCLOSURE + framed(PAID),
        framed(DISCLOSURE) + PAID,
        framed(PAID + DISCLOSURE),
        rooted(PAID + DISCLOSURE),
        rooted(PAID) + DISCLOSURE,
        PAID.replace("paid-link", "label") + DISCLOSURE,
        f"<template>{DISCLOSURE}</template>{PAID}",
        f"<script>{SENTENCE}</script>{PAID}",
        f"<!--{DISCLOSURE}-->{PAID}",
        f"<noscript>{DISCLOSURE}</noscript>{PAID}",
        f"<div hidden>{DISCLOSURE}</div>{PAID}",
        DISCLOSURE.replace(" class", " hidden class") + PAID,
        f'<p class="affiliate-disclosure"><span hidden>{SENTENCE}</span>We say so.</p>{PAID}',
        f'<p class="affiliate-disclosure">We say so.</p>{PAID}',
        f'<p class="affiliate-disclosure">As an Amazon Associate I earn nothing.</p>{PAID}',
    ],
)
def test_what_is_hidden_or_stands_elsewhere_or_says_something_else_is_no_disclosure(
    body: str, tmp_path: Path
) -> None:
    assert lacking(tmp_path, f"<body>{body}</body>") == [UNTOLD]


def test_a_sentence_in_a_hidden_tab_tells_nothing_of_a_link_outside_of_it(tmp_path: Path) -> None:
    tab = f"<div hidden>{DISCLOSURE}{PAID}</div>"

    assert len(lacking(tmp_path, tab + PAID)) == 2
    assert lacking(tmp_path, tab + DISCLOSURE + PAID) == []


# How it is written


@pytest.mark.parametrize(
    "sentence",
    [
        f'<aside class="notice"><b>Advertising:</b> {SENTENCE}</aside>',
        f"<p>{SENTENCE.replace(' ', '&#10; ')}</p>",
        f"<div>{SENTENCE.replace('Amazon Associate', '<a href=/about/>Amazon <i>Associate</i></a>')}</div>",
        "<aside>Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.</aside>",
        f'<p class="affiliate-disclosure">We say so.</p><p>{SENTENCE}</p>',
    ],
)
def test_a_theme_may_write_the_sentence_in_markup_of_its_own(sentence: str, tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_text("<!doctype html><title>x</title>")

    assert lacking(tmp_path, f"<body>{sentence}{PAID}</body>") == []


@pytest.mark.parametrize(
    "label", ["<span hidden>(paid link)</span>", "<template>(paid link)</template>", "<style>(paid link)</style>"]
)
def test_a_label_that_nobody_sees_is_none(label: str, tmp_path: Path) -> None:
    link = PAID.replace(LABEL, label)

    assert lacking(tmp_path, f"<body>{DISCLOSURE}{link}</body>") == [
        "undisclosed-paid-link: earns the site money, and the page lacks a label that is seen, such as “(paid link)”."
    ]


def test_words_beside_a_label_may_be_hidden(tmp_path: Path) -> None:
    link = PAID.replace(LABEL, f"<span hidden>x</span>{LABEL}")

    assert lacking(tmp_path, f"<body>{DISCLOSURE}{link}</body>") == []


# Short links, of which their authors say that they pay

SHORT = '<a rel="sponsored external" href="https://amzn.to/x" data-affiliate="{}">A book at Amazon{}</a>'


@pytest.mark.parametrize("word", ["own", "on"])
def test_a_short_link_that_pays_as_its_author_says_needs_label_and_sentence(word: str, tmp_path: Path) -> None:
    whole, bare = SHORT.format(word, LABEL), SHORT.format(word, "")

    assert lacking(tmp_path, DISCLOSURE + whole) == []
    assert lacking(tmp_path, whole) == [UNTOLD]
    assert lacking(tmp_path, DISCLOSURE + bare) == [
        "undisclosed-paid-link: earns the site money, and the page lacks a label that is seen, such as “(paid link)”."
    ]
    assert lacking(tmp_path, DISCLOSURE + whole.replace("sponsored ", "")) == [
        'undisclosed-paid-link: earns the site money, and the page lacks the word "sponsored" in rel.'
    ]


@pytest.mark.parametrize("said", ["none", "off", ""])
def test_a_short_link_that_does_not_pay_needs_no_sentence(said: str, tmp_path: Path) -> None:
    assert lacking(tmp_path, SHORT.format(said, LABEL)) == []


def test_nobody_but_a_store_pays_by_a_tag(tmp_path: Path) -> None:
    """Anybody's address may have a parameter of that name."""
    link = '<a rel="external" href="https://third.example/?tag=example-20">x</a>'

    assert [found[0] for found in audited(tmp_path, link)] == ["unmarked-link"]


# What the page pass writes passes the audit


WRAPPERS = (
    "{}",
    "<div>{}</div>",
    "<main><p>a</p>{}</main>",
    "<article><section>{}</section></article>",
    "<p><code>{}</code></p>",
    "<pre>{}</pre>",
    "<noscript>{}</noscript>",
    "<div hidden>{}</div>",
    "<ul><li>{}</li></ul>",
    "<table><tr><td>{}</td></tr></table>",
)
SHORT_BARE = '<p><a href="https://amzn.to/x" data-affiliate=own>A book at Amazon</a></p>'
leaves = st.sampled_from(
    [BARE, SHORT_BARE, STRANGE, f'<a href="{BOOK}"><h3>A card</h3></a>', f'<a href="{BOOK}?x">a book</a>']
)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what puts some HTML into more of it."""
    wrapped = st.builds(str.format, st.sampled_from(WRAPPERS), inner)
    return wrapped | inner.map(framed) | inner.map(rooted) | st.lists(inner, min_size=2, max_size=3).map("".join)


@pytest.mark.slow
@settings(
    max_examples=400,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(html=st.recursive(leaves, around, max_leaves=6), body=st.sampled_from(["<body>{}</body>", "{}"]))
@example(html=framed(BARE), body="<body>{}</body>")
@example(html=f"<div hidden><main>{BARE}</main></div>{BARE}", body="<body>{}</body>")
@example(html=f"<div hidden><article>{DISCLOSURE}{BARE}</article></div>{BARE}", body="<body>{}</body>")
@example(html=framed(SHORT_BARE), body="<body>{}</body>")
@example(html=rooted(BARE) + BARE, body="<body>{}</body>")
@example(html=framed(f"<code>{STRANGE}</code>"), body="<body>{}</body>")
@example(html=f"<code>{STRANGE}</code>", body="{}")
def test_a_page_that_the_page_pass_has_written_passes_the_checks_of_links(
    html: str, body: str, tmp_path: Path
) -> None:
    passed, findings = ran(RUN, body.format(html))
    is_refused = any(finding.check.level is Level.ERROR for finding in findings)
    assert is_refused or audited(tmp_path, passed) == [], passed
