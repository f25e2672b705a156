"""The states of an escalation and what leads from one to another: one table, and nothing beside it."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Open waits for an owner; claimed and waiting have exactly one; returned waits for its reporter; the others are closed."""

    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    RETURNED = "returned"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Action(StrEnum):
    """What a person can do to an escalation that exists."""

    CLAIM = "claim"
    RETURN = "return"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    WAIT = "wait"
    RESUME = "resume"
    UPDATE = "update"
    KEEP = "keep"
    RELEASE = "release"
    ASSIGN = "assign"
    ASK_DEPARTMENT = "ask_department"
    CHANGE_SEVERITY = "change_severity"
    MOVE = "move"
    MERGE = "merge"
    ESCALATE = "escalate"
    DEESCALATE = "deescalate"
    FOLLOW = "follow"
    NOTE = "note"
    RATE = "rate"


class EventKind(StrEnum):
    """What a line of the timeline reports."""

    RAISED = "raised"
    CLAIMED = "claimed"
    RETURNED = "returned"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    RESUBMITTED = "resubmitted"
    WITHDRAWN = "withdrawn"
    WAITED = "waited"
    RESUMED = "resumed"
    UPDATED = "updated"
    KEPT = "kept"
    RELEASED = "released"
    ASSIGNED = "assigned"
    DEPARTMENT_ASKED = "department_asked"
    DEPARTMENT_ANSWERED = "department_answered"
    SEVERITY_CHANGED = "severity_changed"
    MOVED = "moved"
    MERGED = "merged"
    TOOK_IN = "took_in"
    LET_GO = "let_go"
    HUNG_ON = "hung_on"
    ASKED_BY = "asked_by"
    ASKER_CLOSED = "asker_closed"
    ESCALATED = "escalated"
    DEESCALATED = "deescalated"
    FOLLOWED = "followed"
    NOTED = "noted"
    RATED = "rated"
    CLOCK_STARTED = "clock_started"
    CLAIM_WARNED = "claim_warned"
    CLAIM_LATE = "claim_late"
    LEVEL_TOLD = "level_told"
    LEVEL_SKIPPED = "level_skipped"
    LEVEL_PUT_OFF = "level_put_off"
    UPDATE_WARNED = "update_warned"
    UPDATE_LATE = "update_late"
    FELL = "fell"
    WOKE = "woke"
    REMINDED = "reminded"
    PROMISE_WARNED = "promise_warned"
    PROMISE_LATE = "promise_late"
    REPORTER_REMINDED = "reporter_reminded"


OPEN, CLAIMED, WAITING, RETURNED, RESOLVED, WITHDRAWN, MERGED = State

UNFINISHED = (OPEN, CLAIMED, WAITING, RETURNED)
OWNED = (CLAIMED, WAITING)
CLOSED = (RESOLVED, WITHDRAWN, MERGED)


def _alike(action: Action, *states: State) -> dict[tuple[State, Action], State]:
    """An action that leaves the state as it is."""
    return {(state, action): state for state in states}


NEXT: Mapping[tuple[State, Action], State] = {
    (OPEN, Action.CLAIM): CLAIMED,
    (OPEN, Action.RETURN): RETURNED,
    (OPEN, Action.WITHDRAW): WITHDRAWN,
    (CLAIMED, Action.RETURN): RETURNED,
    (CLAIMED, Action.RESOLVE): RESOLVED,
    (CLAIMED, Action.WAIT): WAITING,
    (CLAIMED, Action.ASK_DEPARTMENT): WAITING,
    (CLAIMED, Action.RELEASE): OPEN,
    (WAITING, Action.RETURN): RETURNED,
    (WAITING, Action.RESOLVE): RESOLVED,
    (WAITING, Action.WAIT): WAITING,
    (WAITING, Action.RESUME): CLAIMED,
    (WAITING, Action.ASK_DEPARTMENT): WAITING,
    (WAITING, Action.RELEASE): OPEN,
    (RETURNED, Action.RESUBMIT): OPEN,
    (RETURNED, Action.WITHDRAW): WITHDRAWN,
    **{(state, Action.REOPEN): OPEN for state in CLOSED},
    **{(state, Action.MOVE): OPEN for state in UNFINISHED},
    **{(state, Action.MERGE): MERGED for state in UNFINISHED},
    (OPEN, Action.ASSIGN): CLAIMED,
    **_alike(Action.ASSIGN, *OWNED),
    **_alike(Action.UPDATE, *OWNED),
    **_alike(Action.KEEP, CLAIMED),
    **_alike(Action.CHANGE_SEVERITY, *UNFINISHED),
    **_alike(Action.ESCALATE, *UNFINISHED),
    **_alike(Action.DEESCALATE, *UNFINISHED),
    **_alike(Action.FOLLOW, *UNFINISHED, RESOLVED),
    **_alike(Action.NOTE, *UNFINISHED, RESOLVED, WITHDRAWN),
    **_alike(Action.RATE, RESOLVED),
}

TOLD_AS: Mapping[Action, EventKind] = {
    Action.CLAIM: EventKind.CLAIMED,
    Action.RETURN: EventKind.RETURNED,
    Action.RESOLVE: EventKind.RESOLVED,
    Action.REOPEN: EventKind.REOPENED,
    Action.RESUBMIT: EventKind.RESUBMITTED,
    Action.WITHDRAW: EventKind.WITHDRAWN,
    Action.WAIT: EventKind.WAITED,
    Action.RESUME: EventKind.RESUMED,
    Action.UPDATE: EventKind.UPDATED,
    Action.KEEP: EventKind.KEPT,
    Action.RELEASE: EventKind.RELEASED,
    Action.ASSIGN: EventKind.ASSIGNED,
    Action.ASK_DEPARTMENT: EventKind.DEPARTMENT_ASKED,
    Action.CHANGE_SEVERITY: EventKind.SEVERITY_CHANGED,
    Action.MOVE: EventKind.MOVED,
    Action.MERGE: EventKind.MERGED,
    Action.ESCALATE: EventKind.ESCALATED,
    Action.DEESCALATE: EventKind.DEESCALATED,
    Action.FOLLOW: EventKind.FOLLOWED,
    Action.NOTE: EventKind.NOTED,
    Action.RATE: EventKind.RATED,
}
