"""Notes to the next shift: brought to the next round and to those who lead it, confirmed once and by name."""

import asyncio
from datetime import time, timedelta

import pytest

from bot.app import FIRE
from bot.errors import AlreadyHeard, Denied, Stale
from bot.people import Person
from bot.rules.shifts import Pattern
from bot.rules.standups import Round, ShiftNote
from bot.services.standups import shift_notes
from bot.services.ticking import fire_due
from bot.views.standups import ids
from storage import shifts, standups
from storage.database import Database
from tests import casebook
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id
from tests.services.standups.queue import cards_waiting, post_cards
from tests.standups import close, round_of

DAY = timedelta(days=1)
CHANNEL = "C0BILLING"


async def leaves(db: Database, one: Round, words: str, person: Person = ALICE) -> None:
    async with db.write(WORKSPACE) as tx:
        await shift_notes.said(tx, one, person.id, words, now=one.opens_at)


async def begins(db: Database, one: Round) -> list[ShiftNote]:
    """The round opens; what it is told, once the clock has done its part."""
    async with db.write(WORKSPACE) as tx:
        await shift_notes.bring(tx, one, now=one.opens_at)
    await fire_due(db, WORKSPACE, FIRE, one.opens_at)
    async with db.read(WORKSPACE) as tx:
        return await shift_notes.notes_for_ask(tx, one)


async def brought(db: Database, words: str = "Mind the bank", person: Person = ALICE) -> Round:
    """Somebody has left a note, and the next round begins."""
    await casebook.set_up(db)
    await leaves(db, before := await round_of(db), words, person)
    await close(db, before)
    one = await round_of(db, at=NOON + DAY)
    await begins(db, one)
    return one


async def told(db: Database) -> list[str]:
    """Which leads got a message."""
    return [channel for _subject, channel in await cards_waiting(db, ids.NOTES)]


async def drawn(db: Database, one: Round, person: Person) -> str:
    async with db.read(WORKSPACE) as tx:
        found = await shift_notes.draw(tx, ids.subject(one.id, person.id), person.id)
    assert found
    return f"{found.text}{found.blocks}"


async def confirm(db: Database, person: Person, one: Round, key: str = "c") -> int:
    return await shift_notes.confirm(db, person, one.id, key=key, now=NOON + DAY)


async def test_it_reaches_the_next_round_and_the_leads(db: Database) -> None:
    one = await brought(db)
    async with db.read(WORKSPACE) as tx:
        [note] = await shift_notes.notes_for_ask(tx, one)
    assert (note.words, note.told_round_id) == ("Mind the bank", one.id)
    assert await told(db) == [BEN.id, BOB.id]
    assert "<@U0ALICE>: Mind the bank" in await drawn(db, one, BOB)
    assert "not confirmed yet" in await drawn(db, one, BOB)


async def test_it_goes_to_the_lead_on_shift_alone_if_there_is_one(db: Database) -> None:
    await casebook.set_up(db)
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, Pattern("early", BILLING, days, time(8), time(16), (BEN.id,)))
    await leaves(db, before := await round_of(db), "Mind")
    await close(db, before)
    await begins(db, await round_of(db, at=NOON + DAY))
    assert await told(db) == [BEN.id]


async def test_who_wrote_all_of_it_is_not_told_it(db: Database) -> None:
    one = await brought(db, person=BOB)
    assert await told(db) == [BEN.id]
    with pytest.raises(Stale, match="nothing of others"):
        await confirm(db, BOB, one)
    assert await confirm(db, BEN, one, "2") == 1


async def test_what_is_said_in_a_round_that_is_open_is_for_those_who_come_later(
    db: Database,
) -> None:
    await casebook.set_up(db)
    await leaves(db, before := await round_of(db), "Mind the bank")
    one = await round_of(db, at=NOON + timedelta(minutes=30))
    assert await begins(db, one) == []
    assert await told(db) == []
    await close(db, before)
    assert len(await begins(db, one)) == 1


async def test_what_is_old_or_taken_back_or_confirmed_is_not_brought(db: Database) -> None:
    await casebook.set_up(db)
    old = await round_of(db)
    await leaves(db, old, "Old")
    await close(db, old)
    recent = await round_of(db, at=NOON + 4 * DAY)
    await leaves(db, recent, "Taken back")
    await leaves(db, recent, "  ")
    await leaves(db, recent, "New", BOB)
    await close(db, recent)
    one = await round_of(db, at=NOON + 5 * DAY)
    assert [note.words for note in await begins(db, one)] == ["New"]
    await confirm(db, BEN, one)
    assert await begins(db, await round_of(db, at=NOON + 5 * DAY + 3 * (DAY / 24))) == []


async def test_nobody_confirms_it_so_it_goes_on_to_the_next_round(db: Database) -> None:
    first = await brought(db)
    await close(db, first)
    second = await round_of(db, at=NOON + 2 * DAY)
    assert len(await begins(db, second)) == 1
    assert "gone to a later shift" in await drawn(db, first, BOB)
    with pytest.raises(Stale, match="later shift"):
        await confirm(db, BOB, first)
    assert await confirm(db, BOB, second, "2") == 1


async def test_other_words_are_brought_and_confirmed_anew(db: Database) -> None:
    one = await brought(db)
    await confirm(db, BOB, one)
    async with db.read(WORKSPACE) as tx:
        [note] = await standups.notes_told_in(tx, one.id)
    assert note.confirmed_by == BOB.id
    async with db.write(WORKSPACE) as tx:
        source = await standups.find_round(tx, note.round_id)
        assert source
        await shift_notes.said(tx, source, ALICE.id, "Mind the bank", now=NOON)
        assert await standups.notes_told_in(tx, one.id) == [
            note
        ]  # the same words are the same note
        await shift_notes.said(tx, source, ALICE.id, "Mind the bank and the post", now=NOON + DAY)
    later = await round_of(db, at=NOON + 2 * DAY)
    assert [found.confirmed_by for found in await begins(db, later)] == [None]


@pytest.mark.parametrize("person", [BOB, MARA], ids=by_id)
async def test_it_is_confirmed_once_and_by_name(db: Database, person: Person) -> None:
    one = await brought(db)
    await post_cards(db, ids.NOTES)
    assert await confirm(db, person, one) == 1
    assert await told(db) == [BEN.id, BOB.id]
    shown = await drawn(db, one, BEN)
    assert f"confirmed by <@{person.id}>" in shown
    assert ids.CONFIRM_NOTES not in shown
    before = [subject for subject, _channel in await cards_waiting(db, ids.SUMMARY)]
    assert len(before) == 1  # the summary of the round in which it was said
    with pytest.raises(AlreadyHeard):
        await confirm(db, person, one)
    with pytest.raises(Stale, match=f"<@{person.id}> has confirmed this already"):
        await confirm(db, BEN, one, "2")


async def test_of_two_at_once_one_confirms(db: Database) -> None:
    one = await brought(db)
    done = await asyncio.gather(
        *(confirm(db, who, one, who.id) for who in (BOB, BEN)), return_exceptions=True
    )
    assert [found == 1 for found in done].count(True) == 1
    [late] = [found for found in done if isinstance(found, BaseException)]
    assert isinstance(late, Stale)
    assert "has confirmed this already" in str(late)


@pytest.mark.parametrize("person", [OLGA, CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_others_confirm_nothing_and_read_nothing(db: Database, person: Person) -> None:
    one = await brought(db)
    with pytest.raises(Denied):
        await confirm(db, person, one)
    assert "Mind the bank" not in await drawn(db, one, person)


async def test_the_clock_of_a_round_that_is_gone_says_nothing(db: Database) -> None:
    await casebook.set_up(db)
    async with db.read(WORKSPACE) as tx:
        assert await shift_notes.draw(tx, "gone:U0BOB", "U0BOB") is None
