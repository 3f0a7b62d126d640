"""Inline scripts, read as tokens: which services they use, and what they do not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.privacy.declaration import Declaration
from plugins.privacy.scripts import UnreadableCodeError, is_program, tokens_of, waits_for_the_page, writes_document
from tests.kit import declared

COUNTER = {
    "id": "matomo",
    "provider": "Ours",
    "hosts": [{"host": "stats.example.com", "role": ["script", "connect"]}],
}


def used(code: str, declaration: Declaration | None = None) -> tuple[str, ...]:
    return (declaration or declared()).addresses_in_script(code)


# What gives no service away


@pytest.mark.parametrize(
    "code",
    [
        "",
        "let a = 1;",
        "// https://www.youtube.com/iframe_api",
        "/* gtag('js', new Date()) */ x()",
        "<!-- fbq('init') \n x()",
        "const text = 'Our films are on youtube.com and vimeo.com.';",
        "const text = 'youtube.com is a website';",
        "const schema = 'https://schema.org';",
        "document.createElementNS('http://www.w3.org/2000/svg', 'svg')",
        "picture.clarity = 3; stripe.Stripe()",
        "const options = { clarity: 3, gtag: 4 };",
        "x = /https:\\/\\/www.youtube.com\\/embed/.test(y)",
        "fetch('https://formspree.io/f/x')",  # sends on a click of the visitor's own
        "location = 'https://notyoutube.com/'",
        "location = 'https://www.youtube.com.evil.example/'",
        "a = 'fonts' + '.googleapis.com.evil.example/'",
    ],
)
def test_code_that_uses_no_service(code: str) -> None:
    assert used(code) == ()


# What gives one away


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("s.src = 'https://www.youtube.com/iframe_api'", "https://www.youtube.com/iframe_api"),
        ('s.src = "//static.hotjar.com/c/hotjar-" + id', "https://static.hotjar.com/c/hotjar-"),
        ("s.src = 'https:\\/\\/www.clarity.ms\\/tag\\/' + i", "https://www.clarity.ms/tag/"),
        ("s.src = '\\x68ttps://www.clarity.ms/tag/'", "https://www.clarity.ms/tag/"),
        ("s.src = 'www.clarity.ms/tag/'", "https://www.clarity.ms/tag/"),
        ("s.src = 'https://' + name + '.disqus.com/embed.js'", "https://www.disqus.com/embed.js"),
        ("s.src = `https://${name}.goatcounter.com/count`", "https://www.goatcounter.com/count"),
        ("p.innerHTML = '<iframe src=\"https://player.vimeo.com/video/1\">'", "https://player.vimeo.com/video/1"),
        ("gtag('event', 'x')", "https://www.googletagmanager.com"),
        ("window.dataLayer.push({})", "https://www.googletagmanager.com"),
        ("_paq.push(['trackPageView'])", "https://cdn.matomo.cloud"),
        ("fbq('track', 'Purchase')", "https://connect.facebook.net"),
        ("x ? _hsq : 0", "https://www.hs-scripts.com"),
        ("a = b / c; gtag(d / e)", "https://www.googletagmanager.com"),
        ("a = `x ${ { b: `${gtag}` } } y`", "https://www.googletagmanager.com"),
        ("import 'https://js.stripe.com/v3/'", "https://js.stripe.com/v3/"),
        ("grecaptcha.ready(x)", "https://www.google.com/recaptcha/"),
        ("fetch('https://www.google.com/maps/embed')", "https://www.google.com/maps/embed"),
    ],
)
def test_code_that_uses_a_service(code: str, address: str) -> None:
    assert used(code) == (address,)


def test_a_folder_of_a_host_is_not_the_host() -> None:
    assert used("location = 'https://www.google.com/search'") == ()


@pytest.mark.parametrize("code", ["s = 'gtag(", "/* gtag", "`gtag ${a", "if (a) /'/.test(gtag)"])
def test_all_of_a_script_that_cannot_be_read_counts(code: str) -> None:
    assert used(code) == ("https://www.googletagmanager.com",)


def test_the_service_as_it_is_declared_is_meant() -> None:
    declaration = declared(services=[COUNTER])

    assert used("_paq.push([])", declaration) == ("https://stats.example.com",)
    assert used("u = '//stats.example.com/'", declaration) == ("https://stats.example.com/",)
    assert used("u = '//cdn.matomo.cloud/'", declaration) == ()


def test_a_service_of_the_sites_own_has_names_of_its_own() -> None:
    chat = {
        "id": "chat",
        "name": "Chat",
        "provider": "Chat Ltd",
        "purpose": "functional",
        "reason": "x",
        "hosts": [{"host": "a.chat.example", "role": "image"}, {"host": "*.chat.example", "role": "script"}],
        "markup": {"programs": ["Chat"]},
    }

    assert used("Chat.open()", declared(services=[chat])) == ("https://www.chat.example",)
    assert used("Chat.open()") == ()


# The tokens


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("a='b'", ["a", "=", "b"]),
        ("a = b / c / d", ["a", "=", "b", "/", "c", "/", "d"]),
        ("return /'/.x", ["return", ".", "x"]),
        ("(a) / b", ["(", "a", ")", "/", "b"]),
        ("[/[/']/, 'x']", ["[", ",", "x", "]"]),
        ("'a\\\nb\\'c\\u0041\\u{42}'", ["ab'cAB"]),
        ("`a${b}c`", ["a", "${", "b", "c"]),
        ("`a\\`${`b`}$`", ["a`", "${", "b", "$"]),
        ("a // 'b\nc", ["a", "c"]),
        ("1.5e3+.5", ["1.5e3", "+", ".5"]),
        ("$a._b", ["$a", ".", "_b"]),
    ],
)
def test_tokens(code: str, texts: list[str]) -> None:
    assert [token.text for token in tokens_of(code)] == texts


@pytest.mark.parametrize("code", ["'a", '"a\n"', "`a", "`a${b", "/* a", "a = 'b\nc'"])
def test_what_does_not_end_cannot_be_read(code: str) -> None:
    with pytest.raises(UnreadableCodeError):
        list(tokens_of(code))


PIECES = st.sampled_from(
    [
        "'",
        '"',
        "`",
        "${",
        "}",
        "{",
        "/",
        "*",
        "\\",
        "\n",
        " ",
        "a",
        "gtag",
        "//",
        "/*",
        "*/",
        "[",
        "]",
        "(",
        ")",
        "1",
        ".",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_code_is_read_or_refused(code: str) -> None:
    try:
        tokens = list(tokens_of(code))
    except UnreadableCodeError:
        tokens = []

    assert all(token.text or token.kind == "string" for token in tokens)
    assert set(used(code)) <= {"https://www.googletagmanager.com"}


# document.write


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("document.write('<p>')", True),
        ("window . document\n.writeln(x)", True),
        ("x = 'document.write'", False),
        ("// document.write()", False),
        ("document.writable", False),
        ("my.document.body.write()", False),
        ("document.write('<p>", True),
    ],
)
def test_code_that_writes_the_document(code: str, writes: bool) -> None:
    assert writes_document(code) is writes


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("window.addEventListener('load', start)", "load"),
        ("document.addEventListener(`DOMContentLoaded`, start)", "DOMContentLoaded"),
        ("addEventListener('load', start)", "load"),
        ("window.onload = start", "load"),
        ("onload = start", "load"),
        ("script.onload = start", None),
        ("script.addEventListener('load', start)", None),
        ("if (window.onload == start) stop()", None),
        ("addEventListener('click', start)", None),
        ("// addEventListener('load', start)", None),
        ("if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start); else start()", None),
        ("addEventListener('load", None),
        ("addEventListener", None),
        ("onload", None),
    ],
)
def test_code_that_waits_for_an_event_of_the_page(code: str, event: str | None) -> None:
    assert waits_for_the_page(code) == event


# Which scripts run


@pytest.mark.parametrize("kind", ["", " text/JavaScript ", "module", "application/ecmascript", "text/javascript1.5"])
def test_what_browsers_run(kind: str) -> None:
    assert is_program(kind)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/ld+json", "text/plain", "importmap", "text/javascript;x"]
)
def test_what_browsers_do_not_run(kind: str) -> None:
    assert not is_program(kind)
