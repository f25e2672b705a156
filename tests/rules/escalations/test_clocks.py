"""The claim clock: due and warning times in any zone, and how late something is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import BusinessHours
from bot.rules.escalations import (
    claim_due_at,
    claim_warn_at,
    minutes_late,
    minutes_until,
    opens_at,
)
from bot.rules.severities import Severity
from bot.rules.teams import Team
from tests.casebook import TEAM
from tests.cast import NOON


@pytest.mark.parametrize(
    ("severity", "minutes"),
    [(Severity.CRITICAL, 10), (Severity.HIGH, 30), (Severity.NORMAL, 120), (Severity.LOW, 480)],
)
def test_how_soon_somebody_should_have_it(severity: Severity, minutes: int) -> None:
    assert claim_due_at(TEAM, severity, start=NOON) == NOON + timedelta(minutes=minutes)


def test_the_warning_comes_after_three_quarters() -> None:
    assert claim_warn_at(TEAM, Severity.NORMAL, start=NOON) == NOON + timedelta(minutes=90)


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
    left = partial(minutes_until, TEAM, Severity.HIGH, due)
    assert left(now=due - timedelta(minutes=7, seconds=40)) == 7
    assert left(now=due - timedelta(seconds=5)) == 1
    assert minutes_late(due, now=due + timedelta(minutes=22, seconds=40)) == 22
    assert minutes_late(due, now=due - timedelta(minutes=1)) == 0


OFFICE = replace(TEAM, hours=BusinessHours(always_open=False))
URGENT = replace(TEAM, hours=BusinessHours(always_open=False, critical_always=True))
NEVER = replace(TEAM, hours=BusinessHours(always_open=False, week={}))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("team", "severity", "start", "opens", "warn", "due"),
    [
        (OFFICE, Severity.HIGH, "2026-03-02T10:00", None, "2026-03-02T10:22:30", "2026-03-02T10:30"),
        (OFFICE, Severity.HIGH, "2026-03-02T16:50", None, "2026-03-03T09:12:30", "2026-03-03T09:20"),
        (OFFICE, Severity.HIGH, "2026-03-07T23:00", "2026-03-09T09:00", "2026-03-09T09:22:30", "2026-03-09T09:30"),
        (OFFICE, Severity.LOW, "2026-03-06T13:00", None, "2026-03-09T11:00", "2026-03-09T13:00"),
        (OFFICE, Severity.CRITICAL, "2026-03-07T23:00", "2026-03-09T09:00", "2026-03-09T09:07:30", "2026-03-09T09:10"),
        (URGENT, Severity.CRITICAL, "2026-03-07T23:00", None, "2026-03-07T23:07:30", "2026-03-07T23:10"),
        (URGENT, Severity.HIGH, "2026-03-07T23:00", "2026-03-09T09:00", "2026-03-09T09:22:30", "2026-03-09T09:30"),
        (NEVER, Severity.HIGH, "2026-03-07T23:00", None, "2026-03-07T23:22:30", "2026-03-07T23:30"),
    ],
)  # fmt: skip
def test_the_clock_counts_working_time(
    team: Team, severity: Severity, start: str, opens: str | None, warn: str, due: str
) -> None:
    at = berlin(start)
    assert opens_at(team, severity, start=at) == (berlin(opens) if opens else None)
    assert claim_warn_at(team, severity, start=at) == berlin(warn)
    assert claim_due_at(team, severity, start=at) == berlin(due)
    assert claim_due_at(team, severity, start=at).tzinfo is UTC


def test_minutes_left_do_not_count_the_night() -> None:
    now, due = berlin("2026-03-06T16:55"), berlin("2026-03-09T09:10")
    assert minutes_until(OFFICE, Severity.HIGH, due, now=now) == 15


def test_minutes_left_are_real_ones_when_the_hours_have_changed_since() -> None:
    now, due = berlin("2026-03-07T10:00"), berlin("2026-03-07T10:07")  # a Saturday that was open
    assert minutes_until(OFFICE, Severity.HIGH, due, now=now) == 7
