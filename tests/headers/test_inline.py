"""What is inline in a page and runs is let through by its hash; what does not run gets none."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.headers.inline import Inline, inline_of_text

A = "'sha256-" + base64.b64encode(hashlib.sha256(b"a()").digest()).decode() + "'"


def found(body: str) -> list[Inline]:
    """What is inline in a page with this body."""
    return list(inline_of_text(f"<!doctype html><body>{body}"))


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/ld+json">{"a": 1}</script>',
        '<script type="application/json">{}</script>',
        '<script type="text/template">a()</script>',
        '<script src="/a.js">a()</script>',
        "<script src>a()</script>",
        '<svg><script href="/a.js">a()</script></svg>',
        '<svg><script xlink:href="/a.js">a()</script></svg>',
        "<script></script>",
        "<pre>&lt;script&gt;a()&lt;/script&gt;</pre>",
        "<!-- <script>a()</script> -->",
        "<textarea><script>a()</script></textarea>",
        "<p onclick='a()' style='color: red'>",
    ],
)
def test_what_does_not_run_by_a_hash_gets_none(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<script>a()</script>",
        '<script type="">a()</script>',
        '<script type=" Text/JavaScript ">a()</script>',
        '<script type="module">a()</script>',
        '<script type="importmap">a()</script>',
        '<script type="speculationrules">a()</script>',
        '<script language="JavaScript">a()</script>',
        "<SCRIPT NOMODULE>a()</SCRIPT>",
        "<svg><script>a()</script></svg>",
        "<svg><script><![CDATA[a()]]></script></svg>",
        "<template data-gate='x'><script>a()</script></template>",
        "<template><template><script>a()</script></template></template>",
        '<iframe srcdoc="<script>a()</script>"></iframe>',
        '<template><iframe srcdoc="&lt;script&gt;a()&lt;/script&gt;"></iframe></template>',
        "<!--><script>a()</script>",
    ],
)
def test_what_runs_gets_a_hash(body: str) -> None:
    assert found(body) == [("script-src", A)]


@pytest.mark.parametrize(
    "body", ["<style>a()</style>", "<noscript><style>a()</style></noscript>", "<svg><style>a()</style>"]
)
def test_style_sheets_get_one_too(body: str) -> None:
    assert found(body) == [("style-src", A)]


def test_the_hash_is_of_the_text_as_browsers_have_it() -> None:
    assert found("<script>a(\r\n)</script>") == found("<script>a(\n)</script>") == found("<script>a(\r)</script>")
    assert found("<script>ä</script>") != found("<script>a</script>")


def test_documents_in_documents_without_end_are_read_to_an_end() -> None:
    body = "<script>a()</script>"
    for _ in range(12):
        body = '<iframe srcdoc="' + body.replace("&", "&amp;").replace('"', "&quot;") + '"></iframe>'
    assert found(body) == []


@given(st.text(alphabet=st.sampled_from("<>/\"'= \nscriptyle!-&;a()templatesrcdocifrmnoscript")))
def test_any_text_is_read(text: str) -> None:
    for item in found(text):
        assert item.directive in ("script-src", "style-src")
        assert item.hash.startswith("'sha256-")
