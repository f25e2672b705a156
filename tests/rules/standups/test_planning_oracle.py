"""Plans against an oracle that walks minute by minute and looks at each clock on the wall, through nights when clocks change."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import Span
from bot.rules.standups import Moment, StandUp
from bot.rules.standups.planning import Floor, occurrences
from tests.rules.standups.floors import ANNA, BEN, CORA, DAY, MINUTE, floor, standup, week_of

STEP = 15 * MINUTE
# Every offset, and everything below, is a multiple of a quarter of an hour.
NIGHTS = [
    ("Europe/Athens", date(2026, 3, 29)),
    ("Europe/Athens", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),
]
ZONES = ("Europe/Athens", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
PEOPLE = (ANNA, BEN, CORA)
Found = tuple[date, str, datetime, datetime, bool]
"""The day, who, asked at, until, and whether they are away."""


@lru_cache(maxsize=64)
def shown(zone: str, around: date) -> dict[date, list[tuple[datetime, time]]]:
    """Each step of the days around, by the date on the wall, with the time that is shown."""
    found: defaultdict[date, list[tuple[datetime, time]]] = defaultdict(list)
    at = datetime.combine(around, time(), UTC) - 5 * DAY
    while at < datetime.combine(around, time(), UTC) + 6 * DAY:
        wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        found[wall.date()].append((at, wall.time()))
        at += STEP
    return found


def first_shown(zone: str, around: date, day: date, clock: time) -> datetime:
    """When the wall first shows that time of that day, or anything later."""
    steps = shown(zone, around)
    later = [at for at, wall in steps.get(day, []) if wall >= clock]
    return later[0] if later else min(at for at, _wall in steps[day + DAY])


def _wanted(one: StandUp, on: Floor, around: date) -> Iterator[tuple[date, str, datetime]]:
    schedule = one.schedule
    for person in PEOPLE:
        works = on.duties.get(person, ())
        if schedule.moment is Moment.SHIFT:
            for span in works:
                day = span.start.astimezone(ZoneInfo(on.team.zone)).date()
                yield day, person, span.start + schedule.offset_minutes * MINUTE
            continue
        zone = on.team.zone if schedule.moment is Moment.TEAM else on.zones[person]
        for day in (around + number * DAY for number in range(-3, 4)):
            at = first_shown(zone, around, day, schedule.at)
            until = at + schedule.window_minutes * MINUTE
            there = any(span.start < until and span.end > at for span in works)
            if person not in on.on_shifts or there:
                yield day, person, at


def oracle(one: StandUp, on: Floor, around: date) -> list[set[Found]]:
    """The rounds of all these days, one after the other."""
    window = one.schedule.window_minutes * MINUTE
    rounds: dict[object, set[Found]] = {}
    first: dict[date, datetime] = {}
    seen: set[tuple[object, str]] = set()
    for day, person, at in sorted(
        _wanted(one, on, around), key=lambda one: (one[0], one[2], one[1])
    ):
        if WEEKDAYS[day.weekday()] not in one.schedule.weekdays:
            continue
        key: object = day
        if one.schedule.moment is Moment.SHIFT:
            if day not in first or at > first[day] + window:
                first[day] = at
            key = day, first[day]
        if (key, person) in seen:
            continue
        seen.add((key, person))
        asked_at = at
        while asked_at < at + window and is_busy(one, on, person, asked_at):
            asked_at += STEP
        away = asked_at >= at + window
        rounds.setdefault(key, set()).add(
            (day, person, at if away else asked_at, at + window, away)
        )
    return [asks for asks in rounds.values() if not all(away for *_rest, away in asks)]


def is_busy(one: StandUp, on: Floor, person: str, at: datetime) -> bool:
    busy = [*on.away.get(person, ())]
    busy += on.quiet.get(person, ()) if one.heeds_dnd else ()
    return any(span.start <= at < span.end for span in busy)


def spans_around(around: date, longest: int) -> st.SearchStrategy[list[Span]]:
    """Apart from each other, as the shifts of one person are."""
    begin = datetime.combine(around, time(), UTC) - 2 * DAY
    steps = st.lists(st.tuples(st.integers(1, 60), st.integers(1, longest)), max_size=5)

    def laid_out(found: list[tuple[int, int]]) -> list[Span]:
        spans, at = [], begin
        for gap, length in found:
            spans.append(Span(at + gap * STEP, at + (gap + length) * STEP))
            at = spans[-1].end
        return spans

    return steps.map(laid_out)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[StandUp, Floor, date]:
    zone, around = draw(st.sampled_from(NIGHTS))
    moment = draw(st.sampled_from(list(Moment)))
    one = standup(
        moment,
        at=draw(st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))),
        weekdays=draw(st.sampled_from([tuple(WEEKDAYS), tuple(WEEKDAYS[:5]), ("sun",)])),
        offset_minutes=draw(st.integers(-8, 8)) * 15,
        window_minutes=draw(st.integers(1, 48)) * 15,
    )
    one = replace(one, heeds_dnd=draw(st.booleans()))
    works = draw(st.sets(st.sampled_from(PEOPLE)))
    on = floor(*PEOPLE, window=week_of(around), zone=zone)
    return (
        one,
        replace(
            on,
            zones={person: draw(st.sampled_from(ZONES)) for person in PEOPLE},
            duties={person: draw(spans_around(around, 40)) for person in sorted(works)},
            on_shifts=frozenset(works),
            away={person: draw(spans_around(around, 60)) for person in PEOPLE},
            quiet={person: draw(spans_around(around, 20)) for person in PEOPLE},
        ),
        around,
    )


@settings(max_examples=60)
@given(scenes())
def test_everybody_is_asked_when_the_oracle_says(scene: tuple[StandUp, Floor, date]) -> None:
    one, on, around = scene
    middle = datetime.combine(around, time(), UTC)
    within = Span(middle - timedelta(hours=12), middle + timedelta(hours=36))
    expected = []
    for asks in oracle(one, on, around):
        window = one.schedule.window_minutes * MINUTE
        opens, closes = min(ask[3] for ask in asks) - window, max(ask[3] for ask in asks)
        if opens < within.end and closes > within.start:
            expected.append((opens, closes, asks))
    found = [
        (
            planned.opens_at,
            planned.closes_at,
            {(planned.day, ask.person_id, ask.at, ask.until, ask.is_away) for ask in planned.asks},
        )
        for planned in occurrences(one, on, within)
    ]
    assert found == sorted(expected, key=lambda one: one[0])
    keys = [planned.key for planned in occurrences(one, on, within)]
    assert len(keys) == len(set(keys))
