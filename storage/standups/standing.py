"""Blockers with the cases that they became: for a summary, for a list in pages, and for one case."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.rules.standups import Standing
from storage.database import Tx
from storage.escalations.rows import EscalationRow, to_escalation
from storage.standups.blockers import OF_CASE, SETTLED, STANDS
from storage.standups.converting import to_blocker
from storage.standups.rows import BlockerRow


async def standing_around(
    tx: Tx, team_id: str, round_id: str, *, since: datetime, until: datetime, limit: int
) -> list[Standing]:
    """What stood in the team's way at some time between, and all that was first said in this round; the oldest first."""
    stood = and_(
        BlockerRow.raised_at < until,
        or_(BlockerRow.closed_at.is_(None), BlockerRow.closed_at >= since),
        or_(
            EscalationRow.state.is_(None),
            EscalationRow.state.not_in(SETTLED),
            EscalationRow.closed_at >= since,
        ),
    )
    asked = _with_cases(BlockerRow.team_id == team_id, or_(BlockerRow.round_id == round_id, stood))
    return await _read(tx, asked.order_by(BlockerRow.raised_at, BlockerRow.id).limit(limit))


async def list_standing(
    tx: Tx, team_ids: Iterable[str], concerning: str = "", *, limit: int, offset: int = 0
) -> list[Standing]:
    """What stands in these teams' way, the oldest first; with `concerning`, what somebody said or looks after."""
    asked = _with_cases(*_stands(team_ids, concerning))
    asked = asked.order_by(BlockerRow.raised_at, BlockerRow.id)
    return await _read(tx, asked.limit(limit).offset(offset))


async def count_standing(tx: Tx, team_ids: Iterable[str], concerning: str = "") -> int:
    """How long the whole of that list is."""
    asked = (
        select(func.count())
        .select_from(BlockerRow)
        .outerjoin(EscalationRow, OF_CASE)
        .where(*_stands(team_ids, concerning))
    )
    return await tx.scalar(asked) or 0


async def find_standing(tx: Tx, blocker_id: str) -> Standing | None:
    found = await _read(tx, _with_cases(BlockerRow.id == blocker_id))
    return found[0] if found else None


async def standing_of_case(tx: Tx, case_number: int) -> list[Standing]:
    """What became this case."""
    return await _read(tx, _with_cases(BlockerRow.case_number == case_number))


def _stands(team_ids: Iterable[str], concerning: str) -> Sequence[ColumnElement[bool]]:
    found = [BlockerRow.team_id.in_(list(team_ids)), STANDS]
    if concerning:
        found.append(or_(BlockerRow.person_id == concerning, BlockerRow.taken_by == concerning))
    return found


def _with_cases(*where: ColumnElement[bool]) -> Select[BlockerRow, EscalationRow]:
    return (
        select(BlockerRow, EscalationRow)
        .outerjoin(EscalationRow, OF_CASE)
        .where(*where)
        .execution_options(populate_existing=True)
    )


async def _read(tx: Tx, asked: Select[BlockerRow, EscalationRow]) -> list[Standing]:
    return [
        Standing(to_blocker(row), to_escalation(case) if case else None)
        for row, case in await tx.execute(asked)
    ]
