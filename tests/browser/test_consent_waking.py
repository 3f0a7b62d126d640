"""Waking: the original markup comes back as if the parser had met it just now."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import STATS, STATS_HOST, VIDEO, VIDEO_HOST, Site, asleep
from tests.browser.third_party import ThirdParty

pytestmark = pytest.mark.browser


def note(word: str) -> str:
    """Code that adds a word to `<html data-order>`."""
    return f"document.documentElement.dataset.order += ' {word}'"


def script(name: str, attributes: str = "", host: str = STATS_HOST) -> str:
    return f'<script src="https://{host}/{name}.js"{" " + attributes if attributes else ""}></script>'


def accept(page: Page) -> None:
    page.get_by_role("button", name="Accept all").click()


def expect_order(page: Page, order: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-order", order)


def test_an_inline_script_waits_for_the_slow_library_before_it(
    site: Site, page: Page, third_party: ThirdParty
) -> None:
    """`<script src=library>` and `<script>library.start()</script>`, each asleep for itself, run in this order."""
    third_party.answer(STATS_HOST, "/library.js", "var library = { start: () => " + note("started") + " }")
    third_party.hold(STATS_HOST, "/library.js")
    use = site.inline("library.start()")
    page.goto(site.page("/", asleep(script("library"), STATS) + asleep(use, STATS) + site.video()))
    accept(page)
    third_party.wait_for(STATS_HOST, "/library.js")
    third_party.wait_for(VIDEO_HOST, "/embed/1")  # what is no script does not wait
    expect_order(page, "")
    third_party.release(STATS_HOST, "/library.js")
    expect_order(page, " started")


def test_scripts_run_in_the_order_of_the_document(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Inline, slow external, fast external, inline: in one snippet and over several."""
    third_party.hold(STATS_HOST, "/two.js")
    snippet = site.inline(note("one")) + script("two") + script("three")
    page.goto(site.page("/", asleep(snippet, STATS) + asleep(site.inline(note("four")), VIDEO)))
    accept(page)
    third_party.wait_for(STATS_HOST, "/two.js")
    expect_order(page, " one")
    third_party.release(STATS_HOST, "/two.js")
    expect_order(page, " one two three four")


@pytest.mark.parametrize("attributes", ["async", "defer", 'type="module"', "nomodule", 'type="application/json"'])
def test_a_script_that_blocks_no_parser_blocks_no_waking(
    site: Site, page: Page, third_party: ThirdParty, attributes: str
) -> None:
    """Deferred ones come when they come; some are never loaded and would be waited for in vain."""
    third_party.hold(STATS_HOST, "/late.js")
    page.goto(site.page("/", asleep(script("late", attributes) + site.inline(note("next")), STATS)))
    accept(page)
    expect_order(page, " next")
    third_party.release(STATS_HOST, "/late.js")
    runs = attributes in ("async", "defer", 'type="module"')
    expect_order(page, " next late" if runs else " next")


def test_deferred_scripts_keep_their_order(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Nobody waits for them, but the first of them runs first."""
    third_party.hold(STATS_HOST, "/one.js")
    snippet = script("one", "defer") + script("two", "defer") + site.inline(note("next"))
    page.goto(site.page("/", asleep(snippet, STATS)))
    accept(page)
    third_party.wait_for(STATS_HOST, "/two.js")
    expect_order(page, " next")
    third_party.release(STATS_HOST, "/one.js")
    expect_order(page, " next one two")


def test_a_script_that_fails_does_not_stop_the_next(site: Site, page: Page, complaints: list[str]) -> None:
    """As in a parsed page: the error is reported, the rest goes on."""
    broken = site.inline("nothing.here()") + '<script src="http://refused.invalid/x.js"></script>'
    page.goto(site.page("/", asleep(broken + site.inline(note("next")), STATS)))
    accept(page)
    expect_order(page, " next")
    assert sorted(text.split("'")[0].split("(")[0] for text in complaints) == [
        "Loading the script ",
        "nothing is not defined",
    ]
    complaints.clear()


def test_document_write_cannot_wipe_the_page(site: Site, page: Page) -> None:
    """A snippet from the days of the parser would replace the whole page; it writes nothing instead."""
    old = site.inline(f"document.write('<p>gone'); document.writeln('too'); {note('survived')}")
    page.goto(site.page("/", "<h1>Still here</h1>" + asleep(old, STATS)))
    accept(page)
    expect_order(page, " survived")
    expect(page.get_by_role("heading", name="Still here")).to_be_visible()


def test_styles_of_elements_come_back_without_breaking_the_policy(site: Site, page: Page) -> None:
    """`data-style` stands for `style` while asleep and is restored through the CSSOM, which the CSP allows."""
    frame = f'<iframe src="https://{VIDEO_HOST}/embed/1" data-style="width: 77px; border: 0"></iframe>'
    page.goto(site.page("/", site.gate(frame, VIDEO)))
    accept(page)
    iframe = page.locator("iframe")
    expect(iframe).to_have_css("width", "77px")
    assert iframe.get_attribute("data-style") is None


def test_what_sleeps_in_the_head_wakes_in_the_head(site: Site, page: Page, third_party: ThirdParty) -> None:
    """A style sheet and a loader script above the body."""
    look = f'<link rel="stylesheet" href="https://{STATS_HOST}/look.css">'
    page.goto(site.page("/", "<p>text</p>", asleep(look, STATS) + asleep(script("loader"), STATS)))
    accept(page)
    third_party.wait_for(STATS_HOST, "/look.css")
    expect_order(page, " loader")
    expect(page.locator(f'head > link[href="https://{STATS_HOST}/look.css"]')).to_have_count(1)


def test_a_script_finds_itself_and_its_attributes(site: Site, page: Page) -> None:
    """Snippets read their settings from `document.currentScript` and insert beside it."""
    code = "document.documentElement.dataset.order += document.currentScript.dataset.account"
    snippet = site.inline(code).replace("<script>", '<script id="snippet" data-account="A-1">')
    page.goto(site.page("/", f"<div id=box>{asleep(snippet, STATS)}</div>"))
    accept(page)
    expect_order(page, "A-1")
    expect(page.locator("#box > script#snippet")).to_have_count(1)


def test_a_class_of_the_author_s_own_loses_nothing(site: Site, page: Page) -> None:
    """A company may sell gates: what wakes inside a block of that name takes its own place alone."""
    page.goto(site.page("/", f'<div class="gate"><h1>Garden gates</h1>{asleep(script("one"), STATS)}</div>'))
    accept(page)
    expect_order(page, " one")
    expect(page.get_by_role("heading", name="Garden gates")).to_be_visible()


def test_a_gate_that_names_no_service_stays_asleep(site: Site, page: Page, third_party: ThirdParty) -> None:
    """Fail closed: nobody can agree to nothing."""
    page.goto(site.page("/", f'<template data-gate="">{script("one")}</template>' + site.video()))
    accept(page)
    third_party.wait_for(VIDEO_HOST, "/embed/1")
    expect(page.locator("template[data-gate]")).to_have_count(1)
    assert third_party.asked(STATS_HOST, "/one.js") == 0
