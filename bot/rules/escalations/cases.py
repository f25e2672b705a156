"""An escalation as it stands, one line of its timeline, and what each action makes of it. Pure: old in, new out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from bot.people import Person
from bot.rules.escalations.clocks import claim_due_at, opens_at
from bot.rules.escalations.drafts import Draft, Need
from bot.rules.escalations.outcomes import Resolution, ReturnReason
from bot.rules.escalations.states import NEXT, TOLD_AS, UNFINISHED, Action, EventKind, State
from bot.rules.escalations.words import ticket_key
from bot.rules.severities import Severity
from bot.rules.teams import Team

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Escalation:
    """One case. `channel` is where its card is; `clock_started_at` begins the wait that `claim_due_at` ends.

    `opens_at` is set while the team is closed, and the clock stands until then: it is when the team opens.
    `due_at` is the next time that matters, by which lists are sorted. `owner_id` is set if, and only if, it is claimed.
    `closed_by` resolved or withdrew it. `claim_late_at` is when this wait was found to be too long.
    """

    workspace_id: str
    id: int
    team_id: str
    channel: str
    version: int
    state: State
    draft: Draft
    raised_by: str
    raised_at: datetime
    changed_at: datetime
    clock_started_at: datetime
    claim_due_at: datetime
    due_at: datetime | None
    opens_at: datetime | None = None
    claim_late_at: datetime | None = None
    owner_id: str | None = None
    claimed_at: datetime | None = None
    reopened_count: int = 0
    returned_by: str | None = None
    return_reason: ReturnReason | None = None
    return_why: str = ""
    closed_by: str | None = None
    closed_at: datetime | None = None
    resolution: Resolution | None = None

    @property
    def severity(self) -> Severity:
        return Severity(self.draft.severity)

    @property
    def need(self) -> Need:
        return Need(self.draft.need)

    @property
    def ticket_key(self) -> str:
        return ticket_key(self.draft.ticket)

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline: what happened, who did it, from which state to which, why.

    `changes` keeps what was replaced: field → (old, new), so that nothing is ever edited away.
    """

    version: int
    at: datetime
    by: str
    kind: EventKind
    old: State | None
    new: State
    reason: str = ""
    why: str = ""
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A change that is allowed: the escalation after it, and its line in the timeline. Storage gives the version."""

    after: Escalation
    event: Event


def raised(person: Person, team: Team, draft: Draft, *, number: int, now: datetime) -> Step:
    """A new escalation, waiting for an owner."""
    severity = Severity(draft.severity)
    due = claim_due_at(team, severity, start=now)
    after = Escalation(
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
        claim_due_at=due,
        due_at=due,
        opens_at=opens_at(team, severity, start=now),
    )
    return Step(after, Event(1, now, person.id, EventKind.RAISED, None, State.OPEN))


def claimed(before: Escalation, person: Person, *, now: datetime) -> Step:
    after = replace(before, owner_id=person.id, claimed_at=now, due_at=before.draft.promise_by)
    return _step(before, after, Action.CLAIM, person, now)


def returned(
    before: Escalation, person: Person, reason: ReturnReason, why: str, *, now: datetime
) -> Step:
    after = replace(
        before,
        owner_id=None,
        due_at=before.draft.promise_by,
        returned_by=person.id,
        return_reason=reason,
        return_why=why,
    )
    return _step(before, after, Action.RETURN, person, now, reason=reason, why=why)


def resolved(before: Escalation, person: Person, outcome: Resolution, *, now: datetime) -> Step:
    after = replace(before, resolution=outcome)
    return _step(
        before,
        _closed(after, person, now),
        Action.RESOLVE,
        person,
        now,
        reason=outcome.decision,
        why=outcome.cause,
    )


def withdrawn(before: Escalation, person: Person, *, now: datetime) -> Step:
    return _step(before, _closed(before, person, now), Action.WITHDRAW, person, now)


def reopened(before: Escalation, person: Person, team: Team, why: str, *, now: datetime) -> Step:
    after = replace(
        _waiting_anew(before, team, now),
        reopened_count=before.reopened_count + 1,
        closed_by=None,
        closed_at=None,
        resolution=None,
    )
    return _step(before, after, Action.REOPEN, person, now, why=why)


def resubmitted(
    before: Escalation, person: Person, team: Team, draft: Draft, *, now: datetime
) -> Step:
    after = _waiting_anew(replace(before, draft=draft), team, now)
    after = replace(after, returned_by=None, return_reason=None, return_why="")
    changes = _changes(before.draft, draft)
    return _step(before, after, Action.RESUBMIT, person, now, changes=changes)


def clock_started(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """The team has opened and the clock runs: a fact for the timeline, not a change of state."""
    after = replace(before, opens_at=None, changed_at=now, version=before.version + 1)
    kind = EventKind.CLOCK_STARTED
    return Step(after, Event(after.version, now, clock.id, kind, before.state, before.state))


def found_late(before: Escalation, clock: Person, *, now: datetime) -> Step:
    """Nobody claimed it in time: a fact for the timeline, not a change of state."""
    after = replace(before, claim_late_at=now, changed_at=now, version=before.version + 1)
    event = Event(after.version, now, clock.id, EventKind.CLAIM_LATE, before.state, before.state)
    return Step(after, event)


def _closed(before: Escalation, person: Person, now: datetime) -> Escalation:
    return replace(before, owner_id=None, due_at=None, closed_by=person.id, closed_at=now)


def _waiting_anew(before: Escalation, team: Team, now: datetime) -> Escalation:
    """Open again without an owner, with a new clock: it is measured as a new wait."""
    due = claim_due_at(team, before.severity, start=now)
    return replace(
        before,
        owner_id=None,
        claimed_at=None,
        clock_started_at=now,
        claim_due_at=due,
        due_at=due,
        opens_at=opens_at(team, before.severity, start=now),
        claim_late_at=None,
    )


def _step(
    before: Escalation,
    after: Escalation,
    action: Action,
    person: Person,
    now: datetime,
    **told: Any,
) -> Step:
    state, version = NEXT[before.state, action], before.version + 1
    after = replace(after, state=state, version=version, changed_at=now)
    return Step(after, Event(version, now, person.id, TOLD_AS[action], before.state, state, **told))


def _changes(old: Draft, new: Draft) -> Changes:
    names = [one.name for one in fields(Draft)]
    return {
        name: (_as_json(getattr(old, name)), _as_json(getattr(new, name)))
        for name in names
        if getattr(old, name) != getattr(new, name)
    }


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
