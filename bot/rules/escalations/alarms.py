"""What is to happen to a case by itself, and when: read off the case as it stands, so that no alarm outlives its reason."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bot.rules.escalations.cases import Escalation
from bot.rules.escalations.states import UNFINISHED, State


class Alarm(StrEnum):
    """Each is the kind of a timer. What it means is in the services, under the same name."""

    CLAIM_START = "escalation.claim_start"
    CLAIM_WARNING = "escalation.claim_warning"
    CLAIM_BREACH = "escalation.claim_breach"
    POLICY_STEP = "escalation.policy_step"
    UPDATE_WARNING = "escalation.update_warning"
    UPDATE_BREACH = "escalation.update_breach"
    CLAIM_FALL = "escalation.claim_fall"
    WAKE_UP = "escalation.wake_up"
    REMINDER = "escalation.reminder"
    REPORTER_REMINDER = "escalation.reporter_reminder"
    PROMISE_WARNING = "escalation.promise_warning"
    PROMISE_BREACH = "escalation.promise_breach"


def alarms(case: Escalation) -> Mapping[Alarm, datetime]:
    """When each alarm is due. An alarm that has gone off leaves a mark on the case, and is not here any more."""
    found = dict(_of_state(case))
    if case.state in UNFINISHED:
        found |= _of_promise(case)
    return {alarm: at for alarm, at in found.items() if at}


def is_due(case: Escalation, alarm: str, due_at: datetime, now: datetime) -> bool:
    """Whether an alarm that was set for this time is still wanted, and it is that time."""
    return alarms(case).get(Alarm(alarm)) == due_at <= now


def _of_state(case: Escalation) -> Mapping[Alarm, datetime | None]:
    if case.state is State.OPEN:
        return {
            Alarm.CLAIM_START: case.opens_at,
            Alarm.CLAIM_WARNING: case.claim_warn_at,
            Alarm.CLAIM_BREACH: None if case.claim_late_at else case.claim_due_at,
            Alarm.POLICY_STEP: case.step_at,
        }
    if case.state is State.CLAIMED:
        return {
            Alarm.UPDATE_WARNING: case.update_warn_at,
            Alarm.UPDATE_BREACH: None if case.update_late_at else case.update_due_at,
            Alarm.CLAIM_FALL: case.falls_at,
            Alarm.REMINDER: case.remind_at,
        }
    if case.state is State.WAITING:
        return {Alarm.WAKE_UP: case.waiting_until, Alarm.REMINDER: case.remind_at}
    if case.state is State.RETURNED:
        return {Alarm.REPORTER_REMINDER: case.remind_reporter_at}
    return {}


def _of_promise(case: Escalation) -> Mapping[Alarm, datetime | None]:
    """A promise that was past before this wait began was kept or missed in an earlier one."""
    promise = case.draft.promise_by
    is_ahead = promise and not case.promise_late_at and promise > case.clock_started_at
    return {
        Alarm.PROMISE_WARNING: case.promise_warn_at,
        Alarm.PROMISE_BREACH: promise if is_ahead else None,
    }
