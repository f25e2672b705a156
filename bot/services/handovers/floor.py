"""Who can take cases over just now: who may, who is there, who is on shift and who comes next."""

from collections.abc import Collection
from datetime import datetime

from bot.people import Person, Role
from bot.permissions import Permission, Thing, may
from bot.rules import absences as absence_rules
from bot.rules import handovers as rules
from bot.rules import shifts as shift_rules
from bot.rules.escalations import Escalation
from bot.rules.handovers import Follower
from bot.rules.policies import Target, TargetKind
from bot.rules.shifts import Duties
from bot.services import policies
from storage import absences, people, shifts, teams
from storage.database import Tx

ON_SHIFT = Target(TargetKind.LEAD_ON_SHIFT)


async def may_receive(tx: Tx, person_id: str, thing: Thing) -> bool:
    """Whether this person can own a case of that team. Who was deactivated has no roles."""
    person = await people.find(tx, person_id)
    return person is not None and may(person, Permission.HANDOVER_RECEIVE, thing)


async def is_away(tx: Tx, person_id: str, *, now: datetime) -> bool:
    known = await absences.of_people(tx, [person_id], since=now)
    return absence_rules.away_until(known, now) is not None


async def next_lead(tx: Tx, giver: Person, team_id: str, *, now: datetime) -> Follower | None:
    """Who leads the team after the giver's shift."""
    found = await _duties(tx, team_id, now)
    return rules.next_lead(found, await _leads(tx, team_id), giver.id, now=now)


async def leading_now(
    tx: Tx, case: Escalation, *, but: Collection[str], now: datetime
) -> str | None:
    """The lead on shift as a policy would find them: who stays longest of those who are there, and none of `but`."""
    team = await teams.get(tx, case.team_id)
    scene = await policies.scene(tx, team, case, [ON_SHIFT], now=now)
    leads = [one for one in scene.leads_on_shift() if scene.is_there(one) and one not in but]
    return rules.who_stays_longest(leads, await _duties(tx, team.id, now), now=now)


async def _duties(tx: Tx, team_id: str, now: datetime) -> Duties:
    window = shift_rules.look_ahead(now)
    roster = await shifts.roster(tx, await teams.get(tx, team_id), window)
    return shift_rules.duties(roster, window)


async def _leads(tx: Tx, team_id: str) -> set[str]:
    return {one.person_id for one in await teams.members(tx, team_id, Role.LEAD)}
