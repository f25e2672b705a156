"""What a file with kudos is made of: the public ones of the teams that its reader leads, and how people are called."""

from collections.abc import Sequence

from bot.errors import Denied
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.kudos import Given
from bot.rules.reports import Asked
from bot.rules.teams import Team
from bot.text import _
from bot.views.reports.plain import Names
from storage import kudos, people, teams
from storage.database import Database, Tx
from storage.kudos import exporting

A_BATCH = 500
ONLY_LEADS = _(
    "The file with kudos is for leads and managers of a team. `/kudos mine` shows your own."
)
NOT_THEIRS = _("You do not lead these teams. Choose among your own.")


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """The teams that were asked for, of those that this person leads. Raises Denied for any other."""
    led = await teams_led(tx, person)
    if not asked.team_ids:
        return led
    chosen = [one for one in led if one.id in asked.team_ids]
    if len(chosen) < len(set(asked.team_ids)):
        raise Denied(NOT_THEIRS)
    return chosen


async def teams_led(tx: Tx, person: Person) -> list[Team]:
    """By name. Raises Denied if there is none."""
    found = [one for one in await teams.list_all(tx) if may(person, Permission.KUDOS_LEAD, one)]
    if not found:
        raise Denied(ONLY_LEADS)
    return found


async def see_led(db: Database, person: Person) -> list[Team]:
    """The same, for the form."""
    async with db.read(person.workspace_id) as tx:
        return await teams_led(tx, person)


async def ids_asked(
    tx: Tx, _person: Person, asked: Asked, chosen: Sequence[Team], *, most: int
) -> list[exporting.Key]:
    """The public kudos that these teams got in these days, one by one for each who got them, the newest first."""
    spans = {one.id: asked.period.span(one.zone) for one in chosen}
    return await exporting.received(tx, spans, most=most)


async def read(tx: Tx, ids: Sequence[exporting.Key]) -> tuple[list[Given], Names]:
    """These, and how their people are called. What was taken back meanwhile is not there, nor thanks to somebody who
    wants none of it to be seen.
    """
    given = await exporting.given_by_key(tx, ids)
    tastes = await kudos.tastes_of(tx, {one.receiver_id for one in given})
    found = [one for one in given if tastes[one.receiver_id].in_public]
    named = {name for one in found for name in (one.giver_id, one.receiver_id)}
    profiles = await people.profiles(tx, named)
    return found, {one.id: one.called for one in profiles.values()}
