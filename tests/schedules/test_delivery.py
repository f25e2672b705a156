"""The loop over HTTP: woken by a commit, quick, patient with a database that is gone, and able to stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.rules.delivery import NO_LIMITS, Drawn, Limits
from bot.services import delivery
from bot.services.delivery import Cards, DeadLetter
from schedules.delivery import Delivery, WebApi
from storage import outbox
from storage.database import Database, Tx
from storage.outbox import Card, LaneRow, Note, OutboxRow, State
from tests.cast import WORKSPACE
from tests.clock import MovableClock
from tests.fakes.web_api import FakeWebApi, client_of, fake_web_api
from tests.schedules.running import running, until


async def draw(_tx: Tx, subject: str, _channel: str) -> Drawn:
    return Drawn(f"card {subject}")


@asynccontextmanager
async def delivering(
    db: Database,
    *,
    clock: Clock | None = None,
    limits: Limits = NO_LIMITS,
    cards: Cards | None = None,
    on_dead: delivery.OnDead | None = None,
) -> AsyncIterator[FakeWebApi]:
    async with fake_web_api() as slack, client_of(slack.url) as client:
        loop = Delivery(
            db,
            clock or MovableClock(),
            lambda _: WebApi(client),
            cards or {"escalation": draw},
            limits=limits,
            on_dead=on_dead,
        )
        async with running(loop.run):
            yield slack


async def say(db: Database, *things: Note | Card, workspace_id: str = WORKSPACE) -> None:
    async with db.write(workspace_id) as tx:
        await outbox.say(tx, *things, now=MovableClock().now())


async def settled(db: Database) -> bool:
    """Whether nothing waits and no lane is leased."""
    async with db.read(WORKSPACE) as tx:
        waiting = select(func.count()).where(
            OutboxRow.state.in_([State.PENDING.value, State.SENDING.value])
        )
        leased = select(func.count()).where(LaneRow.leased_until.is_not(None))
        return await tx.scalar(waiting) == 0 and await tx.scalar(leased) == 0


async def test_a_commit_wakes_the_loop(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schedules.delivery.POLL_SECONDS", 3600.0)  # by itself it looks too late
    async with delivering(db) as slack:
        await until(lambda: not slack.calls)
        await say(db, Note("one", "C1", "one"))
        await until(lambda: slack.texts("C1") == ["one"])


async def test_what_was_said_before_the_start_is_found(db: Database) -> None:
    await say(db, Note("one", "C1", "one"), Card("escalation", "e1", "C2"))
    async with delivering(db) as slack:
        await until(lambda: slack.texts("C1") == ["one"] and slack.texts("C2") == ["card e1"])


async def test_each_workspace_is_served(db: Database) -> None:
    async with delivering(db) as slack:
        await say(db, Note("one", "C1", "one"))
        await say(db, Note("one", "C2", "other"), workspace_id="T0OTHER")
        await until(lambda: slack.texts("C1") == ["one"] and slack.texts("C2") == ["other"])


async def test_a_backlog_goes_out_in_order_and_lanes_do_not_wait_for_each_other(
    db: Database,
) -> None:
    await say(db, *[Note(f"n{n}", f"C{n % 7}", f"{n:03}") for n in range(140)])
    async with delivering(db) as slack:
        await until(lambda: sum(map(len, slack.messages.values())) == 140)
    for channel in range(7):
        assert slack.texts(f"C{channel}") == [f"{n:03}" for n in range(140) if n % 7 == channel]
    assert await settled(db)


async def test_one_slow_channel_holds_up_no_other(db: Database) -> None:
    async with delivering(db) as slack:
        slack.hold = asyncio.Event()
        await say(db, Note("slow", "C1", "slow"))
        await until(lambda: len(slack.calls) == 1)
        slow, slack.hold = slack.hold, None
        await say(db, Note("quick", "C2", "quick"))
        await until(lambda: slack.texts("C2") == ["quick"])
        assert slack.texts("C1") == []
        slow.set()
        await until(lambda: slack.texts("C1") == ["slow"])


async def test_the_second_message_of_a_channel_follows_after_a_second(db: Database) -> None:
    clock = MovableClock()
    async with delivering(db, limits=Limits(), clock=clock) as slack:
        await say(db, Note("one", "C1", "one"), Note("two", "C1", "two"))
        await until(lambda: slack.texts("C1") == ["one"])
        clock.jump(seconds=1)
        db.wake("delivery")
        await until(lambda: slack.texts("C1") == ["one", "two"])


async def test_stopping_waits_for_what_is_on_its_way_and_takes_nothing_new(db: Database) -> None:
    async with fake_web_api() as slack, client_of(slack.url) as client:
        slack.hold = asyncio.Event()
        loop = Delivery(db, MovableClock(), lambda _: WebApi(client), {}, limits=NO_LIMITS)
        stop = asyncio.Event()
        task = asyncio.create_task(loop.run(stop))
        await say(db, Note("one", "C1", "one"))
        await until(lambda: len(slack.calls) == 1)
        stop.set()
        await say(db, Note("two", "C2", "two"))
        slack.hold.set()
        await asyncio.wait_for(task, 5)
        assert (slack.texts("C1"), slack.texts("C2")) == (["one"], [])
    async with db.read(WORKSPACE) as tx:
        rows = {row.key: row.state for row in await tx.scalars(select(OutboxRow))}
        leases = await tx.scalars(select(LaneRow.leased_until))
        assert (rows, set(leases)) == ({"one": "sent", "two": "pending"}, {None})


async def test_a_card_that_raises_is_logged_and_holds_up_nothing(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_tx: Tx, _subject: str, _channel: str) -> Drawn:
        raise ZeroDivisionError

    async with delivering(db, cards={"escalation": broken}) as slack:
        await say(db, Card("escalation", "e1", "C1"), Note("one", "C1", "one"))
        await until(lambda: slack.texts("C1") == ["one"])
    assert "A card could not be drawn" in caplog.text


async def test_somebody_is_told_of_what_died(db: Database) -> None:
    told: list[str] = []

    async def tell(_tx: Tx, letter: DeadLetter) -> None:
        told.append(letter.about)

    async with delivering(db, on_dead=tell) as slack:
        slack.fault = lambda _method, _payload: "is_archived"
        await say(db, Note("one", "C1", "one"))
        await until(lambda: told == ["one"])


async def test_a_sender_that_raises_makes_its_messages_unclear_not_lost(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def call(self, _method: str, _payload: object, /) -> delivery.Answer:
            raise ZeroDivisionError

    loop = Delivery(db, MovableClock(), lambda _: Broken(), {}, limits=NO_LIMITS)
    async with running(loop.run):
        await say(db, Note("one", "C1", "one"))
        await until(lambda: "A job of delivery failed" in caplog.text)
    async with db.read(WORKSPACE) as tx:
        row = (await tx.scalars(select(OutboxRow))).one()
        assert (row.state, row.last_error) == ("sending", "no_answer")


class Shaky(Database):
    """A database that can be taken away."""

    is_gone = False

    @asynccontextmanager
    async def write(self, workspace_id: str) -> AsyncIterator[Tx]:
        if self.is_gone:
            raise DatabaseGone("It is away.")
        async with super().write(workspace_id) as tx:
            yield tx


async def test_it_goes_on_when_the_database_comes_back(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It went away after the message was sent, and before that could be written down."""
    db = Shaky(database_url)
    async with delivering(db) as slack:
        slack.hold = asyncio.Event()
        await say(db, Note("one", "C1", "one"), Note("two", "C1", "two"))
        await until(lambda: len(slack.calls) == 1)
        db.is_gone = True
        slack.hold.set()
        await until(lambda: "Delivery waits for the database" in caplog.text)
        db.is_gone = False
        await until(lambda: slack.texts("C1") == ["one", "two"])
    assert await settled(db)
    await db.close()


async def test_two_replicas_share_the_work_and_say_nothing_twice(db: Database) -> None:
    other = Database(db.url.render_as_string(hide_password=False))
    await say(db, *[Note(f"n{n}", f"C{n % 10}", f"{n:03}") for n in range(200)])
    clock = MovableClock()
    async with fake_web_api() as slack, client_of(slack.url) as client:
        slack.delay = 0.001
        first, second = (
            Delivery(one, clock, lambda _: WebApi(client), {}, limits=NO_LIMITS)
            for one in (db, other)
        )
        async with running(first.run), running(second.run):
            await until(lambda: sum(map(len, slack.messages.values())) >= 200)
        for channel in range(10):
            here = [f"{n:03}" for n in range(200) if n % 10 == channel]
            assert slack.texts(f"C{channel}") == here
    assert await settled(db)
    await other.close()


def test_a_drain_is_longer_than_a_call() -> None:
    assert timedelta(seconds=12) > delivery.TIMEOUT
