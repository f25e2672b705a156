"""Commitments: begun when their note is shared, reminded of, settled by either side, carried over. Never with their words."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person, system
from bot.rules.absences import Absence, Kind
from bot.rules.coaching import (
    CommitmentAction,
    CommitmentState,
    EntryKind,
    Promiser,
    State,
)
from bot.rules.coaching.promising import read_detail
from bot.rules.people import Profile
from bot.services.coaching import promising
from bot.services.people import save_profiles
from storage import absences
from storage.database import Database
from storage.outbox import OutboxRow
from tests import casebook, notes
from tests.casebook import said, timers
from tests.cast import ADA, ALICE, BEN, BOB, DAN, MARA, NOON, OLGA, STRANGER, WORKSPACE
from tests.services.coaching.promised import (
    DAYS,
    begun,
    entries,
    morning,
    of,
    pass_until,
    settle,
)
from tests.services.floor import by_id

FINISH, DROP, REOPEN = CommitmentAction.FINISH, CommitmentAction.DROP, CommitmentAction.REOPEN
WORDS = "Say back what the customer wants, before answering"


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def test_what_was_planned_is_open_once_its_note_is_shared(db: Database) -> None:
    [one] = await of(db, await begun(db))
    assert one.state is CommitmentState.OPEN
    assert await timers(db) == {promising.REMIND: morning(4)}


@pytest.mark.parametrize("person", [ALICE, BOB], ids=by_id)
async def test_both_may_settle_it_and_the_other_hears_of_it(db: Database, person: Person) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    await settle(db, one, person=person)
    [after] = await of(db, note)
    assert (after.state, after.settled_by, after.settled_at) == ("done", person.id, NOON)
    [entry] = await entries(db, note)
    assert (entry.kind, entry.by) == (EntryKind.COMMITMENT_SETTLED, person.id)
    assert read_detail(entry.detail) == (FINISH, one.id)
    other = BOB if person is ALICE else ALICE
    assert await said(db, other.id) == [
        f"<@{person.id}> has marked a commitment of your coaching as done."
    ]
    assert await said(db, person.id) == []
    assert await timers(db) == {}


@pytest.mark.parametrize("person", [BEN, MARA, OLGA, ADA, DAN], ids=by_id)
async def test_nobody_else_may_settle_it(db: Database, person: Person) -> None:
    [one] = await of(db, await begun(db))
    with pytest.raises(Denied, match="Only the two"):
        await settle(db, one, person=person)


@pytest.mark.parametrize("person", [ALICE, BOB], ids=by_id)
async def test_what_the_lead_promised_is_settled_by_both_as_well(
    db: Database, person: Person
) -> None:
    note = await notes.keep(db, State.SHARED)
    one = await notes.promise(db, note, promiser=Promiser.LEAD)
    await settle(db, one, person=person)
    [after] = await of(db, note)
    assert after.settled_by == person.id


async def test_an_author_who_leads_no_more_settles_nothing(db: Database) -> None:
    [one] = await of(db, await begun(db))
    with pytest.raises(Denied):
        await settle(db, one, person=replace(BOB, roles={}))


async def test_another_workspace_sees_none(db: Database) -> None:
    [one] = await of(db, await begun(db))
    with pytest.raises(Refused, match="is gone"):
        await settle(db, one, person=STRANGER)


async def test_twice_is_harmless(db: Database) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    await settle(db, one)
    with pytest.raises(AlreadyHeard):
        await settle(db, one)
    with pytest.raises(Stale, match="settled already"):
        await settle(db, one, key="again", person=BOB)
    assert len(await entries(db, note)) == 1


async def test_of_two_at_once_one_settles_it(db: Database) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    found = await asyncio.gather(
        settle(db, one, key="a"),
        settle(db, one, DROP, person=BOB, key="b"),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in found) == ["Commitment", "Stale"]
    assert len(await entries(db, note)) == 1


async def test_it_is_not_done_after_all_and_reminded_of_again(db: Database) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    await settle(db, one)
    await settle(db, one, REOPEN, key="reopen")
    [after] = await of(db, note)
    assert (after.state, after.settled_by, after.settled_at) == ("open", None, None)
    assert await timers(db) == {promising.REMIND: morning(4)}
    assert len(await said(db, BOB.id)) == 2


async def test_what_was_let_go_stays_so(db: Database) -> None:
    [one] = await of(db, await begun(db))
    await settle(db, one, DROP)
    with pytest.raises(Stale):
        await settle(db, one, REOPEN, key="reopen")


@pytest.mark.parametrize("action", [CommitmentAction.BEGIN, CommitmentAction.CARRY])
async def test_what_only_a_note_does_nobody_does_by_hand(
    db: Database, action: CommitmentAction
) -> None:
    note = await notes.keep(db, State.SHARED)
    planned = await notes.promise(db, note, state=CommitmentState.PLANNED)
    with pytest.raises(Stale):
        await settle(db, planned, action)


async def test_nothing_is_settled_in_a_closed_note(db: Database) -> None:
    note = await notes.keep(db, State.CLOSED)
    one = await notes.promise(db, note, state=CommitmentState.DONE)
    with pytest.raises(Stale):
        await settle(db, one, REOPEN)


async def test_a_death_in_the_middle_leaves_nothing_half(db: Database) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    after = replace(one, state=CommitmentState.DONE, settled_at=NOON, settled_by=ALICE.id)
    with pytest.raises(RuntimeError):
        async with db.write(WORKSPACE) as tx:
            await promising.become(tx, one, after, FINISH, by=ALICE.id, now=NOON)
            raise RuntimeError("the process dies")
    assert await of(db, note) == [one]
    assert await entries(db, note) == []
    assert await timers(db) == {promising.REMIND: morning(4)}


async def test_reminded_the_day_before_and_once_the_day_after(db: Database) -> None:
    await begun(db)
    for day, hour, count in ((4, 8, 0), (4, 9, 1), (5, 9, 1), (6, 8, 1), (6, 9, 2), (9, 9, 2)):
        await pass_until(db, morning(day, hour))
        assert len(await said(db, ALICE.id)) == count, (day, hour)
    before, after = await said(db, ALICE.id)
    assert before == "A commitment of your coaching is due on Mar 5, 2026."
    assert "was due on Mar 5, 2026" in after
    assert await said(db, BOB.id) == []
    assert await timers(db) == {}


async def test_the_lead_is_reminded_of_what_they_promised(db: Database) -> None:
    note = await notes.keep(db, State.SHARED, shared_at=NOON)
    await notes.promise(db, note, promiser=Promiser.LEAD, state=CommitmentState.PLANNED, days=DAYS)
    await begun(db, *await of(db, note), about=note)
    await pass_until(db, morning(4))
    assert (len(await said(db, BOB.id)), await said(db, ALICE.id)) == (1, [])


async def test_what_is_late_says_so_and_comes_once(db: Database) -> None:
    await begun(db)
    await pass_until(db, morning(6, 12))
    [told] = await said(db, ALICE.id)
    assert told.endswith("I was not running at the time, so this comes late.")
    assert "was due on" in told


async def test_who_is_away_is_reminded_when_they_are_back(db: Database) -> None:
    await begun(db)
    async with db.write(WORKSPACE) as tx:
        gone = Absence(WORKSPACE, "a", ALICE.id, Kind.SICK, morning(3, 0), morning(7, 0))
        await absences.add(tx, gone)
    await pass_until(db, morning(4))
    assert await said(db, ALICE.id) == []
    assert await timers(db) == {promising.REMIND: morning(7)}
    await pass_until(db, morning(7))
    [told] = await said(db, ALICE.id)
    assert "was due on" in told
    assert "late" not in told
    assert await timers(db) == {}


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/New_York", 14), ("Asia/Tokyo", 0)], ids=["later", "sooner"]
)
async def test_who_moves_is_reminded_by_the_clock_where_they_are(
    db: Database, zone: str, hour: int
) -> None:
    await begun(db)
    moved = Profile(ALICE.id, name="Alice", zone=zone, updated=20)
    await save_profiles(db, system(WORKSPACE), [moved], now=NOON)
    await pass_until(db, morning(4, hour) - timedelta(minutes=1))
    assert await said(db, ALICE.id) == []
    await pass_until(db, morning(4, hour))
    assert len(await said(db, ALICE.id)) == 1


async def test_who_was_deactivated_is_reminded_of_nothing(db: Database) -> None:
    await begun(db)
    gone = Profile(ALICE.id, name="Alice", is_deleted=True, updated=20)
    await save_profiles(db, system(WORKSPACE), [gone], now=NOON)
    await pass_until(db, morning(4))
    assert await said(db, ALICE.id) == []


async def test_no_message_holds_the_words(db: Database) -> None:
    note = await begun(db)
    [one] = await of(db, note)
    await pass_until(db, morning(4))
    await settle(db, one)
    async with db.read(WORKSPACE) as tx:
        rows = (await tx.scalars(select(OutboxRow))).all()
    assert rows
    for row in rows:
        assert WORDS not in f"{row.words}{row.blocks}{row.key}"


async def test_what_somebody_has_promised_in_any_note_by_a_day(db: Database) -> None:
    note = await notes.keep(db, State.SHARED)
    late = await notes.promise(db, note, "Call back", days=-2)
    soon = await notes.promise(db, note, "Read page 3", days=7)
    await notes.promise(db, note, "Far away", days=8)
    await notes.promise(db, note, "Done", days=1, state=CommitmentState.DONE)
    leads = await notes.promise(db, note, "Ask the trainer", days=1, promiser=Promiser.LEAD)
    until = NOON.date() + timedelta(days=7)
    async with db.read(WORKSPACE) as tx:
        assert await promising.open_of(tx, ALICE.id, until) == [late, soon]
        assert await promising.open_of(tx, BOB.id, until) == [leads]
        assert await promising.open_of(tx, MARA.id, until) == []
