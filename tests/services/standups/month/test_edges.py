"""Days at which Baton and the oracle once differed, or might: each lived through the services."""

from collections.abc import AsyncIterator, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from storage.database import Database
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.services.standups.month.acts import Act, Edits, Habit, IsAway, Joins, Switches, Works
from tests.services.standups.month.living import lived
from tests.services.standups.month.month import Month
from tests.services.standups.month.small import (
    AT_NINE,
    EARLY_AND_LATE,
    NEVER,
    ON_START,
    SILENT,
    a_world,
    at,
)
from tests.services.standups.month.world import OFFICE, TEAM, Override, Pattern, Plan, World

SPLIT = (
    Pattern("mon", time(8), time(10), ("ann", "ben")),
    Pattern("mon", time(15), time(18), ("ann", "cleo")),
)
AT_SEVEN = Plan(TEAM, OFFICE, time(7), window=50)


@pytest.fixture
async def db(fresh_database: FreshDatabase) -> AsyncIterator[Database]:
    """Rules are the same over both databases."""
    database = Database(await fresh_database("sqlite"), PATIENT)
    yield database
    await database.close()


async def day(
    db: Database,
    world: World,
    *script: tuple[datetime, Act],
    down: tuple[datetime, datetime] = NEVER,
    **habits: Sequence[Habit],
) -> None:
    there = dict.fromkeys(world.zones, SILENT) | habits
    start = at(0)
    one = Month(world, script, down, start, start + timedelta(days=1), there)
    await lived(db, one, deepcopy(world))


async def test_who_is_out_is_out_of_both_shifts_of_the_day(db: Database) -> None:
    early = Pattern("mon", time(7), time(7, 30), ("ann",))
    short = replace(ON_START, window=50)
    await day(db, a_world(short, AT_SEVEN, patterns=(early, *SPLIT)), ann=[("out", 0.1)])


async def test_a_later_offset_does_not_ask_for_the_same_shift_again(db: Database) -> None:
    later = replace(ON_START, offset=200, window=50)
    await day(db, a_world(ON_START, patterns=SPLIT), (at(9), Edits("one", later)))


async def test_who_went_away_during_a_downtime_is_not_asked_after_it(db: Database) -> None:
    away = at(7), IsAway("ann", at(9, 30), at(12))
    await day(db, a_world(AT_NINE), away, down=(at(8), at(9, 45)))


async def test_what_nobody_knew_of_was_not_missed(db: Database) -> None:
    world = a_world(ON_START, patterns=EARLY_AND_LATE[1:])
    shift = Works("t", Override("ann", at(8), at(16)))
    await day(db, world, (at(12), shift), (at(12, 1), Joins("t", "dan")))


async def test_switched_off_and_on_in_a_day(db: Database) -> None:
    off, on = Switches("one", on=False), Switches("one", on=True)
    await day(db, a_world(AT_NINE, AT_SEVEN), (at(6), off), (at(9, 30), on), (at(9, 40), off))


async def test_a_downtime_over_several_rounds_is_told_once(db: Database) -> None:
    await day(db, a_world(ON_START, AT_NINE, patterns=SPLIT), down=(at(8), at(17)))


async def test_who_was_asked_late_is_not_reminded_at_the_next_look(db: Database) -> None:
    joins = at(10, 32), Joins("t", "dan")
    await day(db, a_world(AT_NINE), joins, down=(at(8), at(10, 30)))
