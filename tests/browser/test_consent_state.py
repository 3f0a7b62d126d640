"""The rules of the state, evaluated where there is no document; the words; the size."""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from turbohtml.clean import minify_css, minify_js

from tests.browser.pages import ORIGIN, PLUGIN, messages
from tests.browser.third_party import SITE_HOST, ThirdParty

pytestmark = pytest.mark.browser

NOW = 1_800_000_000
DAYS_183 = 183 * 24 * 60 * 60
SIZE_LIMIT = 4_000  # bytes, both files minified, gzip -9
CHOICE = {"time": NOW, "agreed": ["video"], "refused": ["stats"]}
COOKIE = f"consent=1.r1.{NOW}.video.stats"

State = Callable[..., Any]


@pytest.fixture(scope="module")
def state(browser: Browser, web: ThirdParty) -> Iterator[State]:
    """Calls a pure function of consent.js in a worker, which has no document."""
    web.answer(SITE_HOST, "/consent.js", (PLUGIN / "static" / "consent.js").read_text("utf-8"))
    web.answer(SITE_HOST, "/worker/", "<script>new Worker('/consent.js')</script>")
    page = browser.new_page()
    with page.expect_worker() as started:
        page.goto(f"{ORIGIN}/worker/")

    def call(name: str, *arguments: Any) -> Any:
        code = "([name, given]) => consentState[name](...given)"
        return started.value.evaluate(code, [name, list(arguments)])

    yield call
    page.close()


def test_a_choice_is_read_as_it_was_written(state: State) -> None:
    """Both directions, also for nobody and everybody, and among other cookies."""
    for choice in (CHOICE, {**CHOICE, "agreed": []}, {**CHOICE, "agreed": ["a", "b"], "refused": []}):
        text = state("serialiseChoice", choice, "r1")
        assert re.fullmatch(r"[\w.+-]+", text), "needs no escaping in a cookie"
        assert state("parseChoice", f"a=1; consent={text}; b=2", "r1", NOW) == choice


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        "other=1",
        "xconsent=1.r1.1800000000.video.",
        "consent=",
        "consent=1",
        "consent=1.r1",
        "consent=1.r1.soon.video.",
        "consent=2.r1.1800000000.video.",
        "consent=1.r2.1800000000.video.",
        "consent=true",
    ],
)
def test_what_is_no_valid_choice_is_none(state: State, cookies: str) -> None:
    """Rule 21 and fail closed: another revision, another version or a broken value is no consent."""
    assert state("parseChoice", cookies, "r1", NOW) is None


def test_a_choice_ends_after_183_days(state: State) -> None:
    """Rule 19, also where a browser keeps cookies for longer than it was told."""
    assert state("parseChoice", COOKIE, "r1", NOW + DAYS_183 - 1) == CHOICE
    assert state("parseChoice", COOKIE, "r1", NOW + DAYS_183) is None


def test_fields_of_later_versions_and_foreign_cookies_of_the_same_name_do_no_harm(state: State) -> None:
    """Two cookies of one name break other banners; here the valid one counts."""
    assert state("parseChoice", f"{COOKIE}.id-7.de", "r1", NOW) == CHOICE
    assert state("parseChoice", f"consent=yes; {COOKIE}", "r1", NOW) == CHOICE


@pytest.mark.parametrize(
    ("choice", "signal", "service", "verdict"),
    [
        (None, False, "video", "ask"),
        (None, True, "video", "no"),
        (CHOICE, False, "video", "yes"),
        (CHOICE, True, "video", "yes"),
        (CHOICE, False, "stats", "no"),
        (CHOICE, False, "new", "ask"),
        (CHOICE, True, "new", "no"),
    ],
)
def test_the_verdict_on_a_service(
    state: State, choice: dict[str, Any] | None, signal: bool, service: str, verdict: str
) -> None:
    """Rules 20 and 26: an explicit choice wins, the signal refuses the rest, without either it is asked."""
    assert state("verdict", choice, signal, service) == verdict


def test_cookies_are_cleared_on_the_host_and_on_every_parent(state: State) -> None:
    """Rule 17. A browser treats `.example.com` and `example.com` alike, and refuses public suffixes."""
    assert state("cookieDomains", "shop.example.co.uk") == [
        "",
        "shop.example.co.uk",
        "example.co.uk",
        "co.uk",
        "uk",
    ]
    assert state("cookieDomains", "localhost") == ["", "localhost"]


def test_every_language_has_the_same_messages_with_the_same_names_in_braces() -> None:
    """No page is half translated, and no placeholder stays unfilled."""
    english, german = (flat(messages(language)) for language in ("en", "de"))
    assert list(english) == list(german)
    for key in english:
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in (english[key], german[key])]
        assert names[0] == names[1], key


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_words_are_plain(language: str) -> None:
    """Rule 16: nothing that flatters, frightens or pushes."""
    pushing = (
        r"please|improve|best|experience|love|enjoy|sorry|unfortunately|bitte |verbesser|optimal|Erlebnis|leider|!"
    )
    assert not re.findall(pushing, "\n".join(flat(messages(language)).values()), re.IGNORECASE)


def test_script_and_style_stay_small() -> None:
    """The whole runtime is smaller than a tenth of a usual picture."""
    script = minify_js((PLUGIN / "static" / "consent.js").read_text("utf-8"))
    style = minify_css((PLUGIN / "static" / "consent.css").read_text("utf-8"))
    assert sum(len(gzip.compress(text.encode(), 9)) for text in (script, style)) <= SIZE_LIMIT


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """`{"a": {"b": "text"}}` as `{"a.b": "text"}`."""
    lines: dict[str, str] = {}
    for key, value in tree.items():
        lines |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return lines
