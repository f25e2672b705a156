"""Numbers over HTTP, through a real server: who is let in, what is answered, and that nothing of it is ever logged."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.rules.metrics.program.programs import Program
from bot.services.metrics.program import tokens
from handlers.listening.facts import LARGEST_BODY, FactsOverHttp
from handlers.listening.http import HttpServer
from handlers.listening.in_hand import InHand
from handlers.listening.limits import A_SECOND, AT_ONCE, Buckets
from handlers.listening.openapi import FACTS, OPENAPI
from sandbox.server import Sandbox
from storage.base import new_id
from storage.database import Database
from tests.cast import ADA, NOON, OTHER_WORKSPACE, WORKSPACE
from tests.clock import MovableClock
from tests.handlers.listening.ways import listening, probe
from tests.services.floor import furnish
from tests.services.metrics.programs import item, let_in
from tests.services.metrics.store import read

CANARY = "Pelikan"


@dataclass
class Door:
    """A server that listens, and a program with its token."""

    port: int
    session: aiohttp.ClientSession
    program: Program
    token: str
    clock: MovableClock
    in_hand: InHand
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def post(
        self, body: object, *, key: str = "", token: str | None = None, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """The status, and the answer as JSON. Keywords with `_` are headers."""
        sent = {
            "authorization": f"Bearer {self.token if token is None else token}",
            "idempotency-key": key or new_id(),
            "content-type": "application/json",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(
            f"http://127.0.0.1:{self.port}{FACTS}", data=data, headers=sent
        ) as got:
            self.heard.append({name.lower(): said for name, said in got.headers.items()})
            return got.status, await got.json(content_type=None)


@pytest.fixture
async def door(sqlite: Database) -> AsyncIterator[Door]:
    async with opened(sqlite) as one:
        yield one


class opened:  # noqa: N801 - it reads as what it does
    def __init__(self, db: Database, body_seconds: float = 20, at_once: int = AT_ONCE) -> None:
        self.db, self.body_seconds, self.buckets = db, body_seconds, Buckets(at_once)

    async def __aenter__(self) -> Door:
        await furnish(self.db)
        made = await let_in(self.db)
        clock, in_hand = MovableClock(), InHand()
        clock.hold(NOON)
        in_hand.take()
        self.server = HttpServer("127.0.0.1", 0)
        facts = FactsOverHttp(self.db, clock, in_hand, self.buckets, self.body_seconds)
        self.server.routes += facts.routes()
        await self.server.start()
        self.session = aiohttp.ClientSession()
        return Door(self.server.port, self.session, made.program, made.token, clock, in_hand)

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        await self.server.stop()


def batch(*items: dict[str, Any]) -> dict[str, Any]:
    return {"facts": list(items) or [item("1")]}


async def contacts(db: Database) -> int:
    return sum(one.sums["contacts"] for one in (await read(db)).values()) // 1000


async def test_facts_are_taken_and_the_same_request_again_has_the_same_answer(
    door: Door, sqlite: Database
) -> None:
    taken = {"taken": 2, "replaced": 0, "unchanged": 0}
    body = batch(item("1"), item("2"))
    assert await door.post(body, key="k") == (200, taken)
    assert await door.post(body, key="k") == (200, taken)
    assert door.heard[-1]["idempotency-replayed"] == "true"
    assert await contacts(sqlite) == 2


async def test_two_connections_with_one_key_are_taken_once(door: Door, sqlite: Database) -> None:
    both = await asyncio.gather(*[door.post(batch(), key="k") for _ in range(2)])
    assert both[0] == both[1]
    assert sum("idempotency-replayed" in one for one in door.heard) == 1
    assert await contacts(sqlite) == 1


async def test_the_key_of_another_body_is_refused(door: Door) -> None:
    await door.post(batch(), key="k")
    status, problem = await door.post(batch(item("2")), key="k")
    assert (status, problem["type"]) == (422, "urn:baton:problem:idempotency-key-reused")


@pytest.mark.parametrize(
    "token", ["", "nonsense", f"baton_{WORKSPACE}_{'x' * 43}", f"baton_{OTHER_WORKSPACE}_{'x' * 43}"]
)  # fmt: skip
async def test_who_has_no_token_is_not_let_in(door: Door, token: str) -> None:
    status, problem = await door.post(b"not even read", token=token)
    assert (status, problem["type"]) == (401, "urn:baton:problem:no-token")
    assert door.heard[-1]["www-authenticate"].startswith("Bearer")
    assert door.heard[-1]["content-type"] == "application/problem+json"


async def test_a_revoked_token_is_not_let_in(door: Door, sqlite: Database) -> None:
    await tokens.revoke(sqlite, ADA, door.program.id, key=new_id(), now=NOON)
    assert (await door.post(batch()))[0] == 401


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (b"", 400, "no-json"),
        (b"\xff\xfe", 400, "no-json"),
        (b'{"facts": [', 400, "no-json"),
        (b"[" * 200_000, 400, "no-json"),
        (b'{"facts": ' + b'{"facts": ' * 5_000 + b"1" + b"}" * 5_001, 400, "no-json"),
        (b'{"facts": [{"key": "\\ud800"}]}', 400, "no-json"),
        (b"x" * (LARGEST_BODY + 1), 413, "too-large"),
        (b"[]", 422, "unfit-facts"),
        (b"null", 422, "unfit-facts"),
        (b'{"facts": {}}', 422, "unfit-facts"),
        (b'{"facts": []}', 422, "unfit-facts"),
        (json.dumps({"facts": [1] * 1_001}).encode(), 422, "unfit-facts"),
        (json.dumps({**batch(), "more": 1}).encode(), 422, "unfit-facts"),
    ],
    ids=range(13),
)
async def test_what_is_no_batch_of_facts_is_refused(
    door: Door, sqlite: Database, body: bytes, status: int, name: str
) -> None:
    got, problem = await door.post(body)
    assert (got, problem["type"]) == (status, f"urn:baton:problem:{name}")
    assert await contacts(sqlite) == 0


async def test_every_item_is_looked_at_and_nothing_is_taken(door: Door, sqlite: Database) -> None:
    wrong = [
        item("1"),
        item("", at="yesterday"),
        item("3", parts={"contacts": "1", "nonsense": 1}),
        item("4", team="Shipping"),
        "no object",
    ]
    status, problem = await door.post({"facts": wrong})
    assert status == 422
    assert [(one["index"], one["field"]) for one in problem["errors"]] == [
        (1, "key"),
        (1, "at"),
        (2, "parts.contacts"),
        (2, "parts.nonsense"),
        (3, "team"),
        (4, ""),
    ]
    assert await contacts(sqlite) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "text/csv"}, 415),
        ({"content_type": "application/json; charset=latin-1"}, 415),
        ({"content_encoding": "gzip"}, 415),
        ({"idempotency_key": " "}, 400),
        ({"idempotency_key": "x" * 201}, 400),
        ({"content_type": 'Application/JSON; charset="UTF-8"'}, 200),
    ],
)
async def test_headers(door: Door, headers: dict[str, str], status: int) -> None:
    assert (await door.post(batch(), **headers))[0] == status


async def test_who_asks_too_often_waits_as_long_as_is_said(sqlite: Database) -> None:
    async with opened(sqlite, at_once=3) as door:
        for _ in range(3):
            assert (await door.post(b"no"))[0] == 400
        status, problem = await door.post(batch())
        assert (status, problem["type"]) == (429, "urn:baton:problem:too-many-requests")
        assert door.heard[-1]["retry-after"] == "1"
        door.clock.jump(seconds=1)
        for _ in range(A_SECOND):
            assert (await door.post(batch()))[0] == 200
        assert (await door.post(batch()))[0] == 429


async def test_a_body_that_does_not_come_is_not_waited_for(sqlite: Database) -> None:
    async with opened(sqlite, body_seconds=0.05) as door:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        head = (
            f"POST {FACTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {door.token}\r\n"
            "idempotency-key: k\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"
        )
        writer.write(head.encode())
        assert b"408" in await reader.readline()
        writer.close()


async def test_while_the_process_stops_nothing_is_taken(door: Door, sqlite: Database) -> None:
    door.in_hand.stop_taking()
    status, _problem = await door.post(batch())
    assert (status, await contacts(sqlite)) == (503, 0)
    assert door.heard[-1]["retry-after"]


async def test_nothing_that_was_sent_is_ever_logged(door: Door, written: io.StringIO) -> None:
    await door.post(batch(item(CANARY, person=CANARY)), key=CANARY)
    await door.post(batch(item(CANARY, at=CANARY)), key=CANARY)
    await door.post(b'{"' + CANARY.encode())
    await door.post(batch(), token=f"baton_T0BATON_{CANARY}")
    assert CANARY not in written.getvalue()
    assert door.token not in written.getvalue()


async def test_it_is_served_beside_the_socket_too(slack: Sandbox, sqlite_url: str) -> None:
    async with listening(slack, sqlite_url, "socket") as bot:
        status, document = await probe(bot, OPENAPI)
        assert (status, document["openapi"]) == (200, "3.1.0")
