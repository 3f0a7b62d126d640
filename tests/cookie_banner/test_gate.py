"""The gate: HTML in, HTML out. The placeholder is a short word here; its markup has tests of its own."""

from __future__ import annotations

import pytest

from plugins.cookie_banner.gate import Gate
from plugins.privacy.page import Form
from plugins.privacy.page_pass import PagePass
from tests.cookie_banner.gate_kit import FILM, FRAME, LIBRARY, MAP, WIDGETS, gated, made, unseen, word
from tests.kit import declared, ran

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
    ("before", "after"),
    [
        (f'<div style="padding:56.25% 0 0">{FRAME}</div>', f'<div data-style="padding:56.25% 0 0">{FRAME}</div>'),
        (
            f'<figure style="a:b">\n<div STYLE=c:d> {FRAME}</div>\n</figure>',
            f'<figure data-style="a:b">\n<div data-style=c:d> {FRAME}</div>\n</figure>',
        ),
    ],
)
def test_what_is_styled_for_an_embed_alone_waits_with_it(before: str, after: str) -> None:
    """Awake, the style attribute of such a wrapper would violate the policy, and the film would lie over the page."""
    assert made(f"<body>{before}</body>") == f"<body>{gated(after)}</body>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div>", "</div>"),
        ('<div style="a:b">words', "</div>"),
        ('<div style="a:b">', "<i></i></div>"),
        ('<section style="a:b">', "</section>"),
        ('<p style="a:b">', "</p>"),
        ('<div style="a:b"><!-- words -->', "</div>"),
        ('<div style="a:b">', ""),
    ],
)
def test_what_stands_around_something_else_as_well_stays_awake(before: str, after: str) -> None:
    assert made(f"<body>{before}{FRAME}{after}</body>") == f"<body>{before}{gated(FRAME)}{after}</body>"


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://gc.zgo.at/count.js" data-goatcounter="https://x.goatcounter.com/count" async></script>',
        '<link rel="preconnect" href="https://gc.zgo.at">',
        '<link rel="stylesheet" href="https://gc.zgo.at/a.css">',
        '<img src="https://x.goatcounter.com/count?p=/" hidden alt="">',
    ],
)
def test_what_takes_no_room_waits_without_a_word(markup: str) -> None:
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


# Scripts that wait together

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


# Scripts that show something where they stand

POSTS = PagePass(declared(services=["x"]), [Gate(word)], [], declared(services=["x"]).reader())


def test_a_script_that_shows_something_has_a_placeholder_where_it_stands() -> None:
    text, findings = ran(POSTS, f"<body><blockquote>A post</blockquote>{WIDGETS}</body>")

    assert (text, findings) == (f"<body><blockquote>A post</blockquote>{gated(WIDGETS, 'x')}</body>", [])


def test_it_has_none_in_the_head_and_in_feeds() -> None:
    assert (
        ran(POSTS, f"<head>{WIDGETS}</head><body></body>")[0] == f"<head>{unseen(WIDGETS, 'x')}</head><body></body>"
    )
    assert ran(POSTS, f"<p>A post</p>{WIDGETS}", form=Form.FEED)[0] == "<p>A post</p>"


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
