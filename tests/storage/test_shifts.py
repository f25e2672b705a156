"""Rows of shifts and absences: they come back as they were, edits are claimed, and nothing of another workspace is seen."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import Refused
from bot.rules.absences import Absence, Kind, Offer, OfferState
from bot.rules.shifts import Change, DayChange, Override, Pattern, Span
from storage import absences, people, shifts, teams
from storage.database import Database
from storage.shifts.rows import DayChangeRow, PatternPersonRow
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, NOON, OLGA, OTHER_WORKSPACE, WORKSPACE
from tests.services.floor import furnish

EARLY = Pattern(
    "p1",
    BILLING,
    ("mon", "sun"),
    time(8),
    time(16, 30),
    (ALICE.id, BOB.id),
    "Early",
    date(2026, 3, 1),
    None,
)
HOUR = timedelta(hours=1)
WEEK = Span(NOON, NOON + timedelta(days=7))
COVER = Override("o1", BILLING, Change.REPLACE, BEN.id, NOON, NOON + HOUR, ALICE.id, BOB.id, NOON)
SICK = Absence(
    WORKSPACE,
    "a1",
    ALICE.id,
    Kind.SICK,
    NOON,
    NOON + HOUR,
    "Europe/Berlin",
    whole_days=False,
    note="Flu",
    made_by=BOB.id,
)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_a_pattern_comes_back_as_it_was(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        assert await shifts.list_patterns(tx, BILLING) == [EARLY]
        assert await shifts.find_pattern(tx, BILLING, "p2") is None
        assert await shifts.count_patterns(tx, BILLING) == 1


async def test_an_edit_of_an_older_version_is_lost(db: Database) -> None:
    changed = replace(EARLY, people=(BEN.id,), name="")
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        assert await shifts.change_pattern(tx, changed)
        assert not await shifts.change_pattern(tx, EARLY)
        assert await shifts.list_patterns(tx, BILLING) == [replace(changed, version=2)]
        assert not await shifts.change_pattern(
            tx, replace(changed, team_id="team-shipping", version=2)
        )


async def test_a_pattern_takes_its_people_and_days_with_it(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        await shifts.put_day_change(tx, DayChange("p1", date(2026, 3, 8)))
        assert not await shifts.remove_pattern(tx, replace(EARLY, version=9))
        assert await shifts.remove_pattern(tx, EARLY)
    async with db.read(WORKSPACE) as tx:
        for row in (PatternPersonRow, DayChangeRow):
            assert await tx.scalar(select(func.count()).select_from(row)) == 0


async def test_what_is_said_of_a_day_last_counts(db: Database) -> None:
    off, short = (
        DayChange("p1", date(2026, 3, 8)),
        DayChange("p1", date(2026, 3, 8), time(9), time(10)),
    )
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        await shifts.put_day_change(tx, off)
        await shifts.put_day_change(tx, short)
        assert await shifts.list_day_changes(tx, [EARLY], WEEK) == [short]
        await shifts.remove_day_change(tx, "p1", "2026-03-08")
        assert await shifts.list_day_changes(tx, [EARLY], WEEK) == []


async def test_overrides_come_in_the_order_in_which_they_were_made(db: Database) -> None:
    later = replace(COVER, id="o0", made_at=NOON + HOUR, change=Change.ADD, instead_of=None)
    over = replace(later, id="o2", starts_at=NOON - HOUR, ends_at=NOON)
    async with db.write(WORKSPACE) as tx:
        await shifts.add_overrides(tx, later, COVER, over, now=NOON)
        assert await shifts.list_overrides(tx, BILLING, WEEK) == [COVER, later]
        assert not await shifts.remove_override(tx, "team-shipping", "o1")
        assert await shifts.remove_override(tx, BILLING, "o1")
        assert not await shifts.remove_override(tx, BILLING, "o1")


async def test_a_roster_holds_those_who_can_be_on_shift(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        await absences.add(tx, SICK)
        await absences.add(tx, replace(SICK, id="a2", person_id=CHARLIE.id))
        found = await shifts.roster(tx, await teams.get(tx, BILLING), WEEK)
    assert {ALICE.id, BOB.id, BEN.id} <= found.members
    assert OLGA.id not in found.members
    assert (found.patterns, found.absences) == ([EARLY], [SICK])


async def test_an_absence_comes_back_and_its_edits_are_claimed(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await absences.add(tx, SICK)
        assert await absences.get(tx, "a1") == SICK
        assert await absences.change(tx, replace(SICK, note=""))
        assert not await absences.change(tx, SICK)
        assert not await absences.remove(tx, "a1", 1)
        assert await absences.remove(tx, "a1", 2)
        with pytest.raises(Refused):
            await absences.get(tx, "a1")


async def test_absences_are_found_by_the_time_that_they_touch(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await absences.add(tx, SICK)
        assert await absences.of_people(tx, [ALICE.id], since=NOON) == [SICK]
        assert await absences.of_people(tx, [ALICE.id], since=NOON + HOUR) == []
        assert await absences.of_people(tx, [ALICE.id], since=NOON - HOUR, until=NOON) == []
        assert await absences.of_people(tx, [BOB.id], since=NOON) == []


async def test_the_same_status_is_offered_once_and_older_news_never(db: Database) -> None:
    offer = Offer("f1", ALICE.id, "mark", Kind.SICK, NOON)
    async with db.write(WORKSPACE) as tx:
        assert await absences.put_offer(tx, offer)
        assert not await absences.put_offer(tx, replace(offer, id="f2"))
        older = replace(offer, id="f3", mark="other", heard_at=NOON - HOUR)
        assert not await absences.put_offer(tx, older)
        assert await absences.find_offer(tx, ALICE.id) == offer
        assert await absences.close_offer(tx, "f1", OfferState.DECLINED)
        assert not await absences.close_offer(tx, "f1", OfferState.TAKEN)
        assert await absences.put_offer(tx, replace(older, heard_at=NOON + HOUR))


async def test_another_workspace_sees_nothing(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, EARLY)
        await shifts.add_overrides(tx, COVER, now=NOON)
        await absences.add(tx, SICK)
    async with db.write(OTHER_WORKSPACE) as tx:
        assert await shifts.count_patterns(tx, BILLING) == 0
        assert await shifts.list_overrides(tx, BILLING, WEEK) == []
        assert await absences.of_people(tx, [ALICE.id], since=NOON) == []
        assert not await absences.remove(tx, "a1", 1)
        assert not await shifts.remove_pattern(tx, EARLY)
        assert await people.find(tx, ALICE.id) is None
