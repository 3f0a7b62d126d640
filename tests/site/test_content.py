"""What the company's content holds, so that every promise of the plugins has something to be kept on."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plugins.privacy.extension import Staged
from plugins.privacy_audit.company import PLACEHOLDERS
from plugins.privacy_audit.output import audit
from tests.kit import declared
from tests.site.conftest import build_at, copy_sources
from tests.site_kit import ROOT

CONTENT = ROOT / "content"
ARTICLES = sorted((CONTENT / "blog").glob("*.md"))
LINK = re.compile(r"\]\((https?://[^)\s]+)\)")


def text(*names: str) -> str:
    """Return the text of some files below content/, or of all articles."""
    paths = [CONTENT / name for name in names] or ARTICLES
    return "\n".join(path.read_text("utf-8") for path in paths)


def hosts(source: str) -> set[str]:
    """Return the hosts that a text in Markdown links to."""
    return {urlsplit(url).netloc for url in LINK.findall(source)}


@pytest.mark.parametrize(
    "page",
    """home about contact legal partners newsletter support downloads accessibility 404 authoring
    home.de about.de contact.de legal.de""".split(),
)
def test_the_page_is_there(page: str) -> None:
    assert len(text(f"pages/{page}.md").split()) > 90


def test_there_are_at_least_four_products_and_an_overview() -> None:
    products = {path.stem for path in (CONTENT / "products").glob("*.md")}
    assert "index" in products
    assert len(products) > 4


def test_there_are_at_least_twelve_articles_of_300_words_or_more() -> None:
    words = {path.name: len(path.read_text("utf-8").partition("\n\n")[2].split()) for path in ARTICLES}
    assert len(words) >= 12
    assert {name: number for name, number in words.items() if number < 300} == {}


def test_several_partners_are_real_projects_with_their_own_addresses() -> None:
    real = {"openzfs.org", "www.freebsd.org", "www.debian.org", "www.samba.org"}
    assert real <= hosts(text("pages/partners.md"))


def test_articles_link_to_several_stores_of_amazon_to_partners_and_to_others() -> None:
    linked = hosts(text())
    assert {"www.amazon.com", "www.amazon.de", "www.amazon.co.uk"} <= linked
    assert linked & {"openzfs.org", "www.freebsd.org", "www.debian.org", "www.samba.org"}
    assert len({host for host in linked if "amazon" not in host}) > 5


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a film, pasted as its provider gives it", r'<iframe width="560" [^>]*youtube-nocookie\.com/embed/'),
        ("a map", r"<iframe [^>]*openstreetmap\.org/export/embed"),
        ("a picture inside a link", r"\[!\[[^\]]+\]\([^)]+\)(\{[^}]*\})?\]\("),
        ("a picture in several sizes", r'!\[[^\]]+\]\([^)]+\)\{[^}]*srcset="'),
        ("a table with columns aligned to the right", r"\|-+:\|"),
        ("a table with centred columns", r"\|:-+:\|"),
        ("code", r"^```python$"),
        ("a footnote", r"^\[\^[^\]]+\]: "),
    ],
)
def test_articles_hold(what: str, pattern: str) -> None:
    assert re.search(pattern, text(), re.MULTILINE), what


def test_every_picture_has_words_a_size_and_waits_below_the_fold() -> None:
    for path in sorted(CONTENT.rglob("*.md")):
        pictures = re.findall(r"!\[([^\]]*)\]\(\{static\}[^)]+\)(\{[^}]*\})?", path.read_text("utf-8"))
        for alt, attributes in pictures:
            assert alt, path
            assert "width=" in attributes, path
            assert "height=" in attributes, path
            assert "loading=lazy" in attributes or path.name in ("home.md", "home.de.md"), path


def test_the_legal_notice_holds_what_german_law_wants() -> None:
    """§ 5(1) DDG: name, address, representative, e-mail and a second quick way, register and number, VAT number;
    § 18(2) MStV: who answers for journalistic content; § 36 VSBG: whether one takes part in arbitration."""
    wanted = ["§ 5", "Musterstraße 1", "Erika Mustermann", "hello@example.com", "+49 ", "HRB 00000"]
    wanted += ["DE000000000", "18", "MStV", "§ 36 VSBG"]
    for name in ("legal", "legal.de"):
        assert [words for words in wanted if words not in text(f"pages/{name}.md")] == []


@pytest.mark.slow
def test_one_analytics_service_is_declared_and_used(published: Path) -> None:
    home = (published / "index.html").read_text("utf-8")
    assert '<template data-gate="goatcounter">' in home


@pytest.mark.slow
def test_without_an_account_at_goatcounter_no_page_has_its_script(tmp_path: Path) -> None:
    copy_sources(tmp_path)

    ended = build_at(tmp_path, 'GOATCOUNTER = ""\n')

    assert ended.code == 1
    assert ended.err == (
        "pelicanconf.py  unused-service\n"
        '    PRIVACY["services"] declares "goatcounter", and no page uses it.\n'
        "    Remove it: visitors should be asked for what the site does, and for nothing else.\n\n"
        "1 error in 1 place. The site was not published.\n"
    )


@pytest.mark.slow
def test_the_example_under_a_real_domain_is_told_on_every_page(published: Path) -> None:
    found = audit(Staged(declared(site="https://www.storage-firm.de"), published, "", {"PLUGINS": []}))

    found = [finding for finding in found if finding.check.name == "placeholder-company"]
    pages = {path.relative_to(published).as_posix() for path in published.rglob("*.html")}
    other = {"extra/site.webmanifest", ".well-known/security.txt", "privacy.json", "feeds/all.atom.xml"}
    assert pages | other <= {finding.page for finding in found}
    mails = {finding.subject for finding in found if "@" in finding.subject}
    assert mails == {f"{name}@example.com" for name in ("hello", "privacy", "support", "security")}
    assert set(PLACEHOLDERS) <= {finding.subject for finding in found}
