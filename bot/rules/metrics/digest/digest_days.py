"""When a digest comes and which days it tells: on working days of its team, once for each local date.

A daily one comes on each working day and tells the working day before, so that Monday tells Friday and nothing comes on a
holiday. A weekly one comes on its weekday, or on the next working day of that week. A monthly or quarterly one comes on
the first, second, third … working day after the period.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.rules.kudos.days import LATE, is_working
from bot.rules.metrics.comparison.charts import By
from bot.rules.metrics.digest.cadences import Cadence, ended, period_of
from bot.rules.metrics.digest.digests import Digest
from bot.rules.reports import Period
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, moment

ONE_DAY = timedelta(days=1)
A_WEEK = 7
LONGEST_PAUSE = 31
"""Days: a team that is closed for longer gets its daily digest about the day before all the same."""
REMEMBERED = timedelta(days=40)
"""After a longer downtime nothing that was due before it is told late."""
DAYS_CHARTED, WEEKS_CHARTED, YEAR_CHARTED = 14, 12, 350
"""Points of a chart; a year of months begins with the month of so many days before the last one."""
LOOK_AHEAD = 130
"""Days within which even the next quarterly one comes."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Once that it comes: what it tells, and when."""

    period: Period
    at: datetime

    def is_late(self, now: datetime) -> bool:
        return now - self.at > LATE


@dataclass(frozen=True, slots=True)
class Due:
    """The newest that fell due and was not looked after yet, and when the next one does."""

    now: Occurrence | None
    next_at: datetime


def due(digest: Digest, team: Team, *, since: datetime, now: datetime) -> Due:
    """What fell due from `since` to `now`, both included; of several only the newest.

    The holidays of the team's country must be at hand.
    """
    since = max(since, now - REMEMBERED)
    today = day_of(now, team.zone)
    days = _back(today + ONE_DAY, day_of(since, team.zone) - ONE_DAY)
    found = (one for one in _occurrences(digest, team, days) if since <= one.at <= now)
    return Due(next(found, None), next_at(digest, team, after=now))


def next_at(digest: Digest, team: Team, *, after: datetime) -> datetime:
    """When it comes next, later than this moment."""
    return next_one(digest, team, after=after).at


def next_one(digest: Digest, team: Team, *, after: datetime) -> Occurrence:
    """What comes next, later than this moment."""
    first = day_of(after, team.zone) - ONE_DAY
    days = (first + number * ONE_DAY for number in range(LOOK_AHEAD))
    found = next((one for one in _occurrences(digest, team, days) if one.at > after), None)
    if found:
        return found
    # Closed for months: it is looked at again after that time, and tells nothing then.
    far = first + LOOK_AHEAD * ONE_DAY
    return Occurrence(newest(digest, team, far), moment(far, digest.at, team.zone))


def newest(digest: Digest, team: Team, day: date) -> Period:
    """The newest that is over before this day: what a digest of that day tells."""
    if digest.cadence is Cadence.DAILY:
        return period_of(digest.cadence, last_working(team, day))
    return ended(digest.cadence, day)


def charted(cadence: Cadence, period: Period) -> tuple[Period, By]:
    """What its chart shows: the days, weeks or months up to its own."""
    match cadence:
        case Cadence.DAILY:
            return Period(period.last - (DAYS_CHARTED - 1) * ONE_DAY, period.last), By.DAY
        case Cadence.WEEKLY:
            return Period(period.last - (7 * WEEKS_CHARTED - 1) * ONE_DAY, period.last), By.WEEK
        case _:
            year_ago = (period.last - YEAR_CHARTED * ONE_DAY).replace(day=1)
            return Period(year_ago, period.last), By.MONTH


def today_later(digest: Digest, team: Team, *, now: datetime) -> Occurrence | None:
    """What it still tells today, if its time has not passed yet."""
    days = [day_of(now, team.zone)]
    return next((one for one in _occurrences(digest, team, days) if one.at >= now), None)


def last_working(team: Team, day: date) -> date:
    """The newest day before this one on which the team worked."""
    days = _back(day - ONE_DAY, day - LONGEST_PAUSE * ONE_DAY)
    return next((one for one in days if is_working(team, one)), day - ONE_DAY)


def _occurrences(digest: Digest, team: Team, days: Iterable[date]) -> Iterator[Occurrence]:
    for day in days:
        if period := _told_on(digest, team, day):
            yield Occurrence(period, moment(day, digest.at, team.zone))


def _told_on(digest: Digest, team: Team, day: date) -> Period | None:
    """What it tells on this day, if it comes on it."""
    period = newest(digest, team, day)
    if digest.cadence is Cadence.DAILY:
        return period if is_working(team, day) else None
    return period if day == _day_for(digest, team, period) else None


def _day_for(digest: Digest, team: Team, period: Period) -> date:
    """On which day that period is told."""
    following = period.last + ONE_DAY
    if digest.cadence is Cadence.WEEKLY:
        wanted = following + digest.on_day * ONE_DAY
        rest = _on(wanted, A_WEEK - digest.on_day)
        return next((one for one in rest if is_working(team, one)), wanted)
    working = [one for one in _on(following, LONGEST_PAUSE - 3) if is_working(team, one)]
    if not working:
        return following
    return working[min(digest.on_day, len(working)) - 1]


def _on(first: date, count: int) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range(count))


def _back(first: date, last: date) -> Iterator[date]:
    """From the newer day down to the older one."""
    return (first - number * ONE_DAY for number in range((first - last).days + 1))
