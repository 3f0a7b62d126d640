"""The state of consent, without a browser: what is read, decided, kept and recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.cookie_banner.runtime import STATIC
from plugins.privacy.about_consent import consent_cookie
from tests.javascript import JavaScript

NOW = 1_800_000_000
DAY = 24 * 60 * 60
DAYS_183 = 183 * DAY
ALL = ["video", "map", "stats"]
CHOICE = {
    "time": NOW,
    "agreed": ["video"],
    "refused": ["stats"],
    "how": ["17", "save", "en", "a1b2c3"],
}
COOKIE = f"consent=1.r1.{NOW}.video.stats.17.save.en.a1b2c3"

IDS = st.lists(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), unique=True, max_size=5)
FEW = settings(max_examples=30)  # each example asks another process
METHODS = st.sampled_from(["accept", "reject", "save", "always", "", "agree", "constructor"])
HOSTS = st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1, max_size=5).map(".".join)


@pytest.fixture(scope="module")
def state() -> Iterator[JavaScript]:
    """The pure part of the runtime, alone."""
    with JavaScript((STATIC / "state.js").read_text("utf-8")) as script:
        yield script


# What is no consent


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        "other=1",
        "xconsent=1.r1.1800000000.video..1.save.en",
        "consent=",
        "consent=1",
        "consent=1.r1",
        "consent=1.r1.soon.video..1.save.en",
        "consent=2.r1.1800000000.video..1.save.en",
        "consent=1.r2.1800000000.video..1.save.en",
        "consent=true",
        "consent=1.r1.Infinity.video..1.save.en",
        "consent=1.r1.-Infinity.video..1.save.en",
    ],
)
def test_what_is_no_valid_choice_is_none(state: JavaScript, cookies: str) -> None:
    """Rule 21, and fail closed: another revision, another version or a broken value is no consent."""
    assert state("parseChoice", cookies, "r1", NOW) is None


def test_a_choice_ends_after_183_days(state: JavaScript) -> None:
    """Rule 19, also where a browser keeps cookies for longer than it was told."""
    assert state("parseChoice", COOKIE, "r1", NOW + DAYS_183 - 1) == CHOICE
    assert state("parseChoice", COOKIE, "r1", NOW + DAYS_183) is None


def test_a_choice_from_the_future_is_none(state: JavaScript) -> None:
    """A clock may be wrong by a day; a choice of next year would outlive its 183 days."""
    assert state("parseChoice", COOKIE, "r1", NOW - DAY + 1) == CHOICE
    assert state("parseChoice", COOKIE, "r1", NOW - DAY) is None


@FEW
@given(cookies=st.text(), now=st.integers(0, 2**32))
def test_no_text_that_is_not_a_choice_agrees_to_anything(state: JavaScript, cookies: str, now: int) -> None:
    """Whatever stands in the cookies, it raises no error, and without our own words it is no consent."""
    choice = state("parseChoice", cookies, "r1", now)
    assert choice is None or "consent=1.r1." in cookies


# What is kept


@FEW
@given(agreed=IDS, refused=IDS, method=METHODS, time=st.integers(NOW - DAYS_183 + 1, NOW))
def test_a_choice_is_read_as_it_was_written(
    state: JavaScript, agreed: list[str], refused: list[str], method: str, time: int
) -> None:
    """Both directions, for nobody and everybody, among other cookies; nothing needs escaping in a cookie."""
    how = ["17", method, "en", "a1b2c3"]
    choice = {**CHOICE, "agreed": agreed, "refused": refused, "how": how, "time": time}
    text = state("serialiseChoice", choice, "r1")
    assert re.fullmatch(r"[\w.+-]+", text)
    assert state("parseChoice", f"a=1; consent={text}; b=2", "r1", NOW) == choice


def test_fields_of_later_versions_and_foreign_cookies_of_the_same_name_do_no_harm(state: JavaScript) -> None:
    """Two cookies of one name break other banners; here the valid one counts."""
    later = state("parseChoice", f"{COOKIE}.more.fields", "r1", NOW)
    assert state("record", later, "r1", "x") == state("record", CHOICE, "r1", "x")
    assert state("parseChoice", f"consent=yes; {COOKIE}", "r1", NOW) == CHOICE


def test_a_choice_that_was_kept_before_wordings_had_a_hash_still_counts(state: JavaScript) -> None:
    """Nobody is asked again for what is added to the record."""
    choice = state("parseChoice", COOKIE.removesuffix(".a1b2c3"), "r1", NOW)
    assert choice["agreed"] == ["video"]
    assert "wording" not in json.loads(state("record", choice, "r1", "x"))


# What an answer means


@FEW
@given(former=st.none() | st.builds(dict, agreed=IDS, refused=IDS), method=METHODS, ids=IDS, data=st.data())
def test_an_answer_agrees_to_nothing_that_was_not_named(
    state: JavaScript, former: dict[str, list[str]] | None, method: str, ids: list[str], data: st.DataObject
) -> None:
    """Rule 4: only "accept" agrees to all; an unknown word refuses all; no service is both agreed and refused."""
    if former:
        former["refused"] = [name for name in former["refused"] if name not in former["agreed"]]
    named = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    choice = state("answered", former, method, ids, named)
    kept = former["agreed"] if former and method == "always" else []

    assert not set(choice["agreed"]) & set(choice["refused"])
    assert set(choice["agreed"]) <= set(ids if method == "accept" else [*named, *kept])
    if method != "always":
        assert sorted(choice["agreed"] + choice["refused"]) == sorted(ids), "every service is answered"
    if method not in ("accept", "save", "always"):
        assert choice["agreed"] == []


@pytest.mark.parametrize(
    ("former", "method", "named", "agreed", "refused"),
    [
        (None, "reject", ["video"], [], ALL),
        (None, "accept", [], ALL, []),
        (None, "save", [], [], ALL),
        (None, "save", ["map"], ["map"], ["video", "stats"]),
        ({"agreed": ALL, "refused": []}, "reject", [], [], ALL),
        (None, "always", ["video"], ["video"], []),
        ({"agreed": ["map"], "refused": ["video", "stats"]}, "always", ["video"], ["map", "video"], ["stats"]),
        ({"agreed": ["video"], "refused": []}, "always", ["video", "map"], ["video", "map"], []),
    ],
)
def test_answers(
    state: JavaScript,
    former: dict[str, list[str]] | None,
    method: str,
    named: list[str],
    agreed: list[str],
    refused: list[str],
) -> None:
    """Rules 7, 14 and 20: the banner answers for all services; a placeholder for its own, and leaves the others."""
    assert state("answered", former, method, ALL, named) == {"agreed": agreed, "refused": refused}


@pytest.mark.parametrize(
    ("choice", "signal", "service", "verdict"),
    [
        (None, False, "video", None),
        (None, True, "video", False),
        (CHOICE, False, "video", True),
        (CHOICE, True, "video", True),
        (CHOICE, False, "stats", False),
        (CHOICE, False, "new", None),
        (CHOICE, True, "new", False),
        (CHOICE, False, "", None),
    ],
)
def test_the_verdict_on_a_service(
    state: JavaScript, choice: dict[str, Any] | None, signal: bool, service: str, verdict: bool | None
) -> None:
    """Rules 20 and 26: an explicit choice wins, the signal refuses the rest, without either it is asked."""
    assert state("verdict", choice, signal, service) is verdict


# What follows from it


def test_the_record_says_what_was_chosen_when_and_how(state: JavaScript) -> None:
    """Rule 22. The text of the question is in what a company receives; the visitor's own copy has none."""
    record = json.loads(state("record", CHOICE, "r1", "https://www.example.com"))
    assert record == {
        "id": "17",
        "time": "2027-01-15T08:00:00.000Z",
        "site": "https://www.example.com",
        "revision": "r1",
        "language": "en",
        "wording": "a1b2c3",
        "method": "save",
        "choices": {"video": True, "stats": False},
    }
    assert json.loads(state("record", CHOICE, "r1", "x", "Who asks?"))["text"] == "Who asks?"


def test_consent_mode_denies_what_nobody_agreed_to(state: JavaScript) -> None:
    """Rule 30: always the four types, each with a word of its own."""
    denied = dict.fromkeys(("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"), "denied")
    assert state("consentMode", []) == denied
    assert state("consentMode", ["unheard-of", ""]) == denied
    assert state("consentMode", ["ad_storage", "analytics_storage"]) == {
        **denied,
        "ad_storage": "granted",
        "analytics_storage": "granted",
    }


def test_cookies_are_cleared_on_the_host_and_on_every_parent(state: JavaScript) -> None:
    """Rule 17. A browser treats `.example.com` and `example.com` alike, and refuses public suffixes."""
    domains = ["", "shop.example.co.uk", "example.co.uk", "co.uk", "uk"]
    assert state("cookieDomains", "shop.example.co.uk") == domains
    assert state("cookieDomains", "localhost") == ["", "localhost"]


@FEW
@given(host=HOSTS)
def test_the_domains_are_the_host_and_its_parents(state: JavaScript, host: str) -> None:
    domains = state("cookieDomains", host)
    assert domains[:2] == ["", host]
    assert all(host.endswith("." + domain) for domain in domains[2:])
    assert len(domains) == host.count(".") + 2


@pytest.mark.parametrize(
    ("name", "matches", "others"),
    [
        ("_ga", ["_ga"], ["_gat", "x_ga", "_ga.x"]),
        ("_ga_*", ["_ga_", "_ga_X-1.a"], ["_ga", "x_ga_1"]),
        ("_pk_id.*", ["_pk_id.1.fff"], ["_pk_id1"]),
        ("a+b(c)[d]$", ["a+b(c)[d]$"], ["aab(c)[d]$"]),
    ],
)
def test_a_declared_name_means_itself_and_a_star_any_characters(
    state: JavaScript, name: str, matches: list[str], others: list[str]
) -> None:
    pattern = state("((name) => namePattern(name).source)", name)
    assert [word for word in matches + others if re.search(pattern, word)] == matches


def test_the_cookie_is_the_one_that_is_declared(state: JavaScript) -> None:
    """Rules 15, 19 and 23: what the policy says of the cookie is what the runtime writes."""
    cookie = consent_cookie()
    assert (cookie.kind, cookie.duration) == ("cookie", f"P{state('(() => LIFETIME)') // DAY}D")
    text = f"{cookie.name}={state('serialiseChoice', CHOICE, 'r1')}"
    assert state("parseChoice", text, "r1", NOW) == CHOICE
