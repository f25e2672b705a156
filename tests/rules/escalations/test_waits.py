"""The times to come back that a form offers, what is wrong with others, and whose hands are free."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import WEEKDAYS, BusinessHours, Calendar, Span
from bot.rules.escalations import (
    Ahead,
    Load,
    Update,
    WaitDraft,
    heaviest_first,
    problems_of_update,
    problems_of_wait,
    times_ahead,
)
from tests.cast import NOON

BERLIN = ZoneInfo("Europe/Berlin")


def weekly(*hours: tuple[int, int]) -> BusinessHours:
    """These hours from Monday to Friday."""
    spans = tuple(Span(start * 60, end * 60) for start, end in hours)
    return BusinessHours(always_open=False, week=dict.fromkeys(WEEKDAYS[:5], spans))


OFFICE = weekly((9, 17))
WITH_LUNCH = weekly((9, 13), (14, 18))
NEVER = BusinessHours(always_open=False, week={})
ALWAYS = BusinessHours()


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A time on the wall in Berlin in 2026. The 2nd of March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("hours", "now", "opening", "tomorrow"),
    [
        (OFFICE, at(2, 12), None, at(3, 9)),  # both are the same moment, which is offered once
        (OFFICE, at(2, 7), at(2, 9), at(3, 9)),
        (OFFICE, at(2, 17), None, at(3, 9)),
        (
            OFFICE,
            at(6, 12),
            at(9, 9),
            None,
        ),  # nobody works on Saturday, so that no morning is offered
        (OFFICE, at(8, 12), None, at(9, 9)),
        (WITH_LUNCH, at(2, 10), at(2, 14), at(3, 9)),
        (WITH_LUNCH, at(2, 13, 30), at(2, 14), at(3, 9)),
        (ALWAYS, at(2, 12), None, at(3, 9)),
        (ALWAYS, at(28, 12), None, at(29, 9)),  # the night in which the clocks leap
        (ALWAYS, at(24, 12, month=10), None, at(25, 9, month=10)),
        (NEVER, at(2, 12), None, at(3, 9)),
    ],
)
def test_when_one_could_come_back(
    hours: BusinessHours, now: datetime, opening: datetime | None, tomorrow: datetime | None
) -> None:
    wanted = {Ahead.OPENING: opening, Ahead.TOMORROW: tomorrow}
    found = times_ahead(Calendar("Europe/Berlin", hours), now=now.astimezone(UTC))
    assert found == {name: moment for name, moment in wanted.items() if moment}


WAIT = WaitDraft("customer", "They look for it", NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    ("wait", "fields"),
    [
        (WAIT, set()),
        (WaitDraft(), {"on", "why", "until"}),
        (replace(WAIT, on="nobody"), {"on"}),
        (replace(WAIT, why="x" * 1001), {"why"}),
        (replace(WAIT, until=NOON), {"until"}),
        (replace(WAIT, until=NOON + timedelta(days=90)), set()),
        (replace(WAIT, until=NOON + timedelta(days=91)), {"until"}),
    ],
)
def test_what_is_wrong_with_a_wait(wait: WaitDraft, fields: set[str]) -> None:
    assert set(problems_of_wait(wait, now=NOON)) == fields


@pytest.mark.parametrize(
    ("update", "remind_at", "fields"),
    [
        (Update("It goes on"), None, set()),
        (Update("It goes on", "x", "y"), None, {"actions", "needs"}),
        (Update(actions="We call them"), None, {"conditions"}),
        (Update("It goes on"), NOON - timedelta(minutes=1), {"remind_at"}),
        (Update("It goes on"), NOON + timedelta(minutes=15), set()),
    ],
)
def test_what_is_wrong_with_an_update(
    update: Update, remind_at: datetime | None, fields: set[str]
) -> None:
    assert set(problems_of_update(update, remind_at, now=NOON)) == fields


def test_who_holds_most_comes_first_and_free_hands_are_not_listed_alone() -> None:
    anna, ben, cleo = Load("U1", "Anna", 2), Load("U2", "Ben", 4), Load("U3", "Cleo")
    assert heaviest_first([cleo, anna, ben]) == [ben, anna, cleo]
    assert heaviest_first([cleo]) == []
