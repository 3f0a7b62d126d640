"""What is wrong with a form, whoever wrote it: told by the page pass and by the audit in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.forms.glue import rules as forms
from plugins.privacy.extension import Staged
from plugins.privacy.findings import Finding
from plugins.privacy.page import Form
from plugins.privacy_audit.output import audit
from tests.kit import declared, page_pass, ran

ENDPOINT = "https://forms.example.com/contact"
CONTACT = {"id": "contact", "backend": "endpoint", "action": ENDPOINT}
NEWSLETTER = {"id": "newsletter", "backend": "buttondown", "account": "example"}
NETLIFY = {"id": "contact", "backend": "netlify-forms"}
DECLARE_IT = 'Declare it in PRIVACY["forms"], and place it by a line such as [form:contact].'
GOOD_FIELDS = '<input name="email" type="email"><textarea name="message"></textarea>'
SUBSCRIBE = "https://buttondown.com/api/emails/embed-subscribe/example"

Told = list[tuple[str, str, str]]


def of_forms(findings: list[Finding]) -> list[Finding]:
    """The findings about forms that stand on a page."""
    return [f for f in findings if f.check.name not in ("unused-form", "unused-service", "undeclared-submission")]


def both(html: str, folder: Path, **keys: Any) -> Told:
    """What the page pass says of a page, which is one with what the audit says of it as a copied file: the two may
    only write the tag in another way."""
    declaration = declared(**keys)
    text, by_pass = ran(page_pass(forms, declaration=declaration), html)
    assert text == html
    (folder / "page.html").write_text(html)
    by_audit = audit(Staged(declaration, folder, ""))
    assert [(f.check, f.subject, f.way_out) for f in of_forms(by_audit)] == [
        (f.check, f.subject, f.way_out) for f in by_pass
    ]
    return [(f.check.name, f.what, f.way_out) for f in by_pass]


def page(form: str) -> str:
    """A page with a form."""
    return f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{form}</body></html>'


# Nothing is said of


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/search/"><input name="q" type="search"></form>',
        '<form action="/search/" method="get"><input name="query"><select name="language"></select></form>',
        '<form method="dialog"><input name="email"><button>Close</button></form>',
        "<form></form>",
        f'<form action="{ENDPOINT}" method="POST">{GOOD_FIELDS}<button>Send</button></form>',
        f'<form action="{ENDPOINT}" method="post"><input type="hidden" name="thanks" value="/">{GOOD_FIELDS}</form>',
        f'<form action="{ENDPOINT}" method="post"><input name="leave-empty"><input type="email" name="email"></form>',
        f'<form action="{ENDPOINT}" method="post"><input name="name" type="radio" checked value="a"></form>',
        '<p>A word about &lt;form action="/x" method="post"&gt; in a text.</p>',
    ],
)
def test_a_declared_form_or_a_search_is_right(form: str, tmp_path: Path) -> None:
    assert both(page(form), tmp_path, forms=[CONTACT]) == []


def test_a_netlify_form_is_right_where_it_is_declared(tmp_path: Path) -> None:
    form = f'<form name="contact" method="post" action="/thank-you/" data-netlify="true">{GOOD_FIELDS}</form>'
    assert both(page(form), tmp_path, forms=[NETLIFY], services=["netlify-forms"]) == []


def test_an_attribute_that_says_false_hands_nothing_to_netlify(tmp_path: Path) -> None:
    form = '<form action="/search/" data-netlify="false"><input name="q"></form>'
    assert both(page(form), tmp_path) == []


# Something is said of


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ('<form action="/send.php" method="post"><input name="x"></form>', "www.example.com"),
        ('<form method="post"><input name="x"></form>', "www.example.com"),
        ('<form action="https://forms.example.com/other" method="post"></form>', "forms.example.com"),
        ('<form action="mailto:me@example.com" method="post"><input name="x"></form>', "mailto:"),
        ('<form action="javascript:send()" method="post"><input name="email"></form>', "javascript:"),
        (
            f'<form action="{ENDPOINT}" method="post"><button formaction="/other">Go</button></form>',
            "www.example.com",
        ),
        (f'<form action="{ENDPOINT}" method="post"><input type="image" formaction="/o"></form>', "www.example.com"),
        ('<div hidden><FORM ACTION="/send.php" METHOD="Post"><INPUT NAME=x></FORM></div>', "www.example.com"),
        ('<noscript><form action="/send.php" method="post"><input name="x"></form></noscript>', "www.example.com"),
        ('<template><form action="/send.php" method="post"><input name="x"></form></template>', "www.example.com"),
    ],
)
def test_an_action_that_no_declared_form_has(form: str, where: str, tmp_path: Path) -> None:
    ((check, what, way_out),) = both(page(form), tmp_path, forms=[CONTACT])
    assert (check, way_out) == ("undeclared-form", DECLARE_IT)
    assert what.endswith(f'> is sent to {where}, and no form of PRIVACY["forms"] has this address.')


def test_a_form_of_a_declared_service_that_takes_no_form(tmp_path: Path) -> None:
    form = '<form action="https://www.youtube.com/subscribe" method="post"><input name="email"></form>'
    assert both(page(form), tmp_path, services=["youtube"]) == [
        (
            "undeclared-form",
            (
                '<form action="https://www.youtube.com/subscribe" method="post"> is sent to www.youtube.com, and no form '
                'of PRIVACY["forms"] has this address.'
            ),
            DECLARE_IT,
        )
    ]


def test_a_foreign_host_that_nothing_declares_is_told_once_by_another_check(tmp_path: Path) -> None:
    form = '<form action="https://usebasin.com/f/0123456789ab" method="post"><input name="email"></form>'
    declaration = declared()
    _, findings = ran(page_pass(forms, declaration=declaration), page(form))
    assert [finding.check.name for finding in findings] == ["undeclared-submission"]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ('<input type="email" name="e">', "“e”"),
        ('<input type="tel" name="t">', "“t”"),
        ('<input name="firstName">', "“firstName”"),
        ('<input name="user[email]">', "“user[email]”"),
        ('<input name="Geburtsdatum">', "“Geburtsdatum”"),
        ('<input name="x" autocomplete="section-a shipping street-address">', "“x”"),
        ('<textarea name="a"></textarea><input type="file" name="b">', "“a”, “b”"),
    ],
)
def test_personal_fields_by_get(field: str, names: str, tmp_path: Path) -> None:
    found = both(page(f'<form action="{ENDPOINT}">{field}</form>'), tmp_path, forms=[CONTACT])
    assert found[0] == (
        "form-by-get",
        f'<form action="{ENDPOINT}"> sends {names} as part of the address, which histories and logs keep.',
        'Add method="post".',
    )
    assert [check for check, _, _ in found[1:]] == ["undeclared-field"]


def test_a_button_that_sends_by_get(tmp_path: Path) -> None:
    form = f'<form action="{ENDPOINT}" method="post">{GOOD_FIELDS}<button formmethod="get">Go</button></form>'
    assert both(page(form), tmp_path, forms=[CONTACT]) == [
        (
            "form-by-get",
            (
                f'<form action="{ENDPOINT}" method="post"> sends “email”, “message” as part of the address, which histories '
                "and logs keep."
            ),
            'Add method="post".',
        )
    ]


def test_an_address_that_is_not_encrypted(tmp_path: Path) -> None:
    form = f'<form action="http://forms.example.com/contact" method="post">{GOOD_FIELDS}</form>'
    assert both(page(form), tmp_path, forms=[CONTACT]) == [
        (
            "insecure-form",
            '<form action="http://forms.example.com/contact" method="post"> is sent unencrypted to forms.example.com.',
            "Let its address begin with https:.",
        ),
        (
            "undeclared-form",
            (
                '<form action="http://forms.example.com/contact" method="post"> is sent to forms.example.com, and no form '
                'of PRIVACY["forms"] has this address.'
            ),
            DECLARE_IT,
        ),
    ]


@pytest.mark.parametrize(
    "box",
    [
        '<input type="checkbox" name="consent" required checked>',
        "<input type=checkbox name=consent checked=checked required>",
        '<INPUT TYPE="CheckBox" NAME="consent" CHECKED required>',
    ],
)
def test_a_box_that_is_ticked_before_the_visitor_ticks_it(box: str, tmp_path: Path) -> None:
    form = f'<form action="{ENDPOINT}" method="post">{GOOD_FIELDS}{box}</form>'
    assert both(page(form), tmp_path, forms=[CONTACT]) == [
        (
            "pre-ticked-box",
            f'<form action="{ENDPOINT}" method="post"> ticks the box “consent” before the visitor does.',
            "Remove checked: silence is no agreement.",
        )
    ]


@pytest.mark.parametrize("field", ['<input name="birthday">', '<input type="hidden" name="birthday" value="1">'])
def test_a_field_that_the_declaration_lacks(field: str, tmp_path: Path) -> None:
    form = f'<form action="{ENDPOINT}" method="post">{GOOD_FIELDS}{field}</form>'
    assert both(page(form), tmp_path, forms=[CONTACT]) == [
        (
            "undeclared-field",
            (
                f'<form action="{ENDPOINT}" method="post"> asks for “birthday”, which the form "contact" of the '
                "declaration lacks."
            ),
            'Remove it, or add it to the "fields" of the form in PRIVACY["forms"], with its purpose.',
        )
    ]


def test_a_field_elsewhere_on_the_page_belongs_to_the_form_that_it_names(tmp_path: Path) -> None:
    form = f'<form id="f" action="{ENDPOINT}" method="post"></form><input form="f" name="birthday">'
    assert [check for check, _, _ in both(page(form), tmp_path, forms=[CONTACT])] == ["undeclared-field"]


@pytest.mark.parametrize(
    "form",
    [
        '<table><form action="/x"><tr><td><input name="email"></td></tr></form></table>',
        '<table><tr><form action="/x"><td><input name="email"></td></form></tr></table>',
    ],
)
def test_a_form_in_a_table_owns_what_stands_in_its_cells(form: str, tmp_path: Path) -> None:
    assert [check for check, _, _ in both(page(form), tmp_path)] == ["form-by-get", "undeclared-form"]


@pytest.mark.parametrize("owner", ["", "nobody", "F"])
def test_a_field_that_names_another_form_is_not_sent_with_this_one(owner: str, tmp_path: Path) -> None:
    form = f'<form id="f" action="{ENDPOINT}" method="post"><input form="{owner}" name="birthday"></form>'
    assert both(page(form), tmp_path, forms=[CONTACT]) == []


@pytest.mark.parametrize("attribute", ["netlify", 'data-netlify="true"', 'netlify="true"', "data-netlify"])
def test_a_form_for_netlify_that_nobody_declared(attribute: str, tmp_path: Path) -> None:
    form = f'<form name="contact" method="post" {attribute}>{GOOD_FIELDS}</form>'
    ((check, what, way_out),) = both(page(form), tmp_path, forms=[CONTACT])
    assert check == "undeclared-netlify-form"
    assert what.endswith("> lets Netlify take what is entered, and no form “contact” is declared to be sent there.")
    assert way_out == 'Declare it in PRIVACY["forms"] with the backend "netlify-forms", or remove the attribute.'


@pytest.mark.parametrize(
    "box", ["", '<input type="checkbox" name="metadata__consent">', '<input name="tag" required>']
)
def test_a_newsletter_without_a_required_box_for_consent(box: str, tmp_path: Path) -> None:
    form = f'<form action="{SUBSCRIBE}" method="post"><input type="email" name="email">{box}</form>'
    assert both(page(form), tmp_path, forms=[NEWSLETTER], services=["buttondown"]) == [
        (
            "form-without-consent",
            (
                f'<form action="{SUBSCRIBE}" method="post"> is the form "newsletter", whose basis is consent, and has no '
                "required box “metadata__consent”."
            ),
            "Place the form by a line [form:newsletter], which brings the box and its sentence.",
        )
    ]


def test_a_newsletter_with_the_box_is_right(tmp_path: Path) -> None:
    box = '<input type="checkbox" name="metadata__consent" required>'
    form = f'<form action="{SUBSCRIBE}" method="post"><input type="email" name="email">{box}</form>'
    assert both(page(form), tmp_path, forms=[NEWSLETTER], services=["buttondown"]) == []


# Where a form may stand


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body>{form}</body></html>'),
        (
            "drawing.svg",
            (
                '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject>'
                '<div xmlns="http://www.w3.org/1999/xhtml">{form}</div></foreignObject></svg>'
            ),
        ),
        ("frame.html", "<iframe srcdoc='{form}'></iframe>"),
        ("odd.unknown", "{form}"),
    ],
)
def test_the_audit_finds_forms_in_every_file_that_browsers_show(name: str, text: str, tmp_path: Path) -> None:
    form = '<form action="/send.php" method="post"><input name="x"/></form>'
    (tmp_path / name).write_text(text.replace("{form}", form))
    findings = audit(Staged(declared(), tmp_path, ""))
    assert [(finding.check.name, finding.page) for finding in findings] == [("undeclared-form", name)]


def test_a_feed_says_where_the_form_is() -> None:
    run = page_pass(forms, declaration=declared(forms=[CONTACT]))
    html = f'<p>Before</p><form action="{ENDPOINT}" method="post">{GOOD_FIELDS}</form><p>After</p>'
    text, findings = ran(run, html, form=Form.FEED)
    assert text == "<p>Before</p><p>Here stands a form. It is on the website.</p><p>After</p>"
    assert findings == []


def test_a_declared_form_that_no_page_has(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page("<p>No form.</p>"))
    (finding,) = audit(Staged(declared(forms=[CONTACT]), tmp_path, ""))
    assert str(finding) == (
        "pelicanconf.py  unused-form\n"
        '    PRIVACY["forms"] declares "contact", and no page has it.\n'
        "    Write [form:contact] into a paragraph of its own where it belongs (the plugin forms, in PLUGINS,\n"
        "    puts it there), or remove it from the declaration."
    )


@pytest.mark.parametrize(
    ("declaration", "form"),
    [
        ({"forms": [NETLIFY], "services": ["netlify-forms"]}, '<form name="contact" netlify method="post"></form>'),
        ({"forms": [CONTACT]}, f'<form action="{ENDPOINT}" method="post"></form>'),
        ({"forms": ["contact"]}, '<div data-form="contact"></div>'),
    ],
)
def test_a_form_and_its_service_count_as_used_where_the_form_stands(
    declaration: dict[str, Any], form: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(page(form))
    assert audit(Staged(declared(**declaration), tmp_path, "")) == []
