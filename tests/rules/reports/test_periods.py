"""The days of a report: named ones, typed ones, wrong ones; and what they are in a zone."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.rules.reports import Named, Period, from_words, named, problems
from bot.rules.reports.periods import months

TODAY = date(2026, 5, 14)  # a Thursday
NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Named.THIS_WEEK, days("2026-05-11", "2026-05-17")),
        (Named.LAST_WEEK, days("2026-05-04", "2026-05-10")),
        (Named.THIS_MONTH, days("2026-05-01", "2026-05-31")),
        (Named.LAST_MONTH, days("2026-04-01", "2026-04-30")),
        (Named.THIS_QUARTER, days("2026-04-01", "2026-06-30")),
        (Named.LAST_QUARTER, days("2026-01-01", "2026-03-31")),
    ],
)
def test_periods_with_a_name(name: Named, expected: Period) -> None:
    assert named(name, TODAY) == expected
    assert from_words(name.replace("_", " ").upper(), NOW, "UTC") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-03", days("2026-03-01", "2026-03-31")),
        ("2024-02", days("2024-02-01", "2024-02-29")),
        ("2026-Q4", days("2026-10-01", "2026-12-31")),
        ("2026-03-15", days("2026-03-15", "2026-03-15")),
        ("1w", days("2026-05-08", "2026-05-14")),
        ("4 Weeks", days("2026-04-17", "2026-05-14")),
        ("2026-03-01 2026-03-15", days("2026-03-01", "2026-03-15")),
        (" 2026-03-01  to  2026-03-15 ", days("2026-03-01", "2026-03-15")),
    ],
)
def test_what_can_be_typed(typed: str, expected: Period) -> None:
    assert from_words(typed, NOW, "UTC") == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("", "yesterday", "2026", "2026-13", "2026-00", "2026-02-30", "2026-q5", "9999-12", "0001-01"),
        *("0w", "100w", "w", "2026-03-15 2026-03-01", "2024-01-01 2026-12-31", "last", "<!channel>"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused):
        from_words(typed, NOW, "UTC")


def test_this_week_is_the_readers_own() -> None:
    sunday_night = datetime(2026, 5, 10, 23, tzinfo=UTC)
    assert from_words("this week", sunday_night, "Europe/Berlin").first == date(2026, 5, 11)
    assert from_words("this week", sunday_night, "America/New_York").first == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (None, None, ["first", "last"]),
        (TODAY, None, ["last"]),
        (TODAY, TODAY, []),
        (TODAY, date(2026, 5, 13), ["last"]),
        (date(1999, 12, 31), TODAY, ["first"]),
        (TODAY, date(2100, 1, 1), ["last"]),
        (date(2024, 1, 1), date(2026, 5, 13), ["last"]),
    ],
)
def test_two_days(first: date | None, last: date | None, wrong: list[str]) -> None:
    assert sorted(problems(first, last)) == wrong


def test_a_day_is_the_teams_own_also_when_clocks_change() -> None:
    spring = days("2026-03-29", "2026-03-29").span("Europe/Berlin")
    assert spring.start == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert spring.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


@given(DAYS, st.sampled_from(Named))
def test_named_periods_follow_each_other(today: date, name: Named) -> None:
    period = named(name, today)
    this = Named(name.replace("last", "this"))
    assert period.first <= period.last
    assert (period.first <= today <= period.last) == (name == this)
    if name != this:
        assert (named(this, today).first - period.last).days == 1


@given(DAYS, DAYS)
def test_whole_months_hold_the_period_and_nothing_but_its_months(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    whole = period.whole_months()
    assert whole.first <= period.first <= period.last <= whole.last
    assert list(months(whole)) == list(months(period))
    assert whole.first.day == 1
