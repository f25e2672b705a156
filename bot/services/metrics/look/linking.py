"""Who the names in a team's numbers are: linking one corrects the past at once, since numbers are read through names."""

from datetime import datetime, timedelta

from bot.errors import Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.named import Named, Names, parted
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.services.metrics.look import seeing
from bot.services.transaction import heard_once
from bot.text import _, escape, mention
from storage import teams
from storage.database import Database, Tx
from storage.metrics import apart, members, names

LOOKED_BACK = timedelta(days=400)
NO_SUCH_NAME = _("No number of this team is of that name any more.")
NOT_IN_TEAM = _(
    "{who} is not in {team}. Only the team's own people can be linked to its numbers. "
    "If these lines are another team's, whoever decides about both can count them there."
)
NOT_SHARED = _("This name is in no other team's numbers, so there is nothing to tell apart.")
CHANGED_MEANWHILE = _("Somebody else has just said who that is. Please look again.")


async def see(db: Database, person: Person, team_id: str, *, now: datetime) -> Names:
    """The names in a team's numbers, those first that are nobody yet; the first of their teams if none is named.

    Raises Denied, or Refused if the team is gone.
    """
    async with db.read(person.workspace_id) as tx:
        team = await seeing.check_set(tx, person, team_id)
        since = day_of(now, team.zone) - LOOKED_BACK
        known = (await names.get_all(tx, await members.people_named(tx, team_id, since))).values()
        gone = (await names.parting(tx)).moved_from(team_id)  # perhaps not rolled up anew yet
        found = [one for one in known if not one.is_own and one.id not in gone]
        shared = await members.in_other_teams(tx, team_id, {one.id for one in found}, since)
        here = await teams.roles_in(tx, [team_id])
        called = {one.id: one.name for one in await teams.list_all(tx)}
        return Names(
            team,
            sorted(found, key=lambda one: (bool(one.person_id), one.name.casefold(), one.id)),
            shared.keys(),
            [(one, called.get(one.counts_for, "")) for one in await apart.moved(tx, team_id)],
            len(await seeing.teams_set(tx, person)) > 1,
            [one.id for one in found if one.person_id and (team_id, one.person_id) not in here],
        )


async def link(
    db: Database,
    person: Person,
    team_id: str,
    name_id: str,
    whom: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """Say who that is. Raises Denied, Refused for somebody outside of the team, or Stale if somebody was first."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await check(tx, person, team_id, name_id)
        if not (await teams.roles_in(tx, [team_id])).get((team_id, whom)):
            raise Refused(NOT_IN_TEAM, who=mention(whom), team=escape(team.name))
        if not await names.link(tx, name_id, whom, before="", by=person.id):
            raise Stale(CHANGED_MEANWHILE)


async def unlink(
    db: Database,
    person: Person,
    team_id: str,
    name_id: str,
    whom: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """That name is not this person after all. Raises Denied, or Stale if that is known already."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await check(tx, person, team_id, name_id)
        if name_id == whom:  # as Baton itself calls them
            raise Refused(NO_SUCH_NAME)
        if not await names.link(tx, name_id, "", before=whom, by=person.id):
            raise Stale(CHANGED_MEANWHILE)


async def tell_apart(
    db: Database, person: Person, team_id: str, name_id: str, *, key: str, now: datetime
) -> None:
    """In this team the name is another person's than in the others: two people, one name. It corrects the past.

    Raises Denied, Refused for a name that is in no other team, or Stale if somebody was first.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await check(tx, person, team_id, name_id)
        name = await get(tx, name_id)
        since = day_of(now, team.zone) - LOOKED_BACK
        others = (await members.in_other_teams(tx, team_id, {name_id}, since)).get(name_id)
        if name.team_id or name.is_own or not others:
            raise Refused(NOT_SHARED)
        who = parted(name.person_id, team_id, await _teams_of(tx, name.person_id), others)
        if await apart.split(tx, name, team_id, who.here, by=person.id) is None:
            raise Stale(CHANGED_MEANWHILE)
        if who.elsewhere != name.person_id and not await names.link(
            tx, name_id, who.elsewhere, before=name.person_id, by=person.id
        ):
            raise Stale(CHANGED_MEANWHILE)


async def put_together(
    db: Database, person: Person, team_id: str, name_id: str, *, key: str, now: datetime
) -> None:
    """It is one person after all: who that is elsewhere, or if nobody is, who it was here. Raises Denied, or Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await check(tx, person, team_id, name_id)
        name = await get(tx, name_id)
        whole = await apart.join(tx, name) if name.team_id == team_id else None
        if whole is None:
            raise Stale(CHANGED_MEANWHILE)
        if name.person_id and not (await get(tx, whole)).person_id:
            await names.link(tx, whole, name.person_id, before="", by=person.id)


async def get(tx: Tx, name_id: str) -> Named:
    """The name. Raises Refused if there is none."""
    found = (await names.get_all(tx, [name_id])).get(name_id)
    if found is None:
        raise Refused(NO_SUCH_NAME)
    return found


async def _teams_of(tx: Tx, person_id: str) -> set[str]:
    """Where somebody is, whatever they are there."""
    return {one.id for one in await teams.find_of_person(tx, person_id)} if person_id else set()


async def check(tx: Tx, person: Person, team_id: str, name_id: str) -> Team:
    """The team, for who says whose its names are, with a name that it has. Raises Denied and Refused."""
    team = await seeing.check_set(tx, person, team_id)
    if not await members.is_named(tx, team_id, name_id):
        raise Refused(NO_SUCH_NAME)
    return team
