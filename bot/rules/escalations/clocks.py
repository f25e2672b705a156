"""The clocks of a case: when somebody should have it, when its owner owes a word, when to warn, how late it is.

It counts the working time of the team's calendar, and nothing else counts: an hour at night is none.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.rules import calendars
from bot.rules.calendars import ALWAYS, Calendar, NeverOpen
from bot.rules.escalations.cases import Escalation
from bot.rules.severities import ANSWER_MINUTES, CLAIM_MINUTES, UPDATE_MINUTES, Severity
from bot.rules.teams import Team

WARN_AFTER = 0.75
MINUTE = timedelta(minutes=1)
HOUR = 60


def claim_minutes(team: Team, severity: Severity) -> int:
    return team.claim_minutes.get(severity, CLAIM_MINUTES[severity])


def update_minutes(team: Team, severity: Severity) -> int:
    return team.update_minutes.get(severity, UPDATE_MINUTES[severity])


def answer_minutes(team: Team, severity: Severity) -> int:
    return team.answer_minutes.get(severity, ANSWER_MINUTES[severity])


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


def asked_until(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """How long an owner who was asked for a word has, before the claim falls."""
    return _after(team, severity, answer_minutes(team, severity), start)


def try_again_at(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """When to look again after nobody at all could be reached: after another time to claim, and not more than once an hour."""
    return _after(team, severity, max(HOUR, claim_minutes(team, severity)), start)


def a_day_later(team: Team, severity: Severity, *, start: datetime) -> datetime:
    """The same time tomorrow, or when the team next opens after it."""
    tomorrow = start + timedelta(days=1)
    return opens_at(team, severity, start=tomorrow) or tomorrow


def with_claim_clock(
    case: Escalation, team: Team, *, now: datetime, step_at: datetime | None = None
) -> Escalation:
    """The case waits for an owner from now on: it is measured as a new wait, and the policy begins anew.

    The policy's first level is told at `step_at`, or when the clock starts if nothing is said.
    """
    opens = opens_at(team, case.severity, start=now)
    return replace(
        without_update_clock(case),
        owner_id=None,
        claimed_at=None,
        clock_started_at=now,
        opens_at=opens,
        claim_warn_at=claim_warn_at(team, case.severity, start=now),
        claim_due_at=claim_due_at(team, case.severity, start=now),
        claim_late_at=None,
        policy_id="",
        level=None,
        round=0,
        step_at=step_at or opens or now,
        remind_reporter_at=None,
    )


def without_claim_clock(case: Escalation) -> Escalation:
    """Nobody is waited for, and nobody else is told."""
    return replace(case, opens_at=None, claim_warn_at=None, step_at=None)


def with_update_clock(case: Escalation, team: Team, *, now: datetime) -> Escalation:
    """The owner owes the next word from now on."""
    due = partial(_after, team, case.severity)
    length = update_minutes(team, case.severity)
    return replace(
        without_update_clock(case),
        update_warn_at=due(length * WARN_AFTER, now),
        update_due_at=due(length, now),
    )


def without_update_clock(case: Escalation) -> Escalation:
    """The owner owes nothing now: the case has none, or waits for somebody else."""
    return replace(
        case,
        update_warn_at=None,
        update_due_at=None,
        update_late_at=None,
        falls_at=None,
        waiting_on=None,
        waiting_why="",
        waiting_since=None,
        waiting_until=None,
    )


def promise_warn_at(promise_by: datetime | None, *, start: datetime) -> datetime | None:
    """After three quarters of the real time until the promise: a customer's clock does not stop at night."""
    if promise_by is None or promise_by <= start:
        return None
    return start + (promise_by - start) * WARN_AFTER


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
