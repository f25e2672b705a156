"""The way most Bolt bots are written: the synchronous `App` behind Starlette, which acknowledges first."""

import re

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.peers import writing
from bench.peers.job import TOKEN, Job, Json, from_argument
from bench.peers.writing import SqliteWriter
from bench.signing import PATH, SECRET
from bench.slack import HOST

ANY = re.compile("")


def new_app(job: Job) -> App:
    app = App(client=WebClient(TOKEN, base_url=job.slack_url), signing_secret=SECRET)
    view = job.form()
    writer = None
    if job.rows:
        writer = SqliteWriter(make_url(job.database).database or "", writing.load(job.rows))
        writer.open().close()  # the tables are there from now on

    def open_form(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def write_rows(ack: Ack) -> None:
        ack()
        assert writer
        connection = writer.open()  # one per request, as the sessions of an ORM are
        writer.write_on(connection)
        connection.close()

    app.command(ANY)(open_form)
    app.view_submission(ANY)(write_rows)
    return app


def serve(job: Job) -> None:
    handler = SlackRequestHandler(new_app(job))

    async def receive(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready")

    routes = [Route(PATH, receive, methods=["POST"]), Route("/readyz", ready)]
    uvicorn.run(
        Starlette(routes=routes), host=HOST, port=job.port, access_log=False, log_level="warning"
    )


if __name__ == "__main__":
    serve(from_argument())
