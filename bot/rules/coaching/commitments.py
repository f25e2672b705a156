"""What somebody promised in a coaching note: the agent, or the lead, each with a day by which it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Stale
from bot.text import _

MOST_OF_AGENT = 2
MOST_OF_LEAD = 1


class Promiser(StrEnum):
    """Whose promise it is."""

    AGENT = "agent"
    LEAD = "lead"


class CommitmentState(StrEnum):
    """Planned belongs to a draft and reminds nobody. Carried over goes on as another commitment, in a later note."""

    PLANNED = "planned"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    CARRIED = "carried"


class CommitmentAction(StrEnum):
    BEGIN = "begin"
    FINISH = "finish"
    REOPEN = "reopen"
    DROP = "drop"
    CARRY = "carry"


LEADS_TO: Mapping[tuple[CommitmentState, CommitmentAction], CommitmentState] = {
    (CommitmentState.PLANNED, CommitmentAction.BEGIN): CommitmentState.OPEN,
    (CommitmentState.OPEN, CommitmentAction.FINISH): CommitmentState.DONE,
    (CommitmentState.OPEN, CommitmentAction.DROP): CommitmentState.DROPPED,
    (CommitmentState.OPEN, CommitmentAction.CARRY): CommitmentState.CARRIED,
    (CommitmentState.DONE, CommitmentAction.REOPEN): CommitmentState.OPEN,
}
SETTLED = _("This commitment is settled already. Please look at the note again.")


@dataclass(frozen=True, slots=True)
class Commitment:
    """`due_on` is a day of whoever promised. `words` are sealed at rest.

    `carried_from` is the commitment of an earlier note that goes on in this one. `chain` is as in `Note`.
    """

    workspace_id: str
    id: str
    note_id: str
    team_id: str
    author_id: str
    agent_id: str
    promiser: Promiser
    words: str
    due_on: date
    state: CommitmentState = CommitmentState.PLANNED
    carried_from: str | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    chain: tuple[str, ...] = ()

    @property
    def promised_by(self) -> str:
        """The id of whoever promised."""
        return self.agent_id if self.promiser is Promiser.AGENT else self.author_id

    @property
    def raised_by(self) -> str:
        """The author of its note stands where a case has who raised it."""
        return self.author_id

    @property
    def owner_id(self) -> str | None:
        """Who promised stands where a case has its owner."""
        return self.promised_by

    @property
    def is_open(self) -> bool:
        return self.state is CommitmentState.OPEN

    def is_overdue(self, today: date) -> bool:
        """On the day itself there is still time."""
        return self.is_open and self.due_on < today


def check(action: CommitmentAction, commitment: Commitment) -> CommitmentState:
    """The state that follows. Raises Stale if it is settled already."""
    state = LEADS_TO.get((commitment.state, action))
    if state is None:
        raise Stale(SETTLED)
    return state
