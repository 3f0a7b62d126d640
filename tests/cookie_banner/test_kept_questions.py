"""Every wording of the question is kept beside the output, as proof of what somebody agreed to (rule 22)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import turbohtml

from tests.site_kit import VIDEO, Site, files, new_site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return new_site(tmp_path)


def kept(site: Site) -> dict[str, bytes]:
    """What stands in `build/consent/`."""
    folder = site.folder / "build/consent"
    return files(folder) if folder.exists() else {}


def test_a_site_that_asks_nothing_keeps_nothing(site: Site) -> None:
    assert site.build().code == 0
    assert kept(site) == {}


def served(site: Site, page: str) -> list[str]:
    """What a page says of its question: revision, language and wording, as a record of a choice has them."""
    banner = turbohtml.parse((site.folder / "output" / page).read_text("utf-8")).select_one("section[data-consent]")
    assert banner is not None
    return [banner.attr(name) or "" for name in ("data-revision", "lang", "data-wording")]


def test_what_a_page_says_of_its_question_finds_the_wording_that_is_kept(site: Site) -> None:
    """Rule 22: from a record to the words, in every folder and on every page, also when they have changed."""
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.add("content/pages/home.md", f"\n{VIDEO}\n")
    wordings = set()
    for accept in ("Yes to all", "Accept everything"):
        site.write("theme/messages/cookie_banner.en.toml", f'[banner]\naccept = "{accept}"\n')
        assert site.build().code == 0
        revision, language, wording = served(site, "index.html")
        assert served(site, "blog/first/index.html") == [revision, language, wording]
        (name,) = [name for name in kept(site) if name.startswith(f"{revision}.{language}.{wording}")]
        assert f">{accept}</button>" in kept(site)[name].decode()
        wordings.add(wording)
    assert len(wordings) == 2


def test_each_wording_is_kept_by_its_hash_and_none_is_lost(site: Site) -> None:
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.add("content/pages/home.md", f"\n{VIDEO}\n")
    assert site.build().code == 0
    first = kept(site)
    assert [name.split(".")[1] for name in sorted(first)] == ["de", "en"]
    for name, question in first.items():
        revision, _, digest, _ = name.split(".")
        assert digest == sha256(question).hexdigest()
        assert f'data-revision="{revision}"' in question.decode()

    assert site.build().code == 0
    assert kept(site) == first

    site.write("theme/messages/cookie_banner.en.toml", '[banner]\naccept = "Yes to all"\n')
    assert site.build().code == 0
    second = kept(site)
    (name,) = set(second) - set(first)
    assert {**first, name: second[name]} == second
    assert ">Yes to all</button>" in second[name].decode()
    assert name.split(".")[:2] in [old.split(".")[:2] for old in first], "wording is no reason to ask again"
