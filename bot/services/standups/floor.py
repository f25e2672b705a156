"""Who could be asked in a team, and when they are there: what the rounds of its stand-ups are planned from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.people import Role
from bot.rules import shifts as shift_rules
from bot.rules.absences import Offer
from bot.rules.shifts import Change, Roster, Span
from bot.rules.standups.planning import Floor
from bot.rules.teams import Member, Team
from bot.services.holidays import load_holidays
from storage import absences, shifts, standups, teams
from storage.database import Tx


async def floor_of(tx: Tx, team: Team, window: Span) -> Floor:
    """The team for this time, as it is known now. Six or seven statements, however many people it has."""
    await load_holidays(team)
    members = await teams.members(tx, team.id)
    roster = await shifts.roster(tx, team, window)
    people = sorted({one.person_id for one in members})
    away: defaultdict[str, list[Span]] = defaultdict(list)
    for one in roster.absences:
        away[one.person_id].append(one.span)
    quiet = await standups.quiet_times(tx, people, asked_since=window.start)
    return Floor(
        team,
        window,
        roles=_roles(members),
        zones={one.person_id: one.zone for one in members},
        duties=shift_rules.duties(replace(roster, absences=()), window),
        on_shifts=_on_shifts(roster),
        away=away,
        statuses=_statuses(await absences.open_offers(tx, people), window.end),
        quiet={person_id: [span] for person_id, span in quiet.items()},
    )


def _roles(members: Iterable[Member]) -> Mapping[str, frozenset[Role]]:
    found: dict[str, frozenset[Role]] = {}
    for one in members:
        found[one.person_id] = found.get(one.person_id, frozenset()) | {one.role}
    return found


def _on_shifts(roster: Roster) -> frozenset[str]:
    """Who works in shifts: whoever is in a pattern, or has a shift of their own. To help out for once is not enough."""
    planned = {person_id for one in roster.patterns for person_id in one.people}
    own = {one.person_id for one in roster.overrides if one.change is Change.ADD}
    return roster.members & (planned | own)


def _statuses(offers: Iterable[Offer], horizon: datetime) -> Mapping[str, list[Span]]:
    """A status that speaks of being away counts until its person has said yes or no to the absence that it offers."""
    return {one.person_id: [Span(one.heard_at, one.ends_at or horizon)] for one in offers}
