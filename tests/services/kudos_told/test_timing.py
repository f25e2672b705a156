"""The clock of recognition: every team has one, from the start on, from its creation on, and after each edit."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import Denied
from bot.people import system
from bot.services import teams as team_services
from bot.services.kudos import timing
from bot.services.ticking import fire_due
from schedules.kudos import FIRE
from storage import timers
from storage.database import Database, Tx
from storage.timers import Timer, TimerRow
from tests import casebook
from tests.cast import ADA, BILLING, NOON, WORKSPACE
from tests.services.floor import DRAFT
from tests.thanks import look

FRIDAY = NOON + timedelta(days=4, hours=2)


async def test_every_team_is_looked_after_from_the_start_on(db: Database) -> None:
    await casebook.set_up(db)
    await timing.look_everywhere(db, system(WORKSPACE), now=NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert (await casebook.timers(db))[timing.LOOK] > NOON
    with pytest.raises(Denied):
        await timing.look_everywhere(db, ADA, now=NOON)


async def test_a_start_forgets_nothing_that_is_overdue(db: Database) -> None:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, Timer(timing.LOOK, BILLING, FRIDAY))
    await timing.look_everywhere(db, system(WORKSPACE), now=FRIDAY + timedelta(days=1))
    async with db.read(WORKSPACE) as tx:
        due = {one.subject: one.due_at for one in [await _timer(tx, BILLING)]}
    assert due == {BILLING: FRIDAY}


async def test_a_new_team_and_an_edited_one_are_looked_after_at_once(db: Database) -> None:
    await casebook.set_up(db)
    made = await team_services.create_team(db, ADA, DRAFT, key="create", now=NOON)
    async with db.read(WORKSPACE) as tx:
        assert (await _timer(tx, made.id)).due_at == NOON
    await fire_due(db, WORKSPACE, FIRE, NOON)
    later = NOON + timedelta(minutes=5)
    await team_services.edit_team(db, ADA, made, DRAFT, key="edit", now=later)
    async with db.read(WORKSPACE) as tx:
        assert (await _timer(tx, made.id)).due_at == later


async def test_a_team_that_is_gone_is_looked_after_no_more(db: Database) -> None:
    await look(db, FRIDAY, team_id="gone")
    assert await casebook.timers(db) == {}


async def _timer(tx: Tx, team_id: str) -> Timer:
    row = await tx.scalar(select(TimerRow).where(TimerRow.subject == team_id))
    assert row
    return Timer(row.kind, row.subject, row.due_at)
