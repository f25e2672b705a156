"""The clock of recognition: one timer for each team, at which it is told what is due; it sets itself anew."""

from datetime import datetime

from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.kudos.days import due
from bot.rules.teams import Workspace
from bot.services.holidays import load_holidays
from bot.services.kudos import anniversaries, digesting, walls
from storage import kudos, outbox, teams, timers
from storage.database import Database, Tx
from storage.outbox import Card
from storage.timers import Timer

LOOK = "kudos.look"
"""Its subject is the team. It is due when something may have to be told for the first time since the last look."""


async def look_again(tx: Tx, *team_ids: str, now: datetime) -> None:
    """These teams are new, or what they decided about digests or their zone has changed."""
    await timers.hasten(tx, *(Timer(LOOK, one, now) for one in team_ids))
    tx.wakes.add("tick")


async def look_everywhere(db: Database, person: Person, *, now: datetime) -> None:
    """At the start: every team is looked after, also those that were there before kudos were."""
    check_may(person, Permission.CLOCK_RUN, Workspace(person.workspace_id), ONLY_THE_CLOCK)
    async with db.write(person.workspace_id) as tx:
        await look_again(tx, *(one.id for one in await teams.list_all(tx)), now=now)


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Tell the team what is due by now, and set the next look. Without a channel nothing is told."""
    team = await teams.find(tx, timer.subject)
    if team is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    await load_holidays(team)
    settings = await kudos.settings_of(tx, team.id)
    found = due(team, settings, since=min(timer.due_at, now), now=now)
    said: list[Card] = []
    if team.team_channel:
        if found.wall:
            said += await walls.post(tx, team, found.wall, now=now)
        said += await anniversaries.congratulate(tx, team, found.anniversaries, now=now)
        if found.digest:
            said += await digesting.post(
                tx, team, settings, found.digest, is_late=found.is_late, now=now
            )
    await timers.put(tx, Timer(LOOK, team.id, found.next_at))
    await outbox.say(tx, *said, now=now)
