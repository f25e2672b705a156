"""Answering a note, adding to it, closing it: who may, what becomes of it, and that nothing of it is in a message."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.coaching import CommitmentState, EntryKind, Note, State, Verdict, Visibility
from bot.services.coaching import adding, answering, closing
from bot.services.coaching.closing import StillOpen
from storage.database import Database
from tests.casebook import said
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
)
from tests.notes import keep, promise
from tests.services.coaching.noted import WORDS, entries, now_it_is, settle
from tests.services.floor import by_id, furnish

ACTS: dict[str, Callable[[Database, Person, str, str], Awaitable[Note]]] = {
    "acknowledge": lambda db, who, note, key: answering.acknowledge(
        db, who, note, key=key, now=NOON
    ),
    "acknowledge_with": lambda db, who, note, key: answering.acknowledge_with(
        db, who, note, WORDS, key=key, now=NOON
    ),
    "comment": lambda db, who, note, key: adding.comment(db, who, note, WORDS, key=key, now=NOON),
    "amend": lambda db, who, note, key: adding.amend(db, who, note, WORDS, key=key, now=NOON),
    "close": lambda db, who, note, key: closing.close(db, who, note, key=key, now=NOON),
}
OF_THE_AGENT = ("acknowledge", "acknowledge_with")
MINUTE = timedelta(minutes=1)
STRANGERS = (BEN, OLGA, CHARLIE, DAN, ADA, NOBODY, STRANGER)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_who_has_read_it_says_so_in_one_click(db: Database) -> None:
    note = await keep(db, State.SHARED)
    after = await answering.acknowledge(db, ALICE, note.id, key="1", now=NOON)
    assert (after.state, after.acknowledged_at, after.has_comment) == (
        State.ACKNOWLEDGED,
        NOON,
        False,
    )
    assert await now_it_is(db, note) == after
    [line] = await entries(db, note)
    assert (line.kind, line.by, line.words) == (EntryKind.ACKNOWLEDGED, ALICE.id, "")
    assert await said(db, BOB.id) == ["<@U0ALICE> has read your coaching note."]
    assert after.body == note.body


async def test_or_with_words_of_their_own_which_stay_in_the_note(db: Database) -> None:
    note = await keep(db, State.SHARED)
    after = await answering.acknowledge_with(db, ALICE, note.id, f" {WORDS} ", key="1", now=NOON)
    assert after.has_comment
    [line] = await entries(db, note)
    assert line.words == WORDS
    assert WORDS not in str(await said(db, BOB.id))


async def test_both_sides_comment_and_the_other_one_hears_of_it(db: Database) -> None:
    note = await keep(db, State.SHARED)
    await adding.comment(db, BOB, note.id, WORDS, key="1", now=NOON)
    await adding.comment(db, ALICE, note.id, "Thank you", key="2", now=NOON + MINUTE)
    assert [(one.by, one.words, one.kind) for one in await entries(db, note)] == [
        (BOB.id, WORDS, EntryKind.COMMENTED),
        (ALICE.id, "Thank you", EntryKind.COMMENTED),
    ]
    assert await said(db, ALICE.id) == ["<@U0BOB> has commented on a coaching note."]
    assert await said(db, BOB.id) == ["<@U0ALICE> has commented on a coaching note."]
    assert (await now_it_is(db, note)).state is State.SHARED


async def test_the_author_adds_and_what_was_shared_stays(db: Database) -> None:
    note = await keep(db, State.DECIDED, decider_id=MARA.id)
    await adding.amend(db, BOB, note.id, WORDS, key="1", now=NOON)
    after = await now_it_is(db, note)
    assert (after.body, after.version) == (note.body, note.version)
    for person in (ALICE, MARA):
        assert await said(db, person.id) == ["<@U0BOB> has added something to a coaching note."]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", STRANGERS, ids=by_id)
async def test_nobody_else_does_anything_and_learns_nothing(
    db: Database, person: Person, act: str
) -> None:
    state = State.SHARED if act in OF_THE_AGENT else State.ACKNOWLEDGED
    note = await keep(db, state, visibility=Visibility.CHAIN)
    with pytest.raises(Denied, match="gone, or it is not yours"):
        await ACTS[act](db, person, note.id, "k")
    assert (await entries(db, note), await now_it_is(db, note)) == ([], note)


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_does_the_other_sides_part_nor_who_only_reads(db: Database, act: str) -> None:
    state = State.SHARED if act in OF_THE_AGENT else State.ACKNOWLEDGED
    note = await keep(db, state, visibility=Visibility.CHAIN)
    not_theirs = [MARA]
    if act != "comment":
        not_theirs.append(BOB if act in OF_THE_AGENT else ALICE)
    for person in not_theirs:
        with pytest.raises(Denied, match="Only"):
            await ACTS[act](db, person, note.id, person.id)
    assert await entries(db, note) == []


@pytest.mark.parametrize("act", ["comment", "amend", "close"])
async def test_who_does_not_lead_any_more_changes_nothing(db: Database, act: str) -> None:
    note = await keep(db, State.ACKNOWLEDGED, author_id=CHARLIE.id)
    with pytest.raises(Denied, match="as long as they lead"):
        await ACTS[act](db, CHARLIE, note.id, "k")


@pytest.mark.parametrize("act", ACTS)
async def test_the_same_request_twice_is_one(db: Database, act: str) -> None:
    note = await keep(db, State.SHARED if act in OF_THE_AGENT else State.ACKNOWLEDGED)
    person = ALICE if act in OF_THE_AGENT else BOB
    await ACTS[act](db, person, note.id, "k")
    with pytest.raises(AlreadyHeard):
        await ACTS[act](db, person, note.id, "k")
    assert len(await entries(db, note)) == 1


@pytest.mark.parametrize("act", ["acknowledge", "close"])
async def test_of_two_at_once_one_counts(db: Database, act: str) -> None:
    note = await keep(db, State.SHARED if act in OF_THE_AGENT else State.ACKNOWLEDGED)
    person = ALICE if act in OF_THE_AGENT else BOB
    done = await asyncio.gather(
        *(ACTS[act](db, person, note.id, key) for key in "12"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["Note", "Stale"]
    assert len(await entries(db, note)) == 1


@pytest.mark.parametrize("words", ["", " \x00 ", "x" * 2001], ids=["none", "blank", "long"])
async def test_words_that_cannot_be_kept_leave_the_form_open(db: Database, words: str) -> None:
    note = await keep(db, State.SHARED)
    for doing in (
        partial(answering.acknowledge_with, db, ALICE),
        partial(adding.comment, db, ALICE),
        partial(adding.amend, db, BOB),
    ):
        with pytest.raises(FormProblems) as refused:
            await doing(note.id, words, key="k", now=NOON)
        assert set(refused.value.problems) == {"words"}
    assert await entries(db, note) == []


@pytest.mark.parametrize("act", ACTS)
async def test_nothing_is_added_once_it_is_closed(db: Database, act: str) -> None:
    note = await keep(db, State.CLOSED)
    with pytest.raises(Stale):
        await ACTS[act](db, ALICE if act in OF_THE_AGENT else BOB, note.id, "k")


@pytest.mark.parametrize("act", ACTS)
async def test_nothing_is_added_to_a_draft(db: Database, act: str) -> None:
    note = await keep(db)
    with pytest.raises(Refused):
        await ACTS[act](db, ALICE if act in OF_THE_AGENT else BOB, note.id, "k")
    assert await entries(db, note) == []


async def test_it_is_closed_once_all_that_was_promised_is_settled(db: Database) -> None:
    note = await keep(db, State.ACKNOWLEDGED)
    promised = await promise(db, note)
    with pytest.raises(StillOpen, match="still open"):
        await closing.close(db, BOB, note.id, key="1", now=NOON)
    await settle(db, promised, CommitmentState.DONE)
    after = await closing.close(db, BOB, note.id, key="2", now=NOON)
    assert (after.state, after.closed_at) == (State.CLOSED, NOON)
    assert await said(db, ALICE.id) == ["<@U0BOB> has closed a coaching note with you."]


async def test_nor_before_it_was_read_or_what_the_decision_asks_for_is_added(db: Database) -> None:
    with pytest.raises(Stale):
        await closing.close(db, BOB, (await keep(db, State.SHARED)).id, key="1", now=NOON)
    note = await keep(db, State.DECIDED, verdict=Verdict.AMENDED, decided_at=NOON)
    with pytest.raises(Refused, match="asks you to add"):
        await closing.close(db, BOB, note.id, key="2", now=NOON)
    await adding.amend(db, BOB, note.id, WORDS, key="3", now=NOON)
    after = await closing.close(db, BOB, note.id, key="4", now=NOON)
    assert after.state is State.CLOSED


async def test_a_note_of_another_team_is_as_far_away(db: Database) -> None:
    """Whoever leads another team has nothing to say here."""
    note = await keep(db, State.SHARED, team_id=SHIPPING, author_id=CHARLIE.id, agent_id=DAN.id)
    assert (await answering.acknowledge(db, DAN, note.id, key="1", now=NOON)) == replace(
        note, state=State.ACKNOWLEDGED, acknowledged_at=NOON, version=note.version + 1
    )
    for person in (BOB, MARA):
        with pytest.raises(Denied):
            await adding.comment(db, person, note.id, WORDS, key=person.id, now=NOON)
