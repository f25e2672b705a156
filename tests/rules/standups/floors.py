"""A team to plan stand-ups for: who is in it, when they are there, and what is planned for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.people import Role
from bot.rules.calendars import WEEKDAYS, BusinessHours
from bot.rules.shifts import Span
from bot.rules.standups import Moment, Schedule, StandUp
from bot.rules.standups.planning import MARGIN, Floor, Occurrence, occurrences
from bot.rules.teams import Team
from tests.cast import BILLING, WORKSPACE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Times = Mapping[str, Sequence[Span]]
ATHENS = "Europe/Athens"
ANNA, BEN, CORA = "anna", "ben", "cora"
AGENT = frozenset({Role.AGENT})
ALL_DAYS = tuple(WEEKDAYS)
EVERY_DAY = Schedule(weekdays=ALL_DAYS)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    """In UTC; the second of March 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def week_of(day: date) -> Span:
    start = datetime.combine(day, time(), UTC)
    return Span(start - DAY, start + 6 * DAY)


WEEK = week_of(date(2026, 3, 2))


def floor(
    *people: str,
    window: Span = WEEK,
    zone: str = "UTC",
    hours: BusinessHours | None = None,
    duties: Times | None = None,
    away: Times | None = None,
    statuses: Times | None = None,
    quiet: Times | None = None,
) -> Floor:
    """These people as agents. Who has `duties` works in shifts."""
    team = Team(WORKSPACE, BILLING, "Billing", zone=zone, hours=hours or BusinessHours())
    return Floor(
        team,
        Span(window.start - MARGIN, window.end + MARGIN),
        roles=dict.fromkeys(people or (ANNA,), AGENT),
        duties=duties or {},
        on_shifts=frozenset(duties or ()),
        away=away or {},
        statuses=statuses or {},
        quiet=quiet or {},
    )


def standup(moment: Moment = Moment.TEAM, **schedule: object) -> StandUp:
    """One on every day at nine, for two hours."""
    planned = replace(EVERY_DAY, moment=moment, **schedule)  # type: ignore[arg-type]
    return StandUp(WORKSPACE, "daily", BILLING, "Daily", schedule=planned)


def shifts(*spans: tuple[datetime, int]) -> list[Span]:
    """From each moment for so many hours."""
    return [Span(start, start + hours * HOUR) for start, hours in spans]


def planned(one: StandUp, on: Floor, within: Span = WEEK) -> list[Occurrence]:
    return occurrences(one, on, within)


def asked(found: Sequence[Occurrence]) -> list[tuple[str, datetime]]:
    """Who is asked when, in order."""
    return [(ask.person_id, ask.at) for one in found for ask in one.asks if not ask.is_away]
