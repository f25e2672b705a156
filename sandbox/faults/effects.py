"""What each kind of fault does to the call or delivery that it strikes."""

import asyncio
from collections.abc import Awaitable, Callable

from sandbox.faults.passage import Dropped, Held, Passage, Replied
from sandbox.faults.tiers import Limiter
from sandbox.kinds import Json

Effect = Callable[[Passage], Awaitable[object] | object]
Making = Callable[[Json, asyncio.Event], Effect]


def limited(seconds: float) -> Replied:
    """Slack's "too many requests"."""
    body = {"ok": False, "error": "ratelimited"}
    return Replied(429, {"Retry-After": f"{seconds:g}"}, body)


def keep_to(limiter: Limiter) -> Effect:
    """Refuse what the limiter has found to be too many."""

    def strike(passage: Passage) -> None:
        raise limited(limiter.seconds_left(passage))

    return strike


def drop() -> Effect:
    def strike(passage: Passage) -> None:
        raise Dropped(passage.name)

    return strike


def answer(status: int, headers: dict[str, str], body: Json | str) -> Effect:
    def strike(_: Passage) -> None:
        raise Replied(status, headers, body)

    return strike


def _rate_limited(fields: Json, _: asyncio.Event) -> Effect:
    def strike(_: Passage) -> None:
        raise limited(fields["retry_after"])

    return strike


def _drop(_: Json, __: asyncio.Event) -> Effect:
    return drop()


def _hold(_: Json, released: asyncio.Event) -> Effect:
    def strike(_: Passage) -> None:
        raise Held(released)

    return strike


def _server_error(_: Json, __: asyncio.Event) -> Effect:
    return answer(500, {}, "Internal Server Error")


def _slow(fields: Json, released: asyncio.Event) -> Effect:
    async def strike(_: Passage) -> None:
        waiting = asyncio.ensure_future(released.wait())
        await asyncio.wait({waiting}, timeout=fields["seconds"])
        waiting.cancel()

    return strike


def _twice(_: Json, __: asyncio.Event) -> Effect:
    def strike(passage: Passage) -> None:
        passage.copies = 2

    return strike


def _refuse_token(fields: Json, _: asyncio.Event) -> Effect:
    return answer(200, {}, {"ok": False, "error": fields["error"]})


EFFECTS: dict[str, Making] = {
    "rate_limited": _rate_limited,
    "drop_before": _drop,
    "drop_stored": _drop,
    "hang": _hold,
    "server_error": _server_error,
    "slow": _slow,
    "twice": _twice,
    "lose_ack": _hold,
    "refuse_token": _refuse_token,
}
