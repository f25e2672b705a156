"""A real browser on the sandbox's page, for any test that wants to click through something.

`async with browsing() as browser:` starts Chromium once; `visit(browser, slack, "alice", at="billing")`
opens the page as somebody and answers with that person's pane. Without Chromium the test is skipped.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from sandbox.server import Sandbox

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    # One page of one machine: a process for the network and one for each site only cost time.
    "--enable-features=NetworkServiceInProcess2",
    "--disable-site-isolation-trials",
)
SHOWN = "panes => document.querySelectorAll('[data-pane]:has(nav button)').length === panes"
PATIENCE = 8_000  # milliseconds; two cores may be shared by many tests


def find_chromium() -> str | None:
    """The browser of the environment variable CHROMIUM, or the system's own."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else NAMES))
    return next((path for path in found if path), None)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not installed: the browser tests were left out")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        await browser.close()


async def new_page(browser: Browser, *, dark: bool = False, width: int = 1400) -> Page:
    """An empty page whose errors fail the test that looks at `page.errors`."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    context.set_default_timeout(PATIENCE)
    return await context.new_page()


async def visit(
    browser: Browser, slack: Sandbox, *people: str, at: str = "", width: int = 1400
) -> Locator:
    """Open the page as the first person with the others beside; the first one's pane."""
    page = await new_page(browser, width=width)
    ids = [slack.person(name).id for name in people]
    beside = f"&beside={','.join(ids[1:])}" if ids[1:] else ""
    place = slack.channel(at).id if at and at != "home" else at
    address = f"{slack.url}/?as={ids[0]}{beside}&at={','.join([place] * len(ids))}"
    await page.goto(address, wait_until="commit")
    # The browser itself looks at every frame; a locator is asked again only after ever longer pauses.
    await page.wait_for_function(SHOWN, arg=len(ids))
    return pane_of(page, ids[0])


def pane_of(page: Page, user: str) -> Locator:
    return page.locator(f'[data-pane="{user}"]')


def message(pane: Locator, words: str) -> Locator:
    return pane.get_by_role("article").filter(has_text=words)


async def write(pane: Locator, where: str, words: str) -> None:
    """Type into a composer by its label and press Enter."""
    field = pane.get_by_label(where, exact=True)
    await field.fill(words)
    await field.press("Enter")


async def choose(scope: Locator, label: str, option: str) -> None:
    """Pick one entry of any select by its label and its visible text."""
    await scope.get_by_label(label).click()
    await scope.page.get_by_role("option", name=option).first.click()
