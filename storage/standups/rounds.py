"""Rounds and the seats in them: found, locked, and changed only as they were seen."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update

from bot.rules.standups import Ahead, Round, RoundState, Seat, SeatState
from storage.database import Tx, insert_into, insert_rows
from storage.standups.bodies import answers_to_json
from storage.standups.converting import round_values, seat_values, to_ahead, to_round, to_seat
from storage.standups.rows import AheadRow, RoundRow, SeatRow, is_open_round


async def add_round(tx: Tx, one: Round) -> bool:
    """Remember a new round; False if this stand-up has one of that key."""
    values = round_values(one) | {"workspace_id": tx.workspace_id}
    statement = insert_into(tx, RoundRow).values(values).on_conflict_do_nothing()
    return await tx.scalar(statement.returning(RoundRow.id)) is not None


async def add_seats(tx: Tx, *seats: Seat) -> None:
    """Everybody at once."""
    await insert_rows(tx, SeatRow, *(seat_values(one) for one in seats))


async def find_round(tx: Tx, round_id: str) -> Round | None:
    """As it is now, whatever this transaction saw before."""
    row = await tx.scalar(
        select(RoundRow).where(RoundRow.id == round_id).execution_options(populate_existing=True)
    )
    return to_round(row) if row else None


async def lock_round(tx: Tx, round_id: str, *, waits: bool = True) -> Round | None:
    """The round, which nobody else opens, closes or answers until the commit. Lock it before its seats.

    None if there is none, or if somebody else has it and this one does not wait.
    """
    row = await tx.scalar(
        select(RoundRow)
        .where(RoundRow.id == round_id)
        .with_for_update(key_share=True, skip_locked=not waits)
        .execution_options(populate_existing=True)
    )
    return to_round(row) if row else None


async def list_rounds(
    tx: Tx,
    *,
    standup_ids: Iterable[str] = (),
    team_ids: Iterable[str] = (),
    since: datetime | None = None,
    is_open: bool = False,
    limit: int | None = None,
) -> list[Round]:
    """Rounds of these stand-ups, or of these teams, that opened (or were to open) since then, the newest first."""
    where: list[ColumnElement[bool]] = []
    if ids := list(standup_ids):
        where.append(RoundRow.standup_id.in_(ids))
    elif teams := list(team_ids):
        where.append(RoundRow.team_id.in_(teams))
    else:
        return []
    if since is not None:
        where.append(RoundRow.opens_at >= since)
    if is_open:
        where.append(is_open_round())
    asked = (
        select(RoundRow)
        .where(*where)
        .order_by(RoundRow.opens_at.desc(), RoundRow.id)
        .execution_options(populate_existing=True)
    )
    rows = await tx.scalars(asked if limit is None else asked.limit(limit))
    return [to_round(row) for row in rows]


async def change_round(tx: Tx, one: Round, *was: RoundState) -> bool:
    """Write the round if it is still in one of these states; False if it is not."""
    changed = (
        update(RoundRow)
        .where(RoundRow.id == one.id, RoundRow.state.in_([state.value for state in was]))
        .values(**round_values(one))
        .returning(RoundRow.id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(changed) is not None


async def seats_of_round(tx: Tx, *round_ids: str) -> dict[str, list[Seat]]:
    """Everybody's seat, by round, in the order of the people's ids."""
    rows = await tx.scalars(
        select(SeatRow)
        .where(SeatRow.round_id.in_(round_ids))
        .order_by(SeatRow.person_id)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[str, list[Seat]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(to_seat(row))
    return found


async def find_seat(tx: Tx, round_id: str, person_id: str) -> Seat | None:
    row = await tx.scalar(
        select(SeatRow)
        .where(SeatRow.round_id == round_id, SeatRow.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return to_seat(row) if row else None


async def lock_seat(tx: Tx, round_id: str, person_id: str) -> Seat | None:
    """One person's seat. Lock the round before it."""
    row = await tx.scalar(
        select(SeatRow)
        .where(SeatRow.round_id == round_id, SeatRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return to_seat(row) if row else None


async def change_seat(tx: Tx, seat: Seat, *was: SeatState) -> bool:
    """Write the seat if it is still in one of these states, or in any if none is named; False if it is not."""
    where = [SeatRow.round_id == seat.round_id, SeatRow.person_id == seat.person_id]
    if was:
        where.append(SeatRow.state.in_([state.value for state in was]))
    changed = (
        update(SeatRow)
        .where(*where)
        .values(**seat_values(seat))
        .returning(SeatRow.person_id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(changed) is not None


async def put_seats(tx: Tx, *seats: Seat) -> None:
    """Write many seats, new or known, in one statement. Only with their round locked: it does not look at what they were."""
    if not seats:
        return
    values = [{"workspace_id": tx.workspace_id, **seat_values(one)} for one in seats]
    statement = insert_into(tx, SeatRow)
    key = ["workspace_id", "round_id", "person_id"]
    written = {name: statement.excluded[name] for name in values[0] if name not in key}
    await tx.execute(
        statement.on_conflict_do_update(index_elements=key, set_=written),
        sorted(values, key=lambda one: (one["round_id"], one["person_id"])),
    )


async def seats_of_person(
    tx: Tx, person_id: str, *, since: datetime, limit: int = 100
) -> list[tuple[Round, Seat]]:
    """Where somebody was asked, or is to be, since then; the newest first."""
    found = await tx.execute(
        select(RoundRow, SeatRow)
        .join(
            SeatRow,
            (SeatRow.workspace_id == RoundRow.workspace_id) & (SeatRow.round_id == RoundRow.id),
        )
        .where(SeatRow.person_id == person_id, SeatRow.ask_at >= since)
        .order_by(SeatRow.ask_at.desc(), RoundRow.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [(to_round(one), to_seat(seat)) for one, seat in found]


async def seats_of_message(tx: Tx, message: str) -> list[tuple[Round, Seat]]:
    """What one message asks, the first to be answered first."""
    found = await tx.execute(
        select(RoundRow, SeatRow)
        .join(
            SeatRow,
            (SeatRow.workspace_id == RoundRow.workspace_id) & (SeatRow.round_id == RoundRow.id),
        )
        .where(SeatRow.message == message)
        .order_by(SeatRow.until, RoundRow.name, RoundRow.id)
        .execution_options(populate_existing=True)
    )
    return [(to_round(one), to_seat(seat)) for one, seat in found]


async def unanswered_messages(
    tx: Tx, person_ids: Iterable[str], *, since: datetime
) -> dict[str, str]:
    """By person, the message that asked them since then and has an open question still; the newest."""
    found = await tx.execute(
        select(SeatRow.person_id, SeatRow.message)
        .where(
            SeatRow.person_id.in_(list(person_ids)),
            SeatRow.asked_at >= since,
            SeatRow.state == SeatState.ASKED.value,
        )
        .order_by(SeatRow.asked_at)
    )
    return dict(found.all())


async def put_ahead(tx: Tx, ahead: Ahead) -> None:
    """Keep what somebody said for a round to come, in place of what they said before."""
    values = {
        "state": ahead.state.value,
        "said_at": ahead.said_at,
        "answers": answers_to_json(ahead.answers),
    }
    key = {
        "workspace_id": tx.workspace_id,
        "standup_id": ahead.standup_id,
        "person_id": ahead.person_id,
        "day": ahead.day.isoformat(),
    }
    statement = insert_into(tx, AheadRow).values(**key, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


async def find_ahead(tx: Tx, standup_id: str, person_id: str, day: date) -> Ahead | None:
    row = await tx.scalar(
        select(AheadRow).where(
            AheadRow.standup_id == standup_id,
            AheadRow.person_id == person_id,
            AheadRow.day == day.isoformat(),
        )
    )
    return to_ahead(row) if row else None


async def ahead_of(tx: Tx, standup_id: str, *days: date) -> list[Ahead]:
    """What anybody said about this stand-up ahead of these days."""
    rows = await tx.scalars(
        select(AheadRow).where(
            AheadRow.standup_id == standup_id,
            AheadRow.day.in_([one.isoformat() for one in days]),
        )
    )
    return [to_ahead(row) for row in rows]


async def take_ahead(tx: Tx, ahead: Ahead) -> bool:
    """It has found its round, or was taken back; False if it is gone already."""
    gone = (
        delete(AheadRow)
        .where(
            AheadRow.standup_id == ahead.standup_id,
            AheadRow.person_id == ahead.person_id,
            AheadRow.day == ahead.day.isoformat(),
        )
        .returning(AheadRow.person_id)
    )
    return await tx.scalar(gone) is not None
