"""What a file with stand-ups is made of: of which teams, which rounds, and how their people are called."""

from collections import defaultdict
from collections.abc import Sequence

from bot.errors import Denied
from bot.people import Person
from bot.rules.reports import Asked
from bot.rules.standups import Blocker
from bot.rules.standups.held import Held
from bot.rules.teams import Team
from bot.services.standups.leading import ONLY_LEADS, teams_led
from bot.views.reports.plain import Names
from storage import people, standups
from storage.database import Tx

A_BATCH = 20
"""Rounds. Each may have some hundred seats, with all that was said."""


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """The teams that were asked for, of those that this person leads or manages. Raises Denied for any other."""
    led = await teams_led(tx, person)
    if not asked.team_ids:
        return led
    chosen = [one for one in led if one.id in asked.team_ids]
    if len(chosen) < len(set(asked.team_ids)):
        raise Denied(ONLY_LEADS)
    return chosen


async def ids_asked(
    tx: Tx, _person: Person, asked: Asked, teams: Sequence[Team], *, most: int
) -> list[str]:
    """The rounds of these days, the newest first."""
    return await standups.rounds_of(tx, [one.id for one in teams], asked.period, most=most)


async def read(tx: Tx, ids: Sequence[str]) -> tuple[list[Held], Names]:
    """These rounds as they went. Whose mood may be known is asked now."""
    rounds = await standups.rounds_by_id(tx, ids)
    seats = await standups.seats_of_round(tx, *ids)
    blockers: defaultdict[str, list[Blocker]] = defaultdict(list)
    for one in await standups.blockers_of_rounds(tx, rounds):
        blockers[one.round_id].append(one)
    sharing = await standups.sharing_in(tx, {one.team_id for one in rounds})
    found = [
        Held(
            one,
            seats.get(one.id, []),
            blockers[one.id],
            sharing.get(one.team_id, frozenset()),
        )
        for one in rounds
    ]
    profiles = await people.profiles(tx, {name for one in found for name in _people_of(one)})
    return found, {one.id: one.called for one in profiles.values()}


def _people_of(held: Held) -> set[str]:
    named = {one.person_id for one in held.seats}
    for one in held.blockers:
        named |= {one.person_id, one.taken_by or "", one.closed_by or ""}
    return named - {""}
