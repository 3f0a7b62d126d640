"""What visitors get besides the pages: how much it is, what it says, and in which words."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from plugins.cookie_banner import runtime
from plugins.privacy.extension import Rendered, Site
from tests.bench.sizes import PAGE_LIMIT, RUNTIME_LIMIT, page_growth, runtime_size
from tests.kit import NO_THEME, POLICIES, declared

MESSAGES = Path(runtime.__file__).with_name("messages")


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return `{"a": {"b": "text"}}` as `{"a.b": "text"}`."""
    lines: dict[str, str] = {}
    for key, value in tree.items():
        lines |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return lines


def sentences(language: str) -> dict[str, str]:
    """Return all that the plugin says in a language."""
    return flat(tomllib.loads((MESSAGES / f"{language}.toml").read_text("utf-8")))


def derived(services: Iterable[object], updated: str = "2026-11-20") -> dict[str, bytes]:
    """Return the files that a site with these services gets."""
    site = Site(declared(services=services), {"THEME_STATIC_DIR": "theme"}, NO_THEME, "en", POLICIES, updated)
    return dict(runtime.files(Rendered(site, NO_THEME)))


def test_a_site_that_asks_nothing_gets_nothing() -> None:
    """Rule 6: no script, no style sheet, and no word on signals that nothing would obey."""
    assert derived([]) == {}


def test_a_site_that_asks_gets_script_style_and_the_word_on_signals() -> None:
    files = derived(["youtube"])
    assert sorted(files) == [".well-known/gpc.json", "theme/consent.css", "theme/consent.js"]
    assert json.loads(files[".well-known/gpc.json"]) == {"gpc": True, "lastUpdate": "2026-11-20"}


@pytest.mark.parametrize("updated", ["", "2026-11", "20.11.2026", "2026-02-30", "20261120", "2026-W47-5"])
def test_the_word_on_signals_has_no_date_that_is_none(updated: str) -> None:
    """Rule 28: a full date of RFC 3339, or none."""
    assert json.loads(runtime.gpc_support(updated)) == {"gpc": True}


def test_script_and_style_stay_small() -> None:
    assert 1_000 < runtime_size() <= RUNTIME_LIMIT


def test_what_every_page_grows_by_stays_small() -> None:
    assert 500 < page_growth() <= PAGE_LIMIT


def test_the_style_sheet_names_no_host_and_hides_nothing_of_the_page() -> None:
    """Rule 5: nothing of it locks the page, covers all of it or moves."""
    style = runtime.style()
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"(html|body)\b[^{]*\{", style)
    assert not re.search(r"animation|transition|100vh|::backdrop", style)


def test_every_language_has_the_same_messages_with_the_same_names_in_braces() -> None:
    """No page is half translated, and no placeholder stays unfilled."""
    english, german = sentences("en"), sentences("de")
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
    assert not re.findall(pushing, "\n".join(sentences(language).values()), re.IGNORECASE)
