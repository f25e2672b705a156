"""Waiting, updates, falling claims, the policy's steps and followers of an escalation; a team's other clocks and its budget."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.base import Utc

revision = "0007"
down_revision = "0006"

INDEX = "ix_escalations_unfinished"
BEFORE = sa.text("state IN ('open', 'claimed', 'returned')")
AFTER = sa.text("state IN ('open', 'claimed', 'waiting', 'returned')")

TIMES = (
    *("claim_warn_at", "step_at", "updated_at", "update_due_at", "update_warn_at", "update_late_at", "falls_at"),
    *("remind_at", "waiting_since", "waiting_until", "promise_warn_at", "promise_late_at", "remind_reporter_at"),
)  # fmt: skip
LISTS = ("followers", "called", "helped_by")
TEXTS = ("waiting_why", "return_field", "policy_id")
MAYBE_TEXTS = ("waiting_on", "rating")
COUNTS = ("round", "fallen_count")
MAYBE_COUNTS = ("level", "parent_id", "merged_into")
OF_TEAMS = ("update_minutes", "answer_minutes", "severity_names")
NEW_TIMERS = [
    f"escalation.{name}"
    for name in (
        *("policy_step", "update_warning", "update_breach", "claim_fall", "wake_up", "reminder"),
        *("reporter_reminder", "promise_warning", "promise_breach"),
    )
]


def upgrade() -> None:
    """What is unfinished has its alarms in the timers already, which go on; a claimed case gets a clock with its next word."""
    for column in _columns():
        op.add_column("escalations", column)
    op.create_index(
        op.f("ix_escalations_workspace_id_parent_id"), "escalations", ["workspace_id", "parent_id"]
    )
    _index_again(AFTER)
    for name in OF_TEAMS:
        op.add_column("teams", sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("teams", sa.Column("budget_minor", sa.BigInteger(), nullable=True))
    currency = sa.Column("budget_currency", sa.String(), nullable=False, server_default="")
    op.add_column("teams", currency)
    _keep_warnings()
    _start_policies()


def downgrade() -> None:
    """A case that waits is claimed again, and one that was merged withdrawn: there is no other word for it."""
    op.execute(sa.delete(TIMERS).where(TIMERS.c.kind.in_(NEW_TIMERS)))
    for name in ("budget_currency", "budget_minor", *OF_TEAMS):
        op.drop_column("teams", name)
    cases = sa.table("escalations", sa.column("state"))
    for state, known in (("waiting", "claimed"), ("merged", "withdrawn")):
        op.execute(sa.update(cases).where(cases.c.state == state).values(state=known))
    _index_again(BEFORE)
    op.drop_index(op.f("ix_escalations_workspace_id_parent_id"), "escalations")
    for column in _columns():
        op.drop_column("escalations", column.name)


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("update", sa.JSON(), nullable=False, server_default="{}"),
        *[sa.Column(name, Utc(timezone=True), nullable=True) for name in TIMES],
        *[sa.Column(name, sa.JSON(), nullable=False, server_default="[]") for name in LISTS],
        *[sa.Column(name, sa.String(), nullable=False, server_default="") for name in TEXTS],
        *[sa.Column(name, sa.String(), nullable=True) for name in MAYBE_TEXTS],
        *[sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTS],
        *[sa.Column(name, sa.Integer(), nullable=True) for name in MAYBE_COUNTS],
    ]


def _index_again(unfinished: sa.TextClause) -> None:
    op.drop_index(INDEX, "escalations")
    op.create_index(
        INDEX,
        "escalations",
        ["workspace_id", "team_id", "ticket_key"],
        postgresql_where=unfinished,
        sqlite_where=unfinished,
    )


TIMERS = sa.table(
    "timers",
    *[sa.column(name) for name in ("workspace_id", "kind", "subject", "step", "attempts")],
    sa.column("due_at", Utc(timezone=True)),
    sa.column("not_before", Utc(timezone=True)),
)
CASES = sa.table(
    "escalations",
    *[sa.column(name) for name in ("workspace_id", "id", "state")],
    *[sa.column(name, Utc(timezone=True)) for name in ("claim_due_at", "claim_warn_at", "step_at")],
)


def _keep_warnings() -> None:
    """A warning that is still to come is read off the case from now on: the timer says when it is due."""
    connection = op.get_bind()
    waiting = sa.select(TIMERS).where(TIMERS.c.kind == "escalation.claim_warning")
    for row in connection.execute(waiting).mappings().all():
        here = (CASES.c.workspace_id == row["workspace_id"]) & (CASES.c.id == int(row["subject"]))
        connection.execute(sa.update(CASES).where(here).values(claim_warn_at=row["due_at"]))


def _start_policies() -> None:
    """What nobody has claimed begins to climb when its time is over, or at once if it is."""
    connection = op.get_bind()
    unclaimed = CASES.c.state == "open"
    for row in connection.execute(sa.select(CASES).where(unclaimed)).mappings().all():
        due = row["claim_due_at"]
        timer = {"kind": "escalation.policy_step", "subject": str(row["id"]), "step": ""}
        times = {"due_at": due, "not_before": due, "attempts": 0}
        connection.execute(
            sa.insert(TIMERS).values(workspace_id=row["workspace_id"], **timer, **times)
        )
    op.execute(sa.update(CASES).where(unclaimed).values(step_at=CASES.c.claim_due_at))
