"""What the tests of sight and of the focus share: a long page, and what can be seen of what has the focus."""

from playwright.sync_api import Locator, Page

from tests.browser.pages import STATS, STATS_SCRIPT, Site, asleep

# Whether any part of the focused element can be seen: not below the banner, not below its buttons
FOCUS_IS_SEEN = """() => { const focused = document.activeElement, box = focused.getBoundingClientRect();
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
        const seen = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        if (seen && (focused.contains(seen) || seen.contains(focused) && seen.tagName === 'LABEL')) return true;
    }
    return false; }"""

FOCUSED = "() => document.activeElement.textContent.trim() || document.activeElement.tagName"


def long_page(site: Site) -> str:
    """A page with a film, a counter and thirty links."""
    site.policy_page()
    links = "".join(f'<p><a href="/privacy/?{n}">link {n}</a> and words</p>' for n in range(30))
    return site.page("/", site.video() + links + asleep(STATS_SCRIPT, STATS))


def banner(page: Page) -> Locator:
    """The banner, where it is open."""
    return page.get_by_role("region")
