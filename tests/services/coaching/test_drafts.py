"""Drafts of coaching notes: edited, thrown away, and what goes on in them from earlier notes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.rules.coaching import CommitmentState, Part, Promiser, State
from bot.services.coaching import opening
from storage.coaching.rows import CommitmentRow, NoteRow
from storage.database import Database
from tests import notes
from tests.cast import (
    ALICE,
    BEN,
    BOB,
    NOON,
    WORKSPACE,
)
from tests.services.coaching.drafting import (
    SOON,
    commitments,
    discard,
    find,
    leaves,
    save,
    save_again,
)
from tests.services.floor import furnish

LATER = SOON + timedelta(days=7)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def count(db: Database, *rows: type[Any]) -> list[int]:
    async with db.read(WORKSPACE) as tx:
        return [await tx.scalar(select(func.count()).select_from(one)) or 0 for one in rows]


# editing and discarding


async def test_a_draft_is_written_anew(db: Database) -> None:
    note = (await save(db)).note
    parts = {Part.GOAL: "Fewer calls back", Part.WAY_FORWARD: "Try the new screen"}
    seen = await save_again(
        db, note, kind="one_to_one", skill="", parts=parts, theirs=(), follow_up_on=None
    )
    after = seen.note
    assert (after.kind, after.skill, after.body.parts) == ("one_to_one", "", parts)
    assert (after.version, after.follow_up_on, after.edited_at) == (2, None, NOON)
    assert await commitments(db, note) == [
        (Promiser.LEAD, "Sit beside you on Friday", CommitmentState.PLANNED)
    ]


async def test_of_two_who_edit_one_is_told(db: Database) -> None:
    note = (await save(db)).note
    outcomes = await asyncio.gather(
        *[save_again(db, note, key=one, skill=one) for one in ("Empathy", "Ownership")],
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["DraftSeen", "Stale"]
    after = await find(db, note)
    assert after
    assert (after.version, await count(db, CommitmentRow)) == (2, [2])


async def test_what_is_wrong_changes_nothing(db: Database) -> None:
    note = (await save(db)).note
    with pytest.raises(FormProblems):
        await save_again(db, note, visibility="")
    assert await find(db, note) == note
    assert len(await commitments(db, note)) == 2


async def test_after_sharing_nothing_is_edited_or_discarded(db: Database) -> None:
    note = await notes.keep(db, State.SHARED)
    for doing in (
        save_again(db, note),
        discard(db, note),
        opening.open_draft(db, BOB, note.id, now=NOON),
    ):
        with pytest.raises(Stale):
            await doing
    assert await find(db, note) == note


async def test_who_does_not_lead_any_more_reads_and_discards_only(db: Database) -> None:
    note = (await save(db)).note
    bob = await leaves(db, BOB)
    for doing in (save_again(db, note, bob), opening.open_draft(db, bob, note.id, now=NOON)):
        with pytest.raises(Denied, match="do not lead this team any more"):
            await doing
    assert (await opening.see_draft(db, bob, note.id, now=NOON)).note == note
    await discard(db, note, bob)
    assert await find(db, note) is None


async def test_a_discarded_draft_is_gone_with_what_was_planned(db: Database) -> None:
    note = (await save(db)).note
    with pytest.raises(Stale):
        await discard(db, replace(note, version=7), key="old")
    await discard(db, note)
    assert await count(db, NoteRow, CommitmentRow) == [0, 0]
    with pytest.raises(AlreadyHeard):
        await discard(db, note)
    with pytest.raises(Refused):
        await discard(db, note, key="again")


# carrying over


async def test_what_is_open_from_earlier_notes_is_offered(db: Database) -> None:
    earlier = await notes.keep(db, State.SHARED)
    old = await notes.promise(db, earlier)
    await notes.promise(db, earlier, "Done before", state=CommitmentState.DONE)
    seen = await opening.open_form(db, BOB, ALICE.id)
    assert [one.id for one in seen.earlier] == [old.id]
    assert (await opening.open_form(db, BEN, ALICE.id)).earlier == []

    draft = (await save(db, theirs=(), mine=(), carried={old.id: LATER})).note
    assert await commitments(db, draft) == [(Promiser.AGENT, old.words, CommitmentState.PLANNED)]
    assert await commitments(db, earlier) != []
    _seen, shown = await opening.open_draft(db, BOB, draft.id, now=NOON)
    assert shown.carried == {old.id: LATER}


async def test_what_was_settled_meanwhile_is_not_carried_over(db: Database) -> None:
    earlier = await notes.keep(db, State.SHARED)
    old = await notes.promise(db, earlier, state=CommitmentState.DONE)
    with pytest.raises(FormProblems) as refused:
        await save(db, carried={old.id: LATER})
    assert set(refused.value.problems) == {f"carry_{old.id}"}
