"""The table of carriers is complete and true: a real browser loads the examples of every row, and what it loads
in ways that nobody thought of is reported as well."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.third_party import SITE_HOST, ThirdParty
from tests.conftest import BROWSER_ERRANDS
from tests.kit import declared
from tests.privacy.test_carriers import CASE_OF, Case, document, found
from tests.setup_browser import find_browser

pytestmark = pytest.mark.browser


def hosts(names: Iterable[str], prefix: str) -> dict[str, str]:
    """Give each case a host of its own."""
    return {name: f"{prefix}-{number:03}.example" for number, name in enumerate(names)}


def visited(browser: Browser, web: ThirdParty, folder: Path, page: str, scripts: bool) -> BrowserContext:
    """Open a page in a profile that is kept, as visitors have it: in a private one Chromium loads less."""
    path = find_browser()
    assert path, "No Chromium was found. Run `python -m tests.setup_browser`."
    rules = [*(f"MAP {host} ~NOTFOUND" for host in BROWSER_ERRANDS), f"MAP * 127.0.0.1:{web.port}"]
    profile = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=path,
        args=["--no-sandbox", f"--host-resolver-rules={', '.join(rules)}", "--ignore-certificate-errors"],
        java_script_enabled=scripts,
    )
    web.answer(SITE_HOST, "/", page)
    profile.new_page().goto(f"https://{SITE_HOST}/", wait_until="networkidle")
    return profile


def contacted(
    browser: Browser,
    web: ThirdParty,
    folder: Path,
    cases: Mapping[str, Case],
    host_of: Mapping[str, str],
    *,
    waits: bool = True,
) -> frozenset[str]:
    """Return the hosts that Chromium contacts for some cases: all on one page, documents of their own in frames.

    waits: whether every case is expected to load, but those that say why not.
    """
    web.forget()
    for scripts in (True, False):
        shown = {name: case for name, case in cases.items() if (case.place != "off") is scripts}
        parts: dict[str, list[str]] = {"head": [], "body": [], "frames": []}
        for name, case in shown.items():
            if case.place in ("head", "body"):
                parts[case.place].append(case.markup.replace("HOST", host_of[name]))
            else:
                web.answer(SITE_HOST, f"/{host_of[name]}", document(case, host_of[name]))
                parts["frames"].append(f"<iframe src=/{host_of[name]}></iframe>")
        head, body, frames = ("\n".join(markup) for markup in parts.values())
        page = (
            f"<!doctype html><html lang=en><head><title>Cases</title>{head}</head><body>{frames}{body}</body></html>"
        )
        with visited(browser, web, folder / str(scripts), page, scripts):
            for name, case in shown.items():
                if waits and case.is_certain and not case.why_not and host_of[name] not in web.hosts:
                    with suppress(AssertionError):
                        web.wait_for(host_of[name], "/x")
    assert web.mistakes == []
    seen = frozenset(web.hosts)
    web.forget()
    return seen


# Every row is true

ROW_HOSTS = hosts(CASE_OF, "row")


@pytest.fixture(scope="module")
def asked_by_rows(browser: Browser, web: ThirdParty, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The hosts that Chromium contacts for the examples of the rows."""
    return contacted(browser, web, tmp_path_factory.mktemp("rows"), CASE_OF, ROW_HOSTS)


@pytest.mark.parametrize("name", [name for name, case in CASE_OF.items() if case.is_certain and not case.why_not])
def test_chromium_loads_what_the_row_says_it_loads(name: str, asked_by_rows: frozenset[str]) -> None:
    assert ROW_HOSTS[name] in asked_by_rows, CASE_OF[name].markup


@pytest.mark.parametrize("name", [name for name, case in CASE_OF.items() if case.why_not])
def test_chromium_does_not_load_what_is_kept_for_other_browsers(name: str, asked_by_rows: frozenset[str]) -> None:
    """Should it begin to, the case has to say so: then nothing but its reason has to be taken away."""
    assert ROW_HOSTS[name] not in asked_by_rows, CASE_OF[name].why_not


# Nothing else loads unreported


def utf16(text: str, mark: str = "") -> str:
    """A text in UTF-16, in base64."""
    return b64encode((mark + text).encode("utf-16-le")).decode()


def ways(url: str) -> dict[str, Case]:
    """Further markup that might load `url`, by name: what the table does not name, what it names in disguise."""
    picture, sheet = f"<img src='{url}'>", f'@import "{url}"'
    page = quote(picture)
    xml = f"<img xmlns='http://www.w3.org/1999/xhtml' src='{url}'/>"
    prefixed = f"<a xmlns:q='http://www.w3.org/1999/xhtml'><q:img src='{url}'/></a>"
    pi = f"<?xml-stylesheet type='text/css' href='{url}'?><a/>"
    entity = f'<!DOCTYPE a [<!ENTITY e "{xml.replace("<", "&#60;")}">]><a>&e;</a>'
    relative = url.removeprefix("https:")
    link = f'<a href="{url}">x</a>'
    path = '<path d="M0 0 L9 9 L20 0" {}/>'
    bodies = {
        "a picture": picture,
        # elements and attributes, old and new
        "param": f"<object><param name=src value={url}><param name=movie value={url}></object>",
        "applet": f"<applet code={url} codebase={url} archive={url}></applet>",
        "bgsound": f"<bgsound src={url}>",
        "image, srcset": f"<image srcset={url}>",
        "image in a select": f"<select><image src={url}></select>",
        "img in an option": f"<select><option>{picture}</option></select>",
        "img in a button of a select": f"<select><button>{picture}</button></select>",
        "iframe in a select": f"<select><iframe src={url}></iframe></select>",
        "svg in a select": f"<select><svg><image href={url} width=9 height=9 /></svg></select>",
        "style in a select": f"<select><style>{sheet}</style></select>",
        "selectedcontent": f"<select><button><selectedcontent></selectedcontent></button><option selected>{picture}</select>",
        "input without type": f"<input src={url} srcset={url}>",
        "input, srcset": f"<input type=image srcset={url}>",
        "background of a caption": f"<table><caption background={url}>x<tr><td>x</table>",
        "background of a div": f"<div background={url}>x</div><marquee background={url}>x</marquee><hr background={url}>",
        "old attributes of img": f"<img lowsrc={url} dynsrc={url} longdesc={url} data-src={url}>",
        "old attributes of embed": f"<embed code={url} href={url} pluginspage={url}>",
        "codebase": f"<object codebase={url} data=x></object><embed codebase={url} src=x>",
        "classid": f"<object classid={url} archive={url}></object>",
        "frames that never came": f"<portal src={url}></portal><fencedframe src={url}></fencedframe><webview src={url}></webview>",
        "controlledframe": f"<controlledframe src={url}></controlledframe>",
        "model": f"<model src={url}><source src={url}></model>",
        "attributionsrc": f"<img attributionsrc={url}><script attributionsrc={url}></script><a attributionsrc={url} href=/>x</a>",
        "ping": f"<a ping={url} href=/>x</a>",
        "a link": link,
        "meta link": f'<meta http-equiv=Link content="<{url}>; rel=stylesheet">',
        "meta report-uri": f"<meta http-equiv=Content-Security-Policy-Report-Only content=\"img-src 'none'; report-uri {url}\">",
        "meta endpoints": f"<meta http-equiv=Reporting-Endpoints content='default=\"{url}\"'>",
        "meta pictures": f"<meta property=og:image content={url}><meta name=msapplication-TileImage content={url}>",
        "isindex": f"<isindex action={url} prompt=x>",
        "patch sources": f"<div patchsrc={url}></div><template patchsrc={url} src={url}></template>",
        "unknown script": f"<script type=text/x src={url}></script><script type=speculationrules src={url}></script>",
        "form": f"<form action={url}><button formaction={url}>x</button></form>",
        "cite": f"<blockquote cite={url}>x</blockquote><q cite={url}>x</q><ins cite={url}>x</ins>",
        # templates, and markup in disguise
        "template": f"<template>{picture}</template>",
        "shadow root": f"<div><template shadowrootmode=open>{picture}</template></div>",
        "shadow root in a template": f"<template><div><template shadowrootmode=open>{picture}</template></div></template>",
        "template in svg": f"<svg><template><image href={url} width=9 height=9 /></template></svg>",
        "template in math": f"<math><template>{picture}</template></math>",
        "template in a formula's text": f"<math><mtext><template>{picture}</template></mtext></math>",
        "template for a marker": f'<div><?marker name="m1"?></div><template for="m1">{picture}</template>',
        "template for a range": f'<div><?start name="m2"?>x<?end?></div><template for="m2">{picture}</template>',
        "gate for a marker": f'<div><?marker name="m3"?></div><template data-gate=ways for="m3">{picture}</template>',
        "template for nothing": f'<template for="m4">{picture}</template>',
        "raw texts": f"<xmp>{picture}</xmp><noembed>{picture}</noembed><noframes>{picture}</noframes>",
        "textarea": f"<textarea>{picture}</textarea>",
        "comment, closed at once": f"<!-->{picture}-->",
        "comment, closed by --!>": f"<!--a--!>{picture}-->",
        "comment": f"<!-- {picture} -->",
        "CDATA": f"<![CDATA[{picture}]]>",
        "CDATA in svg": f"<svg><![CDATA[{picture}]]></svg>",
        "breakout of svg": f"<svg><p>{picture}",
        "noscript, quote": f'<noscript><p title="</noscript>{picture}">',
        "noscript, comment": f"<noscript><!--</noscript>{picture}-->",
        "unquoted with slashes": f"<img/src={url}/>",
        "NUL in a name": f"<img s\x00rc=/own.svg src={url}>",
        "attribute twice": f"<img src={url} src=/own.svg>",
        "references": f'<img src="&#104;ttps&colon;{relative}">',
        "backslashes": "<img src='{}'>".format(relative.replace("/", "\\")),
        "line break in a scheme": f"<img src='ht\ntps:{relative}'>",
        "brackets in a srcset": f"<img srcset='/own.svg 1x(( ), {url} 2x'>",
        # formulas and drawings
        "img in mtext": f"<math><mtext>{picture}</mtext></math>",
        "object in mi": f"<math><mi><object data={url}></object></mi></math>",
        "iframe in annotation-xml": f"<math><annotation-xml encoding=Text/HTML><iframe src={url}></iframe></annotation-xml></math>",
        "style in mtext": f"<math><mtext><style>{sheet}</style></mtext></math>",
        "mglyph": f"<math altimg={url}><mi><mglyph src={url} alt=x></mi></math>",
        "links in math": f"<math href={url}><mi href={url} xlink:href={url}>x</mi></math>",
        "annotation": f"<math><semantics><mi>x</mi><annotation src={url}></annotation></semantics></math>",
        "script element in math": f"<math><script src={url}></script><script href={url}></script></math>",
        "img in foreignObject": f"<svg><foreignObject width=9 height=9>{picture}</foreignObject></svg>",
        "img in desc": f"<svg><desc>{picture}</desc><title><embed src={url}></title></svg>",
        "html elements in svg": f"<svg><iframe src={url}></iframe><video src={url}></video><object data={url}></object></svg>",
        "src in svg": f"<svg><image src={url} width=9 height=9 /><script src={url}></script></svg>",
        "link in svg": f"<svg><link rel=stylesheet href={url} /></svg>",
        "style with CDATA": f"<svg><style><![CDATA[{sheet}]]></style></svg>",
        "xml:base": f"<svg><g xml:base={url}><image href=x width=9 height=9 /></g></svg>",
        "cursor, tref, font-face-uri": f"<svg><cursor xlink:href={url} /><text><tref xlink:href={url} /></text></svg>",
        "set of a cursor": f"<svg><rect width=9 height=9><set attributeName=cursor to='url({url}), auto'/></rect></svg>",
        "set by target": f"<svg><image id=i1 width=9 height=9 /><set href='#i1' attributeName=href to={url} /></svg>",
        "set of feImage": f"<svg><filter id=f1><feImage><set attributeName=href to={url} /></feImage></filter><rect filter='url(#f1)' width=9 height=9 /></svg>",
        "other animations": f"<svg><image width=9 height=9><animateColor attributeName=href dur=1s values={url} /><animateTransform attributeName=href dur=1s values={url} /></image></svg>",
        **{
            f"svg attribute {name}": "<svg>" + path.format(f"{name}='url({url})'") + "</svg>"
            for name in "background list-style-image border-image content mask-border -webkit-mask shape-outside offset-path".split()
        },
        # what the preload scanner reads, which knows tags and no tree
        "CDATA after a bracket": f"<svg><![CDATA[ > {picture} ]]></svg>",
        "gate that ends in CDATA": f"<template data-gate=ways><svg><![CDATA[ > </template>{picture} ]]></svg></template>",
        **{
            f"{name} in {space}": f'<{space}><{name}><a title="</{name}>{picture}"></a></{name}></{space}>'
            for space in ("svg", "math")
            for name in "style script title textarea xmp noscript noembed noframes iframe".split()
        },
        "comment in a title of svg": f"<svg><title><!--</title>{picture}--></title></svg>",
        "picture in svg": f"<picture><svg><source srcset={url}></svg><img src=/own.svg></picture>",
        "html links in math": f"<math><link rel=icon href={url} /><link rel=prefetch href={url} /></math>",
        "contents of iframe": f"<iframe>{picture}</iframe>",
        "base in svg, for the scanner": f"<svg><base href={url}></base></svg>",
        # CSS
        "@import without quotes": f"<style>@import {url};</style>",
        "@import, bad address": f"<style>@import url({url} y);</style>",
        "src()": f"<p style='background: src(\"{url}\")'>x",
        "cross-fade()": f"<p style='background: -webkit-cross-fade(url({url}), url(/own.svg), 50%)'>x",
        "image()": f"<p style='background: image(\"{url}\")'>x",
        "var() with a fallback": f"<p style='background: image-set(var(--no, \"{url}\") 1x)'>x",
        "env() with a fallback": f"<p style='background: image-set(env(no, \"{url}\") 1x)'>x",
        "if()": f'<p style=\'background: image-set(if(media(screen): "{url}"; else: "/own.svg") 1x)\'>x',
        "attr()": f"<style>.w1 {{ background: image-set(attr(data-u) 1x) }}</style><p class=w1 data-u={url}>x",
        "attr() of any type": f"<style>.w2 {{ background: attr(data-u type(*)) }}</style><p class=w2 data-u='url({url})'>x",
        "@property": f'<style>@property --w3 {{ syntax: "<string>"; inherits: false; initial-value: "{url}" }} .w3 {{ background: image-set(var(--w3) 1x) }}</style><p class=w3>x',
        "@function": f'<style>@function --w4() {{ result: "{url}" }} .w4 {{ background: image-set(--w4() 1x) }}</style><p class=w4>x',
        "@function with arguments": f'<style>@function --w5(--u) {{ result: image-set(var(--u) 1x) }} .w5 {{ background: --w5("{url}") }}</style><p class=w5>x',
        "@namespace": f"<style>@namespace url({url}); .w6 {{ color: red }}</style><p class=w6>x",
        "@counter-style": f"<style>@counter-style w7 {{ system: cyclic; symbols: url({url}) }} .w7 {{ display: list-item; list-style: w7 }}</style><p class=w7>x",
        "@import, escaped and open": f"<style>@\\69mport '{url}</style>",
        "nested rules": f"<style>.w8 {{ & b {{ background: url({url}) }} }}</style><p class=w8><b>x</b>",
        "content": f"<style>.w9::before {{ content: url({url}) }}</style><p class=w9>x",
        "filter and path": f"<p style='filter: url({url}#f); offset-path: url({url}#p)'>x",
        "box-reflect": f"<p style='-webkit-box-reflect: below 0 url({url})'>x",
        # documents and style sheets in addresses
        "html": f"<iframe src='data:Text/HTML;charset=utf-8,{page}'></iframe>",
        "html in an object": f"<object data='data:text/html,{page}'></object>",
        "html in an embed": f"<embed src='data:text/html,{page}'>",
        "plain text": f"<iframe src='data:,{page}'></iframe><iframe src='data:text/plain,{page}'></iframe>",
        "html in UTF-16": f"<iframe src='data:text/html;charset=utf-16le;base64,{utf16(picture)}'></iframe>",
        "html with a byte order mark": f"<iframe src='data:text/html;base64,{utf16(picture, chr(0xFEFF))}'></iframe>",
        "xml": f"<iframe src='data:application/xhtml+xml,{quote(xml)}'></iframe>",
        "feed": f"<iframe src='data:application/rss+xml,{quote(xml)}'></iframe>",
        "xsl": f"<iframe src='data:text/xsl,{quote(xml)}'></iframe>",
        "xml with a prefix": f"<iframe src='data:application/xml,{quote(prefixed)}'></iframe>",
        "xml with a style sheet": f"<iframe src='data:text/xml,{quote(pi)}'></iframe>",
        "xml with an entity": f"<iframe src='data:text/xml,{quote(entity)}'></iframe>",
        "xml with a DTD": f"<iframe src='data:text/xml,{quote(f'<!DOCTYPE a SYSTEM {chr(34)}{url}{chr(34)}><a/>')}'></iframe>",
        "svg as a picture": f"<img src='data:image/svg+xml,{quote(f'<svg xmlns={chr(34)}http://www.w3.org/2000/svg{chr(34)}><image href={chr(34)}{url}{chr(34)}/></svg>')}'>",
        "frame in a frame": f"<iframe src='data:text/html,{quote(f'<iframe src={chr(34)}data:text/html,{page}{chr(34)}></iframe>')}'></iframe>",
        "scheme without slashes in a frame": f"<iframe src='data:text/html,<img src=https:{relative[2:]}>'></iframe>",
        "scheme without slashes in a sheet": f"<style>@import 'data:text/css,@import \"https:{relative[2:]}\"'</style>",
        "host without scheme in a frame": f"<iframe src='data:text/html,<img src={relative}>'></iframe>",
        "style sheet": f"<link rel=stylesheet href='data:text/css,{quote(sheet)}'>",
        "style sheet of another type": f"<link rel=stylesheet href='data:text/plain,{quote(sheet)}'>",
        "style sheet in UTF-16": f"<link rel=stylesheet href='data:text/css;base64,{utf16(sheet, chr(0xFEFF))}'>",
        "javascript frame": f'<iframe src="javascript:`{picture}`"></iframe>',
        "srcdoc": f'<iframe srcdoc="{picture}"></iframe>',
        "srcdoc, frameset": f'<iframe srcdoc="<frameset><frame src={url}></frameset>"></iframe>',
        "srcdoc, body": f'<iframe srcdoc="<body background={url}>"></iframe>',
        "srcdoc, html": f"<iframe srcdoc=\"<html style='background: url({url})'>\"></iframe>",
        "srcdoc in srcdoc": f"<iframe srcdoc=\"<iframe srcdoc='&lt;img src={url}&gt;'></iframe>\"></iframe>",
        "srcdoc and a base": f'<iframe srcdoc="<base href={url}><img src=x>"></iframe>',
        "srcdoc and a template": f'<iframe srcdoc="<template>{picture}</template>"></iframe>',
        # rules that choose links
        "speculation by selector": f'<script type=speculationrules>{{"prefetch":[{{"where":{{"selector_matches":"#s1"}},"eagerness":"immediate"}}]}}</script><a id=s1 href={url}>x</a>',
        "speculation by address": f'<script type=speculationrules>{{"prefetch":[{{"where":{{"and":[{{"href_matches":"https://*/*"}},{{"selector_matches":"#s2"}}]}},"eagerness":"immediate"}}]}}</script><a id=s2 href={url}>x</a>',
        "speculation, escaped": '<script type=speculationrules>{"prefetch":[{"urls":["\\u0068ttps:URL"],"eagerness":"immediate"}]}</script>'.replace(
            "URL", relative
        ),
    }
    rels = (
        "next prev pingback import serviceworker subresource canonical amphtml author license help monetization webmention "
        "payment facilitated-payment privacy-policy terms-of-service me image_src EditURI alternate expect webbundle "
        "describedby dictionary fluid-icon speculationrules first home shortlink wlwmanifest p3pv1 early-hint bundle"
    ).split()
    heads = {f"link {rel}": f"<link rel={rel} href={url}>" for rel in rels} | {
        "icon, imagesrcset": f"<link rel=icon imagesrcset={url}>",
        "importmap alone": f'<script type=importmap>{{"imports":{{"b":"{url}"}}}}</script>',
    }
    kinds = "style script font fetch document track audio video worker json object embed".split()
    heads |= {f"preload as {kind}": f"<link rel=preload as={kind} crossorigin href={url}>" for kind in kinds}
    pages = {
        "html, background": f"<html background={url} manifest={url}><head profile={url}><body>x",
        "html, style": f"<html style='background: url({url})'><body>x",
        "body, twice": f"<body><p>x<body background={url}>",
        "html, twice": f"<body>x<html style='background: url({url})'>",
        "frameset, background": f"<frameset background={url}><frame longdesc={url} src=/></frameset>",
        "frameset, picture": f"<frameset>{picture}<frame src=/></frameset>",
        "frameset, end of template": f"<frameset></template>{picture}<frame src=/></frameset>",
        "after a frameset": f"<frameset><frame src=/></frameset><script src={url}></script>",
        "plaintext": f"<plaintext>{picture}",
        "open tag": f"<img src='{url}'",
        "quirks, sheet without type": f"<link rel=stylesheet href='data:,{quote(sheet)}'>",
        "quirks, import without type": f"<style>@import 'data:text/plain,{quote(sheet)}'</style>",
        "base": f"<base href={url}><img src=x>",
        "base, data": f"<base href='data:,'><img src={relative}>",
        "base, javascript": f"<base href='javascript:'><img src={relative}>",
        "base, mailto": f"<base href='mailto:x'><img src={relative}>",
        "base, empty, and another": f"<base href=''><base href={url}><img src=x>",
        "base, data, and another": f"<base href='data:,'><base href={url}><img src=x>",
        "base in svg": f"<body><svg><base href='mailto:x'></base></svg><img src={relative}>",
        "base in a template": f"<template><base href='mailto:x'></template><img src={relative}>",
        "base in a template, and another": f"<template><base href=/></template><base href={url}><img src=x>",
        "base in a shadow root": f"<body><div><template shadowrootmode=open><base href='mailto:x'></template></div><img src={relative}>",
        "base, http": f"<base href=http://www.example.com/><img src=https:{relative[2:]}>",
        "refresh with wide spaces": f"<meta http-equiv=refresh content='\u30000\u3000;\u3000url=\u3000{relative}'>",
        "refresh to data": f"<meta http-equiv=refresh content='0;url=data:text/html,{page}'>",
    }
    without_scripts = {
        "noscript": f"<noscript>{picture}</noscript>",
        "noscript, quote, off": f'<noscript><p title="</noscript><p title=">{picture}">',
        "noscript, textarea, off": f'<noscript><textarea></noscript><p title="</textarea>{picture}">',
        "noscript, comment, off": f'<noscript><!--</noscript><p title="-->{picture}">',
        "noscript, body, off": f"<noscript><body background={url}></noscript>",
        "template for a marker, off": f'<div><?marker name="m5"?></div><template for="m5">{picture}</template>',
    }
    return {
        **{name: Case(markup) for name, markup in bodies.items()},
        **{name: Case(markup, "head") for name, markup in heads.items()},
        **{name: Case(markup, "page") for name, markup in pages.items()},
        **{name: Case(markup, "off") for name, markup in without_scripts.items()},
    }


WAY_HOSTS = {name: f"way-{number:03}.ways.example" for number, name in enumerate(ways(""))}
WAYS = {name: ways(f"https://{host}/x")[name] for name, host in WAY_HOSTS.items()}
SERVICE = {
    "id": "ways",
    "name": "Ways",
    "provider": "Ways Ltd",
    "purpose": "functional",
    "reason": "They are tried.",
    "hosts": [{"host": "*.ways.example", "role": "frame"}],
}
EITHER_WAY = {"broken-link", "unused-service"}


@pytest.fixture(scope="module")
def asked_by_ways(browser: Browser, web: ThirdParty, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The hosts that Chromium contacts for all these ways."""
    seen = contacted(browser, web, tmp_path_factory.mktemp("ways"), WAYS, WAY_HOSTS, waits=False)
    assert WAY_HOSTS["a picture"] in seen
    return seen


@pytest.mark.parametrize("name", WAYS)
def test_what_chromium_loads_in_any_way_is_reported(name: str, asked_by_ways: frozenset[str], tmp_path: Path) -> None:
    """The service is declared and nothing is held back: what is silent is believed to sleep."""
    if WAY_HOSTS[name] not in asked_by_ways:
        return
    html = document(WAYS[name], WAY_HOSTS[name])
    reported = {finding.check.name for finding in found(html, tmp_path, declared(services=[SERVICE]))}
    assert reported - EITHER_WAY, html


# What no reader can tell


@pytest.mark.parametrize(
    "markup",
    [
        "<script>new Image().src = 'URL'</script>",
        "<script type=module>import 'URL'</script>",
        "<img src=data:, onerror=\"new Image().src = 'URL'\">",
        "<script src=\"data:text/javascript,new Image().src='URL'\"></script>",
    ],
)
def test_what_a_program_loads_is_known_to_nobody_who_only_reads_it(
    markup: str, third_party: ThirdParty, browser: Browser, tmp_path: Path
) -> None:
    """The limit of both readers: programs can load what they like, and only a Content Security Policy stops them."""
    markup = markup.replace("URL", "https://program.example/x")
    html = document(Case(markup), "program.example")
    of_programs = {*EITHER_WAY, "script-names-host", "inline-handler"}  # say that there is one, not what it loads
    assert [finding for finding in found(html, tmp_path, declared()) if finding.check.name not in of_programs] == []
    third_party.answer(SITE_HOST, "/", html)
    with browser.new_context() as profile:
        profile.new_page().goto(f"https://{SITE_HOST}/")
        third_party.wait_for("program.example", "/x")
