"""Which policy a case has: the one for its severity, the team's general one, or the default that works on the first day."""

from collections.abc import Iterable

from bot.rules.policies.kinds import Level, Outside, Policy, Target, TargetKind
from bot.rules.severities import CLAIM_MINUTES, Severity
from bot.rules.teams import Team

REPEATS = 3
LEAD_ON_SHIFT = Target(TargetKind.LEAD_ON_SHIFT)
LEADS = Target(TargetKind.LEADS)
MANAGER = Target(TargetKind.MANAGER)


def default_policy(team: Team, severity: Severity) -> Policy:
    """The lead on shift at once; all leads and the manager when the time to claim is over; they again, three times.

    Who hears of a breach is told by the second level, so that nobody is called twice for it.
    """
    minutes = team.claim_minutes.get(severity, CLAIM_MINUTES[severity])
    always = severity is Severity.CRITICAL and team.hours.critical_always
    return Policy(
        workspace_id=team.workspace_id,
        id="",
        team_id=team.id,
        name="",
        severities=frozenset(),
        levels=(Level((LEAD_ON_SHIFT,), minutes), Level((LEADS, MANAGER), minutes)),
        repeats=REPEATS,
        repeat_from=1,
        outside=Outside.ANYWAY if always else Outside.QUEUE,
        warned=(LEAD_ON_SHIFT,),
        breached=(),
    )


def policy_for(policies: Iterable[Policy], team: Team, severity: Severity) -> Policy:
    """The one that names the severity, else the general one, else the default."""
    own = [one for one in policies if one.team_id == team.id and not one.only_instead]
    named = [one for one in own if severity in one.severities]
    general = [one for one in own if one.is_general]
    return next(iter([*named, *general]), None) or default_policy(team, severity)
