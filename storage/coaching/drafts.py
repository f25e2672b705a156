"""Drafts of coaching notes: what somebody has written and shared with nobody, private notes among them."""

from sqlalchemy import select

from bot.rules.coaching import Note, State
from storage import teams
from storage.coaching.notes import to_note
from storage.coaching.rows import NoteRow
from storage.database import Tx


async def drafts_of(tx: Tx, author_id: str, *, limit: int | None = None) -> list[Note]:
    """The newest first."""
    asked = (
        select(NoteRow)
        .where(NoteRow.author_id == author_id, NoteRow.state == State.DRAFT)
        .order_by(NoteRow.written_at.desc(), NoteRow.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    rows = list(await tx.scalars(asked))
    chains = await teams.chains_of(tx, {row.team_id for row in rows})
    return [to_note(tx, row, chains[row.team_id]) for row in rows]
