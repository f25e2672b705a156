"""Taking thanks back: for ten minutes, by who gave them, as if nothing had been said."""

import asyncio

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.delivery import Place
from bot.rules.kudos import Kudos
from bot.rules.kudos.digests import About
from bot.rules.spans import Span
from bot.services.kudos import looking, undoing
from bot.views.kudos import ids
from storage.database import Database
from storage.outbox import OutboxRow
from storage.outbox.recording import remember_cards
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, MARA, NOON, STRANGER, WORKSPACE
from tests.patience import PATIENT
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id
from tests.services.kudos.acting import (
    CHANNEL,
    DAY,
    HOUR,
    MINUTE,
    count,
    drawn,
    give,
    kept,
    notes,
    pass_time,
    places,
    posted,
    settle_on,
)


async def undo(
    db: Database, kudos: Kudos, person: Person = ALICE, key: str = "undo", minutes: int = 0
) -> Kudos:
    return await undoing.undo(db, person, kudos.id, key=key, now=NOON + minutes * MINUTE)


async def test_what_was_read_is_taken_back_everywhere(db: Database) -> None:
    kudos = await give(db)
    await posted(db, kudos, CHANNEL, BEN.id, ALICE.id)
    after = await undo(db, kudos, minutes=9)
    assert await kept(db, kudos) == after
    assert "These thanks were taken back" in await drawn(db, kudos, CHANNEL)
    assert f"<@{ALICE.id}> has taken these thanks back" in await drawn(db, kudos, BEN.id)
    assert "You have taken these thanks back" in await drawn(db, kudos, ALICE.id)
    for place in (CHANNEL, BEN.id, ALICE.id):
        assert "Porto" not in await drawn(db, kudos, place)


async def test_what_nobody_could_read_yet_is_never_said(db: Database) -> None:
    kudos = await give(db)
    await posted(db, kudos, BEN.id)
    await undo(db, kudos)
    assert await drawn(db, kudos, CHANNEL) == ""
    assert "taken these thanks back" in await drawn(db, kudos, BEN.id)


async def test_the_allowance_is_free_again(db: Database) -> None:
    await settle_on(db, per_day=1, per_pair=1)
    await undo(db, await give(db))
    assert (await looking.mine(db, ALICE, now=NOON)).gave == []
    await give(db, key="again")


async def test_after_ten_minutes_they_stay(db: Database) -> None:
    kudos = await give(db)
    with pytest.raises(Refused, match="for ten minutes"):
        await undo(db, kudos, minutes=10)
    assert (await kept(db, kudos)) == kudos


@pytest.mark.parametrize("person", [BEN, BOB, MARA, ADA], ids=by_id)
async def test_nobody_else_takes_them_back(db: Database, person: Person) -> None:
    kudos = await give(db)
    with pytest.raises(Denied, match="Only who gave"):
        await undo(db, kudos, person)


async def test_another_workspace_finds_nothing(db: Database) -> None:
    kudos = await give(db)
    with pytest.raises(Refused, match="gone"):
        await undo(db, kudos, STRANGER)


async def test_twice_is_harmless(db: Database) -> None:
    kudos = await give(db)
    await undo(db, kudos)
    with pytest.raises(AlreadyHeard):
        await undo(db, kudos)
    with pytest.raises(Stale, match="already"):
        await undo(db, kudos, key="2", minutes=20)


async def test_of_two_at_once_one_takes_them_back(db: Database) -> None:
    kudos = await give(db)
    found = await asyncio.gather(
        *(undo(db, kudos, key=key) for key in "ab"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Kudos", "Stale"]


async def test_the_button_goes_when_its_time_is_over(db: Database) -> None:
    kudos = await give(db)
    await pass_time(db, NOON + 10 * MINUTE)
    assert "Undo" not in await drawn(db, kudos, ALICE.id, NOON + 10 * MINUTE)
    await undo(db, await give(db, BOB, key="2"), BOB)
    await pass_time(db, NOON + 20 * MINUTE)
    assert await notes(db, ALICE) == []


async def test_a_digest_that_told_it_is_mended(db: Database) -> None:
    kudos = await give(db)
    inside, before = (
        About(BILLING, Span(start, start + DAY)).packed() for start in (NOON - HOUR, NOON - 2 * DAY)
    )
    async with db.write(WORKSPACE) as tx:
        told = {(ids.DIGEST, one, "C1"): Place("C1", "2.0", "x") for one in (inside, before)}
        moved = {(ids.CARD, kudos.id, "C0OLD"): Place("C0OLD", "1.0", "x")}
        await remember_cards(tx, told | moved)
    await undo(db, kudos)
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.card_kind, OutboxRow.card_subject, OutboxRow.channel)
        found = {tuple(row) for row in await tx.execute(asked.where(OutboxRow.is_card))}
    assert (ids.DIGEST, inside, "C1") in found
    assert (ids.DIGEST, before, "C1") not in found
    assert (ids.CARD, kudos.id, "C0OLD") in found  # the team has another channel by now
    assert "taken back" in await drawn(db, kudos, "C0OLD")


async def test_a_death_in_the_middle_leaves_nothing_half(db: Database, database_url: str) -> None:
    for statement in (3, 7, 12, AT_COMMIT):
        process = Database(database_url, PATIENT, keys=db.keys)
        with pytest.raises(Died), dying(process, statement):
            await give(process)
        await process.close()
        assert await count(db) == (0, 0)
        assert await places(db) == set()
    kudos = await give(db)
    for statement in (3, 5, AT_COMMIT):
        process = Database(database_url, PATIENT, keys=db.keys)
        with pytest.raises(Died), dying(process, statement):
            await undo(process, kudos)
        await process.close()
        assert await kept(db, kudos) == kudos
    await undo(db, kudos)
