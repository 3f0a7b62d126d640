"""Automatic summaries hold words. Embeds and scripts are taken out before the text is cut."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from pelican.contents import Article
from pelican.settings import read_settings

from plugins.privacy.summaries import stripped, without_embeds
from tests.site_kit import VIDEO, Site, new_site

WORDS = " ".join(f"w{number}" for number in range(200))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Only words, 1 < 2 and 3 > 2.",
        "<p>one <b>two</b> <a href='/x'>three</a></p>\n<ul><li>four</ul>",
        "<p>one <img src=/a.png alt=two> <br/> <code>&lt;script&gt;</code></p>",
        "<P CLASS = x >unusual</P\n>",
    ],
)
def test_a_text_without_embeds_stays_byte_for_byte(html: str) -> None:
    assert stripped(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><script>if (a < b) { document.write('<p>c</p>') }</script><p>d</p>", "<p>a</p><p>d</p>"),
        ("<p>a <iframe src=x>old <b>browsers</b></iframe> b</p>", "<p>a  b</p>"),
        ("<p>a</p><noscript><img src=x></noscript><p>b</p>", "<p>a</p><p>b</p>"),
        ("<style>p { color: red }</style>a", "a"),
        ("<object data=x><p>a<embed src=y></object>b", "b"),
        ("<video><source src=x><track src=y></video>a", "a"),
        ("<picture><source srcset=x><img src=y></picture>a", "a"),
        ("<p>a<svg><script>b</script><image href=x /></svg></p>", "<p>a</p>"),
        ("<template><p>a</p></template>b", "b"),
        ("<form action=x><input>a</form>b", "b"),
        ("<link rel=stylesheet href=x><meta http-equiv=refresh content='0; url=x'><base href=x>a", "a"),
        ("<SCRIPT>a</SCRIPT >b", "b"),
        ("a<script>b</script>\r\nc<audio src=x></audio>", "a\nc"),
    ],
)
def test_what_loads_runs_or_embeds_is_left_out(html: str, expected: str) -> None:
    assert stripped(html) == expected
    assert stripped(expected) == expected


def article(html: str, metadata: dict[str, str] | None = None, **settings: object) -> Article:
    """An article with that text, as Pelican's generators hand it on."""
    made = Article(
        html,
        {"title": "A", **(metadata or {})},
        settings=read_settings(override={"TIMEZONE": "UTC", "SUMMARY_MAX_LENGTH": 5, **settings}),
        context={"generated_content": {}, "static_content": {}, "static_links": set(), "localsiteurl": ""},
    )
    without_embeds(made, nullcontext)
    made.refresh_metadata_intersite_links()  # which Pelican does next
    return made


def test_a_script_is_not_cut_in_its_middle() -> None:
    made = article("<p>one two</p><script>var three, four, five, six, seven;</script><p>eight nine ten eleven</p>")

    assert made.summary == "<p>one two</p><p>eight nine ten …</p>"


def test_an_article_without_embeds_has_the_summary_that_pelican_makes() -> None:
    assert article("<p>one two three four five six</p>").summary == "<p>one two three four five …</p>"


def test_the_text_itself_keeps_its_embeds() -> None:
    made = article(f"<p>one</p>{VIDEO}")

    assert made.content == f"<p>one</p>{VIDEO}"
    assert made.summary == "<p>one</p>"


def test_a_summary_by_paragraphs_stays_one_by_paragraphs() -> None:
    html = f"<p>one</p>{VIDEO}<p>two</p><p>three</p>"

    assert article(html, SUMMARY_MAX_PARAGRAPHS=2, SUMMARY_MAX_LENGTH=50).summary == "<p>one</p><p>two</p>"


def test_a_table_of_contents_is_left_out_as_pelican_does() -> None:
    contents = '<div class="contents"><ul><li><a href="#a">A</a></li></ul></div>'

    assert article(f"{contents}<p>one two</p>").summary == "<p>one two</p>"
    assert article(f"{contents}<p>one two</p>{VIDEO}").summary == "<p>one two</p>"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that declares the provider of its film."""
    made = new_site(tmp_path)
    made.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    return made


def pages(site: Site) -> tuple[str, str, str]:
    """Build; return the article, the list and the feed."""
    ended = site.build()
    assert (ended.code, ended.err) == (0, "")
    names = ("blog/film/index.html", "blog/index.html", "feeds/all.atom.xml")
    first, second, third = ((site.output / name).read_text("utf-8") for name in names)
    return first, second, third


@pytest.mark.slow
def test_lists_and_feeds_show_no_piece_of_an_embed_or_script(site: Site) -> None:
    script = "<script>if (one < two) { three('<p>four') }</script>"
    link = "[home]({filename}/pages/home.md)"
    site.write(
        "content/blog/film.md",
        f"Title: Film\nDate: 2025-12-02\n\nBefore {link}.\n\n{VIDEO}\n\n{script}\n\nAfter. {WORDS}\n",
    )

    page, listed, feed = pages(site)

    assert 'data-gate="youtube"' in page
    assert script in page
    assert '<p>Before <a href="/">home</a>.</p>' in listed
    assert f"<p>After. {WORDS.partition(' w47')[0]} …</p>" in listed, "fifty words in all"
    summary = feed.partition("<summary")[2].partition("</summary>")[0]
    assert "Before" in summary
    for text in (listed.partition("<h2>")[2].partition("</h2>")[2].partition("<h2>")[0], summary):
        for piece in ("iframe", "script", "three(", "gate", "youtube"):
            assert piece not in text


@pytest.mark.slow
def test_a_summary_of_the_authors_own_stays_as_it_is(site: Site) -> None:
    site.write(
        "content/blog/film.md",
        f"Title: Film\nDate: 2025-12-02\nSummary: My *own* words.\n\n{VIDEO}\n\n{WORDS}\n",
    )

    _, listed, feed = pages(site)

    assert "<p>My <em>own</em> words.</p>" in listed
    assert "&lt;p&gt;My &lt;em&gt;own&lt;/em&gt; words.&lt;/p&gt;" in feed


@pytest.mark.slow
def test_an_automatic_summary_is_not_taken_for_the_authors_own(site: Site) -> None:
    site.replace("theme/templates/article.html", "<h1>", "{% if article.metadata.summary %}LEAD{% endif %}<h1>")
    site.write("content/blog/film.md", f"Title: Film\nDate: 2025-12-02\n\n{VIDEO}\n\n{WORDS}\n")

    page, _, _ = pages(site)

    assert "LEAD" not in page
