"""What the audit says of links in a finished site, with both plugins in use: HTML in, findings out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.privacy.extension import Staged
from plugins.privacy_audit.output import audit
from tests.kit import BOOK, TAGS, declared, told

UNMARKED = "Let the plugin third_party_links mark it: it does so in every page that a template makes."


def audited(folder: Path, body: str, **options: Any) -> list[tuple[str, str, str, str]]:
    """Return what the audit finds on a page of a site that has another website and a partner."""
    (folder / "index.html").write_text(f"<!DOCTYPE html><title>x</title>{body}", "utf-8")
    plugins = ["third_party_links", "amazon_affiliate"]
    settings = {"PLUGINS": plugins, "AMAZON_TAGS": TAGS, "AMAZON_AFFILIATE": options}
    declaration = declared(first_party=["example.net"], partners=[{"name": "P", "hosts": ["partner.example"]}])
    return told(audit(Staged(declaration, folder, "", settings)))


@pytest.mark.parametrize(
    ("host", "words"), [("example.net", "another website of ours"), ("partner.example", "partner’s site")]
)
def test_each_class_of_links_needs_its_own_words(host: str, words: str, tmp_path: Path) -> None:
    wrong = f'<a rel="external" aria-describedby="d" href="https://{host}/">x</a><p id="d">external site</p>'
    right = wrong.replace("external site", words)

    assert audited(tmp_path, right) == []
    assert audited(tmp_path, wrong) == [
        (
            "unmarked-link",
            "error",
            (
                f'<a rel="external" aria-describedby="d" href="https://{host}/"> leads away from this website, and lacks '
                f"a description that says “{words}”."
            ),
            UNMARKED,
        )
    ]


@pytest.mark.parametrize("name", ['x"y', '"]', '"],a{', "x\\", "\\22", "é", "a\u00a0b", "*"])
def test_a_description_may_have_any_name(name: str, tmp_path: Path) -> None:
    value = name.replace('"', "&quot;")
    link = f'<a rel="external" aria-describedby="e {value}" href="https://other.example/">x</a>'

    assert [found[0] for found in audited(tmp_path, link)] == ["unmarked-link"]
    assert audited(tmp_path, f'{link}<p id="{value}">external site</p>') == []


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://docs.example.com/">below the site\'s domain</a>',
        '<svg><a href="https://example.net/"><text>x</text></a></svg>',
        f'<a href="{BOOK}" rel="external" data-affiliate="off" data-xlink="off">x</a>',
        f'<a href="{BOOK}" rel="external" data-affiliate="none" data-xlink="off">x</a>',
    ],
)
def test_what_needs_no_mark_or_was_taken_out_is_right(body: str, tmp_path: Path) -> None:
    assert audited(tmp_path, body) == []


def test_where_only_links_are_tagged_that_say_so_the_others_are_right(tmp_path: Path) -> None:
    link = f'<a href="{BOOK}" rel="external" data-xlink="off"{{}}>x</a>'

    assert audited(tmp_path, link.format(""), default="off") == []
    assert [found[0] for found in audited(tmp_path, link.format(""))] == ["untagged-affiliate-link"]
    assert [found[0] for found in audited(tmp_path, link.format(' data-affiliate="on"'), default="off")] == [
        "untagged-affiliate-link"
    ]


def test_a_redirector_of_the_sites_own_is_an_error_in_every_form(tmp_path: Path) -> None:
    """Amazon forbids to hide by one from which site a visitor comes; no visitor can see where it leads."""
    link = '<a href="/go/shop/">a shop</a>'
    by_the_server = audited(tmp_path, link)
    (tmp_path / "go/shop").mkdir(parents=True)
    page = f'<!DOCTYPE html><title>x</title><meta http-equiv="refresh" content="0; url={BOOK}">'
    (tmp_path / "go/shop/index.html").write_text(page, "utf-8")
    by_a_page = audited(tmp_path, link)

    assert [(check, level) for check, level, _, _ in by_the_server] == [("broken-link", "error")]
    assert [(check, level) for check, level, _, _ in by_a_page] == [("undeclared-load", "error")]


def test_in_code_for_visitors_without_javascript_a_link_needs_no_more_than_its_rel(tmp_path: Path) -> None:
    """Nothing is written in code, and descriptions stand in the page around it."""
    link = '<a rel="external" href="https://third.example/">x</a>'

    assert audited(tmp_path, f"<p>x</p><noscript><pre>{link}</pre></noscript>") == []
    for wrong in (
        f"<body><pre>{link}</pre>",
        f"<p>x</p><noscript>{link}</noscript>",
        f"<p>x</p><noscript><pre>{link[:2]}{link[17:]}</pre></noscript>",
    ):
        assert [found[0] for found in audited(tmp_path, wrong)] == ["unmarked-link"]


@pytest.mark.parametrize("attribute", ["srcdoc", "data-x"])
def test_in_code_on_a_page_without_a_place_for_descriptions_a_link_needs_no_more_than_its_rel(
    attribute: str, tmp_path: Path
) -> None:
    """HTML in a frame, or a page without a body tag: the description would stand right behind it."""
    code = '<p><code><a rel="external" href="https://third.example/">x</a></code></p>'
    frame = f"<iframe title='x' {attribute}='{code}'></iframe>"
    shadow = f"<div><template shadowrootmode='open'>{code}</template></div>"

    assert audited(tmp_path, f"<body>{frame}</body>") == []
    assert audited(tmp_path, f"{code}{shadow}") == []
    for wrong in (
        f"<body>{frame}{shadow}</body>",
        f"<body>{frame}{code}</body>",
        "<body><iframe title='x' srcdoc='<p><a rel=\"external\" href=\"https://third.example/\">x</a></p>'></iframe></body>",
        "<body><iframe title='x' srcdoc='<code><a href=\"https://third.example/\">x</a></code>'></iframe></body>",
    ):
        assert [found[0] for found in audited(tmp_path, wrong)] == ["unmarked-link"]
