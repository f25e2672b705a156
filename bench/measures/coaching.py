"""What opening `/coach` costs for somebody with many notes and for who leads many such people, beside the bare statements."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from bench.findings import Finding, Section, alternate, compared
from bench.measures.standups import heard
from bench.morning import NINE, WORKSPACE
from bench.processes import on_server_core
from bench.world import World
from bot.people import Person, Role
from bot.rules.coaching import (
    Body,
    Commitment,
    CommitmentState,
    Kind,
    Note,
    Promiser,
    State,
    Visibility,
)
from bot.rules.coaching.notes import SBI
from bot.rules.coaching.search import MOST_OPENED, Sought
from bot.rules.people import Profile
from bot.rules.teams import Team
from bot.services.coaching import inbox, searching
from bot.text import Text
from bot.views.coaching import inbox as views
from storage import coaching, members, people, teams, workspaces
from storage.base import new_id
from storage.database import Database, Tx
from storage.migrate import migrate
from storage.sealing import KEY_BYTES, Keys, Place

Act = Callable[[], Awaitable[object]]
NAME = "coaching"
MS = 1000
KEY = b"k" * KEY_BYTES
LEAD = Person(WORKSPACE, "U0LEAD", roles={NAME: frozenset({Role.LEAD})})
BARE = "the same statements and openings, bare"
OPEN_EACH = 40  # one note in so many still holds an open commitment
UNREAD_EACH = 100
WORDS = (
    "The queue of refunds until noon, and then calling back those who have waited since yesterday. "
    * 3
)
LOOKED_FOR = "warehouse"
ABOUT = """\
{agents} people with {notes:,} coaching notes each, all by one lead, sealed as always; one note in {open} holds an open commitment, and one in {unread} is
unread. `/coach` is read from its rows and drawn, for one of those people and for the lead. The search looks for a word in everything that the lead may
read, of which the newest {opened} are opened. The bare statements are those that Baton runs, on one connection, with their rows fetched and thrown away
and the same sealed texts opened once more. Milliseconds each."""


async def measure(world: World) -> Section:
    size, found = world.size, list[Finding]()
    for kind in world.kinds:
        async with _filled(world, kind) as filled:
            measures = {
                name: one
                for what, act in filled.acts.items()
                for name, one in ((what, filled.timed(act)), (f"{what}, {BARE}", filled.bare(act)))
            }
            took = await alternate(size.rounds, measures)
        found += [
            compared(f"{kind}: {what}", "ms", took[what], BARE, took[f"{what}, {BARE}"])
            for what in filled.acts
        ]
    about = ABOUT.format(
        agents=size.coached,
        notes=size.coaching_notes,
        open=OPEN_EACH,
        unread=UNREAD_EACH,
        opened=MOST_OPENED,
    )
    return Section("Opening coaching", about, found)


class HeardKeys(Keys):
    """Remembers what was opened, so that it can be opened once more."""

    def __init__(self, *keys: bytes) -> None:
        super().__init__(*keys)
        self.opened: list[tuple[bytes, Place]] = []

    def open(self, sealed: bytes, place: Place) -> str:
        self.opened.append((sealed, place))
        return super().open(sealed, place)


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with years of coaching in it."""

    db: Database
    keys: HeardKeys
    looks: int

    @property
    def acts(self) -> Mapping[str, Act]:
        agent = Person(WORKSPACE, _agent(0), roles={NAME: frozenset({Role.AGENT})})
        return {
            "one agent's `/coach`": lambda: self._inbox(agent),
            "the lead's `/coach`": lambda: self._inbox(LEAD),
            "the lead's search for a word": lambda: self._search(LEAD),
        }

    async def _inbox(self, person: Person) -> None:
        seen = await inbox.see(self.db, person, now=NINE)
        assert views.inbox(seen, Text("en-US"))["blocks"]

    async def _search(self, person: Person) -> None:
        seen = await searching.search(self.db, person, Sought(words=LOOKED_FOR))
        assert seen.found is not None

    def timed(self, act: Act) -> Callable[[], Awaitable[float]]:
        async def took() -> float:
            begun = perf_counter()
            for _ in range(self.looks):
                await act()
            return (perf_counter() - begun) / self.looks * MS

        return took

    def bare(self, act: Act) -> Callable[[], Awaitable[float]]:
        """The statements of it alone, and what they give opened."""

        async def took() -> float:
            self.keys.opened.clear()
            with heard(self.db) as statements:
                await act()
            opened, plain = list(self.keys.opened), Keys(KEY)
            async with self.db.across() as connection:
                begun = perf_counter()
                for _ in range(self.looks):
                    for statement, parameters in statements:
                        (await connection.exec_driver_sql(statement, parameters)).fetchall()
                    for sealed, place in opened:
                        plain.open(sealed, place)
                return (perf_counter() - begun) / self.looks * MS

        return took


@asynccontextmanager
async def _filled(world: World, kind: str) -> AsyncIterator[Filled]:
    with on_server_core():
        keys = HeardKeys(KEY)
        db = Database(await world.empty(kind), keys=keys)
        try:
            await migrate(db)
            async with db.write(WORKSPACE) as tx:
                await _held(tx, world.size.coached, world.size.coaching_notes)
            filled = Filled(db, keys, world.size.looks)
            for act in filled.acts.values():
                await act()
            yield filled
        finally:
            await db.close()


async def _held(tx: Tx, agents: int, each: int) -> None:
    ids = [_agent(n) for n in range(agents)]
    await workspaces.save(tx, name="Bench", bot_user_id="U0BATON")
    await people.save(tx, *(Profile(one, name=one, updated=1) for one in (*ids, LEAD.id)))
    await teams.add(tx, Team(WORKSPACE, NAME, "Team"))
    await members.add(tx, NAME, Role.AGENT, ids)
    await members.add(tx, NAME, Role.LEAD, [LEAD.id])
    for agent_id in ids:
        for number in range(each):
            await _add(tx, agent_id, number)


async def _add(tx: Tx, agent_id: str, number: int) -> None:
    """The newest has the number 0."""
    at = NINE - timedelta(days=3, hours=7 * number)
    is_open, is_unread = number % OPEN_EACH == 0, number % UNREAD_EACH == 0
    note = Note(
        *(WORKSPACE, new_id(), NAME, LEAD.id, agent_id, Kind.IMPROVE, Visibility.AGENT, at),
        body=Body(dict.fromkeys(SBI, WORDS)),
        skill="Listening",
        state=State.SHARED if is_unread or is_open else State.CLOSED,
        shared_at=at,
        dispute_until=at + timedelta(days=2),
    )
    await coaching.add(tx, note, now=at)
    due_on = (NINE + timedelta(days=5)).date()
    state = CommitmentState.OPEN if is_open else CommitmentState.DONE
    promised = Commitment(
        *(
            WORKSPACE,
            new_id(),
            note.id,
            NAME,
            LEAD.id,
            agent_id,
            Promiser.AGENT,
            WORDS[:90],
            due_on,
        ),
        state=state,
    )
    await coaching.add_commitment(tx, promised, now=at)


def _agent(number: int) -> str:
    return f"U0A{number:04}"
