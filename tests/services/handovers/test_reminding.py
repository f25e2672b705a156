"""The end of a shift: planned from the shifts as they are, said once, by the team's clock, and to nobody without reason."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.app import FIRE
from bot.people import Role
from bot.rules.people import Profile
from bot.rules.roster.directory import Directory
from bot.rules.shifts import DayChange
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.services import shifts as shift_service
from bot.services import teams
from bot.services.shift_ends import ENDS, PLAN_ENDS, replan
from bot.services.ticking import fire_due
from storage import members
from storage.database import Database
from tests import casebook
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.services.handovers import offers
from tests.services.handovers.offers import BOB_LEAVES, MINUTE, QUARTER

HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC)  # in Berlin
DAY = timedelta(days=1)
PROFILES = [Profile(BEN.id, name=BEN.name)]
LIST = [
    ["Team", "Person", "Weekday", "From", "To"],
    ["Billing", "Ben", "Wed", "08:00", "12:00"],
]
MORE = OverrideDraft("add", BOB.id, "", date(2026, 3, 3), time(8), time(9))


async def plan(db: Database, now: datetime = NOON, team_id: str = BILLING) -> None:
    await offers.fire(db, PLAN_ENDS, team_id, now)


async def ends(db: Database) -> list[tuple[str, datetime, datetime]]:
    """Who stops when, and when that is said."""
    return [(who, datetime.fromisoformat(step), at) for who, step, at in await offers.due(db, ENDS)]


async def remind(db: Database, now: datetime, end: datetime = BOB_LEAVES) -> list[str]:
    await offers.fire(db, ENDS, BOB.id, now, end.isoformat())
    return await casebook.said(db, BOB.id)


async def tick(db: Database, now: datetime) -> None:
    """Everything that is due by then, as the clock of a running Baton does it."""
    await fire_due(db, WORKSPACE, FIRE, now)


async def test_who_still_holds_cases_is_asked_a_quarter_of_an_hour_before(db: Database) -> None:
    await offers.set_up(db, 3)
    await plan(db)
    assert (BOB.id, BOB_LEAVES, BOB_LEAVES - QUARTER) in await ends(db)
    await tick(db, BOB_LEAVES - QUARTER - MINUTE)
    assert await casebook.said(db, BOB.id) == []
    for late in (QUARTER, QUARTER - MINUTE):
        await tick(db, BOB_LEAVES - late)
    [line] = await casebook.said(db, BOB.id)
    assert line.startswith("Your shift ends ")
    assert "and you hold 3 open cases." in line


async def test_ends_are_planned_for_two_days_and_again_at_the_teams_midnight(db: Database) -> None:
    await offers.set_up(db, 0)
    await plan(db)
    assert await offers.due(db, PLAN_ENDS) == [(BILLING, "", MIDNIGHT)]
    ben = BOB_LEAVES + 6 * HOUR
    assert [(who, end) for who, end, _at in await ends(db)] == [
        (BEN.id, ben),
        (BEN.id, ben + DAY),
        (BOB.id, BOB_LEAVES),
        (BOB.id, BOB_LEAVES + DAY),
    ]
    await plan(db, MIDNIGHT)
    assert (BOB.id, BOB_LEAVES + 2 * DAY) in [(who, end) for who, end, _at in await ends(db)]


@pytest.mark.parametrize(
    ("day", "leaves", "next_plan"),
    [  # the Saturdays before Berlin's clocks change, and the Sundays
        (datetime(2026, 3, 28, 12, tzinfo=UTC), 16, 23),
        (datetime(2026, 3, 29, 12, tzinfo=UTC), 15, 22),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), 15, 22),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), 16, 23),
    ],
)
async def test_five_is_five_by_the_clock_on_the_wall_when_clocks_change(
    db: Database, day: datetime, leaves: int, next_plan: int
) -> None:
    await offers.set_up(db, 0)
    await plan(db, day)
    todays = [end for who, end, _at in await ends(db) if who == BOB.id and end.date() == day.date()]
    assert todays == [day.replace(hour=leaves)]
    assert await offers.due(db, PLAN_ENDS) == [(BILLING, "", day.replace(hour=next_plan))]


async def test_a_team_without_shifts_costs_nothing_until_it_gets_some(db: Database) -> None:
    await casebook.set_up(db)
    await plan(db)
    assert (await ends(db), await offers.due(db, PLAN_ENDS)) == ([], [])
    early = PatternDraft(("mon",), time(9), time(17), (BOB.id, ALICE.id))
    await shift_service.add_pattern(db, BOB, BILLING, early, key="p", now=NOON)
    assert await offers.due(db, PLAN_ENDS) == [(BILLING, "", NOON)]
    await tick(db, NOON)
    assert [who for who, _end, _at in await ends(db)] == [BOB.id]  # Alice can own nothing
    await offers.fire(db, PLAN_ENDS, "gone", NOON)


async def test_every_change_of_the_shifts_plans_them_anew(db: Database) -> None:
    await offers.set_up(db, 0)
    early, late = (await shift_service.list_patterns(db, BOB, BILLING))[1]
    draft = PatternDraft(("mon",), time(9), time(18), (BOB.id,))
    free = DayChange(late.id, date(2026, 3, 3))
    made = await shift_service.add_override(db, BOB, BILLING, MORE, key="add", now=NOON)
    changes: list[Awaitable[object]] = [
        shift_service.add_override(db, BOB, BILLING, MORE, key="1", now=NOON),
        shift_service.remove_override(db, BOB, BILLING, made.id, key="2", now=NOON),
        shift_service.set_day(db, BOB, BILLING, free, key="3", now=NOON),
        shift_service.remove_day(db, BOB, BILLING, free, key="4", now=NOON),
        shift_service.change_pattern(db, BOB, early, draft, key="5", now=NOON),
        shift_service.remove_pattern(db, BOB, late, key="6", now=NOON),
        offers.set_away(db, BEN),
        shift_service.import_shifts(db, ADA, LIST, Directory(PROFILES), now=NOON),
    ]
    for number, change in enumerate(changes):
        await plan(db, MIDNIGHT)
        await change
        assert await offers.due(db, PLAN_ENDS) == [(BILLING, "", NOON)], number


async def test_a_shift_that_was_made_longer_ends_later(db: Database) -> None:
    """What was planned before is looked at and let go; the new end is said at its own time."""
    await offers.set_up(db)
    await plan(db)
    longer = PatternDraft(offers.EVERY_DAY, time(9), time(19), (BOB.id,))
    early = (await shift_service.list_patterns(db, BOB, BILLING))[1][0]
    await shift_service.change_pattern(db, BOB, early, longer, key="c", now=NOON)
    await tick(db, BOB_LEAVES)
    assert await casebook.said(db, BOB.id) == []
    await tick(db, BOB_LEAVES + 2 * HOUR - QUARTER)
    assert len(await casebook.said(db, BOB.id)) == 1


async def test_who_goes_home_sick_is_asked_when_it_is_noted(db: Database) -> None:
    await offers.set_up(db)
    await plan(db)
    more = OverrideDraft("remove", BOB.id, "", date(2026, 3, 2), time(13, 5), time(17))
    await shift_service.add_override(db, BEN, BILLING, more, key="sick", now=NOON)
    await tick(db, NOON)
    assert [line for line in await casebook.said(db, BOB.id) if "Your shift ends" in line]


@pytest.mark.parametrize("held", ["nothing", "offered", "another's"])
async def test_who_holds_nothing_more_is_left_alone(db: Database, held: str) -> None:
    await offers.set_up(db, 0 if held == "nothing" else 1)
    if held == "offered":
        await offers.offer(db, 1)
    if held == "another's":
        await offers.give_back(db, 1, now=NOON)
    assert await remind(db, BOB_LEAVES - QUARTER) == []


async def test_who_works_on_in_another_team_is_not_asked(db: Database) -> None:
    await offers.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.LEAD, [BOB.id])
    await offers.put_on_shift(db, "ship", BOB, 16, 20, SHIPPING)  # until 20:00 in UTC
    assert await remind(db, BOB_LEAVES - QUARTER) == []
    assert await remind(db, NOON + 8 * HOUR - QUARTER, NOON + 8 * HOUR) != []


async def test_after_a_downtime_the_newest_end_is_said_late_and_once(db: Database) -> None:
    await offers.set_up(db)
    await plan(db)
    morning = BOB_LEAVES + DAY + 12 * HOUR
    await tick(db, morning)
    [line] = await casebook.said(db, BOB.id)
    assert line.startswith("Your shift ended ")
    assert f"{(BOB_LEAVES + DAY).timestamp():.0f}" in line


async def test_a_plan_that_comes_late_still_finds_what_it_missed(db: Database) -> None:
    await offers.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await replan(tx, BILLING, now=NOON)
    later = BOB_LEAVES + HOUR
    await tick(db, later)
    [line] = await casebook.said(db, BOB.id)
    assert "Your shift ended" in line


async def test_who_is_back_at_work_is_not_asked_about_yesterday(db: Database) -> None:
    await offers.set_up(db)
    assert await remind(db, BOB_LEAVES + 18 * HOUR) == []


async def test_nothing_ends_for_somebody_who_was_never_there(db: Database) -> None:
    await offers.set_up(db, 0)
    assert await remind(db, BOB_LEAVES, BOB_LEAVES + MINUTE) == []
    await offers.fire(db, ENDS, "U0GONE", NOON, NOON.isoformat())


async def test_what_changes_who_is_in_the_team_or_its_zone_plans_anew(db: Database) -> None:
    await offers.set_up(db, 0)
    team, draft = await teams.open_team(db, ADA, BILLING)
    await teams.edit_team(db, ADA, team, replace(draft, zone="UTC"), key="e", now=NOON)
    await tick(db, NOON)
    assert (BOB.id, BOB_LEAVES + HOUR) in [(who, end) for who, end, _at in await ends(db)]
