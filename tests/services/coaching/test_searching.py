"""Finding a note again: by whom, kind, skill, state, days and words; and only what its reader may read."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import FormProblems
from bot.people import Person, Role
from bot.rules.coaching import Body, Evidence, Kind, Note, Part, State, Visibility
from bot.rules.coaching import search as rules
from bot.rules.coaching.search import A_PAGE, Found, Sought
from bot.rules.reports.periods import Period
from bot.services.coaching import searching
from storage import teams
from storage.coaching import searching as stored
from storage.database import Database
from tests import casebook, notes
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def search(
    db: Database, sought: Sought | None = None, *, person: Person = BOB, page: int = 0
) -> Found:
    seen = await searching.search(db, person, sought or Sought(), page=page)
    assert seen.found
    return seen.found


async def ids(db: Database, sought: Sought | None = None, *, person: Person = BOB) -> set[str]:
    return {one.id for one in (await search(db, sought, person=person)).notes}


@pytest.mark.parametrize(
    ("sought", "wanted"),
    [
        (Sought(), {"praise", "review", "draft", "dans"}),
        (Sought(person_id=DAN.id), {"dans"}),
        (Sought(kind=Kind.REVIEW), {"review"}),
        (Sought(skill="Listening"), {"review", "dans"}),
        (Sought(person_id=ALICE.id, skill="Listening"), {"review"}),
        (Sought(state=State.DRAFT), {"draft"}),
        (Sought(state=State.CLOSED), {"review"}),
        (Sought(period=Period(date(2026, 2, 28), date(2026, 3, 1))), {"dans"}),
        (Sought(words="  REFUND calm "), {"praise", "draft", "dans"}),
        (Sought(words="ticket 48213"), {"review"}),
        (Sought(words="refund nothing"), set()),
        (Sought(kind=Kind.REVIEW, words="refund"), set()),
    ],
)
async def test_what_is_sought_is_found(db: Database, sought: Sought, wanted: set[str]) -> None:
    await notes.keep(db, State.SHARED, id="praise")
    body = Body({Part.SITUATION: "A call"}, (Evidence("Ticket 48213"),))
    await notes.keep(db, State.CLOSED, id="review", kind=Kind.REVIEW, skill="Listening", body=body)
    await notes.keep(db, id="draft")
    shared_at = NOON - DAY
    await notes.keep(
        db, State.SHARED, id="dans", agent_id=DAN.id, skill="Listening", shared_at=shared_at
    )
    assert await ids(db, sought) == wanted


async def kept(db: Database) -> dict[str, Note]:
    """One of each, of Bob about Alice."""
    given: dict[str, tuple[State, dict[str, Any]]] = {
        "draft": (State.DRAFT, {}),
        "private": (State.DRAFT, {"visibility": Visibility.PRIVATE}),
        "draft for the chain": (State.DRAFT, {"visibility": Visibility.CHAIN}),
        "shared": (State.SHARED, {}),
        "chain": (State.SHARED, {"visibility": Visibility.CHAIN}),
        "disputed": (State.DISPUTED, {"decider_id": BEN.id}),
    }
    return {
        name: await notes.keep(db, state, id=name, skill=name, **values)
        for name, (state, values) in given.items()
    }


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (BOB, {"draft", "private", "draft for the chain", "shared", "chain", "disputed"}),
        (ALICE, {"shared", "chain", "disputed"}),
        (BEN, {"disputed"}),
        (MARA, {"chain"}),
        *((one, set()) for one in (OLGA, CHARLIE, DAN, ADA, NOBODY, STRANGER)),
    ],
    ids=by_id,
)
async def test_everybody_finds_what_they_may_read(
    db: Database, person: Person, wanted: set[str]
) -> None:
    await kept(db)
    assert await ids(db, person=person) == wanted
    assert await ids(db, Sought(words="parcel"), person=person) == wanted
    assert await ids(db, Sought(person_id=ALICE.id), person=person) == wanted
    assert set((await searching.begin(db, person)).skills) == wanted


async def test_who_manages_above_now_finds_what_is_for_the_chain(db: Database) -> None:
    await kept(db)
    director = replace(NOBODY, roles={SHIPPING: frozenset({Role.MANAGER})})
    assert await ids(db, person=director) == set()
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        await teams.change(tx, replace(team, department_id=SHIPPING))
    assert await ids(db, person=director) == {"chain"}
    assert await ids(db, person=replace(MARA, roles={})) == set()


async def test_the_newest_first_in_pages(db: Database) -> None:
    for number in range(A_PAGE + 1):
        await notes.keep(db, State.SHARED, id=f"{number:02}", shared_at=NOON - number * DAY)
    for words in ("", "parcel"):
        first = await search(db, Sought(words=words))
        assert [one.id for one in first.notes] == [f"{number:02}" for number in range(A_PAGE)]
        assert first.has_more
        second = await search(db, Sought(words=words), page=1)
        assert ([one.id for one in second.notes], second.has_more) == ([f"{A_PAGE:02}"], False)
        assert second.of_words == 0


async def test_words_are_looked_for_in_so_many_of_the_newest(db: Database) -> None:
    for number in range(3):
        await notes.keep(db, State.SHARED, id=f"{number}", shared_at=NOON - number * DAY)
    async with db.read(WORKSPACE) as tx:
        reader = stored.Reader(BOB.id)
        found = await stored.open_newest(tx, reader, Sought(), None, limit=2)
    assert [one.id for one in found] == ["0", "1"]


async def test_a_list_holds_no_words_of_a_note(db: Database) -> None:
    await kept(db)
    for one in (await search(db)).notes:
        assert not one.body.parts


async def test_too_many_words_keep_the_form_open(db: Database) -> None:
    with pytest.raises(FormProblems) as refused:
        await search(db, Sought(words="x" * (rules.WORDS_MAX + 1)))
    assert list(refused.value.problems) == ["words"]
