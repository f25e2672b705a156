"""Lists of shifts: what people write, what is refused with which words, and that the same list again adds nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.people import Profile
from bot.rules.roster.directory import Directory
from bot.rules.shifts import Change, Pattern
from bot.rules.shifts.lines import parse
from bot.rules.shifts.planning import Known, Plan, make_plan
from bot.rules.shifts.written import clock, instant, weekdays
from bot.rules.teams import Team
from tests.cast import BILLING, NOON, WORKSPACE

TEAM = Team(WORKSPACE, BILLING, "Billing", zone="Europe/Athens")
DIRECTORY = Directory(
    [
        Profile("U1", name="Anna"),
        Profile("U2", name="Ben", email="ben@x.com"),
        Profile("U3", name="Cora"),
    ]
)
KNOWN = Known([TEAM], {BILLING: frozenset({"U1", "U2"})})
DATED = ["team", "person", "start", "end"]
WEEKLY = ["Team", "Person", "Weekday", "From", "To"]


def plan(*rows: list[str], known: Known = KNOWN, team: str = "") -> Plan:
    return make_plan(parse(list(rows), team), DIRECTORY, known, now=NOON)


def problems(found: Plan) -> list[tuple[int, str]]:
    return [(one.row, str(one.refused)) for one in found.problems]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("8:00", time(8)),
        ("08:30:00", time(8, 30)),
        ("0830", time(8, 30)),
        ("8", time(8)),
        ("24:00", time(0)),
    ],
)
def test_times_of_day(written: str, found: time) -> None:
    assert clock(written) == found


@pytest.mark.parametrize("written", ["", "25:00", "8:60", "noon", "24:01", "-1", "8:0"])
def test_no_times_of_day(written: str) -> None:
    with pytest.raises(Refused):
        clock(written)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("Monday", ("mon",)),
        ("mon-fri", WEEKDAYS[:5]),
        ("Sat, Sun", ("sat", "sun")),
        ("fri–mon", ("mon", "fri", "sat", "sun")),
        ("Mon-Wed, Fri", ("mon", "tue", "wed", "fri")),
        ("Δευτέρα", ("mon",)),
        ("понеділок", ("mon",)),
        ("ср", ("wed",)),
    ],
)
def test_weekdays(written: str, days: tuple[str, ...]) -> None:
    assert weekdays(written) == days


@pytest.mark.parametrize("written", ["", "Blursday", "mon-tue-wed", "1", "mon-"])
def test_no_weekdays(written: str) -> None:
    with pytest.raises(Refused):
        weekdays(written)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-03-02 08:00", 6),
        ("2026-03-02T08:00:00", 6),
        ("2.3.2026 8:00", 6),
        ("2026-03-02 08:00+01:00", 7),
        ("2026-03-02T08:00Z", 8),
    ],
)
def test_moments_in_athens(written: str, hour: int) -> None:
    assert instant(written, "Europe/Athens") == datetime(2026, 3, 2, hour, tzinfo=UTC)


def test_the_end_of_a_day_may_be_written_as_24() -> None:
    assert instant("2026-03-01 24:00", "UTC") == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["03/02/2026 08:00", "2026-02-30 08:00", "tomorrow", "2026-03-02"]
)
def test_no_moments(written: str) -> None:
    with pytest.raises(Refused):
        instant(written, "UTC")


def test_rows_with_dates_become_shifts_of_their_own() -> None:
    found = plan(DATED, ["billing", "Anna", "2026-03-02 22:00", "2026-03-03 06:00"])
    [added] = found.overrides
    assert (added.change, added.person_id) == (Change.ADD, "U1")
    assert added.starts_at == datetime(2026, 3, 2, 20, tzinfo=UTC)
    again = replace(KNOWN, stretches=frozenset({(BILLING, "U1", added.starts_at, added.ends_at)}))
    same = plan(DATED, ["Billing", "anna", "2026-03-02 22:00", "3.3.2026 6:00"], known=again)
    assert (same.overrides, same.unchanged) == ((), 1)


def test_weekly_rows_share_a_pattern_where_they_say_the_same() -> None:
    found = plan(
        WEEKLY,
        ["Billing", "Anna", "Mon-Wed", "8:00", "16:00"],
        ["Billing", "ben@x.com", "Mon", "8:00", "16:00"],
        ["Billing", "Ben", "Tue, Wed", "08:00", "16:00"],
        ["Billing", "Ben", "Fri", "22:00", "6:00"],
    )
    shown = [(one.weekdays, one.people, one.start) for one in found.patterns]
    assert shown == [
        (("mon", "tue", "wed"), ("U1", "U2"), time(8)),
        (("fri",), ("U2",), time(22)),
    ]
    again = replace(KNOWN, patterns=[replace(one, id="p") for one in found.patterns])
    same = plan(WEEKLY, ["Billing", "Anna", "Monday", "8:00", "16:00"], known=again)
    assert (same.patterns, same.unchanged) == ((), 1)


def test_a_pattern_made_by_hand_counts_as_there() -> None:
    there = Pattern("p", BILLING, ("mon",), time(8), time(16), ("U1",))
    known = replace(KNOWN, patterns=[there])
    rows = [WEEKLY, ["Billing", "Anna", "mon", "8", "16"], ["Billing", "Ben", "mon", "8", "16"]]
    [added] = plan(*rows, known=known).patterns
    assert added.people == ("U2",)


def test_days_of_validity() -> None:
    header = [*WEEKLY, "valid from", "Valid-Until", "name"]
    row = ["Billing", "Anna", "mon", "8", "16", "2026-03-01", "2026-06-30", "Early"]
    [added] = plan(header, row).patterns
    assert (added.valid_from, added.valid_until) == (date(2026, 3, 1), date(2026, 6, 30))
    assert added.name == "Early"


def test_every_wrong_row_is_named_and_nothing_is_planned() -> None:
    found = plan(
        DATED,
        ["Billing", "Anna", "2026-03-02 08:00", "2026-03-02 16:00"],
        ["Selling", "Anna", "2026-03-02 08:00", "2026-03-02 16:00"],
        ["Billing", "Nobody", "2026-03-02 08:00", "2026-03-02 16:00"],
        ["Billing", "Cora", "2026-03-02 08:00", "2026-03-02 16:00"],
        ["Billing", "Anna", "2026-03-02 08:00", "2026-03-02 08:00"],
        ["Billing", "Anna", "2026-03-02 08:00", "2026-05-02 08:00"],
        ["Billing", "Anna", "2062-03-02 08:00", "2062-03-02 16:00"],
        ["Billing", "Anna", "", "2026-03-02 16:00"],
    )
    assert found.overrides == ()
    assert [row for row, _said in problems(found)] == [3, 4, 5, 6, 7, 8, 9]
    said = dict(problems(found))
    assert "no team “Selling”" in said[3]
    assert "no agent, lead or manager of Billing" in said[5]
    assert "before the beginning" in said[6]
    assert "look at the year" in said[8]


def test_the_zone_of_a_column_counts_for_dates_and_is_refused_for_weeks() -> None:
    row = ["Billing", "Anna", "2026-03-02 08:00", "2026-03-02 16:00", "america/new york"]
    [added] = plan([*DATED, "zone"], row).overrides
    assert added.starts_at == datetime(2026, 3, 2, 13, tzinfo=UTC)
    weekly = plan([*WEEKLY, "zone"], ["Billing", "Anna", "mon", "8", "16", "Asia/Tokyo"])
    assert "go by the clock of their team" in problems(weekly)[0][1]


def test_a_team_may_be_named_once_for_all() -> None:
    assert plan(
        DATED[1:], ["Anna", "2026-03-02 08:00", "2026-03-02 16:00"], team="Billing"
    ).overrides


@pytest.mark.parametrize(
    "header",
    [[], ["team", "person"], [*DATED, "start"], [*DATED, "weekday"], ["person", "start", "end"]],
)
def test_a_list_without_its_columns_is_refused(header: list[str]) -> None:
    with pytest.raises(Refused):
        parse([header, ["x"] * 6])
