"""Looking at a team's policies: what they say, and which of their steps reach nobody."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules import policies as rules
from bot.rules import shifts as shift_rules
from bot.rules.policies import Policy, Scene, TargetKind
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.rules.shifts import Span
from bot.rules.teams import Team
from bot.services.policies.reaching import floor
from bot.text import _
from storage import policies, teams
from storage.database import Database, Tx

ONLY_THE_TEAM = _("Only people of this team can see its policies.")
ONLY_LEADS = _("Only the team's leads, its manager and Baton's admins can set policies.")
GONE = _("This policy is gone. Somebody took it out already.")


async def open_team(db: Database, person: Person, team_id: str, *, now: datetime) -> TeamPolicies:
    """Raises Denied, or Refused if the team is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await teams.get(tx, team_id)
        check_may(person, Permission.POLICY_SEE, team, ONLY_THE_TEAM)
        known = await policies.list_of_team(tx, team_id)
        targets = [one for policy in known for one in policy.all_targets()]
        ids = [one.id for one in targets if one.kind is TargetKind.GROUP]
        return TeamPolicies(
            team,
            known,
            await _good_day(tx, team, known, now),
            await policies.groups(tx, ids),
            may(person, Permission.POLICY_SET, team),
        )


async def open_to_set(
    db: Database, person: Person, team_id: str, policy_id: str = "", *, now: datetime
) -> tuple[TeamPolicies, Policy | None]:
    """The team's policies and the one that a form is about; None for a new one. Raises Denied, or Stale if it is gone."""
    seen = await open_team(db, person, team_id, now=now)
    check_may(person, Permission.POLICY_SET, seen.team, ONLY_LEADS)
    policy = seen.find(policy_id)
    if policy_id and policy is None:
        raise Stale(GONE)
    return seen, policy


async def _good_day(tx: Tx, team: Team, known: list[Policy], now: datetime) -> Scene:
    """Nobody is away, and on shift is who will be so at any time of the coming weeks: what fails then always fails."""
    shown = [*known, rules.default_policy(team, Severity.HIGH)]
    targets = [one for policy in shown for one in policy.all_targets()]
    window = Span(now, now + shift_rules.AHEAD)
    found = await floor(tx, team, "", targets, window)
    return replace(found.scene, on_shift=frozenset(found.duties))
