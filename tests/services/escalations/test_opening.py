"""A case that is raised while its team is closed: told so, no clock until the team opens, then the clock as ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.people import Role, system
from bot.rules.calendars import BusinessHours, holidays, typed
from bot.rules.escalations import Alarm, EventKind, Verdict, clock_started
from bot.rules.teams import TeamDraft
from bot.services import escalations, teams
from schedules.escalations import FIRE
from storage import escalations as stored
from storage.database import Database
from storage.timers import Timer
from tests import casebook
from tests.cast import ADA, ALICE, BOB, WORKSPACE

OFFICE = replace(casebook.TEAM, hours=BusinessHours(always_open=False))
SATURDAY = datetime(2026, 3, 7, 22, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)  # nine in Berlin
VERDICT = Verdict("Bank was slow", "explanation", solvable="no")
WARNED, DUE = MONDAY + timedelta(minutes=22, seconds=30), MONDAY + timedelta(minutes=30)


async def fire(db: Database, kind: str, at: datetime, now: datetime | None = None) -> None:
    async with db.write(WORKSPACE) as tx:
        await FIRE[kind](tx, Timer(kind, "1", at, "0"), now or at)


async def raise_at_night(db: Database) -> None:
    await casebook.set_up(db, OFFICE)
    await casebook.escalate(db, now=SATURDAY)


async def test_the_reporter_is_told_and_the_timers_wait_for_the_opening(db: Database) -> None:
    await raise_at_night(db)
    case = await casebook.case(db)
    assert (case.opens_at, case.claim_due_at, case.due_at) == (MONDAY, DUE, DUE)
    assert case.clock_started_at == SATURDAY
    assert await casebook.timers(db) == {
        Alarm.CLAIM_START: MONDAY,
        Alarm.CLAIM_WARNING: WARNED,
        Alarm.CLAIM_BREACH: DUE,
        Alarm.POLICY_STEP: MONDAY,
    }
    [told] = await casebook.said(db, ALICE.id)
    assert f"The team is closed now and opens <!date^{MONDAY.timestamp():.0f}^" in told


async def test_when_the_team_opens_the_clock_begins_once_and_the_timeline_says_so(
    db: Database,
) -> None:
    await raise_at_night(db)
    await fire(db, Alarm.CLAIM_START, MONDAY, SATURDAY)  # a clock that is wrong starts nothing
    assert (await casebook.case(db)).opens_at == MONDAY
    await fire(db, Alarm.CLAIM_START, MONDAY)
    await fire(db, Alarm.CLAIM_START, MONDAY)
    case = await casebook.case(db)
    assert (case.opens_at, case.claim_due_at, case.version) == (None, DUE, 2)
    kinds = [one.kind for one in await casebook.timeline(db)]
    assert kinds == [EventKind.RAISED, EventKind.CLOCK_STARTED]
    assert (
        await casebook.said(db, casebook.LEADS) == []
    )  # the card is drawn anew; nobody is called yet


async def test_the_warning_counts_working_minutes_and_the_breach_follows(db: Database) -> None:
    await raise_at_night(db)
    await casebook.live(db, until=DUE)
    _called, warning, breach = await casebook.said(db, casebook.LEADS)
    assert "7 minutes left" in warning
    assert "still needs an owner" in breach


async def test_a_case_that_was_claimed_at_night_starts_no_clock(db: Database) -> None:
    await raise_at_night(db)
    await escalations.claim(db, BOB, 1, key="claim", now=SATURDAY)
    assert set(await casebook.timers(db)) == {Alarm.UPDATE_WARNING, Alarm.UPDATE_BREACH}
    await fire(db, Alarm.CLAIM_START, MONDAY)
    assert (await casebook.case(db)).version == 2
    await escalations.resolve(db, BOB, 1, VERDICT, key="resolve", now=SATURDAY)
    await escalations.reopen(db, ALICE, 1, "It came back", key="reopen", now=MONDAY)
    case = await casebook.case(db)
    assert (case.opens_at, case.claim_due_at) == (None, DUE)


async def test_a_case_that_is_reopened_at_night_waits_for_the_opening_too(db: Database) -> None:
    await raise_at_night(db)
    await escalations.withdraw(db, ALICE, 1, key="withdraw", now=SATURDAY)
    await escalations.reopen(db, ALICE, 1, "It came back", key="reopen", now=SATURDAY)
    case = await casebook.case(db)
    assert (case.opens_at, case.claim_due_at) == (MONDAY, DUE)
    assert "opens" in (await casebook.said(db, ALICE.id))[-1]


async def test_editing_the_calendar_changes_later_cases_only(db: Database) -> None:
    await raise_at_night(db)
    draft = TeamDraft(
        "Billing",
        zone=OFFICE.zone,
        hours=replace(typed(OFFICE.hours), week={"wed": "10:00-12:00"}),
        leads_channel=casebook.LEADS,
        people={Role.LEAD: (BOB.id,)},
    )
    await teams.edit_team(db, ADA, OFFICE, draft, key="edit", now=SATURDAY)
    case = await casebook.case(db)
    assert (case.opens_at, case.claim_due_at) == (MONDAY, DUE)
    await casebook.live(db, until=DUE)
    _hello, warning = await casebook.said(db, casebook.LEADS)
    assert "7 minutes left" in warning
    case = await casebook.case(db)
    wednesday = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert (case.claim_late_at, case.step_at) == (
        DUE,
        wednesday,
    )  # who is told when follows the edit
    later = await casebook.escalate(db, key="later", now=SATURDAY)
    assert later.opens_at == datetime(2026, 3, 11, 9, tzinfo=UTC)


async def test_a_timer_that_failed_before_still_does_its_work(db: Database) -> None:
    await raise_at_night(db)
    async with db.write(WORKSPACE) as tx:
        await FIRE[Alarm.CLAIM_BREACH](
            tx, Timer(Alarm.CLAIM_BREACH, "1", DUE, "0", attempts=3), DUE
        )
    assert (await casebook.case(db)).claim_late_at == DUE


async def test_an_opening_and_a_claim_at_once_leave_one_owner(db: Database) -> None:
    await raise_at_night(db)
    before = await casebook.case(db)
    await escalations.claim(db, BOB, 1, key="claim", now=MONDAY)
    async with db.write(WORKSPACE) as tx:
        step = clock_started(before, system(WORKSPACE), now=MONDAY)
        assert await stored.change(tx, before, step) is None
    assert (await casebook.case(db)).owner_id == BOB.id


async def test_a_public_holiday_does_not_count_and_its_library_is_loaded_when_needed(
    db: Database,
) -> None:
    holidays.of.cache_clear()
    german = replace(OFFICE, hours=replace(OFFICE.hours, region="DE"))
    await casebook.set_up(db, german)
    thursday = datetime(2026, 4, 2, 14, 50, tzinfo=UTC)  # ten to five, before Good Friday
    case = await casebook.escalate(db, now=thursday)
    assert holidays.is_loaded()
    assert case.opens_at is None
    assert case.claim_due_at == datetime(2026, 4, 7, 7, 20, tzinfo=UTC)  # after Easter Monday
