"""The claim clock fires once, says how late it is, and is silent as soon as somebody has the case."""

from datetime import datetime, timedelta

import pytest

from bot.rules.escalations import Alarm, Escalation, EventKind, alarms
from bot.services import escalations
from schedules.escalations import FIRE
from storage.database import Database
from storage.timers import Timer
from tests import casebook
from tests.cast import ALICE, BOB, NOON, WORKSPACE

WARNED = NOON + timedelta(minutes=22, seconds=30)
DUE = NOON + timedelta(minutes=30)


async def fire(db: Database, timer: Timer, now: datetime) -> None:
    async with db.write(WORKSPACE) as tx:
        await FIRE[timer.kind](tx, timer, now)


def claim_clock(case: Escalation) -> list[Timer]:
    """The warning and the breach."""
    due = alarms(case)
    kinds = (Alarm.CLAIM_WARNING, Alarm.CLAIM_BREACH)
    return [Timer(kind, str(case.id), due[kind]) for kind in kinds]


async def open_case(db: Database) -> list[Timer]:
    await casebook.set_up(db)
    return claim_clock(await casebook.escalate(db))


async def test_the_warning_calls_the_leads_once(db: Database) -> None:
    warning, _ = await open_case(db)
    assert warning.due_at == WARNED
    await fire(db, warning, WARNED)
    await fire(db, warning, WARNED)
    [line] = await casebook.said(db, casebook.LEADS)
    assert line.startswith("<@U0BEN> <@U0BOB> Still waiting for an owner: #1")
    assert "7 minutes left" in line


async def test_a_warning_after_the_time_is_not_worth_saying(db: Database) -> None:
    warning, _ = await open_case(db)
    await fire(db, warning, DUE)
    assert await casebook.said(db, casebook.LEADS) == []


@pytest.mark.parametrize(("late", "said"), [(0, ""), (22, "22 minutes ago")])
async def test_the_breach_calls_leads_and_manager_and_is_kept(
    db: Database, late: int, said: str
) -> None:
    _, breach = await open_case(db)
    await casebook.live(db, until=WARNED)
    now = DUE + timedelta(minutes=late)
    await fire(db, breach, now)
    await fire(db, breach, now)
    await fire(db, Timer(Alarm.POLICY_STEP, "1", DUE), now)
    _called, _warned, line = await casebook.said(db, casebook.LEADS)
    assert line.startswith("<@U0BEN> <@U0BOB> <@U0MARA> #1")
    assert said in line
    case = await casebook.case(db)
    assert case.claim_late_at == now
    assert [one.kind for one in await casebook.timeline(db)] == [
        *(EventKind.RAISED, EventKind.LEVEL_TOLD, EventKind.CLAIM_WARNED),
        *(EventKind.CLAIM_LATE, EventKind.LEVEL_TOLD),
    ]


async def test_nothing_is_said_before_its_time(db: Database) -> None:
    _, breach = await open_case(db)
    await fire(db, breach, DUE - timedelta(seconds=1))
    assert await casebook.said(db, casebook.LEADS) == []


async def test_nothing_is_said_once_somebody_has_it(db: Database) -> None:
    timers = await open_case(db)
    await escalations.claim(db, BOB, 1, key="claim", now=NOON)
    assert set(await casebook.timers(db)) == {Alarm.UPDATE_WARNING, Alarm.UPDATE_BREACH}
    for timer in timers:
        await fire(db, timer, timer.due_at)
    assert await casebook.said(db, casebook.LEADS) == []


async def test_the_clock_of_an_earlier_wait_is_silent(db: Database) -> None:
    _, breach = await open_case(db)
    await escalations.withdraw(db, ALICE, 1, key="withdraw", now=NOON)
    later = NOON + timedelta(minutes=10)
    await escalations.reopen(db, ALICE, 1, "It came back", key="reopen", now=later)
    before = await casebook.case(db)
    await fire(db, breach, DUE)
    assert await casebook.case(db) == before
    _, new = claim_clock(before)
    await fire(db, new, new.due_at)
    assert (await casebook.case(db)).claim_late_at == new.due_at


async def test_a_timer_of_a_case_that_is_gone_does_nothing(db: Database) -> None:
    await casebook.set_up(db)
    await fire(db, Timer("escalation.claim_breach", "99", NOON), NOON)
    assert await casebook.said(db, casebook.LEADS) == []


async def test_a_breach_and_a_claim_at_once_leave_one_owner_and_a_whole_timeline(
    db: Database,
) -> None:
    _, breach = await open_case(db)
    await fire(db, breach, DUE)
    after = await escalations.claim(db, BOB, 1, key="claim", now=DUE)
    assert after.owner_id == BOB.id
    assert [one.version for one in await casebook.timeline(db)] == [1, 2, 3]
