"""What can be chosen in the forms that link cases: another team, another case. Found while somebody types."""

from collections.abc import Sequence

from bot.people import Person, Role
from bot.rules.escalations import Escalation
from bot.rules.teams import Team, name_key
from bot.services.escalations.looking import visible
from storage import escalations, teams
from storage.database import Database

MOST_SHOWN = 50
WORKING = (Role.LEAD, Role.MANAGER)


async def teams_to_hand(
    db: Database, person: Person, escalation_id: int, typed: str
) -> Sequence[Team]:
    """The other teams that could take this case, or something of it, by name."""
    async with db.read(person.workspace_id) as tx:
        case = await visible(tx, person, escalation_id)
        wanted = name_key(typed)
        return [
            one
            for one in await teams.list_all(tx)
            if one.leads_channel and one.id != case.team_id and wanted in name_key(one.name)
        ][:MOST_SHOWN]


async def cases_to_merge(
    db: Database, person: Person, escalation_id: int, typed: str
) -> Sequence[Escalation]:
    """The cases as which this one could go on: those that this person works on, about the same ticket first."""
    async with db.read(person.workspace_id) as tx:
        case = await visible(tx, person, escalation_id)
        theirs = [team for team in person.roles if person.has_role(team, *WORKING)]
        return await escalations.list_mergeable(
            tx, case, theirs, person.id, typed, limit=MOST_SHOWN
        )
