"""From what a clock on the wall shows to the moment that it means, in any zone and on both nights when clocks change.

For shifts a clock never goes back: an hour that comes twice counts from its first time on, and a time that is left out
is the moment of the leap. So every wall time is one moment, later ones are never earlier, and a shift that ends when
the next begins leaves no gap and no overlap in any night.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.rules.offsets import changes


@lru_cache(maxsize=20_000)
def moment(day: date, at: time, zone: str) -> datetime:
    """When the clocks of `zone` (an IANA name) first show this time of that day, or a later one. In UTC."""
    local = datetime.combine(day, at.replace(tzinfo=None), ZoneInfo(zone))
    found = local.astimezone(UTC)
    if _shown(found, zone) == local.replace(tzinfo=None):
        return found
    return _leap(local.replace(fold=1).astimezone(UTC), found, zone)


def day_of(at: datetime, zone: str) -> date:
    """The date in `zone` at that moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def midnight(day: date, zone: str) -> datetime:
    """When the day begins in `zone`. In UTC."""
    return moment(day, time(), zone)


def _shown(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _leap(before: datetime, after: datetime, zone: str) -> datetime:
    """The moment between these two at which the clocks leap forward."""
    years = sorted({before.year, after.year})
    return next(at for year in years for at in changes(zone, year) if before < at <= after)
