"""Forms in whole tiny sites, built by the command that people use: each mistake, and its good twin."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.site_kit import Site, new_site

pytestmark = pytest.mark.slow

OWN = (
    'PRIVACY["forms"] = [{"id": "contact", "backend": "endpoint", "action": "/api/contact"}]\n'
    'PAGE_LANG_URL, PAGE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"\n'
)
PAGE = "Title: Contact\nSlug: contact\n\nWrite to us.\n\n[form:contact]\n"
THANKS = "Title: Thanks\nSlug: thank-you\nStatus: hidden\n\nThank you.\n"
NOT_SENT = "Title: Not sent\nSlug: not-sent\nStatus: hidden\n\nSorry.\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with one form, on one page, in two languages."""
    site = new_site(tmp_path)
    site.add("pelicanconf.py", OWN)
    site.write("content/pages/contact.md", PAGE)
    site.write("content/pages/contact.de.md", "Title: Kontakt\nSlug: contact\nLang: de\n\n[form:contact]\n")
    site.write(
        "content/privacy/policy.de.md",
        "Title: D\nSlug: privacy\nLang: de\nUpdated: 2025-12-01\n\n[privacy:updated]\n\n[privacy:all]\n",
    )
    site.write("content/pages/thank-you.md", THANKS)
    site.write("content/pages/thank-you.de.md", THANKS + "\n").write_text(THANKS.replace("Slug", "Lang: de\nSlug"))
    site.write("content/pages/not-sent.md", NOT_SENT)
    return site


def form_on(site: Site, page: str) -> LexborHTMLParser:
    """A built page."""
    return LexborHTMLParser((site.output / page / "index.html").read_text("utf-8"))


def hidden(tree: LexborHTMLParser) -> dict[str, str]:
    """What the form of a page sends along."""
    nodes = tree.css("form input[type=hidden]")
    return {node.attributes["name"] or "": node.attributes["value"] or "" for node in nodes}


def test_a_line_becomes_the_form_in_the_language_of_its_page(site: Site) -> None:
    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    english, german = form_on(site, "contact"), form_on(site, "de/contact")
    (form,) = english.css("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/api/contact", "post")
    assert [node.text() for node in english.css("form label, form .button")] == [
        "Your name (optional)",
        "Your e-mail address",
        "Your message",
        "Leave this field empty",
        "Send message",
    ]
    assert [node.text() for node in german.css("form label, form .button")] == [
        "Ihr Name (freiwillig)",
        "Ihre E-Mail-Adresse",
        "Ihre Nachricht",
        "Dieses Feld bitte leer lassen",
        "Nachricht senden",
    ]
    assert [tree.css("form a")[0].attributes["href"] for tree in (english, german)] == [
        "/privacy/#forms",
        "/de/privacy/#forms",
    ]
    sent, gesendet = hidden(english), hidden(german)
    assert sent["policy_date"] == "2025-12-01"
    assert len(sent["policy_revision"]) == 12
    assert sent["policy_revision"] != gesendet["policy_revision"], "they are two texts"
    assert (sent["thanks"], gesendet["thanks"]) == (
        "https://www.example.com/thank-you/",
        "https://www.example.com/de/thank-you/",
    )
    assert gesendet["error"] == "https://www.example.com/not-sent/", "of the site's language where there is no other"


def test_the_revision_changes_with_the_policy_and_the_declaration_and_with_nothing_else(site: Site) -> None:
    def revision() -> str:
        assert site.build().code == 0
        return hidden(form_on(site, "contact"))["policy_revision"]

    first = revision()
    site.add("content/pages/home.md", "Another word.\n")
    assert revision() == first
    site.add("content/privacy/policy.md", "\nAnother word.\n")
    second = revision()
    assert second != first
    site.add("pelicanconf.py", 'PRIVACY["forms"][0]["retention"] = {"period": "P1M", "after": "completion"}\n')
    assert revision() not in (first, second)


def test_a_marker_that_names_no_form_is_told_with_its_line_and_the_nearest_name(site: Site) -> None:
    site.write("content/pages/contact.md", PAGE.replace("[form:contact]", "[form:contcat]"))
    site.write("content/blog/first.md", "Title: First\nDate: 2025-11-30\n\nSee [form:contact] there.\n")

    ended = site.build()

    assert ended.code == 1
    assert ended.err == (
        "content/blog/first.md:4  form-marker\n"
        "    [form:contact] does not stand alone, so that no form can take its place.\n"
        "    Write it into a paragraph of its own, with an empty line before and after it.\n\n"
        "content/pages/contact.md:6  form-marker\n"
        '    [form:contcat]: PRIVACY["forms"] declares no form of this name.\n'
        '    Did you mean "contact"?\n\n'
        "2 errors in 2 places. The site was not published.\n"
    )


def test_a_form_leads_to_pages_that_are_there(site: Site) -> None:
    (site.folder / "content/pages/not-sent.md").unlink()

    ended = site.build()

    assert ended.code == 1
    assert ended.err == (
        "content/pages/contact.de.md:5  form-page-missing\n"
        "    The form “contact” needs a page “not-sent”, to which the form leads, and the site has none.\n"
        "    Write content/pages/not-sent.md.\n\n"
        "content/pages/contact.md:6  form-page-missing\n"
        "    The form “contact” needs a page “not-sent”, to which the form leads, and the site has none.\n"
        "    Write content/pages/not-sent.md.\n\n"
        "2 errors in 2 places. The site was not published.\n"
    )


def test_every_form_links_to_a_policy(site: Site) -> None:
    for name in ("policy.md", "policy.de.md"):
        (site.folder / "content/privacy" / name).unlink()

    ended = site.build()

    assert ended.code == 1
    assert "The form “contact” needs a privacy policy, to which every form links, and the site has none." in ended.err


def test_forms_written_by_hand_are_told_wherever_they_stand(site: Site) -> None:
    by_hand = '<form action="/send.php" method="post">\n<input name="x">\n</form>\n'
    site.add("content/pages/contact.md", f"\n{by_hand}")
    site.replace(
        "theme/templates/article.html",
        "{% endblock %}",
        '<form action="/search"><input name="email"></form>{% endblock %}',
    )
    site.write(
        "content/extra/copied.html",
        "<!doctype html><title>x</title>\n<p>x</p>\n" + by_hand.replace("/send", "/other"),
    )

    ended = site.build()

    assert ended.code == 1
    assert [line for line in ended.err.splitlines() if line and not line.startswith(" ")] == [
        "content/extra/copied.html  copied-page",
        "content/extra/copied.html:3  undeclared-form",
        "content/pages/contact.md:8  undeclared-form",
        "theme/templates/article.html:2  form-by-get",
        "theme/templates/article.html:2  undeclared-form",
        "4 errors in 3 places, 1 note. The site was not published.",
    ]


def test_a_form_by_hand_that_keeps_to_the_declaration_is_published(site: Site) -> None:
    site.add(
        "content/pages/contact.md",
        '\n<form action="/api/contact" method="post"><label>Mail <input type="email" name="email"></label></form>\n',
    )
    ended = site.build()
    assert (ended.code, ended.err) == (0, "")


def test_an_article_with_a_form_has_none_in_its_feed(site: Site) -> None:
    site.write("content/blog/first.md", "Title: First\nDate: 2025-11-30\n\nBefore.\n\n[form:contact]\n\nAfter.\n")

    assert site.build().code == 0

    feed = (site.output / "feeds/all.atom.xml").read_text("utf-8")
    assert "Here stands a form. It is on the website." in feed
    assert "&lt;form" not in feed
    assert "<form" in (site.output / "blog/first/index.html").read_text("utf-8")


def test_relative_addresses_work_too(site: Site) -> None:
    site.add("pelicanconf.py", "RELATIVE_URLS = True\n")

    assert site.build().code == 0

    assert form_on(site, "de/contact").css("form a")[0].attributes["href"] == "../../de/privacy/#forms"
