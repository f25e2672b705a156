"""Small teams, stand-ups and weeks as chance makes them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from tests.services.standups.month.acts import (
    Act,
    Edits,
    Habit,
    IsAway,
    IsBack,
    Joins,
    Leaves,
    MovesTo,
    Says,
    Switches,
    Works,
)
from tests.services.standups.month.month import Month
from tests.services.standups.month.world import (
    EVERY_DAY,
    OFFICE,
    PERSON,
    SHIFT,
    TEAM,
    Override,
    Pattern,
    Plan,
    StandUp,
    Team,
    World,
)

T = TypeVar("T")
DAYS = 5
BEGINNINGS = (
    date(2026, 3, 6),  # New York's clocks leap two days later
    date(2026, 3, 27),  # Europe's do
    date(2026, 4, 3),  # Sydney's fall back
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 30),
    date(2026, 6, 1),  # nothing happens
)
ZONES = ("Europe/Athens", "America/New_York", "Australia/Sydney", "UTC", "Asia/Kolkata")
NAMES = ("ann", "ben", "cleo", "dan")
TEAMS = ("left", "right")
CLOCKS = (time(2, 30), time(3, 30), time(7), time(9), time(9, 30), time(14), time(22, 45))
WINDOWS = (15, 50, 100, 120, 240, 600)
HABITS: tuple[Habit, ...] = (
    *(("answer", share) for share in (0.05, 0.3, 0.85, 1.4)),
    *(("", 0.0), ("same", 0.3), ("skip", 0.2), ("out", 0.1), ("answer answer", 0.5)),
)

clocks = st.sampled_from(CLOCKS)
weekdays = st.sampled_from((EVERY_DAY, OFFICE, "mon wed fri sun"))
names = st.sampled_from(NAMES)
patterns = st.builds(
    Pattern, weekdays, clocks, clocks, st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
)  # fmt: skip
plans = st.builds(
    Plan,
    st.sampled_from((TEAM, PERSON, SHIFT)),
    weekdays,
    clocks,
    st.sampled_from((0, 5, 45, -20)),
    st.sampled_from(WINDOWS),
)
habits = st.lists(st.sampled_from(HABITS), min_size=1, max_size=4).map(tuple)


@dataclass(frozen=True)
class Draw:
    """Draws what it is asked for. Everything happens within days from the start, at whole minutes, and mostly around `near`."""

    data: st.DataObject
    start: datetime
    near: tuple[datetime, ...] = ()

    def one(self, found: st.SearchStrategy[T]) -> T:
        return self.data.draw(found)

    def of(self, *found: T) -> T:
        return self.one(st.sampled_from(found))

    @property
    def moment(self) -> datetime:
        is_near = self.one(st.integers(0, 2)) > 0
        if self.near and is_near:
            minutes = self.one(st.sampled_from((0, 0, 1, 10, 30, 60, -30)))
            near: st.SearchStrategy[datetime] = st.sampled_from(self.near)
            return self.one(near) + timedelta(minutes=minutes)
        return self.start + timedelta(minutes=30 * self.one(st.integers(1, DAYS * 48)))

    def month(self) -> Month:
        teams = {name: self._team(name) for name in TEAMS[: self.of(1, 2)]}
        standups = {}
        for number in range(self.of(1, 2, 3)):
            made = StandUp(f"standup-{number}", self.of(*teams), self.one(plans))
            standups[made.id] = made
        zones = {name: self.of(*ZONES) for name in NAMES}
        world = World(teams, standups, zones)
        script = [(self.moment, self._act(world)) for _ in range(self.one(st.integers(0, 12)))]
        begin = self.moment
        down = begin, begin + timedelta(minutes=self.of(0, 30, 120, 700))
        end = self.start + timedelta(days=DAYS)
        said = {name: self.one(habits) for name in NAMES}
        return Month(world, sorted(script, key=lambda one: one[0]), down, self.start, end, said)

    def _team(self, name: str) -> Team:
        who = self.one(st.lists(names, min_size=1, max_size=4, unique=True))
        roles = {one: "lead" if one == who[0] else "agent" for one in who}
        shifts = self.one(st.lists(patterns, max_size=2).map(tuple))
        hours = self.of("", "", OFFICE)
        off = (
            frozenset({(self.start + timedelta(days=2)).date()})
            if self.of(0, 0, 1)
            else frozenset()
        )
        return Team(name, self.of(*ZONES), roles, shifts, weekdays=hours, days_off=off)

    def _act(self, world: World) -> Act:
        """Anything that anybody may do."""
        who, team, standup = self.one(names), self.of(*world.teams), self.of(*world.standups)
        begin = self.moment
        end = begin + timedelta(minutes=self.of(30, 240, 1440))
        other = self.of("", *(one for one in NAMES if one != who))
        acts: tuple[Act, ...] = (
            Joins(team, who),
            Leaves(team, who),
            MovesTo(who, self.of(*ZONES)),
            IsAway(who, begin, end),
            IsAway(who, begin, end),
            IsBack(who),
            Works(team, Override(who, begin, end, other)),
            Edits(standup, self.one(plans)),
            Switches(standup, on=False),
            Switches(standup, on=True),
            Says(who, standup, self.of("early", "skip")),
        )
        return self.of(*acts)


def a_month(data: st.DataObject) -> Month:
    first = data.draw(st.sampled_from(BEGINNINGS))
    start = datetime.combine(first, time(), UTC)
    near = tuple(Draw(data, start).moment for _ in range(3))
    return Draw(data, start, near).month()
