"""The auditor finds what is overdue, whoever should have done it; and the upkeep throws away what is over."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.rules.delivery import Answer, Limits
from bot.rules.standups import Round, StandUp
from bot.rules.teams import Team
from bot.services import auditing, upkeep
from schedules.audit import Auditor
from storage import inbox, standups, teams, timers
from storage.database import Database
from storage.inbox import InboxRow
from storage.outbox import LaneRow, OutboxRow, Priority
from storage.timers import Timer
from tests.cast import BILLING, NOON, OTHER_WORKSPACE, WORKSPACE
from tests.clock import MovableClock
from tests.services.delivery.courier import Courier, note

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
async def quiet(db: Database) -> Database:
    """Without the canary's own timer, which nobody fires."""
    async with db.write(OTHER_WORKSPACE) as tx:
        await timers.cancel(tx, "LEAK-subject", "LEAK-kind")
    return db


async def faults(db: Database, after: timedelta) -> tuple[str, ...]:
    return (await auditing.audit(db, now=NOON + after)).faults


async def test_all_is_green_where_nothing_waits(quiet: Database) -> None:
    found = await auditing.audit(quiet, now=NOON)
    assert (found.green, found.faults) == (True, ())


async def test_a_timer_that_did_not_fire(quiet: Database) -> None:
    async with quiet.write(WORKSPACE) as tx:
        await timers.put(tx, Timer("warn", "1", NOON))
        await timers.put_off(tx, Timer("warn", "1", NOON), until=NOON + DAY, error="Boom")
    assert await faults(quiet, 30 * SECOND) == ()
    assert await faults(quiet, 31 * SECOND) == ("timers_overdue=1",)


async def test_a_message_that_nobody_sends(quiet: Database) -> None:
    await Courier(quiet).say(note("one"), note("later", "C2", not_before=NOON + DAY))
    assert await faults(quiet, 60 * SECOND) == ()
    assert await faults(quiet, 61 * SECOND) == ("messages_stuck=1",)


async def test_a_message_that_was_never_heard_of_again(quiet: Database) -> None:
    courier = Courier(quiet)
    await courier.say(note("one"))
    await courier.turn()
    assert await faults(quiet, 60 * SECOND) == ()
    assert await faults(quiet, 61 * SECOND) == ("lanes_forgotten=1",)
    assert await faults(quiet, 301 * SECOND) == ("messages_on_their_way=1", "lanes_forgotten=1")


async def test_waiting_for_slack_is_no_fault(quiet: Database) -> None:
    courier = Courier(quiet)
    await courier.say(note("one"))
    courier.slack.answers.append(Answer("token_revoked"))
    await courier.deliver()
    assert await faults(quiet, 200 * SECOND) == ()
    assert await faults(quiet, 400 * SECOND) == ("messages_stuck=1",)


async def test_a_long_backlog_that_moves_is_no_fault(quiet: Database) -> None:
    courier = Courier(quiet)
    await courier.say(*[note(f"n{n}") for n in range(100)])
    for _ in range(70):
        await courier.later(seconds=1)
    assert await faults(quiet, 71 * SECOND) == ()


async def test_more_than_slack_takes_in_minutes_is_no_fault_while_it_moves(quiet: Database) -> None:
    courier = Courier(quiet, limits=Limits(within_minute={"chat.postMessage": 10}))
    await courier.say(*[note(f"n{n}", f"C{n}", priority=Priority.STANDUP) for n in range(30)])
    for _ in range(9):
        await courier.later(seconds=10)
    assert len(courier.slack.said) < 30
    assert await faults(quiet, 90 * SECOND) == ()
    assert await faults(quiet, 180 * SECOND) == ("messages_stuck=10",)


async def test_the_loop_says_when_something_changes(
    quiet: Database, caplog: pytest.LogCaptureFixture
) -> None:
    clock = MovableClock(NOON)
    auditor = Auditor(quiet, clock)
    await Courier(quiet).say(note("one"))
    assert (await auditor.look()).green
    clock.jump(seconds=90)
    assert not (await auditor.look()).green
    await auditor.look()
    assert caplog.text.count("Overdue: messages_stuck=1") == 1
    assert auditor.last is not None
    assert not auditor.last.green


async def test_old_requests_and_old_messages_are_forgotten_and_dead_letters_are_not(
    quiet: Database,
) -> None:
    courier = Courier(quiet)
    await courier.say(note("said"), note("dead", "C2"))
    courier.slack.answers.extend([Answer(), Answer("is_archived")])
    await courier.deliver()
    async with quiet.write(WORKSPACE) as tx:
        await inbox.check_new(tx, "old", now=NOON)
        await inbox.check_new(tx, "new", now=NOON + DAY)
    assert await upkeep.forget_what_is_over(quiet, now=NOON + 7 * DAY + SECOND) >= 1
    async with quiet.read(WORKSPACE) as tx:
        assert list(await tx.scalars(select(InboxRow.key))) == ["new"]
    await upkeep.forget_what_is_over(quiet, now=NOON + 31 * DAY)
    assert await courier.states() == {"dead": "dead"}


async def test_forgetting_goes_on_until_nothing_is_left(quiet: Database) -> None:
    async with quiet.write(WORKSPACE) as tx:
        for n in range(upkeep.BATCH + 1):
            await inbox.check_new(tx, f"{n}", now=NOON)
    await upkeep.forget_what_is_over(quiet, now=NOON + 8 * DAY)
    async with quiet.read(WORKSPACE) as tx:
        assert await tx.scalar(select(func.count()).select_from(InboxRow)) == 0


async def test_lanes_stay_when_their_messages_go(quiet: Database) -> None:
    """A lane's last place must never be given again: what was said there still has it."""
    courier = Courier(quiet)
    await courier.say(note("one"))
    await courier.deliver()
    async with quiet.write(WORKSPACE) as tx:
        await tx.execute(update(OutboxRow).values(queued_at=NOON - 60 * DAY))
    await upkeep.forget_what_is_over(quiet, now=NOON)
    async with quiet.read(WORKSPACE) as tx:
        assert list(await tx.scalars(select(LaneRow.last_seq))) == [1]


async def test_a_round_that_nobody_closes(quiet: Database) -> None:
    standup = StandUp(WORKSPACE, "daily", BILLING, "Morning")
    one = Round(WORKSPACE, "r1", standup.id, BILLING, "2026-03-02", NOON.date(), NOON - DAY, NOON)
    async with quiet.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, BILLING, "Billing"))
        await standups.add(tx, standup, now=NOON)
        await standups.add_round(tx, one)
    assert await faults(quiet, 120 * SECOND) == ()
    assert await faults(quiet, 121 * SECOND) == ("rounds_unclosed=1",)


async def test_a_standup_that_nobody_looks_after(quiet: Database) -> None:
    async with quiet.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, BILLING, "Billing"))
        await standups.add(tx, StandUp(WORKSPACE, "on", BILLING, "On"), now=NOON)
        off = StandUp(WORKSPACE, "off", BILLING, "Off", is_active=False)
        await standups.add(tx, off, now=NOON)
    assert await faults(quiet, 2 * DAY) == ()
    assert await faults(quiet, 2 * DAY + SECOND) == ("standups_forgotten=1",)
