"""Who is to be asked when, worked out from nothing but the world as it is now: day by day, minute by minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.services.standups.month.world import (
    MINUTE,
    PERSON,
    SHIFT,
    TEAM,
    WEEK,
    Override,
    Plan,
    StandUp,
    Team,
    World,
    local_day,
    wall,
)

DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Ask:
    """Somebody is to be asked at `at` and has until `until`. `start` is what the time goes by: for shifts, their start."""

    at: datetime
    until: datetime
    person: str
    day: date
    start: datetime

    @property
    def remind_at(self) -> datetime:
        """At 80 % of the window, even if they were asked later than planned."""
        return self.at + (self.until - self.at) * 4 / 5

    def meets(self, other: "Ask") -> bool:
        """Whether there is a time at which both could be answered."""
        return self.at < other.until and other.at < self.until


def shifts(team: Team, person: str, around: date) -> list[Stretch]:
    """When somebody works in the days around this one; stretches that touch are one. Who is away works all the same."""
    found = [
        (wall(day, one.start, team.zone), wall(day + DAY * (one.end <= one.start), one.end, team.zone))
        for one in team.patterns
        for day in (around + DAY * n for n in range(-4, 5))
        if WEEK[day.weekday()] in one.weekdays and person in one.people
    ]  # fmt: skip
    for one in team.overrides:
        if one.person == person and not one.instead_of:
            found.append((one.start, one.end))
        elif one.person == person:
            theirs = shifts(_without(team, one), one.instead_of, around)
            found += [(max(a, one.start), min(b, one.end)) for a, b in theirs]
        elif one.instead_of == person:
            found = [piece for span in found for piece in _cut(span, (one.start, one.end))]
    return _joined(span for span in found if span[0] < span[1])


def is_on_shifts(team: Team, person: str) -> bool:
    """Whether anybody ever said when they work; to have stood in for somebody is not enough."""
    named = {one for pattern in team.patterns for one in pattern.people}
    return person in named | {one.person for one in team.overrides if not one.instead_of}


def asks(world: World, standup: StandUp, plan: Plan, now: datetime) -> list[Ask]:
    """Everybody who is to be asked in the days around now, the first in front. Whoever is away is in it."""
    team = world.teams[standup.team]
    people = world.members(team.id, "agent", "lead")
    around = now.date()
    found = [ask for one in people for ask in _of_person(world, team, plan, one, around)]
    return sorted(found)


def _of_person(world: World, team: Team, plan: Plan, person: str, around: date) -> Iterator[Ask]:
    window = plan.window * MINUTE
    works = shifts(team, person, around)
    if plan.moment == SHIFT:
        for start, _end in works:
            day = local_day(start, team.zone)
            at = start + plan.offset * MINUTE
            if _is_asked_on(team, plan, day):
                yield Ask(at, at + window, person, day, start)
    if plan.moment in {TEAM, PERSON}:
        zone = team.zone if plan.moment == TEAM else world.zones[person]
        for day in (around + DAY * n for n in range(-2, 4)):
            at = wall(day, plan.at, zone)
            works_then = any(start < at + window and at < end for start, end in works)
            if _is_asked_on(team, plan, day) and (works_then or not is_on_shifts(team, person)):
                yield Ask(at, at + window, person, day, at)


def _is_asked_on(team: Team, plan: Plan, day: date) -> bool:
    return WEEK[day.weekday()] in plan.weekdays and team.works_on(day)


def _without(team: Team, override: Override) -> Team:
    """The team as it was before this was said."""
    before = team.overrides[: team.overrides.index(override)]
    return Team(team.id, team.zone, team.roles, team.patterns, before)


def _cut(span: Stretch, hole: Stretch) -> list[Stretch]:
    return [(span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1])]


def _joined(spans: Iterator[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
