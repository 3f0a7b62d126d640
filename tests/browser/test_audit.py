"""The deep form of the audit: a real Chromium opens the pages of a real build. Nobody outside is contacted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plugins.privacy_audit.browser import ACCEPTED, STATES, Plan, Visits, visit
from plugins.privacy_audit.browser_checks import judged_visits
from tests.kit import declared
from tests.site_kit import VIDEO, new_site, run

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = "https://www.example.com/"
EVIL = """fetch("https://tracker.example/collect").catch(() => {});
new Image().src = "https://www.youtube-nocookie.com/pixel.gif";
localStorage.setItem("visitor", "42");
document.cookie = "id=42";
"""


def visited(plan: Plan, pages: Sequence[str]) -> Visits:
    """Visit in a thread of its own: in this one, the browser of other tests may have its loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(visit, plan, pages).result()


def test_a_built_site_does_in_a_browser_what_it_declares(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    site.add("content/pages/home.md", f"\n{VIDEO}\n")
    assert site.build().code == 0
    settings = str(site.folder / "pelicanconf.py")

    ended = run(
        [sys.executable, "-m", "plugins.privacy.cli", "--settings", settings, "audit", "--browser"], site.project
    )

    assert ended.code == 0, ended.err
    record = json.loads((site.folder / "build" / "browser.json").read_text("utf-8"))
    home = record["pages"]["index.html"]
    assert list(home) == list(STATES)
    assert {state: list(seen["requests"]) for state, seen in home.items()} == {
        **{key: [] for key in STATES},
        ACCEPTED: ["https://www.youtube-nocookie.com/embed/abc"],
    }
    cookies = {state: [cookie["name"] for cookie in seen["cookies"]] for state, seen in home.items()}
    assert cookies == {"before": [], "refused": ["consent"], "accepted": ["consent"], "signal": [], "no-script": []}
    assert all(seen["violations"] == [] for states in record["pages"].values() for seen in states.values())


def test_what_a_script_does_while_it_runs_is_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>x</title><p onclick="x()">x<script src="/site.js"></script>'
    )
    (tmp_path / "site.js").write_text(EVIL)
    (tmp_path / "_headers").write_text("/*\n  Content-Security-Policy: script-src 'self'; img-src *; connect-src *\n")

    visits = visited(Plan(tmp_path, ROOT, asks=False), ["index.html"])
    findings = judged_visits(visits, declared(services=["youtube"]))

    assert sorted(
        {(finding.check.name, finding.subject) for finding in findings if "without" not in finding.what[:8].lower()}
    ) == [
        ("policy-violation", next(f.subject for f in findings if f.check.name == "policy-violation")),
        ("request-before-consent", "www.youtube-nocookie.com"),
        ("stored-undeclared", "the cookie “id” for www.example.com"),
        ("stored-undeclared", "“visitor” (local storage)"),
        ("undeclared-request", "tracker.example"),
    ]
    assert visits.seen["index.html"]["no-script"].requests == ()


CONSENT = (
    '<section data-consent><button data-consent-choice="reject">No</button>'
    '<button data-consent-choice="accept">Yes</button></section><a data-consent-open href="/">Settings</a>'
    '<script src="/consent.js"></script>'
)
SCRIPT = """addEventListener("click", ({ target }) => {
  const { consentChoice } = target.dataset;
  if (target.matches("[data-consent-open]")) event.preventDefault();
  if (consentChoice) document.cookie = "consent=" + consentChoice + "; Path=/";
});
if (document.cookie.includes("consent=accept")) new Image().src = "https://www.youtube-nocookie.com/pixel.gif";
"""
LEAVING = (
    'addEventListener("pagehide", () => { navigator.sendBeacon("https://leaving.example/"); localStorage.left = 1 });'
)


def test_tabs_that_are_used_again_tell_pages_apart(tmp_path: Path) -> None:
    site = {
        "asks.html": f"<!doctype html><title>x</title>{CONSENT}",
        "asks-too.html": f"<!doctype html><title>y</title>{CONSENT}",
        "copied.html": '<!doctype html><title>x</title><script src="/consent.js"></script>',
        "goes.html": '<!doctype html><title>x</title><meta http-equiv="refresh" content="0;url=https://gone.example/">',
        "leaves.html": f"<!doctype html><title>x</title><script>{LEAVING}</script>",
        "plain.html": "<!doctype html><title>x</title>",
        "consent.js": SCRIPT,
    }
    for name, text in site.items():
        (tmp_path / name).write_text(text)
    pages = [name for name in site if name.endswith(".html")]

    visits = visited(Plan(tmp_path, ROOT, asks=True, parallel=2), pages)

    asked = {page: {state: seen.requests for state, seen in states.items()} for page, states in visits.seen.items()}
    nothing: dict[str, tuple[str, ...]] = dict.fromkeys(STATES, ())
    after_consent = {**nothing, ACCEPTED: ("https://www.youtube-nocookie.com/pixel.gif",)}
    without_script = {**dict.fromkeys(STATES, ("https://leaving.example/",)), "no-script": ()}
    assert asked == {
        "asks.html": after_consent,
        "asks-too.html": after_consent,
        "copied.html": after_consent,
        "goes.html": dict.fromkeys(STATES, ("https://gone.example/",)),
        "leaves.html": without_script,
        "plain.html": nothing,
    }
    stored = {page: {seen.storage for seen in states.values()} for page, states in visits.seen.items()}
    assert stored == {**{page: {()} for page in pages}, "leaves.html": {(), (("local", "left"),)}}
    cookies = {page: [bool(seen.cookies) for seen in states.values()] for page, states in visits.seen.items()}
    assert cookies == {page: [False, True, True, False, False] for page in pages}
