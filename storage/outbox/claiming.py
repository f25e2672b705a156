"""Taking lanes to send from: whose turn it is, what waits in them, and the lease with its fencing epoch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    false,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from bot.rules.delivery import POST, PUBLISH, SHARE, UPDATE, URGENT, Place, Waiting
from storage.database import Insert, Tx, insert_for
from storage.outbox.rows import (
    AT,
    HOME,
    CardRow,
    LaneRow,
    OutboxRow,
    State,
    is_due,
    is_free,
    is_unfinished,
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as this transaction has locked it."""

    name: str
    epoch: int
    not_before: datetime | None
    posts_not_before: datetime | None
    leased_until: datetime | None = None


LANE = (
    LaneRow.name,
    LaneRow.epoch,
    LaneRow.not_before,
    LaneRow.posts_not_before,
    LaneRow.leased_until,
)
ROW = (
    OutboxRow.lane,
    OutboxRow.seq,
    OutboxRow.marker,
    OutboxRow.channel,
    OutboxRow.priority,
    OutboxRow.words,
    OutboxRow.blocks,
    OutboxRow.is_card,
    OutboxRow.card_kind,
    OutboxRow.card_subject,
    OutboxRow.not_before,
    OutboxRow.expires_at,
    OutboxRow.state,
    OutboxRow.attempts,
    OutboxRow.attempted_at,
    OutboxRow.sought_since,
    OutboxRow.looks,
    OutboxRow.queued_at,
    OutboxRow.file_title,
)

NONE: frozenset[str] = frozenset()
STATE = [column.key for column in ROW].index("state")


async def lock_lanes(tx: Tx, names: Iterable[str]) -> dict[str, Lane]:
    """Lock these lanes. One that another transaction holds at this moment is left out, not waited for."""
    found = await tx.execute(_lock_lanes(), {"names": sorted(names)})
    return {row.name: Lane(*row) for row in found}


async def lock_free_lanes(
    tx: Tx,
    *,
    now: datetime,
    limit: int,
    window: int,
    full: frozenset[str] = NONE,
    shut: frozenset[str] = NONE,
) -> list[Lane]:
    """Lock up to `limit` lanes that have something due and belong to nobody, the most urgent first.

    How urgent one is, the first `window` places say that would be taken from it: their priority, then who has waited
    longest or, where something has to be there by a moment, has the least time left. By methods that are `full`
    only what is urgent goes, by those that are `shut` nothing: lanes with nothing else are left out and in nobody's way.
    """
    values = {"at": now, "most": limit, "window": window}
    return [Lane(*row) for row in await tx.execute(_lock_free_lanes(full, shut), values)]


async def waiting_in(
    tx: Tx, lanes: Iterable[str], *, now: datetime, window: int
) -> dict[str, list[Waiting]]:
    """What waits in each of these lanes, in order: the first `window` places from the first row that is due."""
    found = await tx.execute(_waiting_in(), {"names": list(lanes), "at": now, "window": window})
    waiting: dict[str, list[Waiting]] = {}
    for row in found:
        values: list[Any] = [*row[: len(ROW)]]
        values[STATE] = values[STATE] == State.SENDING
        values.append(Place(row.posted_in, row.ts, row.drawing) if row[len(ROW)] else None)
        waiting.setdefault(row.lane, []).append(Waiting(*values))
    return waiting


async def is_waiting(tx: Tx, cards: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Which of these cards (kind, subject, channel) are still to be drawn."""
    key = (OutboxRow.card_kind, OutboxRow.card_subject, OutboxRow.channel)
    found = await tx.execute(
        select(*key).where(OutboxRow.is_card, is_unfinished(), tuple_(*key).in_(list(cards)))
    )
    return {(str(kind), str(subject), channel) for kind, subject, channel in found}


async def save_lanes(tx: Tx, lanes: Iterable[Lane]) -> None:
    """Write epochs, leases and waits of lanes that this transaction has locked."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "name": lane.name,
            "last_seq": 0,  # for the insert that never happens: the row is there and locked
            "epoch": lane.epoch,
            "not_before": lane.not_before,
            "posts_not_before": lane.posts_not_before,
            "leased_until": lane.leased_until,
        }
        for lane in lanes
    ]
    if rows:
        await tx.execute(_save_lanes(tx.dialect), rows)


@cache
def _save_lanes(dialect: str) -> Insert:
    statement = insert_for(dialect, LaneRow)
    columns = ("epoch", "not_before", "posts_not_before", "leased_until")
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "name"],
        set_={column: statement.excluded[column] for column in columns},
    )


# The statements of every turn are made once: making one takes longer than running it.
NAMES: BindParameter[list[str]] = bindparam("names", expanding=True)


@cache
def _lock_lanes() -> Select[*tuple[Any, ...]]:
    return (
        select(*LANE)
        .where(LaneRow.name.in_(NAMES))
        .order_by(LaneRow.name)
        .with_for_update(skip_locked=True, key_share=True)
    )


@cache
def _lock_free_lanes(full: frozenset[str], shut: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """However much waits, it costs only as much as there are lanes in which something waits."""
    heads = _heads()
    row = aliased(OutboxRow)
    near_head = and_(
        row.lane == heads.c.lane,
        is_unfinished(row),
        row.seq >= heads.c.seq,
        row.seq < heads.c.seq + bindparam("window", type_=Integer()),
    )
    urgency = select(func.min(row.priority)).where(near_head).scalar_subquery()
    # What only has to wait its turn counts since it was queued, which is past: a moment still to come is behind it,
    # also in its own lane, so that asking somebody never holds up what else is to be said to them.
    turn = func.coalesce(row.urgent_by, row.queued_at)
    soonest = select(func.min(turn)).where(near_head).scalar_subquery()
    redraws = (
        select(CardRow.ts)
        .join(row, _is_card_of(row))
        .where(near_head, row.is_card, CardRow.ts.is_not(None))
    )
    may_post = or_(LaneRow.posts_not_before.is_(None), LaneRow.posts_not_before <= AT)
    may_go = or_(_goes(full, row, near_head), and_(urgency <= URGENT, _goes(shut, row, near_head)))
    return (
        select(*LANE)
        .join(heads, LaneRow.name == heads.c.lane)
        .where(heads.c.seq.is_not(None), is_free(), or_(may_post, redraws.exists()), may_go)
        .order_by(urgency, soonest, LaneRow.name)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(of=LaneRow, skip_locked=True, key_share=True)
    )


def _goes(
    closed: frozenset[str], row: type[OutboxRow], near_head: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether something is sent by other methods than these."""
    if not closed:
        return true()
    is_home = and_(row.is_card, row.card_kind == HOME)
    is_file = row.file_title.is_not(None)
    is_redraw = and_(row.is_card, row.card_kind != HOME, CardRow.ts.is_not(None))
    sent_by = {
        PUBLISH: is_home,
        SHARE: is_file,
        UPDATE: is_redraw,
        POST: not_(or_(is_home, is_file, func.coalesce(is_redraw, false()))),
    }
    others = [is_one for method, is_one in sent_by.items() if method not in closed]
    is_its_card = and_(row.is_card, _is_card_of(row))
    found = select(row.seq).outerjoin(CardRow, is_its_card)
    return found.where(near_head, or_(false(), *others)).exists()


def _heads() -> CTE:
    """Each lane in which something waits, with its head.

    It steps from lane to lane in the index of what waits, instead of reading all that waits ("loose index scan").
    """
    first, following = aliased(OutboxRow), aliased(OutboxRow)
    lanes = (
        select(func.min(first.lane).label("name"))
        .where(is_unfinished(first))
        .cte("lanes_with_work", recursive=True)
    )
    next_lane = (
        select(func.min(following.lane))
        .where(is_unfinished(following), following.lane > lanes.c.name)
        .scalar_subquery()
    )
    lanes = lanes.union_all(select(next_lane).where(lanes.c.name.is_not(None)))
    return _with_head(select(lanes.c.name.label("lane")).where(lanes.c.name.is_not(None)))


def _with_head(lanes: Select[str]) -> CTE:
    """These lanes, each with the first row that is due (`seq`, none where nothing is)."""
    row, lane = aliased(OutboxRow), lanes.selected_columns.lane
    seq = (
        select(func.min(row.seq))
        .where(row.lane == lane, is_unfinished(row), is_due(row))
        .scalar_subquery()
    )
    # Materialized, or the head of a lane would be looked for wherever it is mentioned.
    return lanes.add_columns(seq.label("seq")).cte("heads").prefix_with("MATERIALIZED")


@cache
def _waiting_in() -> Select[*tuple[Any, ...]]:
    heads = _with_head(select(LaneRow.name.label("lane")).where(LaneRow.name.in_(NAMES)))
    return (
        select(*ROW, CardRow.channel, CardRow.posted_in, CardRow.ts, CardRow.drawing)
        .join(heads, OutboxRow.lane == heads.c.lane)
        .outerjoin(CardRow, _is_card_of(OutboxRow))
        .where(
            is_unfinished(),
            OutboxRow.seq >= heads.c.seq,
            OutboxRow.seq < heads.c.seq + bindparam("window", type_=Integer()),
        )
        .order_by(OutboxRow.lane, OutboxRow.seq)
    )


def _is_card_of(row: type[OutboxRow]) -> ColumnElement[bool]:
    return and_(
        CardRow.workspace_id == row.workspace_id,
        CardRow.kind == row.card_kind,
        CardRow.subject == row.card_subject,
        CardRow.channel == row.channel,
    )
