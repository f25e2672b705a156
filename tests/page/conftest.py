"""A workspace with a small app in it, and a browser in front."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Browser
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.page.browser import browsing
from tests.page.desk import MANIFEST, SEED, Desk


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as chromium:
        yield chromium


@pytest.fixture
async def slack(browser: Browser) -> AsyncIterator[Sandbox]:
    """Depends on the browser, so that without one nothing is started."""
    async with Sandbox(SEED, MANIFEST, ack_timeout=1.0) as sandbox:
        yield sandbox


@pytest.fixture
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
