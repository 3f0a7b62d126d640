"""What is told from the words of a program: what it stores, which hosts it names. Nothing is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.privacy_audit.javascript import addresses, writes
from tests.privacy_audit.test_output import judged


@pytest.mark.parametrize(
    "code",
    [
        "",
        "localStorage.getItem('a'); localStorage.removeItem('a'); localStorage.clear(); localStorage.length",
        "const a = document.cookie; if (document.cookie == 'a=1') b(); document.cookie === c",
        "// localStorage.setItem('a', 1)",
        "/* document.cookie = 'a=1' */",
        "'localStorage.setItem(1)'; `document.cookie = ${1}`; /localStorage.setItem('a')/.test(x)",
        "document.title = 'x'; caches.match(x); indexedDB.databases()",
        "const f = (document) => document.cookies = 1",
    ],
)
def test_code_that_stores_nothing(code: str) -> None:
    assert list(writes(code)) == []


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("localStorage.setItem('a', 1)", "local", "a"),
        ('window.localStorage.setItem("a", 1)', "local", "a"),
        ("localStorage?.setItem(`a`, 1)", "local", "a"),
        ("localStorage.setItem('a' + b, 1)", "local", None),
        ("localStorage.setItem(b, 1)", "local", None),
        ("localStorage.a = 1", "local", "a"),
        ("localStorage.a ??= 1", "local", "a"),
        ("localStorage['a'] = 1", "local", "a"),
        ("localStorage[b] += 1", "local", None),
        ("sessionStorage.setItem('a', 1)", "session", "a"),
        ("document.cookie = 'a=1; path=/'", "cookie", "a"),
        ("document.cookie = `a=${b}`", "cookie", "a"),
        ("document.cookie = name + '=1'", "cookie", None),
        ("x = `${() => { document.cookie = 'a=1' }}`", "cookie", "a"),
        ("cookieStore.set('a', '1')", "cookie", "a"),
        ("indexedDB.open('a', 2)", "indexeddb", "a"),
        ("caches.open('a')", "unknown", "a"),
        ("b / c; localStorage.setItem('a', 1) / 2", "local", "a"),
        ("'; localStorage.setItem(a, 1)", "local", None),
    ],
)
def test_code_that_stores(code: str, kind: str, name: str | None) -> None:
    assert [(write.kind, write.name) for write in writes(code)] == [(kind, name)]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("// see https://a.example/", []),
        ("'/own/path'; 'readme.md'; 'jquery.js'; 'a.b'; a.b.c()", []),
        ("fetch('https://a.example/x?y')", ["https://a.example/x?y"]),
        ("new WebSocket(`wss://a.example/${b}`)", ["wss://a.example/"]),
        ("s.src = '//a.example/x.js'", ["//a.example/x.js"]),
        ("s.innerHTML = '<img src=\"https://a.example/x\">'", ["https://a.example/x"]),
        ("const host = 'cdn.a.example'", ["//cdn.a.example"]),
        ("const host = 'tracker.com'", ["//tracker.com"]),
        (r"'https:\x2f\x2fa.example/'", ["https://a.example/"]),
    ],
)
def test_hosts_in_the_strings_of_a_program(code: str, found: list[str]) -> None:
    assert list(addresses(code)) == found


@given(st.text(alphabet="'\"`${}/\\*+=.()[] \nlocalStorage.setItemdocument.cookie:", max_size=120))
def test_no_code_is_too_strange(code: str) -> None:
    assert all(write.kind in ("local", "cookie") for write in writes(code))
    assert all("//" in address for address in addresses(code))


@pytest.mark.parametrize(
    ("drawing", "who"),
    [
        ("<script>fetch('https://tracker.example/')</script>", "<script>, an inline script,"),
        ("<g onclick=\"fetch('https://tracker.example/')\"/>", "<g onclick>"),
    ],
)
def test_programs_in_drawings_are_read(tmp_path: Path, drawing: str, who: str) -> None:
    (finding,) = judged(tmp_path, {"a.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{drawing}</svg>'})

    assert finding.what == (
        f"{who} names tracker.example; nobody can tell from its text whether it loads from there, before any consent."
    )
