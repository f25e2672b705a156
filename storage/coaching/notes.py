"""Coaching notes: written, read and changed, with their words sealed on the way in and opened on the way out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.errors import Refused
from bot.rules.coaching import Kind, Note, State, Verdict, Visibility
from bot.text import _
from storage import keys, teams
from storage.coaching.bodies import to_body, to_text
from storage.coaching.rows import CommitmentRow, NoteRow
from storage.database import Tx, insert_rows

GONE = _("This note is gone.")
TABLE = NoteRow.__tablename__


async def add(tx: Tx, note: Note, *, now: datetime) -> None:
    """A new draft. Raises Refused if there is no key to seal it with."""
    await keys.remember(tx, now=now)
    fixed = {
        "id": note.id,
        "team_id": note.team_id,
        "author_id": note.author_id,
        "agent_id": note.agent_id,
        "written_at": note.written_at,
        "version": note.version,
    }
    await insert_rows(tx, NoteRow, fixed | _values(tx, note))


async def change(tx: Tx, note: Note, *, before: Note, now: datetime) -> Note | None:
    """Write the note if it is still as it was `before`, and return it; None if somebody was first."""
    await keys.remember(tx, now=now)
    changed = await tx.scalar(
        update(NoteRow)
        .where(
            NoteRow.id == note.id,
            NoteRow.state == before.state,
            NoteRow.version == before.version,
        )
        .values(version=before.version + 1, **_values(tx, note))
        .returning(NoteRow.id)
        .execution_options(synchronize_session=False)
    )
    return await get(tx, note.id) if changed else None


async def discard(tx: Tx, note: Note) -> bool:
    """Throw a draft away, with what was planned in it. False if it is none any more."""
    await tx.execute(
        delete(CommitmentRow)
        .where(CommitmentRow.note_id == note.id, CommitmentRow.state == "planned")
        .execution_options(synchronize_session=False)
    )
    gone = await tx.scalar(
        delete(NoteRow)
        .where(NoteRow.id == note.id, NoteRow.state == State.DRAFT)
        .returning(NoteRow.id)
        .execution_options(synchronize_session=False)
    )
    return gone is not None


async def get(tx: Tx, note_id: str) -> Note:
    """Raises Refused if there is no such note."""
    note = await find(tx, note_id)
    if note is None:
        raise Refused(GONE)
    return note


async def find(tx: Tx, note_id: str) -> Note | None:
    """As it is now, whatever this transaction saw before."""
    row = await tx.scalar(
        select(NoteRow).where(NoteRow.id == note_id).execution_options(populate_existing=True)
    )
    if row is None:
        return None
    return to_note(tx, row, await teams.chain_of(tx, row.team_id))


async def lock(tx: Tx, note_id: str) -> None:
    """Until the end of the transaction nobody else changes this note or its commitments. Lock it before them."""
    await tx.scalar(select(NoteRow.id).where(NoteRow.id == note_id).with_for_update())


def to_note(tx: Tx, row: NoteRow, chain: tuple[str, ...]) -> Note:
    """The note of a row, opened. Raises CannotOpen."""
    text = keys.unseal(tx, TABLE, "body", row.id, row.body)
    return Note(
        row.workspace_id,
        row.id,
        row.team_id,
        row.author_id,
        row.agent_id,
        Kind(row.kind),
        Visibility(row.visibility),
        row.written_at,
        body=to_body(text),
        skill=row.skill,
        topic=row.topic,
        follow_up_on=date.fromisoformat(row.follow_up_on) if row.follow_up_on else None,
        followed_up_at=row.followed_up_at,
        state=State(row.state),
        version=row.version,
        edited_at=row.edited_at,
        shared_at=row.shared_at,
        dispute_until=row.dispute_until,
        acknowledged_at=row.acknowledged_at,
        has_comment=row.has_comment,
        disputed_at=row.disputed_at,
        decider_id=row.decider_id,
        decided_at=row.decided_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        closed_at=row.closed_at,
        chain=chain,
    )


def _values(tx: Tx, note: Note) -> dict[str, Any]:
    return {
        "kind": note.kind.value,
        "visibility": note.visibility.value,
        "state": note.state.value,
        "skill": note.skill,
        "topic": note.topic,
        "body": keys.seal(tx, TABLE, "body", note.id, to_text(note.body)),
        "edited_at": note.edited_at,
        "follow_up_on": note.follow_up_on.isoformat() if note.follow_up_on else None,
        "followed_up_at": note.followed_up_at,
        "shared_at": note.shared_at,
        "dispute_until": note.dispute_until,
        "acknowledged_at": note.acknowledged_at,
        "has_comment": note.has_comment,
        "disputed_at": note.disputed_at,
        "decider_id": note.decider_id,
        "decided_at": note.decided_at,
        "verdict": note.verdict.value if note.verdict else None,
        "closed_at": note.closed_at,
    }
