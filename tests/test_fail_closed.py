"""A site with a mistake is not published: exit 1, the former site stays as it was, and the message says where,
which rule, and the way out. However it is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_kit import NOT_PUBLISHED, SETTINGS, VIDEO, Ended, Site, files, new_site

ADDED = SETTINGS.count("\n") + 1  # the line of the settings that a test adds
ONE = f"\n\n1 error in 1 place. {NOT_PUBLISHED}\n"
BROKEN = "Correct this line; the settings and the plugins they import have to run before anything is built."
TOP_OF_FILE = "Correct the lines at the top of the file (Title, Date, …) or save it as UTF-8."
NAME_IT = 'Name it with the ending ".md" in a folder of pages or articles, or move it out of content/.'
LINKS = "Correct the address; in Markdown, link to a source file: [text]({filename}/pages/about.md)."
HOME = "content/pages/home.md"
FIRST = "content/blog/first.md"
CSS_URL = "body { background: url(%s) }\n"

RULE = """
from plugins.privacy import extension
from plugins.privacy.page import Form

class Rule:
    forms = frozenset({{Form.DOCUMENT}})

    def __call__(self, page):
        if "Hello." in page.text:
            {what}
        return ()

def rules(site):
    return [(extension.MARK, Rule())]

def register():
    extension.rules_wanted.connect(rules)
"""
ON_SIGNAL = """
import sys
from pelican import signals

def end(pelican):
    {what}

def register():
    signals.{signal}.connect(end)
"""


pytestmark = pytest.mark.slow

Does = Callable[[Site], object]


def settings(text: str) -> Does:
    """A line at the end of the settings."""
    return lambda site: site.add("pelicanconf.py", text)


def plugin(text: str, named: str = "own") -> Does:
    """A plugin of the site's own, given as a module or by its name."""

    def write(site: Site) -> None:
        site.write("own.py", text)
        site.add(
            "pelicanconf.py",
            f"import own\nPLUGINS.append({named})\n" if named == "own" else f"PLUGINS += [{named}]\n",
        )

    return write


def source(name: str, text: str | bytes) -> Does:
    """A further file."""
    return lambda site: site.write(name, text)


def home(text: str) -> Does:
    """A line at the end of the page `home.md`: its seventh."""
    return lambda site: site.add(HOME, f"\n{text}\n")


def told(place: str, check: str, *lines: str) -> str:
    """One finding as it is printed, and the sum."""
    return finding(place, check, *lines) + ONE


def finding(place: str, check: str, *lines: str) -> str:
    """One finding as it is printed."""
    return f"{place}  {check}\n" + "\n".join(f"    {line}" for line in lines)


def dropped(place: str, *lines: str) -> str:
    """What is said of a source that is not on the site."""
    return told(place, "dropped-source", f"This file would be missing from the site: {lines[0]}", *lines[1:])


def plugin_fails(*lines: str) -> str:
    """What is said of a plugin that does not work."""
    way_out = "Correct it, or take it out of PLUGINS; without it the site would lack what it promises."
    return told("pelicanconf.py", "plugin-missing", *lines, way_out)


def wrong_setting(*lines: str) -> str:
    """What is said of a setting."""
    return finding("pelicanconf.py", "wrong-setting", *lines)


WRONG_SETTINGS = """
PRIVACY["servces"] = []
PRIVACY["services"] = ["youtub", "goatcounter"]
PRIVACY["controller"]["emial"] = "x"
PRIVACY["site"] = "/x"
AMAZON_TAG = {}
AMAZON_TAGS = {"amazon.dee": "x-20"}
"""
ALL_SEVEN = "\n\n".join(
    [
        wrong_setting("AMAZON_TAG is not a setting.", 'Did you mean "AMAZON_TAGS"?'),
        wrong_setting(
            'AMAZON_TAGS names "amazon.dee", which is no Amazon store. Did you mean "amazon.de"?',
            "See the README, “Settings”.",
        ),
        wrong_setting('PRIVACY["controller"]["emial"] is not a setting.', 'Did you mean "email"?'),
        wrong_setting('PRIVACY["servces"] is not a setting.', 'Did you mean "services"?'),
        wrong_setting(
            'PRIVACY["services"][0]: "youtub" is no service of the catalogue. Did you mean "youtube"?',
            "See the README, “Settings”.",
        ),
        wrong_setting(
            'PRIVACY["site"] is not a web address such as "https://www.example.com".', "See the README, “Settings”."
        ),
        f"6 errors in 1 place. {NOT_PUBLISHED}\n",
    ]
)
UNKNOWN_HOST = (
    'No service of the catalogue has this host: describe it as a table in PRIVACY["services"] in',
    "pelicanconf.py (privacy services lookup cdn.example.net prints it), or save the file in the",
    "site, such as below content/images/, and load it from there.",
)
TAG = '<img src="https://cdn.example.net/a.png" alt="">'
TAG_LOADS = (
    f"{TAG} makes every visitor's browser contact",
    'cdn.example.net, but PRIVACY["services"] declares no service with this host.',
    *UNKNOWN_HOST,
)

MISTAKES: dict[str, tuple[Does, str]] = {
    "settings with a syntax error": (
        settings("SITENAME = = 1\n"),
        told(
            f"pelicanconf.py:{ADDED}",
            "broken-settings",
            f"SyntaxError: invalid syntax (pelicanconf.py, line {ADDED})",
            BROKEN,
        ),
    ),
    "settings that import what is not there": (
        settings("import nowhere\n"),
        told(f"pelicanconf.py:{ADDED}", "broken-settings", "ModuleNotFoundError: No module named 'nowhere'", BROKEN),
    ),
    "settings that raise": (
        settings("SITENAME = 1 / 0\n"),
        told(f"pelicanconf.py:{ADDED}", "broken-settings", "ZeroDivisionError: division by zero", BROKEN),
    ),
    "a plugin given as a module that cannot be imported": (
        plugin("import nowhere\n"),
        told("own.py:1", "broken-settings", "ModuleNotFoundError: No module named 'nowhere'", BROKEN),
    ),
    "a plugin given by name that there is none of": (
        plugin("", '"nope"'),
        plugin_fails(
            "The plugin “nope” was asked for and is not working: ModuleNotFoundError: No module named 'nope'"
        ),
    ),
    "a plugin given by name that cannot be imported": (
        plugin("import nowhere\n", '"own"'),
        plugin_fails(
            "The plugin “own” was asked for and is not working: ModuleNotFoundError: No module named", "'nowhere'"
        ),
    ),
    "a plugin without register()": (
        plugin("\n"),
        plugin_fails(
            "The plugin “own” was asked for and is not working: AttributeError: module 'own' has no attribute",
            "'register'",
        ),
    ),
    "a plugin whose register() raises": (
        plugin("def register():\n    raise ValueError('no licence')\n"),
        plugin_fails("The plugin “own” was asked for and is not working: ValueError: no licence"),
    ),
    "several wrong settings": (settings(WRONG_SETTINGS), ALL_SEVEN),
    "a source that is not UTF-8": (
        source("content/blog/latin.md", "Title: Grüße\nDate: 2025-01-01\n\nText.\n".encode("latin-1")),
        dropped("content/blog/latin.md", "it is not UTF-8 text (invalid start byte at byte 9).", TOP_OF_FILE),
    ),
    "a source with a bad date": (
        source("content/blog/soon.md", "Title: Soon\nDate: soon\n\nText.\n"),
        dropped(
            "content/blog/soon.md",
            "'soon' is not a valid date; dates are written",
            "YYYY-MM-DD, such as 2026-12-01.",
            TOP_OF_FILE,
        ),
    ),
    "an article without a date": (
        source("content/blog/never.md", "Title: Never\n\nText.\n"),
        dropped("content/blog/never.md", "it has no “Date:” line.", TOP_OF_FILE),
    ),
    "a page without a title": (
        source("content/pages/about.md", "Slug: about\n\nText.\n"),
        dropped("content/pages/about.md", "it has no “Title:” line.", TOP_OF_FILE),
    ),
    "a source with an unknown status": (
        source("content/pages/about.md", "Title: About\nStatus: publishd\n\nText.\n"),
        dropped(
            "content/pages/about.md",
            "its status is “publishd”, not one of published,",
            "hidden, draft, skip.",
            TOP_OF_FILE,
        ),
    ),
    "a source with a misspelt ending": (
        source("content/blog/post.markdwon", "Title: Post\nDate: 2025-01-01\n\nText.\n"),
        dropped(
            "content/blog/post.markdwon",
            "nothing reads files that end in “.markdwon”, and no",
            "folder of STATIC_PATHS holds it.",
            NAME_IT,
        ),
    ),
    "a source with its ending in capitals": (
        source("content/blog/POST.MD", "Title: Post\nDate: 2025-01-01\n\nText.\n"),
        dropped(
            "content/blog/POST.MD",
            "nothing reads files that end in “.MD”, and no folder",
            "of STATIC_PATHS holds it.",
            NAME_IT,
        ),
    ),
    "a source in a folder that nobody reads": (
        source("content/news/post.md", "Title: Post\nDate: 2025-01-01\n\nText.\n"),
        dropped("content/news/post.md", "no folder of ARTICLE_PATHS or PAGE_PATHS holds it.", NAME_IT),
    ),
    "a link to a source that there is none of": (
        home("[text]({filename}nope.md)"),
        told(
            f"{HOME}:7",
            "broken-link",
            "“{filename}nope.md” names the source nope.md, and content/ has no such file.",
            "Correct the name; it begins at content/ when it begins with a slash.",
        ),
    ),
    "a link to a page that there is none of": (
        home("[text](/nope/)"),
        told(f"{HOME}:7", "broken-link", "“/nope/” leads to /nope/, and the site has no such file.", LINKS),
    ),
    "an undeclared load in Markdown": (home(TAG), told(f"{HOME}:7", "undeclared-load", *TAG_LOADS)),
    "an undeclared load of a service in the catalogue": (
        home(VIDEO),
        told(
            f"{HOME}:7",
            "undeclared-load",
            f"{VIDEO.removesuffix('</iframe>')} makes every visitor's",
            'browser contact www.youtube-nocookie.com, but PRIVACY["services"] declares no service with this',
            "host.",
            'Add "youtube" to PRIVACY["services"] in pelicanconf.py, or link to the content instead of',
            "embedding it.",
        ),
    ),
    "an undeclared load in a template": (
        lambda site: site.replace("theme/templates/base.html", "<body>", f"<body>\n{TAG}"),
        told("theme/templates/base.html:5", "undeclared-load", *TAG_LOADS),
    ),
    "a declared service that nothing uses": (
        settings('PRIVACY["services"] = ["youtube"]\n'),
        told(
            "pelicanconf.py",
            "unused-service",
            'PRIVACY["services"] declares "youtube", and no page uses it.',
            "Remove it: visitors should be asked for what the site does, and for nothing else.",
        ),
    ),
}
"""What goes wrong, by the sentence that says so, and the whole message."""

IN_PARTS: dict[str, tuple[Does, tuple[str, ...]]] = {
    "a rule that raises": (
        plugin(RULE.format(what='raise ValueError("what a page")')),
        (f"{HOME}  rule-failed\n    While making index.html: ValueError: what a page\n",),
    ),
    "a rule that ends the program as if all were well": (
        plugin(RULE.format(what="raise SystemExit(0)")),
        (f"{HOME}  rule-failed\n", "While making index.html: SystemExit"),
    ),
    "a plugin that ends the program as if all were well": (
        plugin(ON_SIGNAL.format(signal="finalized", what="sys.exit(0)")),
        ("SystemExit",),
    ),
    "a register() that ends the program as if all were well": (
        plugin("def register():\n    raise SystemExit\n"),
        ("pelicanconf.py  plugin-missing\n    The plugin “own” was asked for and is not working: SystemExit",),
    ),
    "a template that raises": (
        lambda site: site.replace("theme/templates/article.html", "{{ article.title }}", "{{ nothing.there }}"),
        (f"{FIRST}  rule-failed\n    While making blog/first/index.html: UndefinedError: 'nothing' is undefined\n",),
    ),
    "a template with a syntax error": (
        lambda site: site.replace("theme/templates/page.html", "{{ page.title }}", "{{ page.title }"),
        ("theme/templates/page.html:1  rule-failed\n    TemplateSyntaxError: unexpected '}'\n",),
    ),
    "an undeclared load in a copied HTML file": (
        source("content/extra/old.html", f"<!DOCTYPE html>\n<title>Old</title>\n{TAG}\n"),
        ("extra/old.html", "  undeclared-load\n", "cdn.example.net", *UNKNOWN_HOST),
    ),
    "an undeclared load in a style sheet": (
        source("theme/static/site.css", CSS_URL % "https://cdn.example.net/a.png"),
        (
            "site.css",
            "  undeclared-load\n",
            "cdn.example.net",
            UNKNOWN_HOST[0],
            "cdn.example.net prints it), or remove it.",
        ),
    ),
    "two sources with one address": (
        source("content/blog/again.md", "Title: Again\nSlug: first\nDate: 2025-01-01\n\nText.\n"),
        ("content/blog/first.md", "content/blog/again.md"),
    ),
    "a picture that leads to no file": (
        lambda site: site.write("content/images/a.png", b"").parent.joinpath("b.png").symlink_to("nowhere.png"),
        ("content/images/b.png  dropped-source\n",),
    ),
    "an output folder that holds the sources": (
        settings("OUTPUT_PATH = str(HERE)\n"),
        ("pelicanconf.py  ", "is replaced by every", "Let OUTPUT_PATH name a folder of its own."),
    ),
}
"""The same where a message names a folder of this machine, or says more than matters here."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The smallest site."""
    return new_site(tmp_path)


def refused(site: Site, ended: Ended, former: dict[str, bytes]) -> str:
    """Return what was said, after making sure that the former site stands there and nothing else."""
    assert ended.code == 1, ended
    assert files(site.output) == former
    assert site.stages() == []
    assert "Traceback" not in ended.out + ended.err
    return ended.err


def test_the_same_site_without_a_mistake_is_published(site: Site) -> None:
    site.publish_former()
    for does in (
        plugin(RULE.format(what="return []")),
        settings(
            'PLUGINS.append("second")\nPRIVACY["services"] = ["youtube"]\nAMAZON_TAGS = {"amazon.de": "x-21"}\n'
        ),
        source("second.py", ON_SIGNAL.format(signal="finalized", what="sys.intern('all is well')")),
        source("content/blog/umlauts.md", "Title: Grüße\nDate: 2025-01-01\n\nText.\n"),
        source("content/blog/skipped.md", "Title: Skipped\nDate: 2025-01-01\nStatus: skip\n\nText.\n"),
        source("content/blog/.hidden.md", "no source"),
        source("content/extra/old.html", '<!DOCTYPE html>\n<title>Old</title>\n<img src="/images/a.png" alt="">\n'),
        source("content/images/a.png", b"\x89PNG"),
        source("theme/static/site.css", CSS_URL % "../images/a.png"),
        home(f"[text]({{filename}}/blog/first.md) [text](/blog/) [a book](https://www.amazon.de/dp/1) {VIDEO}"),
    ):
        does(site)

    ended = site.build()

    assert ended.code == 0
    assert ended.err == (
        "content/extra/old.html  copied-page\n"
        "    This page was copied as it is and has not: a link to the privacy policy, the privacy settings.\n"
        "    Add it by hand, or make the page from Markdown or a template.\n\n"
        "1 note.\n"
    )
    assert ended.out.endswith(f"The site is in {site.output}\n")
    assert {"index.html", "blog/grusse/index.html", "extra/old.html", "theme/site.css"} < set(files(site.output))
    assert "images/picture.png" not in files(site.output), "the former site is gone as a whole"
    assert site.stages() == []


@pytest.mark.parametrize(("does", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_site_is_not_published_with(site: Site, does: Does, says: str) -> None:
    former = site.publish_former()
    does(site)

    assert refused(site, site.build(), former) == says


@pytest.mark.parametrize(("does", "says"), IN_PARTS.values(), ids=IN_PARTS)
def test_a_site_is_not_published_either_with(site: Site, does: Does, says: tuple[str, ...]) -> None:
    former = site.publish_former()
    does(site)

    message = refused(site, site.build(), former)

    words = " ".join(message.split())
    assert [part for part in says if " ".join(part.split()) not in words] == [], message
    assert message.endswith(f"{NOT_PUBLISHED}\n")


def test_settings_that_there_are_none_of_are_told_as_such(site: Site) -> None:
    former = site.publish_former()
    (site.folder / "pelicanconf.py").unlink()

    message = refused(site, site.build(), former)

    assert message.startswith("pelicanconf.py  broken-settings\n    FileNotFoundError: there is no such file\n")
    assert message.endswith(ONE)


@pytest.mark.parametrize("more", ["", "PLUGINS = []\n"], ids=["with our plugins", "without plugins"])
def test_a_class_of_pelican_that_publishes_whatever_happens_is_refused_in_our_words(site: Site, more: str) -> None:
    former = site.publish_former()
    site.add("pelicanconf.py", f"from pelican import Pelican\nPELICAN_CLASS = Pelican\n{more}")

    assert "SafePelican" in refused(site, site.build(), former)


def test_a_mistake_that_shows_in_a_page_in_the_list_and_in_the_feed_is_told_once(site: Site) -> None:
    former = site.publish_former()
    site.add(FIRST, f"\n{TAG}\n")

    assert refused(site, site.build(), former) == told(f"{FIRST}:6", "undeclared-load", *TAG_LOADS)


def test_a_broken_link_that_shows_in_a_page_and_in_the_feed_is_told_once(site: Site) -> None:
    former = site.publish_former()
    site.add(FIRST, "\n[text](/nope/)\n")

    expected = told(f"{FIRST}:6", "broken-link", "“/nope/” leads to /nope/, and the site has no such file.", LINKS)
    assert refused(site, site.build(), former) == expected


def test_all_mistakes_of_a_site_are_told_at_once(site: Site) -> None:
    former = site.publish_former()
    site.add(HOME, "\n[text](/nope/)\n")
    site.write("content/blog/post.markdwon", "Title: Post\n")
    site.write("content/pages/about.md", "Slug: about\n\nText.\n")
    site.replace("theme/templates/base.html", "<body>", f"<body>\n{TAG}")

    message = refused(site, site.build(), former)

    places = [line.split("  ")[0] for line in message.splitlines() if line and not line.startswith((" ", "4"))]
    assert places == [
        "content/blog/post.markdwon",
        "content/pages/about.md",
        f"{HOME}:7",
        "theme/templates/base.html:5",
    ]
    assert message.endswith(f"\n\n4 errors in 4 places. {NOT_PUBLISHED}\n")


def test_what_a_dropped_source_may_use_is_not_called_unused_nor_an_exception_for_it_stale(site: Site) -> None:
    former = site.publish_former()
    site.write("content/blog/film.md", f"Title: Film\nDate: soon\n\n{VIDEO}\n\n{TAG}\n\n[form:contact]\n")
    site.add(
        "pelicanconf.py",
        """
from datetime import date

PRIVACY["services"], PRIVACY["forms"], AMAZON_TAGS = ["youtube"], ["contact"], {"amazon.de": "mine-21"}
PRIVACY["exceptions"] = [
    {
        "check": "undeclared-load",
        "place": "content/blog/film.md",
        "reason": "agreed",
        "until": date(2030, 1, 1),
    },
]
""",
    )

    message = refused(site, site.build(), former)

    assert message.startswith("content/blog/film.md  dropped-source\n"), message
    assert message.endswith(ONE), message


def test_a_failing_rule_does_not_hide_what_was_found_before(site: Site) -> None:
    former = site.publish_former()
    site.write("content/blog/post.markdwon", "Title: Post\n")
    plugin(RULE.format(what="1 / 0"))(site)

    message = refused(site, site.build(), former)

    assert "content/blog/post.markdwon  dropped-source\n" in message
    assert f"{HOME}  rule-failed\n    While making index.html: ZeroDivisionError: division by zero\n" in message


def test_the_way_to_see_where_a_rule_failed_shows_it(site: Site) -> None:
    plugin(RULE.format(what="1 / 0"))(site)

    ended = site.build(PRIVACY_DEBUG="1")

    assert ended.code == 1
    assert "PRIVACY_DEBUG=1" in ended.err, "the message names the way"
    assert "own.py" in ended.err
    assert "1 / 0" in ended.err


def test_a_note_stops_the_site_only_when_asked(site: Site) -> None:
    former = site.publish_former()
    site.add("pelicanconf.py", 'AMAZON_TAGS = {"amazon.de": "mine-21"}\n')
    site.add(HOME, "\n[a book](https://www.amazon.de/dp/1?tag=theirs-21), [another](https://www.amazon.de/dp/2)\n")

    note = finding(
        f"{HOME}:7",
        "foreign-tag",
        '<a href="https://www.amazon.de/dp/1?tag=theirs-21"> carries the tag theirs-21, which is not the',
        "site's own.",
        'Remove the tag, or declare it: AMAZON_AFFILIATE = {"own_tags": [...]} in pelicanconf.py.',
    )
    assert refused(site, site.build("--strict"), former) == f"{note}\n\n1 error in 1 place. {NOT_PUBLISHED}\n"
    lenient = site.build()
    assert (lenient.code, lenient.err) == (0, f"{note}\n\n1 note.\n")


# Calling Pelican itself


DIRECTLY = {
    name: does for name, (does, _) in {**MISTAKES, **IN_PARTS}.items() if not name.startswith("a source with ")
}


@pytest.mark.parametrize("does", DIRECTLY.values(), ids=DIRECTLY)
def test_pelican_itself_does_not_publish_a_site_with(site: Site, does: Does) -> None:
    former = site.publish_former()
    does(site)

    ended = site.pelican()

    assert ended.code == 1, ended
    assert files(site.output) == former
    assert site.stages() == []


def test_pelican_itself_refuses_plugins_of_the_command_line_that_there_are_none_of(site: Site) -> None:
    former = site.publish_former()

    ended = site.pelican("-e", 'PLUGINS=["nope"]')

    assert ended.code == 1
    assert ended.err == plugin_fails(
        "The plugin “nope” was asked for and is not working: ModuleNotFoundError: No module named 'nope'"
    )
    assert files(site.output) == former


def test_pelican_itself_makes_the_same_site_from_any_folder(site: Site) -> None:
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.add(FIRST, f"\n{VIDEO}\n")
    assert site.build().code == 0
    ours, inventory = files(site.output), files(site.folder / "build")

    ended = site.pelican(cwd=Path("/"))

    assert (ended.code, ended.err) == (0, "")
    assert files(site.output) == ours
    assert files(site.folder / "build") == inventory
