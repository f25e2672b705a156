"""`/baton my-data`: one's own numbers, and who looked at what was shared with one, never at what was private."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Person, Role
from bot.rules.coaching import LookKind, Promiser, State, Visibility
from bot.rules.coaching.kept import Kept, MyData
from bot.services.coaching import looking, my_data, reading
from storage import coaching
from storage.database import Database
from tests import casebook, notes
from tests.cast import ALICE, BEN, BOB, DAN, MARA, NOON, STRANGER, WORKSPACE


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def looks(db: Database, person: Person = ALICE) -> list[tuple[str, str, str]]:
    mine = await my_data.see(db, person)
    assert mine.looks.total == len(mine.looks.looks)
    return [(one.look.person_id, one.look.kind, one.note.id) for one in mine.looks.looks]


async def test_who_looked_is_shown_to_whom_the_note_is_about_the_newest_first(
    db: Database,
) -> None:
    note = await notes.keep(db, State.SHARED, visibility=Visibility.CHAIN)
    for minutes, person in enumerate((BOB, MARA, ALICE)):
        await reading.see(db, person, note.id, now=NOON + timedelta(minutes=minutes))
    async with db.write(WORKSPACE) as tx:
        later = NOON + timedelta(hours=1)
        await looking.record(tx, MARA, [note], LookKind.EXPORTED, now=later, export_id="e")

    assert await looks(db) == [
        (MARA.id, "exported", note.id),
        (MARA.id, "viewed", note.id),
        (BOB.id, "viewed", note.id),
    ]


async def test_looks_at_what_was_private_are_not_in_it(db: Database) -> None:
    """Not even once it is shared: the agent does not learn that there was a draft, nor for how long."""
    draft = await notes.keep(db)
    private = await notes.keep(db, visibility=Visibility.PRIVATE)
    for note in (draft, private):
        await reading.see(db, BOB, note.id, now=NOON)
    async with db.write(WORKSPACE) as tx:
        shared = replace(draft, state=State.SHARED, shared_at=NOON)
        assert await coaching.change(tx, shared, before=draft, now=NOON)

    assert await looks(db) == []
    await reading.see(db, BOB, draft.id, now=NOON)
    assert await looks(db) == [(BOB.id, "viewed", draft.id)]


@pytest.mark.parametrize("person", [BOB, BEN, MARA, DAN, STRANGER], ids=lambda one: one.id)
async def test_nobody_sees_it_of_somebody_else(db: Database, person: Person) -> None:
    note = await notes.keep(db, State.SHARED, visibility=Visibility.CHAIN)
    await reading.see(db, MARA, note.id, now=NOON)
    assert await looks(db, person) == []


async def test_a_page_is_ten_and_the_rest_is_on_the_next(db: Database) -> None:
    note = await notes.keep(db, State.SHARED)
    for minutes in range(12):
        await reading.see(db, BOB, note.id, now=NOON + timedelta(minutes=minutes))
    first, second = await my_data.see(db, ALICE), await my_data.see(db, ALICE, page=1)

    assert (len(first.looks.looks), len(second.looks.looks), first.looks.total) == (10, 2, 12)
    times = [one.look.at for one in (*first.looks.looks, *second.looks.looks)]
    assert times == sorted(times, reverse=True)


async def counted(db: Database, person: Person) -> dict[Kept, int]:
    mine = await my_data.see(db, person)
    return {kept: count for kept, count in mine.counts.items() if count}


async def test_what_is_kept_is_counted_for_everybody_by_themselves(db: Database) -> None:
    assert await counted(db, ALICE) == {}
    await casebook.claimed(db)
    note = await notes.keep(db, State.SHARED)
    await notes.keep(db, visibility=Visibility.PRIVATE)
    for promiser in Promiser:
        await notes.promise(db, note, promiser=promiser)

    assert await counted(db, ALICE) == {Kept.RAISED: 1, Kept.SHARED_NOTES: 1, Kept.COMMITMENTS: 1}
    assert await counted(db, BOB) == {Kept.OWNED: 1, Kept.WRITTEN_NOTES: 2, Kept.COMMITMENTS: 1}
    assert await counted(db, DAN) == {}


async def test_the_roles_are_those_of_ones_teams(db: Database) -> None:
    mine = await my_data.see(db, ALICE)
    assert mine.roles == {"Billing": frozenset({Role.AGENT})}
    assert mine.shares_mood is False
    assert set(mine.counts) == set(Kept)
    assert isinstance(mine, MyData)
