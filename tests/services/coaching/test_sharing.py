"""Sharing a note: its agent reads it from then on, is told without a word of it, and nothing in it changes any more."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.absences import Draft
from bot.rules.coaching import CommitmentState, EntryKind, Note, Part, State
from bot.rules.people import Profile
from bot.services import absences
from bot.services.coaching import opening, reading
from storage import coaching, people
from storage.database import Database
from storage.outbox import OutboxRow
from tests import notes
from tests.cast import ADA, ALICE, BEN, BOB, CHARLIE, DAN, MARA, NOON, OLGA, STRANGER, WORKSPACE
from tests.patience import PATIENT
from tests.services.coaching.drafting import (
    SOON,
    WORDS,
    commitments,
    find,
    leaves,
    save,
    save_again,
    share,
)
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id, furnish

TWO_DAYS = timedelta(hours=48)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def drafted(db: Database, **values: Any) -> Note:
    return (await save(db, **values)).note


async def outbox(db: Database) -> list[OutboxRow]:
    async with db.read(WORKSPACE) as tx:
        return list(await tx.scalars(select(OutboxRow)))


async def test_it_is_shared_and_everything_begins(db: Database) -> None:
    draft = await drafted(db)
    note = await share(db, draft)
    assert (note.state, note.shared_at) == (State.SHARED, NOON)
    assert note.dispute_until == NOON + TWO_DAYS
    assert [state for _who, _words, state in await commitments(db, note)] == [
        CommitmentState.OPEN,
        CommitmentState.OPEN,
    ]
    async with db.read(WORKSPACE) as tx:
        [entry] = await coaching.entries_of(tx, note.id)
    assert (entry.kind, entry.by, entry.at, entry.words) == (EntryKind.SHARED, BOB.id, NOON, "")
    assert (await reading.see(db, ALICE, note.id, now=NOON)).note.body == draft.body


async def test_the_agent_is_told_and_not_a_word_of_it_is_said(db: Database) -> None:
    await share(db, await drafted(db, visibility="chain"))
    rows = await outbox(db)
    assert [one.lane for one in rows] == [ALICE.id]
    said = f"{rows[0].words} {rows[0].blocks} {rows[0].key}"
    assert not any(word in said for word in (*WORDS, "Listening"))


@pytest.mark.parametrize("person", [ALICE, BEN, MARA, OLGA, ADA, CHARLIE, DAN, STRANGER], ids=by_id)
async def test_nobody_else_shares_it(db: Database, person: Person) -> None:
    draft = await drafted(db)
    with pytest.raises(Refused, match="This note is gone"):
        await share(db, draft, person)
    assert await find(db, draft) == draft
    assert await outbox(db) == []


async def test_a_private_note_and_an_unfinished_one_are_not_shared(db: Database) -> None:
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"visibility": "private"}, "This note is private"),
        ({"parts": {Part.SITUATION: "Monday"}}, "still empty"),
    ]
    for number, (values, words) in enumerate(unfit):
        draft = await drafted(db, key=f"save {number}", **values)
        with pytest.raises(Refused, match=words):
            await share(db, draft, key=f"share {number}")
        assert await find(db, draft) == draft


async def test_a_private_note_may_be_shared_once_its_author_chooses_so(db: Database) -> None:
    draft = await drafted(db, visibility="private")
    after = (await save_again(db, draft, visibility="agent")).note
    assert (await share(db, after)).is_shared


async def test_a_day_that_has_come_meanwhile_is_chosen_anew(db: Database) -> None:
    draft = await drafted(db)
    on_the_day = datetime(SOON.year, SOON.month, SOON.day, 12, tzinfo=UTC)
    with pytest.raises(Refused, match="A day in this note has come"):
        await share(db, draft, now=on_the_day)
    assert (await share(db, draft, now=on_the_day - DAY)).is_shared


async def test_what_was_looked_at_is_what_is_shared(db: Database) -> None:
    draft = await drafted(db)
    await save_again(db, draft, skill="Empathy")
    with pytest.raises(Stale):
        await share(db, draft)
    assert await outbox(db) == []


async def test_shared_twice_is_shared_once(db: Database) -> None:
    draft = await drafted(db)
    outcomes = await asyncio.gather(
        *[share(db, draft, key=key) for key in ("1", "2", "2")], return_exceptions=True
    )
    assert [type(one) for one in outcomes].count(Note) == 1
    assert {type(one) for one in outcomes} <= {Note, Stale, AlreadyHeard}
    assert len(await outbox(db)) == 1


async def test_edited_and_shared_at_once_one_is_told(db: Database) -> None:
    draft = await drafted(db)
    outcomes = await asyncio.gather(
        share(db, draft), save_again(db, draft, skill="Empathy"), return_exceptions=True
    )
    assert sorted(isinstance(one, Stale) for one in outcomes) == [False, True]


async def test_who_does_not_lead_them_any_more_shares_nothing(db: Database) -> None:
    draft = await drafted(db)
    bob = await leaves(db, BOB)
    with pytest.raises(Denied, match="do not lead this team any more"):
        await share(db, draft, bob)


async def test_an_agent_who_has_left_the_team_gets_nothing(db: Database) -> None:
    draft = await drafted(db)
    await leaves(db, ALICE)
    with pytest.raises(Denied, match="not among those whom you lead"):
        await share(db, draft)
    assert await find(db, draft) == draft


async def test_an_agent_who_was_deactivated_gets_nothing(db: Database) -> None:
    draft = await drafted(db)
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile(ALICE.id, name="Alice", is_deleted=True, updated=20))
    with pytest.raises(Denied):
        await share(db, draft)
    assert await outbox(db) == []


async def test_the_time_to_dispute_stands_while_the_agent_is_away(db: Database) -> None:
    away = Draft(ALICE.id, "vacation", NOON.date() + DAY, NOON.date() + 7 * DAY)
    draft = await drafted(db)
    await absences.add(db, ALICE, away, key="away", now=NOON)
    note = await share(db, draft)
    assert note.dispute_until
    assert note.dispute_until - NOON == TWO_DAYS + 7 * DAY


async def test_a_death_in_the_middle_shares_nothing(db: Database, database_url: str) -> None:
    draft = await drafted(db)
    for statement in (5, 10, 15, AT_COMMIT):
        process = Database(database_url, PATIENT, keys=db.keys)
        with pytest.raises(Died), dying(process, statement):
            await share(process, draft)
        await process.close()
        assert await find(db, draft) == draft
        assert await outbox(db) == []
    await share(db, draft)
    assert len(await outbox(db)) == 1


async def test_what_goes_on_is_settled_in_the_earlier_note(db: Database) -> None:
    earlier = await notes.keep(db, State.SHARED)
    old = await notes.promise(db, earlier)
    draft = await drafted(db, theirs=(), mine=(), carried={old.id: SOON})
    assert [state for *_rest, state in await commitments(db, earlier)] == [CommitmentState.OPEN]
    note = await share(db, draft)
    assert [state for *_rest, state in await commitments(db, earlier)] == [CommitmentState.CARRIED]
    assert [state for *_rest, state in await commitments(db, note)] == [CommitmentState.OPEN]
    assert (await opening.open_form(db, BOB, ALICE.id)).earlier[0].carried_from == old.id
