"""The next two weeks of a stand-up: who is asked when, who is not and why, and what a lead should look at."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.people import Role
from bot.rules.calendars import WEEKDAYS, BusinessHours, DayOff
from bot.rules.spans import Span
from bot.rules.standups import Moment, Schedule, StandUp
from bot.rules.standups.outlook import (
    Concern,
    Doubt,
    Entry,
    Outlook,
    Why,
    known_for,
    next_round,
    outlook,
)
from bot.rules.standups.planning import Floor
from bot.rules.teams import Team
from bot.rules.wall_clock import moment

ATHENS, NEW_YORK = "Europe/Athens", "America/New_York"
TODAY = date(2026, 3, 2)  # a Monday
NOW = moment(TODAY, time(7), ATHENS)
DAY = timedelta(days=1)
TEAM = Team("T", "t", "Team", zone=ATHENS, team_channel="C1")
AGENT, LEAD = frozenset({Role.AGENT}), frozenset({Role.LEAD})
ROLES = {"anna": AGENT, "ben": LEAD, "olga": frozenset({Role.OBSERVER})}
FLOOR = Floor(TEAM, known_for(NOW, ATHENS), ROLES)
DAILY = StandUp("T", "s", "t", "Ours", schedule=Schedule(at=time(9, 5)))
BY_SHIFT = replace(DAILY, schedule=Schedule(Moment.SHIFT, WEEKDAYS, offset_minutes=5))


def at(day: int, hour: int, minute: int = 0, zone: str = ATHENS) -> datetime:
    """So many days after today."""
    return moment(TODAY + DAY * day, time(hour, minute), zone)


def shift(day: int, start: int, hours: int = 8) -> Span:
    return Span(at(day, start), at(day, start) + timedelta(hours=hours))


def told(seen: Outlook, person_id: str) -> list[tuple[int, datetime | Why | None]]:
    """Which day of the month, and when or why not."""
    line = next(one for one in seen.lines if one.person_id == person_id)
    return [(one.day.day, one.at or one.why) for one in line.entries]


def concerns(seen: Outlook) -> list[Doubt]:
    return list(seen.doubts)


def test_on_a_plain_floor_everybody_is_asked_on_every_working_day() -> None:
    seen = outlook(DAILY, FLOOR, NOW)
    expected = [(one, at(one - 2, 9, 5)) for one in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
    assert told(seen, "anna") == told(seen, "ben") == expected
    assert [one.person_id for one in seen.lines] == ["anna", "ben"]
    assert [one.why for one in seen.days[:7]] == [None] * 5 + [Why.OTHER_DAY] * 2
    assert concerns(seen) == []
    assert seen.channel == "C1"
    by_name = outlook(DAILY, FLOOR, NOW, ["ben", "gone", "olga", "anna"])
    assert [one.person_id for one in by_name.lines] == ["ben", "anna"]


def test_days_off_absences_and_statuses_say_why() -> None:
    hours = BusinessHours(
        always_open=False, days_off=(DayOff(TODAY + DAY * 2, TODAY + DAY * 2, "Name day"),)
    )
    off = replace(
        FLOOR,
        team=replace(TEAM, hours=hours),
        away={"anna": [Span(at(3, 0), at(4, 0))], "ben": [Span(at(4, 8), at(4, 10))]},
        statuses={"ben": [Span(at(3, 0), at(4, 0))]},
    )
    seen = outlook(DAILY, off, NOW)
    assert told(seen, "anna")[2:5] == [(4, Why.DAY_OFF), (5, Why.AWAY), (6, at(4, 9, 5))]
    assert told(seen, "ben")[2:5] == [(4, Why.DAY_OFF), (5, Why.AWAY), (6, at(4, 10))]
    assert seen.lines[0].entries[2] == Entry(TODAY + DAY * 2, why=Why.DAY_OFF, off="Name day")
    assert [(one.why, one.off) for one in seen.days[2:4]] == [
        (Why.DAY_OFF, "Name day"),
        (Why.AWAY, ""),
    ]
    heedless = outlook(replace(DAILY, heeds_status=False), off, NOW)
    assert told(heedless, "ben")[3] == (5, at(3, 9, 5))


@pytest.mark.parametrize(
    ("hour", "entry"),
    [(9, at(0, 9, 5)), (11, at(0, 9, 5)), (12, Why.OVER)],
    ids=["before", "while it is open", "after"],
)
def test_of_today_what_is_still_to_come(hour: int, entry: datetime | Why) -> None:
    seen = outlook(DAILY, FLOOR, at(0, hour))
    assert told(seen, "anna")[0] == (2, entry)
    assert seen.days[0].why == (Why.OVER if entry is Why.OVER else None)


def test_by_shifts_each_is_asked_at_their_own_and_who_has_none_is_named() -> None:
    duties = {"anna": [shift(0, 8), shift(1, 14)]}
    floor = replace(FLOOR, duties=duties, on_shifts=frozenset({"anna"}))
    seen = outlook(BY_SHIFT, floor, NOW)
    assert told(seen, "anna")[:3] == [(2, at(0, 8, 5)), (3, at(1, 14, 5)), (4, Why.NO_SHIFT)]
    assert concerns(seen) == [Doubt(Concern.NEVER, ("ben",), Why.NO_SHIFT)]
    nobody = outlook(BY_SHIFT, FLOOR, NOW)
    assert concerns(nobody) == [Doubt(Concern.NOBODY, why=Why.NO_SHIFT)]
    assert {one.why for one in nobody.days} == {Why.NO_SHIFT}


def test_a_fixed_time_asks_those_who_are_there_and_says_who_comes_later() -> None:
    duties = {"anna": [shift(0, 10)], "ben": [shift(0, 22)]}
    floor = replace(FLOOR, duties=duties, on_shifts=frozenset(duties))
    seen = outlook(DAILY, floor, NOW)
    assert told(seen, "anna")[:2] == [(2, at(0, 9, 5)), (3, Why.NO_SHIFT)]
    assert concerns(seen) == [
        Doubt(Concern.NEVER, ("ben",), Why.NO_SHIFT),
        Doubt(Concern.BEFORE_SHIFT, ("anna",)),
    ]


def test_each_persons_own_clock() -> None:
    own = replace(DAILY, schedule=replace(DAILY.schedule, moment=Moment.PERSON))
    seen = outlook(own, replace(FLOOR, zones={"ben": NEW_YORK}), NOW)
    assert told(seen, "ben")[0] == (2, at(0, 9, 5, NEW_YORK))
    assert told(seen, "anna")[0] == (2, at(0, 9, 5))
    assert [one.zone for one in seen.lines] == [ATHENS, NEW_YORK]


def test_both_clocks_change_within_the_two_weeks() -> None:
    """New York on 8 March; the time by Athens' clock stays what it is, that of Ben moves."""
    seen = outlook(DAILY, replace(FLOOR, zones={"ben": NEW_YORK}), NOW)
    assert {one for _day, one in told(seen, "ben")} == {
        at(n, 9, 5) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
    }


@pytest.mark.parametrize(
    ("window", "runs_over"), [(8 * 60, False), (9 * 60, True)], ids=["enough", "too long"]
)
def test_a_window_that_runs_into_the_next_round(window: int, *, runs_over: bool) -> None:
    """Anna works an evening and the next morning."""
    duties = {"anna": [shift(0, 22, 4), shift(1, 6, 4)]}
    standup = replace(BY_SHIFT, schedule=replace(BY_SHIFT.schedule, window_minutes=window))
    floor = replace(FLOOR, roles={"anna": AGENT}, duties=duties, on_shifts=frozenset(duties))
    seen = outlook(standup, floor, NOW)
    overlap = Doubt(Concern.OVERLAP, ("anna",))
    assert concerns(seen) == ([overlap] if runs_over else [])


@pytest.mark.parametrize(
    ("standup", "floor", "why"),
    [
        (replace(DAILY, asked=frozenset({Role.MANAGER})), FLOOR, Why.NOBODY),
        (
            DAILY,
            replace(FLOOR, away={one: [Span(at(-1, 0), at(20, 0))] for one in ROLES}),
            Why.AWAY,
        ),
        (
            DAILY,
            replace(FLOOR, team=replace(TEAM, hours=BusinessHours(always_open=False, week={}))),
            Why.DAY_OFF,
        ),
    ],
    ids=["nobody manages", "all away", "never open"],
)
def test_nobody_at_all(standup: StandUp, floor: Floor, why: Why) -> None:
    seen = outlook(standup, floor, NOW)
    assert concerns(seen) == [Doubt(Concern.NOBODY, why=why)]
    assert next_round(standup, floor, NOW) is None


def test_a_summary_needs_a_channel() -> None:
    bare = replace(FLOOR, team=replace(TEAM, team_channel=""))
    assert concerns(outlook(DAILY, bare, NOW)) == [Doubt(Concern.NO_CHANNEL)]
    own = outlook(replace(DAILY, channel="C2"), bare, NOW)
    assert (own.channel, concerns(own)) == ("C2", [])
    assert concerns(own.without_channel()) == [Doubt(Concern.CHANNEL_GONE)]


def test_the_next_round() -> None:
    assert next_round(DAILY, FLOOR, NOW) == at(0, 9, 5)
    assert next_round(DAILY, FLOOR, at(0, 9, 5)) == at(1, 9, 5)
    assert next_round(DAILY, FLOOR, at(4, 12)) == at(7, 9, 5)
    assert next_round(replace(DAILY, is_active=False), FLOOR, NOW) is None
    assert NOW.tzinfo is UTC
