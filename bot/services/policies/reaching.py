"""Which policy a case has, and whom a level of it reaches when it fires. All inside the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Role
from bot.rules import policies as rules
from bot.rules import shifts as shift_rules
from bot.rules.escalations import Escalation
from bot.rules.policies import Floor, Level, Policy, Reached, Scene, Target, TargetKind
from bot.rules.severities import Severity
from bot.rules.shifts import Roster, Span
from bot.rules.teams import Team
from storage import absences, people, policies, shifts, teams
from storage.database import Tx

A_MOMENT = timedelta(minutes=1)
OF_THE_TEAM = {
    TargetKind.LEAD_ON_SHIFT,
    TargetKind.LEADS,
    TargetKind.MANAGER,
    TargetKind.EVERYONE,
}


async def get_for(tx: Tx, team: Team, severity: Severity) -> Policy:
    """The policy of this team for cases of this severity; the default one while nobody has made any."""
    return rules.policy_for(await policies.list_of_team(tx, team.id), team, severity)


async def scene(
    tx: Tx, team: Team, escalation: Escalation, targets: Iterable[Target], *, now: datetime
) -> Scene:
    """The floor as it is now, as far as these targets ask about it."""
    window = Span(now, now + A_MOMENT)
    found = await floor(tx, team, escalation.raised_by, targets, window)
    return found.at(now)


async def reach(
    tx: Tx,
    policy: Policy,
    told: Level | Sequence[Target],
    escalation: Escalation,
    team: Team,
    *,
    now: datetime,
) -> Reached:
    """Whom these targets of the policy reach now. Whoever is chosen in a round has had their turn."""
    targets = told.targets if isinstance(told, Level) else tuple(told)
    here = await scene(tx, team, escalation, targets, now=now)
    if not any(one.kind is TargetKind.ROUND_ROBIN for one in targets):
        return rules.reach(targets, here)
    while True:
        turns = await policies.turns(tx, policy.id)
        reached = rules.reach(targets, replace(here, turns=turns))
        if await _take_turns(tx, policy, reached, turns):
            return reached


async def floor(
    tx: Tx, team: Team, reporter: str, targets: Iterable[Target], window: Span
) -> Floor:
    """What has to be known to say, for any moment of the window, whom these targets reach; and no more. No turns are in it."""
    asked = list(targets)
    kinds = {one.kind for one in asked}
    members = await _by_role(tx, team.id) if kinds & OF_THE_TEAM else {}
    leads = await _reporters_leads(tx, reporter) if TargetKind.REPORTERS_LEAD in kinds else ()
    groups = await _groups(tx, asked)
    known = await _named(tx, asked, groups)
    known |= {*leads, *(one for ids in members.values() for one in ids)}
    here = Scene(
        members=members,
        known=frozenset(known),
        reporter=reporter,
        reporters_leads=leads,
        groups=groups,
    )
    away = await absences.of_people(tx, known, since=window.start, until=window.end)
    if TargetKind.LEAD_ON_SHIFT not in kinds:
        return Floor(here, {}, away)
    roster = await shifts.roster(tx, team, window)
    here = replace(here, has_shifts=await _has_shifts(tx, roster, window))
    return Floor(here, shift_rules.duties(roster, window), away)


async def _take_turns(tx: Tx, policy: Policy, reached: Reached, seen: Mapping[str, int]) -> bool:
    """False if somebody else was chosen at the same time: then everybody's turn is to be looked at again."""
    turns = dict(seen)
    for person_id in dict.fromkeys(reached.turns.values()):
        if not await policies.take_turn(tx, policy.id, person_id, turns):
            return False
        turns[person_id] = max(turns.values(), default=0) + 1
    return True


async def _by_role(tx: Tx, team_id: str) -> dict[Role, tuple[str, ...]]:
    """Who is what in the team, by name. Who was deactivated, or is a bot, is left out."""
    found: defaultdict[Role, tuple[str, ...]] = defaultdict(tuple)
    for one in await teams.members(tx, team_id):
        found[one.role] += (one.person_id,)
    return dict(found)


async def _reporters_leads(tx: Tx, reporter: str) -> tuple[str, ...]:
    """Who leads the teams in which the reporter works."""
    works_in = [
        team_id
        for team_id, roles in sorted((await people.roles_of(tx, reporter)).items())
        if Role.AGENT in roles
    ]
    found = [one.person_id for team in works_in for one in await teams.members(tx, team, Role.LEAD)]
    return tuple(dict.fromkeys(found))


async def _groups(tx: Tx, targets: Sequence[Target]) -> dict[str, tuple[str, ...]]:
    """Who is in the user groups that the targets name."""
    ids = [one.id for one in targets if one.kind is TargetKind.GROUP]
    found = await policies.groups(tx, ids) if ids else {}
    return {one.id: one.members for one in found.values()}


async def _named(
    tx: Tx, targets: Sequence[Target], groups: Mapping[str, Sequence[str]]
) -> set[str]:
    """Those of the people whom the targets name, one by one or in a group, who can be told."""
    named = {one.id for one in targets if one.kind is TargetKind.PERSON}
    named |= {person_id for one in targets for person_id in one.people}
    named |= {person_id for members in groups.values() for person_id in members}
    profiles = (await people.profiles(tx, named)).values() if named else ()
    return {one.id for one in profiles if one.can_have_roles}


async def _has_shifts(tx: Tx, roster: Roster, window: Span) -> bool:
    """Whether anybody has said who is on shift: by a weekly one, or for single people around this time."""
    if roster.patterns:
        return True
    around = shift_rules.look_ahead(window.start)
    return bool(await shifts.list_overrides(tx, roster.team_id, around))
