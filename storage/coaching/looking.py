"""Who looked at somebody's notes: only while they could read them themselves, and never by themselves."""

from sqlalchemy import and_, func, select

from bot.rules.coaching import Look, LookKind
from bot.rules.coaching.kept import LookPage, LookSeen
from storage.coaching.lists import LIGHT, to_listed
from storage.coaching.rows import LookRow, NoteRow
from storage.database import Tx

OF_ITS_NOTE = and_(NoteRow.workspace_id == LookRow.workspace_id, NoteRow.id == LookRow.note_id)


async def looks_at(tx: Tx, agent_id: str, *, offset: int, limit: int) -> LookPage:
    """By others, at what was shared with this person at that time. The newest first."""
    shown = and_(
        LookRow.agent_id == agent_id,
        LookRow.person_id != agent_id,
        ~LookRow.was_private,
        NoteRow.shared_at.is_not(None),
    )
    asked = select(LookRow).join(NoteRow, OF_ITS_NOTE).where(shown)
    newest = asked.order_by(LookRow.at.desc(), LookRow.id).offset(offset).limit(limit)
    looks = [_to_look(row) for row in await tx.scalars(newest)]
    if not looks:
        return LookPage()
    found = await tx.execute(select(*LIGHT).where(NoteRow.id.in_({one.note_id for one in looks})))
    notes = {row.id: to_listed(row, ()) for row in found}
    counted = select(func.count()).select_from(LookRow).join(NoteRow, OF_ITS_NOTE).where(shown)
    total = await tx.scalar(counted) or 0
    return LookPage([LookSeen(one, notes[one.note_id]) for one in looks], total)


def _to_look(row: LookRow) -> Look:
    return Look(
        row.workspace_id,
        row.id,
        row.note_id,
        row.agent_id,
        row.person_id,
        row.at,
        LookKind(row.kind),
        row.was_private,
        row.export_id,
    )
