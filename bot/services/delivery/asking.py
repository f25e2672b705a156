"""What others ask of delivery: who has work, what died, how much waits, hold after a restore, and go on."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.rules.delivery import URGENT
from storage.database import Database, Tx
from storage.outbox import keeping, looking, recording
from storage.outbox.keeping import DeadLetter
from storage.outbox.rows import State

OnDead = Callable[[Tx, DeadLetter], Awaitable[None]]
"""Tells a person, in this transaction. What it says must be less urgent than FOLLOW_UP, or it could tell of itself."""


async def workspaces_waiting(db: Database, *, now: datetime) -> Sequence[str]:
    """Which workspaces have something to send."""
    async with db.across() as connection:
        return await looking.workspaces_waiting(connection, now)


async def next_due(db: Database, *, after: datetime) -> datetime | None:
    """When something that has to wait at present may be sent, in any workspace; or, by then, has to wait on."""
    async with db.across() as connection:
        return await looking.next_due(connection, after=after)


async def dead_letters(db: Database, workspace_id: str, *, limit: int = 100) -> list[DeadLetter]:
    """What was never said, the newest first."""
    async with db.read(workspace_id) as tx:
        return await keeping.dead_letters(tx, limit=limit)


async def waiting(db: Database, workspace_id: str) -> dict[State, int]:
    """How many things wait, are on their way, and died."""
    async with db.read(workspace_id) as tx:
        return await keeping.count(tx)


async def tell_of_dead(db: Database, workspace_id: str, on_dead: OnDead) -> int:
    """Tell a person of each urgent thing that died and that nobody was told of. Returns how many."""
    async with db.read(workspace_id) as tx:
        untold = await keeping.dead_letters(tx, untold_up_to=URGENT)
    for letter in untold:
        async with db.write(workspace_id) as tx:
            await on_dead(tx, letter)
            await keeping.mark_told(tx, (letter.lane, letter.seq))
    return len(untold)


async def hold_until_reconciled(db: Database, workspace_id: str, *, now: datetime) -> int:
    """After a restore from a backup: nothing that waits is sent before it was looked for. Returns how many are held."""
    async with db.write(workspace_id) as tx:
        return await keeping.hold(tx, now=now)


async def reopen(db: Database, workspace_id: str) -> None:
    """The token works again: go on at once, instead of at the next try."""
    async with db.write(workspace_id) as tx:
        await recording.open_gate(tx, "")
        tx.wakes.add("delivery")
