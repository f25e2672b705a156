"""What became of a team's escalations on the day before a round, by the same rules as its reports."""

import asyncio
from datetime import datetime, timedelta

from bot.rules.escalations import UNFINISHED
from bot.rules.reports import Fact, Period, count
from bot.rules.standups import Round
from bot.rules.standups.summaries import Yesterday
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from storage.database import Tx
from storage.escalations.facts import A_BATCH, fact_ids, facts

AT_MOST = 500
"""Cases of one day. A team that has more looks at its report: a summary is drawn often."""


async def yesterday_of(tx: Tx, team: Team, round_: Round, *, now: datetime) -> Yesterday | None:
    """By the team's own calendar. None where there are too many cases to count while a message is drawn."""
    day = round_.day - timedelta(days=1)
    period = Period(day, day)
    span = period.span(team.zone)
    ids = await fact_ids(tx, {team.id: span}, most=AT_MOST + 1)
    if len(ids) > AT_MOST:
        return None
    await load_holidays(team)
    found: list[Fact] = []
    for begin in range(0, len(ids), A_BATCH):
        found += await facts(tx, ids[begin : begin + A_BATCH])
    counted = await asyncio.to_thread(count, found, [team], period, min(now, span.end))
    figures = counted.tally.whole
    left_open = sum(_was_open(one, span.end) for one in found)
    return Yesterday(day, figures.raised, figures.resolved, left_open, figures.claims)


def _was_open(fact: Fact, at: datetime) -> bool:
    before = [one for one in fact.events if one.at < at]
    return bool(before) and before[-1].new in UNFINISHED
