"""Events that the app has not taken yet: brought at once, and again until it does, over restarts of the workspace too."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock, Waiting
from sandbox.delivery import Delivery, Retry
from sandbox.kinds import Json
from sandbox.store import Store
from sandbox.tasks import Tasks

# https://docs.slack.dev/apis/events-api: nearly at once, after a minute, after five.
REDELIVERED_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
KIND = "undelivered"


@dataclass
class Due:
    """The next attempt: its number, when it is due (ISO), and why the one before failed."""

    number: int
    at: str
    reason: str = ""


@dataclass
class Undelivered:
    clock: Clock
    store: Store
    delivery: Delivery
    waiting: Waiting
    tasks: Tasks
    _left: dict[str, Due] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._left)

    def bring(self, payload: Json) -> None:
        due = Due(0, self.clock.now().isoformat())
        self._keep(payload, due)
        self.tasks.start(self._bring(payload, due))

    def resume(self) -> None:
        """Go on with what a workspace that was stopped had left."""
        for event_id, kept in self.store.all(KIND):
            due = self._left[event_id] = Due(**kept["due"])
            self.tasks.start(self._bring(kept["payload"], due))

    async def _bring(self, payload: Json, due: Due) -> None:
        while True:
            await self._wait(due)
            retry = Retry(due.number, due.reason) if due.number else None
            answer = await self.delivery.deliver("events_api", payload, retry)
            if answer.ok or not answer.retry or due.number == len(REDELIVERED_AFTER):
                self._drop(payload)
                return
            at = self.clock.now() + REDELIVERED_AFTER[due.number]
            due = Due(due.number + 1, at.isoformat(), answer.retry_reason)
            self._keep(payload, due)

    async def _wait(self, due: Due) -> None:
        left = datetime.fromisoformat(due.at) - self.clock.now()
        if left > timedelta(0):
            await self.waiting.wait(left)

    def _keep(self, payload: Json, due: Due) -> None:
        event_id = str(payload["event_id"])
        self._left[event_id] = due
        self.store.put(KIND, event_id, {"payload": payload, "due": asdict(due)})

    def _drop(self, payload: Json) -> None:
        event_id = str(payload["event_id"])
        self._left.pop(event_id, None)
        self.store.drop(KIND, event_id)
