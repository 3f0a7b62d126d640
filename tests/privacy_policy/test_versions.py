"""The rules of the lock, by their numbers in the specification: texts in, findings out; and what a release writes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.privacy_policy.archive import load, write
from plugins.privacy_policy.changes import Change, Kind, Words, changes, sections
from plugins.privacy_policy.lock import Lock, read
from plugins.privacy_policy.reading import lines
from plugins.privacy_policy.release import RefusedError, Target, accept, first, release, tidy, with_date
from plugins.privacy_policy.versions import Current, Text, judge

FIRST, LATER = date(2018, 5, 3), date(2019, 6, 3)
EN, DE = "<h2>Logs</h2><p>Kept for 7 days.</p>", "<h2>Protokolle</h2><p>7 Tage lang.</p>"
FACTS: Mapping[str, Any] = {"hosting": {"retention": "P7D"}}
LOOK = (
    "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
    '    --summary "what changed". Or, where it says the same in better words: privacy policy accept\n'
    '    --editorial "typo".'
)
P8 = (
    "content/privacy/policy.{}.md  policy-unreleased\n"
    "    content/privacy/policy.en.md changed since the release of 2018-05-03, and this language did not.\n"
    "    Translate the change. Or, where the meaning stayed the same: privacy policy accept --editorial\n"
    '    "typo".'
)


def current(en: str = EN, de: str | None = DE, facts: Mapping[str, Any] = FACTS, updated: date = FIRST) -> Current:
    """Return what a site has now."""
    bodies = {"en": en, "de": de}
    texts = {
        tag: Text(updated, f"content/privacy/policy.{tag}.md", "Privacy", "", body, lines(body))
        for tag, body in bodies.items()
        if body is not None
    }
    return Current(texts, facts)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A project with two policies, nothing of which was released."""
    sources = {}
    for tag in ("en", "de"):
        sources[tag] = tmp_path / f"content/privacy/policy.{tag}.md"
        sources[tag].parent.mkdir(parents=True, exist_ok=True)
        sources[tag].write_text(f"Title: P\nUpdated: 2001-01-01\n\n{tag}\n", "utf-8")
    return Target(tmp_path / "content", tmp_path / "privacy.lock.json", sources)


@pytest.fixture
def lock(target: Target) -> Lock:
    """The lock after the first release."""
    return first(current(), FIRST, target)


def told(target: Target, lock: Lock, now: Current) -> list[str]:
    """Return what the rules say to a site."""
    return [str(finding) for finding in judge(load(target.content, lock)[-1], now, "")]


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_p1_what_is_as_it_was_released_is_right(target: Target, lock: Lock) -> None:
    assert told(target, lock, current()) == []
    assert told(target, lock, current(en=f'<section class="x">{EN} <!-- --></section>')) == []


def test_p2_a_text_that_changed_without_a_release_is_told(target: Target, lock: Lock) -> None:
    now = current(EN.replace("7", "70"), DE.replace("7", "70"))

    assert told(target, lock, now) == [
        "content/privacy/policy.de.md  policy-unreleased\n"
        "    The text changed since its release on 2018-05-03, in “Protokolle”.\n" + LOOK,
        "content/privacy/policy.en.md  policy-unreleased\n"
        "    The text changed since its release on 2018-05-03, in “Logs”.\n" + LOOK,
    ]


def test_p2_facts_that_changed_without_a_release_are_told(target: Target, lock: Lock) -> None:
    now = current(facts={"hosting": {"retention": "P70D"}, "partners": []})

    assert told(target, lock, now) == [
        (
            "content/privacy/policy.en.md  policy-unreleased\n"
            "    The facts that the policy shows changed since its release on 2018-05-03: hosting, partners.\n"
            "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
            '    --summary "what changed".'
        )
    ]


def test_p4_a_new_date_on_an_unchanged_text_is_told(target: Target, lock: Lock) -> None:
    message = (
        "content/privacy/policy.{}.md  policy-date\n"
        "    “Updated: 2019-06-03” is a new date on a text that has not changed since 2018-05-03.\n"
        '    Write “Updated: 2018-05-03”. A release sets the date: privacy policy release --summary "what\n'
        '    changed".'
    )

    assert told(target, lock, current(updated=LATER)) == [message.format("en"), message.format("de")]


def test_a_date_that_was_written_by_hand_is_told(target: Target, lock: Lock) -> None:
    now = current(EN + "<p>More.</p>", None, updated=LATER)

    assert told(target, lock, now) == [
        (
            "content/privacy/policy.en.md  policy-date\n"
            "    “Updated: 2019-06-03” was written by hand: the last release was on 2018-05-03.\n"
            "    Write “Updated: 2018-05-03”, then release the change, which sets the date: privacy policy\n"
            '    release --summary "what changed".'
        )
    ]


def test_p5_a_date_before_the_last_release_is_told(target: Target, lock: Lock) -> None:
    assert told(target, lock, current(de=None, updated=date(2018, 5, 2))) == [
        (
            "content/privacy/policy.en.md  policy-date\n"
            "    “Updated: 2018-05-02” is before the last release, which was on 2018-05-03.\n"
            '    Write “Updated: 2018-05-03”. A release sets the date: privacy policy release --summary "what\n'
            '    changed".'
        )
    ]


def test_p8_one_language_that_changed_alone_is_told(target: Target, lock: Lock) -> None:
    now = current(EN + "<p>More.</p>")

    assert told(target, lock, now) == [
        "content/privacy/policy.en.md  policy-unreleased\n"
        "    The text changed since its release on 2018-05-03, in “Logs”.\n" + LOOK,
        P8.format("de"),
    ]


PART = '<div data-policy-part="hosting"><p>{} days</p></div>'


def test_p8_where_facts_changed_too_what_people_wrote_is_compared(target: Target) -> None:
    lock = first(current(EN + PART.format(7), DE + PART.format(7)), FIRST, target)
    facts = {"hosting": {"retention": "P70D"}}
    changed = (
        "content/privacy/policy.en.md  policy-unreleased\n"
        "    The facts that the policy shows changed since its release on 2018-05-03: hosting.\n"
        "    Look at it: privacy policy diff. Release it, which sets the date: privacy policy release\n"
        '    --summary "what changed".'
    )
    alone = (
        "content/privacy/policy.de.md  policy-unreleased\n"
        "    content/privacy/policy.en.md changed since the release of 2018-05-03, and this language did not.\n"
        "    Translate the change."
    )
    only_facts = current(EN + PART.format(70), DE + PART.format(70), facts)
    one_more = current(EN + "<p>More.</p>" + PART.format(70), DE + PART.format(70), facts)

    assert told(target, lock, only_facts) == [changed]
    assert told(target, lock, one_more) == [changed, alone]
    with pytest.raises(RefusedError) as error:
        release(load(target.content, lock), one_more, LATER, {"en": "x"}, target)
    assert (error.value.what, error.value.way_out) == (
        (
            "content/privacy/policy.de.md: content/privacy/policy.en.md changed since the release of 2018-05-03, and this "
            "language did not."
        ),
        "Translate the change.",
    )


def test_a_language_that_came_or_went_is_told(target: Target, lock: Lock) -> None:
    english = first(current(de=None), FIRST, target._replace(content=target.content / "other"))

    assert told(target._replace(content=target.content / "other"), english, current()) == [
        (
            "content/privacy/policy.de.md  policy-unreleased\n"
            "    The release of 2018-05-03 has no text in the language “de”.\n"
            '    Add the translation to it: privacy policy accept --editorial "translated".'
        )
    ]
    assert told(target, lock, current(de=None)) == [
        (
            "content/privacy/policy.en.md  policy-unreleased\n"
            "    The release of 2018-05-03 has a text in the language “de”, and the site has none any more.\n"
            '    Restore the file, or accept that it is gone: privacy policy accept --editorial "typo".'
        )
    ]


# What the commands write


def test_the_first_release_stores_every_language_and_the_facts_and_sets_the_date(target: Target) -> None:
    lock = first(current(), FIRST, target)

    assert read(target.lock.read_text("utf-8")) == lock
    assert sorted(path.name for path in (target.content / "privacy/archive/2018-05-03").iterdir()) == [
        "facts.json",
        "policy.de.html",
        "policy.en.html",
    ]
    assert load(target.content, lock)[0].bodies == {"en": EN, "de": DE}
    assert {path.read_text("utf-8") for path in target.sources.values()} == {
        "Title: P\nUpdated: 2018-05-03\n\nen\n",
        "Title: P\nUpdated: 2018-05-03\n\nde\n",
    }


def test_a_release_is_a_new_version_and_leaves_the_old_one(target: Target, lock: Lock) -> None:
    old = files(target.content / "privacy/archive/2018-05-03")
    now = current(EN + "<p>More.</p>", DE + "<p>Mehr.</p>", updated=LATER)
    lock = release(load(target.content, lock), now, LATER, {"en": "More."}, target)

    assert [version.date for version in lock.versions] == [FIRST, LATER]
    assert lock.last.summary == {"en": "More."}
    assert files(target.content / "privacy/archive/2018-05-03") == old
    assert told(target, lock, now) == []


@pytest.mark.parametrize(
    ("now", "day", "what", "way_out"),
    [
        (
            current(),
            LATER,
            "Nothing changed since the release of 2018-05-03: a new date would claim a change.",
            "Change the policy first.",
        ),
        (
            current(EN + "x", DE + "x"),
            FIRST,
            "A version was released today (2018-05-03) already, and one day has one version.",
            'Release tomorrow. Or, where the meaning stayed the same: privacy policy accept --editorial "why".',
        ),
        (
            current(EN + "x", DE + "x"),
            date(2018, 5, 2),
            "Today (2018-05-02) is before the last release, which was on 2018-05-03.",
            "Correct the clock of this machine, or SOURCE_DATE_EPOCH.",
        ),
        (
            current(EN + "x"),
            LATER,
            (
                "content/privacy/policy.de.md: content/privacy/policy.en.md changed since the release of 2018-05-03, and "
                "this language did not."
            ),
            'Translate the change. Or, where the meaning stayed the same: privacy policy accept --editorial "typo".',
        ),
    ],
)
def test_a_release_is_refused_and_writes_nothing(
    target: Target, lock: Lock, now: Current, day: date, what: str, way_out: str
) -> None:
    before = files(target.content.parent)

    with pytest.raises(RefusedError) as error:
        release(load(target.content, lock), now, day, {"en": "x"}, target)

    assert (error.value.what, error.value.way_out) == (what, way_out)
    assert files(target.content.parent) == before


def test_a_folder_that_the_lock_does_not_know_is_not_overwritten(target: Target) -> None:
    stray = target.content / "privacy/archive/2018-05-03/policy.en.html"
    stray.parent.mkdir(parents=True)
    stray.write_text("mine", "utf-8")

    with pytest.raises(RefusedError) as error:
        first(current(), FIRST, target)

    assert error.value.what == "content/privacy/archive/2018-05-03 exists, and the lock does not know it."
    assert stray.read_text("utf-8") == "mine"
    assert not target.lock.exists()


def test_an_interrupted_release_can_be_run_again(target: Target) -> None:
    first(current(), FIRST, target)
    target.lock.unlink()

    assert told(target, first(current(), FIRST, target), current()) == []


def test_p3_an_editorial_change_keeps_the_date_and_says_why(target: Target, lock: Lock) -> None:
    now = current(EN.replace("Kept", "Stored"))
    lock = accept(load(target.content, lock), now, "a better word", target)

    assert [(version.date, version.number) for version in lock.versions] == [(FIRST, ".1")]
    assert lock.last.editorial[0].reason == "a better word"
    assert load(target.content, lock)[0].bodies["en"] == now.texts["en"].body
    assert told(target, lock, now) == []


def test_a_correction_that_is_interrupted_leaves_the_former_version_or_the_new_one(
    target: Target, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, now = load(target.content, lock), current(EN.replace("Kept", "Stored"))
    steps = 0
    is_done = False
    while not is_done:
        left = steps
        steps += 1

        def step(path: Path, content: bytes) -> None:
            nonlocal left
            if not left:
                raise KeyboardInterrupt
            left -= 1
            write(path, content)

        with monkeypatch.context() as patched:
            patched.setattr("plugins.privacy_policy.release.write", step)
            with suppress(KeyboardInterrupt):
                accept(versions, now, "a better word", target)
                is_done = True
        (stored,) = load(target.content, read(target.lock.read_text("utf-8")))
        assert stored.bodies["en"] in ((now.texts["en"].body,) if is_done else (EN,))
    assert steps > 4


def test_a_correction_that_is_interrupted_after_the_lock_is_finished_by_the_next_command(
    target: Target, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = current(EN.replace("Kept", "Stored"))
    with monkeypatch.context() as patched:
        patched.setattr("plugins.privacy_policy.release.tidy", lambda folder, version: None)
        lock = accept(load(target.content, lock), now, "a better word", target)
    folder = target.content / "privacy/archive/2018-05-03"
    assert told(target, lock, now) == []

    tidy(folder, lock.last)

    assert sorted(path.name for path in folder.iterdir()) == ["facts.json", "policy.de.html", "policy.en.html"]
    assert told(target, lock, now) == []


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (
            current(EN + "x", facts={"hosting": {}}),
            "Facts changed since the release of 2018-05-03: hosting. That is no editorial change.",
        ),
        (current(), "Nothing changed since the release of 2018-05-03."),
    ],
)
def test_p3_facts_are_never_accepted_as_editorial(target: Target, lock: Lock, now: Current, what: str) -> None:
    before = files(target.content.parent)

    with pytest.raises(RefusedError) as error:
        accept(load(target.content, lock), now, "typo", target)

    assert error.value.what == what
    assert files(target.content.parent) == before


def test_a_language_that_goes_is_taken_out_of_the_stored_version(target: Target, lock: Lock) -> None:
    lock = accept(load(target.content, lock), current(de=None), "no German any more", target)

    assert sorted(path.name for path in (target.content / "privacy/archive/2018-05-03").iterdir()) == [
        "facts.json",
        "policy.en.html",
    ]
    assert told(target, lock, current(de=None)) == []


@pytest.mark.parametrize(
    ("source", "dated"),
    [
        ("Title: P\nUpdated: 1\n\nUpdated: no\n", "Title: P\nUpdated: 2018-05-03\n\nUpdated: no\n"),
        ("Title: P\n\nText.\n", "Title: P\nUpdated: 2018-05-03\n\nText.\n"),
        ("Title: P\r\nupdated:   \r\n\r\nText.\r\n", "Title: P\r\nupdated: 2018-05-03\r\n\r\nText.\r\n"),
        ("\ufeffUpdated: x\n\nText.\n", "\ufeffUpdated: 2018-05-03\n\nText.\n"),
        ("Title: P", "Title: P\nUpdated: 2018-05-03"),
    ],
)
def test_the_date_is_set_in_the_lines_at_the_top_and_nothing_else_changes(source: str, dated: str) -> None:
    assert with_date(source, FIRST) == dated


# Differences


def test_texts_that_are_alike_have_no_differences() -> None:
    assert changes(["a"], ["a"]) == []


def test_a_difference_is_told_by_words_below_its_heading() -> None:
    old = ["## Logs", "Kept for 7 days.", "## Rights", "Ask us."]
    new = ["## Logs", "Kept for 70 days.", "We sell nothing.", "## Rights"]

    found = changes(old, new)

    assert found == [
        Change(
            "Logs",
            (
                Words(Kind.SAME, "Kept for"),
                Words(Kind.REMOVED, "7"),
                Words(Kind.ADDED, "70"),
                Words(Kind.SAME, "days."),
            ),
        ),
        Change("Logs", (Words(Kind.ADDED, "We sell nothing."),)),
        Change("Rights", (Words(Kind.REMOVED, "Ask us."),)),
    ]
    assert sections(found) == ["Logs", "Rights"]


def test_lines_that_have_little_in_common_are_told_as_two() -> None:
    assert [change.words for change in changes(["one two three four"], ["five six seven eight"])] == [
        (Words(Kind.REMOVED, "one two three four"),),
        (Words(Kind.ADDED, "five six seven eight"),),
    ]


def test_a_text_that_is_gone_or_new_has_differences() -> None:
    assert changes(["a"], []) == [Change("", (Words(Kind.REMOVED, "a"),))]
    assert changes([], ["a"]) == [Change("", (Words(Kind.ADDED, "a"),))]
