"""Delivery by hand: turns taken one at a time, at times that the test chooses, and a Slack that answers as it is told."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.rules.delivery import Answer, Drawn, Limits
from bot.services import delivery
from bot.services.delivery import Draw, Report, Turn
from storage import outbox
from storage.database import Database, Tx
from storage.outbox import Card, File, Note, OutboxRow
from tests.cast import NOON, WORKSPACE

Json = dict[str, Any]


@dataclass
class Puppet:
    """A Slack of one's own: it accepts everything, except for what `answers` says about the next calls."""

    calls: list[tuple[str, Json]] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)
    stored: list[Json] = field(default_factory=list)

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        self.calls.append((method, dict(payload)))
        if method.startswith("conversations.") and not self.answers:
            return self._look(method, payload)
        answer = self.answers.popleft() if self.answers else Answer()
        if answer.error:
            return answer
        ts = str(payload.get("ts") or f"{len(self.calls)}.0")
        channel = str(payload.get("channel", ""))
        if (
            "channel_id" in payload
        ):  # a file: what is shown has an address, but the answer does not say it
            self.store({**payload, "channel": payload["channel_id"]}, ts)
            return Answer()
        self.store(payload, ts)
        return Answer(data={"ts": ts, "channel": channel} if channel else {})

    def store(self, payload: Mapping[str, Any], ts: str) -> None:
        self.stored.append({**payload, "ts": ts})

    def _look(self, method: str, payload: Mapping[str, Any]) -> Answer:
        if method == "conversations.open":
            return Answer(data={"channel": {"id": "D" + payload["users"][1:]}})
        here = [m for m in self.stored if m.get("channel") == payload["channel"]]
        return Answer(data={"messages": here})

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    @property
    def said(self) -> list[str]:
        """The texts that were accepted, in order."""
        return [message["text"] for message in self.stored if "text" in message]


@dataclass
class Courier:
    """One process that delivers. `now` moves only when the test moves it."""

    db: Database
    slack: Puppet = field(default_factory=Puppet)
    limits: Limits = field(default_factory=Limits)
    looks: dict[str, Drawn | None] = field(default_factory=dict)
    cards: dict[str, Draw] = field(default_factory=dict)
    now: datetime = NOON
    reports: list[Report] = field(default_factory=list)
    workspace_id: str = WORKSPACE

    async def say(self, *things: Note | Card | File) -> None:
        async with self.db.write(self.workspace_id) as tx:
            await outbox.say(tx, *things, now=self.now)

    async def turn(self, *, lanes: int = 16) -> Turn:
        """Record what came back, and take what may go; nothing is sent yet."""
        done = await delivery.turn(
            self.db,
            self.workspace_id,
            {"escalation": self.draw, "home": self.draw, **self.cards},
            self.limits,
            self.reports,
            lanes=lanes,
            now=self.now,
        )
        self.reports = done.kept
        return done

    async def round(self, *, lanes: int = 16) -> Turn:
        """A turn, and its jobs on the network."""
        done = await self.turn(lanes=lanes)
        for job in done.jobs:
            self.reports.append(await delivery.perform(job, self.slack, lambda: self.now))
        return done

    async def turn_and(self, step: Callable[[], None]) -> None:
        """A round in which `step` is called wherever a process could die, besides on the network."""
        step()
        done = await self.turn()
        step()
        for job in done.jobs:
            self.reports.append(await delivery.perform(job, self.slack, lambda: self.now))
            step()

    async def deliver(self) -> None:
        """Everything that can be said at this moment."""
        for _ in range(100):
            if not (await self.round()).jobs and not self.reports:
                return
        raise AssertionError("Delivery does not come to rest.")

    async def later(self, **length: float) -> None:
        """Let time pass, then deliver."""
        self.now += timedelta(**length)
        await self.deliver()

    async def draw(self, _tx: Tx, subject: str, _channel: str) -> Drawn | None:
        return self.looks.get(subject, Drawn(f"card {subject}"))

    async def states(self) -> dict[str, str]:
        """The state of each row, by its key for notes and its subject for cards."""
        async with self.db.read(self.workspace_id) as tx:
            rows = await tx.scalars(select(OutboxRow).order_by(OutboxRow.lane, OutboxRow.seq))
            return {(row.card_subject or "" if row.is_card else row.key): row.state for row in rows}

    async def row(self, key: str) -> OutboxRow:
        async with self.db.read(self.workspace_id) as tx:
            return (await tx.scalars(select(OutboxRow).where(OutboxRow.key == key))).one()


def raising(error: Exception) -> Draw:
    async def draw(_tx: Tx, _subject: str, _channel: str) -> Drawn | None:
        raise delivery.DrawingFailed(error)

    return draw


def note(key: str, channel: str = "C1", **given: Any) -> Note:
    return Note(key, channel, key, **given)


def card(subject: str = "1", channel: str = "C1", **given: Any) -> Card:
    return Card("escalation", subject, channel, **given)
