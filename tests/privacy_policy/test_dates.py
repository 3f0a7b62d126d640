"""Dates in words."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.privacy_policy.dates import in_words, parsed

ORDINALS = (
    "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th 21st 22nd 23rd 24th "
    "25th 26th 27th 28th 29th 30th 31st"
).split()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "03.05.2018",
        "05/03/2018",
        "May 3rd, 2018",
        "2018-5-3",
        "20180503",
        "2018-W18-4",
        "2018-02-30",
        "2018-13-01",
        "2018-05-03 12:00",
        "2018-05-03T00:00:00Z",
        "['2018-05-03', '2018-05-04']",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize("text", ["2018-05-03", " 2018-05-03 "])
def test_a_day_is_a_date(text: str) -> None:
    assert parsed(text) == date(2018, 5, 3)


@pytest.mark.parametrize(("day", "ordinal"), list(enumerate(ORDINALS, start=1)))
def test_english_days_are_ordinals(day: int, ordinal: str) -> None:
    assert in_words(date(2018, 5, day), "en") == f"May {ordinal}, 2018"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "May 3rd, 2018"),
        ("en-GB", "May 3rd, 2018"),
        ("en-US", "May 3rd, 2018"),
        ("de", "3. Mai 2018"),
        ("de-AT", "3. Mai 2018"),
        ("fr", "3 mai 2018"),
        ("es", "3 de mayo de 2018"),
        ("ca", "3 de maig del 2018"),
        ("nl", "3 mei 2018"),
        ("pl", "3 maja 2018"),
        ("it", "3 maggio 2018"),
        ("sv", "3 maj 2018"),
        ("ja", "2018年5月3日"),
        ("zh-Hans", "2018年5月3日"),
        ("ru", "3 мая 2018 г."),  # noqa: RUF001
        ("hu", "2018. május 3."),
        ("lt", "2018 m. gegužės 3 d."),
        ("pt_BR", "3 de maio de 2018"),
    ],
)
def test_other_languages_write_dates_as_their_readers_do(language: str, words: str) -> None:
    assert in_words(date(2018, 5, 3), language) == words


def test_elsewhere_the_first_of_a_month_is_a_number_like_any_other() -> None:
    assert in_words(date(2018, 5, 1), "es") == "1 de mayo de 2018"
    assert in_words(date(2018, 5, 1), "it") == "1 maggio 2018"


@pytest.mark.parametrize(
    ("day", "words"),
    [(1, "1er mai 2018"), (2, "2 mai 2018"), (10, "10 mai 2018"), (11, "11 mai 2018"), (31, "31 mai 2018")],
)
def test_in_french_only_the_first_of_a_month_is_an_ordinal(day: int, words: str) -> None:
    assert in_words(date(2018, 5, day), "fr") == words


@pytest.mark.parametrize("language", ["en-EU", "en-XX", "de-XX"])
def test_a_region_that_nobody_knows_leaves_the_language(language: str) -> None:
    assert in_words(date(2018, 5, 3), language) == in_words(date(2018, 5, 3), language[:2])


@pytest.mark.parametrize("language", ["bg", "lv", "ru", "hu", "fa", "th", "vi", "uk", "es", "kk"])
def test_no_date_holds_a_space_that_is_none(language: str) -> None:
    words = in_words(date(2018, 5, 3), language)

    assert not {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"} & set(words)
