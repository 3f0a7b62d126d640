"""Each plugin can be left out of PLUGINS, and what the others promise still holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_kit import NOT_PUBLISHED, VIDEO, Site, new_site

pytestmark = pytest.mark.slow

PLUGINS = [
    "privacy",
    "cookie_banner",
    "amazon_affiliate",
    "third_party_links",
    "privacy_policy",
    "forms",
    "headers",
    "privacy_audit",
]
BOOK = "[a book](https://www.amazon.de/dp/1)"
PROJECT = "[a project](https://project.example.net/)"
SIGNS = {
    "cookie_banner": (
        "index.html",
        ("data-consent-open", '<template data-gate="youtube"><iframe', "/theme/consent.js"),
    ),
    "headers": (
        "index.html",
        ('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ', "; manifest-src 'self'; "),
    ),
    "amazon_affiliate": (
        "index.html",
        ("https://www.amazon.de/dp/1?tag=mine-21", "affiliate-disclosure", "sponsored", "paid-link"),
    ),
    "third_party_links": ("index.html", ('aria-describedby="xlink-third"', 'id="xlink-third"', "xlink-icon")),
    "privacy_policy": ("privacy/index.html", ('<time datetime="2025-12-01">December 1st, 2025</time>',)),
}
"""What each plugin leaves on which page."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that gives every plugin something to do."""
    made = new_site(tmp_path)
    made.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\nAMAZON_TAGS = {"amazon.de": "mine-21"}\n')
    made.add("content/pages/home.md", f"\n{BOOK} {PROJECT}\n\n{VIDEO}\n")
    return made


def use(site: Site, plugins: list[str]) -> None:
    """Leave all other plugins out."""
    site.add("pelicanconf.py", f"PLUGINS = [{', '.join(plugins)}]\n")
    if "privacy_policy" not in plugins:
        site.replace("content/privacy/policy.md", "[privacy:updated]\n\n[privacy:all]", "Text.")


def signs_of(site: Site, plugin: str) -> list[str]:
    """Return which of a plugin's signs stand on its page."""
    name, signs = SIGNS[plugin]
    text = (site.output / name).read_text("utf-8")
    return [sign for sign in signs if sign in text]


def without_embed(site: Site) -> None:
    """Take away what only the consent plugin can make right."""
    site.add("pelicanconf.py", 'PRIVACY["services"] = []\n')
    site.replace("content/pages/home.md", VIDEO, "")


def test_with_all_of_them_everything_is_there(site: Site) -> None:
    assert site.build().code == 0
    for plugin, (_, signs) in SIGNS.items():
        assert signs_of(site, plugin) == list(signs)


@pytest.mark.parametrize("left_out", PLUGINS)
def test_without_one_of_them_the_others_work(site: Site, left_out: str) -> None:
    if left_out == "cookie_banner":
        without_embed(site)
    use(site, [name for name in PLUGINS if name != left_out])

    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    assert signs_of(site, left_out) == [] if left_out in SIGNS else True
    for plugin in SIGNS.keys() - {left_out, "cookie_banner" if left_out == "cookie_banner" else ""}:
        assert signs_of(site, plugin) == list(SIGNS[plugin][1]), plugin


@pytest.mark.parametrize("left_out", [name for name in PLUGINS if name != "privacy_audit"])
def test_without_one_of_them_the_audit_still_refuses_copied_files(site: Site, left_out: str) -> None:
    if left_out == "cookie_banner":
        without_embed(site)
    use(site, [name for name in PLUGINS if name != left_out])
    site.write("content/extra/old.html", '<!DOCTYPE html>\n<img src="https://cdn.example.net/a.png" alt="">\n')

    ended = site.build()

    assert ended.code == 1
    assert "cdn.example.net" in ended.err
    assert ended.err.endswith(f"\n1 error in 1 place, 1 note. {NOT_PUBLISHED}\n")


@pytest.mark.parametrize("left_out", [name for name in PLUGINS if name != "cookie_banner"])
def test_without_one_of_them_undeclared_loads_are_still_refused(site: Site, left_out: str) -> None:
    use(site, [name for name in PLUGINS if name != left_out])
    site.add("content/pages/home.md", '\n<img src="https://cdn.example.net/a.png" alt="">\n')

    ended = site.build()

    assert ended.code == 1
    assert ended.err.startswith("content/pages/home.md:11  undeclared-load\n")


def test_without_the_consent_plugin_a_site_that_needs_it_is_not_published(site: Site) -> None:
    use(site, [name for name in PLUGINS if name != "cookie_banner"])

    ended = site.build()

    assert ended.code == 1
    assert ended.err == (
        "content/pages/home.md:9  ungated-load\n"
        f"    {VIDEO.removesuffix('</iframe>')} loads from\n"
        "    www.youtube-nocookie.com (YouTube) before the visitor has agreed.\n"
        "    Let the plugin cookie_banner in PLUGINS hold it back (it does so in Markdown and templates, not\n"
        "    in copied files), or link to it instead.\n\n"
        f"1 error in 1 place. {NOT_PUBLISHED}\n"
    )


@pytest.mark.parametrize("plugin", SIGNS)
def test_each_of_them_works_alone_and_brings_the_core(site: Site, plugin: str) -> None:
    if plugin != "cookie_banner":
        without_embed(site)
    use(site, [plugin])

    ended = site.build()

    assert (ended.code, ended.err) == (0, "")
    assert signs_of(site, plugin) == list(SIGNS[plugin][1])
    assert (site.folder / "build" / "inventory.json").is_file()
