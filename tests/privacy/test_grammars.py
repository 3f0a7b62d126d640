"""How URLs stand in values: what is no URL first, then what is one, then what only looks like none."""

from __future__ import annotations

import base64

import pytest

from plugins.privacy.grammars import Grammar, Inline, read_data_url, urls_in, words_in


def found(grammar: Grammar, value: str) -> list[str]:
    return list(urls_in(grammar, value))


@pytest.mark.parametrize("value", ["", " ", "https://a.example/", "//a.example/ b"])
def test_a_url_attribute_is_one_url_as_it_stands(value: str) -> None:
    assert found(Grammar.URL, value) == [value]


def test_html_is_read_by_a_parser_and_not_here() -> None:
    assert found(Grammar.HTML, "<img src=//a.example/>") == []


# Lists of words: `rel`, `class`, `aria-describedby`


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", []),
        (" \t\n\f\r", []),
        ("a  b\tc\nd", ["a", "b", "c", "d"]),
        ("fa\u00a0link me", ["fa\u00a0link", "me"]),
        ("a\u3000b", ["a\u3000b"]),
        ("a\x0bb\x1cc", ["a\x0bb\x1cc"]),
        ("é f", ["é", "f"]),
    ],
)
def test_only_ascii_space_parts_words(value: str, words: list[str]) -> None:
    assert words_in(value) == words


# Lists: `ping`, and the values of an animation


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("", [""]),
        ("/a", ["/a"]),
        ("/a;/b", ["/a", "/b"]),
        (" /a ; /b ;", ["/a", "/b", ""]),
        ("/a /b", ["/a /b", "/a", "/b"]),
        ("ht\ntps://a.example/", ["ht\ntps://a.example/", "ht", "tps://a.example/"]),
    ],
)
def test_a_list_is_cut_at_semicolons_and_at_spaces(value: str, urls: list[str]) -> None:
    """A line break stands inside a URL or between two: both readings count."""
    assert found(Grammar.LIST, value) == urls


# srcset


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("", []),
        (" , ,\t", []),
        ("a", ["a"]),
        ("a,", ["a"]),
        ("a, b", ["a", "b"]),
        ("a,b", ["a,b"]),
        ("a 1x,b 2x", ["a", "b"]),
        ("a 1x ,\n b 2x", ["a", "b"]),
        (",,a,,", ["a"]),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x, b 2x", ["data:image/gif;base64,R0lGODlhAQABAAAAACw=", "b"]),
        ("data:image/svg+xml,%3Csvg/%3E, b", ["data:image/svg+xml,%3Csvg/%3E", "b"]),
        ("a (1x, 2x) 3x, b", ["a", "b"]),
        ("a (1x, b", ["a"]),
        ("a ((1x), b", ["a", "b"]),
        ("a ) , b", ["a", "b"]),
        ("a nonsense, b", ["a", "b"]),
        ("a\u00a01x, b", ["a\u00a01x", "b"]),
    ],
)
def test_srcset_is_cut_as_browsers_cut_it(value: str, urls: list[str]) -> None:
    assert found(Grammar.SRCSET, value) == urls


# Refreshes


@pytest.mark.parametrize(
    "value",
    ["", "5", "0;", " 3 ; ", "url=/a", "-1;/a", "+0;/a", "0x;/a", "0/a", "0'/a'", "0;url=", "0;url=''"],
)
def test_a_refresh_of_the_page_itself_or_of_nothing_leads_nowhere(value: str) -> None:
    assert found(Grammar.REFRESH, value) == []


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("0;/a", "/a"),
        ("0,/a", "/a"),
        ("0 /a", "/a"),
        ("0;url=/a", "/a"),
        ("0; URL = /a", "/a"),
        (" 0 ; url = /a ", "/a"),
        (".5;/a", "/a"),
        ("0.0.0;/a", "/a"),
        ("..;/a", "/a"),
        ("0;url='/a'b", "/a"),
        ('0;url="/a', "/a"),
        ("0;url=/a'b", "/a'b"),
        ("0 '/a'", "/a"),
        ("0;url /a", "url /a"),
        ("0;u/a", "u/a"),
        ("0;;/a", ";/a"),
        ("\u30000\u3000;\u3000url=\u3000//a.example/", "//a.example/"),
    ],
)
def test_a_refresh_leads_where_browsers_go(value: str, url: str) -> None:
    assert found(Grammar.REFRESH, value) == [url]


# Import maps, speculation rules


@pytest.mark.parametrize("value", ["", "{", "[1,]", "// no JSON", "1", "null", "{}", '"' * 3, "[" * 100_000])
def test_what_is_no_json_or_holds_no_string_loads_nothing(value: str) -> None:
    assert found(Grammar.JSON, value) == []


def test_every_string_of_json_counts_keys_and_escapes_included() -> None:
    value = '{"imports": {"a": "/b", "/c": ["/d", {"\\u002fe": 1}]}, "x": null}'
    assert found(Grammar.JSON, value) == ["imports", "x", "a", "/c", "/b", "/d", "/e"]


# CSS


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "p { color: red }",
        "/* url(/a) */",
        '@namespace url(http://www.w3.org/1999/xhtml); @namespace svg "http://www.w3.org/2000/svg";',
        '@charset "utf-8";',
        'a[href^="https://a.example/"]::after { content: "https://b.example/" }',
        'a { --x: 1 } a[href^="https://a.example/"] {}',
        '.--x:hover a[href="https://a.example/"] {}',
        'a { --x: "→"; --y: "a/b" }',
        'a { font-family: "b"; content: attr(href) }',
        '@property --x { syntax: "<string>"; inherits: false }',
        "a { background: url(a b) }",
        "url",
        "--",
        "@",
    ],
)
def test_a_style_sheet_without_a_url_loads_nothing(sheet: str) -> None:
    assert found(Grammar.CSS, sheet) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "a{b:url(/a)}",
        "b:url( /a )",
        "b:url('/a')",
        'b:URL( "/a" )',
        "b:\\75rl(/a)",
        "b:u\\72 l('/a')",
        "b:url(\\2f a)",
        "b:url('\\\n/a')",
        "b:url(/a",
        "b:url('/a",
        "b:src('/a')",
        '@import "/a";',
        "@IMPORT '/a' layer(x) print",
        "@\\69mport '/a'",
        "@import url(/a) screen;",
        "@import'/a",
        "@media print{a{b:url(/a)}}",
        "a{&:hover{b:url(/a)}}",
        "@font-face{src:url(/a) format('woff2')}",
        "b:image-set('/a' type('image/png') 2x)",
        "b:-webkit-image-set(url(/a) 1x)",
        "b:cross-fade('/a', 50%)",
        "b:linear-gradient(red,blue),url(/a)",
        "b:image-set(var(--x, '/a') 1x)",
        "b:image-set(if(media(print): '/a') 1x)",
        "b:url('/a' integrity('sha256-x'))",
        "@namespace x {} a{b:url(/a)}",
        "@namespace x; a{b:url(/a)}",
        "--x:url(/a)",
        "<!-- b:url(/a) -->",
    ],
)
def test_each_way_in_which_css_loads_is_read(sheet: str) -> None:
    assert found(Grammar.CSS, sheet) == ["/a"]


@pytest.mark.parametrize(
    "sheet",
    [
        "a{--x:'https://a.example/'}",
        "--x : 'https://a.example/'",
        "--x:1 var(--y, 'https://a.example/')",
        "a{--x:{'https://a.example/'}}",
        "@property --x{initial-value:'https://a.example/'}",
        "@function --f(){result:'https://a.example/'}",
        "@function --f(--x: 'https://a.example/'){}",
        "a{b:--f('https://a.example/')}",
        "a{b:--f({'https://a.example/', 1})}",
    ],
)
def test_a_string_that_a_variable_may_carry_into_an_image_counts_where_it_names_a_host(sheet: str) -> None:
    """`image-set(var(--x))` loads the string in `--x`, wherever that was set."""
    assert found(Grammar.CSS, sheet) == ["https://a.example/"]
    assert found(Grammar.CSS, sheet.replace("https:", "")) == ["//a.example/"]
    assert found(Grammar.CSS, sheet.replace("https://a.example/", "words")) == []


def test_an_import_without_quotes_counts_because_preload_scanners_fetch_it() -> None:
    assert found(Grammar.CSS, "@import https://a.example/x;") == ["https://a.example/x"]
    assert found(Grammar.CSS, "@import foo; a { b: url(/a) }") == ["/a"]


def test_urls_in_css_come_in_their_order() -> None:
    sheet = "@import '/1'; @import url(/2); a { b: url('/3'), image-set('/4' 1x, url(/5) 2x); c: url(/6) } /* end */"
    assert found(Grammar.CSS, sheet) == ["/1", "/2", "/3", "/4", "/5", "/6"]


def test_css_of_any_depth_is_read() -> None:
    assert found(Grammar.CSS, "{" * 5_000 + "b:url(/a)") == ["/a"]
    assert found(Grammar.CSS, "f(" * 5_000 + "url(/a)") == ["/a"]


# data: URLs


@pytest.mark.parametrize(
    "href",
    [
        "",
        "data:",
        "data:text/html",
        "https://a.example/,x",
        "data;text/html,x",
        "data:text/html;base64,A",
        "ddata:,x",
    ],
)
def test_what_is_no_data_url_or_cannot_be_decoded_has_no_content(href: str) -> None:
    assert read_data_url(href) is None


@pytest.mark.parametrize(
    ("href", "media_type", "text"),
    [
        ("data:,", "text/plain", ""),
        ("data:,a,b", "text/plain", "a,b"),
        ("data:;charset=utf-8,a", "text/plain", "a"),
        ("DATA:Text/HTML;x=y,%3Cp%3E", "text/html", "<p>"),
        ("data: text/html ,<p>#fragment", "text/html", "<p>"),
        ("data:text/html;base64,PHA+", "text/html", "<p>"),
        ("data:text/html; BASE64 ,PHA%2B", "text/html", "<p>"),
        ("data:text/html;base64, P HA%0A+ ", "text/html", "<p>"),
        ("data:text/html;base64,PGI", "text/html", "<b"),
        ("data:text/html;base64;x,PHA+", "text/html", "PHA+"),
        ("data:text/html;charset=latin1,%E4", "text/html", "ä"),
        ('data:text/html;charset="utf-8",%C3%A4', "text/html", "ä"),
        ("data:text/html;charset=utf-7,+ADw-p", "text/html", "+ADw-p"),
        ("data:text/html,%FF<p>", "text/html", "\ufffd<p>"),
    ],
)
def test_a_data_url_says_what_it_carries(href: str, media_type: str, text: str) -> None:
    assert read_data_url(href) == Inline(media_type, text)


@pytest.mark.parametrize(
    ("parameters", "encoding", "mark"),
    [
        (";charset=utf-16le", "utf-16-le", ""),
        (";charset=utf-16", "utf-16-le", ""),
        (";charset=utf-16be", "utf-16-be", ""),
        ("", "utf-16-le", "\ufeff"),
        ("", "utf-16-be", "\ufeff"),
        (";charset=latin1", "utf-8", "\ufeff"),
        (";charset=iso-2022-jp", "iso-2022-jp", ""),
    ],
)
def test_a_data_url_is_decoded_as_browsers_decode_it(parameters: str, encoding: str, mark: str) -> None:
    """A byte order mark wins, then the declared encoding: in UTF-16, markup read as UTF-8 is not seen."""
    body = base64.b64encode((mark + "<p>あ" if encoding != "latin1" else "<p>").encode(encoding)).decode()
    assert read_data_url(f"data:text/html{parameters};base64,{body}") == Inline("text/html", "<p>あ")
