"""What days come to, rolled up: one bundle per day, team, slice and member; and which days have to be rolled up anew."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import Place, Row
from bot.rules.reports.periods import Period
from storage.base import Json
from storage.database import Tx, insert_into
from storage.metrics.rows import RollupRow, StaleDayRow

AT_ONCE = 1_000
MEMBERS_NAMED = 100
"""Of more members the whole slice is read, and the others are left out here: to name many costs more than to read some for nothing."""


async def read(
    tx: Tx,
    team_ids: Sequence[str],
    slice_: str,
    first: date,
    last: date,
    *,
    members: Collection[str] | None = None,
    with_samples: bool = True,
) -> list[Row]:
    """The bundles of these teams in a slice, day by day; of all its members, or of some."""
    samples = RollupRow.samples if with_samples else literal(None)
    asked = select(
        *(RollupRow.day, RollupRow.team_id, RollupRow.member),
        *(RollupRow.facts, RollupRow.sums, samples),
    ).where(*_where(team_ids, slice_, Period(first, last), members))
    found = await tx.execute(asked)
    return [
        Row(date.fromisoformat(day), team_id, member, Bundle.unpack(count, sums, held or {}))
        for day, team_id, member, count, sums, held in found
        if members is None or member in members
    ]


async def totals(
    tx: Tx,
    team_ids: Sequence[str],
    slice_: str,
    period: Period,
    *,
    members: Collection[str] | None = None,
    but: Collection[str] = (),
    with_samples: bool = True,
) -> dict[tuple[str, str], Bundle]:
    """What these days but some come to together, by team and member.

    The days of one member come as one text, and all texts are read as one: of many people a row and a text for each day
    cost more than what is in them.
    """
    asked = select(
        *(RollupRow.team_id, RollupRow.member, func.sum(RollupRow.facts)),
        _in_one(RollupRow.sums),
        _in_one(RollupRow.samples) if with_samples else literal(""),
    ).where(*_where(team_ids, slice_, period, members))
    if but:
        asked = asked.where(RollupRow.day.not_in(sorted(but)))
    found = [
        row
        for row in await tx.execute(asked.group_by(RollupRow.team_id, RollupRow.member))
        if members is None or row[1] in members
    ]
    sums, samples = _read([row[3] for row in found]), _read([row[4] for row in found])
    return {
        (row[0], row[1]): Bundle.unpack_all(int(row[2]), *days)
        for row, *days in zip(found, sums, samples, strict=True)
    }


def _in_one(column: InstrumentedAttribute[Json]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(column, String), ",")


def _read(texts: Iterable[str]) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(f"[{','.join([f'[{one}]' for one in texts])}]")
    return found


def _where(
    team_ids: Sequence[str], slice_: str, period: Period, members: Collection[str] | None
) -> list[ColumnElement[bool]]:
    found = [
        RollupRow.team_id.in_(team_ids),
        RollupRow.slice == slice_,
        RollupRow.day.between(period.first.isoformat(), period.last.isoformat()),
    ]
    if members is not None and len(members) <= MEMBERS_NAMED:
        found.append(RollupRow.member.in_(sorted(members)))
    return found


async def stale_between(tx: Tx, first: date, last: date) -> list[str]:
    """Which of these days have changed since they were rolled up."""
    asked = select(StaleDayRow.day).where(
        StaleDayRow.day.between(first.isoformat(), last.isoformat())
    )
    return list(await tx.scalars(asked.order_by(StaleDayRow.day)))


async def teams_on(tx: Tx, day: str) -> set[str]:
    """Which teams had numbers of a day when it was rolled up last."""
    return set(await tx.scalars(select(RollupRow.team_id).where(RollupRow.day == day).distinct()))


async def next_stale(tx: Tx) -> tuple[str, int] | None:
    """A day to roll up anew, the latest first since people look at that, and the stamp of its last change."""
    asked = select(StaleDayRow.day, StaleDayRow.stamp).order_by(StaleDayRow.day.desc()).limit(1)
    row = (await tx.execute(asked)).one_or_none()
    return (row[0], row[1]) if row else None


async def replace_day(tx: Tx, day: str, stamp: int, bundles: Mapping[Place, Bundle]) -> bool:
    """Write what a day comes to. False, and nothing is written, if its facts have changed since `stamp`."""
    fresh = await tx.scalar(
        delete(StaleDayRow)
        .where(StaleDayRow.day == day, StaleDayRow.stamp == stamp)
        .returning(StaleDayRow.day)
        .execution_options(synchronize_session=False)
    )
    if fresh is None:
        return False
    await tx.execute(
        delete(RollupRow).where(RollupRow.day == day).execution_options(synchronize_session=False)
    )
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "team_id": place.team_id,
            "slice": place.slice,
            "day": day,
            "member": place.member,
            "facts": bundle.facts,
            "sums": bundle.sums,
            "samples": bundle.packed_samples(),
        }
        for place, bundle in sorted(bundles.items())
    ]
    for begin in range(0, len(rows), AT_ONCE):
        await tx.execute(insert_into(tx, RollupRow), rows[begin : begin + AT_ONCE])
    return True


async def workspaces_stale(connection: AsyncConnection) -> Sequence[str]:
    """Which workspaces have a day to roll up."""
    return (await connection.scalars(select(StaleDayRow.workspace_id).distinct())).all()
