"""What a page refers to is found by indexes of names; nothing that a walk through all elements finds is missed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.privacy.carriers import TEXT, Kind, applies, rows_for
from plugins.privacy.grammars import Grammar, urls_in
from plugins.privacy.page import OWN, Form, Page, sleep_of
from plugins.privacy.page_reading import parse_page
from plugins.privacy.urls import Party
from plugins.privacy_audit.reading import read_html
from tests import kit
from tests.strategies import documents, tricky_documents

DECLARATION = kit.declared(services=["youtube"])
PLAIN = (Grammar.URL, Grammar.LIST, Grammar.SRCSET, Grammar.CSS, Grammar.REFRESH)

Plain = set[tuple[str, str, str]]
"""References by an attribute: the element, the row of the table, the URL."""


def page_of(text: str) -> Page:
    return parse_page(
        text,
        form=Form.DOCUMENT,
        declaration=DECLARATION,
        read=DECLARATION.reader(),
        language="en",
        site_url=DECLARATION.site,
    )


def found(page: Page) -> Plain:
    """What the reading found, without what stands in text or in documents inside the page."""
    links = [(link.element.tag, link.carrier.name, link.url) for link in page.links()]
    loads = [
        (reference.element.tag, reference.carrier.name, reference.url)
        for reference in page.references
        if not reference.is_nested and reference.carrier.attribute != TEXT and reference.carrier.grammar in PLAIN
    ]
    return {*links, *loads}


def walked(page: Page) -> Plain:
    """The same by looking at every attribute of every element."""
    seen = set()
    for element in page.tree.iter_elements():
        for name, rows in rows_for(element.namespace.value, element.tag).items():
            value = element.attr(name)
            for row in rows:
                if not value or row.grammar not in PLAIN or not applies(row, element.attr):
                    continue
                is_link = row.kind is Kind.LINKS
                if is_link and (element.tag == "link" or sleep_of(element) is not None):
                    continue
                unseen = {*OWN, Party.NOT_WEB} if is_link else OWN
                for url in urls_in(row.grammar, value):
                    if page.read(url, page.base).party not in unseen:
                        seen.add((element.tag, row.name, url))
    return seen


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://www.example.com/a.png">',
        '<img src="a.png"><a href="#top">top</a>',
        '<svg viewBox="0 0 1 1"><path fill="none" d="M0 0"/></svg>',
        '<p style="color:red">x</p>',
    ],
)
def test_what_is_the_sites_own_is_no_reference(html: str) -> None:
    assert found(page_of(html)) == set()


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<img src="https://www.example.com.evil.example/">', "https://www.example.com.evil.example/"),
        ('<img src="https://www.example.com@evil.example/">', "https://www.example.com@evil.example/"),
        ('<a href="https://www.example.com:pw@evil.example/">x</a>', "https://www.example.com:pw@evil.example/"),
        ('<svg><path fill="u&#114;l&#40;//evil.example/x)"/></svg>', "//evil.example/x"),
        ('<svg><a xlink:href="//evil.example/">x</a></svg>', "//evil.example/"),
        ('<math><mi href="//evil.example/">x</mi></math>', "//evil.example/"),
        ('<td background="//evil.example/x">', "//evil.example/x"),
        ('<table><td background="//evil.example/x">', "//evil.example/x"),
        ('<base href="//evil.example/">', "//evil.example/"),
    ],
)
def test_what_only_begins_like_the_sites_own_or_hides_in_a_drawing_is_one(html: str, url: str) -> None:
    expected = set() if html.startswith("<td") else {url}  # a cell outside a table is none

    assert {reference[2] for reference in found(page_of(html))} == expected


@pytest.mark.parametrize(
    ("html", "base"),
    [
        ("", "https://www.example.com/"),
        ('<base href="/a/"><base href="/b/">', "https://www.example.com/a/"),
        ('<base target="_blank"><base href="/b/">', "https://www.example.com/b/"),
        ('<base href="http://"><base href="https://evil.example/">', "https://www.example.com/"),
        ('<base href="data:,x"><base href="https://evil.example/">', "https://www.example.com/"),
        ('<template><base href="/a/"></template><base href="/b/">', "https://www.example.com/b/"),
    ],
)
def test_the_first_base_with_an_address_is_the_only_one(html: str, base: str) -> None:
    assert page_of(f"<head>{html}</head>").base == base
    (link,) = read_html(
        f'<head>{html}</head><a href="x">', DECLARATION.site + "/", DECLARATION.reader(), tuple
    ).found[-1:]
    assert link.verdict.address is not None
    assert link.verdict.address.href == f"{base}x"


@pytest.mark.slow
@settings(
    max_examples=400,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.one_of(documents, tricky_documents))
def test_a_walk_through_every_attribute_of_every_element_finds_nothing_else(text: str) -> None:
    page = page_of(text)

    assert found(page) == walked(page)
