"""Policies run in their order, wait for opening hours where they should, and always come to an end."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import calendars as calendar_rules
from bot.rules.calendars import ALWAYS, BusinessHours, Calendar
from bot.rules.policies import (
    Due,
    Outside,
    Policy,
    Run,
    after,
    fired_at_most,
    first,
    next_at,
    onward,
    policy_now,
    queued_until,
    settle,
)
from tests.rules.policies import made
from tests.rules.policies.made import MONDAY, OFFICE, SATURDAY, policy

MINUTE = timedelta(minutes=1)


def places(of: Policy) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    run: Run | None = first(of)
    while run:
        found.append((run.level, run.round))
        run = after(of, run)
    return found


@pytest.mark.parametrize(
    ("levels", "repeats", "repeat_from", "fired"),
    [
        (1, 0, 0, [(0, 0)]),
        (1, 2, 0, [(0, 0), (0, 1), (0, 2)]),
        (3, 0, 0, [(0, 0), (1, 0), (2, 0)]),
        (3, 1, 0, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]),
        (3, 2, 1, [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (1, 2), (2, 2)]),
        (3, 1, 2, [(0, 0), (1, 0), (2, 0), (2, 1)]),
        (2, 1, 9, [(0, 0), (1, 0), (1, 1)]),  # from a level that was taken out
    ],
)
def test_the_order(
    levels: int, repeats: int, repeat_from: int, fired: list[tuple[int, int]]
) -> None:
    found = policy(*[5] * levels, repeats=repeats, repeat_from=repeat_from)
    assert places(found) == fired
    assert fired_at_most(found) == len(fired)


@pytest.mark.parametrize(
    ("outside", "minutes", "fired_at", "due"),
    [
        # working minutes, and never while the team is closed
        (Outside.QUEUE, 30, MONDAY, MONDAY + 30 * MINUTE),
        (Outside.QUEUE, 0, MONDAY, MONDAY),
        (Outside.QUEUE, 9 * 60, MONDAY, MONDAY + timedelta(days=1, hours=1)),
        (Outside.QUEUE, 8 * 60, MONDAY, MONDAY + timedelta(days=1)),  # at closing it is closed
        (Outside.QUEUE, 30, SATURDAY, MONDAY + timedelta(days=7, minutes=30)),
        (Outside.QUEUE, 0, SATURDAY, MONDAY + timedelta(days=7)),
        # real minutes
        (Outside.ANYWAY, 30, SATURDAY, SATURDAY + 30 * MINUTE),
        (Outside.OTHER, 30, SATURDAY, SATURDAY + 30 * MINUTE),
        (Outside.ANYWAY, 9 * 60, MONDAY, MONDAY + timedelta(hours=9)),
    ],
)
def test_when_the_next_level_fires(
    outside: Outside, minutes: int, fired_at: datetime, due: datetime
) -> None:
    found = policy(minutes, 5, outside=outside)
    assert next_at(found, first(found), OFFICE, fired_at=fired_at) == due


@pytest.mark.parametrize(
    ("minutes", "run", "wait"),
    [
        ((5, 7), Run(0, 0), 0),  # within a round at once
        ((5, 7), Run(1, 0), 7),  # before another round after its wait
        ((5, 7), Run(1, 1), 0),  # nothing comes after it
        ((5, 0), Run(1, 0), 1),  # a round is never repeated in the same moment
    ],
)
def test_a_level_that_reaches_nobody_is_skipped(
    minutes: tuple[int, ...], run: Run, wait: int
) -> None:
    found = policy(*minutes, repeats=1)
    due = next_at(found, run, ALWAYS, fired_at=MONDAY, reached=False)
    assert due == MONDAY + wait * MINUTE


DAY = policy(5, outside=Outside.OTHER, other="night", name="day")
NIGHT = policy(5, outside=Outside.ANYWAY, name="night")


@pytest.mark.parametrize(
    ("found", "others", "closed"),
    [
        (policy(5, outside=Outside.QUEUE), [], "p"),
        (policy(5, outside=Outside.ANYWAY), [], "p"),
        (DAY, [NIGHT], "night"),
        (DAY, [policy(5, outside=Outside.QUEUE, name="night")], "night"),
        (DAY, [], "day"),  # the other one is gone
        (DAY, [policy(5, outside=Outside.OTHER, other="day", name="night")], "day"),  # a circle
        (
            policy(5, outside=Outside.OTHER, other="day", name="week"),
            [DAY, policy(5, outside=Outside.OTHER, other="day", name="night")],
            "week",
        ),
        (policy(5, outside=Outside.OTHER, other="day", name="week"), [DAY, NIGHT], "night"),
        (policy(5, outside=Outside.OTHER, other="self", name="self"), [], "self"),
    ],
)
def test_the_policy_in_force(found: Policy, others: list[Policy], closed: str) -> None:
    everything = [found, *others]
    assert policy_now(found, everything, OFFICE, MONDAY) == found
    assert policy_now(found, everything, OFFICE, SATURDAY).id == closed


@pytest.mark.parametrize(
    ("outside", "now", "until"),
    [
        (Outside.QUEUE, MONDAY, None),
        (Outside.QUEUE, SATURDAY, MONDAY + timedelta(days=7)),
        (Outside.ANYWAY, SATURDAY, None),
        (Outside.OTHER, SATURDAY, None),
    ],
)
def test_what_waits_until_the_team_opens(
    outside: Outside, now: datetime, until: datetime | None
) -> None:
    assert queued_until(policy(5, outside=outside), OFFICE, now) == until


def test_a_team_that_never_opens_is_told_all_the_same() -> None:
    never = Calendar("UTC", BusinessHours(always_open=False, week={}))
    found = policy(5, outside=Outside.QUEUE)
    assert queued_until(found, never, MONDAY) is None
    assert next_at(found, first(found), never, fired_at=MONDAY) == MONDAY + 5 * MINUTE


def test_at_closing_time_the_other_policy_takes_over_from_its_beginning() -> None:
    evening = MONDAY + timedelta(hours=7, minutes=58)
    day = policy(5, 5, outside=Outside.OTHER, other="night", name="day")
    due = settle(day, first(day), [day, NIGHT], OFFICE, evening)
    assert due == Due(day, Run(0, 0), evening)
    following = onward(due, OFFICE, reached=True)
    assert following == Due(day, Run(1, 0), evening + 5 * MINUTE)
    taken = settle(day, following.run, [day, NIGHT], OFFICE, following.at)
    assert taken == Due(NIGHT, Run(0, 0), following.at)


def walked(
    found: Policy, known: tuple[Policy, ...], calendar: Calendar, now: datetime, answers: list[bool]
) -> list[Due]:
    """Every level that fires, as whoever runs a policy goes through it."""
    fired: list[Due] = []
    due: Due | None = Due(found, first(found), now)
    while due:
        due = settle(due.policy, due.run, known, calendar, due.at)
        fired.append(due)
        due = onward(due, calendar, reached=answers[len(fired) % len(answers)])
    return fired


@settings(max_examples=60)
@given(made.teams_of_policies, made.calendars, made.moments, st.lists(st.booleans(), min_size=1))
def test_every_policy_comes_to_an_end(
    known: tuple[Policy, ...], calendar: Calendar, now: datetime, answers: list[bool]
) -> None:
    """It never goes back in time, and fires at most what it and the one that stands in for it can."""
    for found in known:
        fired = walked(found, known, calendar, now, answers)
        stands_in = {one.policy.id: one.policy for one in fired if one.policy != found}
        assert len(stands_in) <= 1
        assert len(fired) <= sum(map(fired_at_most, [found, *stands_in.values()]))
        assert [one.at for one in fired] == sorted(one.at for one in fired)
        for due in fired:
            if due.policy.outside is Outside.QUEUE:
                assert calendar_rules.is_open(calendar, due.at)


@settings(max_examples=60)
@given(made.policies("a"), made.calendars, made.moments, st.timedeltas(MINUTE, 3000 * MINUTE))
def test_who_fires_later_is_followed_later(
    found: Policy, calendar: Calendar, fired_at: datetime, later: timedelta
) -> None:
    run = first(found)
    before = next_at(found, run, calendar, fired_at=fired_at)
    assert fired_at <= before <= next_at(found, run, calendar, fired_at=fired_at + later)
