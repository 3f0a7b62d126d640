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
    f'<template data-gate="maps"><img src="{HOST}/a"><img src="/a.png"></template>',
    f'<template data-gate="maps"><img src="{HOST}/a"></template>',
    f'<template shadowrootmode="open"><img src="{HOST}/a"></template>',
    f'<template><svg><foreignObject><img src="{HOST}/a"></foreignObject></svg></template>',
    f'<template><svg><style>@import "{HOST}/a";</style></svg></template>',
    f'<template><a href="{HOST}/a" integrity="x"></a><a href="a.png">a</a></template>',
    f'<template><form action="{HOST}/a"></form></template>',
    f'<template><template><iframe src="{HOST}/a"></iframe></template></template>',
    "<p>",
    "</svg>",
    "<svg>",
]


Seen = tuple[str, str, str, frozenset[str] | None, bool]


def found(pages: list[str], learnt: reading.Learnt) -> list[list[Seen]]:
    """Return what each page, in a folder of its own, refers to: row, raw URL, as read, gate, whether it can wait."""
    return [
        [
            (item.carrier.name, item.url, item.verdict.address.href, item.gate, item.can_wait)
            for item in reading.read_html(page, f"{BASE}{number}/", READ, lambda _: (), learnt=learnt).found
            if item.verdict.address is not None
        ]
        for number, page in enumerate(pages)
    ]


def nothing() -> reading.Learnt:
    """Return what is learnt before the first page."""
    return reading.Learnt(set(), {})


def test_an_icon_without_references_is_learnt_once() -> None:
    learnt = nothing()

    assert found([f"<p>{ICON}</p>{ICON}", ICON], learnt) == [[], []]
    assert learnt.empty == {ICON}


@pytest.mark.parametrize(
    "piece", [piece for piece in PIECES if HOST in piece and "<svg" in piece and "&lt;" not in piece]
)
def test_what_refers_to_something_is_never_learnt(piece: str) -> None:
    learnt = nothing()
    found([piece], learnt)

    assert learnt.empty <= {ICON}


def test_a_template_that_is_the_same_on_all_pages_is_learnt_once() -> None:
    learnt = nothing()
    template = f'<template data-gate="maps"><img src="{HOST}/a"></template>'

    first, second = found([template, f"<p>{template}"], learnt)
    assert first == second != []
    assert list(learnt.templates) == [(f'<img src="{HOST}/a">', frozenset({"maps"}), True, 0)]


@pytest.mark.parametrize("inside", ['<img src="a.png">', '<img src="/a.png">', '<form action="https://a.example/">'])
def test_a_template_that_depends_on_its_page_is_never_learnt(inside: str) -> None:
    learnt = nothing()
    found([f"<template>{inside}</template>"], learnt)

    assert learnt.templates == {}


def test_text_that_reads_like_an_element_does_not_stand_for_it() -> None:
    text, element = (piece for piece in PIECES if "<xmp>" in piece)

    assert found([text, element], nothing())[1] != []


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=4))
def test_pages_refer_to_the_same_whatever_was_learnt_before(pages: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_is_empty", lambda _: False)
        patch.setattr(reading, "_is_independent", lambda _: False)
        expected = found(pages, nothing())

    assert found(pages, nothing()) == expected
