"""Which days a digest is about."""

from datetime import date

import pytest

from bot.rules.metrics.digest.cadences import Cadence, ended, period_of
from bot.rules.reports import Period


@pytest.mark.parametrize(
    ("cadence", "first", "last"),
    [
        (Cadence.DAILY, date(2026, 2, 28), date(2026, 2, 28)),
        (Cadence.WEEKLY, date(2026, 2, 16), date(2026, 2, 22)),
        (Cadence.MONTHLY, date(2026, 2, 1), date(2026, 2, 28)),
        (Cadence.QUARTERLY, date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_what_ended_last_before_the_first_of_march(
    cadence: Cadence, first: date, last: date
) -> None:
    today = date(2026, 3, 1)  # a Sunday: its own week is not over
    assert ended(cadence, today) == Period(first, last)


@pytest.mark.parametrize("cadence", list(Cadence))
def test_a_period_is_known_by_any_of_its_days(cadence: Cadence) -> None:
    found = ended(cadence, date(2024, 3, 1))
    assert period_of(cadence, found.first) == period_of(cadence, found.last) == found


def test_a_leap_day_is_the_last_of_its_month() -> None:
    assert ended(Cadence.MONTHLY, date(2024, 3, 1)).last == date(2024, 2, 29)
    assert ended(Cadence.DAILY, date(2024, 3, 1)).last == date(2024, 2, 29)
