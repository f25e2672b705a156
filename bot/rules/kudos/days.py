"""When a team is told of thanks: the weekly digest, the monthly wall, anniversaries. Days are local days of the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.rules.calendars import spans_on
from bot.rules.kudos.giving import UNDO_FOR
from bot.rules.kudos.settings import KudosSettings
from bot.rules.spans import Span
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, midnight, moment

MORNING = time(9)
"""For walls and anniversaries, by the clock on the team's wall."""
ONE_DAY = timedelta(days=1)
LONGEST_PAUSE = 31
"""Days: where a team is closed for longer, what falls into them is told on none of its days."""
CONGRATULATE_FOR = timedelta(days=7)
"""After a longer downtime an anniversary has passed."""
REMEMBERED = timedelta(days=62)
"""After a longer downtime what was missed before is not told any more; a wall and a digest are the newest anyway."""
LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told now: the day of a digest, the first day of a wall's month, the days of anniversaries.

    `is_late` is about the digest. `next_at` is when to look again.
    """

    next_at: datetime
    digest: date | None = None
    is_late: bool = False
    wall: date | None = None
    anniversaries: tuple[date, ...] = ()


def due(team: Team, settings: KudosSettings, *, since: datetime, now: datetime) -> Due:
    """What fell due from `since` to `now`, both included: of digests and of walls only the newest.

    Each occurrence is a local date, so that no change of the clocks can leave one out or make two of it. The holidays of
    the team's country must be at hand.
    """
    since = max(since, now - REMEMBERED)
    days = list(_days(day_of(since, team.zone), day_of(now, team.zone)))
    digests = [
        day
        for day in days
        if _is_digest_day(settings, day) and since <= _at(team, settings, day) <= now
    ]
    mornings = [
        day for day in days if since <= _morning(team, day) <= now and is_working(team, day)
    ]
    walls = [day for day in mornings if settings.has_wall and _is_first_of_month(team, day)]
    passed = day_of(now - CONGRATULATE_FOR, team.zone)
    celebrated = {one for day in mornings for one in _since_last_working(team, day) if one > passed}
    return Due(
        _next(team, settings, now),
        digests[-1] if digests else None,
        bool(digests) and now - _at(team, settings, digests[-1]) > LATE,
        _month_before(walls[-1]) if walls else None,
        tuple(sorted(celebrated)),
    )


def week_of(team: Team, settings: KudosSettings, day: date) -> Span:
    """What the digest of that day tells: seven days, without what its giver may still take back."""
    start, end = _at(team, settings, day - 7 * ONE_DAY), _at(team, settings, day)
    return Span(start - UNDO_FOR, end - UNDO_FOR)


def month_of(team: Team, first: date) -> Span:
    """The month that begins on this day."""
    following = (first.replace(day=28) + 4 * ONE_DAY).replace(day=1)
    return Span(midnight(first, team.zone), midnight(following, team.zone))


def is_working(team: Team, day: date) -> bool:
    """Whether anybody of the team works on that day."""
    return team.hours.always_open or bool(spans_on(team.hours, day))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _is_digest_day(settings: KudosSettings, day: date) -> bool:
    return day.weekday() == settings.digest_day


def _at(team: Team, settings: KudosSettings, day: date) -> datetime:
    return moment(day, settings.digest_at, team.zone)


def _morning(team: Team, day: date) -> datetime:
    return moment(day, MORNING, team.zone)


def _is_first_of_month(team: Team, day: date) -> bool:
    """The first working day of its month."""
    return not any(is_working(team, one) for one in _days(day.replace(day=1), day - ONE_DAY))


def _month_before(day: date) -> date:
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


def _since_last_working(team: Team, day: date) -> Iterator[date]:
    """The day itself, and those just before it on which nobody worked."""
    for _number in range(LONGEST_PAUSE):
        yield day
        day -= ONE_DAY
        if is_working(team, day):
            return


def _next(team: Team, settings: KudosSettings, now: datetime) -> datetime:
    """The next morning, or a digest before it."""
    today = day_of(now, team.zone)
    soon = list(_days(today, today + 2 * ONE_DAY))
    moments = [_morning(team, day) for day in soon]
    moments += [_at(team, settings, day) for day in soon if _is_digest_day(settings, day)]
    return min(one for one in moments if one > now)
