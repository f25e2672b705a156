"""What the clock makes of a case: warned, late, fallen, woken, told to the next level. Facts for the timeline."""

from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.rules.escalations.cases import Escalation, Rung, Step
from bot.rules.escalations.clocks import (
    a_day_later,
    asked_until,
    with_claim_clock,
    with_update_clock,
)
from bot.rules.escalations.states import Action, EventKind, State
from bot.rules.escalations.stepping import acted, noted
from bot.rules.teams import Team


def clock_started(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """The team has opened and the clock runs."""
    return noted(before, replace(before, opens_at=None), EventKind.CLOCK_STARTED, clock, now)


def claim_warned(before: Escalation, clock: Person, *, now: datetime) -> Step:
    return noted(before, replace(before, claim_warn_at=None), EventKind.CLAIM_WARNED, clock, now)


def found_late(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """Nobody claimed it in time."""
    after = replace(before, claim_late_at=now, claim_warn_at=None)
    return noted(before, after, EventKind.CLAIM_LATE, clock, now)


def level_told(
    before: Escalation, by: Person, people: tuple[str, ...], rung: Rung, *, now: datetime
) -> Step:
    """A level of the policy was told; those people may claim it from now on."""
    after = replace(_on(before, rung), called=before.called | frozenset(people))
    told = f"{(rung.level or 0) + 1}:{','.join(people)}"
    return noted(before, after, EventKind.LEVEL_TOLD, by, now, reason=told)


def level_skipped(before: Escalation, by: Person, rung: Rung, *, now: datetime) -> Step:
    """Nobody of that level could be reached."""
    told = str((rung.level or 0) + 1)
    return noted(before, _on(before, rung), EventKind.LEVEL_SKIPPED, by, now, reason=told)


def level_put_off(before: Escalation, by: Person, rung: Rung, *, now: datetime) -> Step:
    """The team has closed meanwhile, and its policy waits until it opens."""
    return noted(before, _on(before, rung), EventKind.LEVEL_PUT_OFF, by, now)


def stepped(
    before: Escalation, person: Person, action: Action, rung: Rung, why: str, *, now: datetime
) -> Step:
    """Somebody sent it up or down by hand."""
    return acted(before, _on(before, rung), action, person, now, why=why)


def _on(before: Escalation, rung: Rung) -> Escalation:
    """With an owner the policy does not run, so that nothing follows by itself."""
    step_at = rung.step_at if before.state is State.OPEN else None
    return replace(
        before,
        policy_id=rung.policy_id,
        level=rung.level,
        round=rung.round,
        step_at=step_at,
    )


def update_warned(before: Escalation, clock: Person, *, now: datetime) -> Step:
    return noted(before, replace(before, update_warn_at=None), EventKind.UPDATE_WARNED, clock, now)


def update_late(before: Escalation, clock: Person, team: Team, *, now: datetime) -> Step:
    """No word in time: the owner is asked, and has a while to answer, counted from now."""
    falls = asked_until(team, before.severity, start=now)
    after = replace(before, update_late_at=now, update_warn_at=None, falls_at=falls)
    return noted(before, after, EventKind.UPDATE_LATE, clock, now)


def fell(
    before: Escalation, clock: Person, team: Team, *, now: datetime, step_at: datetime | None = None
) -> Step:
    """No answer either: it waits for an owner again, and the policy begins anew."""
    after = with_claim_clock(before, team, now=now, step_at=step_at)
    after = replace(after, state=State.OPEN, fallen_count=before.fallen_count + 1, remind_at=None)
    owner = before.owner_id or ""
    return noted(before, after, EventKind.FELL, clock, now, reason=owner)


def woke(before: Escalation, clock: Person, team: Team, *, now: datetime) -> Step:
    """The time of a wait is over: the owner goes on."""
    after = replace(with_update_clock(before, team, now=now), state=State.CLAIMED)
    return noted(before, after, EventKind.WOKE, clock, now)


def reminded(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """As the owner wished."""
    return noted(before, replace(before, remind_at=None), EventKind.REMINDED, clock, now)


def reporter_reminded(before: Escalation, clock: Person, team: Team, *, now: datetime) -> Step:
    """It is still with its reporter, who is asked again, and again after a day."""
    again = a_day_later(team, before.severity, start=now)
    after = replace(before, remind_reporter_at=again)
    return noted(before, after, EventKind.REPORTER_REMINDED, clock, now)


def promise_warned(before: Escalation, clock: Person, *, now: datetime) -> Step:
    after = replace(before, promise_warn_at=None)
    return noted(before, after, EventKind.PROMISE_WARNED, clock, now)


def promise_late(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """The customer was promised an answer by now, and the case is not resolved."""
    after = replace(before, promise_late_at=now, promise_warn_at=None)
    return noted(before, after, EventKind.PROMISE_LATE, clock, now)
