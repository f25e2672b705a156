"""Bringing things to the app: one way in, over either transport, with three seconds to answer."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sandbox.faults import Dropped, Faults, Held, Passage, Replied
from sandbox.kinds import Json
from sandbox.tasks import Tasks
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


TIMED_OUT = Answer({}, "operation_timeout", "http_timeout")
CUT_OFF = Answer({}, "dispatch_failed", "connection_failed")


class Transport(Protocol):
    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        """The answer's body, {} when it is empty. Raises DeliveryFailed."""
        ...


@dataclass
class Delivery:
    workspace: Workspace
    faults: Faults
    tasks: Tasks
    transport: Callable[[], Transport]
    # In real seconds: the app's work takes real time, whatever the workspace's clock says.
    ack_timeout: float = 3.0
    on_its_way: int = field(default=0, init=False)

    async def deliver(self, kind: Kind, payload: Json, retry: Retry | None = None) -> Answer:
        passage = self._passage(kind, payload, retry)
        with self._counted():
            answer = await self._bring(passage, retry)
        self._note(passage, answer, retry)
        return answer

    async def _bring(self, passage: Passage, retry: Retry | None) -> Answer:
        try:
            await passage.at("before")
            for _ in range(1, passage.copies):
                self.tasks.start(self._repeat(passage, retry))
            return await self._hand_over(passage, retry)
        except Held as held:
            await held.wait(self.ack_timeout)
            return TIMED_OUT
        except Dropped:
            return CUT_OFF
        except Replied as reply:
            answered = "http_service_error" if reply.status >= 500 else "http_client_error"
            return Answer({}, answered, "http_error")

    async def _hand_over(self, passage: Passage, retry: Retry | None) -> Answer:
        """The app has it from here on, and three seconds to say so."""
        kind: Kind = passage.name  # type: ignore[assignment] # deliveries are named by their kind
        deadline = asyncio.get_running_loop().time() + self.ack_timeout
        try:
            async with asyncio.timeout_at(deadline):
                body = await self.transport().send(kind, passage.payload, retry)
                await passage.at("stored")
                await passage.at("answered")
                return Answer(body)
        except TimeoutError:
            return TIMED_OUT
        except DeliveryFailed as failure:
            return Answer({}, failure.error, failure.retry_reason, failure.retry)
        except Held as held:
            await held.wait(deadline - asyncio.get_running_loop().time())
            return TIMED_OUT

    async def _repeat(self, first: Passage, retry: Retry | None) -> None:
        """The same once more, at the same moment; nobody waits for what the app says to it."""
        passage = self._passage(first.name, first.payload, retry)
        passage.fault = first.fault
        with self._counted():
            answer = await self._hand_over(passage, retry)
        self._note(passage, answer, retry)

    def _passage(self, kind: str, payload: Json, retry: Retry | None) -> Passage:
        number = retry.number if retry else None
        return Passage(
            self.workspace, self.faults.interfere, "delivery", kind, payload, retry=number
        )

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.on_its_way += 1
        try:
            yield
        finally:
            self.on_its_way -= 1

    @staticmethod
    def _note(passage: Passage, answer: Answer, retry: Retry | None) -> None:
        noted: Json = {"ok": answer.ok, "error": answer.error, "body": answer.body}
        passage.note(noted | ({"retry_reason": retry.reason} if retry else {}))
