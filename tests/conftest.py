"""One real browser for all tests that want one, and the local web to which every host name leads."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser.third_party import ThirdParty, serving
from tests.setup_browser import find_browser

# Errands of Chromium itself, which no page orders: they lead nowhere
BROWSER_ERRANDS = (
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",  # on pages with forms
    "update.googleapis.com",
)


def pytest_configure() -> None:
    """Let the builds of the tests be interrupted by Ctrl-C also where the tests run in the background of a shell, which
    makes all that it starts there ignore it. And let no example of a property fail because the machine is busy."""
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def web() -> Iterator[ThirdParty]:
    """The server behind every host name."""
    with serving(ThirdParty()) as server:
        yield server


@pytest.fixture(scope="session")
def browser(web: ThirdParty) -> Iterator[Browser]:
    """An installed Chromium, for which every host name leads to `web`."""
    path = find_browser()
    assert path, "No Chromium was found. Run `python -m tests.setup_browser`."
    rules = [*(f"MAP {host} ~NOTFOUND" for host in BROWSER_ERRANDS), f"MAP * 127.0.0.1:{web.port}"]
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        f"--host-resolver-rules={', '.join(rules)}",
        "--ignore-certificate-errors",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=arguments, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield chromium
        chromium.close()
