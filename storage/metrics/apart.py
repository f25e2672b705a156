"""What a written name is in one team alone: somebody else than everywhere else, or lines that are another team's.

A fact keeps its name and team as they came. Whose it is, is looked up when its day is rolled up; what is rolled up already
is called anew, or rolled up once more, by the transaction that says so. So it does not matter when it was said: before the
files came, between them, or after.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from bot.rules.metrics.look.named import Named
from bot.rules.metrics.store.slices import PERSON
from storage.base import new_id
from storage.database import Tx, insert_into
from storage.metrics import facts, imports, names
from storage.metrics.rows import NameRow, RollupRow, StaleDayRow


async def split(tx: Tx, name: Named, team_id: str, person_id: str, *, by: str) -> str | None:
    """In this team the name is another one from now on, and always was. Its id; None if that is so already."""
    await _keep_others_out(tx)
    added = await _add(tx, name, team_id, person_id=person_id, by=by)
    if added:
        await _call(tx, team_id, name.id, added)
    return added


async def _add(
    tx: Tx, name: Named, team_id: str, *, person_id: str = "", counts_for: str = "", by: str
) -> str | None:
    name_id = new_id()
    statement = insert_into(tx, NameRow).values(
        workspace_id=tx.workspace_id,
        id=name_id,
        name=name.name,
        name_key=select(NameRow.name_key).where(NameRow.id == name.id).scalar_subquery(),
        team_id=team_id,
        counts_for=counts_for,
        person_id=person_id,
        linked_by=by,
    )
    added: str | None = await tx.scalar(statement.on_conflict_do_nothing().returning(NameRow.id))
    return added


async def move(tx: Tx, name: Named, team_id: str, to: str, *, by: str) -> bool:
    """The lines of this name that are this team's count for another one, always. False if something was said already."""
    await _keep_others_out(tx)
    if await _add(tx, name, team_id, counts_for=to, by=by) is None:
        return False
    await _count_anew(tx, team_id, name.id)
    return True


async def join(tx: Tx, name: Named) -> str | None:
    """It is the same name as everywhere again, and its own team's. The id of that; None if it is so already."""
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
    if name.counts_for:
        there = (await names.parting(tx)).own.get((name.counts_for, whole))
        await _count_anew(tx, name.counts_for, whole, *([there.id] if there else []))
    else:
        await _call(tx, name.team_id, name.id, whole)
    return whole


async def moved(tx: Tx, team_id: str) -> list[Named]:
    """The names whose lines of this team count for another one, by name."""
    asked = select(NameRow).where(NameRow.team_id == team_id, NameRow.counts_for != "")
    rows = await tx.scalars(
        asked.order_by(NameRow.name_key).execution_options(populate_existing=True)
    )
    return [names.to_named(row) for row in rows]


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


async def _count_anew(tx: Tx, team_id: str, *name_ids: str) -> None:
    """The days on which this team has any of these names."""
    asked = select(RollupRow.day).where(
        RollupRow.team_id == team_id, RollupRow.slice == PERSON, RollupRow.member.in_(name_ids)
    )
    await facts.mark_stale(tx, await tx.scalars(asked.distinct()))
