"""The states of an escalation and what leads from one to another: one table, and nothing beside it."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Open waits for an owner; claimed has exactly one; returned waits for its reporter; the others are closed."""

    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What a person can do to an escalation that exists."""

    CLAIM = "claim"
    RETURN = "return"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"


class EventKind(StrEnum):
    """What a line of the timeline reports."""

    RAISED = "raised"
    CLAIMED = "claimed"
    RETURNED = "returned"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    RESUBMITTED = "resubmitted"
    WITHDRAWN = "withdrawn"
    CLOCK_STARTED = "clock_started"
    CLAIM_LATE = "claim_late"


NEXT: Mapping[tuple[State, Action], State] = {
    (State.OPEN, Action.CLAIM): State.CLAIMED,
    (State.OPEN, Action.RETURN): State.RETURNED,
    (State.OPEN, Action.WITHDRAW): State.WITHDRAWN,
    (State.CLAIMED, Action.RETURN): State.RETURNED,
    (State.CLAIMED, Action.RESOLVE): State.RESOLVED,
    (State.RETURNED, Action.RESUBMIT): State.OPEN,
    (State.RETURNED, Action.WITHDRAW): State.WITHDRAWN,
    (State.RESOLVED, Action.REOPEN): State.OPEN,
    (State.WITHDRAWN, Action.REOPEN): State.OPEN,
}

UNFINISHED = (State.OPEN, State.CLAIMED, State.RETURNED)

TOLD_AS: Mapping[Action, EventKind] = {
    Action.CLAIM: EventKind.CLAIMED,
    Action.RETURN: EventKind.RETURNED,
    Action.RESOLVE: EventKind.RESOLVED,
    Action.REOPEN: EventKind.REOPENED,
    Action.RESUBMIT: EventKind.RESUBMITTED,
    Action.WITHDRAW: EventKind.WITHDRAWN,
}
