"""Numbers of teams and days, always right: from roll-ups, and from the facts where a day has changed since."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.errors import Refused
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import WHOLE, DayRolled, Row
from bot.rules.reports.periods import Period
from bot.text import _
from storage.database import Tx
from storage.metrics import facts, holding, rollups

MOST_FRESH = 20_000
"""Facts of changed days that are added up while somebody waits. More are rolled up first."""
STILL_COUNTING = _(
    "New numbers have just come in and are being added up. Please try again in a minute."
)


class StillCounting(Refused):
    """So much has changed that it is better to wait for the roll-up than to add it up here."""


async def read(
    tx: Tx,
    team_ids: Sequence[str],
    first: date,
    last: date,
    *,
    slice_: str = WHOLE,
    members: Collection[str] | None = None,
    with_samples: bool = True,
) -> list[Row]:
    """The bundles of these teams from `first` to `last`, one row per day, team and member, in no order.

    `members` are ids of names for people, channels, topics, hours of two digits. Who needs no medians reads several times
    faster without samples, which are then only perhaps in it. Raises StillCounting.
    """
    if not team_ids:
        return []
    stale = set(await rollups.stale_between(tx, first, last))
    rows = await rollups.read(
        tx, team_ids, slice_, first, last, members=members, with_samples=with_samples
    )
    found = [row for row in rows if row.day.isoformat() not in stale]
    return found + await _fresh(tx, team_ids, stale, slice_, members)


async def totals(
    tx: Tx,
    team_ids: Sequence[str],
    period: Period,
    *,
    slice_: str = WHOLE,
    members: Collection[str] | None = None,
    with_samples: bool = True,
) -> dict[tuple[str, str], Bundle]:
    """The same, of all these days together by team and member: a third of the work where nobody asks for single days."""
    if not team_ids:
        return {}
    stale = await rollups.stale_between(tx, period.first, period.last)
    found = await rollups.totals(
        tx, team_ids, slice_, period, members=members, but=stale, with_samples=with_samples
    )
    for row in await _fresh(tx, team_ids, stale, slice_, members):
        found.setdefault((row.team_id, row.member), Bundle()).merge(row.bundle)
    return found


async def _fresh(
    tx: Tx,
    team_ids: Sequence[str],
    stale: Collection[str],
    slice_: str,
    members: Collection[str] | None,
) -> list[Row]:
    """What days that have changed come to by now."""
    if stale and await facts.count(tx, stale, team_ids, most=MOST_FRESH + 1) > MOST_FRESH:
        raise StillCounting(STILL_COUNTING)
    found: list[Row] = []
    for day in sorted(stale):
        found += await _of_facts(tx, team_ids, day, slice_, members)
    return found


async def _of_facts(
    tx: Tx, team_ids: Sequence[str], day: str, slice_: str, members: Collection[str] | None
) -> list[Row]:
    rolled = DayRolled(only=slice_)
    async for some in holding.of_day(tx, day, team_ids):
        rolled.add(some)
    return [
        Row(date.fromisoformat(day), place.team_id, place.member, bundle)
        for place, bundle in rolled.bundles.items()
        if members is None or place.member in members
    ]
