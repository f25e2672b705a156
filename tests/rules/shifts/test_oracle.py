"""Duties, gaps and the wall clock against an oracle that walks minute by minute, through both nights of clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.absences import Absence, Kind
from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import Change, DayChange, Override, Pattern, Roster, Span, duties, report
from bot.rules.wall_clock import moment
from tests.cast import WORKSPACE

MINUTE = timedelta(minutes=1)
STEP = timedelta(minutes=15)
# A night of each kind per zone; every offset and every boundary below is a multiple of 15 minutes.
NIGHTS = [
    ("Europe/Athens", date(2026, 3, 29)),
    ("Europe/Athens", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 3, 29)),
    ("Pacific/Apia", date(2011, 12, 30)),
]
PEOPLE = ("anna", "ben", "cora")

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
some_people = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3).map(tuple)


@lru_cache(maxsize=64)
def shown(zone: str, around: date) -> list[tuple[datetime, datetime]]:
    """Each step of these days, and the latest time that a wall clock has shown by then: it never goes back."""
    at = datetime.combine(around, time(), UTC) - timedelta(days=4)
    latest = datetime.min  # noqa: DTZ901 - what a wall shows has no zone
    found = []
    while at < datetime.combine(around, time(), UTC) + timedelta(days=5):
        latest = max(latest, at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        found.append((at, latest))
        at += STEP
    return found


def window(around: date) -> Span:
    middle = datetime.combine(around, time(), UTC)
    return Span(middle - timedelta(days=1), middle + timedelta(days=3))


def covers(day: date, start: time, end: time, wall: datetime) -> bool:
    begins = datetime.combine(day, start)
    ends = datetime.combine(day if end > start else day + timedelta(days=1), end)
    return begins <= wall < ends


def claimed_by(roster: Roster, pattern: Pattern, wall: datetime) -> bool:
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        if not pattern.is_on(day):
            continue
        change = next(
            (one for one in roster.day_changes if (one.pattern_id, one.day) == (pattern.id, day)),
            None,
        )
        start, end = (change.start, change.end) if change else (pattern.start, pattern.end)
        if start is not None and end is not None and covers(day, start, end, wall):
            return True
    return False


def works(roster: Roster, at: datetime, wall: datetime) -> set[str]:
    """Who works in the minute that begins at `at`, one rule after the other."""
    on = {
        one
        for pattern in roster.patterns
        if claimed_by(roster, pattern, wall)
        for one in pattern.people
        if one in roster.members
    }
    for change in roster.overrides:
        if not change.span.holds(at):
            continue
        if change.change is Change.REMOVE:
            on -= {change.person_id}
        elif change.person_id not in roster.members:
            continue
        elif change.change is Change.ADD:
            on |= {change.person_id}
        elif change.instead_of in on and change.instead_of != change.person_id:
            on = (on - {change.instead_of}) | {change.person_id}
    return on - {one.person_id for one in roster.absences if one.span.holds(at)}


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Roster, date]:
    zone, night = draw(st.sampled_from(NIGHTS))
    days = st.integers(-2, 3).map(lambda n: night + timedelta(days=n))

    def span() -> Span:
        start = moment(draw(days), draw(times), zone)
        return Span(start, start + STEP * draw(st.integers(1, 120)))

    patterns = [
        Pattern(
            f"p{n}",
            "team",
            tuple(draw(st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=7))),
            draw(times),
            draw(times),
            draw(some_people),
            valid_from=draw(st.none() | days),
            valid_until=draw(st.none() | days),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    changes = {
        ("p0", day): DayChange("p0", day, *(draw(st.just((None, None)) | st.tuples(times, times))))
        for day in draw(st.lists(days, max_size=2))
    }
    overrides = []
    for n in range(draw(st.integers(0, 3))):
        change, stretch = draw(st.sampled_from(list(Change))), span()
        instead = draw(st.sampled_from(PEOPLE)) if change is Change.REPLACE else None
        person = draw(st.sampled_from(PEOPLE))
        overrides.append(
            Override(f"o{n}", "team", change, person, stretch.start, stretch.end, instead)
        )
    absences = []
    for n in range(draw(st.integers(0, 2))):
        stretch = span()
        who = draw(st.sampled_from(PEOPLE))
        absences.append(
            Absence(WORKSPACE, f"a{n}", who, Kind.SICK, stretch.start, stretch.end, zone)
        )
    members = frozenset(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True)))
    roster = Roster("team", zone, patterns, [*changes.values()], overrides, absences, members)
    return roster, night


@given(rosters())
@settings(max_examples=250)
def test_duties_are_what_a_walk_through_the_minutes_finds(drawn: tuple[Roster, date]) -> None:
    roster, night = drawn
    looked = window(night)
    found = duties(roster, looked)
    for at, wall in shown(roster.zone, night):
        if looked.holds(at):
            computed = {who for who, spans in found.items() if any(one.holds(at) for one in spans)}
            assert computed == works(roster, at, wall), (at, wall)


@given(rosters())
@settings(max_examples=150)
def test_gaps_are_claimed_minutes_in_which_nobody_works(drawn: tuple[Roster, date]) -> None:
    roster, night = drawn
    looked = window(night)
    gaps = report(roster, looked).gaps
    for at, wall in shown(roster.zone, night):
        if looked.holds(at):
            claimed = any(claimed_by(roster, one, wall) for one in roster.patterns)
            nobody = claimed and not works(roster, at, wall)
            assert any(one.holds(at) for one in gaps) == nobody, (at, wall)


@pytest.mark.parametrize(("zone", "night"), NIGHTS)
def test_every_wall_time_is_the_first_moment_that_shows_it_or_a_later_one(
    zone: str, night: date
) -> None:
    steps = shown(zone, night)
    for offset in range(-1, 3):
        day = night + timedelta(days=offset)
        for minutes in range(0, 24 * 60, 15):
            at = time(minutes // 60, minutes % 60)
            wanted = datetime.combine(day, at)
            first = next(at for at, wall in steps if wall >= wanted)
            assert moment(day, at, zone) == first, (day, at)
