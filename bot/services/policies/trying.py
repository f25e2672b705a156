"""The dry run: what would happen if a case were raised at a moment and nobody ever took it. Nothing is changed."""

from datetime import datetime, timedelta

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import policies as rules
from bot.rules.escalations.clocks import calendar_of
from bot.rules.policies import Policy, TargetKind
from bot.rules.policies.forecasts import forecast
from bot.rules.policies.seen import Dry
from bot.rules.severities import Severity
from bot.rules.shifts import Span
from bot.services.holidays import load_holidays
from bot.services.policies.looking import ONLY_THE_TEAM
from bot.services.policies.reaching import floor
from bot.text import _
from storage import policies, teams
from storage.database import Database

AHEAD = (timedelta(days=4), timedelta(weeks=8))
"""How far a run is followed: most end within days, and nobody knows who will be on shift later than the last of these."""
FAR = timedelta(days=366)
TOO_FAR = _("That is too far from today. Please look at the year.")


async def dry_run(
    db: Database, person: Person, team_id: str, severity: Severity, *, at: datetime, now: datetime
) -> Dry:
    """Raises Denied, Refused if the team is gone, or FormProblems for a moment that is too far away."""
    if abs(at - now) > FAR:
        raise FormProblems({"at": Refused(TOO_FAR)})
    async with db.read(person.workspace_id) as tx:
        team = await teams.get(tx, team_id)
        check_may(person, Permission.POLICY_SEE, team, ONLY_THE_TEAM)
        await load_holidays(team)
        known = await policies.list_of_team(tx, team_id)
        policy = rules.policy_for(known, team, severity)
        concerned = [policy, *(one for one in known if one.id != policy.id)]
        targets = [one for each in concerned for one in each.all_targets()]
        turns = {one.id: await policies.turns(tx, one.id) for one in concerned if _has_rounds(one)}
        calendar = calendar_of(team, severity)
        for ahead in AHEAD:
            until = at + ahead
            around = await floor(tx, team, person.id, targets, Span(at, until))
            found = forecast(policy, known, calendar, around, turns, at=at, until=until)
            if not found.is_cut:
                break
        ids = [one.id for one in targets if one.kind is TargetKind.GROUP]
        groups = await policies.groups(tx, ids)
        return Dry(team, severity, at, policy, found, groups, around.scene.has_shifts)


def _has_rounds(policy: Policy) -> bool:
    return any(one.kind is TargetKind.ROUND_ROBIN for one in policy.all_targets())
