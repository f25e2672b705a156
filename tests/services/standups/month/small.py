"""A world of one team and three people on a Monday, to be worked out by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from tests.services.standups.month.acts import Habit
from tests.services.standups.month.world import (
    EVERY_DAY,
    OFFICE,
    SHIFT,
    TEAM,
    Pattern,
    Plan,
    StandUp,
    Team,
    World,
)

ATHENS, NEW_YORK = "Europe/Athens", "America/New_York"
MONDAY = date(2026, 3, 2)
NEVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC)
AT_NINE = Plan(TEAM, OFFICE, time(9), window=100)
ON_START = Plan(SHIFT, EVERY_DAY, offset=5, window=100)
SILENT: Sequence[Habit] = (("", 0.0),)
EARLY_AND_LATE = (
    Pattern(EVERY_DAY, time(8), time(16), ("ann", "ben")),
    Pattern(EVERY_DAY, time(9), time(17), ("cleo",)),
)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC) + timedelta(days=day)


def a_world(*plans: Plan, patterns: tuple[Pattern, ...] = (), zone: str = "UTC") -> World:
    """One team of three; ann leads. Its stand-ups are called one, two …"""
    team = Team("t", zone, dict.fromkeys(("ben", "cleo"), "agent") | {"ann": "lead"}, patterns)
    names = ("one", "two", "three")
    standups = {name: StandUp(name, "t", plan) for name, plan in zip(names, plans, strict=False)}
    return World({"t": team}, standups, dict.fromkeys(("ann", "ben", "cleo", "dan"), zone))
