"""Moments of the demo's days that are worth going to, by the clocks of its cities."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo_cast import ORDERS, TEAMS, DemoTeam
from sandbox.clock import Stop

BEFORE_THE_SHIFT = time(8, 55)
MONDAY, SATURDAY = 0, 5
DAY = timedelta(days=1)


def stops(now: datetime) -> list[Stop]:
    """In the order in which they come."""
    return sorted(_stops(now), key=lambda stop: stop.at)


def next_morning(team: DemoTeam, *, after: datetime) -> datetime:
    """Shortly before the team's next shift."""
    day = after.astimezone(ZoneInfo(team.zone)).date()
    while not _works(day) or at(team, day, BEFORE_THE_SHIFT) <= after:
        day += DAY
    return at(team, day, BEFORE_THE_SHIFT)


def end_of_shift(team: DemoTeam, *, after: datetime) -> datetime:
    """The end of the shift that runs, or of the next one."""
    day = after.astimezone(ZoneInfo(team.zone)).date()
    while not _works(day) or at(team, day, team.shift[1]) <= after:
        day += DAY
    return at(team, day, team.shift[1])


def at(team: DemoTeam, day: date, hour: time) -> datetime:
    """In UTC. The days on which the clocks change have these hours too, so there is no other."""
    return datetime.combine(day, hour, ZoneInfo(team.zone)).astimezone(UTC)


def _stops(now: datetime) -> Iterator[Stop]:
    for team in TEAMS:
        yield Stop(f"the end of the shift in {team.city}", end_of_shift(team, after=now))
    today = now.astimezone(ZoneInfo(ORDERS.zone)).date()
    city, hour = ORDERS.city, f"{BEFORE_THE_SHIFT:%H:%M}"
    yield Stop(f"{hour} tomorrow in {city}", at(ORDERS, today + DAY, BEFORE_THE_SHIFT))
    monday = today + DAY * (7 - today.weekday())
    if monday != today + DAY:
        yield Stop(f"{hour} on Monday in {city}", at(ORDERS, monday, BEFORE_THE_SHIFT))


def _works(day: date) -> bool:
    return day.weekday() < SATURDAY
