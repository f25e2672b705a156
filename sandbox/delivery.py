"""Bringing things to the app: one way in, over either transport, with three seconds to answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.faults import Dropped, Faults, Replied
from sandbox.kinds import Json, LogEntry
from sandbox.workspace import Workspace

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Retry:
    number: int
    reason: str


class DeliveryFailed(Exception):
    """The app did not take it. `error` is the word Slack shows; `retry_reason` the one it repeats with."""

    def __init__(self, error: str, retry_reason: str, *, retry: bool = True) -> None:
        super().__init__(error)
        self.error, self.retry_reason, self.retry = error, retry_reason, retry


@dataclass(frozen=True)
class Answer:
    """What the app said in time, or the error if it did not."""

    body: Json
    error: str = ""
    retry_reason: str = ""
    retry: bool = True

    @property
    def ok(self) -> bool:
        return not self.error


class Transport(Protocol):
    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        """The answer's body, {} when it is empty. Raises DeliveryFailed."""
        ...


@dataclass
class Delivery:
    workspace: Workspace
    faults: Faults
    transport: Callable[[], Transport]
    ack_timeout: float = 3.0
    on_its_way: int = 0

    async def deliver(self, kind: Kind, payload: Json, retry: Retry | None = None) -> Answer:
        self.on_its_way += 1
        try:
            return await self._deliver(kind, payload, retry)
        finally:
            self.on_its_way -= 1

    async def _deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        loop = asyncio.get_running_loop()
        at, started = self.workspace.clock.now().isoformat(), loop.time()
        answer = await self._try(kind, payload, retry)
        result = {"ok": answer.ok, "error": answer.error, "body": answer.body}
        if retry is not None:
            result |= {"retry": retry.number, "retry_reason": retry.reason}
        took = loop.time() - started
        self.workspace.note(LogEntry(at, "delivery", kind, payload, result, took))
        return answer

    async def _try(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        name = f"delivery.{kind}"
        try:
            async with asyncio.timeout(self.ack_timeout):
                await self.faults.run(name, "before", payload)
                body = await self.transport().send(kind, payload, retry)
                await self.faults.run(name, "answered", payload)
                return Answer(body)
        except TimeoutError:
            return Answer({}, "operation_timeout", "http_timeout")
        except DeliveryFailed as failure:
            return Answer({}, failure.error, failure.retry_reason, failure.retry)
        except Dropped:
            return Answer({}, "dispatch_failed", "connection_failed")
        except Replied:
            return Answer({}, "http_service_error", "http_error")
