"""A workspace with a small app in it, and a browser in front.

Starting Chromium is the slow part, so one serves all tests here, on one event loop; each test has its own
workspace and its own tabs.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.page.browser import browsing
from tests.page.desk import MANIFEST, SEED, Desk

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The one browser, without tabs of the test before."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def slack(browser: Browser) -> AsyncIterator[Sandbox]:
    """Depends on the browser, so that without one nothing is started."""
    async with Sandbox(SEED, MANIFEST, ack_timeout=1.0) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def desk(slack: Sandbox) -> AsyncIterator[Desk]:
    """The throw-away app, connected by Socket Mode."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, slack.api_url, session=session, retry_handlers=[])
        app = Desk(client)
        handler = AsyncSocketModeHandler(app.bolt, slack.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.until_connected()
        yield app
        await handler.close_async()  # type: ignore[no-untyped-call]
