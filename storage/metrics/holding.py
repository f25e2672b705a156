"""Which facts hold: those of live imports, and of several with one key the one that is updated later, then the later import's."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, select
from sqlalchemy.orm import aliased

from bot.rules.metrics.importing.imports import ImportState
from bot.rules.metrics.store.slices import Kept
from storage.database import Tx
from storage.metrics import names
from storage.metrics.rows import FactRow, ImportRow

AT_ONCE = 5_000
"""Rows of one statement's stream."""


async def of_day(
    tx: Tx, day: str, team_ids: Sequence[str] | None = None
) -> AsyncIterator[list[Kept]]:
    """The facts of a day that hold, in no order, each of the team and the person that people have said since.

    They come by the thousand: their texts are read together, which is faster.
    """
    parting = await names.parting(tx)
    asked = select(
        FactRow.team_id,
        FactRow.person,
        FactRow.channel,
        FactRow.topic,
        FactRow.hour,
        cast(FactRow.labels, String),
        cast(FactRow.parts, String),
    ).where(FactRow.day == day, *_holds())
    if team_ids is not None:
        asked = asked.where(FactRow.team_id.in_(parting.sources(team_ids)))
    found = await tx.stream(asked.execution_options(yield_per=AT_ONCE))
    async for rows in found.partitions():
        labels = {one: json.loads(one) for one in {row[5] for row in rows}}
        parts = json.loads(f"[{','.join([row[6] for row in rows])}]")
        some = [
            Kept(*parting.place(row[0], row[1]), row[2], row[3], row[4], labels[row[5]], one)
            for row, one in zip(rows, parts, strict=True)
        ]
        yield some if team_ids is None else [one for one in some if one.team_id in team_ids]


def _holds() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Its import is live, and no other live one of the feed says something later of the same key."""
    import_, other, others = aliased(ImportRow), aliased(FactRow), aliased(ImportRow)
    is_later = or_(
        other.updated > FactRow.updated,
        and_(other.updated == FactRow.updated, other.number > FactRow.number),
    )
    # Asked of each fact by itself: PostgreSQL would make one join of a NOT EXISTS, and read all facts of all days for it.
    later = (
        select(literal(1))
        .select_from(other)
        .join(others, _is_live(others, other))
        .where(same_key(other, FactRow), is_later)
        .correlate(FactRow)
        .limit(1)
        .scalar_subquery()
    )
    live = select(import_.id).where(_is_live(import_, FactRow)).correlate(FactRow).exists()
    # Beside the only live import of a feed nothing is said: of a large first file no fact need be looked for.
    beside = aliased(ImportRow)
    alone = (
        select(literal(1))
        .where(
            beside.workspace_id == FactRow.workspace_id,
            beside.feed_id == FactRow.feed_id,
            beside.state == ImportState.LIVE,
            beside.number != FactRow.number,
        )
        .correlate(FactRow)
        .limit(1)
        .scalar_subquery()
    )
    return live, or_(alone.is_(None), later.is_(None))


def _is_live(import_: Any, fact: Any) -> ColumnElement[bool]:
    return and_(
        import_.workspace_id == fact.workspace_id,
        import_.number == fact.number,
        import_.state == ImportState.LIVE,
    )


def same_key(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(
        one.workspace_id == other.workspace_id,
        one.feed_id == other.feed_id,
        one.key == other.key,
    )
