"""The example company keeps what its policy says about forms, on every page of the built site."""

from __future__ import annotations

import shutil
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.privacy import urls
from tests.site_kit import ROOT, files, run

pytestmark = pytest.mark.slow

ORIGIN = "https://www.example.com/"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LexborHTMLParser]:
    """Every page of the example site, by its address."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("content", "theme", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [*ROOT.glob("*conf.py"), *ROOT.glob("*.json")]:
        shutil.copy(path, folder)
    ended = run([sys.executable, "-m", "plugins", "build"], folder, {"SOURCE_DATE_EPOCH": "1800000000"})
    assert ended.code == 0, ended.err
    return {
        ORIGIN + name.removesuffix("index.html"): LexborHTMLParser(data.decode())
        for name, data in files(folder / "output").items()
        if name.endswith(".html")
    }


def links(page: LexborHTMLParser, address: str) -> set[str]:
    """Where a page leads with one click."""
    hrefs = [node.attributes.get("href") or "" for node in page.css("a[href]")]
    return {found.href.partition("#")[0] for href in hrefs if (found := urls.read(href, address)) is not None}


def test_a_request_for_erasure_starts_two_clicks_from_every_page(pages: dict[str, LexborHTMLParser]) -> None:
    """One click leads to the form or prepared mail, the second chooses erasure."""
    starts = {address for address, page in pages.items() if page.css_first('[data-form="data-request"]')}
    assert {f"{ORIGIN}data-request/", f"{ORIGIN}de/data-request/"} == starts
    for address in starts:
        form = pages[address].css_first('[data-form="data-request"]')
        assert form is not None
        assert form.css_first('[value="erasure"]') or form.css_first('a[href*="mailto:"]')
    assert len(pages) > 40
    cut_off = [address for address, page in pages.items() if not starts & links(page, address)]
    assert [address for address in cut_off if address not in starts] == []


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("privacy/", "within one month"),
        ("de/privacy/", "innerhalb eines Monats"),
        ("data-request/", "within one month"),
        ("de/data-request/", "innerhalb eines Monats"),
    ],
)
def test_the_time_limit_is_named(address: str, limit: str, pages: dict[str, LexborHTMLParser]) -> None:
    body = pages[ORIGIN + address].body
    assert body is not None
    assert limit in " ".join(body.text().split())


def test_every_form_is_sent_by_post_and_links_to_the_policy(pages: dict[str, LexborHTMLParser]) -> None:
    forms = [(address, form) for address, page in pages.items() for form in page.css("form[data-form]")]
    assert len(forms) == 6
    for address, form in forms:
        assert form.attributes["method"] == "post"
        policy = f"{ORIGIN}de/privacy/" if "/de/" in address else f"{ORIGIN}privacy/"
        hrefs = [urls.read(node.attributes["href"] or "", address) for node in form.css("a")]
        assert [href.href.partition("#")[0] for href in hrefs if href is not None] == [policy]
        assert not form.css("[checked]")


def test_the_newsletter_asks_for_an_address_and_for_nothing_else(pages: dict[str, LexborHTMLParser]) -> None:
    form = pages[f"{ORIGIN}newsletter/"].css_first("form")
    assert form is not None
    required = [node.attributes["name"] for node in form.css("[required]")]
    assert required == ["email", "consent"]
    said = " ".join(form.text().split())
    assert "asks you to confirm" in said
    assert "unsubscribe" in said
    sentence = form.css_first("[name=consent]")
    label = form.css_first("label[for=newsletter-consent]")
    assert sentence is not None
    assert label is not None
    assert sentence.attributes["value"] == label.text()
    assert "terms" not in label.text().lower()
