"""What a theme may write in place of a plugin's markup: templates in, a rule or a finding out."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.privacy.findings import SiteError
from tests.kit import BOOK, LABEL, TAGS, amazon_affiliate, made_by, page_pass, third_party_links, told

SENTENCE = "As an Amazon Associate I earn from qualifying purchases."
UNKNOWN = "has no element, such as <p>, or a comment before it: the build would not know its own words in a page."


def refused(folder: Path, name: str, text: str) -> list[tuple[str, str, str, str]]:
    """Return what is told of a site whose theme has one template of its own, all of it about that template."""
    template = folder / "templates" / name
    template.parent.mkdir(parents=True)
    template.write_text(text, "utf-8")
    with pytest.raises(SiteError) as caught:
        page_pass(amazon_affiliate, third_party_links, settings={"AMAZON_TAGS": TAGS}, theme=folder)
    assert {finding.place for finding in caught.value.findings} == {str(template)}
    return told(caught.value.findings)


@pytest.mark.parametrize("template", ["disclosure.html", "label.html"])
@pytest.mark.parametrize("text", ["", "We earn.", "<!-- ours --><p>We earn.</p>", "</p>We earn.", "We earn &lt; 1."])
def test_markup_that_is_not_known_again_is_an_error(text: str, template: str, tmp_path: Path) -> None:
    assert refused(tmp_path, f"amazon_affiliate/{template}", text) == [
        (
            "wrong-setting",
            "error",
            f"The template {template} {UNKNOWN}",
            f"Begin it as plugins/amazon_affiliate/templates/{template} does; write comments as {{# … #}}.",
        )
    ]


@pytest.mark.parametrize("template", ["icon.html", "description.html", "spoken.html", "new-tab.html"])
def test_a_comment_of_html_before_a_mark_is_an_error(template: str, tmp_path: Path) -> None:
    text = '<!-- ours --><span id="xlink-{{ name }}" hidden>x</span>'.replace(
        "{{ name }}", "" if template == "new-tab.html" else "{{ name }}"
    )

    assert refused(tmp_path, f"third_party_links/{template}", text) == [
        (
            "wrong-setting",
            "error",
            f"The template {template} {UNKNOWN}",
            f"Begin it as plugins/third_party_links/templates/{template} does; write comments as {{# … #}}.",
        )
    ]


@pytest.mark.parametrize("text", ["<span hidden>x</span>", 'x <span id="xlink-{{ name }}">x</span>'])
def test_a_description_begins_with_what_links_name(text: str, tmp_path: Path) -> None:
    assert refused(tmp_path, "third_party_links/description.html", text) == [
        (
            "wrong-setting",
            "error",
            (
                "The template description.html does not begin with an element with "
                'id="xlink-first", by which links are described.'
            ),
            "Begin it as plugins/third_party_links/templates/description.html does; write comments as {# … #}.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('<aside class="notice">{{ m.disclosure }}</aside>', f'<aside class="notice">{SENTENCE}</aside>'),
        ("{# ours #}<p><b>Ad:</b> {{ m.disclosure }}</p>", f"<p><b>Ad:</b> {SENTENCE}</p>"),
        ("Ad: <i>{{ m.disclosure }}</i>", f"Ad: <i>{SENTENCE}</i>"),
    ],
)
def test_a_theme_writes_the_sentence_in_markup_of_its_own_and_once(text: str, written: str, tmp_path: Path) -> None:
    (tmp_path / "templates/amazon_affiliate").mkdir(parents=True)
    (tmp_path / "templates/amazon_affiliate/disclosure.html").write_text(text, "utf-8")
    made = made_by(page_pass(amazon_affiliate, settings={"AMAZON_TAGS": TAGS}, theme=tmp_path))

    once = made(f'<body><p><a href="{BOOK}">x</a></p></body>')

    assert once == f'<body>{written}\n<p><a rel="sponsored" href="{BOOK}?tag=example-20">x{LABEL}</a></p></body>'
    assert made(once) == once
