"""The oracle itself, against days that were worked out by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.services.standups.month.acts import (
    Act,
    Edits,
    Habit,
    IsAway,
    IsBack,
    Joins,
    Leaves,
    MovesTo,
    Says,
    Switches,
)
from tests.services.standups.month.oracle import Oracle
from tests.services.standups.month.small import (
    AT_NINE,
    ATHENS,
    EARLY_AND_LATE,
    MONDAY,
    NEVER,
    NEW_YORK,
    ON_START,
    SILENT,
    a_world,
    at,
)
from tests.services.standups.month.world import (
    OFFICE,
    PERSON,
    TEAM,
    Override,
    Pattern,
    Plan,
    World,
    wall,
)


def told(
    world: World,
    *script: tuple[datetime, Act],
    down: tuple[datetime, datetime] = NEVER,
    days: int = 1,
    first: date = MONDAY,
    **habits: Sequence[Habit],
) -> list[str]:
    """What is said from midnight on, a line each: `09:00 asks ann`."""
    start = datetime.combine(first, time(), UTC)
    there = dict.fromkeys(world.zones, SILENT) | habits
    oracle = Oracle(world, script, there, down)
    oracle.run(start, start + timedelta(days=days))
    return [f"{one.at:%H:%M} {one.kind} {one.who}" for one in oracle.said]


def all_at(clock: str, kind: str, *people: str) -> list[str]:
    return [f"{clock} {kind} {one}" for one in people]


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2026-03-28", "03:30", "2026-03-28T01:30"),
        ("2026-03-29", "03:30", "2026-03-29T01:00"),  # does not exist: the leap
        ("2026-03-29", "04:00", "2026-03-29T01:00"),
        ("2026-10-25", "03:30", "2026-10-25T00:30"),  # comes twice: its first
        ("2026-10-25", "04:00", "2026-10-25T02:00"),  # comes once, after the hour that comes twice
    ],
)
def test_a_local_time_is_one_moment(day: str, clock: str, moment: str) -> None:
    found = wall(date.fromisoformat(day), time.fromisoformat(clock), ATHENS)
    assert found == datetime.fromisoformat(moment + "+00:00")


def test_a_plain_day() -> None:
    said = told(
        a_world(AT_NINE),
        ann=[("answer", 0.1)],
        ben=[("answer answer", 1.2)],
    )
    assert said == [
        *all_at("09:00", "asks", "ann", "ben", "cleo"),
        *all_at("10:20", "reminds", "ben", "cleo"),
        "10:40 sums up ann answered, ben silent, cleo silent",
        "11:00 adds ben",
    ]


def test_nobody_is_asked_on_a_day_off() -> None:
    world = a_world(AT_NINE)
    world.teams["t"].weekdays = "mon tue thu"
    world.teams["t"].days_off = frozenset({MONDAY + timedelta(days=3)})
    assert len([one for one in told(world, days=7) if "sums up" in one]) == 2
    world.teams["t"].weekdays = ""  # around the clock: days off do nothing
    assert len([one for one in told(world, days=7) if "sums up" in one]) == 5


def test_each_by_their_own_clock() -> None:
    world = a_world(Plan(PERSON, OFFICE, time(9), window=100))
    world.zones.update(ann=ATHENS, ben=NEW_YORK)
    assert told(world) == [
        "07:00 asks ann",
        "08:20 reminds ann",
        "09:00 asks cleo",
        "10:20 reminds cleo",
        "14:00 asks ben",
        "15:20 reminds ben",
        "15:40 sums up ann silent, ben silent, cleo silent",
    ]


def test_who_moves_is_asked_once_by_the_clock_they_have_then() -> None:
    world = a_world(Plan(PERSON, OFFICE, time(9), window=100))
    world.zones.update(ann=ATHENS, ben=ATHENS)
    said = told(world, (at(8), MovesTo("ann", NEW_YORK)), (at(8), MovesTo("cleo", NEW_YORK)))
    assert [one for one in said if "asks" in one] == [
        *all_at("07:00", "asks", "ann", "ben"),
        "14:00 asks cleo",
    ]


def test_who_moves_to_where_it_is_later_is_not_asked_that_day() -> None:
    world = a_world(Plan(PERSON, OFFICE, time(9), window=100))
    world.zones.update(ann=ATHENS, ben=NEW_YORK)
    said = told(world, (at(11), MovesTo("ben", ATHENS)))
    assert said[-1] == "15:40 sums up ann silent, ben away, cleo silent"


def test_by_shift_with_starts_that_share_a_round() -> None:
    assert told(a_world(ON_START, patterns=EARLY_AND_LATE), ann=[("answer", 0.1)]) == [
        *all_at("08:05", "asks", "ann", "ben"),
        "09:05 asks cleo",
        "09:25 reminds ben",
        "10:25 reminds cleo",
        "10:45 sums up ann answered, ben silent, cleo silent",
    ]


def test_a_split_day_is_asked_twice_and_a_window_may_cross_midnight() -> None:
    patterns = (
        Pattern("mon", time(8), time(12), ("ann", "ben")),
        Pattern("mon", time(23), time(6), ("ann",)),
    )
    said = told(a_world(ON_START, patterns=patterns), days=2)
    assert [one for one in said if "reminds" not in one] == [
        *all_at("08:05", "asks", "ann", "ben"),
        "09:45 sums up ann silent, ben silent",
        "23:05 asks ann",
        "00:45 sums up ann silent",
    ]


def test_by_a_clock_only_those_are_asked_who_work_then_or_never_said_when() -> None:
    patterns = (
        Pattern("mon", time(9, 30), time(12), ("ann",)),
        Pattern("mon", time(10, 40), time(12), ("ben",)),
    )
    said = told(a_world(AT_NINE, patterns=patterns))
    assert said[:2] == all_at("09:00", "asks", "ann", "cleo")
    assert said[-1] == "10:40 sums up ann silent, cleo silent"


def test_who_stands_in_for_somebody_is_asked_in_their_place() -> None:
    world = a_world(ON_START, patterns=EARLY_AND_LATE[1:])
    world.teams["t"].overrides = [Override("ben", at(9), at(17), "cleo")]
    assert [one for one in told(world) if "asks" in one] == ["09:05 asks ben"]


def test_who_is_away_is_asked_when_they_are_back_or_not_at_all() -> None:
    said = told(
        a_world(AT_NINE),
        (at(7), IsAway("ann", at(8), at(9, 30))),
        (at(7), IsAway("ben", at(8), at(10, 40))),
        (at(10), IsAway("cleo", at(10), at(20))),
    )
    assert said == [
        "09:00 asks cleo",
        "09:30 asks ann",
        "10:20 reminds ann",
        "10:40 sums up ann silent, ben away, cleo away",
    ]


def test_who_is_back_earlier_than_they_said_is_asked_then() -> None:
    said = told(
        a_world(AT_NINE),
        (at(7), IsAway("ann", at(8), at(20))),
        (at(10, 30), IsBack("ann")),
    )
    assert said[2:] == [
        *all_at("10:20", "reminds", "ben", "cleo"),
        "10:30 asks ann",
        "10:40 sums up ann silent, ben silent, cleo silent",
    ]


def test_a_day_on_which_everybody_is_away_has_no_round() -> None:
    away = [(at(7), IsAway(one, at(8), at(10, 40))) for one in ("ann", "ben", "cleo")]
    assert not told(a_world(AT_NINE), *away)
    back = at(10), IsBack("ben")
    assert (
        told(a_world(AT_NINE), *away, back)[-1] == "10:40 sums up ann away, ben silent, cleo away"
    )


def test_who_joins_or_leaves_while_a_round_is_open() -> None:
    said = told(a_world(AT_NINE), (at(9, 10), Joins("t", "dan")), (at(9, 20), Leaves("t", "ben")))
    assert said[3:] == [
        "09:10 asks dan",
        *all_at("10:20", "reminds", "ann", "cleo", "dan"),
        "10:40 sums up ann silent, ben left, cleo silent, dan silent",
    ]


@pytest.mark.parametrize(
    ("down", "lines"),
    [
        ((at(8), at(9, 30)), ["09:30 asks", "10:20 reminds", "10:40 sums up"]),
        ((at(8), at(10, 30)), ["10:30 asks", "10:40 sums up"]),
        ((at(8), at(10, 40)), ["10:40 missed"]),
        ((at(9, 30), at(10, 30)), ["09:00 asks", "10:30 reminds", "10:40 sums up"]),
        ((at(10), at(12)), ["09:00 asks", "12:00 sums up"]),
    ],
)
def test_what_was_due_while_baton_was_down(
    down: tuple[datetime, datetime], lines: list[str]
) -> None:
    said = told(a_world(AT_NINE), down=down)
    assert list(dict.fromkeys(one.partition(" ann")[0] for one in said if " ann" in one)) == lines


def test_a_downtime_in_which_only_some_were_not_asked() -> None:
    said = told(a_world(ON_START, patterns=EARLY_AND_LATE), down=(at(8), at(10)))
    assert said == [
        "10:00 asks cleo",
        "10:00 missed some ann",
        "10:25 reminds cleo",
        "10:45 sums up ann not_asked, ben not_asked, cleo silent",
    ]


def test_an_edit_counts_from_the_next_round() -> None:
    later = Plan(TEAM, OFFICE, time(11), window=50)
    said = told(a_world(AT_NINE), (at(9, 10), Edits("one", later)), days=2)
    assert [one for one in said if "sums up" in one or " asks ann" in one] == [
        "09:00 asks ann",
        "10:40 sums up ann silent, ben silent, cleo silent",
        "11:00 asks ann",
        "11:50 sums up ann silent, ben silent, cleo silent",
    ]


def test_switched_off_it_finishes_and_switched_on_it_has_missed_nothing() -> None:
    off, on = Switches("one", on=False), Switches("one", on=True)
    said = told(a_world(AT_NINE), (at(9, 10), off), (at(12, day=1), on), days=2)
    assert said[6:] == ["10:40 sums up ann silent, ben silent, cleo silent"]
    said = told(a_world(AT_NINE), (at(8), off), (at(9, 30), on))
    assert said[:3] == all_at("09:30", "asks", "ann", "ben", "cleo")


def test_what_is_said_ahead() -> None:
    said = told(a_world(AT_NINE), (at(8), Says("ann", "one", "early")), ben=[("skip", 0.1)])
    assert said == [
        *all_at("09:00", "asks", "ben", "cleo"),
        "10:20 reminds cleo",
        "10:40 sums up ann answered, ben skipped, cleo silent",
    ]


def test_who_is_out_is_out_of_every_round_of_the_day() -> None:
    afternoon = Plan(TEAM, OFFICE, time(15), window=50)
    said = told(a_world(AT_NINE, afternoon), ann=[("out", 0.1)], days=2)
    assert [one for one in said if " ann" in one] == [
        "09:00 asks ann",
        "10:40 sums up ann out, ben silent, cleo silent",
        "15:50 sums up ann out, ben silent, cleo silent",
        "09:00 asks ann",
        "10:40 sums up ann out, ben silent, cleo silent",
        "15:50 sums up ann out, ben silent, cleo silent",
    ]


@pytest.mark.parametrize(
    ("minute", "answers", "shared"), [(0, 0.2, True), (30, 0.9, True), (31, 0.9, False), (30, 0.2, False)]
)  # fmt: skip
def test_one_message_for_what_comes_together(minute: int, answers: float, shared: bool) -> None:
    world = a_world(AT_NINE, Plan(TEAM, OFFICE, time(9, minute), window=100))
    habits: Mapping[str, Sequence[Habit]] = dict.fromkeys(world.zones, (("answer", answers),))
    oracle = Oracle(world, (), habits, NEVER)
    oracle.run(at(0), at(23))
    assert sorted(map(len, _of(oracle, "ann"))) == ([2] if shared else [1, 1])


def _of(oracle: Oracle, person: str) -> Iterable[set[tuple[str, datetime]]]:
    return [asked for (whom, _planned), asked in oracle.messages.items() if whom == person]
