"""Rolling days up anew whose facts have changed, and clearing away what imports that are over have left."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.metrics.store.slices import DayRolled
from bot.rules.teams import Workspace
from bot.services.metrics.store import changed
from storage.database import Database
from storage.metrics import facts, holding, rollups, turns


async def workspaces_stale(db: Database) -> Sequence[str]:
    """Which workspaces have a day to roll up."""
    async with db.across() as connection:
        return await rollups.workspaces_stale(connection)


async def roll_next(db: Database, clock: Person, *, now: datetime) -> bool:
    """Roll one day up, the latest that needs it. False if there is none.

    Its facts are read before the transaction that writes: who changes them in between makes the day stale once more.
    """
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)
    async with db.read(clock.workspace_id) as tx:
        stale = await rollups.next_stale(tx)
        if stale is None:
            return False
        day, stamp = stale
        rolled = DayRolled()
        async for some in holding.of_day(tx, day):
            rolled.add(some)
    async with db.write(clock.workspace_id) as tx:
        before = await rollups.teams_on(tx, day)
        if await rollups.replace_day(tx, day, stamp, rolled.bundles):
            team_ids = before | {place.team_id for place in rolled.bundles}
            await changed.heed(tx, date.fromisoformat(day), sorted(team_ids), now=now)
    return True


async def clear_next(db: Database, clock: Person) -> bool:
    """Clear one day of an import that is over. False if nothing is left of any."""
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)
    async with db.write(clock.workspace_id) as tx:
        found = await turns.next_to_clear(tx)
        if found is None:
            return False
        await facts.clear_away(tx, *found)
    return True
