"""Changing keys: everything is sealed anew, a little at a time, through kills and beside whoever writes."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.rules.coaching import Body, Entry, EntryKind, Note, Part
from bot.services import upkeep
from storage import coaching, keys, resealing
from storage.base import new_id
from storage.coaching.rows import EntryRow, NoteRow
from storage.database import Database, insert_rows
from storage.resealing import SEALED, Resealed
from storage.sealing import ID_BYTES, CannotOpen, Keys, Place, key_id
from tests import notes
from tests.cast import BOB, NOON, OTHER_WORKSPACE, WORKSPACE
from tests.patience import PATIENT
from tests.processes import start
from tests.services.floor import furnish

OLD, NEW = b"o" * 32, b"n" * 32
OLD_ID, NEW_ID = key_id(OLD).hex(), key_id(NEW).hex()
MANY = upkeep.RESEALED_AT_ONCE + 30


Keyed = Callable[..., Database]


@pytest.fixture
async def keyed(database_url: str) -> AsyncIterator[Keyed]:
    """Opens one database again and again, each time with other keys."""
    opened: list[Database] = []

    def open_with(*given: bytes) -> Database:
        opened.append(Database(database_url, PATIENT, keys=Keys(*given)))
        return opened[-1]

    yield open_with
    for one in opened:
        await one.close()


@pytest.fixture
async def before(keyed: Keyed) -> Database:
    """With the old key only."""
    database = keyed(OLD)
    await furnish(database)
    return database


async def sealed_with(db: Database) -> Counter[str]:
    """How many texts there are of each key."""
    found: Counter[str] = Counter()
    async with db.read(WORKSPACE) as tx:
        for what in SEALED:
            found.update(one[:ID_BYTES].hex() for one in await tx.scalars(select(what.texts)))
    return found


async def entry(db: Database, note: Note, words: str) -> None:
    added = Entry(WORKSPACE, new_id(), note.id, EntryKind.COMMENTED, BOB.id, NOON, words)
    async with db.write(WORKSPACE) as tx:
        await coaching.add_entry(tx, added, now=NOON)


async def many_entries(db: Database, note: Note) -> None:
    async with db.write(WORKSPACE) as tx:
        await keys.remember(tx, now=NOON)
        ids = [new_id() for _ in range(MANY)]
        fixed = {"note_id": note.id, "kind": "commented", "by": BOB.id, "at": NOON, "detail": ""}
        sealed = [keys.seal(tx, "coaching_entries", "words", one, f"Words {one}") for one in ids]
        rows = [
            {"id": one, "words": words, "place": place} | fixed
            for place, (one, words) in enumerate(zip(ids, sealed, strict=True), 1)
        ]
        await insert_rows(tx, EntryRow, *rows)


async def words_of(db: Database, note: Note) -> list[str]:
    async with db.read(WORKSPACE) as tx:
        return [f"{one.words} {one.id}" for one in await coaching.entries_of(tx, note.id)]


async def test_everything_is_sealed_anew_and_the_old_key_can_go(
    before: Database, keyed: Keyed
) -> None:
    note = await notes.keep(before)
    await notes.promise(before, note, "Say it back")
    await entry(before, note, "I see it the same way")
    after = keyed(NEW, OLD)

    assert await upkeep.rotate_keys(after, now=NOON) == Resealed(sealed=3)
    assert await sealed_with(after) == {NEW_ID: 3}
    assert await upkeep.needed_keys(after) == [NEW_ID]
    assert await upkeep.rotate_keys(after, now=NOON) == Resealed()

    alone = keyed(NEW)
    async with alone.read(WORKSPACE) as tx:
        assert (await coaching.get(tx, note.id)).body == note.body
        assert [one.words for one in await coaching.commitments_of(tx, note.id)] == ["Say it back"]
        assert [one.words for one in await coaching.entries_of(tx, note.id)] == [
            "I see it the same way"
        ]


class Mortal(Keys):
    """Keys whose process is killed in the middle of the second batch: no `finally` runs, and nobody says goodbye."""

    sealed = 0

    def seal(self, text: str, place: Place) -> bytes:
        self.sealed += 1
        if self.sealed == upkeep.RESEALED_AT_ONCE + 15:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().seal(text, place)


def rotate_and_die() -> None:
    """In a process of its own."""

    async def rotate() -> None:
        database = Database(os.environ["ADDRESS"], keys=Mortal(NEW, OLD))
        await upkeep.rotate_keys(database, now=NOON)

    asyncio.run(rotate())


async def test_a_kill_in_the_middle_loses_nothing_and_the_next_run_goes_on(
    before: Database, keyed: Keyed, tmp_path: Path
) -> None:
    note = await notes.keep(before)
    await many_entries(before, note)
    address = before.url.render_as_string(hide_password=False)
    child = start(rotate_and_die, environment={"ADDRESS": address}, folder=tmp_path)

    assert await child.wait() == -signal.SIGKILL
    after = keyed(NEW, OLD)
    assert await sealed_with(after) == {NEW_ID: 1 + upkeep.RESEALED_AT_ONCE, OLD_ID: 30}
    assert len(await words_of(after, note)) == MANY
    assert await upkeep.needed_keys(after) == sorted([NEW_ID, OLD_ID])
    assert await upkeep.rotate_keys(after, now=NOON) == Resealed(sealed=30)
    assert await upkeep.needed_keys(after) == [NEW_ID]
    assert all(
        words == f"Words {row_id}"
        for words, row_id in (one.rsplit(" ", 1) for one in await words_of(after, note))
    )


async def test_it_runs_beside_a_bot_that_writes(before: Database, keyed: Keyed) -> None:
    """Also beside one that was not told of the new key yet: what it writes meanwhile is not lost, nor overwritten."""
    note = await notes.keep(before)
    await many_entries(before, note)
    rotating, writing, late = (keyed(*given) for given in ((NEW, OLD), (NEW, OLD), (OLD, NEW)))

    async def write(database: Database, times: int) -> None:
        for _ in range(times):
            async with database.write(WORKSPACE) as tx:
                await coaching.lock(tx, note.id)
                known = await coaching.get(tx, note.id)
                said = replace(known, body=Body({Part.GOAL: f"{known.version + 1}"}))
                assert await coaching.change(tx, said, before=known, now=NOON)

    await asyncio.gather(
        upkeep.rotate_keys(rotating, now=NOON), write(writing, 10), write(late, 10)
    )
    await upkeep.rotate_keys(rotating, now=NOON)
    assert await sealed_with(rotating) == {NEW_ID: 1 + MANY}
    assert await upkeep.needed_keys(rotating) == [NEW_ID]
    async with rotating.read(WORKSPACE) as tx:
        found = await coaching.get(tx, note.id)
    assert found.body.parts == {Part.GOAL: f"{found.version}"}


async def test_two_who_do_it_at_once_do_it_once(before: Database, keyed: Keyed) -> None:
    await many_entries(before, await notes.keep(before))
    both = keyed(NEW, OLD), keyed(NEW, OLD)
    one, other = await asyncio.gather(*(upkeep.rotate_keys(db, now=NOON) for db in both))

    assert one.sealed + other.sealed == 1 + MANY
    assert await sealed_with(both[0]) == {NEW_ID: 1 + MANY}
    assert await upkeep.needed_keys(both[0]) == [NEW_ID]


async def test_a_key_is_not_forgotten_while_something_is_being_sealed_with_it(
    before: Database, keyed: Keyed
) -> None:
    note = await notes.keep(before)
    after = keyed(NEW, OLD)
    await upkeep.rotate_keys(after, now=NOON)
    late = keyed(OLD, NEW)
    async with late.write(WORKSPACE) as tx:
        known = await coaching.get(tx, note.id)
        assert await coaching.change(tx, known, before=known, now=NOON)

    async def forget() -> bool:
        async with after.write(WORKSPACE) as tx:
            return await resealing.forget_if_unneeded(tx, OLD_ID)

    async with late.write(WORKSPACE) as tx:
        added = Entry(WORKSPACE, new_id(), note.id, EntryKind.COMMENTED, BOB.id, NOON, "Late")
        await coaching.add_entry(tx, added, now=NOON)
        forgetting = asyncio.create_task(forget())
        await asyncio.sleep(0)
    assert await forgetting is False
    assert OLD_ID in await upkeep.needed_keys(after)


async def test_what_was_changed_by_hand_stays_as_it_is_and_holds_nobody_up(
    before: Database, keyed: Keyed
) -> None:
    good, bad = await notes.keep(before), await notes.keep(before)
    broken = Keys(OLD).newest + b"not what was written"
    async with before.write(WORKSPACE) as tx:
        await tx.execute(update(NoteRow).where(NoteRow.id == bad.id).values(body=broken))
    after = keyed(NEW, OLD)

    assert await upkeep.rotate_keys(after, now=NOON) == Resealed(sealed=1, unopened=1)
    assert await upkeep.needed_keys(after) == sorted([NEW_ID, OLD_ID])
    async with after.read(WORKSPACE) as tx:
        assert (await coaching.get(tx, good.id)).body == good.body
        with pytest.raises(CannotOpen):
            await coaching.get(tx, bad.id)


async def test_what_was_sealed_with_a_lost_key_is_emptied_when_the_operator_says_so(
    before: Database, keyed: Keyed
) -> None:
    note = await notes.keep(before)
    await notes.promise(before, note)
    await entry(before, note, "I see it the same way")
    after = keyed(NEW)

    assert await upkeep.missing_keys(after) == [OLD_ID]
    assert await upkeep.rotate_keys(after, now=NOON) == Resealed(unopened=3)
    assert await upkeep.missing_keys(after) == [OLD_ID]
    assert await upkeep.rotate_keys(after, now=NOON, lost=OLD_ID) == Resealed(emptied=3)
    assert await upkeep.missing_keys(after) == []
    async with after.read(WORKSPACE) as tx:
        assert (await coaching.get(tx, note.id)).body == Body()
        assert [one.words for one in await coaching.commitments_of(tx, note.id)] == ["…"]
        assert [one.words for one in await coaching.entries_of(tx, note.id)] == [""]


async def test_another_workspace_is_sealed_anew_for_itself(before: Database, keyed: Keyed) -> None:
    async with before.write(OTHER_WORKSPACE) as tx:
        await keys.remember(tx, now=NOON)
        sealed = keys.seal(tx, "coaching_notes", "body", "LEAK-id", "theirs")
        await tx.execute(update(NoteRow).values(body=sealed))
    await notes.keep(before)
    after = keyed(NEW, OLD)

    assert await upkeep.rotate_keys(after, now=NOON) == Resealed(sealed=2, unopened=2)
    async with after.read(OTHER_WORKSPACE) as tx:
        theirs = await tx.scalar(select(NoteRow.body))
        assert theirs
        assert keys.unseal(tx, "coaching_notes", "body", "LEAK-id", theirs) == "theirs"
