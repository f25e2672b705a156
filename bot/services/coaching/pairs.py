"""Who may coach whom, and in which team: asked before a form is drawn, when it is sent, and when a note is shared."""

from bot.errors import Denied
from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.coaching import Pair
from bot.rules.teams import Team
from bot.text import _, mention
from storage import people, teams
from storage.database import Tx

LEADING = (Role.LEAD, Role.MANAGER)
NOT_THEIRS = _(
    "Leads coach the agents of their teams, managers also the leads. {who} is not among those whom you lead."
)
NOT_IN_FORM = _(
    "Leads coach the agents of their teams, managers also the leads. This person is not among those whom you lead."
)
ONLY_LEADS = _("Only leads and managers write coaching notes.")


async def pair_in(tx: Tx, person: Person, agent: Person, team_id: str) -> Pair:
    """These two in that team, as they are now."""
    chain = await teams.chain_of(tx, team_id)
    roles = agent.roles.get(team_id, frozenset())
    return Pair(tx.workspace_id, team_id, person.id, agent.id, roles, chain)


async def teams_to_coach(tx: Tx, person: Person, agent_id: str) -> list[Team]:
    """The teams in which this person may coach that one, by name. None of somebody who was deactivated."""
    agent = await people.find(tx, agent_id)
    if agent is None or not agent.roles:
        return []
    found = await teams.find_of_person(tx, agent_id)
    chains = await teams.chains_of(tx, [one.id for one in found])
    return [
        one
        for one in found
        if may(
            person,
            Permission.COACHING_WRITE,
            Pair(
                tx.workspace_id,
                one.id,
                person.id,
                agent_id,
                agent.roles.get(one.id, frozenset()),
                chains[one.id],
            ),
        )
    ]


async def check_may_coach(tx: Tx, person: Person, agent_id: str, team_id: str) -> None:
    """Raises Denied."""
    agent = await people.find(tx, agent_id)
    pair = await pair_in(tx, person, agent or Person(tx.workspace_id, agent_id), team_id)
    if not may(person, Permission.COACHING_WRITE, pair):
        raise Denied(NOT_THEIRS, who=mention(agent_id))


def leads_somebody(person: Person) -> bool:
    return any(person.has_role(one, *LEADING) for one in person.roles)


def check_leads_somebody(person: Person) -> None:
    """Raises Denied for who coaches nobody anywhere."""
    if not leads_somebody(person):
        raise Denied(ONLY_LEADS)
