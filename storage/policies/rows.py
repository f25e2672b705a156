"""The table of policies."""

from logging import getLogger

from sqlalchemy import ForeignKeyConstraint, Index, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.rules.policies import Policy
from storage.base import Base, InWorkspace, Json
from storage.database import Tx, insert_rows
from storage.policies.bodies import from_json, to_json

log = getLogger(__name__)


class PolicyRow(InWorkspace, Base):
    __tablename__ = "policies"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    name: Mapped[str]
    body: Mapped[Json]
    """`storage/policies/bodies.py` says what is in it."""
    version: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"], ondelete="CASCADE"
        ),
        Index("ix_policies_team", "workspace_id", "team_id"),
    )


async def list_of_team(tx: Tx, team_id: str) -> list[Policy]:
    """By name. A row that cannot be read is left out, so that its cases climb by another policy and not by none."""
    rows = await tx.scalars(
        select(PolicyRow).where(PolicyRow.team_id == team_id).order_by(PolicyRow.name, PolicyRow.id)
    )
    return [policy for row in rows if (policy := _to_policy(row))]


async def find(tx: Tx, team_id: str, policy_id: str) -> Policy | None:
    row = await tx.scalar(
        select(PolicyRow).where(PolicyRow.id == policy_id, PolicyRow.team_id == team_id)
    )
    return _to_policy(row) if row else None


async def add(tx: Tx, policy: Policy) -> None:
    await insert_rows(
        tx,
        PolicyRow,
        {
            "id": policy.id,
            "team_id": policy.team_id,
            "name": policy.name,
            "body": to_json(policy),
            "version": 1,
        },
    )


async def change(tx: Tx, policy: Policy) -> bool:
    """Write it if it is still at `policy.version`; False if somebody changed it first, or took it out."""
    changed = (
        update(PolicyRow)
        .where(
            PolicyRow.id == policy.id,
            PolicyRow.team_id == policy.team_id,
            PolicyRow.version == policy.version,
        )
        .values(name=policy.name, body=to_json(policy), version=policy.version + 1)
        .returning(PolicyRow.id)
    )
    return await tx.scalar(changed) is not None


async def remove(tx: Tx, policy: Policy) -> bool:
    """Take it out, with its turns, if it is still at that version."""
    gone = (
        delete(PolicyRow)
        .where(PolicyRow.id == policy.id, PolicyRow.version == policy.version)
        .returning(PolicyRow.id)
    )
    return await tx.scalar(gone) is not None


def _to_policy(row: PolicyRow) -> Policy | None:
    try:
        fields = from_json(row.body)
    except ValueError:
        log.warning("The policy %s cannot be read and is left out", row.id)
        return None
    return Policy(
        workspace_id=row.workspace_id,
        id=row.id,
        team_id=row.team_id,
        name=row.name,
        version=row.version,
        **fields,
    )
