"""An escalation as it stands, one line of its timeline, and the change that leads to it. Nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.rules.escalations.drafts import Draft, Need
from bot.rules.escalations.outcomes import Resolution, ReturnReason
from bot.rules.escalations.states import UNFINISHED, EventKind, State
from bot.rules.escalations.words import ticket_key
from bot.rules.severities import Severity

Changes = Mapping[str, tuple[Any, Any]]


class WaitingOn(StrEnum):
    """For whom a case with an owner waits. Its clock stands meanwhile."""

    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    DEPARTMENT = "department"


class Rating(StrEnum):
    """What the reporter says of the help."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Update:
    """The owner's newest word: how it stands, what is being done, what is needed. Empty before the first."""

    conditions: str = ""
    actions: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """For whom a case is to wait, why, and until when: then the owner is called back."""

    on: WaitingOn
    why: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a case stands on a policy: the level that was told last, in which round, and when the next one is.

    `policy_id` is empty for the default policy.
    """

    level: int | None
    round: int
    step_at: datetime | None
    policy_id: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """One case. `channel` is where its card is. All times are aware.

    `owner_id` is set if, and only if, it is claimed or waiting. `due_at` is the next time that matters, by which lists are
    sorted. `closed_by` resolved, withdrew or merged it. `called` were told by the policy and may claim it; `followers` asked
    for news. `parent_id` is the case of another team that waits for this one.

    Clocks: `clock_started_at` begins the wait for an owner that `claim_due_at` ends; it stands until `opens_at` while the team
    is closed. `policy_id`, `level` and `round` say what was told last (None: nothing yet), and `step_at` is when the next level
    is. While claimed, `update_due_at` is when the next word is due; unanswered, the claim falls at `falls_at`. A `…_late_at`
    is when something was found to be late; a `…_warn_at` is still to come, and None once it is past.

    `severity_names` are the team's own words as they are now: no part of the case, and not kept with it.
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
    claim_warn_at: datetime | None = None
    claim_late_at: datetime | None = None
    policy_id: str = ""
    level: int | None = None
    round: int = 0
    step_at: datetime | None = None
    owner_id: str | None = None
    claimed_at: datetime | None = None
    update: Update = field(default_factory=Update)
    updated_at: datetime | None = None
    update_due_at: datetime | None = None
    update_warn_at: datetime | None = None
    update_late_at: datetime | None = None
    falls_at: datetime | None = None
    remind_at: datetime | None = None
    waiting_on: WaitingOn | None = None
    waiting_why: str = ""
    waiting_since: datetime | None = None
    waiting_until: datetime | None = None
    promise_warn_at: datetime | None = None
    promise_late_at: datetime | None = None
    reopened_count: int = 0
    fallen_count: int = 0
    returned_by: str | None = None
    return_reason: ReturnReason | None = None
    return_why: str = ""
    return_field: str = ""
    remind_reporter_at: datetime | None = None
    followers: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    parent_id: int | None = None
    merged_into: int | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    resolution: Resolution | None = None
    helped_by: tuple[str, ...] = ()
    rating: Rating | None = None
    severity_names: Mapping[Severity, str] = field(default_factory=dict, compare=False)

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
class Origin:
    """The stand-up in which somebody said what became a case: its name, and whom it blocks; or an alert, with nobody."""

    standup: str
    person_id: str

    def packed(self) -> str:
        """As the reason of the timeline's first line."""
        return f"{self.person_id}:{self.standup}"


def origin_of(raised: "Event") -> Origin | None:
    """Where a case came up, by the first line of its timeline; None for one that was simply raised."""
    person_id, colon, standup = raised.reason.partition(":")
    return Origin(standup, person_id) if colon else None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline: what happened, who did it, from which state to which, why.

    `changes` keeps what was replaced: field → (old, new) as JSON, so that nothing is ever edited away, and the case as it
    stands is its beginning with every change since.
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
