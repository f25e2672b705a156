"""Where Baton's own facts come from: each source says page by page what may have changed since a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.kudos.breadth import breadth
from bot.rules.metrics.program import own_facts
from bot.rules.metrics.store.facts import Fact
from bot.rules.reports import Fact as Case
from bot.rules.teams import Team
from bot.services.kudos.digesting import COUNTED
from storage import kudos, teams
from storage.coaching import changed as notes
from storage.database import Tx
from storage.escalations import changed as cases
from storage.escalations import facts as timelines
from storage.handovers import changed as items
from storage.kudos import changed as thanks
from storage.standups import changed as rounds
from storage.standups.rounds import seats_of_round

A_PAGE = 200
CASES_AT_ONCE = timelines.A_BATCH
ROUNDS_AT_ONCE = 20
TEAMS_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Look:
    """From when to when, and at which teams, by id."""

    since: datetime
    until: datetime
    teams: Mapping[str, Team]


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is where the next page begins; empty for the last one."""

    facts: Sequence[Fact]
    after: str = ""


Source = Callable[[Tx, Look, str], Awaitable[Page]]
"""Given the beginning of a page: empty for the first."""


async def of_cases(tx: Tx, look: Look, after: str) -> Page:
    ids = await cases.changed_ids(
        tx, look.teams, look.since, look.until, after=int(after or 0), most=CASES_AT_ONCE
    )
    found = await timelines.facts(tx, ids)
    facts = await asyncio.to_thread(_counted, found, look)
    return Page(facts, str(ids[-1]) if len(ids) == CASES_AT_ONCE else "")


async def of_handovers(tx: Tx, look: Look, after: str) -> Page:
    handover_id, _, number = after.rpartition(":")
    found = await items.changed(
        tx, look.teams, look.since, after=(handover_id, int(number or 0)), most=A_PAGE
    )
    facts = [own_facts.of_item(one, look.teams[one.team_id]) for one in found]
    is_last = len(found) < A_PAGE
    return Page(facts, "" if is_last else f"{found[-1].handover_id}:{found[-1].number}")


async def of_standups(tx: Tx, look: Look, after: str) -> Page:
    found = await rounds.changed_rounds(
        tx, look.teams, look.since, after=after, most=ROUNDS_AT_ONCE
    )
    seats = await seats_of_round(tx, *(one.id for one in found))
    facts = [
        own_facts.of_seat(one, seat, look.teams[one.team_id])
        for one in found
        for seat in seats.get(one.id, [])
    ]
    return Page(facts, found[-1].id if len(found) == ROUNDS_AT_ONCE else "")


async def of_thanks(tx: Tx, look: Look, after: str) -> Page:
    kudos_id, _, receiver_id = after.rpartition(":")
    found = await thanks.changed(
        tx, look.teams, look.since, after=(kudos_id, receiver_id), most=A_PAGE
    )
    tastes = await kudos.tastes_of(tx, {one.receiver_id for one in found})
    hidden = {one for one, taste in tastes.items() if not taste.in_public}
    facts = [
        own_facts.of_thanks(
            one.kudos_id,
            one.receiver_id,
            one.given_at,
            look.teams[one.team_id],
            counts=one.counts,
            is_shown=one.receiver_id not in hidden,
        )
        for one in found
    ]
    is_last = len(found) < A_PAGE
    return Page(facts, "" if is_last else f"{found[-1].kudos_id}:{found[-1].receiver_id}")


async def of_coaching(tx: Tx, look: Look, after: str) -> Page:
    found = await notes.changed(tx, look.teams, look.since, after=after, most=A_PAGE)
    facts = [
        own_facts.of_note(
            one.id, one.shared_at, look.teams[one.team_id], is_acknowledged=one.is_acknowledged
        )
        for one in found
    ]
    return Page(facts, found[-1].id if len(found) == A_PAGE else "")


async def of_breadth(tx: Tx, look: Look, after: str) -> Page:
    """Of teams that have begun to thank: to all others no share would be fair."""
    ids = sorted(one for one in look.teams if one > after)[:TEAMS_AT_ONCE]
    weeks = {
        one: list(own_facts.weeks_ended(look.teams[one], look.since, look.until)) for one in ids
    }
    facts = []
    for team_id, first in (
        await thanks.first_thanks(tx, [one for one in ids if weeks[one]])
    ).items():
        team = look.teams[team_id]
        members = {one.person_id for one in await teams.members(tx, team_id, *COUNTED)}
        for span, week in ((one.span(team.zone), one) for one in weeks[team_id]):
            if span.end > first:
                givers = await kudos.givers_in(tx, team_id, span.start, span.end, only_public=True)
                facts.append(own_facts.of_breadth(week, team, breadth((), members, givers)))
    return Page(facts, ids[-1] if len(ids) == TEAMS_AT_ONCE else "")


SOURCES: Sequence[Source] = (
    *(of_cases, of_handovers, of_standups),
    *(of_thanks, of_breadth, of_coaching),
)


def _counted(found: Sequence[Case], look: Look) -> list[Fact]:
    """Takes a while for many: not for the loop that everybody shares."""
    return [
        fact
        for one in found
        for fact in own_facts.of_case(one, look.teams[one.case.team_id], now=look.until)
    ]
