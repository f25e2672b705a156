"""How far a zone's clocks are from UTC, cut where they change: within a stretch, local time is plain arithmetic."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

# Shorter than any two changes of a zone are apart, so that none is stepped over.
STEP = timedelta(hours=6)
SECOND = timedelta(seconds=1)


class Stretch(NamedTuple):
    """From `start` until before `end`, both in UTC, the zone's clocks are `offset` ahead of UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def stretches(zone: str, start: datetime, end: datetime) -> Iterator[Stretch]:
    """The time from `start` to `end` (UTC), cut where the clocks of this IANA zone change."""
    years = range(start.year, end.year + 1)
    cuts = [at for year in years for at in changes(zone, year) if start < at < end]
    for one, other in pairwise([start, *cuts, end]):
        yield Stretch(one, other, _offset(zone, one))


@lru_cache(maxsize=4096)
def changes(zone: str, year: int) -> tuple[datetime, ...]:
    """The moments, in UTC, from which on the zone's clocks show another difference to UTC than a second before."""
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    found, before = [], _offset(zone, moment)
    while moment < end:
        after = moment + STEP
        if (now := _offset(zone, after)) != before:
            found.append(_first_after(zone, moment, after))
        moment, before = after, now
    return tuple(found)


def _first_after(zone: str, before: datetime, after: datetime) -> datetime:
    """The second of the change, which lies between the two."""
    old = _offset(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
