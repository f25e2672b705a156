"""A workspace where the app may do everything, and hears of everything."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.conftest import SEED
from tests.sandbox.helpers import HandClock
from tests.sandbox.web_api.listening import Listener


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, clock=clock, ack_timeout=0.5) as sandbox:
        yield sandbox


@pytest.fixture
async def client(slack: Sandbox) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def heard(slack: Sandbox) -> AsyncIterator[Listener]:
    """An app that takes every event and does nothing."""
    async with Listener(slack) as listener:
        yield listener
