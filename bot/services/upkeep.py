"""What Baton does on nobody's behalf, to keep its own house."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.services import delivery
from bot.services.delivery import DeadLetter
from bot.text import Text
from bot.views import dead_letters
from storage import audits, inbox, outbox, people, workspaces
from storage.database import Database, Tx
from storage.outbox import Note, Priority, keeping

HEARD_FOR = timedelta(days=7)
"""Longer than anybody repeats a request: Slack's own retries end after minutes, its delayed events after a day."""
SAID_FOR = timedelta(days=30)
BATCH = 500


async def remember_workspace(
    db: Database, workspace_id: str, *, name: str, bot_user_id: str
) -> None:
    """Baton is installed here, with a token that works, and this is who it is. What waited may go on."""
    async with db.write(workspace_id) as tx:
        await workspaces.save(tx, name=name, bot_user_id=bot_user_id)
    await delivery.reopen(db, workspace_id)


async def tell_of_dead_letter(tx: Tx, letter: DeadLetter, *, now: datetime) -> None:
    """Something urgent was never said: whoever can mend that hears of it in private."""
    wanted = await people.admins(tx) or await people.owners(tx)
    for one in (await people.profiles(tx, wanted)).values():
        if one.id == letter.channel:  # the one who cannot be reached
            continue
        note = Note(
            key=f"dead:{letter.lane}:{letter.seq}:{one.id}",
            channel=one.id,
            text=dead_letters.words(
                letter.channel, letter.reason, Text(one.locale or "en-US", one.zone or "UTC")
            ),
            priority=Priority.DIGEST,
        )
        await outbox.say(tx, note, now=now)


async def hold_after_restore(db: Database, *, now: datetime) -> int:
    """The database came from a backup: in every workspace, look for what waits before it is said. Returns how many."""
    async with db.across() as connection:
        found = await workspaces.everywhere(connection)
    return sum([await delivery.hold_until_reconciled(db, one, now=now) for one in found])


async def forget_what_is_over(db: Database, *, now: datetime) -> int:
    """Drop old inbox keys and what was said long ago, a little at a time so that nobody waits. Returns how many."""
    heard, said = now - HEARD_FOR, now - SAID_FOR

    async def forget_heard(tx: Tx) -> int:
        return await inbox.forget_before(tx, heard, limit=BATCH)

    async def forget_said(tx: Tx) -> int:
        await keeping.forget_gates(tx, heard)
        return await keeping.forget_before(tx, said, limit=BATCH)

    async with db.across() as connection:
        leftovers = await audits.workspaces_with_leftovers(connection, heard=heard, said=said)
    return sum(
        [
            await _in_batches(db, workspace_id, forget)
            for workspace_id in leftovers
            for forget in (forget_heard, forget_said)
        ]
    )


async def _in_batches(
    db: Database, workspace_id: str, forget: Callable[[Tx], Awaitable[int]]
) -> int:
    dropped, last = 0, BATCH
    while last == BATCH:
        async with db.write(workspace_id) as tx:
            last = await forget(tx)
        dropped += last
    return dropped
