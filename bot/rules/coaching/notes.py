"""A coaching note, its states, and what leads from one to another: one table, and nothing beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import Stale
from bot.people import Role
from bot.text import _

DISPUTE_FOR = timedelta(hours=48)
"""So long from the sharing the agent may dispute a note, not counting the time they are away."""


class Kind(StrEnum):
    PRAISE = "praise"
    IMPROVE = "improve"
    ONE_TO_ONE = "one_to_one"
    REVIEW = "review"


class Part(StrEnum):
    """What a note says: situation, behaviour and impact (SBI), or goal, reality, options and way forward (GROW)."""

    SITUATION = "situation"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"
    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WAY_FORWARD = "way_forward"


SBI = (Part.SITUATION, Part.BEHAVIOUR, Part.IMPACT)
GROW = (Part.GOAL, Part.REALITY, Part.OPTIONS, Part.WAY_FORWARD)
PARTS: Mapping[Kind, tuple[Part, ...]] = {
    Kind.PRAISE: SBI,
    Kind.IMPROVE: SBI,
    Kind.ONE_TO_ONE: GROW,
    Kind.REVIEW: SBI,
}


class Visibility(StrEnum):
    """Who may read it besides its author, once it is shared. What is private never is."""

    PRIVATE = "private"
    AGENT = "agent"
    CHAIN = "chain"


class State(StrEnum):
    """A private note stays a draft for as long as it lives. After sharing, a note is never changed: words are added to it."""

    DRAFT = "draft"
    SHARED = "shared"
    ACKNOWLEDGED = "acknowledged"
    DISPUTED = "disputed"
    DECIDED = "decided"
    CLOSED = "closed"


class Action(StrEnum):
    """What people do to a note. Words are added without changing its state."""

    EDIT = "edit"
    DISCARD = "discard"
    SHARE = "share"
    ACKNOWLEDGE = "acknowledge"
    DISPUTE = "dispute"
    DECIDE = "decide"
    ADD = "add"
    CLOSE = "close"


class Verdict(StrEnum):
    """How a dispute is decided."""

    STANDS = "stands"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"


LEADS_TO: Mapping[tuple[State, Action], State] = {
    (State.DRAFT, Action.EDIT): State.DRAFT,
    (State.DRAFT, Action.DISCARD): State.DRAFT,
    (State.DRAFT, Action.SHARE): State.SHARED,
    (State.SHARED, Action.ACKNOWLEDGE): State.ACKNOWLEDGED,
    (State.SHARED, Action.DISPUTE): State.DISPUTED,
    # Who has read a note in a hurry may still disagree, as long as the time for it lasts.
    (State.ACKNOWLEDGED, Action.DISPUTE): State.DISPUTED,
    (State.DISPUTED, Action.DECIDE): State.DECIDED,
    (State.ACKNOWLEDGED, Action.CLOSE): State.CLOSED,
    (State.DECIDED, Action.CLOSE): State.CLOSED,
    **{
        (state, Action.ADD): state
        for state in (State.SHARED, State.ACKNOWLEDGED, State.DISPUTED, State.DECIDED)
    },
}
CHANGED = _("This note has changed meanwhile. Please look at it again.")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a note is about: a link, a ticket, or a case of Baton's own (`case` is its number)."""

    label: str
    url: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What a note says. It is sealed as a whole."""

    parts: Mapping[Part, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who would coach and somebody who would be coached, as a thing that permissions are about.

    `agent_roles` is what that person is in the team; `chain` are the ids of the team and the departments above it.
    """

    workspace_id: str
    team_id: str
    author_id: str
    agent_id: str
    agent_roles: frozenset[Role] = frozenset()
    chain: tuple[str, ...] = ()

    @property
    def raised_by(self) -> str:
        return self.author_id

    @property
    def owner_id(self) -> str | None:
        return self.agent_id


@dataclass(frozen=True, slots=True)
class Note:
    """Times are UTC; `follow_up_on` is a day of the author. `skill` is one of the team's, or empty.

    `dispute_until` is set when it is shared. `version` counts the edits of a draft. `topic` is the category of the
    escalations that a draft was made from, if any. `chain` is as in `Pair`, as it is now.
    """

    workspace_id: str
    id: str
    team_id: str
    author_id: str
    agent_id: str
    kind: Kind
    visibility: Visibility
    written_at: datetime
    body: Body = field(default_factory=Body)
    skill: str = ""
    topic: str = ""
    follow_up_on: date | None = None
    followed_up_at: datetime | None = None
    state: State = State.DRAFT
    version: int = 1
    edited_at: datetime | None = None
    shared_at: datetime | None = None
    dispute_until: datetime | None = None
    acknowledged_at: datetime | None = None
    has_comment: bool = False
    disputed_at: datetime | None = None
    decider_id: str | None = None
    decided_at: datetime | None = None
    verdict: Verdict | None = None
    closed_at: datetime | None = None
    chain: tuple[str, ...] = ()

    @property
    def raised_by(self) -> str:
        """Its author stands where a case has who raised it."""
        return self.author_id

    @property
    def owner_id(self) -> str | None:
        """Whom it is about stands where a case has its owner."""
        return self.agent_id

    @property
    def is_shared(self) -> bool:
        return self.state is not State.DRAFT

    @property
    def is_shared_with_chain(self) -> bool:
        return self.is_shared and self.visibility is Visibility.CHAIN


def check(action: Action, note: Note) -> State:
    """The state that follows. Raises Stale if the note is no longer where this can be done."""
    state = LEADS_TO.get((note.state, action))
    if state is None:
        raise Stale(CHANGED)
    return state
