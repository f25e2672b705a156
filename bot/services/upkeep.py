"""What Baton does on nobody's behalf, to keep its own house."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.services import delivery
from bot.services.delivery import DeadLetter
from bot.text import Text
from bot.views import dead_letters
from storage import audits, inbox, keys, outbox, people, resealing, workspaces
from storage.database import Database, Tx
from storage.outbox import Note, Priority, keeping
from storage.resealing import SEALED, Resealed, Sealed

HEARD_FOR = timedelta(days=7)
"""Longer than anybody repeats a request: Slack's own retries end after minutes, its delayed events after a day."""
SAID_FOR = timedelta(days=30)
BATCH = 500
RESEALED_AT_ONCE = 100
"""A transaction of a few milliseconds, so that nobody waits for it, and a stop loses next to nothing."""


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
    found = await known_workspaces(db)
    return sum([await delivery.hold_until_reconciled(db, one, now=now) for one in found])


async def known_workspaces(db: Database) -> list[str]:
    """The ids of all workspaces that Baton is in."""
    async with db.across() as connection:
        return sorted(await workspaces.everywhere(connection))


async def needed_keys(db: Database) -> Sequence[str]:
    """The ids of keys that something may be sealed with, in any workspace."""
    async with db.across() as connection:
        return await keys.used(connection)


async def missing_keys(db: Database) -> list[str]:
    """Those of them that nobody gave."""
    return [one for one in await needed_keys(db) if one not in db.keys.ids]


async def rotate_keys(db: Database, *, now: datetime, lost: str = "") -> Resealed:
    """Seal everything with the newest key, in every workspace, and forget keys that nothing needs any more.

    It may be stopped anywhere, begun again, and run beside a bot. What is sealed with the key that is `lost` is emptied.
    """
    done = Resealed()
    async with db.across() as connection:
        known = await keys.everywhere(connection)
    for workspace_id in dict.fromkeys(workspace_id for workspace_id, _key in known):
        async with db.write(
            workspace_id
        ) as tx:  # by itself: its first row may have to wait for somebody else's
            await keys.remember(tx, now=now)
        for what in SEALED:
            done += await _seal_anew(db, workspace_id, what, lost, now)
    for workspace_id, key_id in known:
        if key_id != db.keys.newest.hex():
            async with db.write(workspace_id) as tx:
                await resealing.forget_if_unneeded(tx, key_id)
    return done


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


async def _seal_anew(
    db: Database, workspace_id: str, what: Sealed, lost: str, now: datetime
) -> Resealed:
    """Through a column, again and again as long as there is something to do: meanwhile somebody may write."""
    done = later = await _once_through(db, workspace_id, what, lost, now)
    while later.sealed or later.emptied:
        later = await _once_through(db, workspace_id, what, lost, now)
        done = replace(
            later, sealed=done.sealed + later.sealed, emptied=done.emptied + later.emptied
        )
    return done


async def _once_through(
    db: Database, workspace_id: str, what: Sealed, lost: str, now: datetime
) -> Resealed:
    done = Resealed()
    while True:
        async with db.write(workspace_id) as tx:
            batch = await resealing.seal_anew(
                tx, what, after=done.last, limit=RESEALED_AT_ONCE, now=now, lost=lost
            )
        if not batch.last:
            return done
        done += batch


async def _in_batches(
    db: Database, workspace_id: str, forget: Callable[[Tx], Awaitable[int]]
) -> int:
    dropped, last = 0, BATCH
    while last == BATCH:
        async with db.write(workspace_id) as tx:
            last = await forget(tx)
        dropped += last
    return dropped
