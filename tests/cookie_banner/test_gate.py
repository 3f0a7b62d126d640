"""The gate: HTML in, HTML out. The placeholder is a short word here; its markup has tests of its own."""

from __future__ import annotations

import re

import pytest

from plugins.cookie_banner.gate import Gate, Placeholder
from plugins.privacy.carriers import TABLE
from plugins.privacy.findings import Finding
from plugins.privacy.page import Form, Page, Reference
from plugins.privacy.page_pass import PagePass
from plugins.privacy.page_reading import parse_page
from tests.kit import declared, ran

TEXT_SERVICE = {
    "id": "order",
    "name": "Order",
    "provider": "Order Ltd",
    "purpose": "functional",
    "needs_consent": False,
    "reason": "A link leads there.",
    "hosts": [{"host": "order.example", "role": "link"}],
}
DECLARATION = declared(services=["youtube", "openstreetmap", "goatcounter", TEXT_SERVICE])
FILM = "https://www.youtube-nocookie.com/embed/1"
FRAME = f'<iframe src="{FILM}"></iframe>'
MAP = "https://www.openstreetmap.org/export/embed.html"
BACKGROUND = next(row.name for row in TABLE if row.attribute == "background")
UNDECLARED = "https://player.films.example/video/1"


def word(placeholder: Placeholder, page: Page) -> str:
    """Return the stand-in for a placeholder's markup."""
    return "(feed)" if page.form is Form.FEED else "(here)"


RUN = PagePass(DECLARATION, [Gate(word)], [], DECLARATION.reader())


def made(html: str, form: Form = Form.DOCUMENT) -> str:
    """Return what becomes of a page on which nothing is found."""
    text, findings = ran(RUN, html, form=form)
    assert [str(finding) for finding in findings] == []
    return text


def gated(markup: str, services: str = "youtube") -> str:
    return f'<span class="gate"><template data-gate="{services}">{markup}</template>(here)</span>'


def unseen(markup: str, services: str = "goatcounter") -> str:
    return f'<template data-gate="{services}">{markup}</template>'


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.check.name, finding.what, finding.way_out) for finding in findings]


# What must not be touched


@pytest.mark.parametrize(
    "html",
    [
        "<body><p>Nothing here.</p></body>",
        '<body><iframe src="/own.html" style="border:0" onload="x()"></iframe></body>',
        '<body><img src="https://cdn.example.com/a.png"><script src="//www.example.com/a.js"></script></body>',
        f'<body><a href="{FILM}">a link</a></body>',
        '<body><a href="https://order.example/">a link</a></body>',
        f"<body><!-- {FRAME} --></body>",
        f"<body><textarea>{FRAME}</textarea><title>{FRAME}</title></body>",
        f"<body><pre><code>&lt;iframe src='{FILM}'&gt;&lt;/iframe&gt;</code></pre></body>",
        f"<body><script>// {FRAME}\nconst x = 'a <b> of youtube.com';</script></body>",
        f'<body><script type="application/ld+json">{{"url": "{FILM}"}}</script></body>',
        f'<body><template data-gate="youtube">{FRAME}</template></body>',
        f"<body><template>{FRAME}</template></body>",
        f'<body><p title="{FILM}" data-src="{FILM}">{FILM}</p></body>',
        '<body><form action="https://order.example/"><button>Buy</button></form></body>',
        '<body><iframe srcdoc="<p>own</p>"></iframe><noscript><p>own</p></noscript></body>',
    ],
)
def test_what_loads_nothing_from_a_service_comes_out_byte_for_byte(html: str) -> None:
    assert made(html) == html


@pytest.mark.parametrize(
    "html",
    [
        f"<body>\n<p>{gated(FRAME)}</p></body>",
        f"<head>{unseen('<script src=https://gc.zgo.at/count.js></script>')}</head><body></body>",
    ],
)
def test_what_waits_already_is_not_gated_again(html: str) -> None:
    assert made(html) == html


@pytest.mark.parametrize(
    ("markup", "host"),
    [
        (f'<iframe src="{UNDECLARED}"></iframe>', "player.films.example"),
        ('<script src="https://cdn.tracker.example/t.js"></script>', "cdn.tracker.example"),
        ('<img src="//pixel.tracker.example/1.gif" width="1" height="1">', "pixel.tracker.example"),
        (f'<template><iframe src="{UNDECLARED}"></iframe></template>', "player.films.example"),
        (f'<object data="{UNDECLARED}"></object>', "player.films.example"),
    ],
)
def test_what_is_undeclared_stays_and_is_an_error(markup: str, host: str) -> None:
    instead = "remove it" if markup.startswith("<script") else "link to the content instead of embedding it"
    text, findings = ran(RUN, f"<body>{markup}</body>")

    tag = markup.removeprefix("<template>").partition(">")[0] + ">"
    assert text == f"<body>{markup}</body>"
    assert told(findings) == [
        (
            "undeclared-load",
            (
                f"{tag} makes every visitor's browser contact {host}, but "
                'PRIVACY["services"] declares no service with this host.'
            ),
            (
                'No service of the catalogue has this host: describe it as a table in PRIVACY["services"] in '
                f"pelicanconf.py (privacy services lookup {host} prints it), or {instead}."
            ),
        )
    ]


def test_what_the_catalogue_knows_is_named() -> None:
    run = PagePass(declared(), [Gate(word)], [], declared().reader())

    _, findings = ran(run, f"<body>{FRAME}</body>")

    assert told(findings) == [
        (
            "undeclared-load",
            (
                f'<iframe src="{FILM}"> makes every visitor\'s browser contact www.youtube-nocookie.com, but '
                'PRIVACY["services"] declares no service with this host.'
            ),
            'Add "youtube" to PRIVACY["services"] in pelicanconf.py, or link to the content instead of embedding it.',
        )
    ]


def test_a_service_that_is_declared_to_load_nothing_must_not_load() -> None:
    text, findings = ran(RUN, '<body><img src="https://order.example/1.gif"></body>')

    assert text == '<body><img src="https://order.example/1.gif"></body>'
    assert told(findings) == [
        (
            "ungated-load",
            (
                '<img src="https://order.example/1.gif"> loads from order.example, but Order is declared as a service '
                "that loads nothing before a click (needs_consent = false)."
            ),
            'Link to it instead, or declare the service with needs_consent = true in PRIVACY["services"].',
        )
    ]


@pytest.mark.parametrize(
    ("markup", "tag", "carrier"),
    [
        (f'<p style="background:url({FILM})">x</p>', f'<p style="background:url({FILM})">', "*[style]"),
        (f"<style>@import '{FILM}';</style>", "<style>", "style[#text]"),
        (f"<style>p {{ background: url({FILM}) }}</style>", "<style>", "style[#text]"),
        (
            f'<table background="{FILM}"><tr><td>x</td></tr></table>',
            f'<table background="{FILM}">',
            BACKGROUND,
        ),
        (
            f'<meta http-equiv="refresh" content="0; url={FILM}">',
            f'<meta http-equiv="refresh" content="0; url={FILM}">',
            "meta[content]",
        ),
    ],
)
def test_what_cannot_wait_is_an_error_although_it_is_declared(markup: str, tag: str, carrier: str) -> None:
    text, findings = ran(RUN, f"<body>{markup}</body>")

    assert text == f"<body>{markup}</body>"
    assert told(findings) == [
        (
            "ungateable-load",
            (
                f"{tag} loads from www.youtube-nocookie.com (YouTube) by {carrier}, which cannot wait for the "
                "visitor's consent."
            ),
            "Copy the file into the site and load it from there, or use the provider's embed instead.",
        )
    ]


def test_a_frame_of_a_frameset_cannot_wait() -> None:
    html = f'<frameset><frame src="{FILM}"></frameset>'

    text, findings = ran(RUN, html)

    assert text == html
    assert [finding.check.name for finding in findings] == ["ungateable-load"]


# What waits


@pytest.mark.parametrize(
    "markup",
    [
        FRAME,
        f'<IFRAME SRC = "{FILM}"  width=560\n>fallback &amp; <b>text</IFRAME >',
        f'<img src="{FILM}" alt="">',
        f'<img srcset="/own.png 1x, {FILM} 2x" src="/own.png">',
        f'<picture><source srcset="{FILM} 2x"><img src="/own.png"></picture>',
        f'<picture><source srcset="/own.avif"><img src="{FILM}"></picture>',
        f'<video src="{FILM}" controls></video>',
        f'<video controls><source src="{FILM}"><track src="/own.vtt"></video>',
        f'<video poster="{FILM}" src="/own.mp4"></video>',
        f'<audio><source src="{FILM}"></audio>',
        f'<object data="{FILM}"><p>fallback</p></object>',
        f'<object data="/own.swf"><embed src="{FILM}"></object>',
        f'<object data="/a"><object data="{FILM}"></object></object>',
        f'<embed src="{FILM}">',
        f'<svg viewBox="0 0 1 1"><g><image href="{FILM}"/></g></svg>',
        f'<svg><image xlink:href="{FILM}"></image></svg>',
        f'<svg><rect fill="url({FILM}#a)"/></svg>',
        f'<svg><svg><use href="{FILM}#a"/></svg></svg>',
        f"<svg><foreignObject>{FRAME}</foreignObject></svg>",
        f'<input type="image" src="{FILM}">',
        f"<iframe srcdoc=\"<img src='{FILM}'>\"></iframe>",
        f"<iframe srcdoc='&lt;iframe srcdoc=\"&amp;lt;img src={FILM}&amp;gt;\"&gt;&lt;/iframe&gt;'></iframe>",
        f'<iframe src="data:text/html,<img src={FILM}>"></iframe>',
    ],
)
def test_a_declared_embed_sleeps_whole_in_a_template(markup: str) -> None:
    assert made(f"<body><p>a</p>{markup}<p>b</p></body>") == f"<body><p>a</p>{gated(markup)}<p>b</p></body>"


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://gc.zgo.at/count.js" data-goatcounter="https://x.goatcounter.com/count" async></script>',
        '<link rel="preconnect" href="https://gc.zgo.at">',
        '<link rel="stylesheet" href="https://gc.zgo.at/a.css">',
        '<img src="https://x.goatcounter.com/count?p=/" width="1" height="1" alt="">',
        '<img src="https://x.goatcounter.com/count?p=/" width=0 height=1>',
    ],
)
def test_what_nobody_would_see_waits_without_a_word(markup: str) -> None:
    assert made(f"<body>{markup}</body>") == f"<body>{unseen(markup)}</body>"


def test_a_script_in_the_head_waits_there() -> None:
    script = '<script src="https://gc.zgo.at/count.js"></script>'

    assert made(f"<head><title>x</title>{script}</head><body></body>") == (
        f"<head><title>x</title>{unseen(script)}</head><body></body>"
    )


@pytest.mark.parametrize(
    "fallback", [f'<img src="{FILM}">', FRAME, f'<p>x</p><img src="/own.png"><img src="{FILM}" width=1 height=1>']
)
def test_a_fallback_for_browsers_without_scripts_is_removed_since_nobody_there_can_agree(fallback: str) -> None:
    assert made(f"<body>a<noscript>{fallback}</noscript>b</body>") == "<body>ab</body>"


def test_an_embed_of_two_services_waits_for_both() -> None:
    markup = f'<object data="{MAP}"><img src="{FILM}"></object>'

    assert made(f"<body>{markup}</body>") == f"<body>{gated(markup, 'openstreetmap youtube')}</body>"


def test_several_embeds_wait_each_by_itself() -> None:
    assert made(f"<body>{FRAME}{FRAME}<p>{FRAME}</p></body>") == (
        f"<body>{gated(FRAME)}{gated(FRAME)}<p>{gated(FRAME)}</p></body>"
    )


def test_an_embed_that_holds_something_undeclared_waits_and_is_an_error() -> None:
    markup = f'<object data="{FILM}"><img src="https://tracker.example/1.gif"></object>'

    text, findings = ran(RUN, f"<body>{markup}</body>")

    assert text == f"<body>{gated(markup)}</body>"
    assert [(finding.check.name, finding.subject) for finding in findings] == [
        ("undeclared-load", "https://tracker.example/1.gif")
    ]


# What a strict Content Security Policy forbids


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<iframe style="border:0" src="{FILM}"></iframe>', f'<iframe data-style="border:0" src="{FILM}"></iframe>'),
        (f"<iframe src={FILM} STYLE=border:0></iframe>", f"<iframe src={FILM} data-style=border:0></iframe>"),
        (
            f'<object data="{FILM}"><p style="color:red" title="style=">x</p></object>',
            f'<object data="{FILM}"><p data-style="color:red" title="style=">x</p></object>',
        ),
        (
            f'<svg><g style="a:b"><image href="{FILM}"/></g></svg>',
            f'<svg><g data-style="a:b"><image href="{FILM}"/></g></svg>',
        ),
    ],
)
def test_a_style_is_kept_aside(before: str, after: str) -> None:
    assert made(f"<body>{before}</body>") == f"<body>{gated(after)}</body>"


@pytest.mark.parametrize(
    ("markup", "tag", "attribute"),
    [
        (f'<iframe src="{FILM}" onload="x()"></iframe>', f'<iframe src="{FILM}" onload="x()">', "onload"),
        (f'<img src="{FILM}" ONERROR=x()>', f'<img src="{FILM}" ONERROR=x()>', "onerror"),
        (f'<object data="{FILM}"><b onclick="x()">y</b></object>', '<b onclick="x()">', "onclick"),
    ],
)
def test_code_in_an_attribute_is_an_error(markup: str, tag: str, attribute: str) -> None:
    _, findings = ran(RUN, f"<body>{markup}</body>")

    assert told(findings) == [
        (
            "gated-handler",
            f"{tag} has the attribute {attribute}, which runs code that a strict Content Security Policy forbids.",
            f"Remove {attribute}; where the provider needs it, use its plain embed instead.",
        )
    ]


OLD = '<script src="https://gc.zgo.at/count.js"></script><script>goatcounter.x(); document.write("<p>")</script>'


def test_a_script_that_writes_into_the_page_is_an_error() -> None:
    _, findings = ran(RUN, f"<body>{OLD}</body>")

    assert told(findings) == [
        (
            "gated-write",
            (
                '<script>goatcounter.x(); document.write("<p>") calls document.write, which empties a page that has been '
                "read to its end."
            ),
            "Use the provider's present embed code; this one is of a time when scripts wrote into the page.",
        )
    ]


LATE = (
    '<script src="https://gc.zgo.at/count.js"></script><script>addEventListener("load", goatcounter.count)</script>'
)


def test_a_script_that_waits_for_the_page_to_be_read_is_noted() -> None:
    """Listeners for DOMContentLoaded and load never fire in what is woken later (facts, core experiments, section 3)."""
    _, findings = ran(RUN, f"<body>{LATE}</body>")

    assert told(findings) == [
        (
            "gated-too-late",
            (
                '<script>addEventListener("load", goatcounter.count) waits for the event load, which has passed when the '
                "visitor agrees: what it waits with never runs."
            ),
            'Let it run at once, or wait only where document.readyState is "loading".',
        )
    ]


@pytest.mark.parametrize(
    "script",
    [
        '<script src="https://gc.zgo.at/count.js">document.write("not run")</script>',
        '<script type="text/plain">gtag(); document.write()</script>',
        "<script>document.write('own')</script>",
    ],
)
def test_a_script_that_does_not_run_or_does_not_wait_may_hold_anything(script: str) -> None:
    _, findings = ran(RUN, f"<body>{script}</body>")

    assert findings == []


# Scripts that wait together

LIBRARY = '<script src="https://gc.zgo.at/count.js"></script>'
STARTER = "<script>window.goatcounter.count()</script>"


def test_a_script_and_the_code_that_starts_it_sleep_in_one_template() -> None:
    assert (
        made(f"<body>a{LIBRARY}\n  {STARTER}b</body>")
        == f"<body>a{unseen(LIBRARY + chr(10) + '  ' + STARTER)}\n  b</body>"
    )


@pytest.mark.parametrize("between", ["text", "<!-- x -->", "<p></p>", "<script>own()</script>"])
def test_scripts_with_something_between_them_sleep_apart(between: str) -> None:
    assert (
        made(f"<body>{LIBRARY}{between}{STARTER}</body>")
        == f"<body>{unseen(LIBRARY)}{between}{unseen(STARTER)}</body>"
    )


def test_scripts_of_different_services_sleep_apart() -> None:
    api = '<script src="https://www.youtube.com/iframe_api"></script>'

    assert made(f"<body>{LIBRARY}{api}</body>") == f"<body>{unseen(LIBRARY)}{unseen(api, 'youtube')}</body>"


def test_a_run_of_scripts_that_nobody_closes_is_an_error() -> None:
    _, findings = ran(RUN, f"<body>{LIBRARY}<script>goatcounter.x()")

    assert [finding.check.name for finding in findings] == ["unclosed-embed"]


# Scripts that show something where they stand

POSTS = PagePass(declared(services=["x"]), [Gate(word)], [], declared(services=["x"]).reader())
WIDGETS = '<script async src="https://platform.twitter.com/widgets.js"></script>'


def test_a_script_that_shows_something_has_a_placeholder_where_it_stands() -> None:
    text, findings = ran(POSTS, f"<body><blockquote>A post</blockquote>{WIDGETS}</body>")

    assert (text, findings) == (f"<body><blockquote>A post</blockquote>{gated(WIDGETS, 'x')}</body>", [])


def test_it_has_none_in_the_head_and_in_feeds() -> None:
    assert (
        ran(POSTS, f"<head>{WIDGETS}</head><body></body>")[0] == f"<head>{unseen(WIDGETS, 'x')}</head><body></body>"
    )
    assert ran(POSTS, f"<p>A post</p>{WIDGETS}", form=Form.FEED)[0] == "<p>A post</p>"


# What nobody can hold


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        (f'<body><p><iframe src="{FILM}"><p>x', "iframe"),
        (f'<body><script src="{FILM}">', "script"),
        (f'<body><video src="{FILM}"><p>x</p>', "video"),
        (f'<body><p><object data="{FILM}"></p></body>', "object"),
        (f'<body><noscript><img src="{FILM}">', "noscript"),
    ],
)
def test_an_embed_that_nobody_closes_is_an_error(html: str, tag: str) -> None:
    _, findings = ran(RUN, html)

    (finding,) = [finding for finding in findings if finding.check.name == "unclosed-embed"]
    assert re.fullmatch(
        f"<{tag}.*> has no end tag of its own, so that nobody can say what belongs to it\\.", finding.what
    )
    assert finding.way_out == f"Write </{tag}> right after it."


@pytest.mark.parametrize(
    "html",
    [
        f"<body><table>{FRAME}<tr><td>x</table></body>",
        f"<body><table><tr>{FRAME}<td>x</table></body>",
        f"<body><table><caption>{FRAME}</caption></table></body>",
        f'<body><table><colgroup><script src="{FILM}"></script></table></body>',
        f'<body><table><tr><td><image src="{FILM}"></table></body>',
        f"<body><select>{FRAME}</select></body>",
        f"<body><select><option>{FRAME}</select></body>",
        f"<body><b><p>{FRAME}</b></p></body>",
        f"<body><button><p>{FRAME}</button></body>",
        f"<head>{FRAME}</head><body>",
        f"{FRAME}<p>x",
        f"<body></body></html>{FRAME}",
        f"<body><math><mtext>{FRAME}</mtext></math></body>",
        f'<body><math><annotation-xml encoding="text/html">{FRAME}</annotation-xml></math></body>',
        f"<body><svg><title>{FRAME}</title></svg></body>",
    ],
)
def test_markup_that_moves_its_elements_about_lets_nothing_load(html: str) -> None:
    text, findings = ran(RUN, html)

    live = [load for load in _loads(text) if load.asleep is None]
    assert live == [] or [finding for finding in findings if finding.check.level.value == "error"]


def _loads(text: str) -> list[Reference]:
    """Return what a page loads."""
    page = parse_page(
        text, form=Form.DOCUMENT, declaration=DECLARATION, read=DECLARATION.reader(), language="en", site_url=""
    )
    return page.loads()


def test_what_an_end_tag_of_a_template_lets_out_is_an_error() -> None:
    _, findings = ran(RUN, f'<body><object data="{FILM}"></template><img src="{FILM}"></object></body>')

    assert told(findings) == [
        (
            "broken-gate",
            (
                f'After gating, <img src="{FILM}"> is still live: the markup around it moves it out of the template in '
                "which it should wait."
            ),
            "Put the embed into a paragraph of its own, outside tables, frames, SVG and formulas.",
        )
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f'<object data="{FILM}"></template><b>x</b></object>',
        f'<video src="{FILM}"></template></video>',
    ],
)
def test_an_embed_that_an_end_tag_of_a_template_cuts_in_two_is_an_error(markup: str) -> None:
    _, findings = ran(RUN, f"<body>{markup}</body>")

    assert [finding.check.name for finding in findings] == ["broken-gate"]


def test_what_comes_alive_only_because_something_was_held_back_is_an_error() -> None:
    pixel = f'<img src="{FILM}" width="1" height="1">'

    text, findings = ran(RUN, f'<head></head>{pixel}<frameset><frame src="https://tracker.example/"></frameset>')

    assert "undeclared-load" in [finding.check.name for finding in findings], text


def test_a_second_style_of_an_embed_does_not_come_alive() -> None:
    html = f'<body><iframe src="{FILM}" style="" style="background:url(https://tracker.example/)"></iframe></body>'

    text, findings = ran(RUN, html)

    assert ' style="' not in text or findings, text


def test_a_template_that_waits_for_something_else_is_an_error() -> None:
    _, findings = ran(RUN, f'<body><template data-gate="goatcounter">{FRAME}</template></body>')

    assert told(findings) == [
        (
            "broken-gate",
            (
                f'<iframe src="{FILM}"> loads from www.youtube-nocookie.com (YouTube), but the template around it waits '
                "for goatcounter."
            ),
            "Remove the template from the content; embeds are held back without it.",
        )
    ]


def test_a_template_with_a_shadow_root_holds_nothing_back() -> None:
    text, findings = ran(RUN, f'<body><div><template shadowrootmode="open">{FRAME}</template></div></body>')

    assert findings or f'<template data-gate="youtube">{FRAME}</template>' in text


# Feeds


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"<p>a</p>{FRAME}<p>b</p>", "<p>a</p>(feed)<p>b</p>"),
        (f'<img src="{FILM}" alt="A film">', "(feed)"),
        ('a<script src="https://gc.zgo.at/count.js"></script>b', "ab"),
        ('a<img src="https://x.goatcounter.com/count" width=1 height=1>b', "ab"),
        (f"a<noscript><img src='{FILM}'></noscript>b", "ab"),
        ("<p>nothing</p>", "<p>nothing</p>"),
    ],
)
def test_in_feeds_embeds_become_links_and_the_rest_goes(entry: str, expected: str) -> None:
    assert made(entry, Form.FEED) == expected


# What the placeholder is told


def placeholders(html: str) -> list[Placeholder]:
    """Return what the placeholders of a page are made from."""
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    ran(PagePass(DECLARATION, [Gate(render)], [], DECLARATION.reader()), html)
    return seen


@pytest.mark.parametrize(
    ("html", "link", "title", "size", "is_interactive"),
    [
        (FRAME, "https://www.youtube.com/watch?v=1", None, (None, None), True),
        (
            f'<iframe src="{FILM}" title="A &quot;film&quot;" width="560" height="315px"></iframe>',
            "https://www.youtube.com/watch?v=1",
            'A "film"',
            (560, 315),
            True,
        ),
        (
            f'<iframe src="{FILM}" width="100%" height="315"></iframe>',
            "https://www.youtube.com/watch?v=1",
            None,
            (None, None),
            True,
        ),
        (
            f'<iframe src="{FILM}" width="560"></iframe>',
            "https://www.youtube.com/watch?v=1",
            None,
            (None, None),
            True,
        ),
        (f'<iframe src="{MAP}?a&amp;b"></iframe>', f"{MAP}?a&b", None, (None, None), True),
        ('<img src="//i.ytimg.com/1.jpg" alt="A film">', "https://i.ytimg.com/1.jpg", "A film", (None, None), True),
        (f'<a href="/x">{FRAME}</a>', "https://www.youtube.com/watch?v=1", None, (None, None), False),
        (f"<button><b>{FRAME}</b></button>", "https://www.youtube.com/watch?v=1", None, (None, None), False),
        (f"<label>{FRAME}</label>", "https://www.youtube.com/watch?v=1", None, (None, None), False),
        (
            f"<details><summary>{FRAME}</summary></details>",
            "https://www.youtube.com/watch?v=1",
            None,
            (None, None),
            False,
        ),
    ],
)
def test_the_placeholder_knows_the_link_the_title_the_size_and_whether_it_may_hold_buttons(
    html: str, link: str, title: str | None, size: tuple[int | None, int | None], is_interactive: bool
) -> None:
    (placeholder,) = placeholders(f"<body>{html}</body>")

    assert (placeholder.link, placeholder.title, placeholder.is_interactive) == (link, title, is_interactive)
    assert (placeholder.width, placeholder.height) == size


@pytest.mark.parametrize(
    ("given", "site_url", "preview"),
    [
        ("/images/film.jpg", "", "/images/film.jpg"),
        ("/images/film.jpg", "https://www.example.com/sub", "https://www.example.com/sub/images/film.jpg"),
        (" film.jpg ", "", "film.jpg"),
        ("https://static.example.com/film.jpg", "", "https://static.example.com/film.jpg"),
        ("", "", None),
    ],
)
def test_the_placeholder_shows_the_picture_that_the_author_gave(
    given: str, site_url: str, preview: str | None
) -> None:
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    run = PagePass(DECLARATION, [Gate(render)], [], DECLARATION.reader())
    _, findings = ran(run, f'<body><iframe src="{FILM}" data-preview="{given}"></iframe></body>', site_url=site_url)

    assert findings == []
    assert [placeholder.preview for placeholder in seen] == [preview]


@pytest.mark.parametrize(
    "given", ["https://i.ytimg.com/vi/1/hqdefault.jpg", "//cdn.example.net/a.jpg", "data:image/png,"]
)
def test_a_preview_from_somebody_else_is_an_error(given: str) -> None:
    frame = f'<iframe src="{FILM}" data-preview="{given}"></iframe>'

    _, findings = ran(RUN, f"<body>{frame}</body>")

    assert [finding.check.name for finding in findings] == ["remote-preview"]
    assert findings[0].way_out == 'Copy the picture into content/images/ and write data-preview="/images/…".'


def test_a_placeholder_for_a_script_leads_nowhere() -> None:
    seen: list[Placeholder] = []

    def render(placeholder: Placeholder, page: Page) -> str:
        seen.append(placeholder)
        return "x"

    declaration = declared(services=["x"])
    ran(PagePass(declaration, [Gate(render)], [], declaration.reader()), f"<body>{WIDGETS}</body>")

    assert [placeholder.link for placeholder in seen] == [None]
