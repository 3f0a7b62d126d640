"""Every page carries the policy: as early as can be, once, and with the hashes of that page alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given

from plugins.headers.checks import NO_PLACE_FOR_HEADERS
from plugins.headers.csp import policy_of
from plugins.headers.inline import hash_of
from plugins.headers.meta import Found, Meta, markup
from plugins.privacy.extension import FRAME, Site
from plugins.privacy.page import Form
from plugins.privacy.page_pass import Rule
from tests.kit import cookie_banner, declared, page_pass, ran
from tests.strategies import documents

META = markup(policy_of(declared()))


def plugin(site: Site) -> Iterable[tuple[int, Rule]]:
    """The rule of the plugin."""
    return [(FRAME, Meta(policy_of(site.declaration), Found()))]


def passed(text: str) -> str:
    """What the pass makes of a text, about which there is nothing to find."""
    new, findings = ran(page_pass(plugin), text)
    assert findings == []
    return new


def test_a_page_without_any_place_is_told_of() -> None:
    text, findings = ran(page_pass(plugin), "just words")

    assert text == "just words"
    assert str(findings[0]) == (
        "the settings  no-place-for-headers\n"
        "    The page has neither a <head> nor a <body> tag, so that its Content Security Policy has no\n"
        "    place.\n"
        "    Write <head> and </head> in the template that makes the page."
    )
    assert len(findings) == 1
    assert findings[0].check is NO_PLACE_FOR_HEADERS


@pytest.mark.parametrize("form", [Form.FEED, Form.FRAGMENT])
def test_what_is_no_page_carries_none(form: Form) -> None:
    assert ran(page_pass(plugin), "<p>text</p>", form=form) == ("<p>text</p>", [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<head><title>t</title></head>", "<head>{}<title>t</title></head>"),
        (
            '<head><meta charset="utf-8"><title>t</title></head>',
            '<head><meta charset="utf-8">{}<title>t</title></head>',
        ),
        (
            '<head><title>t</title><meta charset="utf-8"></head>',
            '<head><title>t</title><meta charset="utf-8">{}</head>',
        ),
        (
            '<head><script src="/a.js"></script><meta charset="utf-8"></head>',
            '<head>{}<script src="/a.js"></script><meta charset="utf-8"></head>',
        ),
        ('<!doctype html><html lang="en"><head></head>', '<!doctype html><html lang="en"><head>{}</head>'),
        ("<!doctype html><title>t</title><p>no head", "<!doctype html>{}<title>t</title><p>no head"),
        ("<!doctype html><meta charset=utf-8><p>no head", "<!doctype html><meta charset=utf-8>{}<p>no head"),
        ("<!doctype html><body><p>text", "<!doctype html>{}<body><p>text"),
    ],
)
def test_the_policy_comes_first_but_for_the_charset(before: str, after: str) -> None:
    assert passed(before) == after.replace("{}", META)


def test_a_second_pass_adds_nothing() -> None:
    once = passed("<head><meta charset=utf-8></head><script>a()</script>")

    assert passed(once) == once


def test_a_policy_of_the_pages_own_stays_beside_ours() -> None:
    own = '<meta http-equiv="content-security-policy" content="img-src \'none\'">'

    assert passed(f"<head>{own}</head>") == f"<head>{META}{own}</head>"


def test_each_page_has_the_hashes_of_its_own_scripts() -> None:
    run = page_pass(plugin)
    one, _ = ran(run, "<head></head><script>a()</script>")
    other, _ = ran(run, "<head></head><script>b()</script>")
    none, _ = ran(run, "<head></head>")

    assert f"script-src 'self' {hash_of('a()')}; " in one
    assert f"script-src 'self' {hash_of('b()')}; " in other
    assert none == f"<head>{META}</head>"


def test_what_sleeps_until_the_visitor_agrees_is_let_through() -> None:
    start = "<script>start()</script>"
    film = f"<iframe src='https://www.youtube-nocookie.com/embed/1' srcdoc='{start}'></iframe>"
    run = page_pass(cookie_banner, plugin, declaration=declared(services=["youtube"]))

    text, findings = ran(run, f"<!doctype html><head></head><body>{film}</body>")

    assert findings == []
    assert hash_of("start()") in text.partition("</head>")[0]


def test_the_frame_of_the_page_stands_behind_the_policy() -> None:
    run = page_pass(cookie_banner, plugin, declaration=declared(services=["goatcounter"]))

    text, _ = ran(run, "<!doctype html><head><meta charset=utf-8><title>t</title></head><body></body>")

    assert text.index("Content-Security-Policy") < text.index("consent.js")


@given(documents)
def test_any_document_gets_it_once_or_a_finding(text: str) -> None:
    new, findings = ran(page_pass(plugin), text)

    assert findings or new.count(META[: META.index("script-src")]) == 1
