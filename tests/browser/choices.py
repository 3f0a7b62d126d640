"""What the tests of a choice share: how to choose, and how to see that the page started anew."""

from playwright.sync_api import Page, expect


def chosen(page: Page) -> str:
    """What the cookie says was agreed to and refused."""
    return next(".".join(c["value"].split(".")[3:5]) for c in page.context.cookies() if c["name"] == "consent")


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def reopen(page: Page) -> None:
    page.get_by_role("link", name="Privacy settings").click()


def expect_reload(page: Page) -> None:
    expect(page.locator("html:not([data-before-reload])")).to_have_count(1)


def mark_before_reload(page: Page) -> None:
    page.evaluate("document.documentElement.dataset.beforeReload = ''")
