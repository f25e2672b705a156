"""The workspaces that Baton is installed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped

from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into


@dataclass(frozen=True, slots=True)
class Workspace:
    """`bot_user_id` is who Baton is there, so that it is never taken for a member of a team."""

    workspace_id: str
    name: str
    bot_user_id: str


class WorkspaceRow(InWorkspace, Base):
    __tablename__ = "workspaces"

    name: Mapped[str]
    bot_user_id: Mapped[str]


async def save(tx: Tx, *, name: str, bot_user_id: str) -> None:
    """Remember this transaction's workspace, or what it is called now."""
    statement = insert_into(tx, WorkspaceRow).values(
        workspace_id=tx.workspace_id, name=name, bot_user_id=bot_user_id
    )
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id"], set_={"name": name, "bot_user_id": bot_user_id}
        )
    )


async def find(tx: Tx) -> Workspace | None:
    row = await tx.scalar(select(WorkspaceRow))
    return row and Workspace(row.workspace_id, row.name, row.bot_user_id)


async def lock(tx: Tx) -> None:
    """Until the end of the transaction nobody else counts something up for the workspace as a whole. Lock it first of all."""
    await tx.scalar(select(WorkspaceRow.workspace_id).with_for_update(key_share=True))


async def everywhere(connection: AsyncConnection) -> Sequence[str]:
    """The ids of all workspaces."""
    return (await connection.scalars(select(WorkspaceRow.workspace_id))).all()
