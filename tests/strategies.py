"""Pages as nobody should write them and somebody will: broken, nested and misnested, put together from fragments.

The pieces are real: embeds as providers hand them out, tables, drawings, formulas, templates, and the ends and
beginnings of markup on which HTML parsers disagree.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from hypothesis import strategies as st

OWN = ("/a.svg", "a/b", "", "#top", "?q", "https://www.example.com/x", "//static.example.com/x", "mailto:a@b.example")
DECLARED = (
    "https://www.youtube.com/embed/abc",
    "//www.youtube-nocookie.com/embed/x?a=1&b=2",
    "https://i.ytimg.com/vi/1.jpg",
    "https://www.openstreetmap.org/export/embed.html",
    "https://gc.zgo.at/count.js",
)
FOREIGN = (
    "https://evil.example/x",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "ht\ttps://evil.example/",
    "https://evil.example:8080/x, https://evil.example/y 2x",
    "https://www.example.com@evil.example/",
    "http:evil.example/x",
    "https://[::1]/x",
    "https://evil.example./",
)
LINKS = (
    "https://www.amazon.com/dp/B000000000",
    "https://www.amazon.de/dp/B000000000?tag=examplesystems-21#x",
    "https://www.amazon.co.uk/dp/1?tag=somebody-20",
    "https://www.amazon.com/exec/obidos/ASIN/1/examplesystems-20",
    "https://www.amazon.com\\dp\\1/ref=x/some%62ody-20/?tag=a&t%61g=examplesystems-20",
    "https://smile.amazon.de/dp/1?AssociateTag=somebody-20",
    "https://u@www.amazon.com/dp/1",
    "https://amzn.to/x",
    "https://xn--mazon-3ve.com/",
    "https://t.co/x",
    "https://www.debian.org/",
    "https://exa mple/",
    "javascript:alert(1)",
)
INLINE = (
    "data:text/html,<img src=https://evil.example/x>",
    "data:text/html;base64,PGltZyBzcmM9aHR0cHM6Ly93d3cueW91dHViZS5jb20vPg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='//evil.example/'/></svg>",
    "data:text/css,@import '//evil.example/x.css'",
    "data:,x",
    "javascript:'<p>'",
)
STYLES = (
    "color:red",
    "background:url(//evil.example/x)",
    "background:u\\72l('https://www.youtube.com/x.png')",
    "--x:'https://evil.example/x'",
    "a{}@import 'https://evil.example/x.css';b{background:image-set('//evil.example/y' 1x)}",
)
REFRESHES = ("0;url=https://evil.example/", "5", "1;URL='//www.youtube.com/'")
RULES = ('{"prefetch":[{"urls":["https://evil.example/"]}]}', "{", '{"imports":{"a":"https://gc.zgo.at/x.js"}}')

_SRC, _HREF = ("src",), ("href",)
ELEMENTS: dict[str, tuple[str, ...]] = {
    "a": (
        *_HREF,
        "ping",
        "class",
        "rel",
        "aria-describedby",
        "data-affiliate",
        "data-xlink",
        "target",
        "referrerpolicy",
    ),
    "area": _HREF,
    "audio": _SRC,
    "base": _HREF,
    "button": ("formaction",),
    "col": ("background",),
    "div": ("style", "class"),
    "embed": _SRC,
    "form": ("action",),
    "frame": _SRC,
    "iframe": ("src", "srcdoc", "style", "width", "height", "onload", "title"),
    "image": ("src", "href", "xlink:href"),
    "img": ("src", "srcset", "style", "width", "height", "alt"),
    "input": ("src", "type", "formaction"),
    "link": ("href", "rel", "imagesrcset"),
    "meta": ("content", "http-equiv"),
    "object": ("data", "type"),
    "script": ("src", "type", "href"),
    "set": ("attributename", "to"),
    "source": ("src", "srcset"),
    "table": ("background", "style"),
    "td": ("background",),
    "template": ("shadowrootmode", "data-gate", "src"),
    "track": _SRC,
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
    "rect": ("fill", "filter", "style", "href"),
    "mi": ("style", "href"),
}
PLAIN = (
    "b i p h1 ul li pre code blockquote section nav footer main picture select option button label summary details "
    "tr tbody thead caption colgroup svg g foreignobject desc title math mtext annotation-xml style noscript "
    "textarea xmp noembed noframes frameset body html head dialog marquee font nobr"
).split()
VALUES: dict[str, Sequence[str]] = {
    "style": STYLES,
    "fill": ("url(#a)", "url(//evil.example/#a)", "red"),
    "filter": ("url('https://www.youtube.com/#f')", "none"),
    "content": REFRESHES,
    "http-equiv": ("refresh", "Refresh", "x"),
    "rel": ("stylesheet", "icon", "preload", "noopener External", "canonical", "noreferrer", "PRECONNECT x"),
    "type": ("image", "importmap", "speculationrules", "module", "text/html"),
    "attributename": ("href", "fill"),
    "class": ("xlink", "x y", "XLINK--third", "paid-link", "gate"),
    "aria-describedby": ("xlink-third", "y"),
    "data-affiliate": ("off", "on", "own", "of"),
    "data-xlink": ("off", "x"),
    "target": ("_blank", "_self", "x"),
    "referrerpolicy": ("no-referrer", "origin"),
    "shadowrootmode": ("open", "x"),
    "data-gate": ("youtube", "", "openstreetmap youtube"),
    "width": ("1", "560", "100%", "0"),
    "height": ("1", "315px", "0"),
    "onload": ("x()",),
    "title": ("A > b", 'Say "hello"', "</noscript>", "-->", "</template>"),
    "alt": ("", "A picture"),
}
NOISE = (
    "text",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "é\u2028𝄞",
    "&amp;",
    "&lt;img src=x&gt;",
    "&#0;&#x110000;&notit;",
    "<",
    "</",
    "<!",
    "<?",
    "<?x?>",
    "<!-- c -->",
    "<!--",
    "<!-->",
    "--!>",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "</ x>",
    "</br>",
    "</p>",
    "<a",
    '<p title="',
    "<p title='",
    '">',
    "'>",
    ">",
    "=",
    "/>",
    "</script>",
    "<script><!--<script>",
    "<plaintext>",
    '<span class="xlink-icon"></span>',
    '<p class="affiliate-disclosure">x</p>',
    '<span id="xlink-third"></span>',
)
WHOLE = (
    '<iframe width="560" height="315" src="https://www.youtube.com/embed/abc" title="A film" allowfullscreen></iframe>',
    '<script data-goatcounter="https://x.goatcounter.com/count" async src="//gc.zgo.at/count.js"></script>',
    "<p>Read <a href='https://www.debian.org/'>this</a> and <A HREF=https://evil.example/>that</A>.</p>",
    '<table><tr><td><img src="https://i.ytimg.com/vi/1.jpg"></table>',
    "<svg viewBox='0 0 1 1'><image href='https://www.youtube.com/x.png'/><a xlink:href='//evil.example'>x</a></svg>",
    "<math><mi xlink:href='https://evil.example/'>x</mi></math>",
    '<video poster="//i.ytimg.com/x.jpg"><source src="https://www.youtube.com/x.mp4"><track src=x></video>',
    "<object data='https://www.youtube.com/v/x'><embed src='https://www.youtube.com/v/x'></object>",
    "<picture><source srcset='https://i.ytimg.com/a 1x, /b 2x'><img src=/c></picture>",
    "<noscript><img src='https://www.youtube.com/pixel' width=1 height=1></noscript>",
    "<noscript><a href='https://evil.example/'>x</a><a href='https://www.amazon.com/dp/1'>y</a></noscript>",
    "<iframe srcdoc=\"<a href='//evil.example'>x</a><img src=a>\"></iframe>",
    '<iframe srcdoc="<img src=&quot;//www.youtube.com/x&quot;>"></iframe>',
    "<style>@import 'https://evil.example/x.css';</style>",
    '<template><img src="https://www.youtube.com/x"></template>',
    '<link rel="stylesheet" href="https://www.youtube.com/x.css">',
    '<a href="https://www.amazon.com/dp/B000000000">book</a>',
    '<pre><code>&lt;iframe src="https://evil.example/"&gt;</code></pre>',
)
QUOTE_TRICKS = (
    '<noscript><p title="</noscript>',
    "<noscript><!--</noscript>",
    "<noscript><textarea></noscript>",
    "<noscript><style></noscript>",
    "<noscript><a href='</noscript>",
    "<noscript>",
    "</noscript>",
    '<p title="',
    '">',
    "'>",
    "-->",
    "</textarea>",
    "</style>",
    "<img src=//evil.example/x>",
    '<img src="https://evil.example/x">',
    "<iframe src='https://www.youtube.com/embed/1'></iframe>",
    '<a href="https://evil.example/">x</a>',
    "<a href=https://www.amazon.com/dp/1>x</a>",
    "<svg>",
    "</svg>",
    "<p>",
    "x",
)

IN_LINKS = (
    "words",
    " ",
    '<img src="/a.png" alt="A picture">',
    '<img src="/a.png" alt="">',
    "<svg><title>A name</title></svg>",
    "<svg><text>x</text><path/></svg>",
    '<noscript><img src="/a.png" alt="A picture"></noscript>',
    '<object data="/a.svg">instead</object>',
    "<canvas>instead</canvas>",
    "<b>words</b>",
    "<code>code</code>",
    "<h3>words</h3>",
    '<h3><img src="/a.png" alt="A picture"></h3>',
    "<h3><svg><title>A name</title></svg></h3>",
    "<p>words</p>",
    "<p></p>",
    "<div><br></div>",
)

addresses = st.sampled_from([*OWN, *DECLARED, *DECLARED, *FOREIGN, *LINKS, *INLINE])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def _value_of(name: str) -> st.SearchStrategy[str]:
    known = VALUES.get(name)
    return st.sampled_from(known) if known else addresses


@st.composite
def attributes(draw: st.DrawFn, name: str) -> str:
    """One attribute in one of the ways in which people write them, broken ones included."""
    value = draw(_value_of(name))
    escaped = html.escape(value)
    style = draw(st.integers(0, 9))
    if style < 4:
        return f' {name}="{escaped}"'
    if style == 4:
        return f"\n{name.upper()} = '{escaped}'"
    if style == 5:
        return f"/{name}={escaped}"
    if style == 6:
        return f' {name}="{"".join(f"&#{ord(c)};" for c in value)}"'
    if style == 7:
        return f' {name}="{value}"'
    if style == 8:
        return f" {name}='{value}"
    return f" {name}"


@st.composite
def start_tags(draw: st.DrawFn, name: str | None = None) -> str:
    """A start tag with attributes that matter to it, some twice."""
    name = name or draw(st.sampled_from([*ELEMENTS, *PLAIN]))
    names = draw(st.lists(st.sampled_from(ELEMENTS.get(name, ("style", "class", "href", "src"))), max_size=3))
    written = "".join(draw(attributes(attribute)) for attribute in names)
    shown = name.upper() if draw(st.booleans()) else name
    return f"<{shown}{written}{draw(st.sampled_from(['>', '>', '>', '/>', ' >']))}"


end_tags = st.sampled_from([*ELEMENTS, *PLAIN]).map("</{}>".format)
pieces = st.one_of(
    st.sampled_from(WHOLE),
    start_tags(),
    start_tags(),
    end_tags,
    st.sampled_from(NOISE),
    texts,
)


@st.composite
def elements(draw: st.DrawFn) -> str:
    """An element around some pieces, closed as a rule."""
    name = draw(st.sampled_from([*ELEMENTS, *PLAIN]))
    inner = "".join(draw(st.lists(pieces, max_size=3)))
    end = f"</{name}>" if draw(st.integers(0, 3)) else ""
    return draw(start_tags(name)) + inner + end


@st.composite
def links(draw: st.DrawFn) -> str:
    """A link around words, pictures and blocks, which may open a new tab."""
    target = draw(st.sampled_from(("", "", " target=_blank", " target=shop")))
    href = html.escape(
        draw(st.sampled_from(("/own", "https://evil.example/", "https://www.debian.org/", *LINKS[:2])))
    )
    inner = "".join(draw(st.lists(st.sampled_from(IN_LINKS), max_size=4)))
    return f'<a href="{href}"{target}>{inner}</a>'


fragments = st.lists(st.one_of(pieces, elements()), max_size=6).map("".join)


def _document(parts: tuple[str, str]) -> str:
    head, body = parts
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Page</title>{head}</head>\n'
        f"<body>\n<main>{body}</main>\n<footer>Footer</footer>\n</body>\n</html>\n"
    )


framed = st.tuples(st.one_of(st.just(""), fragments), fragments).map(_document)
documents = st.one_of(framed, framed, framed, fragments)
NO_SCRIPT = '<noscript><a href="/own">x</a></noscript>'
linked = st.tuples(
    st.sampled_from(("", "", '<base target="_blank">', '<base target="_self">')),
    st.lists(st.one_of(links(), links(), st.sampled_from(("<p>", "</p>", "<pre>", "</pre>", NO_SCRIPT))), max_size=4),
).map(lambda parts: (parts[0], "".join(parts[1])))
linked_documents = st.one_of(linked.map(_document), linked.map("".join))
quote_tricks = st.lists(st.sampled_from(QUOTE_TRICKS), min_size=1, max_size=7).map("".join)
tricky_documents = st.one_of(
    quote_tricks.map(lambda body: _document(("", body))), quote_tricks.map(lambda head: _document((head, "")))
)
