"""What the calendar says is what happens: a week is lived through, and everybody is asked when it was said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.rules.absences import Absence, Kind
from bot.rules.calendars import BusinessHours, DayOff
from bot.rules.people import Profile
from bot.rules.shifts import Pattern
from bot.rules.standups import Moment
from bot.rules.standups.drafts import SettingsDraft
from bot.rules.standups.templates import Template
from bot.services.standups import outlooks, setting
from storage import absences, people, shifts, standups
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOON, WORKSPACE
from tests.patience import PATIENT
from tests.services.standups.clockwork import DAY, live, rounds

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat")
DRAFT = SettingsDraft(
    "Ours", WEEK, Moment.TEAM, "09:05", 5, "after", 90, ("agent", "lead", "manager")
)
UNTIL = NOON + 7 * DAY
"""A week with every weekday, the day off, the absences and the Sunday on which a clock changes, and the Monday after it."""
NIGHT = replace(DRAFT, at="22:15", window=240)

Told = dict[str, list[datetime]]


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    """Of one kind only: what is compared are two ways through the same rows."""
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


async def furnish(db: Database) -> None:
    """Alice works early, Bob at night, both from Monday to Friday; Ben has no shifts and lives in New York, whose clocks
    change on Sunday. Mara is away for two days and a morning, and Wednesday is a day off.
    """
    off = DayOff(NOON.date() + 2 * DAY, NOON.date() + 2 * DAY, "Name day")
    hours = BusinessHours(always_open=False, days_off=(off,))
    await casebook.set_up(db, replace(casebook.TEAM, hours=hours))
    early = Pattern("early", BILLING, WEEK[:5], time(6), time(14), (ALICE.id,))
    night = Pattern("night", BILLING, WEEK[:5], time(22), time(6), (BOB.id,))
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile(BEN.id, name="Ben", zone="America/New_York", updated=99))
        for pattern in (early, night):
            await shifts.add_pattern(tx, pattern)
        for number, (start, end) in enumerate(((1, 3), (4, 4.85))):
            span = NOON + start * DAY, NOON + end * DAY
            away = Absence(WORKSPACE, f"{number}", MARA.id, Kind.VACATION, *span)
            await absences.add(tx, away)


async def happened(db: Database) -> Told:
    found: Told = {}
    for one in await rounds(db):
        async with db.read(WORKSPACE) as tx:
            seats = (await standups.seats_of_round(tx, one.id))[one.id]
        for seat in seats:
            if seat.asked_at:
                found.setdefault(seat.person_id, []).append(seat.asked_at)
    return found


@pytest.mark.parametrize(
    "draft",
    [
        DRAFT,
        NIGHT,
        replace(DRAFT, moment=Moment.PERSON),
        replace(DRAFT, moment=Moment.SHIFT, minutes=30, side="before"),
    ],
    ids=["by the team's clock", "at night", "by their own clock", "before the start"],
)
async def test_everybody_is_asked_when_it_was_said(db: Database, draft: SettingsDraft) -> None:
    await furnish(db)
    seen = await outlooks.foresee(db, BOB, BILLING, "", draft, now=NOON)
    foretold = {
        line.person_id: [one.at for one in line.entries if one.at and one.at <= UNTIL]
        for line in seen.lines
        if line.is_asked
    }
    assert len(foretold) > 1
    await setting.add(db, BOB, BILLING, Template.FLOOR, draft, key="add", now=NOON)
    await live(db, UNTIL)
    assert await happened(db) == foretold
