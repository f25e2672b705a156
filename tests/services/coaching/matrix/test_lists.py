"""What each person's file, search, inbox and own data hold: exactly the notes that were promised, for everybody there is."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

import pytest

from bot.errors import Denied
from bot.people import Person
from bot.rules.coaching import LookKind, State
from bot.rules.coaching.inbox import Waits
from bot.rules.coaching.search import Sought
from bot.rules.reports import About, Asked, Period
from bot.services.coaching import exporting, inbox, looking, my_data, searching
from storage.base import new_id
from storage.database import Database
from tests.cast import ADA, NOON, WORKSPACE
from tests.conftest import KEYS
from tests.notes import BODY
from tests.services.coaching.matrix import rules
from tests.services.coaching.matrix.rules import Asked as Act
from tests.services.coaching.matrix.rules import Who
from tests.services.coaching.matrix.scene import ASKING, Rehearsal, Scene, Told, furnish

Ids = set[str]
MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.COACHING)
LATER = NOON + timedelta(days=3)
"""What was shared at noon and has not been read waits for its author by then."""
A_WORD = BODY.parts[next(iter(BODY.parts))].split()[0]


async def in_file(db: Rehearsal, person: Person) -> Ids:
    """What is asked for first, and what is taken when the file is made."""
    async with db.write(person.workspace_id) as tx:
        try:
            chosen = await exporting.teams_asked(tx, person, MARCH)
        except Denied:
            return set()
        ids = await exporting.ids_asked(tx, person, MARCH, chosen, most=1000)
        taken, _names = await exporting.take(tx, person.id, ids, export_id=new_id(), now=LATER)
        return {one.note.id for one in taken}


async def by_force(db: Rehearsal, person: Person, scene: Scene) -> Ids:
    """What is taken when every note there is was asked for."""
    async with db.write(person.workspace_id) as tx:
        every = [told.note.id for told in scene.notes]
        taken, _names = await exporting.take(tx, person.id, every, export_id=new_id(), now=LATER)
        return {one.note.id for one in taken}


async def found(db: Database, person: Person, sought: Sought) -> Ids:
    page, ids = 0, set[str]()
    while True:
        seen = await searching.search(db, person, sought, page=page)
        assert seen.found
        ids |= {one.id for one in seen.found.notes}
        if not seen.found.has_more:
            return ids
        page += 1


async def shared_with_me(db: Database, person: Person) -> Ids:
    page, ids = 0, set[str]()
    while True:
        seen = await inbox.see(db, person, about_page=page, now=LATER)
        ids |= {one.id for one in seen.about.notes}
        if not seen.about.has_more:
            return ids
        page += 1


async def waiting(db: Database, person: Person) -> dict[Waits, Ids]:
    found: dict[Waits, Ids] = {one: set() for one in Waits}
    first = (await inbox.see(db, person, now=LATER)).waiting
    for page in range(first.pages if first else 0):
        seen = (await inbox.see(db, person, page=page, now=LATER)).waiting
        assert seen
        for item in seen.items:
            note_id = item.note.id if item.note else ""
            found[item.waits].add(item.commitment.note_id if item.commitment else note_id)
    return found


async def looked_at(db: Database, person: Person) -> Ids:
    page, ids = 0, set[str]()
    while looks := (await my_data.see(db, person, page=page)).looks.looks:
        ids |= {one.note.id for one in looks}
        page += 1
    return ids


Holds = Callable[[Who, Told], bool]
WAITING: Mapping[Waits, Holds] = {
    Waits.TO_READ: lambda who, told: rules.works(who, Act.ACKNOWLEDGE, told.about),
    Waits.DECIDE: lambda who, told: rules.works(who, Act.DECIDE, told.about),
    Waits.AMEND: lambda _who, _told: False,
    Waits.UNREAD: lambda who, told: (
        rules.works(who, Act.AMEND, told.about) and told.about.state is State.SHARED
    ),
    Waits.DRAFT: lambda who, told: rules.works(who, Act.DISCARD, told.about),
}


def promised(scene: Scene, person: Person, holds: Holds) -> Ids:
    return {told.note.id for told in scene.notes if holds(scene.who(person, told), told)}


@pytest.fixture
async def scene(db: Database) -> Scene:
    return await furnish(db)


def may(asked: Act) -> Holds:
    return lambda who, told: rules.may(who, asked, told.about)


Look = Callable[[Rehearsal, Person, Scene], Awaitable[Ids]]
LISTS: Mapping[str, tuple[Act, Look]] = {
    "their file": (Act.EXPORT, lambda db, person, _scene: in_file(db, person)),
    "a file by force": (Act.EXPORT, by_force),
    "their search": (Act.FIND, lambda db, person, _scene: found(db, person, Sought())),
    "a search for a word": (
        Act.FIND,
        lambda db, person, _scene: found(db, person, Sought(words=A_WORD)),
    ),
    "shared with them": (
        Act.TOLD_OF_LOOKS,
        lambda db, person, _scene: shared_with_me(db, person),
    ),
    "whose looks they read": (Act.TOLD_OF_LOOKS, lambda db, person, _scene: looked_at(db, person)),
}


async def test_lists_hold_what_was_promised(scene: Scene) -> None:
    """Somebody has looked at every note of the scene, so that each could be told of."""
    async with scene.db.write(WORKSPACE) as tx:
        every = [told.note for told in scene.notes]
        await looking.record(tx, ADA, every, LookKind.VIEWED, now=NOON)
    rehearsing = Rehearsal(scene.db.url.render_as_string(hide_password=False), keys=KEYS)
    differing = []
    for name, (asked, look) in LISTS.items():
        for person in ASKING:
            there = await look(rehearsing, person, scene)
            wanted = promised(scene, person, may(asked))
            if there != wanted:
                differing.append((name, person.name, len(there - wanted), len(wanted - there)))
    await rehearsing.close()
    assert not differing


async def test_what_waits_is_what_can_be_done(scene: Scene) -> None:
    differing = []
    for person in ASKING:
        there = await waiting(scene.db, person)
        for waits, holds in WAITING.items():
            wanted = promised(scene, person, holds)
            if there[waits] != wanted:
                differing.append((person.name, waits, len(there[waits]), len(wanted)))
    assert not differing
