"""Which notes wait because of a dispute: for a decision, and for what its author was asked to add."""

from sqlalchemy import ColumnElement, exists, select

from bot.rules.coaching import EntryKind, Note, State, Verdict
from storage import teams
from storage.coaching.notes import to_note
from storage.coaching.rows import EntryRow, NoteRow
from storage.database import Tx


async def waiting_for_decision(tx: Tx, decider_id: str) -> list[Note]:
    """The disputed notes about which this person is asked to decide, the longest first."""
    return await _read(tx, NoteRow.decider_id == decider_id, NoteRow.state == State.DISPUTED)


async def waiting_for_amendment(tx: Tx, author_id: str) -> list[Note]:
    """The notes to which their author was asked to add something, and has not yet."""
    added = exists().where(
        EntryRow.workspace_id == NoteRow.workspace_id,
        EntryRow.note_id == NoteRow.id,
        EntryRow.kind == EntryKind.AMENDED,
        EntryRow.at >= NoteRow.decided_at,
    )
    return await _read(
        tx,
        NoteRow.author_id == author_id,
        NoteRow.state == State.DECIDED,
        NoteRow.verdict == Verdict.AMENDED,
        ~added,
    )


async def _read(tx: Tx, *where: ColumnElement[bool]) -> list[Note]:
    rows = (
        await tx.scalars(select(NoteRow).where(*where).order_by(NoteRow.disputed_at, NoteRow.id))
    ).all()
    chains = await teams.chains_of(tx, {row.team_id for row in rows})
    return [to_note(tx, row, chains[row.team_id]) for row in rows]
