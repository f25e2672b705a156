"""Over HTTP: Slack's requests, signed, and the addresses that a container or a monitor looks at."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from logging import getLogger

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import CannotStart
from handlers.listening.in_hand import InHand, NotTaking

log = getLogger(__name__)

EVENTS = "/slack/events"
LARGEST_BODY = 1_000_000  # bytes; Slack's largest is a view of 250 kB, encoded
LINGER_SECONDS = 2  # for answers that are still being written when the server closes

Problems = Callable[[], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Probes:
    """What the monitor asks. `problems` says why the process is not ready; `metrics` is Prometheus' text."""

    problems: Problems
    metrics: Callable[[], bytes]

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.healthz),
            Route("/readyz", self.readyz),
            Route("/metrics", self.measured),
        ]

    async def healthz(self, _request: Request) -> Response:
        return JSONResponse({"alive": True})

    async def readyz(self, _request: Request) -> Response:
        found = await self.problems()
        return JSONResponse(
            {"ready": not found, "reasons": found}, status_code=503 if found else 200
        )

    async def measured(self, _request: Request) -> Response:
        return Response(self.metrics(), media_type=CONTENT_TYPE_LATEST)


@dataclass(frozen=True, slots=True)
class SlackOverHttp:
    """`POST /slack/events`: every kind of request of Slack's, handed to Bolt, which checks the signature."""

    app: AsyncApp
    in_hand: InHand

    def routes(self) -> list[Route]:
        return [Route(EVENTS, self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        body = await read_body(request, LARGEST_BODY)
        if body is None:
            return PlainTextResponse("Too large", status_code=413)
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit()):  # Bolt would stumble over it
            return self._forged()
        try:
            async with self.in_hand.one():
                headers = dict[str, str | Sequence[str]](request.headers)
                answer = await self.app.async_dispatch(
                    # Bytes that are not UTF-8 cannot carry a valid signature: what replaces them does not matter.
                    AsyncBoltRequest(
                        body=body.decode(errors="replace"),
                        query=dict(request.query_params),
                        headers=headers,
                    )
                )
        except NotTaking:
            return PlainTextResponse("Not now", status_code=503)
        return self._forged() if answer.status == 401 else _response(answer)

    def _forged(self) -> Response:
        log.warning("Refused: a request whose signature is not Slack's")
        return JSONResponse({"error": "invalid request"}, status_code=401)


class HttpServer:
    """uvicorn, inside a loop that is already running, and without signal handlers of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.routes: list[Route] = []
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen. Raises CannotStart if the address cannot be had. A port of 0 becomes the port that was found."""
        listening = _bind(self.host, self.port)
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            Starlette(routes=self.routes),
            http="httptools",
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=LINGER_SECONDS,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]), name="http")

    async def stop(self) -> None:
        """Close. Answers that are being written are finished first."""
        if self._server and self._serving:
            self._server.should_exit = True
            await self._serving


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the program's, not the server's."""
        yield


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is not an address of this machine"
        raise CannotStart(
            f"Cannot listen on {host}:{port}: {why}. Stop what is using it, or write another HOST or PORT."
        ) from None


async def read_body(request: Request, most: int) -> bytes | None:
    """The body, or None if it has more than `most` bytes; no more than those are ever held."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


def _response(answer: BoltResponse) -> Response:
    return Response(
        answer.body,
        status_code=answer.status,
        headers={name: values[0] for name, values in answer.headers.items()},
    )
