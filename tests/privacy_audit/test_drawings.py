"""Icons stand on every page: one that refers to nothing is looked at once, and hides nothing that does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.privacy.declaration import Declaration
from plugins.privacy.settings import Privacy
from plugins.privacy_audit import reading
from tests.kit import PRIVACY

HOST = "https://tracker.example"
BASE = "https://www.example.com/"
READ = Declaration(Privacy.model_validate(PRIVACY)).reader()
ICON = '<svg viewBox="0 0 9 9"><path d="M0 0"></path></svg>'
PIECES = [
    ICON,
    ICON.replace("<path", '<path fill="red"'),
    f'<svg><path fill="url({HOST}/a)"></path></svg>',
    f'<svg><image href="{HOST}/a"></image></svg>',
    '<svg><image href="/own.png"></image></svg>',
    '<svg><image xlink:href="/own.png"></image></svg>',
    f'<svg><a xlink:href="{HOST}/a"><text>x</text></a></svg>',
    f'<svg><title>&lt;image href="{HOST}/a">&lt;/image></title></svg>',
    f'<svg><xmp>&lt;image href="{HOST}/a">&lt;/image></xmp></svg>',
    f'<svg><xmp><image href="{HOST}/a"></image></xmp></svg>',
    f'<svg><plaintext><image href="{HOST}/a"></image></plaintext></svg>',
    f'<svg><foreignObject><img src="{HOST}/a"></foreignObject></svg>',
    f"<svg><style>@import '{HOST}/a';</style></svg>",
    f'<svg><svg><use href="{HOST}/a"></use></svg></svg>',
    f'<math><mi href="{HOST}/a">{ICON}</mi></math>',
    f'<math><svg href="{HOST}/a"></svg></math>',
    f'<base href="{HOST}/">',
    f'<template data-gate="maps">{ICON}</template>',
    "<p>",
    "</svg>",
    "<svg>",
]


def found(pages: list[str], empty: set[str] | None) -> list[list[tuple[str, str, str]]]:
    """Return what each page refers to: row, raw URL, host."""
    return [
        [
            (item.carrier.name, item.url, item.verdict.host)
            for item in reading.read_html(page, BASE, READ, lambda _: (), empty=empty).found
        ]
        for page in pages
    ]


def test_an_icon_without_references_is_learnt_once() -> None:
    empty: set[str] = set()

    assert found([f"<p>{ICON}</p>{ICON}", ICON], empty) == [[], []]
    assert empty == {ICON}


@pytest.mark.parametrize(
    "piece", [piece for piece in PIECES if HOST in piece and "<svg" in piece and "&lt;" not in piece]
)
def test_what_refers_to_something_is_never_learnt(piece: str) -> None:
    empty: set[str] = set()
    found([piece], empty)

    assert empty <= {ICON}


def test_text_that_reads_like_an_element_does_not_stand_for_it() -> None:
    text, element = (piece for piece in PIECES if "<xmp>" in piece)

    assert found([text, element], set())[1] != []


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=4))
def test_pages_refer_to_the_same_whatever_was_learnt_before(pages: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_is_empty", lambda _: False)
        expected = found(pages, set())

    assert found(pages, set()) == expected
