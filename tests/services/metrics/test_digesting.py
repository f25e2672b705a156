"""Digests on time: once for each period, late after an outage and then only the newest, and only to who may see the numbers."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.rules.calendars import BusinessHours, office_week
from bot.services import teams as team_service
from bot.services.metrics.digest import building, digesting, drawing
from bot.services.metrics.digest.building import Seen
from bot.services.ticking import fire_due
from bot.text import Text
from bot.views.metrics import ids
from schedules.metrics import FIRE
from storage import teams, timers
from storage.database import Database, Tx
from storage.timers import Timer
from tests import casebook
from tests.cast import ADA, BILLING, BOB, MARA, NOON, WORKSPACE
from tests.services.metrics.digests import (
    CHANNEL,
    DRAFT,
    EIGHT,
    TEAM,
    live,
    make,
    places,
    rate,
    said,
    set_up,
)
from tests.services.standups.queue import cards_waiting

A_DAY = timedelta(days=1)
MONDAY = NOON.date()


async def test_it_comes_at_its_time_and_tells_the_day_before(db: Database) -> None:
    await set_up(db)
    digest = await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT - timedelta(seconds=1))
    assert await places(db) == []
    await live(db, EIGHT)
    assert await places(db) == [CHANNEL]
    told = await said(db)
    assert told.startswith("Morning numbers\nBilling · Mar 2, 2026\n")
    assert "CSAT: 81 % of 100" in told
    assert "Late" not in told
    assert (await casebook.timers(db))[digesting.DIGEST] == EIGHT + A_DAY
    [listed] = (await building.list_digests(db, BOB, BILLING, now=EIGHT))[1]
    assert listed.last
    assert (listed.digest.id, listed.last.posted_at, listed.next_at) == (
        digest.id,
        EIGHT,
        EIGHT + A_DAY,
    )


async def test_of_what_was_missed_the_newest_comes_late_and_says_since_when(db: Database) -> None:
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await rate(db, MONDAY + 2 * A_DAY, 90, 100)
    back = EIGHT + 2 * A_DAY + timedelta(hours=3)
    await live(db, back)
    assert await places(db) == []
    await live(db, back + timedelta(minutes=1))
    assert await places(db) == [CHANNEL]
    told = await said(db, now=back)
    assert "Mar 4, 2026" in told
    assert "CSAT: 90 % of 100" in told
    async with db.read(WORKSPACE) as tx:
        [(subject, channel)] = await cards_waiting(db, ids.DIGEST)
        drawn = await drawing.draw(tx, subject, channel, now=back)
    assert drawn
    assert "Late: it was due <!date^" in str(drawn.blocks)


async def test_a_zone_edit_does_not_tell_a_day_twice(db: Database) -> None:
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(team, zone="America/New_York"))
        await digesting.look_again(tx, BILLING, now=EIGHT)
    await live(db, EIGHT + timedelta(hours=8))
    assert len(await places(db)) == 1
    assert (await casebook.timers(db))[digesting.DIGEST] == EIGHT + A_DAY + timedelta(hours=6)


async def test_a_team_that_changes_its_clock_hears_by_the_new_one(db: Database) -> None:
    await set_up(db)
    digest = await make(db)
    team, draft = await team_service.open_team(db, ADA, BILLING)
    moved = replace(draft, zone="America/New_York")
    await team_service.edit_team(db, ADA, team, moved, key="edit", now=NOON)
    assert (await casebook.timers(db))[digesting.DIGEST] == NOON
    async with db.write(WORKSPACE) as tx:
        await digesting.fire(tx, Timer(digesting.DIGEST, digest.id, NOON), NOON)
    assert (await casebook.timers(db))[digesting.DIGEST] == NOON + timedelta(hours=1)


async def test_two_processes_tell_it_once(db: Database) -> None:
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await asyncio.gather(*(fire_due(db, WORKSPACE, FIRE, EIGHT) for _process in range(2)))
    assert len(await places(db)) == 1


async def test_a_death_in_the_middle_leaves_nothing_half_done(db: Database) -> None:
    async def die_late(tx: Tx, timer: Timer, now: datetime) -> None:
        await digesting.fire(tx, timer, now)
        raise RuntimeError

    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    assert await fire_due(db, WORKSPACE, {digesting.DIGEST: die_late}, EIGHT) == 1
    assert await places(db) == []
    await live(db, EIGHT + timedelta(minutes=30))
    assert await places(db) == [CHANNEL]


async def test_without_data_it_says_so_once_and_then_keeps_quiet(db: Database) -> None:
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    for day in range(4):
        await live(db, EIGHT + day * A_DAY)
    assert len(await places(db)) == 2
    assert "no data since Mar 2, 2026" in await said(db, now=EIGHT + A_DAY)
    await rate(db, MONDAY + 4 * A_DAY, 90, 100)
    await live(db, EIGHT + 4 * A_DAY)
    assert len(await places(db)) == 3


async def test_it_comes_on_working_days_and_monday_tells_friday(db: Database) -> None:
    hours = BusinessHours(always_open=False, week=office_week())
    await casebook.set_up(db, replace(TEAM, hours=hours), casebook.OTHER_TEAM)
    await make(db)
    friday = MONDAY + 4 * A_DAY
    for day in (MONDAY, friday, friday + A_DAY):
        await rate(db, day, 90, 100)
    for later in range(4):
        await live(db, EIGHT + later * A_DAY)
    before = await places(db)
    await live(db, EIGHT + 4 * A_DAY)  # Saturday
    await live(db, EIGHT + 5 * A_DAY)
    assert await places(db) == before
    await live(db, EIGHT + 6 * A_DAY)
    assert "Mar 6, 2026" in await said(db, now=EIGHT + 6 * A_DAY)


async def test_a_digest_speaks_the_teams_language(db: Database) -> None:
    await casebook.set_up(db, replace(TEAM, language="uk"), casebook.OTHER_TEAM)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    assert Text("uk").day(MONDAY) in await said(db)


async def test_a_paused_one_does_not_come_and_goes_on_from_its_next_time(db: Database) -> None:
    await set_up(db)
    digest = await make(db)
    await rate(db, MONDAY, 81, 100)
    seen = Seen(BILLING, digest.id, 1)
    await building.switch(db, BOB, seen, is_on=False, key="2", now=NOON)
    await live(db, EIGHT)
    assert await places(db) == []
    seen = Seen(BILLING, digest.id, 2)
    await building.switch(db, BOB, seen, is_on=True, key="3", now=EIGHT)
    await live(db, EIGHT)
    assert await places(db) == []
    assert (await casebook.timers(db))[digesting.DIGEST] == EIGHT + A_DAY


@pytest.mark.parametrize("about", ["team", "department"])
async def test_a_department_is_its_teams_together_with_a_line_for_each(
    db: Database, about: str
) -> None:
    await casebook.set_up(db, TEAM, replace(casebook.OTHER_TEAM, department_id=BILLING))
    await make(db, replace(DRAFT, about=about), person=MARA)
    await rate(db, MONDAY, 80, 100)
    await rate(db, MONDAY, 60, 100, team_id="team-shipping", person="Someone")
    await live(db, EIGHT)
    told = await said(db)
    assert ("CSAT: 70 % of 200" in told) == (about == "department")
    assert ("*Shipping*: *CSAT:* 60 %" in told) == (about == "department")


async def test_numbers_that_are_still_being_added_up_are_waited_for_and_then_left_open(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.metrics.store.numbers.MOST_FRESH", 0)
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    assert await places(db) == []
    assert (await casebook.timers(db))[digesting.WAIT] == EIGHT + timedelta(minutes=1)
    await live(db, EIGHT + timedelta(minutes=31))
    assert await places(db) == [CHANNEL]
    assert "still being added up" in await said(db)
    monkeypatch.undo()
    assert "CSAT: 81 % of 100" in await said(db)


async def test_what_waits_as_baton_stops_is_not_told_beside_the_newest(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.metrics.store.numbers.MOST_FRESH", 0)
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    monkeypatch.undo()
    await rate(db, MONDAY + A_DAY, 71, 100)
    await live(db, EIGHT + A_DAY + timedelta(hours=4))
    await live(db, EIGHT + A_DAY + timedelta(hours=5))
    assert await places(db) == [CHANNEL]
    assert "CSAT: 71 % of 100" in await said(db)


async def test_before_a_summary_the_digest_of_this_morning_comes_first(db: Database) -> None:
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 81, 100)
    early = EIGHT - timedelta(hours=1)
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        assert await digesting.before_summary(tx, team, now=EIGHT - timedelta(hours=4)) == []
        assert len(await digesting.before_summary(tx, team, now=early)) == 1
        assert await digesting.before_summary(tx, team, now=early) == []
    await live(db, EIGHT)
    assert await places(db) == []
    async with db.read(WORKSPACE) as tx:
        assert await timers.claim_due(tx, EIGHT) is None


async def test_what_comes_less_often_from_now_on_also_tells_days_that_begin_as_told_ones_did(
    db: Database,
) -> None:
    """Monday was told alone; the week that begins with it is told all the same, and once."""
    await set_up(db)
    digest = await make(db)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    weekly = replace(DRAFT, cadence="weekly", weekday="mon")
    await building.save(db, BOB, Seen(BILLING, digest.id, 1), weekly, key="2", now=EIGHT)
    next_monday = EIGHT + 6 * A_DAY
    await live(db, next_monday)
    await live(db, next_monday)
    assert len(await places(db)) == 2
    assert "Mar 2, 2026 to Mar 8, 2026" in await said(db, now=next_monday)
