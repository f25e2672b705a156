"""When digests come: over changes of the clocks, ends of months, quarters, holidays and outages."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import BusinessHours, DayOff, office_week
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digest_days import (
    charted,
    due,
    newest,
    next_at,
    next_one,
    today_later,
)
from bot.rules.metrics.digest.digests import Digest
from bot.rules.reports import Period
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, moment

ZONE = "Europe/Berlin"
ALWAYS = Team("T", "team", "Team", zone=ZONE)
OFFICE = replace(ALWAYS, hours=BusinessHours(always_open=False, week=office_week()))
DAILY = Digest("T", "d", "team", "Numbers", Cadence.DAILY, time(8), 0, ("csat",), "U0BOB", "C0")
WEEKLY = replace(DAILY, cadence=Cadence.WEEKLY)
MONTHLY = replace(DAILY, cadence=Cadence.MONTHLY, on_day=1)
QUARTERLY = replace(MONTHLY, cadence=Cadence.QUARTERLY)


def at(day: date, hour: int = 8, minute: int = 0, zone: str = ZONE) -> datetime:
    return moment(day, time(hour, minute), zone)


@pytest.mark.parametrize(
    ("digest", "team", "after", "comes", "tells"),
    [
        # every day of a team that never closes, the day before
        (DAILY, ALWAYS, date(2026, 3, 7), date(2026, 3, 8), Period(date(2026, 3, 7), date(2026, 3, 7))),
        # an office: Friday is told on Monday
        (DAILY, OFFICE, date(2026, 3, 6), date(2026, 3, 9), Period(date(2026, 3, 6), date(2026, 3, 6))),
        (WEEKLY, ALWAYS, date(2026, 3, 2), date(2026, 3, 9), Period(date(2026, 3, 2), date(2026, 3, 8))),
        (replace(WEEKLY, on_day=2), ALWAYS, date(2026, 3, 2), date(2026, 3, 4), Period(date(2026, 2, 23), date(2026, 3, 1))),
        # a Saturday on which nobody works, nor on the day after: it comes then all the same
        (replace(WEEKLY, on_day=5), OFFICE, date(2026, 3, 2), date(2026, 3, 7), Period(date(2026, 2, 23), date(2026, 3, 1))),
        (MONTHLY, ALWAYS, date(2026, 2, 2), date(2026, 3, 1), Period(date(2026, 2, 1), date(2026, 2, 28))),
        # the first of March is a Sunday
        (MONTHLY, OFFICE, date(2026, 2, 2), date(2026, 3, 2), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (replace(MONTHLY, on_day=3), OFFICE, date(2026, 2, 5), date(2026, 3, 4), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (QUARTERLY, OFFICE, date(2026, 2, 2), date(2026, 4, 1), Period(date(2026, 1, 1), date(2026, 3, 31))),
        (QUARTERLY, ALWAYS, date(2025, 12, 31), date(2026, 1, 1), Period(date(2025, 10, 1), date(2025, 12, 31))),
    ],
)  # fmt: skip
def test_when_it_comes_next_and_what_it_tells(
    digest: Digest, team: Team, after: date, comes: date, tells: Period
) -> None:
    found = next_one(digest, team, after=at(after))
    assert (found.at, found.period) == (at(comes), tells)


def test_on_a_day_off_nothing_comes_and_what_was_before_it_is_told_after_it() -> None:
    hours = replace(OFFICE.hours, days_off=(DayOff(date(2026, 3, 9), date(2026, 3, 9)),))
    team = replace(OFFICE, hours=hours)
    found = next_one(DAILY, team, after=at(date(2026, 3, 6)))
    assert found.at == at(date(2026, 3, 10))
    assert found.period.last == date(2026, 3, 6)
    assert next_at(WEEKLY, team, after=at(date(2026, 3, 3))) == at(date(2026, 3, 10))


def test_clocks_that_change_move_no_digest_and_leave_none_out() -> None:
    """Berlin's clocks go forward on 29 March 2026 from 2 to 3, and back on 25 October from 3 to 2."""
    early = replace(DAILY, at=time(2, 30))
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert next_at(early, ALWAYS, after=at(date(2026, 3, 28), 3)) == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )
    first = next_at(early, ALWAYS, after=at(date(2026, 10, 24), 3))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_at(early, ALWAYS, after=first) == at(autumn + timedelta(days=1), 2, 30)
    assert next_at(DAILY, ALWAYS, after=at(spring - timedelta(days=1))) == at(spring)


def test_what_fell_due_is_told_once_and_of_several_only_the_newest() -> None:
    monday, friday = date(2026, 3, 2), date(2026, 3, 6)
    found = due(DAILY, ALWAYS, since=at(monday), now=at(friday, 11))
    assert found.now
    assert (found.now.at, found.now.period.last) == (at(friday), date(2026, 3, 5))
    assert found.now.is_late(at(friday, 11))
    assert not found.now.is_late(at(friday, 9))
    assert found.next_at == at(date(2026, 3, 7))
    assert due(DAILY, ALWAYS, since=at(friday, 9), now=at(friday, 11)).now is None


def test_what_was_due_long_ago_is_not_told_any_more() -> None:
    found = due(MONTHLY, ALWAYS, since=at(date(2026, 1, 1)), now=at(date(2026, 2, 28)))
    assert found.now
    assert found.now.at == at(date(2026, 2, 1))
    found = due(QUARTERLY, ALWAYS, since=at(date(2026, 1, 1)), now=at(date(2026, 3, 1)))
    assert found.now is None


def test_a_team_that_is_closed_for_months_is_looked_at_again() -> None:
    off = DayOff(date(2026, 3, 1), date(2026, 12, 31))
    team = replace(OFFICE, hours=replace(OFFICE.hours, days_off=(off,)))
    found = due(DAILY, team, since=at(date(2026, 3, 1)), now=at(date(2026, 3, 20)))
    assert found.now is None
    assert found.next_at > at(date(2026, 6, 1))


def test_what_comes_later_today() -> None:
    monday = date(2026, 3, 2)
    assert today_later(DAILY, ALWAYS, now=at(monday, 8, 1)) is None
    assert today_later(DAILY, ALWAYS, now=at(monday, 8))
    found = today_later(DAILY, ALWAYS, now=at(monday, 7))
    assert found
    assert found.period == newest(DAILY, ALWAYS, monday)
    assert today_later(WEEKLY, ALWAYS, now=at(date(2026, 3, 3), 7)) is None


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
)


@given(
    st.sampled_from(
        [DAILY, WEEKLY, replace(WEEKLY, on_day=6), MONTHLY, replace(QUARTERLY, on_day=5)]
    ),
    st.sampled_from([ALWAYS, OFFICE]),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants naive bounds
)
def test_each_period_is_told_once_after_it_is_over(
    digest: Digest, team: Team, zone: str, start: datetime
) -> None:
    team = replace(team, zone=zone)
    told, now = [], start
    for _time in range(8):
        found = next_one(digest, team, after=now)
        assert found.at > now
        assert found.period.last < day_of(found.at, zone)
        assert due(digest, team, since=found.at, now=found.at).now == found
        told.append(found.period)
        now = found.at
    assert all(one.last < two.first for one, two in itertools.pairwise(told))
    if (
        digest.cadence is not Cadence.DAILY
    ):  # of an office's days those on which it is closed are told in no daily one
        assert all(
            one.last + timedelta(days=1) == two.first for one, two in itertools.pairwise(told)
        )


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2024, 2025, 2028])
def test_the_chart_of_a_month_has_the_same_month_of_the_year_before_beside_it(
    year: int, month: int
) -> None:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    days, _by = charted(Cadence.MONTHLY, Period(last.replace(day=1), last))
    before = (last.replace(day=1) - timedelta(days=1), last.month % 12 + 1)
    assert (days.first.month, days.first.day, days.last) == (before[1], 1, last)
    assert (last - days.first).days in {364, 365}
