"""When the rounds of a stand-up are, and when each person is asked: worked out from the set-up, the shifts and who is away.

Nothing of it is kept until a round opens, so that whatever changes before that is counted. Moments are UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.people import Role
from bot.rules.calendars import WEEKDAYS, BusinessHours, spans_on
from bot.rules.shifts import Duties
from bot.rules.spans import Span, union
from bot.rules.standups.standups import Moment, Schedule, StandUp
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, moment

MARGIN = timedelta(days=3)
"""How far around the time that is asked about a floor has to be known: the days of the world and the longest window."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Floor:
    """Who could be asked, and when they are there. `window` is the time for which it is known.

    `roles` and `zones` are of those who can answer. `duties` are the shifts, whoever is away; who is in `on_shifts` works in shifts
    at all, the others are there on every working day. `away` are absences; `statuses` are Slack statuses that speak of being away,
    and `quiet` is do-not-disturb: each stand-up says whether it heeds those two.
    """

    team: Team
    window: Span
    roles: Mapping[str, frozenset[Role]]
    zones: Mapping[str, str] = field(default_factory=dict)
    duties: Duties = field(default_factory=dict)
    on_shifts: frozenset[str] = frozenset()
    away: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    statuses: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    quiet: Mapping[str, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """One person of a round: asked at `at`, in time until `until`. Who `is_away` is not asked, and was to be at `at`."""

    person_id: str
    at: datetime
    until: datetime
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One round as it is planned: `asks` in the order of their times. `key` and `day` tell it from the others of its stand-up."""

    key: str
    day: date
    opens_at: datetime
    closes_at: datetime
    asks: tuple[Ask, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Who is asked."""
        return tuple(one.person_id for one in self.asks if not one.is_away)

    @property
    def away(self) -> tuple[str, ...]:
        return tuple(one.person_id for one in self.asks if one.is_away)


def occurrences(standup: StandUp, floor: Floor, within: Span) -> list[Occurrence]:
    """The rounds that touch the time, in order; those in which nobody is asked are left out.

    The floor has to be known for `MARGIN` more on both sides. What a day holds does not depend on the time that is asked about.
    """
    planned = sorted(_planned(standup, floor, within), key=lambda one: (one[0], one[1]))
    found = []
    for key, asks in groupby(_clustered(standup, planned), key=lambda one: one[0]):
        one = _occurrence(key, [(day, ask) for _key, day, ask in asks], standup, floor)
        if one.people and one.opens_at < within.end and one.closes_at > within.start:
            found.append(one)
    return sorted(found, key=lambda one: (one.opens_at, one.key))


def is_working_day(hours: BusinessHours, day: date) -> bool:
    """Whether the team works on this day at all: no day off, no holiday, and not a day without hours. Who never closes always does."""
    return hours.always_open or bool(spans_on(hours, day))


def away_times(standup: StandUp, floor: Floor, person_id: str) -> list[Span]:
    """When somebody is not there, as far as this stand-up heeds it; absences that follow each other are one."""
    away = list(floor.away.get(person_id, ()))
    if standup.heeds_status:
        away += floor.statuses.get(person_id, ())
    return union(away)


def busy_times(standup: StandUp, floor: Floor, person_id: str) -> list[Span]:
    """When somebody is not to be asked: away, or not to be disturbed."""
    busy = away_times(standup, floor, person_id)
    if standup.heeds_dnd:
        busy += floor.quiet.get(person_id, ())
    return union(busy)


def _planned(standup: StandUp, floor: Floor, within: Span) -> Iterator[tuple[date, datetime, str]]:
    """Each day, moment and person, before anybody's absence."""
    schedule, hours = standup.schedule, floor.team.hours
    for person_id, roles in sorted(floor.roles.items()):
        if not roles & standup.asked:
            continue
        for day, at in _moments(schedule, floor, person_id, within):
            if WEEKDAYS[day.weekday()] in schedule.weekdays and is_working_day(hours, day):
                yield day, at, person_id


def _moments(
    schedule: Schedule, floor: Floor, person_id: str, within: Span
) -> Iterator[tuple[date, datetime]]:
    if schedule.moment is Moment.SHIFT:
        for span in floor.duties.get(person_id, ()):
            # One that begins where the knowledge begins may have begun before.
            if span.start > floor.window.start:
                day = day_of(span.start, floor.team.zone)
                yield day, span.start + timedelta(minutes=schedule.offset_minutes)
        return
    zone = floor.team.zone
    if schedule.moment is Moment.PERSON:
        zone = floor.zones.get(person_id) or zone
    # A day begins and ends as much as 26 hours apart around the world, and a round of it is asked for whole.
    day = day_of(within.start - MARGIN, zone)
    while day <= day_of(within.end + 2 * DAY, zone):
        at = moment(day, schedule.at, zone)
        if _is_there(floor, person_id, Span(at, at + timedelta(minutes=schedule.window_minutes))):
            yield day, at
        day += DAY


def _is_there(floor: Floor, person_id: str, window: Span) -> bool:
    """Whether they work at some time of the window; who does not work in shifts does on every working day."""
    if person_id not in floor.on_shifts:
        return True
    return any(not one.within(window).is_empty for one in floor.duties.get(person_id, ()))


def _clustered(
    standup: StandUp, planned: Sequence[tuple[date, datetime, str]]
) -> Iterator[tuple[str, date, tuple[datetime, str]]]:
    """Which round each belongs to. By shifts, those of a day who begin within one window of the first share a round."""
    window = timedelta(minutes=standup.schedule.window_minutes)
    first: tuple[date, datetime] | None = None
    for day, at, person_id in planned:
        if standup.schedule.moment is not Moment.SHIFT:
            yield day.isoformat(), day, (at, person_id)
            continue
        if first is None or first[0] != day or at > first[1] + window:
            first = (day, at)
        yield f"{day.isoformat()} {first[1]:%Y-%m-%dT%H:%MZ}", day, (at, person_id)


def _occurrence(
    key: str,
    planned: Sequence[tuple[date, tuple[datetime, str]]],
    standup: StandUp,
    floor: Floor,
) -> Occurrence:
    """Who begins twice in one round is asked once."""
    window = timedelta(minutes=standup.schedule.window_minutes)
    asks: dict[str, Ask] = {}
    for _day, (at, person_id) in planned:
        asks.setdefault(person_id, Ask(person_id, at, at + window))
    opens_at = min(one.at for one in asks.values())
    closes_at = max(one.until for one in asks.values())
    present = [_present(one, standup, floor) for one in asks.values()]
    present.sort(key=lambda one: (one.at, one.person_id))
    return Occurrence(key, planned[0][0], opens_at, closes_at, tuple(present))


def _present(ask: Ask, standup: StandUp, floor: Floor) -> Ask:
    """Who is away at the time, or not to be disturbed, is asked when that ends; if it lasts as long as the window, not at all."""
    for span in busy_times(standup, floor, ask.person_id):
        if span.holds(ask.at):
            return (
                replace(ask, is_away=True) if span.end >= ask.until else replace(ask, at=span.end)
            )
    return ask
