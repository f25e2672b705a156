"""What is remembered of teams: for a minute, and not a moment longer than somebody changes them here."""

from dataclasses import replace
from datetime import timedelta

from bot.services import escalations
from bot.services.escalations.desks import desks_of
from storage import teams
from storage.database import Database
from tests import casebook
from tests.casebook import TEAM
from tests.cast import ALICE, BILLING, NOON, WORKSPACE

RENAMED = replace(TEAM, name="Invoices")


async def names(db: Database, minutes: float = 0) -> list[str]:
    now = NOON + timedelta(minutes=minutes)
    return [one.name for one in await escalations.teams_to_ask(db, ALICE, now=now)]


async def desk_name(db: Database, minutes: float = 0) -> str:
    now = NOON + timedelta(minutes=minutes)
    async with db.read(WORKSPACE) as tx:
        return (await desks_of(db).get(tx, BILLING, now=now)).team.name


async def rename(db: Database, *, wakes: bool) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.change(tx, RENAMED)
        if wakes:
            tx.wakes.add("people")


async def test_for_a_minute_when_another_process_changes_them(db: Database) -> None:
    await casebook.set_up(db)
    assert (await names(db), await desk_name(db)) == (["Billing"], "Billing")
    await rename(db, wakes=False)
    assert (await names(db, 0.9), await desk_name(db, 0.9)) == (["Billing"], "Billing")
    assert (await names(db, 1), await desk_name(db, 1)) == (["Invoices"], "Invoices")


async def test_forgotten_at_once_when_somebody_changes_them_here(db: Database) -> None:
    await casebook.set_up(db)
    assert (await names(db), await desk_name(db)) == (["Billing"], "Billing")
    await rename(db, wakes=True)
    assert (await names(db), await desk_name(db)) == (["Invoices"], "Invoices")


async def test_a_team_that_gets_its_channel_is_found_at_once(db: Database) -> None:
    """Nothing that cannot be used is kept from being looked at again."""
    await casebook.set_up(db, replace(TEAM, leads_channel=""))
    async with db.write(WORKSPACE) as tx:
        await teams.change(tx, TEAM)
    assert await names(db) == ["Billing"]
