"""Other people's Bolt in the sandbox: one story over Socket Mode and over HTTP, in each of three Bolts."""

from types import ModuleType

import pytest

from sandbox.server import Sandbox
from tests.sandbox.interop import async_app, javascript_app, sync_app
from tests.sandbox.interop.story import MANIFEST, SEED, tell

MISSING = pytest.mark.skipif(bool(javascript_app.MISSING), reason=javascript_app.MISSING)
BOLTS = [
    pytest.param(async_app, id="python with asyncio"),
    pytest.param(sync_app, id="python with threads"),
    pytest.param(javascript_app, id="javascript", marks=MISSING),
]


@pytest.mark.parametrize("bolt", BOLTS)
async def test_the_story_over_socket_mode(bolt: ModuleType) -> None:
    async with Sandbox(SEED, MANIFEST) as slack, bolt.over_socket_mode(slack):
        await slack.until_connected()
        await tell(slack)


@pytest.mark.parametrize("bolt", BOLTS)
async def test_the_story_over_http(bolt: ModuleType) -> None:
    async with Sandbox(SEED, MANIFEST) as slack, bolt.over_http(slack) as address:
        slack.deliver_to(address)
        await tell(slack)
