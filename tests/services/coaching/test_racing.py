"""Where answers to a note meet each other, or the end of the process: each counts as a whole or not at all."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.errors import BatonError
from bot.people import Person
from bot.rules.coaching import EntryKind, Note, State
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.services.coaching import adding, answering, closing, disputing
from storage.database import Database
from tests.cast import ALICE, BOB, MARA, NOON
from tests.notes import keep
from tests.patience import PATIENT
from tests.services.coaching.noted import WORDS, entries, now_it_is, outbox, timers
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import furnish

Act = Callable[[Database, Person, str], Awaitable[Note]]


async def acknowledge(db: Database, person: Person, note_id: str) -> Note:
    return await answering.acknowledge_with(db, person, note_id, WORDS, key="a", now=NOON)


async def dispute(db: Database, person: Person, note_id: str) -> Note:
    draft = DisputeDraft(MARA.id, WORDS)
    return await disputing.dispute(db, person, note_id, draft, key="d", now=NOON)


async def decide(db: Database, person: Person, note_id: str) -> Note:
    draft = DecisionDraft("amended", WORDS)
    return await disputing.decide(db, person, note_id, draft, key="v", now=NOON)


async def amend(db: Database, person: Person, note_id: str) -> Note:
    return await adding.amend(db, person, note_id, WORDS, key="m", now=NOON)


async def close(db: Database, person: Person, note_id: str) -> Note:
    return await closing.close(db, person, note_id, key="c", now=NOON)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


@pytest.mark.parametrize(
    ("act", "person", "state"),
    [
        (acknowledge, ALICE, State.SHARED),
        (dispute, ALICE, State.ACKNOWLEDGED),
        (decide, MARA, State.DISPUTED),
        (amend, BOB, State.SHARED),
        (close, BOB, State.ACKNOWLEDGED),
    ],
    ids=["acknowledge", "dispute", "decide", "amend", "close"],
)
async def test_a_death_in_the_middle_leaves_nothing_half(
    db: Database, database_url: str, act: Act, person: Person, state: State
) -> None:
    decider = {"decider_id": MARA.id} if state is State.DISPUTED else {}
    note = await keep(db, state, **decider)
    for statement in (6, AT_COMMIT):
        process = Database(database_url, PATIENT, keys=db.keys)
        with pytest.raises(Died), dying(process, statement):
            await act(process, person, note.id)
        await process.close()
        assert await now_it_is(db, note) == note
        assert (await entries(db, note), await outbox(db), await timers(db)) == ([], [], [])
    await act(db, person, note.id)
    assert len(await entries(db, note)) == 1
    assert await outbox(db)


@pytest.mark.parametrize(
    ("acts", "kinds"),
    [
        # In either order both fit, or the second is refused: never is one lost.
        (((acknowledge, ALICE), (dispute, ALICE)), {"acknowledged disputed", "disputed"}),
        (((acknowledge, ALICE), (amend, BOB)), {"acknowledged amended"}),
    ],
    ids=["both answers", "answer and addition"],
)
async def test_two_at_once_fit_or_one_is_refused(
    db: Database, acts: tuple[tuple[Act, Person], ...], kinds: set[str]
) -> None:
    note = await keep(db, State.SHARED)
    done = await asyncio.gather(
        *(act(db, person, note.id) for act, person in acts), return_exceptions=True
    )
    assert all(isinstance(one, Note | BatonError) for one in done), done
    found = [one.kind for one in await entries(db, note)]
    assert " ".join(sorted(found)) in kinds
    assert sum(isinstance(one, Note) for one in done) == len(found)


async def test_closed_and_commented_at_once_nothing_is_said_after_the_end(db: Database) -> None:
    note = await keep(db, State.ACKNOWLEDGED)
    done = await asyncio.gather(
        close(db, BOB, note.id),
        adding.comment(db, ALICE, note.id, WORDS, key="x", now=NOON),
        return_exceptions=True,
    )
    assert isinstance(done[0], Note)
    found = {one.kind for one in await entries(db, note)}
    assert (EntryKind.COMMENTED in found) is isinstance(done[1], Note)
