"""On which page each page's choice is made: only where a click does the same is one spared."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.privacy_audit.choices import choosers

BANNER = '<section data-consent><button data-consent-choice="accept">Yes</button></section><a data-consent-open href="/">S</a>'


def chosen(folder: Path, *pages: str) -> list[str]:
    """Return the page on which the choice of each page is made: their names are letters."""
    names = "abcdef"[: len(pages)]
    for name, text in zip(names, pages, strict=True):
        (folder / name).write_text(text)
    found = choosers(folder, names)
    return [found.get(name, "") for name in names]


@pytest.mark.parametrize(
    "more",
    [
        "<script>addEventListener('click', load)</script>",
        '<script src="/other.js"></script>',
        '<template data-gate="youtube"><iframe src="https://www.youtube-nocookie.com/embed/1"></iframe></template>',
        '<iframe srcdoc="x"></iframe>',
        '<base href="/elsewhere/">',
        '<p onclick="load()">x',
        '<script type="importmap">{}</script>',
        '<button data-consent-choice="reject">No</button>',
    ],
)
def test_where_anything_differs_that_a_click_may_set_going_it_is_made_on_the_page_itself(
    tmp_path: Path, more: str
) -> None:
    assert chosen(tmp_path, BANNER, BANNER + more, BANNER + more) == ["a", "b", "b"]


def test_other_texts_and_data_for_search_engines_change_nothing(tmp_path: Path) -> None:
    data = '<script type="application/ld+json">{"name": "B"}</script>'

    assert chosen(tmp_path, f"<p>A</p>{BANNER}", f"<p>B</p>{BANNER}{data}") == ["a", "a"]


def test_a_page_without_privacy_settings_gets_the_answer_of_the_first_that_has_some(tmp_path: Path) -> None:
    assert chosen(tmp_path, "<p>copied</p>", BANNER) == ["b", "b"]


def test_where_no_page_has_any_there_is_no_choice(tmp_path: Path) -> None:
    assert chosen(tmp_path, "<p>A</p>", "<p>B</p>") == ["", ""]
