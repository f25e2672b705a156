"""What reports read: the cases that lived in a period, with their whole timelines, bounded by the period."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from bot.rules.escalations import Event
from bot.rules.reports import Fact
from bot.rules.spans import Span
from storage.base import table_of
from storage.database import Tx
from storage.escalations.rows import EscalationRow, EventRow, to_escalation, to_event

A_BATCH = 100
"""So few that whoever else is served need not wait while they are decoded."""


async def fact_ids(tx: Tx, spans: Mapping[str, Span], *, most: int) -> list[int]:
    """The cases of these teams that lived in their spans, the newest first, and no more than `most`.

    A case lived in a span if it was raised before its end and was not closed before its beginning. That is more than
    what something happened to: what its clocks say may count although its timeline says nothing.
    """
    asked = select(EscalationRow.id).where(_lived(spans))
    return list(await tx.scalars(asked.order_by(EscalationRow.id.desc()).limit(most)))


async def facts(tx: Tx, ids: Sequence[int]) -> list[Fact]:
    """These cases with their timelines, in this order. One that is no more is left out."""
    asked = select(*_CASE).where(EscalationRow.id.in_(ids))
    rows: dict[int, Any] = {row.id: row for row in await tx.execute(asked)}
    timelines = await _timelines(tx, ids)
    return [Fact(to_escalation(rows[one]), timelines.get(one, [])) for one in ids if one in rows]


async def _timelines(tx: Tx, ids: Sequence[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
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
_CASE = [
    *(getattr(EscalationRow, column.key) for column in table_of(EscalationRow).columns),
    EscalationRow.severity_names,
]
_EVENT = [getattr(EventRow, column.key) for column in table_of(EventRow).columns]
