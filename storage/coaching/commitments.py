"""Commitments: planned with a draft, open from its sharing on, settled once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update

from bot.rules.coaching import Commitment, CommitmentState, Promiser
from storage import keys, teams
from storage.coaching.rows import CommitmentRow
from storage.database import Tx, insert_rows

TABLE = CommitmentRow.__tablename__


async def add_commitment(tx: Tx, one: Commitment, *, now: datetime) -> None:
    """Raises Refused if there is no key to seal it with."""
    await keys.remember(tx, now=now)
    values = {
        "id": one.id,
        "note_id": one.note_id,
        "team_id": one.team_id,
        "author_id": one.author_id,
        "agent_id": one.agent_id,
        "promiser": one.promiser.value,
        "words": keys.seal(tx, TABLE, "words", one.id, one.words),
        "due_on": one.due_on.isoformat(),
        "state": one.state.value,
        "carried_from": one.carried_from,
        "settled_at": one.settled_at,
        "settled_by": one.settled_by,
    }
    await insert_rows(tx, CommitmentRow, values)


async def change_commitment(tx: Tx, after: Commitment, *, before: CommitmentState) -> bool:
    """Write its state if it is still as it was `before`; False if somebody was first."""
    changed = await tx.scalar(
        update(CommitmentRow)
        .where(CommitmentRow.id == after.id, CommitmentRow.state == before)
        .values(state=after.state.value, settled_at=after.settled_at, settled_by=after.settled_by)
        .returning(CommitmentRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def find_commitment(tx: Tx, commitment_id: str) -> Commitment | None:
    """As it is now, whatever this transaction saw before."""
    found = await read(tx, CommitmentRow.id == commitment_id)
    return found[0] if found else None


async def commitments_of(tx: Tx, note_id: str) -> list[Commitment]:
    """Those of one note: the agent's first, by the day they are due."""
    return await read(tx, CommitmentRow.note_id == note_id)


async def open_commitments_between(tx: Tx, author_id: str, agent_id: str) -> list[Commitment]:
    """What is open in earlier notes of these two: what a new one can carry over."""
    return await read(
        tx,
        CommitmentRow.author_id == author_id,
        CommitmentRow.agent_id == agent_id,
        CommitmentRow.state == CommitmentState.OPEN,
    )


async def remove_planned(tx: Tx, note_id: str) -> None:
    """A draft is written anew: what was planned in it is taken out, to be added again as it is now."""
    await tx.execute(
        delete(CommitmentRow)
        .where(CommitmentRow.note_id == note_id, CommitmentRow.state == CommitmentState.PLANNED)
        .execution_options(synchronize_session=False)
    )


async def read(tx: Tx, *where: ColumnElement[bool]) -> list[Commitment]:
    """Those for which all of `where` holds: the agent's first, by the day they are due."""
    asked = (
        select(CommitmentRow)
        .where(*where)
        .order_by(CommitmentRow.promiser, CommitmentRow.due_on, CommitmentRow.id)
        .execution_options(populate_existing=True)
    )
    rows: Sequence[CommitmentRow] = (await tx.scalars(asked)).all()
    chains = await teams.chains_of(tx, {row.team_id for row in rows})
    return [to_commitment(tx, row, chains[row.team_id]) for row in rows]


def to_commitment(tx: Tx, row: CommitmentRow, chain: tuple[str, ...]) -> Commitment:
    """The commitment of a row, opened. Raises CannotOpen."""
    return Commitment(
        row.workspace_id,
        row.id,
        row.note_id,
        row.team_id,
        row.author_id,
        row.agent_id,
        Promiser(row.promiser),
        keys.unseal(tx, TABLE, "words", row.id, row.words),
        date.fromisoformat(row.due_on),
        state=CommitmentState(row.state),
        carried_from=row.carried_from,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        chain=chain,
    )
