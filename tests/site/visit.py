"""One browser goes to every page once and writes down what matters; the tests judge what it wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.third_party import SITE_HOST, ThirdParty

ORIGIN = f"https://{SITE_HOST}"
SCREEN: ViewportSize = {"width": 1024, "height": 768}
# WCAG 2.2 at level AA, and what axe-core calls best practice
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The rules that judge colours; the others find the same in both schemes
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """async ([part, run]) => {
    const { violations } = await axe.run(part, { ...run, resultTypes: ['violations'], elementRef: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.flat(9).join(' ')} ${node.html.slice(0, 120)}`));
}"""
# Before any script of the page: shifts of the layout and breaches of the policy, as they happen
WATCH = """
    window.seen = { shifts: [], breaches: [] };
    new PerformanceObserver(list => list.getEntries().forEach(entry => entry.hadRecentInput ||
        seen.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(s => s.node?.outerHTML?.slice(0, 80)).join(', ')}`)
    )).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', e => seen.breaches.push(`${e.effectiveDirective} ${e.blockedURI}`));
"""
# Pictures that wait until they are near are fetched as well, then everything is painted
LOADED = """async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map(image => image.decode()));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
STORED = """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name), ...await caches.keys()]"""
# Elements that stick out to the right; what scrolls inside an element of its own does not widen the page
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 100))"""


@dataclass
class Visit:
    """What was seen on one page. Every list is empty on a good one, except `transferred`.

    accessibility: complaints of axe-core, each with the state of the page in which it arose. shifts: of the layout,
    before the visitor did anything. breaches: of the Content Security Policy. complaints: on the console.
    foreign: hosts asked before a choice. stored: what was kept on the device before a choice. wider: what does not fit into 320 pixels. transferred: the site's
    own files that were fetched, by their paths.
    """

    accessibility: list[str] = field(default_factory=list)
    shifts: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    wider: list[str] = field(default_factory=list)
    transferred: list[str] = field(default_factory=list)


def visit_all(browser: Browser, web: ThirdParty, names: list[str]) -> dict[str, Visit]:
    """Return what is seen on each page; names are files relative to the site. One tab goes to all of them, each
    time as somebody who was never there."""
    profile = browser.new_context(viewport=SCREEN, color_scheme="light")
    page = profile.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(AXE_SCRIPT)  # handed over once, which takes less time than for each page
    visits = {name: _visit(page, web, name) for name in names}
    profile.close()
    return visits


def _visit(page: Page, web: ThirdParty, name: str) -> Visit:
    visit = Visit()
    listeners: dict[Any, Any] = {
        "console": lambda said: visit.complaints.append(said.text) if said.type == "error" else None,
        "pageerror": lambda error: visit.complaints.append(str(error)),
        "response": lambda response: visit.transferred.append(response.url.removeprefix(ORIGIN)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    web.requests.clear()
    web.handshakes.clear()
    page.goto(f"{ORIGIN}/{name.removesuffix('index.html')}")
    page.evaluate(LOADED)
    visit.foreign = sorted(web.hosts)
    visit.stored = page.evaluate(STORED) + [str(cookie["name"]) for cookie in page.context.cookies()]
    _judge(page, visit, "[data-consent]")
    if page.locator("[data-consent]").count():
        page.locator("[data-consent] [data-consent-choice=reject]").click()
        page.evaluate("document.activeElement.blur()")
    _judge(page, visit, "body")
    page.set_viewport_size({"width": 320, "height": 600})
    visit.wider = page.evaluate(WIDER)
    seen = page.evaluate("seen")
    visit.shifts, visit.breaches = seen["shifts"], seen["breaches"]
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    page.context.clear_cookies()
    page.set_viewport_size(SCREEN)
    return visit


def _judge(page: Page, visit: Visit, coloured: str) -> None:
    """Ask axe-core about everything but colours on the whole page, and about the colours of a part, in both schemes:
    they take most of the time, and an open banner changes none but its own."""
    state = "banner open" if coloured == "[data-consent]" else "banner closed"
    rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in COLOURS}}
    everything = {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules}
    visit.accessibility += [f"{state}: {one}" for one in page.evaluate(AXE, ["html", everything])]
    if page.locator(coloured).count():
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(AXE, [coloured, {"runOnly": {"type": "rule", "values": COLOURS}}])
            visit.accessibility += [f"{state}, {scheme}: {one}" for one in found]
