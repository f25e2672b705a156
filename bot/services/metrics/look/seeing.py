"""Whose numbers somebody may see, asked by everything that shows any."""

from collections.abc import Sequence

from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.metrics.look.things import PersonNumbers, TeamNumbers
from bot.rules.teams import Team
from bot.text import _
from storage import teams
from storage.database import Tx

ONLY_THE_TEAM = _(
    "Only the people of a team, those who lead it and Baton's admins see its numbers."
)
ONLY_THEIRS = _("Only they themselves and those who lead them see somebody's numbers.")
ONLY_WHO_SETS = _(
    "Only the team's leads, its managers and Baton's admins can change how its numbers are kept and told."
)


async def numbers_of(tx: Tx, team_id: str) -> TeamNumbers:
    """The team's numbers, as a thing to ask permission for."""
    return TeamNumbers(tx.workspace_id, team_id, await teams.chain_of(tx, team_id))


async def person_numbers(tx: Tx, team_id: str, person_id: str) -> PersonNumbers:
    """The same of somebody in a team, with what they are in it now."""
    roles = (await teams.roles_in(tx, [team_id])).get((team_id, person_id), frozenset())
    chain = await teams.chain_of(tx, team_id)
    return PersonNumbers(tx.workspace_id, team_id, person_id, roles, chain)


async def teams_seen(tx: Tx, person: Person) -> list[Team]:
    """The teams whose numbers they may see, by name."""
    return await _teams_with(tx, person, Permission.METRICS_SEE)


def first_of(person: Person, seen: Sequence[Team]) -> Team:
    """Which of these somebody looks at if they name none: the first of their own."""
    return next((one for one in seen if one.id in person.roles), seen[0])


async def teams_led(tx: Tx, person: Person) -> list[Team]:
    """The teams of whose people they may see the numbers, by name."""
    return await _teams_with(tx, person, Permission.METRICS_LEAD)


async def teams_set(tx: Tx, person: Person) -> list[Team]:
    """The teams for which they may decide how numbers are kept and told, by name."""
    return await _teams_with(tx, person, Permission.METRICS_SET)


async def may_see_all(tx: Tx, person: Person, team_ids: Sequence[str]) -> bool:
    """Whether they may see the numbers of all of these."""
    chains = await teams.chains_of(tx, team_ids)
    things = [TeamNumbers(tx.workspace_id, one, chains[one]) for one in team_ids]
    return all(may(person, Permission.METRICS_SEE, one) for one in things)


async def check_see(tx: Tx, person: Person, team_id: str) -> Team:
    """The team. Raises Denied, or Refused if it is gone."""
    return await _check(tx, person, team_id, Permission.METRICS_SEE, ONLY_THE_TEAM)


async def check_set(tx: Tx, person: Person, team_id: str) -> Team:
    """The team, for who decides how its numbers are kept and told. Raises Denied, or Refused if it is gone."""
    return await _check(tx, person, team_id, Permission.METRICS_SET, ONLY_WHO_SETS)


async def check_see_person(tx: Tx, person: Person, team_id: str, person_id: str) -> Team:
    """The team, for who may see that person's numbers in it. Raises Denied, or Refused if it is gone."""
    team = await teams.get(tx, team_id)
    thing = await person_numbers(tx, team_id, person_id)
    check_may(person, Permission.METRICS_SEE_PERSON, thing, ONLY_THEIRS)
    return team


async def covered(tx: Tx, person: Person, team_id: str) -> tuple[str, ...]:
    """The teams whose numbers together are the team's: of a department also those of all teams below it.

    A sum of some of them would pass for the whole: who may not see every team below sees the team alone.
    """
    below = await teams.below(tx, [team_id])
    if not below:
        return (team_id,)
    seen = {one.id for one in await teams_seen(tx, person)}
    return (team_id, *sorted(below)) if below <= seen else (team_id,)


async def _teams_with(tx: Tx, person: Person, permission: Permission) -> list[Team]:
    found = await teams.list_all(tx)
    chains = await teams.chains_of(tx, [one.id for one in found])
    return [
        one
        for one in found
        if may(person, permission, TeamNumbers(tx.workspace_id, one.id, chains[one.id]))
    ]


async def _check(
    tx: Tx, person: Person, team_id: str, permission: Permission, refusal: str
) -> Team:
    team = await teams.get(tx, team_id)
    check_may(person, permission, await numbers_of(tx, team_id), refusal)
    return team
