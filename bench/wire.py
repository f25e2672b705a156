"""HTTP in as little Python as possible, so that the load generator and the fake Slack cost less than what they measure."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import httptools

Respond = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Line(asyncio.Protocol):
    """One keep-alive connection of a client: one request at a time."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, host: str, port: int) -> "Line":
        _, line = await asyncio.get_running_loop().create_connection(cls, host, port)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionResetError("closed before the answer"))

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send now; the answer comes later."""
        assert self._transport
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        answer = Answer(self._parser.get_status_code(), bytes(self._body))
        self._body.clear()
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(answer)


class Served(asyncio.Protocol):
    """One connection of a server: `respond(path, body)` gives the whole answer, head and all."""

    def __init__(self, respond: Respond) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._respond = respond
        self._body = bytearray()
        self._path = ""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._path = url.decode()

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        assert self._transport
        body = bytes(self._body)
        self._body.clear()
        self._transport.write(self._respond(self._path, body))


def post(host: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    """A whole request."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def answer(body: bytes, *, headers: str = "") -> bytes:
    """A whole answer of JSON."""
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"{headers}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
