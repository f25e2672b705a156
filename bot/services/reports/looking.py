"""Reports of escalations: of which teams, and the numbers. Nothing is changed here."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.errors import Denied, Refused
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.reports import Asked, Tally, count
from bot.rules.reports.seen import Report
from bot.rules.spans import Span
from bot.rules.teams import Team, name_key
from bot.services.holidays import load_holidays
from bot.text import _
from storage import teams
from storage.database import Database, Tx
from storage.escalations.facts import A_BATCH, fact_ids, facts

AT_ONCE = 2_000
"""Cases that can be counted while somebody waits. For more there is the file."""

NOT_FOR_AGENTS = _(
    "Reports are for leads, managers and observers of a team. Your own cases are in `/escalate mine`."
)
NOT_THEIRS = _("You may not see the reports of these teams. Choose among your own.")
TOO_MANY = _(
    "These are more than {most} cases, which takes too long while you wait. Choose fewer days, "
    "or `/escalate export`: the first sheet of the Excel file has the same numbers."
)


async def choice(db: Database, person: Person, typed: str = "") -> list[Team]:
    """The teams whose reports this person may see, by name: those that hold the typed words. Raises Denied for nobody's."""
    async with db.read(person.workspace_id) as tx:
        found = await teams_reported(tx, person)
    return [one for one in found if name_key(typed) in name_key(one.name)]


async def report(
    db: Database,
    person: Person,
    asked: Asked,
    *,
    now: datetime,
    most: int = AT_ONCE,
    batch: int = A_BATCH,
) -> Report:
    """The numbers. Raises Denied, and Refused if they are too many to count while somebody waits."""
    async with db.read(person.workspace_id) as tx:
        chosen = await teams_asked(tx, person, asked)
        spans = spans_of(asked, chosen)
        ids = await fact_ids(tx, spans, most=most + 1)
        if len(ids) > most:
            raise Refused(TOO_MANY, most=most)
        tally = Tally()
        for begin in range(0, len(ids), batch):
            found = await facts(tx, ids[begin : begin + batch])
            counted = await asyncio.to_thread(count, found, chosen, asked.period, now)
            tally.add(counted.tally)
    return Report(asked, chosen, tally, is_all=not asked.team_ids)


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """The teams that were asked for, of those that this person may see. Raises Denied for any other."""
    allowed = await teams_reported(tx, person)
    if not asked.team_ids:
        await load_holidays(*allowed)
        return allowed
    chosen = [one for one in allowed if one.id in asked.team_ids]
    if len(chosen) < len(set(asked.team_ids)):
        raise Denied(NOT_THEIRS)
    await load_holidays(*chosen)
    return chosen


async def teams_reported(tx: Tx, person: Person) -> list[Team]:
    """Every team whose report this person may see, by name. Raises Denied if there is none."""
    found = [
        one for one in await teams.list_all(tx) if may(person, Permission.ESCALATION_REPORT, one)
    ]
    if not found:
        raise Denied(NOT_FOR_AGENTS)
    return found


def spans_of(asked: Asked, chosen: Sequence[Team]) -> dict[str, Span]:
    """What the days are in each team's zone, made longer to whole months, as budgets are counted."""
    whole = asked.period.whole_months()
    spans = {zone: whole.span(zone) for zone in {one.zone for one in chosen}}
    return {one.id: spans[one.zone] for one in chosen}
