"""A bare Bolt AsyncApp: as fast as one can set it up, and with nothing but the one thing that is compared."""

import asyncio
import re
from contextlib import AsyncExitStack

import uvicorn
import uvloop
from aiohttp import ClientSession, TCPConnector
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.peers import runners, writing
from bench.peers.job import TOKEN, Job, Json, from_argument
from bench.peers.quiet import collect_less_garbage
from bench.peers.writing import Writer
from bench.signing import PATH, SECRET
from bench.slack import BOT, HOST, WORKSPACE

ANY = re.compile("")


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id="", team_id=WORKSPACE, bot_user_id=BOT, bot_id="B0BENCH", bot_token=TOKEN
    )


def new_app(job: Job, client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(
        client=client,
        authorize=authorize,
        signing_secret=SECRET,
        process_before_response=job.runner == "before",
    )
    if job.runner == "event":
        runners.told(app)
    return app


def listen(app: AsyncApp, job: Job, writer: Writer | None) -> None:
    """One listener, which is found at once."""
    view = job.form()

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    async def open_form(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    async def write_rows(ack: AsyncAck) -> None:
        assert writer
        await writer.write()
        await ack()

    works = {"nothing": nothing, "form": open_form, "rows": write_rows}
    if job.work == "rows":
        app.view_submission(ANY)(works[job.work])
    else:
        app.command(ANY)(works[job.work])


async def serve(job: Job) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession(connector=TCPConnector(limit=0)))
        client = AsyncWebClient(TOKEN, base_url=job.slack_url, session=session, retry_handlers=[])
        writer = None
        if job.work == "rows":
            opening = writing.opened(job.database, writing.load(job.rows))
            writer = await stack.enter_async_context(opening)
        app = new_app(job, client)
        listen(app, job, writer)
        collect_less_garbage()
        await uvicorn.Server(_config(app, job.port)).serve()


def _config(app: AsyncApp, port: int) -> uvicorn.Config:
    handler = AsyncSlackRequestHandler(app)

    async def receive(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready")

    routes = [Route(PATH, receive, methods=["POST"]), Route("/readyz", ready)]
    return uvicorn.Config(
        Starlette(routes=routes),
        host=HOST,
        port=port,
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(from_argument()))
