"""The story's app in Bolt for Python with asyncio, over Socket Mode and over HTTP."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json
from tests.sandbox.interop.parts import card, form, written


def build(slack: Sandbox, session: aiohttp.ClientSession) -> AsyncApp:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    @app.command("/note")
    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form(body["text"]))
        await ack()

    @app.view("note")
    async def post(ack: Any, view: Json, client: AsyncWebClient) -> None:
        text = written(view)
        if len(text) < 5:
            await ack(response_action="errors", errors={"note": "Please say more."})
            return
        await ack()
        where = view["private_metadata"]
        await client.chat_postMessage(channel=where, text=text, blocks=card(text))

    @app.action("done")
    async def finish(ack: Any, body: Json, respond: Any) -> None:
        await ack()
        await respond(f"Done by <@{body['user']['id']}>", replace_original=True)

    @app.message("done?")
    async def answer(message: Json, say: Any) -> None:
        await say("yes", thread_ts=message["ts"])

    return app


@contextlib.asynccontextmanager
async def over_socket_mode(slack: Sandbox) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as session:
        handler: Any = AsyncSocketModeHandler(build(slack, session), slack.app_token)
        await handler.connect_async()
        try:
            yield
        finally:
            await handler.close_async()


@contextlib.asynccontextmanager
async def over_http(slack: Sandbox) -> AsyncIterator[str]:
    """Gives the address of the app's server."""
    async with aiohttp.ClientSession() as session:
        runner = web.AppRunner(build(slack, session).web_app("/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        finally:
            await runner.cleanup()
