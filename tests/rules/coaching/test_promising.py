"""When somebody is reminded of a commitment: working days, zones, both nights when clocks change, and absences."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import Stale
from bot.rules.absences import Absence, Kind
from bot.rules.calendars import BusinessHours, DayOff
from bot.rules.coaching import Commitment, CommitmentAction, CommitmentState, Promiser
from bot.rules.coaching import promising as rules
from bot.rules.coaching.promising import Reminder, Turn, Whose
from tests.cast import ALICE, BILLING, BOB, WORKSPACE

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
OFFICE = BusinessHours(always_open=False)  # Monday to Friday
WHOSE = Whose("UTC", OFFICE)
WEDNESDAY, FRIDAY, MONDAY = date(2026, 3, 4), date(2026, 3, 6), date(2026, 3, 9)
BEFORE, AFTER = Reminder.BEFORE, Reminder.AFTER


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def away(first: datetime, until: datetime) -> Absence:
    return Absence(WORKSPACE, f"{first}", ALICE.id, Kind.VACATION, first, until)


@pytest.mark.parametrize(
    ("due_on", "now", "said"),
    [
        (WEDNESDAY, at(2), Turn(None, at(3))),
        (WEDNESDAY, at(3, 8, 59), Turn(None, at(3))),
        (WEDNESDAY, at(3), Turn(BEFORE, at(5))),
        (WEDNESDAY, at(4, 23), Turn(BEFORE, at(5))),
        (WEDNESDAY, at(5, 8), Turn(None, at(5))),
        (WEDNESDAY, at(5), Turn(AFTER, None)),
        (WEDNESDAY, at(20), Turn(AFTER, None)),
        (FRIDAY, at(5), Turn(BEFORE, at(9))),  # not on the weekend
        (FRIDAY, at(7), Turn(None, at(9))),
        (MONDAY, at(6), Turn(BEFORE, at(10))),
        (MONDAY, at(8), Turn(BEFORE, at(10))),
    ],
)
def test_what_is_said_and_when_the_next_look_is(due_on: date, now: datetime, said: Turn) -> None:
    assert rules.turn(due_on, WHOSE, since=LONG_AGO, now=now) == said


@pytest.mark.parametrize(
    ("since", "says", "then"),
    [
        (at(3, 8), BEFORE, at(5)),
        (at(3), None, at(5)),  # it was shared at that very moment
        (at(3, 12), None, at(5)),  # it was shared later: they have just read it
    ],
)
def test_nobody_is_reminded_of_what_they_have_just_read(
    since: datetime, says: Reminder | None, then: datetime
) -> None:
    assert rules.turn(WEDNESDAY, WHOSE, since=since, now=at(3, 13)) == Turn(says, then)


def test_a_team_that_is_always_open_works_on_sundays() -> None:
    whose = Whose("UTC", BusinessHours())
    assert rules.remind_at(BEFORE, MONDAY, whose) == at(8)
    assert rules.remind_at(AFTER, date(2026, 3, 7), whose) == at(8)


def test_days_off_are_no_working_days() -> None:
    closed = BusinessHours(always_open=False, days_off=(DayOff(date(2026, 3, 2), FRIDAY, "Fair"),))
    assert rules.remind_at(BEFORE, MONDAY, Whose("UTC", closed)) == at(27, month=2)
    assert rules.remind_at(AFTER, date(2026, 3, 1), Whose("UTC", closed)) == at(9)


def test_a_team_that_never_works_is_reminded_all_the_same() -> None:
    never = BusinessHours(always_open=False, week={})
    assert rules.remind_at(BEFORE, MONDAY, Whose("UTC", never)) == at(8)


@pytest.mark.parametrize(
    ("zone", "due_on", "before", "after"),
    [
        ("Europe/Berlin", date(2026, 3, 30), at(29, 7), at(31, 7)),  # the leap is on the 29th
        ("Europe/Berlin", date(2026, 3, 29), at(28, 8), at(30, 7)),
        ("Europe/Berlin", date(2026, 10, 25), at(24, 7, month=10), at(26, 8, month=10)),
        ("Europe/Berlin", date(2026, 10, 26), at(25, 8, month=10), at(27, 8, month=10)),
        ("America/New_York", date(2026, 3, 8), at(7, 14), at(9, 13)),
        ("Asia/Kolkata", WEDNESDAY, at(3, 3, 30), at(5, 3, 30)),
        ("Pacific/Auckland", WEDNESDAY, at(2, 20), at(4, 20)),
    ],
)
def test_it_is_nine_where_they_are(
    zone: str, due_on: date, before: datetime, after: datetime
) -> None:
    whose = Whose(zone, BusinessHours())
    assert rules.remind_at(BEFORE, due_on, whose) == before
    assert rules.remind_at(AFTER, due_on, whose) == after


@pytest.mark.parametrize(
    ("first", "until", "moment"),
    [
        (at(3, 0), at(4, 0), at(4)),  # back on the day itself
        (at(3, 0), at(3, 14), at(3, 14)),  # back in the middle of the day
        (at(3, 0), at(7, 0), at(9)),  # back on a weekend: on Monday
        (at(3, 9, 1), at(4, 0), at(3)),  # gone after they were reminded
    ],
)
def test_who_is_away_hears_of_it_when_they_are_back(
    first: datetime, until: datetime, moment: datetime
) -> None:
    whose = Whose("UTC", OFFICE, [away(first, until)])
    assert rules.remind_at(BEFORE, WEDNESDAY, whose) == moment


def test_absences_that_follow_each_other_are_one() -> None:
    whose = Whose("UTC", OFFICE, [away(at(3, 0), at(4, 0)), away(at(4, 6), at(6, 0))])
    assert rules.remind_at(BEFORE, WEDNESDAY, whose) == at(6)


def test_who_was_away_at_both_times_hears_of_it_once() -> None:
    whose = Whose("UTC", OFFICE, [away(at(2, 0), at(10, 0))])
    first = rules.turn(WEDNESDAY, whose, since=LONG_AGO, now=at(2))
    assert first == Turn(None, at(10))
    assert rules.turn(WEDNESDAY, whose, since=LONG_AGO, now=at(10)) == Turn(AFTER, None)


def test_a_follow_up_is_on_its_own_day_or_when_they_are_back() -> None:
    sunday = date(2026, 3, 8)
    assert rules.follow_up_turn(sunday, WHOSE, now=at(7)).next == at(8)
    assert rules.follow_up_turn(sunday, WHOSE, now=at(8)).says
    gone = Whose("UTC", OFFICE, [away(at(8, 0), at(9, 0))])
    assert rules.follow_up_turn(sunday, gone, now=at(8)).next == at(9)


def test_late_is_more_than_an_hour() -> None:
    assert not rules.is_late(at(3), at(3, 10))
    assert rules.is_late(at(3), at(3, 10, 1))


@pytest.mark.parametrize(
    ("day", "is_wrong"),
    [
        (None, True),
        (WEDNESDAY, True),
        (WEDNESDAY + timedelta(days=1), False),
        (WEDNESDAY + timedelta(days=366), False),
        (WEDNESDAY + timedelta(days=367), True),
    ],
)
def test_a_follow_up_is_moved_ahead_and_not_for_ever(day: date | None, is_wrong: bool) -> None:
    assert (rules.day_problem(day, WEDNESDAY) is not None) == is_wrong


def commitment(state: CommitmentState, promiser: Promiser = Promiser.AGENT) -> Commitment:
    return Commitment(
        WORKSPACE, "c", "n", BILLING, BOB.id, ALICE.id, promiser, "Listen", WEDNESDAY, state
    )


@pytest.mark.parametrize("state", CommitmentState)
@pytest.mark.parametrize("action", CommitmentAction)
def test_people_finish_let_go_and_take_back(
    state: CommitmentState, action: CommitmentAction
) -> None:
    possible = {
        (CommitmentState.OPEN, CommitmentAction.FINISH): CommitmentState.DONE,
        (CommitmentState.OPEN, CommitmentAction.DROP): CommitmentState.DROPPED,
        (CommitmentState.DONE, CommitmentAction.REOPEN): CommitmentState.OPEN,
    }
    if (state, action) in possible:
        assert rules.check(action, commitment(state)) is possible[state, action]
    else:
        with pytest.raises(Stale):
            rules.check(action, commitment(state))


def test_what_is_carried_over_is_open_and_of_the_same_two() -> None:
    new = commitment(CommitmentState.PLANNED)
    assert rules.is_carried(new, commitment(CommitmentState.OPEN))
    for state in set(CommitmentState) - {CommitmentState.OPEN}:
        assert not rules.is_carried(new, commitment(state))
    assert not rules.is_carried(new, None)
    other = Commitment(
        WORKSPACE, "x", "n", BILLING, BOB.id, BOB.id, Promiser.AGENT, "Listen", WEDNESDAY,
        CommitmentState.OPEN,
    )  # fmt: skip
    assert not rules.is_carried(new, other)


def test_what_an_entry_says_can_be_read_again() -> None:
    written = rules.detail(CommitmentAction.FINISH, "a:b")
    assert rules.read_detail(written) == (CommitmentAction.FINISH, "a:b")
