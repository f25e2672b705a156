"""How much is kept about one person, in every feature."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from bot.rules.coaching import CommitmentState, Promiser
from bot.rules.coaching.kept import Kept
from storage.absences import AbsenceRow
from storage.base import InWorkspace
from storage.coaching.rows import CommitmentRow, NoteRow
from storage.covers import CoverRow
from storage.database import Tx
from storage.escalations.rows import EscalationRow
from storage.exports import ExportRow
from storage.handovers.rows import ItemRow
from storage.kudos.rows import KudosRow, ReceiptRow
from storage.shifts.rows import OverrideRow, PatternPersonRow
from storage.standups.rows import BlockerRow, SeatRow


async def counts(tx: Tx, person_id: str) -> dict[Kept, int]:
    """Nothing that is private to somebody else is counted: of notes about this person, only what is shared with them."""
    found = {kept: await tx.scalar(asked) or 0 for kept, asked in _asked(person_id).items()}
    promised = [
        await tx.scalar(_promised(CommitmentRow.agent_id == person_id, Promiser.AGENT)) or 0,
        await tx.scalar(_promised(CommitmentRow.author_id == person_id, Promiser.LEAD)) or 0,
    ]
    return found | {Kept.COMMITMENTS: sum(promised)}


def _asked(who: str) -> Mapping[Kept, Select[int]]:
    return {
        Kept.SHIFTS: _of(PatternPersonRow, PatternPersonRow.person_id == who),
        Kept.SHIFT_CHANGES: _of(
            OverrideRow, or_(OverrideRow.person_id == who, OverrideRow.instead_of == who)
        ),
        Kept.ABSENCES: _of(AbsenceRow, AbsenceRow.person_id == who),
        Kept.COVERS: _of(CoverRow, or_(CoverRow.person_id == who, CoverRow.taken_by == who)),
        Kept.RAISED: _of(EscalationRow, EscalationRow.raised_by == who),
        Kept.OWNED: _of(EscalationRow, EscalationRow.owner_id == who),
        Kept.HANDED_OVER: _of(ItemRow, or_(ItemRow.giver_id == who, ItemRow.asked_id == who)),
        Kept.ANSWERS: _of(SeatRow, SeatRow.person_id == who, SeatRow.answered_at.is_not(None)),
        Kept.BLOCKERS: _of(BlockerRow, BlockerRow.person_id == who),
        Kept.SHARED_NOTES: _of(NoteRow, NoteRow.agent_id == who, NoteRow.shared_at.is_not(None)),
        Kept.WRITTEN_NOTES: _of(NoteRow, NoteRow.author_id == who),
        Kept.THANKS_GOT: _of(ReceiptRow, ReceiptRow.receiver_id == who, _stands()),
        Kept.THANKS_GIVEN: _of(KudosRow, KudosRow.giver_id == who, KudosRow.undone_at.is_(None)),
        Kept.FILES: _of(ExportRow, ExportRow.asked_by == who),
    }


def _of(row: type[InWorkspace], *where: Any) -> Select[int]:
    return select(func.count()).select_from(row).where(*where)


def _promised(is_theirs: Any, promiser: Promiser) -> Select[int]:
    row = CommitmentRow
    return _of(row, is_theirs, row.promiser == promiser, row.state != CommitmentState.PLANNED)


def _stands() -> Any:
    """Thanks that were not taken back."""
    same = and_(
        KudosRow.workspace_id == ReceiptRow.workspace_id, KudosRow.id == ReceiptRow.kudos_id
    )
    return select(KudosRow.id).where(same, KudosRow.undone_at.is_(None)).exists()
