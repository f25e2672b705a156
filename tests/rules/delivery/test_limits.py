from datetime import timedelta

import pytest

from bot.rules.delivery import NO_LIMITS, POST, UPDATE, Gate, Gates, Limits
from tests.cast import NOON

SECOND = timedelta(seconds=1)
LIMITS = Limits(per_minute={POST: 60}, burst_seconds=10)  # a bucket of 10, one token a second


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
    assert gates.ask(POST, "C1", urgent=False) == NOON + 2 * SECOND
    assert gates.changed == {}


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
