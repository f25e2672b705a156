"""Follow-ups: a private word to the author on the day they chose; then done, moved, or answered by the next note."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, system
from bot.rules.absences import Absence, Kind
from bot.rules.coaching import EntryKind, Note, State, Visibility
from bot.rules.people import Profile
from bot.services.coaching import following_up, promising
from bot.services.people import save_profiles
from storage import absences, coaching, members
from storage.database import Database
from tests import casebook, notes
from tests.casebook import said, timers
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, DAN, MARA, NOON, STRANGER, WORKSPACE
from tests.services.coaching import drafting
from tests.services.coaching.promised import begun, entries, morning, pass_until
from tests.services.floor import by_id

DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def planned(db: Database, state: State = State.SHARED, **values: Any) -> Note:
    """Bob wants to come back to it on Thursday."""
    given = {"shared_at": NOON} if state is not State.DRAFT else {}
    note = await notes.keep(db, state, **{"follow_up_on": DAY, **given, **values})
    async with db.write(WORKSPACE) as tx:
        await following_up.plan(tx, note, now=NOON)
    return note


async def now_it_is(db: Database, note: Note) -> Note:
    async with db.read(WORKSPACE) as tx:
        return await coaching.get(tx, note.id)


async def done(db: Database, note: Note, *, person: Person = BOB, key: str = "done") -> Note:
    return await following_up.done(db, person, note.id, key=key, now=NOON)


async def move(
    db: Database, note: Note, day: date | None, *, person: Person = BOB, key: str = "move"
) -> Note:
    return await following_up.move(db, person, note.id, day, key=key, now=NOON)


async def test_the_author_hears_of_it_on_its_day_once(db: Database) -> None:
    await planned(db)
    await pass_until(db, morning(5, 8))
    assert await said(db, BOB.id) == []
    await pass_until(db, morning(5))
    await pass_until(db, morning(9))
    assert await said(db, BOB.id) == [
        f"You wanted to come back to your coaching with <@{ALICE.id}> on Mar 5, 2026."
    ]
    assert await said(db, ALICE.id) == []


async def test_it_is_planned_when_a_note_is_shared(db: Database) -> None:
    note = await notes.keep(db, State.SHARED, shared_at=NOON, follow_up_on=DAY)
    await begun(db, about=note)
    assert (await timers(db))[following_up.REMIND] == morning(5)


async def test_done_it_is_in_the_note_and_reminds_nobody(db: Database) -> None:
    note = await planned(db)
    after = await done(db, note)
    assert after.followed_up_at == NOON
    [entry] = await entries(db, note)
    assert (entry.kind, entry.by) == (EntryKind.FOLLOWED_UP, BOB.id)
    assert await timers(db) == {}
    with pytest.raises(AlreadyHeard):
        await done(db, note)
    with pytest.raises(Stale, match="followed up already"):
        await done(db, note, key="again")
    with pytest.raises(Stale):
        await move(db, note, DAY + timedelta(days=1))


@pytest.mark.parametrize("person", [ALICE, BEN, MARA, ADA, DAN], ids=by_id)
async def test_only_its_author_follows_up(db: Database, person: Person) -> None:
    note = await planned(db)
    with pytest.raises(Denied):
        await done(db, note, person=person)
    with pytest.raises(Denied):
        await move(db, note, DAY + timedelta(days=1), person=person)
    with pytest.raises(Denied):
        await following_up.see(db, person, note.id)
    with pytest.raises(Denied):
        await done(db, note, person=replace(BOB, roles={}), key="left")


async def test_another_workspace_sees_none(db: Database) -> None:
    note = await planned(db)
    with pytest.raises(Refused, match="is gone"):
        await done(db, note, person=STRANGER)


async def test_moved_it_comes_on_the_other_day(db: Database) -> None:
    note = await planned(db)
    after = await move(db, note, date(2026, 3, 9))
    assert after.follow_up_on == date(2026, 3, 9)
    await pass_until(db, morning(5))
    assert await said(db, BOB.id) == []
    await pass_until(db, morning(9))
    assert len(await said(db, BOB.id)) == 1
    assert await entries(db, note) == []


@pytest.mark.parametrize("day", [None, NOON.date(), date(2027, 3, 4)])
async def test_a_day_that_cannot_be_keeps_the_form_open(db: Database, day: date | None) -> None:
    note = await planned(db)
    with pytest.raises(FormProblems) as refused:
        await move(db, note, day)
    assert list(refused.value.problems) == ["day"]
    assert (await now_it_is(db, note)).follow_up_on == DAY


async def test_a_private_note_is_followed_up_without_a_word_to_anybody(db: Database) -> None:
    note = await planned(db, State.DRAFT, visibility=Visibility.PRIVATE)
    await pass_until(db, morning(5))
    assert len(await said(db, BOB.id)) == 1
    await done(db, note)
    assert await entries(db, note) == []
    assert await said(db, ALICE.id) == []


async def test_who_leads_no_more_is_not_asked(db: Database) -> None:
    await planned(db)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {})
    await pass_until(db, morning(5))
    assert await said(db, BOB.id) == []


async def test_who_is_away_is_asked_when_they_are_back(db: Database) -> None:
    await planned(db)
    async with db.write(WORKSPACE) as tx:
        gone = Absence(WORKSPACE, "a", BOB.id, Kind.SICK, morning(5, 0), morning(6, 0))
        await absences.add(tx, gone)
    await pass_until(db, morning(5))
    assert await said(db, BOB.id) == []
    await pass_until(db, morning(6))
    [told] = await said(db, BOB.id)
    assert "late" not in told


async def test_late_it_says_so(db: Database) -> None:
    await planned(db)
    await pass_until(db, morning(5, 12))
    [told] = await said(db, BOB.id)
    assert told.endswith("this comes late.")


async def test_who_moves_is_asked_by_the_clock_where_they_are(db: Database) -> None:
    await planned(db)
    moved = Profile(BOB.id, name="Bob", zone="Asia/Tokyo", updated=20)
    await save_profiles(db, system(WORKSPACE), [moved], now=NOON)
    await pass_until(db, morning(5, 0))
    assert len(await said(db, BOB.id)) == 1


async def test_a_new_note_is_the_follow_up_of_earlier_ones_whose_day_has_come(
    db: Database,
) -> None:
    due = await planned(db, follow_up_on=NOON.date())
    later = await planned(db)
    other = await planned(db, follow_up_on=NOON.date(), agent_id=BEN.id)
    shared = await notes.keep(db, State.SHARED, shared_at=NOON, follow_up_on=NOON.date())
    async with db.write(WORKSPACE) as tx:
        await promising.begin(tx, shared, now=NOON)
    assert (await now_it_is(db, due)).followed_up_at == NOON
    for one in (later, other, shared):
        assert (await now_it_is(db, one)).followed_up_at is None


async def test_a_draft_that_is_to_be_shared_reminds_nobody(db: Database) -> None:
    await planned(db, State.DRAFT)
    assert await timers(db) == {}


async def test_of_two_at_once_one_follows_it_up(db: Database) -> None:
    note = await planned(db)
    found = await asyncio.gather(
        done(db, note, key="a"), done(db, note, key="b"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Note", "Stale"]
    assert len(await entries(db, note)) == 1


async def test_what_is_written_in_private_is_reminded_of_as_the_form_says(db: Database) -> None:
    written = await drafting.save(db, visibility="private")
    assert await timers(db) == {following_up.REMIND: morning(9)}
    later = drafting.SOON + timedelta(days=1)
    again = await drafting.save_again(db, written.note, visibility="private", follow_up_on=later)
    assert await timers(db) == {following_up.REMIND: morning(10)}
    await drafting.save_again(db, again.note, key="shared", visibility="agent")
    assert await timers(db) == {}
