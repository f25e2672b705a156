"""Notes to the next shift: kept with the answer, brought to the next round, confirmed once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, delete, select, update

from bot.rules.standups import ShiftNote
from storage.database import Tx, insert_into
from storage.standups.converting import to_note
from storage.standups.rows import ShiftNoteRow


async def put_note(tx: Tx, note: ShiftNote) -> None:
    """Keep it, or its new words. Other words have to be confirmed anew."""
    values = {
        "team_id": note.team_id,
        "words": note.words,
        "said_at": note.said_at,
        "told_round_id": note.told_round_id,
        "confirmed_at": None,
        "confirmed_by": None,
    }
    key = {
        "workspace_id": tx.workspace_id,
        "round_id": note.round_id,
        "person_id": note.person_id,
    }
    statement = insert_into(tx, ShiftNoteRow).values(**key, **values)
    changed = statement.table.c.words != note.words
    await tx.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=values, where=changed)
    )


async def forget_note(tx: Tx, round_id: str, person_id: str) -> None:
    """They have taken it out of their answer."""
    await tx.execute(
        delete(ShiftNoteRow).where(
            ShiftNoteRow.round_id == round_id, ShiftNoteRow.person_id == person_id
        )
    )


async def unconfirmed_notes(tx: Tx, team_id: str, *, since: datetime) -> list[ShiftNote]:
    """What was said since then and nobody has confirmed, in order."""
    rows = await tx.scalars(
        select(ShiftNoteRow)
        .where(
            ShiftNoteRow.team_id == team_id,
            ShiftNoteRow.said_at >= since,
            ShiftNoteRow.confirmed_at.is_(None),
        )
        .order_by(ShiftNoteRow.said_at, ShiftNoteRow.person_id)
        .execution_options(populate_existing=True)
    )
    return [to_note(row) for row in rows]


async def tell_notes(tx: Tx, notes: Iterable[ShiftNote], round_id: str) -> None:
    """They were brought to this round."""
    for note in notes:
        await tx.execute(
            update(ShiftNoteRow)
            .where(ShiftNoteRow.round_id == note.round_id, ShiftNoteRow.person_id == note.person_id)
            .values(told_round_id=round_id)
            .execution_options(synchronize_session=False)
        )


async def notes_told_in(tx: Tx, round_id: str) -> list[ShiftNote]:
    """What was brought to this round, confirmed or not, in order."""
    rows = await tx.scalars(
        select(ShiftNoteRow)
        .where(ShiftNoteRow.told_round_id == round_id)
        .order_by(ShiftNoteRow.said_at, ShiftNoteRow.person_id)
        .execution_options(populate_existing=True)
    )
    return [to_note(row) for row in rows]


async def notes_around(tx: Tx, round_id: str) -> list[ShiftNote]:
    """What was said in this round for the next one, and what was brought to it, in order."""
    # Each half has an index of its own; asked for "one or the other", SQLite would read those of the whole workspace.
    key = (ShiftNoteRow.round_id, ShiftNoteRow.person_id)
    said = select(*key).where(ShiftNoteRow.round_id == round_id)
    brought = select(*key).where(ShiftNoteRow.told_round_id == round_id)
    wanted = said.union(brought).cte("wanted").prefix_with("MATERIALIZED")
    rows = await tx.scalars(
        select(ShiftNoteRow)
        .select_from(wanted)
        .join(
            ShiftNoteRow,
            and_(
                ShiftNoteRow.workspace_id == tx.workspace_id,
                ShiftNoteRow.round_id == wanted.c.round_id,
                ShiftNoteRow.person_id == wanted.c.person_id,
            ),
        )
        .order_by(ShiftNoteRow.said_at, ShiftNoteRow.person_id)
        .execution_options(populate_existing=True)
    )
    return [to_note(row) for row in rows]


async def confirm_notes(
    tx: Tx, told_round_id: str, person_id: str, *, now: datetime
) -> list[ShiftNote]:
    """Somebody has read what others left for this round. Returns what nobody had confirmed before."""
    confirmed = await tx.scalars(
        update(ShiftNoteRow)
        .where(
            ShiftNoteRow.told_round_id == told_round_id,
            ShiftNoteRow.person_id != person_id,
            ShiftNoteRow.confirmed_at.is_(None),
        )
        .values(confirmed_at=now, confirmed_by=person_id)
        .returning(ShiftNoteRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return [to_note(row) for row in confirmed]
