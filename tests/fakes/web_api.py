"""A hostile Web API over HTTP: it stores what it is told, and answers late, wrongly, or not at all, as a test wants."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector, web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

OK = ""
STORE_THEN_RESET = "store then reset"
STORE_THEN_500 = "store then 500"
RESET_BEFORE = "reset before"
RATE_LIMIT = "429"
GARBAGE = "garbage"
PLAIN_TEXT = "plain text"

Fault = Callable[[str, Json], str]
"""A method and its payload in, what to do out: OK, one of the above, or an error's name."""


def no_fault(_method: str, _payload: Json) -> str:
    return OK


@dataclass
class FakeWebApi:
    """`messages` are by channel, in the order in which they were stored; `calls` are all that came in."""

    url: str = ""
    fault: Fault = no_fault
    retry_after: str = "0"
    delay: float = 0.0
    page: int = 200
    messages: dict[str, list[Json]] = field(default_factory=dict)
    homes: dict[str, list[Json]] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    uploads: list[bytes] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    hold: asyncio.Event | None = None
    _last: int = 0

    def texts(self, channel: str) -> list[str]:
        return [message["text"] for message in self.messages.get(channel, [])]

    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        payload = await request.json() if is_json else dict(await request.post())
        self.calls.append((method, payload))
        if self.hold:
            await self.hold.wait()
        if self.delay:
            await asyncio.sleep(self.delay)
        fault = self.fault(method, payload)
        self.faults[fault] += 1
        if fault == RESET_BEFORE:
            return _reset(request)
        if fault == RATE_LIMIT:
            refused = web.json_response({"ok": False, "error": "ratelimited"}, status=429)
            refused.headers["Retry-After"] = self.retry_after
            return refused
        if fault not in {OK, STORE_THEN_500, STORE_THEN_RESET, GARBAGE, PLAIN_TEXT}:
            return web.json_response({"ok": False, "error": fault})
        return self._answer(request, fault, self._do(method, payload))

    async def take(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, at the address that was given for it."""
        self.uploads.append(await request.read())
        fault = self.fault("upload", {})
        return (
            _reset(request) if fault == STORE_THEN_RESET else web.Response(status=int(fault or 200))
        )

    def _answer(self, request: web.Request, fault: str, answer: Json) -> web.StreamResponse:
        """It is stored by now; what the caller learns of it is another matter."""
        if fault == STORE_THEN_RESET:
            return _reset(request)
        if fault == STORE_THEN_500:
            return web.json_response({"ok": False, "error": "internal"}, status=500)
        if fault == GARBAGE:
            return web.Response(text="<html>Bad</html>", status=502, content_type="text/html")
        if fault == PLAIN_TEXT:
            return web.Response(text="Try later")
        return web.json_response({"ok": True, **answer} if "error" not in answer else answer)

    def _do(self, method: str, payload: Json) -> Json:
        match method:
            case "chat.postMessage":
                return self._post(payload)
            case "chat.update":
                return self._update(payload)
            case "views.publish":
                self.homes.setdefault(payload["user_id"], []).append(payload["view"])
                return {"view": {"id": "V1"}}
            case "conversations.open":
                return {"channel": {"id": "D" + payload["users"][1:]}}
            case "conversations.history" | "conversations.replies":
                return self._history(payload)
        return {"ok": False, "error": f"unknown_method_{method}"}

    def _post(self, payload: Json) -> Json:
        self._last += 1
        channel = payload["channel"]
        channel = "D" + channel[1:] if channel.startswith("U") else channel
        message = {"ts": f"1772452800.{self._last:06}", **payload}
        self.messages.setdefault(channel, []).append(message)
        return {"channel": channel, "ts": message["ts"]}

    def _update(self, payload: Json) -> Json:
        for message in self.messages.get(payload["channel"], []):
            if message["ts"] == payload["ts"]:
                message |= {"text": payload["text"], "blocks": payload["blocks"]}
                return {"channel": payload["channel"], "ts": payload["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, payload: Json) -> Json:
        found = self.messages.get(payload["channel"], [])
        found = [m for m in found if m.get("thread_ts") == payload.get("ts")]
        begin = int(payload.get("cursor") or 0)
        end = begin + self.page
        newest_first = found[::-1][begin:end]
        cursor = str(end) if end < len(found) else ""
        return {"messages": newest_first, "response_metadata": {"next_cursor": cursor}}


def _reset(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@asynccontextmanager
async def fake_web_api(fake: FakeWebApi | None = None) -> AsyncIterator[FakeWebApi]:
    fake = fake or FakeWebApi()
    app = web.Application()
    app.router.add_post("/api/{method}", fake.handle)
    app.router.add_post("/upload", fake.take)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("/api/"))
        yield fake


@asynccontextmanager
async def client_of(url: str, *, seconds: float = 10) -> AsyncIterator[AsyncWebClient]:
    """A client that does not repeat calls by itself."""
    async with ClientSession(
        connector=TCPConnector(limit=0), timeout=ClientTimeout(total=seconds)
    ) as session:
        yield AsyncWebClient("xoxb-test", base_url=url, session=session, retry_handlers=[])
