"""How often one may thank: so many people a day, and the same one so often a week, by the giver's own clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Refused
from bot.rules.kudos.settings import KudosSettings
from bot.rules.wall_clock import day_of, midnight
from bot.text import _

NONE_TODAY = _(
    "You have given all your thanks of today: their team allows {limit} a day. "
    "From midnight on you can thank again."
)
FEWER_TODAY = _(
    "Their team allows {limit} thanks a day, and you have {left} left. "
    "Please name fewer people, or wait until midnight."
)
AGAIN_ON_MONDAY = _(
    "You have thanked {who} as often this week as their team allows ({limit}). "
    "From Monday on you can thank them again."
)


@dataclass(frozen=True, slots=True)
class Spent:
    """One receiver of thanks that were given and not taken back."""

    receiver_id: str
    given_at: datetime


def week_begins(now: datetime, zone: str) -> datetime:
    """The last midnight between Sunday and Monday, by the giver's clock. In UTC."""
    today = day_of(now, zone)
    return midnight(today - timedelta(days=today.weekday()), zone)


def left_today(per_day: int, spent: Sequence[Spent], zone: str, *, now: datetime) -> int:
    """How many people one may still thank before midnight. `spent` are at least this day's."""
    begins = midnight(day_of(now, zone), zone)
    return max(0, per_day - sum(one.given_at >= begins for one in spent))


def problem(
    wanted: Mapping[str, KudosSettings],
    spent: Sequence[Spent],
    zone: str,
    *,
    names: Mapping[str, str],
    now: datetime,
) -> Refused | None:
    """Why not these people now, each by the settings of their team, or None. `spent` are at least this week's.

    A day's thanks to people of other teams count too: the strictest of the teams has its way.
    """
    limit = min(one.per_day for one in wanted.values())
    left = left_today(limit, spent, zone, now=now)
    if not left:
        return Refused(NONE_TODAY, limit=limit)
    if len(wanted) > left:
        return Refused(FEWER_TODAY, limit=limit, left=left)
    begins = week_begins(now, zone)
    for one, settings in wanted.items():
        times = sum(had.receiver_id == one and had.given_at >= begins for had in spent)
        if times >= settings.per_pair:
            return Refused(AGAIN_ON_MONDAY, who=names.get(one, one), limit=settings.per_pair)
    return None
