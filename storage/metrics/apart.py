"""Names that two people share: in one team a written name can be somebody else's than everywhere else.

A fact keeps the name as its source wrote it. Which person of that name it means is looked up when its day is rolled up, by
the fact's team; what is rolled up already is called anew in the same transaction. So it does not matter when names were
told apart: before the files came, between them, or after.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from bot.rules.metrics.look.named import Named
from bot.rules.metrics.store.slices import PERSON
from storage.base import new_id
from storage.database import Tx, insert_into
from storage.metrics import facts, imports
from storage.metrics.rows import NameRow, RollupRow, StaleDayRow


async def split(tx: Tx, name: Named, team_id: str, person_id: str, *, by: str) -> str | None:
    """In this team the name is another one from now on, and always was. Its id; None if that is so already."""
    await _keep_others_out(tx)
    name_id = new_id()
    statement = insert_into(tx, NameRow).values(
        workspace_id=tx.workspace_id,
        id=name_id,
        name=name.name,
        name_key=select(NameRow.name_key).where(NameRow.id == name.id).scalar_subquery(),
        team_id=team_id,
        person_id=person_id,
        linked_by=by,
    )
    added = await tx.scalar(statement.on_conflict_do_nothing().returning(NameRow.id))
    if added is None:
        return None
    await _call(tx, team_id, name.id, name_id)
    return name_id


async def join(tx: Tx, name: Named) -> str | None:
    """It is the same name as everywhere again. The id of that; None if it is so already."""
    await _keep_others_out(tx)
    whole = await find_whole(tx, name)
    gone = await tx.scalar(
        delete(NameRow)
        .where(NameRow.id == name.id, NameRow.team_id == name.team_id, NameRow.team_id != "")
        .returning(NameRow.id)
        .execution_options(synchronize_session=False)
    )
    if gone is None or whole is None:
        return None
    await _call(tx, name.team_id, name.id, whole)
    return whole


async def find_whole(tx: Tx, name: Named) -> str | None:
    """The id of the name as it is everywhere else."""
    own, whole = aliased(NameRow), aliased(NameRow)
    asked = (
        select(whole.id)
        .join(own, (own.workspace_id == whole.workspace_id) & (own.name_key == whole.name_key))
        .where(own.id == name.id, whole.team_id == "")
    )
    found: str | None = await tx.scalar(asked)
    return found


async def _keep_others_out(tx: Tx) -> None:
    """Until the end of the transaction nothing else changes which facts hold, and no day that is being rolled up is written."""
    await imports.change_feeds(tx)
    await facts.mark_stale(tx, await tx.scalars(select(StaleDayRow.day)))


async def _call(tx: Tx, team_id: str, before: str, after: str) -> None:
    """What is rolled up of this team under one name is another name's."""
    await tx.execute(
        update(RollupRow)
        .where(RollupRow.team_id == team_id, RollupRow.slice == PERSON, RollupRow.member == before)
        .values(member=after)
        .execution_options(synchronize_session=False)
    )
