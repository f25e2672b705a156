"""What reports read: the cases that lived in a period, with their whole timelines, in two statements a batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.rules.escalations import Event
from bot.rules.reports import Fact
from bot.rules.spans import Span
from storage.base import table_of
from storage.database import Tx
from storage.escalations.rows import EscalationRow, EventRow, to_escalation, to_event

A_BATCH = 500


async def count_facts(tx: Tx, spans: Mapping[str, Span], *, most: int) -> int:
    """How many cases of these teams lived in their spans; no further than `most`."""
    lived = select(EscalationRow.id).where(_lived(spans)).limit(most).subquery()
    return await tx.scalar(select(func.count()).select_from(lived)) or 0


async def facts(
    tx: Tx, spans: Mapping[str, Span], *, before: int | None = None, limit: int = A_BATCH
) -> list[Fact]:
    """The next batch, the newest numbers first: those below `before`. `spans` says when each team's period is.

    A case lived in a span if it was raised before its end and was not closed before its beginning. That is more than
    what something happened to: what its clocks say may count although its timeline says nothing.
    """
    asked = select(*_CASE).where(_lived(spans))
    if before is not None:
        asked = asked.where(EscalationRow.id < before)
    found = await tx.execute(asked.order_by(EscalationRow.id.desc()).limit(limit))
    rows: Sequence[Any] = found.all()
    timelines = await _timelines(tx, [row.id for row in rows])
    return [Fact(to_escalation(row), timelines.get(row.id, [])) for row in rows]


async def _timelines(tx: Tx, ids: Sequence[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    if not ids:
        return found
    asked = select(*_EVENT).where(EventRow.escalation_id.in_(ids))
    row: Any
    for row in await tx.execute(asked.order_by(EventRow.escalation_id, EventRow.version)):
        found.setdefault(row.escalation_id, []).append(to_event(row))
    return found


def _lived(spans: Mapping[str, Span]) -> ColumnElement[bool]:
    """Teams with the same span together: there are few zones."""
    teams: dict[Span, list[str]] = {}
    for team_id, span in spans.items():
        teams.setdefault(span, []).append(team_id)
    return or_(
        *(
            and_(
                EscalationRow.team_id.in_(sorted(ids)),
                EscalationRow.raised_at < span.end,
                or_(EscalationRow.closed_at.is_(None), EscalationRow.closed_at >= span.start),
            )
            for span, ids in teams.items()
        )
    )


# Columns, and not objects: making objects that nobody changes takes twice as long.
_CASE = [getattr(EscalationRow, column.key) for column in table_of(EscalationRow).columns]
_EVENT = [getattr(EventRow, column.key) for column in table_of(EventRow).columns]
