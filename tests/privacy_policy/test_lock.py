"""The lock: what is believed, and what is told of one that cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.privacy_policy.archive import document, facts_file, load, sha256
from plugins.privacy_policy.lock import Editorial, Lock, LockError, Version, read, written
from plugins.privacy_policy.released import released

HASH = "0" * 64
RESTORE = (
    "Restore the file as it was committed, such as by: git checkout -- privacy.lock.json. It is written by the "
    "command “privacy policy”, never by hand."
)


def version(day: str, **more: Any) -> Version:
    archive = {"policy.en.html": HASH, "facts.json": HASH}
    return Version(**{"date": day, "texts": {"en": HASH}, "facts_hash": HASH, "archive": archive, **more})


LOCK = Lock(
    versions=(
        version("2018-05-03"),
        version("2019-06-03", summary={"en": "More."}, editorial=(Editorial(reason="typo"),)),
    )
)


def sealed(change: Any) -> str:
    """Return a lock that was changed, with the seal that fits."""
    from plugins.privacy_policy.lock import _seal

    content = json.loads(written(LOCK))
    change(content)
    return json.dumps({**content, "seal": _seal(content)})


def test_a_lock_is_read_as_it_was_written() -> None:
    assert read(written(LOCK)) == LOCK
    assert LOCK.last.number == ".1"
    assert written(LOCK).endswith("}\n")


@pytest.mark.parametrize(
    ("text", "what", "way_out"),
    [
        ("", "privacy.lock.json cannot be read: Expecting value: line 1 column 1 (char 0).", RESTORE),
        ("[]", "privacy.lock.json is not the lock of a privacy policy.", RESTORE),
        (
            written(LOCK).replace("2018-05-03", "2018-05-04"),
            "privacy.lock.json was changed by hand: its seal does not fit what it says.",
            RESTORE,
        ),
        (
            written(LOCK).replace('"format": 1', '"format": 2'),
            "privacy.lock.json was written by a newer version of this project (format 2; this one knows 1).",
            "Update the project; nothing was changed.",
        ),
        (
            "{\n<<<<<<< ours\n" + written(LOCK) + "=======\n>>>>>>> theirs\n",
            "privacy.lock.json holds both sides of a merge conflict.",
            (
                "Keep the file of one side whole (git checkout --ours or --theirs, for it and for content/privacy/), then "
                "release what the other side changed: privacy policy release."
            ),
        ),
        (
            "[" * 100_000,
            (
                "privacy.lock.json cannot be read: maximum recursion depth exceeded while decoding a JSON array from a "
                "unicode string."
            ),
            RESTORE,
        ),
        (
            sealed(lambda content: content["versions"].reverse()),
            (
                "privacy.lock.json is damaged at its top: Value error, has versions that are not in the order of their "
                "dates."
            ),
            RESTORE,
        ),
        (
            sealed(lambda content: content["versions"][0].update(texts={"en": "x"})),
            "privacy.lock.json is damaged at versions.0.texts.en: String should match pattern '^[0-9a-f]{64}$'.",
            RESTORE,
        ),
        (
            sealed(lambda content: content["versions"][0]["archive"].pop("facts.json")),
            (
                "privacy.lock.json is damaged at versions.0: Value error, has an archive of policy.en.html and not "
                "facts.json, policy.en.html."
            ),
            RESTORE,
        ),
        (
            sealed(lambda content: content.update(versions=[])),
            "privacy.lock.json is damaged at versions: Tuple should have at least 1 item after validation, not 0.",
            RESTORE,
        ),
    ],
)
def test_a_lock_that_cannot_be_believed_is_told_with_the_way_out(text: str, what: str, way_out: str) -> None:
    with pytest.raises(LockError) as error:
        read(text)

    assert (error.value.what, error.value.way_out) == (what, way_out)


def stored(folder: Path) -> Lock:
    """Store one version and return its lock."""
    files = {
        "policy.en.html": document("A & B", "en", "<h1>A &amp; B</h1>\n", "<p>x</p>"),
        "facts.json": facts_file({"a": 1}),
    }
    for name, content in files.items():
        path = folder / "content/privacy/archive/2018-05-03" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Lock(versions=(version("2018-05-03", archive={name: sha256(data) for name, data in files.items()}),))


def test_a_stored_version_is_read_as_it_was_released(tmp_path: Path) -> None:
    (one,) = load(tmp_path / "content", stored(tmp_path))

    assert (one.heads, one.bodies, one.facts) == ({"en": "<h1>A &amp; B</h1>\n"}, {"en": "<p>x</p>"}, {"a": 1})
    assert one.lines("en", "") == ("# A & B", "x")


WAY_OUT = (
    "A released version stays as it was. Restore the folder as it was committed, such as by: "
    "git checkout -- content/privacy/archive/2018-05-03."
)


def test_an_altered_version_is_told(tmp_path: Path) -> None:
    lock = stored(tmp_path)
    path = tmp_path / "content/privacy/archive/2018-05-03/policy.en.html"
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(LockError) as error:
        load(tmp_path / "content", lock)

    assert error.value.what == (
        "content/privacy/archive/2018-05-03/policy.en.html is not the file that was released on 2018-05-03."
    )
    assert error.value.way_out == WAY_OUT


def test_a_version_that_is_gone_is_told(tmp_path: Path) -> None:
    lock = stored(tmp_path)
    (tmp_path / "content/privacy/archive/2018-05-03/facts.json").unlink()

    with pytest.raises(LockError) as error:
        load(tmp_path / "content", lock)

    assert error.value.what == (
        "content/privacy/archive/2018-05-03/facts.json is gone or cannot be read: No such file or directory."
    )
    assert error.value.way_out == WAY_OUT


def test_a_lock_that_is_gone_while_versions_are_there_is_told(tmp_path: Path) -> None:
    stored(tmp_path)

    with pytest.raises(LockError) as error:
        released({"PATH": str(tmp_path / "content")})

    assert error.value.what == (
        "privacy.lock.json is gone, and content/privacy/archive holds versions that it vouched for."
    )
    assert error.value.way_out == (
        "Restore it as it was committed, such as by: git checkout -- privacy.lock.json. Where it never was, because the "
        "first release was interrupted, remove content/privacy/archive, then: privacy policy init."
    )


def test_where_nothing_was_released_there_is_nothing(tmp_path: Path) -> None:
    assert released({"PATH": str(tmp_path / "content")}) == (None, ())


def test_a_day_is_a_day() -> None:
    assert LOCK.last.date == date(2019, 6, 3)
