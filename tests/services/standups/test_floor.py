"""Who could be asked in a team, as its rows say it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.people import Role
from bot.rules.absences import Absence, Kind, Offer, OfferState
from bot.rules.shifts import Change, Override, Span
from bot.rules.shifts.drafts import PatternDraft
from bot.rules.standups.planning import Floor
from bot.services import shifts
from bot.services.standups.floor import floor_of
from storage import absences, people, standups, teams
from storage import shifts as stored_shifts
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOON, OLGA, WORKSPACE
from tests.services.floor import furnish

HOUR = timedelta(hours=1)
WINDOW = Span(NOON - timedelta(days=3), NOON + timedelta(days=4))
EARLY = PatternDraft(("mon", "tue"), time(8), time(16), (ALICE.id, BOB.id))


async def _floor(db: Database) -> Floor:
    async with db.read(WORKSPACE) as tx:
        return await floor_of(tx, await teams.get(tx, BILLING), WINDOW)


async def test_everybody_of_the_team_with_their_roles_and_zones(db: Database) -> None:
    await furnish(db)
    floor = await _floor(db)
    assert set(floor.roles) == {ALICE.id, BOB.id, BEN.id, MARA.id, OLGA.id}
    assert floor.roles[BOB.id] == {Role.LEAD}
    assert set(floor.zones.values()) == {"Europe/Berlin"}
    for nothing in (floor.on_shifts, floor.duties, floor.away, floor.statuses, floor.quiet):
        assert not nothing


async def test_shifts_are_those_of_a_day_without_absences(db: Database) -> None:
    await furnish(db)
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="shift", now=NOON)
    sick = Absence(
        WORKSPACE, "sick", ALICE.id, Kind.SICK, NOON - HOUR, NOON + HOUR, made_by=ALICE.id
    )
    async with db.write(WORKSPACE) as tx:
        await absences.add(tx, sick)
    floor = await _floor(db)
    today = Span(datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 16, tzinfo=UTC))
    assert floor.on_shifts == {ALICE.id, BOB.id}
    assert today in floor.duties[ALICE.id]
    assert floor.away == {ALICE.id: [sick.span]}


async def test_who_only_helps_out_does_not_work_in_shifts(db: Database) -> None:
    await furnish(db)
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="shift", now=NOON)
    instead = Override(
        "o1", BILLING, Change.REPLACE, BEN.id, NOON, NOON + HOUR, ALICE.id, BOB.id, NOON
    )
    own = replace(instead, id="o2", change=Change.ADD, person_id=MARA.id, instead_of=None)
    off = replace(own, id="o3", change=Change.REMOVE, person_id=BOB.id)
    async with db.write(WORKSPACE) as tx:
        await stored_shifts.add_overrides(tx, instead, own, off, now=NOON)
    floor = await _floor(db)
    assert floor.on_shifts == {ALICE.id, BOB.id, MARA.id}
    assert floor.duties[BEN.id] == [instead.span]


async def test_a_status_counts_until_it_is_answered(db: Database) -> None:
    await furnish(db)
    ended = Offer("1", ALICE.id, "sick", Kind.SICK, NOON, NOON + HOUR)
    endless = Offer("2", BOB.id, "away", Kind.VACATION, NOON)
    declined = Offer("3", BEN.id, "no", Kind.OTHER, NOON)
    async with db.write(WORKSPACE) as tx:
        for one in (ended, endless, declined):
            await absences.put_offer(tx, one)
        await absences.close_offer(tx, declined.id, OfferState.DECLINED)
    floor = await _floor(db)
    assert floor.statuses == {
        ALICE.id: [Span(NOON, NOON + HOUR)],
        BOB.id: [Span(NOON, WINDOW.end)],
    }


async def test_who_was_deactivated_is_not_there_and_quiet_times_are_known(db: Database) -> None:
    await furnish(db)
    quiet = Span(NOON, NOON + 2 * HOUR)
    async with db.write(WORKSPACE) as tx:
        [bob] = (await people.profiles(tx, [BOB.id])).values()
        await people.save(tx, replace(bob, is_deleted=True, updated=20))
        await standups.put_quiet_times(tx, {ALICE.id: quiet}, now=NOON)
    floor = await _floor(db)
    assert BOB.id not in floor.roles
    assert floor.quiet == {ALICE.id: [quiet]}
