"""A stand-up's next two weeks before anything has happened: who is asked when, who is not and why, and what a lead should look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.rules.calendars import WEEKDAYS, off_name
from bot.rules.spans import Span
from bot.rules.standups.planning import MARGIN, Ask, Floor, Occurrence, is_working_day, occurrences
from bot.rules.standups.standups import Moment, StandUp
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, midnight

DAYS_AHEAD = 14
DAY = timedelta(days=1)


class Why(StrEnum):
    """Why nobody, or somebody, is not asked on a day."""

    OTHER_DAY = "other_day"  # the stand-up is not on this weekday
    DAY_OFF = "day_off"
    NO_SHIFT = "no_shift"
    AWAY = "away"
    OVER = "over"  # today, and its time has passed
    NOBODY = "nobody"  # there is nobody in the roles that are asked


TELLING = (Why.AWAY, Why.NO_SHIFT, Why.DAY_OFF, Why.OVER)
"""What says most about somebody who is never asked, first."""


class Concern(StrEnum):
    NOBODY = "nobody"
    NEVER = "never"
    OVERLAP = "overlap"
    BEFORE_SHIFT = "before_shift"
    NO_CHANNEL = "no_channel"
    CHANNEL_GONE = "channel_gone"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a lead should look at, of whom, and why."""

    concern: Concern
    people: tuple[str, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on one day: asked at `at`, or not, and why. `off` is the name of a day off, where it has one."""

    day: date
    at: datetime | None = None
    why: Why | None = None
    off: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One person's two weeks, in their own zone."""

    person_id: str
    zone: str
    entries: tuple[Entry, ...]

    @property
    def is_asked(self) -> bool:
        return any(one.at for one in self.entries)


@dataclass(frozen=True, slots=True)
class Planned:
    """One day: its rounds, each as it is planned, or why there is none."""

    day: date
    rounds: tuple[Occurrence, ...] = ()
    why: Why | None = None
    off: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`lines` are of those in the roles that are asked. `standup` has no id while it is new."""

    standup: StandUp
    team: Team
    now: datetime
    days: tuple[Planned, ...] = ()
    lines: tuple[Line, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def channel(self) -> str:
        """Where the summary would go."""
        return self.standup.channel or self.team.team_channel

    def without_channel(self) -> "Outlook":
        """The same, once Slack has said that Baton cannot post there."""
        return replace(self, doubts=(*self.doubts, Doubt(Concern.CHANNEL_GONE)))


@dataclass(frozen=True, slots=True)
class Listed:
    """A stand-up in the list: when its next round begins, if any does, and until when one is open."""

    standup: StandUp
    next_at: datetime | None = None
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamStandUps:
    """A team's stand-ups as set-up shows them; `others` are the teams that the reader can set up too."""

    team: Team
    standups: Sequence[Listed] = ()
    others: Sequence[Team] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """Whom the days hold: with absences, and as if nobody were ever away."""

    standup: StandUp
    floor: Floor
    now: datetime
    asks: Mapping[tuple[str, date], Sequence[Ask]] = field(default_factory=dict)
    there: frozenset[tuple[str, date]] = frozenset()

    def reason(self, day: date) -> tuple[Why | None, str]:
        """Why the stand-up is not at all on this day, and what the day is called."""
        if WEEKDAYS[day.weekday()] not in self.standup.schedule.weekdays:
            return Why.OTHER_DAY, ""
        hours = self.floor.team.hours
        if not is_working_day(hours, day):
            return Why.DAY_OFF, off_name(hours, day, self.floor.team.language) or ""
        return None, ""


def known_for(now: datetime, zone: str) -> Span:
    """The time for which a floor has to be known to say all this."""
    within = _within(now, zone)
    return Span(within.start - MARGIN, within.end + MARGIN)


def next_round(standup: StandUp, floor: Floor, now: datetime) -> datetime | None:
    """When the next round begins, if any does in the next two weeks. Most do within a day, so that is looked at first."""
    if not standup.is_active:
        return None
    for until in (now + DAY, _within(now, floor.team.zone).end):
        found = occurrences(standup, floor, Span(now, until))
        if coming := [one.opens_at for one in found if one.opens_at > now]:
            return min(coming)
    return None


def outlook(standup: StandUp, floor: Floor, now: datetime, order: Iterable[str] = ()) -> Outlook:
    """`order` is how people are listed; the floor has to be known for `known_for`."""
    within = _within(now, floor.team.zone)
    found = occurrences(standup, floor, within)
    everybody_there = replace(floor, away={}, statuses={}, quiet={})
    asks: defaultdict[tuple[str, date], list[Ask]] = defaultdict(list)
    for one in found:
        for ask in one.asks:
            asks[ask.person_id, one.day].append(ask)
    there = {
        (ask.person_id, one.day)
        for one in occurrences(standup, everybody_there, within)
        for ask in one.asks
    }
    plan = _Plan(standup, floor, now, asks, frozenset(there))
    first = day_of(now, floor.team.zone)
    days = [first + DAY * number for number in range(DAYS_AHEAD)]
    people = [one for one in dict.fromkeys([*order, *sorted(floor.roles)]) if one in floor.roles]
    lines = tuple(
        Line(one, floor.zones.get(one) or floor.team.zone, tuple(_entries(plan, one, days)))
        for one in people
        if floor.roles[one] & standup.asked
    )
    planned = tuple(_day(plan, day, found) for day in days)
    seen = Outlook(standup, floor.team, now, planned, lines)
    return replace(seen, doubts=tuple(_doubts(seen, plan)))


def _within(now: datetime, zone: str) -> Span:
    today = day_of(now, zone)
    return Span(midnight(today, zone), midnight(today + DAY * DAYS_AHEAD, zone))


def _day(plan: _Plan, day: date, found: Sequence[Occurrence]) -> Planned:
    why, off = plan.reason(day)
    if why:
        return Planned(day, why=why, off=off)
    rounds = [one for one in found if one.day == day]
    coming = tuple(one for one in rounds if one.closes_at > plan.now)
    if coming:
        return Planned(day, coming)
    if rounds:
        return Planned(day, why=Why.OVER)
    is_there = any(one == day for _person, one in plan.there)
    return Planned(day, why=Why.AWAY if is_there else Why.NO_SHIFT)


def _entries(plan: _Plan, person_id: str, days: Sequence[date]) -> Iterator[Entry]:
    """Days on which the stand-up never is are left out: they are the same for everybody."""
    for day in days:
        why, off = plan.reason(day)
        if why is Why.OTHER_DAY:
            continue
        if why:
            yield Entry(day, why=why, off=off)
            continue
        asks = plan.asks.get((person_id, day), ())
        present = [one for one in asks if not one.is_away]
        coming = [one for one in present if one.until > plan.now]
        for one in coming:
            yield Entry(day, one.at)
        if not coming:
            yield Entry(day, why=_missing(plan, person_id, day, has_passed=bool(present)))


def _missing(plan: _Plan, person_id: str, day: date, *, has_passed: bool) -> Why:
    if has_passed:
        return Why.OVER
    return Why.AWAY if (person_id, day) in plan.there else Why.NO_SHIFT


def _doubts(seen: Outlook, plan: _Plan) -> Iterator[Doubt]:
    asked = [one for one in seen.lines if one.is_asked]
    if not asked:
        yield Doubt(Concern.NOBODY, why=_whole_reason(seen))
    else:
        never: defaultdict[Why, list[str]] = defaultdict(list)
        for line in seen.lines:
            if not line.is_asked:
                never[_most(line)].append(line.person_id)
        for why, people in never.items():
            yield Doubt(Concern.NEVER, tuple(people), why)
    by_person: defaultdict[str, list[Ask]] = defaultdict(list)
    for (person_id, _day), asks in plan.asks.items():
        by_person[person_id] += [one for one in asks if not one.is_away]
    if twice := [one.person_id for one in seen.lines if _run_over(by_person[one.person_id])]:
        yield Doubt(Concern.OVERLAP, tuple(twice))
    if early := [
        one.person_id
        for one in seen.lines
        if any(_is_before_shift(plan, ask) for ask in by_person[one.person_id])
    ]:
        yield Doubt(Concern.BEFORE_SHIFT, tuple(early))
    if not seen.channel:
        yield Doubt(Concern.NO_CHANNEL)


def _whole_reason(seen: Outlook) -> Why:
    """Why nobody is asked at all: the one reason of all days, or the most telling."""
    if not seen.lines:
        return Why.NOBODY
    found = {_most(one) for one in seen.lines}
    return next((one for one in TELLING if one in found), Why.OTHER_DAY)


def _most(line: Line) -> Why:
    """Why somebody is never asked: that they have no shift says more than that a day is off."""
    found = {one.why for one in line.entries}
    return next((one for one in TELLING if one in found), Why.OTHER_DAY)


def _run_over(asks: Sequence[Ask]) -> bool:
    """Whether somebody is asked again while they can still answer what they were asked before."""
    ordered = sorted(asks, key=lambda one: one.at)
    return any(one.until > other.at for one, other in pairwise(ordered))


def _is_before_shift(plan: _Plan, ask: Ask) -> bool:
    """Asked by a clock, and their shift begins only within the time to answer."""
    if plan.standup.schedule.moment is Moment.SHIFT or ask.person_id not in plan.floor.on_shifts:
        return False
    works = plan.floor.duties.get(ask.person_id, ())
    return not any(one.holds(ask.at) for one in works) and any(
        ask.at < one.start < ask.until for one in works
    )
