"""How often values came up: the same however they are put together, part by part or at once, exact and rough."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules.metrics.store import histograms
from bot.rules.metrics.store.bundles import Bundle, Parts, together
from bot.rules.metrics.store.histograms import Histogram

DAYS = st.lists(st.lists(st.integers(-50, 9_000), min_size=1, max_size=7), min_size=1, max_size=5)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that some days are rough, and some are only together."""
    monkeypatch.setattr(histograms, "MOST_IN_A_DAY", 4)
    monkeypatch.setattr(histograms, "MOST_TOGETHER", 9)


def day_of(values: list[int]) -> Histogram:
    found = Histogram()
    found.add(values)
    return found


@given(DAYS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_days_are_unpacked_together_as_they_would_be_merged(days: list[list[int]]) -> None:
    held = [day_of(one) for one in days]
    merged = Histogram()
    for one in held:
        merged.merge(one)
    assert Histogram.unpack(*(one.packed() for one in held)) == merged
    assert [Histogram.unpack(one.packed()) for one in held] == held


@given(DAYS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_is_the_same_one_by_one_and_at_once(some: list[list[int]]) -> None:
    facts: list[Parts] = [{"wait": one, "answered": sum(one), "both": one[0]} for one in some]
    facts += [{"both": [7]}, {}]
    alone = Bundle()
    for one in facts:
        alone.add([one])
    at_once = Bundle()
    at_once.add(facts)
    assert at_once == alone
    assert at_once.facts == len(facts)


@given(DAYS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bundles_are_unpacked_together_as_they_would_be_merged(days: list[list[int]]) -> None:
    held = [Bundle(1, {"answered": len(one)}, {"wait": day_of(one)}) for one in days]
    found = Bundle.unpack_all(
        len(held),
        [dict(one.sums) for one in held],
        [one.packed_samples() for one in held],
    )
    assert found == together(held)
