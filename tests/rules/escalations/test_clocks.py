"""The claim clock: due and warning times in any zone, and how late something is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.escalations import claim_due_at, minutes_late, minutes_until, warn_at
from bot.rules.severities import Severity
from tests.casebook import TEAM
from tests.cast import NOON


@pytest.mark.parametrize(
    ("severity", "minutes"),
    [(Severity.CRITICAL, 10), (Severity.HIGH, 30), (Severity.NORMAL, 120), (Severity.LOW, 480)],
)
def test_how_soon_somebody_should_have_it(severity: Severity, minutes: int) -> None:
    assert claim_due_at(TEAM, severity, start=NOON) == NOON + timedelta(minutes=minutes)


def test_the_warning_comes_after_three_quarters() -> None:
    due = NOON + timedelta(minutes=120)
    assert warn_at(start=NOON, due_at=due) == NOON + timedelta(minutes=90)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"])
def test_the_length_is_the_same_in_every_zone(zone: str) -> None:
    local = NOON.astimezone(ZoneInfo(zone))
    due = claim_due_at(TEAM, Severity.LOW, start=local)
    assert due.astimezone(ZoneInfo("UTC")) == NOON + timedelta(hours=8)


@pytest.mark.parametrize("day", [datetime(2026, 3, 29), datetime(2026, 10, 25)])  # noqa: DTZ001
def test_the_nights_when_the_clock_changes_are_no_shorter_or_longer(day: datetime) -> None:
    start = day.replace(hour=1, tzinfo=ZoneInfo("Europe/Berlin"))
    due = claim_due_at(TEAM, Severity.LOW, start=start)
    assert due.timestamp() - start.timestamp() == 8 * 3600


def test_minutes_left_and_late_are_whole() -> None:
    due = datetime(2026, 3, 2, 12, 30, tzinfo=ZoneInfo("UTC"))
    assert minutes_until(due, now=due - timedelta(minutes=7, seconds=40)) == 7
    assert minutes_until(due, now=due - timedelta(seconds=5)) == 1
    assert minutes_late(due, now=due + timedelta(minutes=22, seconds=40)) == 22
    assert minutes_late(due, now=due - timedelta(minutes=1)) == 0
