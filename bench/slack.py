"""A Slack that answers at once and says yes: what is measured is the bot, and never Slack."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from bench.wire import Served, answer

Json = dict[str, Any]

WORKSPACE = "T0BENCH"
BOT = "U0BENCHBOT"
APP = "A0BENCH"
HOST = "127.0.0.1"
SCOPES = "chat:write,commands,users:read"
DONE = answer(b'{"ok":true}')


@dataclass
class FakeSlack:
    """`calls` counts the methods. What `keep` names is kept whole in `kept`, with its `ts`."""

    port: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    keep: set[str] = field(default_factory=set)
    kept: dict[str, list[Json]] = field(default_factory=dict)
    updated: dict[str, float] = field(default_factory=dict)
    """When `chat.update` of a message arrived (perf_counter), by its ts."""
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by every call; who waits for one clears it first."""
    _ids: int = 0

    @property
    def _next_ts(self) -> str:
        return f"1772000000.{self._ids:06d}"

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/api/"

    def respond(self, path: str, body: bytes) -> bytes:
        method = path.rpartition("/")[2].partition("?")[0]
        self.calls[method] += 1
        self.heard.set()
        if method in self.keep:
            self.kept.setdefault(method, []).append(_read(body) | {"ts": self._next_ts})
        known = getattr(self, "_" + method.replace(".", "_"), None)
        if known is None:
            return DONE
        found: bytes = known(body)
        return found

    def _views_open(self, _body: bytes) -> bytes:
        self._ids += 1
        return answer(
            b'{"ok":true,"view":{"id":"V%010d","hash":"1.%08d"}}' % (self._ids, self._ids)
        )

    _views_push = _views_update = _views_publish = _views_open

    def _chat_postMessage(self, body: bytes) -> bytes:  # noqa: N802 - Slack's name
        ts = self._next_ts
        self._ids += 1
        said = {"ok": True, "channel": _read(body)["channel"], "ts": ts, "message": {"ts": ts}}
        return answer(json.dumps(said).encode())

    def _chat_update(self, body: bytes) -> bytes:
        arrived = perf_counter()
        given = _read(body)
        self.updated.setdefault(given["ts"], arrived)
        said = {"ok": True, "channel": given["channel"], "ts": given["ts"]}
        return answer(json.dumps(said).encode())

    def _conversations_open(self, body: bytes) -> bytes:
        opened = {"ok": True, "channel": {"id": "D" + str(_read(body)["users"])[1:]}}
        return answer(json.dumps(opened).encode())

    def _conversations_history(self, _body: bytes) -> bytes:
        return answer(b'{"ok":true,"messages":[],"has_more":false}')

    def _auth_test(self, _body: bytes) -> bytes:
        who = {"team_id": WORKSPACE, "team": "Bench", "user_id": BOT, "bot_id": "B0BENCH"}
        url = "https://bench.slack.com/"
        said = json.dumps({"ok": True, "url": url, "user": "baton", **who})
        return answer(said.encode(), headers=f"x-oauth-scopes: {SCOPES}\r\n")

    def _users_info(self, body: bytes) -> bytes:
        return answer(json.dumps({"ok": True, "user": user(_read(body)["user"])}).encode())

    def _users_list(self, _body: bytes) -> bytes:
        return answer(json.dumps({"ok": True, "members": [], "response_metadata": {}}).encode())


def user(user_id: str) -> Json:
    """A person as `users.info` describes them."""
    profile = {"display_name": user_id.lower(), "real_name": user_id}
    flags = dict.fromkeys(("deleted", "is_bot", "is_admin", "is_owner", "is_restricted"), False)
    return {
        "id": user_id,
        "team_id": WORKSPACE,
        "name": user_id.lower(),
        "tz": "Europe/Berlin",
        "locale": "en-US",
        "updated": 1772000000,
        "profile": profile,
        **flags,
    }


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    """Serve it in this loop, on a port of its own."""
    slack = FakeSlack()
    server = await asyncio.get_running_loop().create_server(
        lambda: Served(slack.respond), HOST, 0, backlog=1024
    )
    slack.port = server.sockets[0].getsockname()[1]
    try:
        yield slack
    finally:
        server.close()


def _read(body: bytes) -> Json:
    """A body of either kind that the SDK sends; what is JSON inside a form is read as well."""
    if body[:1] == b"{":
        found: Json = json.loads(body)
        return found
    pairs = parse_qsl(body.decode())
    return {name: json.loads(value) if value[:1] in {"{", "["} else value for name, value in pairs}
