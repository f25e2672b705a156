"""When a team is told of thanks: once per local date, on both nights when clocks change, over weekends and downtimes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import BusinessHours
from bot.rules.calendars.days import DayOff
from bot.rules.kudos import KudosSettings
from bot.rules.kudos.days import Due, due, month_of, week_of
from bot.rules.teams import Team
from tests.cast import BILLING, WORKSPACE

BERLIN = "Europe/Berlin"
FRIDAY = date(2026, 3, 6)
OFFICE = BusinessHours(always_open=False)
SETTINGS = KudosSettings(WORKSPACE, BILLING)
START = datetime(2026, 1, 1, tzinfo=UTC)


def team(zone: str = BERLIN, hours: BusinessHours = OFFICE) -> Team:
    return Team(WORKSPACE, BILLING, "Billing", zone=zone, hours=hours)


def local(day: date, at: time, zone: str = BERLIN) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def at_once(day: date, at: time, zone: str = BERLIN, settings: KudosSettings = SETTINGS) -> Due:
    """What falls due at this very moment."""
    now = local(day, at, zone)
    return due(team(zone), settings, since=now, now=now)


def test_the_digest_is_due_at_the_teams_day_and_time_and_only_then() -> None:
    assert at_once(FRIDAY, time(15)).digest == FRIDAY
    assert at_once(FRIDAY, time(14, 59)).digest is None
    assert at_once(FRIDAY, time(15, 1)).digest is None
    assert at_once(FRIDAY - timedelta(days=1), time(15)).digest is None


def test_a_team_may_have_none() -> None:
    never = KudosSettings(WORKSPACE, BILLING, digest_day=None, has_wall=False)
    start = local(date(2026, 2, 1), time())
    found = due(team(), never, since=start, now=start + timedelta(days=40))
    assert (found.digest, found.wall) == (None, None)


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        (BERLIN, date(2026, 3, 29)),
        (BERLIN, date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Pacific/Apia", date(2026, 6, 1)),
    ],
)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 30), time(3), time(15)])
def test_each_week_has_one_digest_however_the_clocks_change(
    zone: str, night: date, at: time
) -> None:
    """Looked after as it is in life: each look at the time that the last one said."""
    settings = KudosSettings(WORKSPACE, BILLING, digest_day=night.weekday(), digest_at=at)
    now = local(night - timedelta(days=10), time(12), zone)
    end = now + timedelta(days=20)
    told: list[date] = []
    while now < end:
        found = due(team(zone), settings, since=now, now=now)
        told += [found.digest] if found.digest else []
        assert not found.is_late
        now = found.next_at
    weeks = [night + timedelta(days=days) for days in (-7, 0, 7)]
    assert told == [one for one in weeks if local(one, at, zone) < end]


@given(
    st.sampled_from([BERLIN, "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"]),
    st.integers(0, 60 * 24 * 500).map(lambda one: START + timedelta(minutes=one)),
    st.lists(st.integers(1, 60 * 24 * 9), min_size=1, max_size=30),
    st.integers(0, 6),
    st.times(),
)
def test_whatever_the_looks_nothing_is_told_twice(
    zone: str, now: datetime, pauses: list[int], day: int, at: time
) -> None:
    """Also when Baton was away between them: each look takes over where the last one ended."""
    settings = KudosSettings(WORKSPACE, BILLING, digest_day=day, digest_at=at)
    told: list[date] = []
    walls: list[date] = []
    celebrated: list[date] = []
    since = now
    for minutes in pauses:
        found = due(team(zone), settings, since=since, now=now)
        told += [found.digest] if found.digest else []
        walls += [found.wall] if found.wall else []
        celebrated += found.anniversaries
        assert found.next_at > now
        since, now = found.next_at, found.next_at + timedelta(minutes=minutes - 1)
    assert sorted(set(told)) == told
    assert sorted(set(walls)) == walls
    assert sorted(set(celebrated)) == celebrated


def test_after_an_outage_only_the_newest_comes_and_says_that_it_is_late() -> None:
    since = local(FRIDAY, time(15))
    found = due(team(), SETTINGS, since=since, now=since + timedelta(days=16))
    assert found.digest == FRIDAY + timedelta(days=14)
    assert found.is_late


def test_a_week_ends_before_what_may_still_be_taken_back() -> None:
    span = week_of(team(), SETTINGS, FRIDAY)
    assert span.end == local(FRIDAY, time(14, 50))
    assert span.start == local(FRIDAY - timedelta(days=7), time(14, 50))


def test_weeks_follow_each_other_over_the_change_of_the_clocks() -> None:
    """Nothing falls between two digests, though one week is an hour shorter."""
    before, after = (week_of(team(), SETTINGS, date(2026, 3, day)) for day in (27, 20))
    assert after.end == before.start
    spring = week_of(team(), SETTINGS, date(2026, 4, 3))
    assert spring.end - spring.start == timedelta(days=7, hours=-1)


def test_the_wall_comes_on_the_first_working_day_of_the_next_month() -> None:
    """1 August 2026 is a Saturday."""
    assert at_once(date(2026, 8, 1), time(9)).wall is None
    assert at_once(date(2026, 8, 3), time(9)).wall == date(2026, 7, 1)
    assert at_once(date(2026, 8, 4), time(9)).wall is None
    assert at_once(date(2026, 7, 1), time(9)).wall == date(2026, 6, 1)
    assert at_once(date(2027, 1, 1), time(9)).wall == date(2026, 12, 1)


def test_a_team_around_the_clock_has_its_wall_on_the_first() -> None:
    now = local(date(2026, 8, 1), time(9))
    found = due(team(hours=BusinessHours()), SETTINGS, since=now, now=now)
    assert found.wall == date(2026, 7, 1)


def test_a_day_off_is_no_working_day() -> None:
    hours = BusinessHours(
        always_open=False, days_off=(DayOff(date(2026, 8, 3), date(2026, 8, 5), "Summer"),)
    )
    for day in range(1, 8):
        now = local(date(2026, 8, day), time(9))
        found = due(team(hours=hours), SETTINGS, since=now, now=now)
        assert found.wall == (date(2026, 7, 1) if day == 6 else None)


def test_a_month_is_from_midnight_to_midnight_in_the_teams_zone() -> None:
    span = month_of(team(), date(2026, 3, 1))
    assert span.start == local(date(2026, 3, 1), time())
    assert span.end == local(date(2026, 4, 1), time())


def test_anniversaries_of_a_weekend_are_told_on_monday() -> None:
    monday = date(2026, 3, 9)
    assert at_once(monday, time(9)).anniversaries == (
        date(2026, 3, 7),
        date(2026, 3, 8),
        monday,
    )
    assert at_once(FRIDAY, time(9)).anniversaries == (FRIDAY,)
    assert at_once(date(2026, 3, 7), time(9)).anniversaries == ()


def test_an_anniversary_of_long_ago_is_not_told_after_an_outage() -> None:
    since = local(FRIDAY, time(9))
    found = due(team(), SETTINGS, since=since, now=since + timedelta(days=21))
    assert found.anniversaries
    assert min(found.anniversaries) > FRIDAY + timedelta(days=13)


def test_the_next_look_is_the_next_morning_or_the_digest_before_it() -> None:
    assert at_once(FRIDAY, time(9)).next_at == local(FRIDAY, time(15))
    assert at_once(FRIDAY, time(15)).next_at == local(FRIDAY + timedelta(days=1), time(9))
    assert at_once(FRIDAY, time(8)).next_at == local(FRIDAY, time(9))
