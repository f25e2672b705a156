"""However many notes there are, what waits, what is about oneself and a search read only their own: SQLite says how."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.people import Person
from bot.rules.coaching.search import Sought
from bot.services.coaching import inbox, my_data, searching
from storage.coaching import lists, looking, unfinished
from storage.coaching import searching as stored
from storage.coaching.searching import Reader
from storage.database import Database, Tx
from tests.cast import ALICE, BILLING, BOB, MARA, NOON, SHIPPING, WORKSPACE
from tests.patience import PATIENT
from tests.plans import hearing, plans, reads_all
from tests.services.floor import furnish

Read = Callable[[Tx], Awaitable[object]]
MANAGER = Reader(MARA.id, (BILLING, SHIPPING))
TODAY = NOON.date()
TABLES = ("coaching_notes", "coaching_commitments")
READS: dict[str, tuple[Read, str]] = {
    "open commitments": (
        lambda tx: lists.open_commitments_of(tx, ALICE.id),
        "_state (workspace_id=? AND agent_id=? AND state=?)",
    ),
    "what others promised": (
        lambda tx: lists.overdue_of_others(tx, BOB.id, before=TODAY),
        "(workspace_id=? AND author_id=? AND state=?)",
    ),
    "not acknowledged": (
        lambda tx: lists.unanswered_by_agent(tx, BOB.id, shared_before=NOON, limit=9),
        "(workspace_id=? AND author_id=? AND state=?)",
    ),
    "to read": (
        lambda tx: lists.to_read(tx, ALICE.id, limit=9),
        "(workspace_id=? AND agent_id=?)",
    ),
    "follow-ups": (
        lambda tx: lists.follow_ups(tx, BOB.id, until=TODAY, limit=9),
        "(workspace_id=? AND author_id=?)",
    ),
    "drafts": (
        lambda tx: lists.drafts(tx, BOB.id, limit=9),
        "(workspace_id=? AND author_id=?)",
    ),
    "shared with me": (
        lambda tx: lists.shared_with(tx, ALICE.id, offset=0, limit=9),
        "(workspace_id=? AND agent_id=? AND shared_at>?)",
    ),
    "last coached": (
        lambda tx: lists.last_shared(tx, [ALICE.id, BOB.id]),
        "COVERING INDEX ix_coaching_notes_workspace_id_agent_id_shared_at_verdict (workspace_id=? AND agent_id=?",
    ),
    "a search": (
        lambda tx: stored.find_notes(tx, MANAGER, Sought(), None, offset=0, limit=9),
        "(workspace_id=? AND decider_id=?)",
    ),
    "a search for a person": (
        lambda tx: stored.open_newest(tx, MANAGER, Sought(ALICE.id), None, limit=9),
        "(workspace_id=? AND agent_id=?)",
    ),
    "who looked": (
        lambda tx: looking.looks_at(tx, ALICE.id, offset=0, limit=9),
        "ix_coaching_looks_workspace_id_agent_id_at (workspace_id=? AND agent_id=?)",
    ),
    "what is unfinished": (
        lambda tx: unfinished.in_teams(tx, [BILLING, SHIPPING]),
        "(workspace_id=? AND team_id=?)",
    ),
    "where somebody has a part": (
        lambda tx: unfinished.teams_with(tx, [ALICE.id, BOB.id]),
        "(workspace_id=? AND decider_id=?)",
    ),
    "skills": (lambda tx: stored.skills_of(tx, MANAGER), "(workspace_id=? AND team_id=?)"),
}


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


@pytest.mark.parametrize("name", READS)
async def test_only_what_is_wanted_is_read(sqlite: Database, name: str) -> None:
    read, index = READS[name]
    with hearing(sqlite, *TABLES) as said:
        async with sqlite.read(WORKSPACE) as tx:
            await read(tx)
    found = await plans(sqlite, said)
    for plan in found:
        assert not reads_all(plan), plan
    assert [step for plan in found for step in plan if index in step], found


@pytest.mark.parametrize("person", [ALICE, BOB, MARA], ids=lambda one: str(one.name))
async def test_the_inbox_and_a_search_read_only_their_own(sqlite: Database, person: Person) -> None:
    await furnish(sqlite)
    with hearing(sqlite, *TABLES) as said:
        await inbox.see(sqlite, person, now=NOON + timedelta(days=1))
        await searching.search(sqlite, person, Sought())
        await searching.search(sqlite, person, Sought(words="refund"))
        await my_data.see(sqlite, person)
    assert len(said) > 8
    for plan in await plans(sqlite, said):
        assert not reads_all(plan), plan
