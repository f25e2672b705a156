"""With which days a period is compared, and what a metric comes to over several: parts are added up, never percentages."""

from datetime import date, timedelta

import pytest

from bot.rules.metrics.comparison.comparing import Against, Held, before, stretches
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.histograms import Histogram
from bot.rules.metrics.store.slices import Row
from bot.rules.reports.periods import Period

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def row(day: date, team_id: str = "t", waits: tuple[int, ...] = (), **sums: int) -> Row:
    held = {key: amount * SCALE for key, amount in sums.items()}
    samples = {"first_response": Histogram()} if waits else {}
    for one in samples.values():
        one.add(wait * SCALE for wait in waits)
    return Row(day, team_id, "", Bundle(1, held, samples))


@pytest.mark.parametrize(
    ("cadence", "period", "expected"),
    [
        (Cadence.DAILY, days("2026-03-02", "2026-03-02"), {
            Against.DAY_A_WEEK_AGO: [days("2026-02-23", "2026-02-23")],
            Against.DAY_OF_FOUR_WEEKS: [
                days(one, one) for one in ("2026-02-23", "2026-02-16", "2026-02-09", "2026-02-02")
            ],
        }),
        (Cadence.WEEKLY, days("2026-03-02", "2026-03-08"), {
            Against.WEEK_BEFORE: [days("2026-02-23", "2026-03-01")],
            Against.FOUR_WEEKS: [
                days("2026-02-23", "2026-03-01"), days("2026-02-16", "2026-02-22"),
                days("2026-02-09", "2026-02-15"), days("2026-02-02", "2026-02-08"),
            ],
        }),
        (Cadence.MONTHLY, days("2024-03-01", "2024-03-31"), {
            Against.MONTH_BEFORE: [days("2024-02-01", "2024-02-29")],
            Against.MONTH_A_YEAR_AGO: [days("2023-03-01", "2023-03-31")],
        }),
        (Cadence.MONTHLY, days("2024-02-01", "2024-02-29"), {
            Against.MONTH_BEFORE: [days("2024-01-01", "2024-01-31")],
            Against.MONTH_A_YEAR_AGO: [days("2023-02-01", "2023-02-28")],
        }),
        # A month that is not over is held against as many days of those before.
        (Cadence.MONTHLY, days("2026-03-01", "2026-03-12"), {
            Against.MONTH_BEFORE: [days("2026-02-01", "2026-02-12")],
            Against.MONTH_A_YEAR_AGO: [days("2025-03-01", "2025-03-12")],
        }),
        (Cadence.QUARTERLY, days("2026-01-01", "2026-03-31"), {
            Against.QUARTER_BEFORE: [days("2025-10-01", "2025-12-31")],
            Against.QUARTER_A_YEAR_AGO: [days("2025-01-01", "2025-03-31")],
        }),
    ],
)  # fmt: skip
def test_before(cadence: Cadence, period: Period, expected: dict[Against, list[Period]]) -> None:
    assert {key: list(spans) for key, spans in before(period, cadence).items()} == expected


def test_days_that_follow_each_other_are_read_at_once() -> None:
    held = [days("2026-03-02", "2026-03-08"), days("2026-02-23", "2026-03-01")]
    apart = days("2025-03-01", "2025-03-31")
    assert stretches([*held, apart]) == [apart, days("2026-02-23", "2026-03-08")]


def test_parts_are_added_up_and_divided_at_the_end() -> None:
    held = Held.of([
        row(MONDAY, ratings_good=1, ratings=10), row(MONDAY + WEEK, ratings_good=9, ratings=10),
        row(MONDAY, "other", ratings_good=80, ratings=80),
    ])  # fmt: skip
    spans = [Period(MONDAY, MONDAY), Period(MONDAY + WEEK, MONDAY + WEEK)]
    assert held.together(BY_KEY["csat"], spans).amount == 90
    assert held.value(BY_KEY["csat"], spans[0]).amount == 90


def test_an_amount_is_the_mean_of_the_weeks_that_have_any() -> None:
    held = Held.of([row(MONDAY, contacts=10), row(MONDAY + WEEK, contacts=30)])
    spans = [Period(MONDAY + ago * WEEK, MONDAY + ago * WEEK) for ago in range(3)]
    assert held.together(BY_KEY["contacts"], spans).amount == 20
    assert held.together(BY_KEY["contacts"], spans[2:]).amount is None


def test_medians_are_of_all_values_together() -> None:
    held = Held.of([row(MONDAY, waits=(1, 1, 1)), row(MONDAY + WEEK, waits=(9,))])
    spans = [Period(MONDAY + ago * WEEK, MONDAY + ago * WEEK) for ago in range(2)]
    found = held.together(BY_KEY["frt"], spans)
    assert (found.amount, found.n) == (1, 4)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(MONDAY, open_at_start=120, created=340, reopened=25, resolved=360, cancelled=20)], 105),
        ([row(MONDAY - WEEK, created=7), row(MONDAY, created=3)], 10),
        # What was counted at the start of a day is believed before all that was added up until then.
        ([row(MONDAY - WEEK, created=700), row(MONDAY, open_at_start=5, created=3)], 8),
        ([row(MONDAY - WEEK, open_at_start=5), row(MONDAY, resolved=2)], 3),
        # Each team has its own start.
        ([row(MONDAY - WEEK, created=4), row(MONDAY, "other", open_at_start=5, created=3)], 12),
        ([row(MONDAY, created=4), row(MONDAY, "other", open_at_start=5, created=3)], 12),
        # Without a word about these days, what there was before is old.
        ([row(MONDAY - WEEK, created=7)], None),
        ([row(MONDAY - WEEK, created=7), row(MONDAY, contacts=3)], None),
        ([row(MONDAY + WEEK, created=7)], None),
        # Calls that were resolved say nothing of tickets that are open.
        ([row(MONDAY - WEEK, resolved=7), row(MONDAY, resolved=3)], None),
        # A ticket that was reopened and is resolved now is not open.
        ([row(MONDAY, created=2, reopened=1, reopened_before=1, resolved=1, cancelled=0)], 1),
    ],
)  # fmt: skip
def test_the_backlog_goes_on_from_day_to_day(rows: list[Row], expected: float | None) -> None:
    found = Held.of(rows).value(BY_KEY["backlog"], Period(MONDAY, MONDAY))
    assert found.amount == expected
