"""What a look at a stand-up does: a seat in every state, and any floor that changes at any time between looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.shifts import Span
from bot.rules.standups import Moment, Round, RoundState, Seat, SeatState, StandUp
from bot.rules.standups.planning import Ask, Floor, occurrences
from bot.rules.standups.seating import Scene, new_seat, seat_again
from bot.rules.standups.stepping import AT_LEAST_EVERY, Outcome, step
from tests.rules.standups.floors import (
    AGENT,
    ANNA,
    BEN,
    CORA,
    DAY,
    HOUR,
    MINUTE,
    at,
    floor,
    shifts,
    standup,
)

TODAY = date(2026, 3, 2)
NINE, TEN, CLOSE = at(2, 9), at(2, 10), at(2, 11)
ROUND = Round(
    "T", "r1", "daily", "team", "2026-03-02", TODAY, NINE, CLOSE, schedule=standup().schedule
)
DUE, ASKED, AWAY, LEFT = SeatState.DUE, SeatState.ASKED, SeatState.AWAY, SeatState.LEFT
NOT_ASKED = SeatState.NOT_ASKED
PLANNED = Ask(ANNA, NINE, CLOSE)
GONE = replace(PLANNED, is_away=True)
BACK = replace(PLANNED, at=TEN)


def scene(now: datetime, since: datetime | None = None, on: Floor | None = None) -> Scene:
    within = Span(NINE - DAY, CLOSE + DAY)
    return Scene(standup(), on or floor(), within, now if since is None else since, now)


# one seat


@pytest.mark.parametrize(
    ("ask", "now", "since", "state", "ask_at"),
    [
        (PLANNED, NINE - MINUTE, NINE - HOUR, DUE, NINE),
        (PLANNED, NINE, NINE, ASKED, NINE),
        (PLANNED, TEN, NINE, ASKED, NINE),  # late: Baton was down
        (PLANNED, TEN, TEN, ASKED, TEN),  # they have just come
        (PLANNED, CLOSE, NINE, NOT_ASKED, NINE),
        (PLANNED, CLOSE, CLOSE, None, None),  # they came too late
        (GONE, NINE, NINE, AWAY, NINE),
        (GONE, CLOSE, NINE, AWAY, NINE),
        (GONE, CLOSE, CLOSE, None, None),
        (BACK, NINE, NINE, DUE, TEN),
        (BACK, TEN, TEN, ASKED, TEN),
    ],
)
def test_a_new_seat(
    ask: Ask, now: datetime, since: datetime, state: SeatState | None, ask_at: datetime | None
) -> None:
    seat = new_seat(scene(now, since), standup(), TODAY, ask)
    assert (seat and seat.state, seat and seat.ask_at) == (state, ask_at)
    assert (seat.asked_at if seat else None) == (now if state is ASKED else None)


SEAT = Seat("r1", ANNA, NINE, CLOSE)
WAS_ASKED = replace(SEAT, state=ASKED, asked_at=NINE)
SICK = floor(away={ANNA: [Span(TEN, CLOSE)]})
OUT_FOR_A_WHILE = floor(away={ANNA: [Span(TEN, TEN + 15 * MINUTE)]})
NOBODY = replace(floor(), roles={})
OBSERVER = floor(BEN)
QUIET = floor(quiet={ANNA: [Span(NINE, CLOSE)]})
HAS_STATUS = floor(statuses={ANNA: [Span(TEN, CLOSE)]})


@pytest.mark.parametrize(
    ("seat", "ask", "on", "now", "state"),
    [
        (WAS_ASKED, PLANNED, floor(), TEN, ASKED),
        (WAS_ASKED, None, floor(), TEN, ASKED),  # their shift was taken away: they were asked
        (WAS_ASKED, GONE, SICK, TEN - MINUTE, ASKED),
        (WAS_ASKED, GONE, SICK, TEN, AWAY),
        (WAS_ASKED, GONE, SICK, CLOSE, AWAY),
        (WAS_ASKED, PLANNED, HAS_STATUS, TEN, AWAY),
        (WAS_ASKED, GONE, QUIET, TEN, ASKED),  # the message is there already
        (WAS_ASKED, PLANNED, OUT_FOR_A_WHILE, TEN, AWAY),
        (WAS_ASKED, PLANNED, OUT_FOR_A_WHILE, TEN + 15 * MINUTE, ASKED),
        (WAS_ASKED, PLANNED, OUT_FOR_A_WHILE, CLOSE, ASKED),
        (WAS_ASKED, PLANNED, OBSERVER, TEN, LEFT),
        (WAS_ASKED, PLANNED, NOBODY, TEN, LEFT),
        (replace(WAS_ASKED, state=LEFT), PLANNED, floor(), TEN, ASKED),
        (replace(WAS_ASKED, state=LEFT), PLANNED, floor(), CLOSE, LEFT),
        (replace(WAS_ASKED, state=AWAY), PLANNED, floor(), TEN, ASKED),
        (SEAT, PLANNED, floor(), NINE - MINUTE, DUE),
        (SEAT, PLANNED, floor(), NINE, ASKED),
        (SEAT, PLANNED, floor(), CLOSE, NOT_ASKED),
        (SEAT, None, floor(), NINE, AWAY),
        (SEAT, GONE, QUIET, NINE, AWAY),
        (SEAT, PLANNED, NOBODY, NINE, LEFT),
        (replace(SEAT, state=AWAY), PLANNED, floor(), TEN, ASKED),
        (replace(SEAT, state=AWAY), BACK, floor(), TEN - MINUTE, DUE),
        (replace(SEAT, state=AWAY), PLANNED, floor(), CLOSE, AWAY),
        (replace(SEAT, state=LEFT), PLANNED, floor(), TEN, ASKED),
        (replace(SEAT, state=LEFT), PLANNED, floor(), CLOSE, LEFT),
    ],
)
def test_a_seat_again(
    seat: Seat, ask: Ask | None, on: Floor, now: datetime, state: SeatState
) -> None:
    assert seat_again(scene(now, NINE, on), ROUND, seat, ask).state is state


@pytest.mark.parametrize(
    "state",
    [
        SeatState.ANSWERED,
        SeatState.SKIPPED,
        SeatState.OUT,
        SeatState.SILENT,
        SeatState.NOT_ASKED,
    ],
)
@pytest.mark.parametrize("on", [floor(), SICK, NOBODY])
def test_what_is_settled_stays(state: SeatState, on: Floor) -> None:
    seat = replace(WAS_ASKED, state=state)
    assert seat_again(scene(TEN, NINE, on), ROUND, seat, GONE) == seat


REMINDER = NINE + 96 * MINUTE


@pytest.mark.parametrize(
    ("asked_at", "now", "reminded"),
    [
        (NINE, REMINDER - MINUTE, False),
        (NINE, REMINDER, True),
        (NINE, CLOSE - MINUTE, True),  # late, as Baton was down
        (NINE, CLOSE, False),
        (REMINDER - MINUTE, REMINDER, True),
        (REMINDER, REMINDER + MINUTE, False),
    ],
)
def test_reminders(asked_at: datetime, now: datetime, *, reminded: bool) -> None:
    seat = replace(WAS_ASKED, asked_at=asked_at)
    after = seat_again(scene(now), ROUND, seat, PLANNED)
    assert (after.reminded_at == now) is reminded
    assert (
        seat_again(scene(now + MINUTE / 2), ROUND, after, PLANNED).reminded_at == after.reminded_at
    )


# any floor, any looks


@dataclass
class World:
    """Rounds and seats as they would be kept, and who was asked and reminded."""

    standup: StandUp
    due_at: datetime
    rounds: dict[str, Round] = field(default_factory=dict)
    seats: dict[str, dict[str, Seat]] = field(default_factory=dict)
    asked: list[tuple[str, Seat]] = field(default_factory=list)
    reminded: list[tuple[str, str]] = field(default_factory=list)

    def look(self, on: Floor, now: datetime) -> Outcome:
        since = min(self.due_at, now)
        opens = [one.opens_at for one in self.rounds.values() if one.state is RoundState.OPEN]
        within = Span(min([since, *opens]), now + AT_LEAST_EVERY)
        planned = occurrences(self.standup, on, within)
        seats = {key: list(found.values()) for key, found in self.seats.items()}
        rounds = list(self.rounds.values())
        outcome = step(Scene(self.standup, on, within, since, now, planned, rounds, seats))
        for turn in outcome.turns:
            one = replace(turn.round, id=turn.round.key)
            assert turn.is_new is (one.key not in self.rounds)
            self.rounds[one.key] = one
            kept = self.seats.setdefault(one.key, {})
            for seat in turn.seats:
                kept[seat.person_id] = replace(seat, round_id=one.id)
            self.asked += [(one.key, seat) for seat in turn.asked]
            self.reminded += [(one.key, seat.person_id) for seat in turn.reminded]
        assert outcome.next_at is not None
        self.due_at = outcome.next_at
        return outcome


SHIFTS = {ANNA: shifts((at(2, 8), 8)), BEN: shifts((at(2, 9, 30), 8)), CORA: shifts((at(2, 14), 6))}
LATER = {ANNA: shifts((at(2, 8, 45), 8)), CORA: shifts((at(2, 9), 6))}
minutes = st.integers(0, 12 * 60).map(lambda number: at(2, 7) + number * MINUTE)


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    people = draw(st.sets(st.sampled_from([ANNA, BEN, CORA]), min_size=1))
    away = {}
    for person in sorted(draw(st.sets(st.sampled_from([ANNA, BEN, CORA])))):
        start = draw(minutes)
        away[person] = [Span(start, start + draw(st.integers(1, 300)) * MINUTE)]
    on = floor(ANNA, duties=draw(st.sampled_from([SHIFTS, LATER])), away=away)
    zones = draw(st.sampled_from(["UTC", "Europe/Athens", "Atlantic/Azores"]))
    on = replace(on, roles=dict.fromkeys(people, AGENT), zones={ANNA: zones, BEN: "UTC"})
    return on if draw(st.booleans()) else replace(on, on_shifts=frozenset())


@settings(max_examples=150)
@given(
    st.sampled_from(list(Moment)),
    st.lists(st.tuples(minutes, floors(), st.booleans()), min_size=1, max_size=8),
)
def test_nobody_is_asked_twice_and_everything_ends(
    moment: Moment, changes: Sequence[tuple[datetime, Floor, bool]]
) -> None:
    """At each change it is looked at once, and between them when the last look said, unless Baton is down until the next."""
    world = World(standup(moment, offset_minutes=5), at(2, 6))
    on = changes[0][1]
    for now, changed, is_down in sorted(changes, key=lambda one: one[0]):
        while world.due_at < now and not is_down:
            world.look(on, world.due_at)
        on = changed
        world.look(on, now)
        again = world.look(on, now)
        assert again.turns == ()
        assert world.due_at > now
    while world.due_at < at(3, 6):
        world.look(on, world.due_at)
    for key, one in world.rounds.items():
        assert one.state is not RoundState.OPEN
        states = {seat.state for seat in world.seats[key].values()}
        assert states.isdisjoint({DUE, ASKED})
        if one.state is RoundState.MISSED:
            assert NOT_ASKED in states
            assert states <= {AWAY, NOT_ASKED}
    for _key, seat in world.asked:
        assert seat.asked_at is not None
        assert seat.ask_at <= seat.asked_at < seat.until
    _check_once(world, moment)


def _check_once(world: World, moment: Moment) -> None:
    for person in (ANNA, BEN, CORA):
        own = [seat for _key, seat in world.asked if seat.person_id == person]
        windows = sorted((seat.until - timedelta(hours=2), seat.until) for seat in own)
        if moment is not Moment.SHIFT:
            assert len(own) <= 1
        assert all(one[1] <= other[0] for one, other in pairwise(windows))
    assert len(world.reminded) == len(set(world.reminded))


def test_who_is_reminded_and_leaves_at_the_same_moment_is_reminded_once() -> None:
    world = World(standup(), at(2, 6))
    while world.due_at <= REMINDER:
        world.look(floor(ANNA, BEN), world.due_at)
    world.look(floor(BEN), REMINDER)
    assert [person for _key, person in world.reminded] == [ANNA, BEN]
