"""The tables of escalations, and how a row becomes an escalation and back. Rows do not leave storage."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ForeignKeyConstraint,
    Index,
    bindparam,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from bot.rules.escalations import (
    UNFINISHED,
    Decision,
    Draft,
    Escalation,
    Event,
    EventKind,
    Rating,
    Resolution,
    ReturnReason,
    Solvable,
    State,
    Update,
    WaitingOn,
)
from bot.rules.escalations.stepping import DRAFT_FIELDS, OWN_FIELDS, as_json, flat
from storage.base import Base, InWorkspace, Json
from storage.teams import TeamRow, severity_names


class CounterRow(InWorkspace, Base):
    """The newest escalation's number in a workspace."""

    __tablename__ = "escalation_counters"

    last_id: Mapped[int]


class EscalationRow(InWorkspace, Base):
    __tablename__ = "escalations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    team_id: Mapped[str]
    channel: Mapped[str]
    version: Mapped[int]
    state: Mapped[str]
    summary: Mapped[str]
    ticket: Mapped[str]
    ticket_key: Mapped[str]
    customer: Mapped[str]
    severity: Mapped[str]
    category: Mapped[str]
    tried: Mapped[str]
    need: Mapped[str]
    promise: Mapped[str]
    promise_by: Mapped[datetime | None]
    source: Mapped[str]
    raised_by: Mapped[str]
    raised_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    clock_started_at: Mapped[datetime]
    claim_due_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    claim_warn_at: Mapped[datetime | None]
    claim_late_at: Mapped[datetime | None]
    policy_id: Mapped[str]
    level: Mapped[int | None]
    round: Mapped[int]
    step_at: Mapped[datetime | None]
    owner_id: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    update: Mapped[Json]
    updated_at: Mapped[datetime | None]
    update_due_at: Mapped[datetime | None]
    update_warn_at: Mapped[datetime | None]
    update_late_at: Mapped[datetime | None]
    falls_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    waiting_on: Mapped[str | None]
    waiting_why: Mapped[str]
    waiting_since: Mapped[datetime | None]
    waiting_until: Mapped[datetime | None]
    promise_warn_at: Mapped[datetime | None]
    promise_late_at: Mapped[datetime | None]
    reopened_count: Mapped[int]
    fallen_count: Mapped[int]
    returned_by: Mapped[str | None]
    return_reason: Mapped[str | None]
    return_why: Mapped[str]
    return_field: Mapped[str]
    remind_reporter_at: Mapped[datetime | None]
    followers: Mapped[list[str]]
    called: Mapped[list[str]]
    parent_id: Mapped[int | None]
    merged_into: Mapped[int | None]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    cause: Mapped[str | None]
    decision: Mapped[str | None]
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    solvable: Mapped[str | None]
    helped_by: Mapped[list[str]]
    rating: Mapped[str | None]
    severity_names: ClassVar[Any]
    """What its team calls the severities, read with each case, so that a card says it as the team does now."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        Index(
            "ix_escalations_unfinished",
            "workspace_id",
            "team_id",
            "ticket_key",
            postgresql_where=text("state IN ('open', 'claimed', 'waiting', 'returned')"),
            sqlite_where=text("state IN ('open', 'claimed', 'waiting', 'returned')"),
        ),
        Index(None, "workspace_id", "raised_by"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "parent_id"),
    )


EscalationRow.severity_names = column_property(
    select(TeamRow.severity_names)
    .where(TeamRow.workspace_id == EscalationRow.workspace_id, TeamRow.id == EscalationRow.team_id)
    .correlate_except(TeamRow)
    .scalar_subquery()
)


class EventRow(InWorkspace, Base):
    __tablename__ = "escalation_events"

    escalation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    kind: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str]
    reason: Mapped[str]
    why: Mapped[str]
    changes: Mapped[Json]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "escalation_id"], ["escalations.workspace_id", "escalations.id"]
        ),
    )


AS_JSON = ("update", "followers", "called", "helped_by")

# In the statement itself, so that the partial index above is recognised.
UNFINISHED_WRITTEN_OUT: BindParameter[Any] = bindparam(
    "unfinished", UNFINISHED, expanding=True, literal_execute=True
)


def values_of(escalation: Escalation) -> dict[str, Any]:
    """The columns of a row, but for the workspace."""
    values = flat(escalation)
    del values["workspace_id"]
    for name in AS_JSON:
        values[name] = as_json(values[name])
    return values | {"ticket_key": escalation.ticket_key}


def to_escalation(row: EscalationRow) -> Escalation:
    own = {name: getattr(row, name) for name in OWN_FIELDS}
    own |= {
        "state": State(row.state),
        "update": Update(**row.update),
        "waiting_on": WaitingOn(row.waiting_on) if row.waiting_on else None,
        "return_reason": ReturnReason(row.return_reason) if row.return_reason else None,
        "followers": frozenset(row.followers),
        "called": frozenset(row.called),
        "helped_by": tuple(row.helped_by),
        "rating": Rating(row.rating) if row.rating else None,
    }
    draft = Draft(**{name: getattr(row, name) for name in DRAFT_FIELDS})
    return Escalation(
        draft=draft,
        resolution=_to_resolution(row),
        severity_names=severity_names(row.severity_names or {}),
        **own,
    )


def _to_resolution(row: EscalationRow) -> Resolution | None:
    if not (row.decision and row.solvable):
        return None
    return Resolution(
        row.cause or "",
        Decision(row.decision),
        row.amount_minor,
        row.currency or "",
        Solvable(row.solvable),
    )


def to_event(row: EventRow) -> Event:
    return Event(
        version=row.version,
        at=row.at,
        by=row.by,
        kind=EventKind(row.kind),
        old=State(row.old) if row.old else None,
        new=State(row.new),
        reason=row.reason,
        why=row.why,
        changes={name: (pair[0], pair[1]) for name, pair in row.changes.items()},
    )
