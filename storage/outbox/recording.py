"""What became of a row: sent, to be tried again, unclear, or finished without being said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    String,
    Update,
    bindparam,
    case,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased

from bot.rules.delivery import Gate, Minute, Place, Waiting
from storage.base import Utc
from storage.database import Insert, Tx, insert_for
from storage.outbox.rows import CardRow, GateRow, OutboxRow, State, is_pending

Key = tuple[str, int]
"""A lane and a seq."""
KEY = (OutboxRow.lane, OutboxRow.seq)
GATE = (
    GateRow.method,
    GateRow.scope,
    GateRow.paused_until,
    GateRow.tokens,
    GateRow.refilled_at,
    GateRow.minute,
    GateRow.most,
    GateRow.learned_at,
    GateRow.full_until,
    GateRow.shut_until,
)
SIZES = (1, 5, 20, 100)
"""How many rows one statement marks; a smaller number is filled up. Each size is compiled once, which takes as long as
sending a dozen messages.
"""
QUIETLY = {"synchronize_session": False}  # no row objects are held that would have to be told


async def mark_sending(tx: Tx, keys: Sequence[Key], *, now: datetime) -> None:
    """About to be sent. If nobody ever says what became of it, it may be in the channel."""
    if keys:
        await tx.execute(_mark_sending(), {"b_keys": keys, "b_now": now})


async def mark_sent(tx: Tx, sent: Sequence[tuple[Waiting, str | None]], *, now: datetime) -> None:
    """Sent, each as this message; one that shows no message (a Home tab) has no ts."""
    for begin in range(0, len(sent), SIZES[-1]):
        some = list(sent[begin : begin + SIZES[-1]])
        keys = [(row.lane, row.seq) for row, _ in some]
        some += some[-1:] * (next(size for size in SIZES if size >= len(some)) - len(some))
        messages = {f"b_{n}": ts for n, (_, ts) in enumerate(some)}
        markers = {f"m_{n}": row.marker for n, (row, _) in enumerate(some)}
        values = {"b_keys": keys, "b_now": now, **messages, **markers}
        await tx.execute(_mark_sent(len(some)), values)


async def finish(tx: Tx, keys: Sequence[Key], state: State, reason: str) -> None:
    """Dead, expired or superseded: it will not be said, and this is why."""
    if keys:
        await tx.execute(
            update(OutboxRow)
            .where(tuple_(*KEY).in_(keys))
            .values(state=state.value, last_error=reason)
            .execution_options(**QUIETLY)
        )


async def put_back(
    tx: Tx, keys: Sequence[Key], *, error: str | None = None, tried: bool = True
) -> None:
    """To be sent again. A card that was asked for anew meanwhile is superseded: the newer row will draw it."""
    if not keys:
        return
    newer = aliased(OutboxRow)
    is_asked_for = (
        select(newer.seq)
        .where(
            newer.workspace_id == OutboxRow.workspace_id,
            newer.supersedes == OutboxRow.supersedes,
            is_pending(newer),
        )
        .exists()
    )
    await tx.execute(
        update(OutboxRow)
        .where(tuple_(*KEY).in_(keys))
        .values(
            state=case((is_asked_for, State.SUPERSEDED.value), else_=State.PENDING.value),
            attempts=OutboxRow.attempts - (0 if tried else 1),
            last_error=func.coalesce(error, OutboxRow.last_error),
        )
        .execution_options(**QUIETLY)
    )


async def keep_places(tx: Tx, keys: Sequence[Key]) -> None:
    """These cards are still to be posted: whatever asked for them anew meanwhile is superseded, so that none loses its place."""
    if not keys:
        return
    first = aliased(OutboxRow)
    is_asked_for_anew = (
        select(first.seq)
        .where(
            tuple_(first.lane, first.seq).in_(keys),
            first.workspace_id == OutboxRow.workspace_id,
            first.supersedes == OutboxRow.supersedes,
        )
        .exists()
    )
    await tx.execute(
        update(OutboxRow)
        .where(is_pending(), is_asked_for_anew)
        .values(state=State.SUPERSEDED.value, last_error="superseded")
        .execution_options(**QUIETLY)
    )


async def put_off(
    tx: Tx, keys: Sequence[Key], *, until: datetime, error: str | None = None
) -> None:
    """These rows wait by themselves; the lane goes on. With an error, it was a try that failed."""
    if keys:
        await tx.execute(
            update(OutboxRow)
            .where(tuple_(*KEY).in_(keys))
            .values(
                not_before=until,
                attempts=OutboxRow.attempts + (1 if error else 0),
                last_error=func.coalesce(error, OutboxRow.last_error),
            )
            .execution_options(**QUIETLY)
        )


async def mark_unclear(tx: Tx, keys: Sequence[Key], *, error: str, tried: bool = True) -> None:
    """Nobody knows whether it was said. It stays where it is until it has been looked for."""
    if keys:
        await tx.execute(
            update(OutboxRow)
            .where(tuple_(*KEY).in_(keys))
            .values(
                sought_since=func.coalesce(OutboxRow.sought_since, OutboxRow.attempted_at),
                looks=0,
                attempts=OutboxRow.attempts - (0 if tried else 1),
                last_error=error,
            )
            .execution_options(**QUIETLY)
        )


async def mark_looked(tx: Tx, keys: Sequence[Key], *, times: int) -> None:
    """Looked for so often in all, and not found."""
    if keys:
        await tx.execute(
            update(OutboxRow)
            .where(tuple_(*KEY).in_(keys))
            .values(looks=times)
            .execution_options(**QUIETLY)
        )


async def remember_cards(tx: Tx, cards: Mapping[tuple[str, str, str], Place]) -> None:
    """Where cards (kind, subject, channel) are, and what they show."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "kind": kind,
            "subject": subject,
            "channel": channel,
            "posted_in": place.posted_in,
            "ts": place.ts,
            "drawing": place.drawing,
        }
        for (kind, subject, channel), place in sorted(cards.items(), key=lambda item: item[0])
    ]
    if rows:
        await tx.execute(_remember_cards(tx.dialect), rows)


async def forget_cards(tx: Tx, cards: Iterable[tuple[str, str, str]]) -> None:
    """Somebody deleted the message: the card will be posted anew."""
    key = tuple_(CardRow.kind, CardRow.subject, CardRow.channel)
    await tx.execute(delete(CardRow).where(key.in_(list(cards))).execution_options(**QUIETLY))


async def read_gates(tx: Tx, *, lock: bool) -> list[Gate]:
    """Every gate of the workspace. `lock` when tokens will be taken: other replicas take from the same bucket."""
    found = await tx.execute(_read_gates(lock=lock))
    return [Gate(**{**row._asdict(), "minute": Minute.read(row.minute)}) for row in found]


async def save_gates(tx: Tx, gates: Iterable[Gate]) -> None:
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "method": gate.method,
            "scope": gate.scope,
            "paused_until": gate.paused_until,
            "tokens": gate.tokens,
            "refilled_at": gate.refilled_at,
            "minute": gate.minute.written(),
            "most": gate.most,
            "learned_at": gate.learned_at,
            "full_until": gate.full_until,
            "shut_until": gate.shut_until,
        }
        for gate in sorted(gates, key=lambda gate: (gate.method, gate.scope))
    ]
    if rows:
        await tx.execute(_save_gates(tx.dialect), rows)


async def open_gate(tx: Tx, method: str) -> None:
    """Let calls of this method through again; of every method where none is named."""
    await tx.execute(
        update(GateRow)
        .where(GateRow.method == method)
        .values(paused_until=None)
        .execution_options(**QUIETLY)
    )


# The statements of every turn are made once: making one takes longer than running it.
@cache
def _mark_sending() -> Update:
    return _update_rows().values(
        state=State.SENDING.value,
        attempts=OutboxRow.attempts + 1,
        attempted_at=bindparam("b_now", type_=Utc()),
        looks=0,
    )


@cache
def _mark_sent(number: int) -> Update:
    """Each row by its marker gets its own ts; one statement per number of rows."""
    ts = case(
        *[
            (
                OutboxRow.marker == bindparam(f"m_{n}", type_=String()),
                bindparam(f"b_{n}", type_=String()),
            )
            for n in range(number)
        ]
    )
    return _update_rows().values(
        state=State.SENT.value,
        sent_at=bindparam("b_now", type_=Utc()),
        ts=ts,
        sought_since=None,
    )


def _update_rows() -> Update:
    keys: BindParameter[list[Key]] = bindparam("b_keys", expanding=True)
    return update(OutboxRow).where(tuple_(*KEY).in_(keys)).execution_options(**QUIETLY)


@cache
def _remember_cards(dialect: str) -> Insert:
    statement = insert_for(dialect, CardRow)
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "kind", "subject", "channel"],
        set_={column: statement.excluded[column] for column in ("posted_in", "ts", "drawing")},
    )


@cache
def _read_gates(*, lock: bool) -> Select[*tuple[Any, ...]]:
    gates = select(*GATE).order_by(GateRow.method, GateRow.scope)
    return gates.with_for_update() if lock else gates


@cache
def _save_gates(dialect: str) -> Insert:
    statement = insert_for(dialect, GateRow)
    columns = [column.key for column in GATE[2:]]
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "method", "scope"],
        set_={column: statement.excluded[column] for column in columns},
    )
