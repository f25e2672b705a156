"""Opening a note: who may, what each reader may do with it in every state, and the look that is kept."""

from datetime import timedelta

import pytest

from bot.errors import Denied
from bot.people import Person
from bot.rules.coaching import Action, Body, Evidence, Note, State, Visibility
from bot.rules.coaching.seen import Seen
from bot.services.coaching import reading
from storage.database import Database
from tests import casebook
from tests.cast import ADA, ALICE, BEN, BOB, CHARLIE, DAN, MARA, NOBODY, NOON, OLGA, STRANGER
from tests.notes import BODY, keep, promise
from tests.services.coaching.noted import looks
from tests.services.floor import by_id, furnish

E, X, S = Action.EDIT, Action.DISCARD, Action.SHARE
A, D, J, W, C = Action.ACKNOWLEDGE, Action.DISPUTE, Action.DECIDE, Action.ADD, Action.CLOSE
MATRIX: dict[State, dict[str, set[Action]]] = {
    State.DRAFT: {BOB.id: {E, X, S}},
    State.SHARED: {BOB.id: {W}, ALICE.id: {A, D, W}, MARA.id: set()},
    State.ACKNOWLEDGED: {BOB.id: {W, C}, ALICE.id: {D, W}, MARA.id: set()},
    State.DISPUTED: {BOB.id: {W}, ALICE.id: {W}, MARA.id: set(), BEN.id: {J}},
    State.DECIDED: {BOB.id: {W, C}, ALICE.id: {W}, MARA.id: set(), BEN.id: set()},
    State.CLOSED: {BOB.id: set(), ALICE.id: set(), MARA.id: set(), BEN.id: set()},
}
"""Of a note by Bob about Alice that is shared with the chain, and about which Ben decides once it is disputed."""
EVERYBODY = (ALICE, BOB, BEN, MARA, OLGA, CHARLIE, DAN, ADA, NOBODY, STRANGER)
HAS_DECIDER = (State.DISPUTED, State.DECIDED, State.CLOSED)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def see(db: Database, person: Person, note: Note, **later: float) -> Seen:
    return await reading.see(db, person, note.id, now=NOON + timedelta(**later))


@pytest.mark.parametrize("state", MATRIX)
async def test_each_reader_sees_and_may_do_exactly_this(db: Database, state: State) -> None:
    decider = {"decider_id": BEN.id} if state in HAS_DECIDER else {}
    note = await keep(db, state, visibility=Visibility.CHAIN, **decider)
    for person in EVERYBODY:
        if person.id in MATRIX[state]:
            assert (await see(db, person, note)).possible == MATRIX[state][person.id], person.name
        else:
            with pytest.raises(Denied, match="not yours to read"):
                await see(db, person, note)
    assert {one for one, _private in await looks(db, note)} == set(MATRIX[state])


async def test_after_the_window_it_is_not_disputed_any_more(db: Database) -> None:
    note = await keep(db, State.SHARED)
    assert (await see(db, ALICE, note, hours=49)).possible == {A, W}


async def test_shared_with_the_agent_alone_no_manager_reads_it(db: Database) -> None:
    note = await keep(db, State.SHARED)
    with pytest.raises(Denied):
        await see(db, MARA, note)
    assert (await see(db, ALICE, note)).managers == ()
    chain = await keep(db, State.SHARED, visibility=Visibility.CHAIN)
    assert (await see(db, ALICE, chain)).managers == [MARA.id]


async def test_a_case_in_the_evidence_opens_for_who_may_see_it(db: Database) -> None:
    """Bob leads where both were raised, Alice raised one of them; the third is no case of Baton's."""
    own = await casebook.escalate(db)
    others = await casebook.escalate(db, person=DAN, key="another")
    body = Body(BODY.parts, tuple(Evidence("", case=one) for one in (own.id, others.id, 99)))
    note = await keep(db, State.SHARED, body=body)
    assert list((await see(db, BOB, note)).cases) == [own.id, others.id]
    assert list((await see(db, ALICE, note)).cases) == [own.id]


@pytest.mark.parametrize("person", [one for one in EVERYBODY if one != BOB], ids=by_id)
async def test_a_private_note_is_its_authors_alone(db: Database, person: Person) -> None:
    """And the refusal is the same as if there were none."""
    note = await keep(db, visibility=Visibility.PRIVATE)
    with pytest.raises(Denied) as refused:
        await see(db, person, note)
    with pytest.raises(Denied) as of_none:
        await reading.see(db, person, "no-such-note", now=NOON)
    assert str(refused.value) == str(of_none.value)
    assert await looks(db, note) == []


async def test_every_look_is_kept_with_whether_it_was_private(db: Database) -> None:
    private, shared = await keep(db, visibility=Visibility.PRIVATE), await keep(db, State.SHARED)
    assert (await see(db, BOB, private)).possible == {E, X}
    assert await looks(db, private) == [(BOB.id, True)]
    await see(db, ALICE, shared)
    await see(db, BOB, shared, minutes=1)
    assert await looks(db, shared) == [(ALICE.id, False), (BOB.id, False)]


async def test_who_does_not_lead_any_more_reads_and_does_nothing_else(db: Database) -> None:
    note = await keep(db, State.ACKNOWLEDGED, author_id=CHARLIE.id)
    assert (await see(db, CHARLIE, note)).possible == frozenset()


async def test_both_may_settle_what_the_agent_promised(db: Database) -> None:
    note = await keep(db, State.SHARED, visibility=Visibility.CHAIN)
    promised = await promise(db, note)
    assert (await see(db, ALICE, note)).settleable == {promised.id}
    assert (await see(db, BOB, note)).settleable == {promised.id}
    assert (await see(db, MARA, note)).settleable == frozenset()
    assert [one.id for one in (await see(db, MARA, note)).open_commitments] == [promised.id]
