"""Pasting the provider's snippet is all that an author does: every service of the catalogue, with its real snippets."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from markdown import markdown

from plugins.cookie_banner.gate import Gate
from plugins.privacy.catalogue import catalogue
from plugins.privacy.page import Form
from plugins.privacy.page_pass import PagePass
from plugins.privacy.places import Places
from tests.cookie_banner.snippets import OWN_ADDRESS, SENDING, WAITING
from tests.kit import declared, ran


def run(*services: str) -> PagePass:
    """Return the pass of a site with these services."""
    declaration = declared(services=services)
    return PagePass(declaration, [Gate(lambda placeholder, page: "")], [], declaration.reader())


def test_every_service_has_a_snippet() -> None:
    assert {name for name, _ in (*WAITING, *SENDING)} | set(OWN_ADDRESS) == {service.id for service in catalogue()}


@pytest.mark.parametrize(("name", "snippet"), WAITING)
@pytest.mark.parametrize("form", [Form.DOCUMENT, Form.FEED])
def test_the_snippet_of_a_declared_service_waits_whole(name: str, snippet: str, form: Form) -> None:
    """No script, frame, picture or link of it is left outside the templates; in feeds, none is left."""
    html = f"<body><p>before</p>\n{snippet}\n<p>after</p></body>"

    text, findings = ran(run(name), html, form=form)

    assert [str(finding) for finding in findings] == []
    tree = turbohtml.parse(text, scripting=True)
    assert {template.attr("data-gate") for template in tree.select("template")} <= {name}
    assert tree.select_one("template") is not None or form is Form.FEED
    for template in tree.select("template"):
        template.extract()
    assert tree.select_one("script,iframe,link,noscript img,noscript iframe,img") is None


@pytest.mark.parametrize(("name", "snippet"), WAITING)
def test_the_snippet_of_a_service_that_is_not_declared_is_an_error_that_names_it(name: str, snippet: str) -> None:
    html = f"<body>{snippet}</body>"

    text, findings = ran(run(), html)

    assert text == html
    assert {finding.check.name for finding in findings} == {"undeclared-load"}
    for finding in findings:
        assert finding.way_out.startswith(f'Add "{name}" to PRIVACY["services"] in pelicanconf.py, or ')


@pytest.mark.parametrize(("name", "snippet"), SENDING)
def test_a_form_of_a_declared_service_stays_as_it_is(name: str, snippet: str) -> None:
    html = f"<body>{snippet}</body>"

    assert ran(run(name), html) == (html, [])


@pytest.mark.parametrize(("name", "snippet"), SENDING)
def test_a_form_of_a_service_that_is_not_declared_is_an_error_that_names_it(name: str, snippet: str) -> None:
    _, (finding,) = ran(run(), f"<body>{snippet}</body>")

    assert finding.check.name == "undeclared-submission"
    assert finding.way_out == (
        f'Add "{name}" to PRIVACY["services"] in pelicanconf.py, or send the form to the site itself.'
    )


@pytest.mark.parametrize(("name", "snippet"), WAITING)
def test_what_waits_already_is_not_gated_again(name: str, snippet: str) -> None:
    once, _ = ran(run(name), f"<body>{snippet}</body>")

    assert ran(run(name), once)[0] == once


@pytest.mark.parametrize(("name", "snippet"), WAITING)
def test_the_error_names_the_line_of_the_markdown_file(name: str, snippet: str, tmp_path: Path) -> None:
    """Of an inline script too, whose code has several lines."""
    source = tmp_path / "content" / "page.md"
    source.parent.mkdir()
    text = f"Title: A page\n\nSome text.\n\n{snippet}\n\nThe end.\n"
    source.write_text(text, "utf-8")
    html = markdown(text.partition("\n\n")[2], extensions=["markdown.extensions.extra"])

    _, findings = ran(run(), f"<body>{html}</body>")

    last = 4 + len(snippet.splitlines())
    for finding in Places(tmp_path, tmp_path / "templates").located(findings, "page.html", [source]):
        assert finding.place == "content/page.md"
        assert finding.line is not None, finding
        assert 5 <= finding.line <= last
