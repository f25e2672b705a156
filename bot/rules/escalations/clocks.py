"""The time-to-claim clock: when somebody should have a case, when to warn, how late it is.

Minutes run around the clock for now; a team's business calendar will come in here, and nowhere else.
"""

from datetime import UTC, datetime, timedelta

from bot.rules.severities import CLAIM_MINUTES, Severity
from bot.rules.teams import Team

WARN_AFTER = 0.75
MINUTE = timedelta(minutes=1)


def claim_minutes(team: Team, severity: Severity) -> int:
    return team.claim_minutes.get(severity, CLAIM_MINUTES[severity])


def claim_due_at(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """When an escalation should have an owner, counted in real minutes: a local clock may jump in between."""
    return start.astimezone(UTC) + claim_minutes(team, severity) * MINUTE


def warn_at(*, start: datetime, due_at: datetime) -> datetime:
    """When to say that time runs out: after three quarters of it."""
    return start + (due_at - start) * WARN_AFTER


def minutes_until(moment: datetime, *, now: datetime) -> int:
    """Whole minutes still left, at least 1: “0 minutes left” helps nobody."""
    return max(1, (moment - now) // MINUTE)


def minutes_late(due_at: datetime, *, now: datetime) -> int:
    """Whole minutes past the due time; 0 when it fires in time."""
    return max(0, (now - due_at) // MINUTE)
