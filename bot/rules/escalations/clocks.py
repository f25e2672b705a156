"""The time-to-claim clock: when it runs, when somebody should have a case, when to warn, how late it is.

It counts the working time of the team's calendar, and nothing else counts: an hour at night is none.
"""

from datetime import UTC, datetime, timedelta

from bot.rules import calendars
from bot.rules.calendars import ALWAYS, Calendar, NeverOpen
from bot.rules.severities import CLAIM_MINUTES, Severity
from bot.rules.teams import Team

WARN_AFTER = 0.75
MINUTE = timedelta(minutes=1)


def claim_minutes(team: Team, severity: Severity) -> int:
    return team.claim_minutes.get(severity, CLAIM_MINUTES[severity])


def calendar_of(team: Team, severity: Severity) -> Calendar:
    """By which calendar a case of this severity is counted: critical ones around the clock if the team says so."""
    if severity is Severity.CRITICAL and team.hours.critical_always:
        return ALWAYS
    return team.calendar


def claim_due_at(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """When an escalation should have an owner."""
    return _after(team, severity, claim_minutes(team, severity), start)


def claim_warn_at(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """When to say that time runs out: after three quarters of it."""
    return _after(team, severity, claim_minutes(team, severity) * WARN_AFTER, start)


def opens_at(team: Team, severity: Severity, *, start: datetime) -> datetime | None:
    """When the clock begins to run, if the team is closed at `start`; None if it runs at once."""
    try:
        opening = calendars.next_opening(calendar_of(team, severity), start)
    except NeverOpen:
        return None
    return opening if opening > start else None


def minutes_until(team: Team, severity: Severity, due_at: datetime, *, now: datetime) -> int:
    """Whole minutes of working time still left, at least 1: “0 minutes left” helps nobody.

    Real minutes if the team no longer works before `due_at`, since its hours were others when the case was given its time.
    """
    left = calendars.working_time_between(calendar_of(team, severity), now, due_at)
    return max(1, (left or due_at - now) // MINUTE)


def minutes_late(due_at: datetime, *, now: datetime) -> int:
    """Whole minutes past the due time; 0 when it fires in time."""
    return max(0, (now - due_at) // MINUTE)


def _after(team: Team, severity: Severity, minutes: float, start: datetime) -> datetime:
    """Around the clock if the calendar has no such time: a case that is never due would be forgotten."""
    try:
        return calendars.due(calendar_of(team, severity), start, minutes)
    except NeverOpen:
        return start.astimezone(UTC) + minutes * MINUTE
