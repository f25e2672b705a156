"""What a file with escalations is made of: of which teams, which cases, and how their people are called."""

import re
from collections.abc import Sequence

from bot.people import Person
from bot.rules.reports import Asked, Fact
from bot.rules.teams import Team
from bot.services.reports import looking
from bot.views.reports.plain import Names
from storage import people
from storage.database import Tx
from storage.escalations.facts import A_BATCH, fact_ids, facts

__all__ = ["A_BATCH", "ids_asked", "read", "teams_asked"]

PERSON = re.compile(r"[UW][A-Z0-9]{4,}")
"""How Slack writes who somebody is."""


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """Raises Denied."""
    return await looking.teams_asked(tx, person, asked)


async def ids_asked(
    tx: Tx, _person: Person, asked: Asked, teams: Sequence[Team], *, most: int
) -> list[int]:
    """The numbers of the cases, the newest first."""
    return await fact_ids(tx, looking.spans_of(asked, teams), most=most)


async def read(tx: Tx, ids: Sequence[int]) -> tuple[list[Fact], Names]:
    """These cases, and how their people are called."""
    found = await facts(tx, ids)
    named = {one for fact in found for one in _people_of(fact)}
    profiles = await people.profiles(tx, named)
    return found, {one.id: one.called for one in profiles.values()}


def _people_of(fact: Fact) -> set[str]:
    case = fact.case
    named = {case.raised_by, case.owner_id, case.closed_by, *case.followers, *case.called}
    for event in fact.events:
        owners = event.changes.get("owner_id", ("", ""))
        named |= {event.by, *map(str, owners), *PERSON.findall(event.reason)}
    return {one for one in named if one}
