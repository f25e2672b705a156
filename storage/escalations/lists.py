"""Pages of lists, by what the list is ordered by: each costs the same, however far one turns and however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from bot.rules.escalations import Escalation, State
from bot.rules.escalations.listings import Filter, Listing, Turn
from bot.views.escalations.lists import MOST_COUNTED, Leaf
from storage.base import Utc
from storage.database import Tx
from storage.escalations.rows import (
    RESOLVED_WRITTEN_OUT,
    UNFINISHED_WRITTEN_OUT,
    EscalationRow,
    to_escalation,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: every case of these teams, or of all teams, and whatever else concerns this person."""

    person_id: str
    team_ids: Sequence[str]
    sees_all: bool = False


async def leaf(
    tx: Tx, reader: Reader, wanted: Filter, turn: Turn | None, *, limit: int, now: datetime
) -> Leaf:
    """The page that `turn` leads to, or the first. Past the end, after others were closed, the first as well."""
    where = _wanted(wanted, reader, now)
    if wanted.listing is not Listing.MINE:
        where += _seen(reader)
    is_back = turn is not None and turn.is_back
    found = await _rows(tx, where, wanted, turn, limit + 1)
    if turn is not None and not found:
        return await leaf(tx, reader, wanted, None, limit=limit, now=now)
    items, more = found[:limit], len(found) > limit
    if is_back:
        items = items[::-1]
    page = turn.page if turn else 1
    if is_back and not more:
        page = 1
    has_before = more if is_back else turn is not None
    has_after = True if is_back else more
    return Leaf(
        items,
        await _total(tx, where, wanted),
        page,
        _turn(items[0], wanted, page - 1, is_back=True) if has_before else None,
        _turn(items[-1], wanted, page + 1) if has_after else None,
    )


def _turn(case: Escalation, wanted: Filter, page: int, *, is_back: bool = False) -> Turn:
    moment = case.closed_at if wanted.listing is Listing.RESOLVED else case.due_at
    return Turn(case.id, moment, is_back, max(page, 1))


async def _rows(
    tx: Tx, where: Sequence[ColumnElement[bool]], wanted: Filter, turn: Turn | None, limit: int
) -> list[Escalation]:
    """In two parts, since each has the order of an index: those that have a time, and then those that have none."""
    found: list[Escalation] = []
    for is_timed in _parts(wanted, turn):
        part = _part(wanted, turn, is_timed=is_timed).where(*where)
        rows = await tx.scalars(part.limit(limit - len(found)))
        found += [to_escalation(row) for row in rows]
        if len(found) == limit:
            break
    return found


def _parts(wanted: Filter, turn: Turn | None) -> list[bool]:
    """Which parts a page may hold some of, in the order in which they are read: with a time, and without."""
    if wanted.listing is Listing.RESOLVED:
        return [True]
    if turn is None or not turn.is_back:
        return [False] if turn and turn.moment is None else [True, False]
    return [False, True] if turn.moment is None else [True]


def _part(wanted: Filter, turn: Turn | None, *, is_timed: bool) -> Select[EscalationRow]:
    """One part in its order, or backwards, from where the turn begins if that is in it."""
    column = _column(wanted)
    is_falling = (wanted.listing is Listing.RESOLVED) != (turn is not None and turn.is_back)
    keys = (column, EscalationRow.id) if is_timed else (EscalationRow.id,)
    asked = select(EscalationRow).where(column.is_not(None) if is_timed else column.is_(None))
    if turn and (turn.moment is not None) == is_timed:
        here = (literal(turn.moment, Utc()), turn.id) if is_timed else (turn.id,)
        key, place = tuple_(*keys), tuple_(*here)
        asked = asked.where(key < place if is_falling else key > place)
    return asked.order_by(*(one.desc() if is_falling else one.asc() for one in keys))


def _column(wanted: Filter) -> InstrumentedAttribute[datetime | None]:
    """What the list is ordered by."""
    is_newest_first = wanted.listing is Listing.RESOLVED
    return EscalationRow.closed_at if is_newest_first else EscalationRow.due_at


def _wanted(wanted: Filter, reader: Reader, now: datetime) -> list[ColumnElement[bool]]:
    row = EscalationRow
    conditions: dict[Listing, list[ColumnElement[bool]]] = {
        Listing.MINE: [or_(row.owner_id == reader.person_id, row.raised_by == reader.person_id)],
        Listing.UNCLAIMED: [row.state == State.OPEN],
        Listing.WAITING: [row.state == State.WAITING],
        Listing.BREACHING: [_is_breaching(now)],
        Listing.RETURNED: [row.state == State.RETURNED],
        Listing.RESOLVED: [row.state.in_(RESOLVED_WRITTEN_OUT)],
    }
    found = conditions.get(wanted.listing, [])
    if wanted.listing is not Listing.RESOLVED:
        found.append(row.state.in_(UNFINISHED_WRITTEN_OUT))
    if wanted.team_id:
        found.append(row.team_id == wanted.team_id)
    if wanted.severity:
        found.append(row.severity == wanted.severity)
    return found


def _is_breaching(now: datetime) -> ColumnElement[bool]:
    """A clock that runs has been warned of, or would be now: three quarters of its time are over, or all of it."""
    row = EscalationRow
    return or_(
        and_(row.state == State.OPEN, _is_past(row.claim_warn_at, now)),
        and_(row.state == State.CLAIMED, row.update_due_at.is_not(None), _is_past(row.update_warn_at, now)),
        and_(row.promise_by.is_not(None), _is_past(row.promise_warn_at, now)),
    )  # fmt: skip


def _is_past(warn_at: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    """The time to warn is taken out once it is past."""
    return or_(warn_at.is_(None), warn_at <= now)


def _seen(reader: Reader) -> list[ColumnElement[bool]]:
    if reader.sees_all:
        return []
    row, person_id = EscalationRow, reader.person_id
    return [
        or_(
            row.team_id.in_(reader.team_ids),
            row.raised_by == person_id,
            row.owner_id == person_id,
            _names(row.followers, person_id),
            _names(row.called, person_id),
        )
    ]


def _names(people: InstrumentedAttribute[list[str]], person_id: str) -> ColumnElement[bool]:
    """Whether a list that is kept as JSON names somebody."""
    return cast(people, String).contains(f'"{person_id}"', autoescape=True)


async def _total(tx: Tx, where: Sequence[ColumnElement[bool]], wanted: Filter) -> int:
    """In the list's order, since then the same index is read, and no further than it is counted."""
    asked = select(EscalationRow.id).where(*where).order_by(_column(wanted).desc())
    some = asked.limit(MOST_COUNTED + 1).subquery()
    return await tx.scalar(select(func.count()).select_from(some)) or 0
