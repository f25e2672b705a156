"""How a change becomes a line of the timeline: everything that differs is kept, so that the timeline replays to the case."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.people import Person
from bot.rules.escalations.cases import Changes, Escalation, Event, Step
from bot.rules.escalations.drafts import Draft
from bot.rules.escalations.outcomes import Resolution
from bot.rules.escalations.states import NEXT, TOLD_AS, Action, EventKind, State

BY_ITSELF = frozenset({"workspace_id", "version", "changed_at"})
"""What every change moves, and what none does."""

APART = frozenset({"draft", "resolution", "severity_names"})
OWN_FIELDS = tuple(one.name for one in fields(Escalation) if one.name not in APART)
DRAFT_FIELDS = tuple(one.name for one in fields(Draft))
RESOLUTION_FIELDS = tuple(one.name for one in fields(Resolution))


def acted(
    before: Escalation,
    after: Escalation,
    action: Action,
    person: Person,
    now: datetime,
    **told: Any,
) -> Step:
    """What somebody did: the state follows from the table."""
    after = replace(after, state=NEXT[before.state, action])
    return noted(before, after, TOLD_AS[action], person, now, **told)


def noted(
    before: Escalation,
    after: Escalation,
    kind: EventKind,
    by: Person,
    now: datetime,
    *,
    reason: str = "",
    why: str = "",
) -> Step:
    """The same for what is in no table of states: the clock's own doing, and what follows from another case."""
    after = replace(after, version=before.version + 1, changed_at=now, due_at=due_at(after))
    changes = _changes(before, after)
    event = Event(after.version, now, by.id, kind, before.state, after.state, reason, why, changes)
    return Step(after, event)


def due_at(escalation: Escalation) -> datetime | None:
    """The next time that matters: who has it owes a word or an answer by then; None once it is closed."""
    promise = escalation.draft.promise_by
    times = {
        State.OPEN: (escalation.claim_due_at,),
        State.CLAIMED: (escalation.update_due_at, promise),
        State.WAITING: (escalation.waiting_until, promise),
        State.RETURNED: (promise,),
    }
    return min((one for one in times.get(escalation.state, ()) if one), default=None)


def flat(escalation: Escalation) -> dict[str, Any]:
    """Every field by name, with those of its draft and its resolution beside its own."""
    outcome = escalation.resolution
    return {
        **{name: getattr(escalation, name) for name in OWN_FIELDS},
        **{name: getattr(escalation.draft, name) for name in DRAFT_FIELDS},
        **{name: outcome and getattr(outcome, name) for name in RESOLUTION_FIELDS},
    }


def as_kept(escalation: Escalation) -> dict[str, Any]:
    """How it stands, as JSON: what a replay of its timeline must come to."""
    return {
        name: as_json(value) for name, value in flat(escalation).items() if name not in BY_ITSELF
    }


def replayed(beginning: Mapping[str, Any], events: Iterable[Event]) -> dict[str, Any]:
    """What the timeline says of the case, from `as_kept` when it was raised."""
    found = dict(beginning)
    for event in events:
        found |= {name: new for name, (_old, new) in event.changes.items()}
    return found


def as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value


def _changes(before: Escalation, after: Escalation) -> Changes:
    old, new = flat(before), flat(after)
    return {
        name: (as_json(old[name]), as_json(new[name]))
        for name in new
        if name not in BY_ITSELF and new[name] != old[name]
    }
