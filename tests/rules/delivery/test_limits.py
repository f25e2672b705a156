from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.delivery import NO_LIMITS, POST, UPDATE, Gate, Gates, Limits, Minute
from tests.cast import NOON

SECOND = timedelta(seconds=1)
LIMITS = Limits(per_minute={POST: 60}, within_minute={}, burst_seconds=10)
"""A bucket of 10, one token a second."""
MINUTELY = Limits(per_minute={POST: 6000}, within_minute={POST: 300}, spare=1 / 6)


def taken(gates: Gates, *, urgent: bool) -> int:
    """How many calls get through at once."""
    count = 0
    while gates.ask(POST, "C1", urgent=urgent) is None:
        count += 1
    return count


def test_a_full_bucket_lets_a_burst_through_and_keeps_a_reserve_for_what_is_urgent() -> None:
    gates = Gates([], LIMITS, NOON)
    assert taken(gates, urgent=False) == 7
    assert taken(gates, urgent=True) == 3


@pytest.mark.parametrize(
    ("idle", "tokens", "through"),
    [(0, 0.0, 0), (1, 0.0, 1), (1.5, 0.0, 1), (3, 2.0, 5), (3600, 0.0, 10), (-60, 2.0, 2)],
)
def test_tokens_come_back_with_time_up_to_a_full_bucket(
    idle: float, tokens: float, through: int
) -> None:
    gate = Gate(POST, tokens=tokens, refilled_at=NOON - idle * SECOND)
    assert taken(Gates([gate], LIMITS, NOON), urgent=True) == through


def test_who_must_wait_is_told_until_when_and_never_long() -> None:
    empty = Gate(POST, tokens=0.5, refilled_at=NOON)
    gates = Gates([empty], LIMITS, NOON)
    assert gates.ask(POST, "C1", urgent=True) == NOON + 0.5 * SECOND
    assert gates.full(urgent=True) == gates.full(urgent=False) == {POST}
    assert gates.ask(POST, "C1", urgent=False) == NOON + 2 * SECOND
    shut, full = NOON + 0.5 * SECOND, NOON + 2 * SECOND
    assert gates.changed == {(POST, ""): replace(empty, shut_until=shut, full_until=full)}
    assert gates.opens_at() == shut
    half = later(gates, 0.5)
    assert half.full(urgent=True) == frozenset()
    assert half.full(urgent=False) == {POST}
    assert half.opens_at() == full
    assert later(gates, 2).full(urgent=False) == frozenset()


def test_what_slack_closed_is_full_too() -> None:
    gates = Gates([], LIMITS, NOON)
    gates.close(POST, "", NOON + SECOND)
    gates.close(UPDATE, "C1", NOON + SECOND)
    gates.close("", "", NOON + SECOND)
    assert gates.full(urgent=True) == gates.full(urgent=False) == {POST}


def test_a_wait_is_never_shorter_than_the_clock_can_tell() -> None:
    gates = Gates([Gate(POST, tokens=1 - 1e-12, refilled_at=NOON)], LIMITS, NOON)
    until = gates.ask(POST, "C1", urgent=True)
    assert until is not None
    assert until > NOON


def test_a_method_without_a_bucket_and_limits_that_are_off_let_everything_through() -> None:
    for limits, method in ((LIMITS, UPDATE), (NO_LIMITS, POST)):
        gates = Gates([], limits, NOON)
        assert all(gates.ask(method, "C1", urgent=False) is None for _ in range(1000))
        assert gates.changed == {}


def test_a_429_closes_the_method_in_its_lane_first() -> None:
    gates = Gates([], NO_LIMITS, NOON)
    gates.close_after_429(POST, "C1", NOON + SECOND)
    assert gates.ask(POST, "C1", urgent=True) == NOON + SECOND
    assert gates.ask(POST, "C2", urgent=True) is None
    assert gates.ask(UPDATE, "C1", urgent=True) is None


@pytest.mark.parametrize(("seconds", "closed"), [(0, True), (10, True), (11, False)])
def test_a_429_in_a_second_lane_within_ten_seconds_closes_it_in_all(
    seconds: int, *, closed: bool
) -> None:
    first = Gates([], NO_LIMITS, NOON)
    first.close_after_429(POST, "C1", NOON + SECOND)
    later = NOON + seconds * SECOND
    gates = Gates(first.changed.values(), NO_LIMITS, later)
    gates.close_after_429(POST, "C2", later + SECOND)
    assert (gates.ask(POST, "C3", urgent=True) is not None) is closed


def test_a_pause_is_never_shortened() -> None:
    gates = Gates([], NO_LIMITS, NOON)
    gates.close("", "", NOON + 60 * SECOND)
    gates.close("", "", NOON + SECOND)
    assert gates.closed_until() == NOON + 60 * SECOND


def test_a_pause_that_is_over_is_none() -> None:
    assert Gates([Gate("", paused_until=NOON)], NO_LIMITS, NOON).closed_until() is None


def later(gates: Gates, seconds: float, limits: Limits = MINUTELY) -> Gates:
    """The same gates, as they are kept, so many seconds after noon."""
    kept = [
        replace(one, minute=Minute.read(one.minute.written())) for one in gates.changed.values()
    ]
    return Gates(kept, limits, NOON + seconds * SECOND)


def test_a_minute_holds_only_so_much_and_some_of_it_is_kept_for_what_is_urgent() -> None:
    gates = Gates([], MINUTELY, NOON)
    assert taken(gates, urgent=False) == 250
    assert taken(later(gates, 60), urgent=False) == 0
    assert taken(gates, urgent=True) == 50
    assert taken(later(gates, 60), urgent=True) == 0
    assert taken(later(gates, 61), urgent=True) == 300


def test_what_was_urgent_lately_is_kept_for_it_again() -> None:
    gates = Gates([], MINUTELY, NOON)
    assert all(gates.ask(POST, "C1", urgent=True) is None for _ in range(90))
    assert taken(gates, urgent=False) == 300 - 90 - 90
    assert taken(gates, urgent=True) == 90


def test_room_comes_back_when_what_was_said_is_a_minute_ago() -> None:
    gates = Gates([], MINUTELY, NOON)
    assert all(gates.ask(POST, "C1", urgent=False) is None for _ in range(100))
    gates = later(gates, 30)
    assert taken(gates, urgent=False) == 150
    at = {second: later(gates, second) for second in (31, 60, 61)}
    assert at[31].ask(POST, "C1", urgent=False) == NOON + 33 * SECOND, "it is looked again soon"
    assert at[60].ask(POST, "C1", urgent=False) == NOON + 60.5 * SECOND
    assert taken(at[61], urgent=False) == 100


def test_the_minute_is_kept_in_few_numbers() -> None:
    gates = Gates([], Limits(), NOON)
    for step in range(605):
        tried = later(gates, step / 10, Limits())
        if tried.ask("chat.postMessage", "C1", urgent=False) is None:
            gates = tried
    gate = gates.changed["chat.postMessage", ""]
    assert gate.minute.calls == 288
    assert len(gate.minute.groups) <= 122


def test_a_clock_that_was_set_back_closes_nothing_for_long() -> None:
    gates = Gates([], MINUTELY, NOON)
    assert taken(gates, urgent=False) == 250
    assert taken(later(gates, -3600), urgent=False) == 250


@pytest.mark.parametrize(("seconds", "through"), [(6, 200), (60, 200), (1, 300), (5, 300)])
def test_when_slack_asks_for_a_long_pause_less_is_said_for_an_hour(
    seconds: int, through: int
) -> None:
    """A short one means a moment too early: it is answered by waiting."""
    gates = Gates([], MINUTELY, NOON)
    assert all(gates.ask(POST, f"C{n}", urgent=True) is None for n in range(250))
    for lane in ("C1", "C2", "C3"):
        gates.close_after_429(POST, lane, NOON + seconds * SECOND)
    kept = later(gates, 61)
    assert taken(kept, urgent=True) == through
    assert taken(later(kept, 61 + 3600), urgent=True) == 300


def test_a_refusal_of_little_is_not_taken_for_a_limit() -> None:
    gates = Gates([], MINUTELY, NOON)
    assert gates.ask(POST, "C1", urgent=True) is None
    for lane in ("C1", "C2"):
        gates.close_after_429(POST, lane, NOON + 30 * SECOND)
    assert taken(later(gates, 61), urgent=True) == 100
