"""The tokens of programs, and what was answered to their requests."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, tuple_, update

from bot.rules.metrics.program.programs import Answered, Program
from storage.base import new_id
from storage.database import Tx, insert_into, insert_rows
from storage.metrics.deciding_rows import FactRequestRow, TokenRow
from storage.metrics.rows import FeedRow


async def add(tx: Tx, program: Program, digest: str) -> Program:
    """Remember a new one, of which only the token's digest is kept."""
    made = Program(
        tx.workspace_id,
        new_id(),
        program.name,
        program.feed_id,
        program.feed,
        program.team_id,
        program.by,
        program.made_at,
    )
    values = {
        "id": made.id,
        "digest": digest,
        "name": made.name,
        "feed_id": made.feed_id,
        "team_id": made.team_id,
        "by": made.by,
        "made_at": made.made_at,
        "used_at": None,
        "revoked_at": None,
    }
    await insert_rows(tx, TokenRow, values)
    return made


async def of_digest(tx: Tx, digest: str) -> Program | None:
    """Whose token comes to this, whether it still works or not."""
    found = await _list(tx, TokenRow.digest == digest)
    return found[0] if found else None


async def find(tx: Tx, program_id: str) -> Program | None:
    found = await _list(tx, TokenRow.id == program_id)
    return found[0] if found else None


async def working(tx: Tx) -> list[Program]:
    """Those that let somebody in, the newest first."""
    return await _list(tx, TokenRow.revoked_at.is_(None))


async def count(tx: Tx) -> int:
    """How many of them there are."""
    asked = select(func.count()).select_from(TokenRow).where(TokenRow.revoked_at.is_(None))
    return await tx.scalar(asked) or 0


async def revoke(tx: Tx, program_id: str, *, now: datetime) -> bool:
    """It lets nobody in from here on. False if it did not before."""
    changed = await tx.scalar(
        update(TokenRow)
        .where(TokenRow.id == program_id, TokenRow.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(TokenRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def note_use(tx: Tx, program_id: str, *, now: datetime) -> None:
    await tx.execute(
        update(TokenRow)
        .where(TokenRow.id == program_id)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


async def answered(tx: Tx, program_id: str, key: str) -> Answered | None:
    """What was answered to the request of this key."""
    asked = select(FactRequestRow.digest, FactRequestRow.answer).where(
        FactRequestRow.token_id == program_id, FactRequestRow.idempotency_key == key
    )
    row = (await tx.execute(asked)).one_or_none()
    return Answered(row[0], row[1]) if row else None


async def remember(tx: Tx, program_id: str, key: str, answered: Answered, *, now: datetime) -> None:
    """Keep the answer, for whoever sends the request again."""
    values = {
        "token_id": program_id,
        "idempotency_key": key,
        "digest": answered.digest,
        "answer": dict(answered.answer),
        "at": now,
    }
    await tx.execute(insert_into(tx, FactRequestRow).values(workspace_id=tx.workspace_id, **values))


async def forget_before(tx: Tx, moment: datetime, *, limit: int) -> int:
    """Drop answers that nobody asks for any more, at most `limit`. Returns how many."""
    key = (FactRequestRow.workspace_id, FactRequestRow.token_id, FactRequestRow.idempotency_key)
    old = select(*key).where(FactRequestRow.at < moment).order_by(FactRequestRow.at).limit(limit)
    dropped = await tx.scalars(
        delete(FactRequestRow)
        .where(tuple_(*key).in_(old))
        .returning(FactRequestRow.idempotency_key)
        .execution_options(synchronize_session=False)
    )
    return len(dropped.all())


async def oldest(tx: Tx) -> datetime | None:
    """When the oldest answer was given that is kept."""
    asked = select(FactRequestRow.at).order_by(FactRequestRow.at).limit(1)
    return await tx.scalar(asked)


async def _list(tx: Tx, where: ColumnElement[bool]) -> list[Program]:
    asked = (
        select(TokenRow, FeedRow.name)
        .join(FeedRow, FeedRow.id == TokenRow.feed_id)
        .where(where)
        .order_by(TokenRow.made_at.desc(), TokenRow.id)
        .execution_options(populate_existing=True)
    )
    return [_to_program(row, feed) for row, feed in await tx.execute(asked)]


def _to_program(row: TokenRow, feed: str) -> Program:
    return Program(
        row.workspace_id,
        row.id,
        row.name,
        row.feed_id,
        feed,
        row.team_id,
        row.by,
        row.made_at,
        row.used_at,
        row.revoked_at,
    )
