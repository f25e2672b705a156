"""One thanks: from one person to one or several, for a reason, in the name of a value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNDO_FOR = timedelta(minutes=10)
REASON_MIN, REASON_MAX = 15, 500
MOST_RECEIVERS = 10


class Via(StrEnum):
    """How it was given."""

    COMMAND = "command"
    FORM = "form"
    REACTION = "reaction"
    ESCALATION = "escalation"
    COVER = "cover"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One of those who are thanked. `team_id` is the team by whose settings it counts: one that they are in."""

    receiver_id: str
    team_id: str


@dataclass(frozen=True, slots=True)
class Kudos:
    """`value` is one of the team's at that time, or empty for a reaction. `source` is the message (`channel:ts`) or the
    thing that it is about (`escalation:12`), if there is one. `reason` is empty only for a reaction.
    """

    workspace_id: str
    id: str
    giver_id: str
    receipts: tuple[Receipt, ...]
    value: str
    reason: str
    is_public: bool
    via: Via
    given_at: datetime
    source: str = ""
    undone_at: datetime | None = None

    @property
    def team_id(self) -> str:
        """The team of its first receiver."""
        return self.receipts[0].team_id if self.receipts else ""

    @property
    def raised_by(self) -> str:
        """Who gives stands where a case has who raised it."""
        return self.giver_id

    @property
    def owner_id(self) -> str | None:
        return None

    @property
    def receivers(self) -> tuple[str, ...]:
        return tuple(one.receiver_id for one in self.receipts)

    def may_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.given_at + UNDO_FOR


@dataclass(frozen=True, slots=True)
class Given:
    """One thanks as one receiver got it: what digests, walls and lists are made of."""

    kudos_id: str
    giver_id: str
    receiver_id: str
    team_id: str
    value: str
    reason: str
    is_public: bool
    via: Via
    given_at: datetime
