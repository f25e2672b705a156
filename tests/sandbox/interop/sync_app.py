"""The story's app in Bolt for Python with threads, over Socket Mode and over HTTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json
from tests.sandbox.interop.parts import card, form, written


def build(slack: Sandbox) -> App:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret)

    @app.command("/note")
    def open_form(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form(body["text"]))
        ack()

    @app.view("note")
    def post(ack: Any, view: Json, client: WebClient) -> None:
        text = written(view)
        if len(text) < 5:
            ack(response_action="errors", errors={"note": "Please say more."})
            return
        ack()
        client.chat_postMessage(channel=view["private_metadata"], text=text, blocks=card(text))

    @app.action("done")
    def finish(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(f"Done by <@{body['user']['id']}>", replace_original=True)

    @app.message("done?")
    def answer(message: Json, say: Any) -> None:
        say("yes", thread_ts=message["ts"])

    return app


@contextlib.asynccontextmanager
async def over_socket_mode(slack: Sandbox) -> AsyncIterator[None]:
    # It asks the sandbox while it is built, so it is built beside the loop that the sandbox runs on.
    app = await asyncio.to_thread(build, slack)
    handler: Any = SocketModeHandler(app, slack.app_token, auto_reconnect_enabled=False)
    await asyncio.to_thread(handler.connect)
    try:
        yield
    finally:
        # Its reader looks up every three seconds only, unless the line is cut.
        slack.core.socket_mode.close_all("cut")
        await asyncio.to_thread(handler.close)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextlib.asynccontextmanager
async def over_http(slack: Sandbox) -> AsyncIterator[str]:
    """Gives the address of the app's server."""
    handler: Any = SlackRequestHandler(await asyncio.to_thread(build, slack))
    with make_server("127.0.0.1", 0, handler, handler_class=_Quiet) as server:
        serving = asyncio.ensure_future(asyncio.to_thread(server.serve_forever, 0.01))
        try:
            yield f"http://127.0.0.1:{server.server_port}/slack/events"
        finally:
            await asyncio.to_thread(server.shutdown)
            await serving
