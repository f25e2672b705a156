"""When a number is judged, when it is too small for that, what could be chance, and which good news has a catch."""

import pytest

from bot.rules.metrics.comparison import guards
from bot.rules.metrics.comparison.guards import CATCHES, Trend, Verdict
from bot.rules.metrics.definition.registry import BY_KEY, Direction
from bot.rules.metrics.definition.values import Value

CSAT = BY_KEY["csat"]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("csat", Value(80, 10), False),
        ("csat", Value(80, 9), True),
        ("frt", Value(60, 9, 90), True),
        ("contacts", Value(3, 1), False),
        ("backlog", Value(3, 1), False),
        ("occupancy", Value(80, 3599), True),
        ("occupancy", Value(80, 3600), False),
        ("csat", Value(None, 0), False),
    ],
)
def test_too_few(key: str, value: Value, *, expected: bool) -> None:
    assert guards.is_few(BY_KEY[key], value, 10) is expected


@pytest.mark.parametrize(
    ("key", "amount", "target", "n", "expected"),
    [
        ("csat", 80, 80, 10, Verdict.MET),
        ("csat", 79.96, 80, 10, Verdict.MET),  # it reads 80 %
        ("csat", 79.94, 80, 10, Verdict.MISSED),
        ("csat", 80, 80, 9, Verdict.OPEN),
        ("csat", None, 80, 0, Verdict.OPEN),
        ("csat", 80, None, 10, Verdict.NONE),
        ("aht", 200, 210, 10, Verdict.MET),
        ("aht", 211, 210, 10, Verdict.MISSED),
        ("occupancy", 99, 80, 9999, Verdict.OPEN),
        ("contacts", 1, 80, 1, Verdict.OPEN),
        ("backlog", 1, 80, 1, Verdict.MET),
    ],
)
def test_the_target(
    key: str, amount: float | None, target: float | None, n: float, expected: Verdict
) -> None:
    assert guards.verdict(BY_KEY[key], Value(amount, n), target, 10) is expected


@pytest.mark.parametrize(
    ("key", "now", "then", "expected"),
    [
        ("csat", (81, 20), (80, 20), Trend.BETTER),
        ("csat", (79, 20), (80, 20), Trend.WORSE),
        ("csat", (80.04, 20), (80, 20), Trend.SAME),
        ("csat", (90, 9), (80, 20), Trend.UNKNOWN),
        ("csat", (90, 20), (80, 9), Trend.UNKNOWN),
        ("csat", (90, 20), (None, 0), Trend.UNKNOWN),
        ("aht", (200, 20), (210, 20), Trend.BETTER),
        ("aht", (220, 20), (210, 20), Trend.WORSE),
        ("contacts", (3, 3), (2, 2), Trend.UP),
        ("contacts", (1, 1), (2, 2), Trend.DOWN),
    ],
)
def test_against_before(
    key: str, now: tuple[float, float], then: tuple[float | None, float], expected: Trend
) -> None:
    assert guards.trend(BY_KEY[key], Value(*now), Value(*then), 10) is expected


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        ((19, 39), (49, 100), Trend.CHANCE),
        ((190, 390), (240, 390), Trend.WORSE),
        ((240, 390), (190, 390), Trend.BETTER),
        # One of them is known well, the other hardly.
        ((5000, 10_000), (7, 10), Trend.CHANCE),
        ((7, 10), (5000, 10_000), Trend.CHANCE),
        ((10, 10), (5000, 10_000), Trend.BETTER),
        ((50, 100), (500, 1000), Trend.SAME),
    ],
)
def test_shares_that_differ_by_chance(
    now: tuple[int, int], then: tuple[int, int], expected: Trend
) -> None:
    here, there = (
        Value(100 * good / n, n, numerator=good, denominator=n) for good, n in (now, then)
    )
    assert guards.trend(CSAT, here, there, 10) is expected


@pytest.mark.parametrize(
    ("key", "good", "n", "expected"),
    [
        ("csat", 8, 10, (49, 94)),
        ("csat", 0, 10, (0, 28)),
        ("csat", 800, 1000, None),
        ("csat", 11, 10, None),
        ("nps", 8, 10, None),
        ("occupancy", 3000, 3600, None),
        ("csat", 0, 0, None),
    ],
)
def test_what_could_be_chance(
    key: str, good: float, n: float, expected: tuple[int, int] | None
) -> None:
    found = guards.chance(BY_KEY[key], Value(50, n, numerator=good, denominator=n))
    assert (found and tuple(map(round, found))) == expected


@pytest.mark.parametrize("catch", CATCHES, ids=str)
def test_each_catch(catch: guards.Catch) -> None:
    """It is there when both went their way, not when either did not, hardly did, or there is too little of it."""
    here = 200 if catch.is_up else 50
    there = 200 if catch.other_is_up else 50

    def found(metric: float, other: float, judged: set[str]) -> bool:
        amounts = {catch.other: other, catch.metric: metric}
        ns = {catch.other: other if catch.by_n else 100}
        now = {key: Value(amount, ns.get(key, 100)) for key, amount in amounts.items()}
        then = dict.fromkeys(amounts, Value(100, 100))
        return catch in guards.catches(catch.metric, now.__getitem__, then.__getitem__, judged)

    both = {catch.metric, catch.other}
    assert found(here, there, both)
    assert not found(100, there, both)
    assert not found(here, 101 if catch.other_is_up else 99, both)
    assert not found(250 - here, there, both)
    assert not found(here, 250 - there, both)
    assert not found(here, there, both - {catch.metric})
    assert not found(here, there, both - {catch.other})


def test_catches_are_of_metrics_of_which_one_way_is_good() -> None:
    """Each is there once, and begins with what looks good."""
    assert len({(one.metric, one.other) for one in CATCHES}) == len(CATCHES)
    for one in CATCHES:
        assert one.other in BY_KEY
        assert BY_KEY[one.metric].direction is (Direction.UP if one.is_up else Direction.DOWN)
