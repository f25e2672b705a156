"""Whose turn it is in the rounds of a policy, and who is in the user groups that policies name."""

from collections.abc import Iterable

from sqlalchemy import ForeignKeyConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.rules.teams import Group
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into


class TurnRow(InWorkspace, Base):
    """When somebody was last chosen by a policy: the higher the number, the later."""

    __tablename__ = "policy_turns"

    policy_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "policy_id"],
            ["policies.workspace_id", "policies.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
        ),
    )


class PolicyGroupRow(InWorkspace, Base):
    """A user group that a policy names or named, with those who are in it now."""

    __tablename__ = "policy_groups"

    usergroup_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    people: Mapped[list[str]]


async def turns(tx: Tx, policy_id: str) -> dict[str, int]:
    """When each person was last chosen; who never was is left out."""
    found = await tx.execute(
        select(TurnRow.person_id, TurnRow.turn).where(TurnRow.policy_id == policy_id)
    )
    return {row.person_id: row.turn for row in found}


async def take_turn(tx: Tx, policy_id: str, person_id: str, seen: dict[str, int]) -> bool:
    """Note that this person was chosen; False if their turn is no longer as it was `seen`: then choose again."""
    turn = max(seen.values(), default=0) + 1
    if person_id in seen:
        taken = (
            update(TurnRow)
            .where(
                TurnRow.policy_id == policy_id,
                TurnRow.person_id == person_id,
                TurnRow.turn == seen[person_id],
            )
            .values(turn=turn)
            .returning(TurnRow.person_id)
        )
        return await tx.scalar(taken) is not None
    first = insert_into(tx, TurnRow).values(
        workspace_id=tx.workspace_id, policy_id=policy_id, person_id=person_id, turn=turn
    )
    returned = first.on_conflict_do_nothing().returning(first.table.c.person_id)
    return await tx.scalar(returned) is not None


async def groups(tx: Tx, group_ids: Iterable[str]) -> dict[str, Group]:
    """What is known of these user groups; of one that was never asked about, nothing."""
    rows = await tx.scalars(
        select(PolicyGroupRow).where(PolicyGroupRow.usergroup_id.in_(list(group_ids)))
    )
    return {row.usergroup_id: Group(row.usergroup_id, row.name, tuple(row.people)) for row in rows}


async def is_group_named(tx: Tx, usergroup_id: str) -> bool:
    return bool(await groups(tx, [usergroup_id]))


async def put_group(tx: Tx, group: Group) -> None:
    """Remember a user group and who is in it, in place of what was known."""
    values = {"name": group.name, "people": sorted(group.members)}
    statement = insert_into(tx, PolicyGroupRow).values(
        workspace_id=tx.workspace_id, usergroup_id=group.id, **values
    )
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "usergroup_id"], set_=values
        )
    )


async def refill_group(tx: Tx, group: Group) -> None:
    """Exactly these are in the user group now. Nothing if no policy ever named it."""
    await tx.execute(
        update(PolicyGroupRow)
        .where(PolicyGroupRow.usergroup_id == group.id)
        .values(people=sorted(group.members))
    )
