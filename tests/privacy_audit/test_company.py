"""No company publishes the data of the made-up one: its names, numbers, accounts and addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from plugins.privacy_audit.company import PLACEHOLDERS, is_real
from plugins.privacy_audit.mails import is_reserved
from tests.privacy_audit.test_output import judged, page
from tests.site_kit import ROOT

REAL = "https://www.storage-firm.de"
WRITE = "Write your own company's data, in content/ and in pelicanconf.py."


def said(folder: Path, name: str, content: str, site: str = REAL) -> list[str]:
    """Return what is said of a file of a site at an address."""
    found = judged(folder, {name: content}, site=site)
    assert {finding.way_out for finding in found if finding.check.name == "placeholder-company"} <= {WRITE}
    return [finding.what for finding in found if finding.check.name == "placeholder-company"]


@pytest.mark.parametrize("site", ["https://www.example.com", "https://shop.example", "http://localhost:8000"])
def test_under_a_name_that_is_nobodys_the_made_up_company_is_at_home(tmp_path: Path, site: str) -> None:
    html = page('Example Systems, HRB 00000, <a href="mailto:hello@example.com">hello@example.com</a>')

    assert said(tmp_path, "index.html", html, site) == []


@pytest.mark.parametrize(
    "html",
    [
        "Storage Firm GmbH, HRB 12345, DE123456789, +49 30 1234567",
        "<pre>smartctl -m storage@example.com</pre>",
        "<p>Set <code>report = <span>storage@example.com</span></code>.</p>",
        '<input type="email" placeholder="name@example.org">',
        "<form><p>Please enter an address such as name@example.org.</p></form>",
        '<a href="https://www.example.com/">names for examples</a>',
        "hello@notexample.com",
        "@example.com",
    ],
)
def test_own_data_and_examples_of_code_and_entries_are_nothing(tmp_path: Path, html: str) -> None:
    assert said(tmp_path, "index.html", page(html)) == []


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_each_piece_of_data_is_told_on_pages_and_in_files(tmp_path: Path, name: str) -> None:
    what = f"says “{name}”, which belongs to the made-up company of the example."

    assert said(tmp_path / "a", "index.html", page(f"<p>{name}</p>")) == [f"This page {what}"]
    for file in ("site.webmanifest", "data.json", "sheet.txt", "feed.xml", "card.svg"):
        text = f"<svg><text>{name}</text></svg>" if file.endswith(("xml", "svg")) else f'{{"name": "{name}"}}'
        assert said(tmp_path / file, file, text) == [f"This file {what}"]


@pytest.mark.parametrize(
    ("html", "mail"),
    [
        ("Write to hello@example.com.", "hello@example.com"),
        ("<b>jane@shop.example</b>", "jane@shop.example"),
        ('<a href="mailto:privacy@example.org">write</a>', "privacy@example.org"),
        ('<a href="MAILTO:privacy@Example.org?subject=x">write</a>', "privacy@example.org"),
        ('<a href="mailto:privacy%40example.org">write</a>', "privacy@example.org"),
        ('<code><a href="mailto:me@example.net">me</a></code>', "me@example.net"),
        ("hello&#64;example.com", "hello@example.com"),
        ("<noscript>hello@example.com</noscript>", "hello@example.com"),
    ],
)
def test_a_mail_address_that_reaches_nobody_is_told_where_people_would_write_to_it(
    tmp_path: Path, html: str, mail: str
) -> None:
    what = f"This page shows the mail address {mail}, whose domain is reserved for examples."

    assert said(tmp_path, "index.html", page(html)) == [what]


def test_the_contact_in_security_txt_has_to_reach_somebody(tmp_path: Path) -> None:
    what = "This file shows the mail address security@example.com, whose domain is reserved for examples."

    assert said(tmp_path, ".well-known/security.txt", "Contact: mailto:security@example.com\n") == [what]


@pytest.mark.parametrize(
    "html",
    [
        '<form method="post" action="https://forms.example.com/contact"></form>',
        '<img src="https://forms.example.com/pixel.png" alt="">',
    ],
)
def test_what_is_loaded_from_or_sent_to_a_name_for_examples_is_told(tmp_path: Path, html: str) -> None:
    what = "This page loads from forms.example.com or sends to it, a name that is reserved for examples."

    assert said(tmp_path, "index.html", page(html)) == [what]


def test_every_piece_of_data_is_one_of_this_repository_and_no_contact_of_its_company_is_missing() -> None:
    sources = [ROOT / "pelicanconf.py", *sorted((ROOT / "content").rglob("*.md"))]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    assert [name for name in PLACEHOLDERS if name not in text] == []

    privacy: dict[str, Any] = pelicanconf.PRIVACY
    controller, company = privacy["controller"], pelicanconf.COMPANY
    data = [company["name"], company["street"], company["city"], controller["phone"], pelicanconf.GOATCOUNTER]
    data += [controller["authority"]["name"], *pelicanconf.AMAZON_TAGS.values()]
    assert [value for value in data if not any(name in value for name in PLACEHOLDERS)] == []
    assert is_reserved(company["email"].partition("@")[2])
    assert is_reserved(controller["email"].partition("@")[2])
    assert not is_real("www.example.com")
