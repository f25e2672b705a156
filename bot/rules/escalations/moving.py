"""What people make of a case from its beginning to its end: raised, claimed, returned, resolved, reopened. Old in, new out."""

from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.rules.escalations.cases import Escalation, Event, Origin, Rating, Step
from bot.rules.escalations.clocks import (
    a_day_later,
    promise_warn_at,
    with_claim_clock,
    with_update_clock,
    without_claim_clock,
    without_update_clock,
)
from bot.rules.escalations.drafts import Draft
from bot.rules.escalations.outcomes import Resolution, Returning, ReturnReason
from bot.rules.escalations.states import Action, EventKind, State
from bot.rules.escalations.stepping import acted
from bot.rules.teams import Team


def raised(
    person: Person,
    team: Team,
    draft: Draft,
    *,
    number: int,
    now: datetime,
    step_at: datetime | None = None,
    parent_id: int | None = None,
) -> Step:
    """A new escalation, waiting for an owner. `step_at` is when the policy's first level is told."""
    bare = Escalation(
        workspace_id=person.workspace_id,
        id=number,
        team_id=team.id,
        channel=team.leads_channel,
        version=1,
        state=State.OPEN,
        draft=draft,
        raised_by=person.id,
        raised_at=now,
        changed_at=now,
        clock_started_at=now,
        claim_due_at=now,
        due_at=None,
        promise_warn_at=promise_warn_at(draft.promise_by, start=now),
        parent_id=parent_id,
    )
    after = with_claim_clock(bare, team, now=now, step_at=step_at)
    after = replace(after, due_at=after.claim_due_at)
    return Step(after, Event(1, now, person.id, EventKind.RAISED, None, State.OPEN))


def came_up(raising: Step, origin: Origin) -> Step:
    """The same, and its first line says where it came up."""
    return replace(raising, event=replace(raising.event, reason=origin.packed()))


def claimed(before: Escalation, person: Person, team: Team, *, now: datetime) -> Step:
    after = replace(without_claim_clock(before), owner_id=person.id, claimed_at=now)
    return acted(before, with_update_clock(after, team, now=now), Action.CLAIM, person, now)


def returned(
    before: Escalation, person: Person, team: Team, returning: Returning, *, now: datetime
) -> Step:
    """Back to the reporter, who is reminded after a day."""
    reason, why = ReturnReason(returning.reason), returning.why
    after = replace(
        _ownerless(before),
        returned_by=person.id,
        return_reason=reason,
        return_why=why,
        return_field=returning.missing_field,
        remind_reporter_at=a_day_later(team, before.severity, start=now),
    )
    return acted(before, after, Action.RETURN, person, now, reason=reason, why=why)


def resolved(
    before: Escalation,
    person: Person,
    outcome: Resolution,
    *,
    now: datetime,
    helped_by: tuple[str, ...] = (),
) -> Step:
    """`helped_by` made it easier; they may be thanked later."""
    after = replace(_closed(before, person, now), resolution=outcome, helped_by=helped_by)
    told = {"reason": outcome.decision, "why": outcome.cause}
    return acted(before, after, Action.RESOLVE, person, now, **told)


def withdrawn(before: Escalation, person: Person, *, now: datetime) -> Step:
    return acted(before, _closed(before, person, now), Action.WITHDRAW, person, now)


def merged(before: Escalation, person: Person, into: int, *, now: datetime) -> Step:
    """It goes on as another case."""
    after = replace(_closed(before, person, now), merged_into=into)
    return acted(before, after, Action.MERGE, person, now, reason=str(into))


def reopened(
    before: Escalation,
    person: Person,
    team: Team,
    why: str,
    *,
    now: datetime,
    step_at: datetime | None = None,
) -> Step:
    after = replace(
        with_claim_clock(before, team, now=now, step_at=step_at),
        reopened_count=before.reopened_count + 1,
        closed_by=None,
        closed_at=None,
        resolution=None,
        helped_by=(),
        rating=None,
        merged_into=None,
        returned_by=None,
        return_reason=None,
        return_why="",
        return_field="",
    )
    return acted(before, after, Action.REOPEN, person, now, why=why)


def resubmitted(
    before: Escalation,
    person: Person,
    team: Team,
    draft: Draft,
    *,
    now: datetime,
    step_at: datetime | None = None,
) -> Step:
    after = with_claim_clock(replace(before, draft=draft), team, now=now, step_at=step_at)
    after = replace(after, returned_by=None, return_reason=None, return_why="", return_field="")
    if draft.promise_by != before.draft.promise_by:
        warn = promise_warn_at(draft.promise_by, start=now)
        after = replace(after, promise_warn_at=warn, promise_late_at=None)
    return acted(before, after, Action.RESUBMIT, person, now)


def rated(before: Escalation, person: Person, rating: Rating, *, now: datetime) -> Step:
    """What the reporter says of the help."""
    return acted(before, replace(before, rating=rating), Action.RATE, person, now, reason=rating)


def _ownerless(before: Escalation) -> Escalation:
    bare = without_update_clock(without_claim_clock(before))
    return replace(bare, owner_id=None, claimed_at=None, remind_at=None)


def _closed(before: Escalation, person: Person, now: datetime) -> Escalation:
    bare = replace(_ownerless(before), remind_reporter_at=None, promise_warn_at=None)
    return replace(bare, closed_by=person.id, closed_at=now)
