"""The row of numbers in the summary of a stand-up: the first ones of the team's daily digest, of the working day before."""

from datetime import date, datetime

from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digest_days import newest
from bot.rules.metrics.digest.digests import About, Digest
from bot.rules.metrics.digest.strips import MOST, Strip
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from bot.services.metrics.digest import drawing
from bot.services.metrics.store.numbers import StillCounting
from storage.database import Tx
from storage.metrics import digests


async def strip_of(
    tx: Tx, team: Team, day: date, *, channel: str = "", now: datetime
) -> Strip | None:
    """None for a team without a daily digest, and where nothing is known or is still being added up. `channel` is where the row
    is to be said: what is told in another one than that and the team's own, such as its leads', is not told on there.

    A summary is drawn often: this reads as much as one small digest, and nothing at all where there is none.
    """
    open_in = {team.team_channel, channel} - {""}
    digest = next(
        (
            one
            for one in await digests.of_teams(tx, [team.id])
            if one.channel in open_in and _is_for_all(one)
        ),
        None,
    )
    if digest is None:
        return None
    await load_holidays(team)
    period = newest(digest, team, day)
    try:
        found = await drawing.lines_of(tx, digest, period, most=MOST, now=now)
    except StillCounting:
        return None
    known = [one for one in found if one.is_known]
    return Strip(period.last, known) if known else None


def _is_for_all(digest: Digest) -> bool:
    """Whether it tells everybody there of the team, each working day."""
    is_of_team = digest.choice.about is About.TEAM
    return digest.is_on and is_of_team and digest.cadence is Cadence.DAILY
