"""Lines that are another team's: what a name did is counted where whoever it is works, also what was counted elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.named import Named
from bot.rules.teams import Team
from bot.services.metrics.look import linking, seeing
from bot.services.transaction import heard_once
from bot.text import _
from storage.database import Database
from storage.metrics import apart

NOT_SIMPLE = _(
    "In this team the name is a person of its own, or Baton itself calls somebody so. Make it the same person everywhere first."
)
NO_TEAM = _("Please choose another team.")
NO_OTHERS = _(
    "You decide about no other team. Ask a manager above both teams, or one of Baton's admins."
)


async def see(
    db: Database, person: Person, team_id: str, name_id: str
) -> tuple[Team, Named, Sequence[Team]]:
    """The team, the name, and the teams for which its lines could count. Raises Denied and Refused."""
    async with db.read(person.workspace_id) as tx:
        team = await linking.check(tx, person, team_id, name_id)
        name = await linking.get(tx, name_id)
        _check_simple(name)
        others = [one for one in await seeing.teams_set(tx, person) if one.id != team_id]
        if not others:
            raise Refused(NO_OTHERS)
        return team, name, others


async def move(
    db: Database,
    person: Person,
    team_id: str,
    name_id: str,
    to: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """All lines of this name that are this team's count for the other, now and later.

    Only for who decides about both. Raises Denied, Refused, FormProblems, or Stale if somebody was first.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await linking.check(tx, person, team_id, name_id)
        if not to or to == team_id:
            raise FormProblems({"team": Refused(NO_TEAM)})
        await seeing.check_set(tx, person, to)
        name = await linking.get(tx, name_id)
        _check_simple(name)
        if not await apart.move(tx, name, team_id, to, by=person.id):
            raise Stale(linking.CHANGED_MEANWHILE)


async def move_back(
    db: Database, person: Person, team_id: str, name_id: str, *, key: str, now: datetime
) -> None:
    """They count here again, for who decides about both teams. Raises Denied, or Stale if they do already."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await seeing.check_set(tx, person, team_id)
        found = next((one for one in await apart.moved(tx, team_id) if one.id == name_id), None)
        if found is None:
            raise Stale(linking.CHANGED_MEANWHILE)
        await seeing.check_set(tx, person, found.counts_for)
        if await apart.join(tx, found) is None:
            raise Stale(linking.CHANGED_MEANWHILE)


def _check_simple(name: Named) -> None:
    if name.team_id or name.is_own:
        raise Refused(NOT_SIMPLE)
