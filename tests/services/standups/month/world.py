"""Teams, people and stand-ups in plain words, as the oracle knows them: nothing here comes from Baton."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OFFICE = " ".join(WEEK[:5])
EVERY_DAY = " ".join(WEEK)
TEAM, PERSON, SHIFT = "team", "person", "shift"


@cache
def wall(day: date, at: time, zone: str) -> datetime:
    """The first minute at which the clocks of the zone show this time of that day, or a later one."""
    wanted, there, utc = datetime.combine(day, at), ZoneInfo(zone), ZoneInfo("UTC")
    early = wanted.replace(tzinfo=utc) - timedelta(hours=16)
    minutes = (early + n * MINUTE for n in count())
    return next(one for one in minutes if one.astimezone(there).replace(tzinfo=None) >= wanted)


def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Pattern:
    """Who works on these weekdays from `start` to `end`, by the team's clock; over midnight if that is not later."""

    weekdays: str
    start: time
    end: time
    people: tuple[str, ...]


@dataclass(frozen=True)
class Override:
    """`person` works too in this time; in place of somebody, if one is named."""

    person: str
    start: datetime
    end: datetime
    instead_of: str = ""


@dataclass
class Team:
    """`weekdays` are those with opening hours; empty is around the clock, and then days off do nothing."""

    id: str
    zone: str
    roles: dict[str, str]
    patterns: tuple[Pattern, ...] = ()
    overrides: list[Override] = field(default_factory=list)
    weekdays: str = ""
    days_off: frozenset[date] = frozenset()
    region: str = ""
    holidays: frozenset[date] = frozenset()
    """The public ones of the region."""

    def works_on(self, day: date) -> bool:
        if not self.weekdays:
            return True
        return WEEK[day.weekday()] in self.weekdays and day not in self.days_off | self.holidays


@dataclass(frozen=True)
class Plan:
    """When it asks: `at` a time of day, or `offset` minutes after a shift's start; `window` minutes to answer."""

    moment: str
    weekdays: str
    at: time = time(9)
    offset: int = 0
    window: int = 120


@dataclass
class StandUp:
    id: str
    team: str
    plan: Plan
    is_active: bool = True


@dataclass
class World:
    """How things are now. `away` holds stretches of time by person; `gone` are those whose account is switched off."""

    teams: dict[str, Team]
    standups: dict[str, StandUp]
    zones: dict[str, str]
    away: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def members(self, team: str, *roles: str) -> list[str]:
        found = self.teams[team].roles.items()
        return sorted(one for one, role in found if role in roles and one not in self.gone)

    def leads(self, team: str) -> list[str]:
        """The managers if nobody leads."""
        return self.members(team, "lead") or self.members(team, "manager")

    def is_away(self, person: str, at: datetime) -> bool:
        return any(one == person and start <= at < end for one, start, end in self.away)

    def is_there_from(self, person: str, at: datetime, until: datetime) -> datetime:
        """The first minute from `at` on in which they are not away; `until` if there is none before."""
        while at < until and self.is_away(person, at):
            at += MINUTE
        return at
