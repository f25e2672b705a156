"""Which notes wait because of a dispute: for a decision, and for what its author was asked to add; and until when there may be one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update

from bot.rules.coaching import EntryKind, Note, State, Verdict
from storage import teams
from storage.coaching.notes import to_note
from storage.coaching.rows import EntryRow, NoteRow
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Disputable:
    """A note that is shared and not disputed: since when, and until when there is time for it."""

    note_id: str
    shared_at: datetime
    until: datetime


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


async def disputable_of(tx: Tx, agent_id: str, *, since: datetime) -> list[Disputable]:
    """The notes that this person could dispute if there is time, of those that were shared since then."""
    asked = select(NoteRow.id, NoteRow.shared_at, NoteRow.dispute_until).where(
        NoteRow.agent_id == agent_id,
        NoteRow.state.in_([State.SHARED, State.ACKNOWLEDGED]),
        NoteRow.shared_at > since,
    )
    found = await tx.execute(asked.order_by(NoteRow.id))
    return [Disputable(note_id, at, until) for note_id, at, until in found if at and until]


async def prolong(tx: Tx, note_id: str, *, until: datetime) -> None:
    """There is time to dispute it until then; never less than before. Its words are not touched."""
    await tx.execute(
        update(NoteRow)
        .where(NoteRow.id == note_id, NoteRow.dispute_until < until)
        .values(dispute_until=until, version=NoteRow.version + 1)
        .execution_options(synchronize_session=False)
    )
