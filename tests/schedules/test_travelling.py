"""The bot's own loops on a clock that jumps: what falls due happens as it would if the time had passed minute by minute."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.rules.delivery import LEASE
from bot.services import delivery, ticking
from bot.services.delivery import Limits
from sandbox.clock import MovableClock, Travel
from schedules.tick import Tick
from storage import outbox, timers
from storage.database import Database, Tx
from storage.outbox import Note
from storage.timers import Timer
from tests.cast import NOON, OTHER_WORKSPACE, WORKSPACE
from tests.schedules.running import running

MINUTES = 60
MINUTE = timedelta(minutes=1)


@dataclass
class Floor:
    """Timers in rows, and sleepers on the workspace's clock; `happened` is what each did, and when."""

    db: Database
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOON, runs=False))
    happened: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tick = Tick(self.db, self.clock, {"note": self.note})
        self.travel = Travel(self.clock)
        self.travel.residents.append(self)

    async def note(self, tx: Tx, timer: Timer, now: datetime) -> None:
        """Every third sets one more, which falls due on the same journey."""
        self.happened.append((now, f"timer {timer.subject}"))
        if timer.subject.endswith("3"):
            await timers.put(tx, Timer("note", f"{timer.subject}+", now + 7 * MINUTE))

    async def sleep(self, due: datetime) -> None:
        await self.clock.sleep_until(due)
        self.happened.append((self.clock.now(), "sleeper"))

    @property
    def is_busy(self) -> bool:
        return self.tick.is_busy

    async def next_due(self, *, after: datetime) -> datetime | None:
        return await ticking.next_due(self.db, after=after)

    def wake(self, _now: datetime) -> None:
        self.db.wake("tick")


async def live(db: Database, seed: int, moves: list[datetime]) -> list[tuple[datetime, str]]:
    """A random plan, lived through with these moves."""
    random, floor = Random(seed), Floor(db)  # noqa: S311 - a test that can be repeated
    moments = random.sample(range(1, 2 * MINUTES), 30)
    async with db.write(WORKSPACE) as tx:
        plan = [Timer("note", str(n), NOON + at * MINUTE / 2) for n, at in enumerate(moments[:20])]
        await timers.put(tx, *plan)
    sleepers = [asyncio.create_task(floor.sleep(NOON + at * MINUTE / 2)) for at in moments[20:]]
    async with running(floor.tick.run):
        for moment in moves:
            await floor.travel.to(moment)
    await asyncio.gather(*sleepers)
    async with db.write(WORKSPACE) as tx:
        await timers.cancel(tx, "3+", "note")
    return floor.happened


async def test_one_jump_is_like_a_walk_by_the_minute(db: Database) -> None:
    async with db.write(OTHER_WORKSPACE) as tx:
        await timers.cancel(tx, "LEAK-subject", "LEAK-kind")
    walk = [NOON + n * MINUTE for n in range(1, MINUTES + 11)]
    walked = await live(db, 7, walk)
    jumped = await live(db, 7, walk[-1:])
    assert len(jumped) >= 32
    assert jumped == walked
    assert [at for at, _ in jumped] == sorted(at for at, _ in jumped)


async def test_whatever_is_in_the_way_of_a_message_is_a_moment_to_visit(db: Database) -> None:
    """A note for later, and a lane that somebody has leased: delivery says when it will look again."""
    async with db.write(WORKSPACE) as tx:
        later = Note("later", "C1", "Later", not_before=NOON + 20 * MINUTE)
        await outbox.say(tx, later, Note("now", "C2", "Now"), now=NOON)
    assert await delivery.next_due(db, after=NOON) == NOON + 20 * MINUTE
    turn = await delivery.turn(db, WORKSPACE, {}, Limits(), lanes=16, now=NOON)
    assert [job.lane for job in turn.jobs] == ["C2"]
    assert await delivery.next_due(db, after=NOON) == NOON + LEASE
    assert await delivery.next_due(db, after=NOON + LEASE) == NOON + 20 * MINUTE
    # What is left is the canary's, which waits for ever.
    rest = await delivery.next_due(db, after=NOON + 20 * MINUTE)
    assert rest is None or rest > NOON + 10_000 * timedelta(days=1)
