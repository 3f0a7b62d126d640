"""Small hand-made pages, put together from the templates as a build would do it, under a strict policy."""

import base64
import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import turbohtml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page

from plugins.cookie_banner import runtime
from plugins.cookie_banner.room import room_of
from tests.browser.third_party import PICTURE, SITE_HOST, ThirdParty

PLUGIN = Path(__file__).parents[2] / "plugins" / "cookie_banner"
ORIGIN = f"https://{SITE_HOST}"
VIDEO_HOST = "video.example"
STATS_HOST = "stats.example"
RECORDS_HOST = "records.example"
POLICY = "/privacy/"

TEMPLATES = Environment(loader=FileSystemLoader(PLUGIN / "templates"), undefined=StrictUndefined, autoescape=True)
STYLE = """
:root { color-scheme: light dark }
body { margin: 0; padding: 1rem; font: 1rem/1.5 sans-serif }
iframe, img { max-width: 100% }
iframe { border: 0 }
"""


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression is true in the page. (`Page.wait_for_function` needs eval, which the policy forbids.)"""
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
        const look = () => ({condition}) ? done() : requestAnimationFrame(look)
        look()
        setTimeout(() => fail(new Error("never true")), 10000)
    }})"""
    )


def messages(language: str) -> dict[str, Any]:
    """The plugin's messages in one language."""
    return tomllib.loads((PLUGIN / "messages" / f"{language}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Service:
    """A service as the templates see it."""

    id: str
    name: str
    provider: str
    country: str
    purpose: str
    purpose_text: str
    forget: list[list[str]]
    grants: str = ""
    sends: tuple[str, ...] = ("your IP address",)
    stores: str = "something"


VIDEO = Service(
    id="video",
    name="Example Video",
    provider="Video Ltd",
    country="Ireland",
    purpose="functional",
    purpose_text="show videos",
    forget=[
        ["cookie", "video_id"],
        ["cookie", "video_deep", "/privacy/"],
        ["local", "video-volume"],
        ["session", "video-tab"],
        ["indexeddb", "video-db-*"],
    ],
)
STATS = Service(
    id="stats",
    name="Example Stats",
    provider="Stats Inc",
    country="United States",
    purpose="statistics",
    purpose_text="count visits",
    forget=[["cookie", "_st_*"], ["local", "stats.queue"]],
)
IFRAME = f'<iframe src="https://{VIDEO_HOST}/embed/1" title="A film" width="560" height="315"></iframe>'
STATS_SCRIPT = f'<script src="https://{STATS_HOST}/count.js"></script>'
SERVICES = (VIDEO, STATS)


def asleep(markup: str, *services: Service) -> str:
    """Markup that waits for consent and is not visible: a script, a style sheet."""
    return f'<template data-gate="{" ".join(s.id for s in services)}">{markup}</template>'


@dataclass
class Site:
    """The company's site. Every page carries the runtime, the banner and the control."""

    third_party: ThirdParty
    language: str = "en"
    revision: str = "r1"
    wording: str = "a1b2c3d4e5f6"
    csp_extra: str = ""
    record_endpoint: str | None = None
    sells_or_shares: bool = False
    hashes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.third_party.answer(SITE_HOST, "/consent.js", runtime.script())
        self.third_party.answer(SITE_HOST, "/consent.css", runtime.style())
        self.third_party.answer(SITE_HOST, "/page.css", STYLE)
        self.third_party.answer(SITE_HOST, "/favicon.ico", PICTURE, "image/svg+xml")

    @property
    def messages(self) -> dict[str, Any]:
        """The messages that the pages show."""
        return messages(self.language)

    def render(self, template: str, **variables: Any) -> str:
        """One of the plugin's templates, with what each of them gets."""
        return TEMPLATES.get_template(template).render(
            m=self.messages, lang=self.language, policy_url=ORIGIN + POLICY, **variables
        )

    def gate(self, markup: str, *services: Service, **variables: Any) -> str:
        """Visible markup that waits for consent, with its placeholder."""
        embed = turbohtml.parse_fragment(markup, "div", positions=False, scripting=True).select_one("*")
        chosen = {
            "title": None,
            "room": room_of(embed) if embed else None,
            "link": None,
            "is_interactive": True,
            "is_seen": True,
            "preview": None,
        } | variables
        placeholder = self.render("placeholder.html", services=list(services), **chosen)
        return f'<span class="gate">{asleep(markup, *services)}{placeholder}</span>'

    def video(self) -> str:
        """The usual embed: a film in a frame."""
        link = f"https://{VIDEO_HOST}/watch/1"
        return self.gate(IFRAME, VIDEO, title="A film", link=link)

    def inline(self, code: str) -> str:
        """An inline script that the policy lets through by its hash."""
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        self.hashes.add(f"'sha256-{digest}'")
        return f"<script>{code}</script>"

    def page(self, path: str, main: str, head: str = "", services: tuple[Service, ...] = SERVICES) -> str:
        """Publish a page and return its address."""
        banner = self.render(
            "banner.html",
            services=list(services),
            controller="Example Systems GmbH",
            revision=self.revision,
            record_endpoint=self.record_endpoint,
            wording=self.wording,
        )
        control = self.render("control.html", sells_or_shares=self.sells_or_shares)
        links = self.render("head.html", base=ORIGIN, css="consent.css", js="consent.js")
        html = (
            f'<!DOCTYPE html><html lang="{self.language}" data-order=""><head><meta charset="utf-8"><title>Page</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/page.css">{links}{head}</head><body>{banner}'
            f'<header><a href="/" id="home">Home</a></header><main>{main}</main>'
            f"<footer>{control}</footer></body></html>"
        )
        self.third_party.answer(
            SITE_HOST, path, html, headers={"Content-Security-Policy": self.csp() + self.csp_extra}
        )
        return ORIGIN + path

    def csp(self) -> str:
        """The strictest policy under which the declared services can work."""
        hosts = f"https://{VIDEO_HOST} https://{STATS_HOST}"
        scripts = " ".join(["script-src 'self'", hosts, *sorted(self.hashes)])
        return (
            f"default-src 'none'; {scripts}; style-src 'self' {hosts}; img-src 'self' {hosts};"
            f" frame-src {hosts}; connect-src https://{RECORDS_HOST}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def policy_page(self) -> str:
        """A page with nothing on it that waits."""
        return self.page(POLICY, '<h1>Privacy</h1><h2 id="services">Services</h2><h2 id="cookies">Cookies</h2>')
