"""What is said of names makes the same numbers whenever it is said: before files come, in between, and after."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules.metrics.importing.imports import Import
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.slices import PERSON
from bot.services.metrics.store import keeping
from storage.base import new_id
from storage.database import Database
from storage.metrics import apart, names
from tests.cast import BILLING, MARA, NOON, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.store import bring, fact, read, roll

TEAMS = (BILLING, SHIPPING)
SAYING = ("split", "move", "join")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.sampled_from(TEAMS), st.sets(st.integers(1, 4), min_size=1)),
        st.tuples(st.sampled_from(SAYING), st.sampled_from(TEAMS)),
        st.tuples(st.sampled_from(["roll", "undo"])),
    ),
    min_size=1,
    max_size=14,
)
File = tuple[Import, str, set[int]]


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


@given(steps=STEPS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whenever_it_is_said_the_numbers_are_the_same(
    db: Database, steps: list[tuple[object, ...]]
) -> None:
    """In between files, before and after days are rolled up, with files undone and lines that move from team to team."""
    brought: list[File] = []
    for what, *rest in steps:
        if what == "file":
            brought.append(await a_file(db, *rest))  # type: ignore[arg-type]
        elif what == "roll":
            await roll(db)
        elif what == "undo" and brought:
            await keeping.undo(db, MARA, brought.pop()[0], key=new_id(), now=NOON)
        elif what in SAYING:
            await say(db, str(what), str(rest[0]))
    found = await counted(db)
    assert found == await expected(db, brought)
    await roll(db)
    assert await counted(db) == found
    for import_, _team_id, _keys in brought:
        await keeping.undo(db, MARA, import_, key=new_id(), now=NOON)
    for team_id in TEAMS:
        await say(db, "join", team_id)
    await roll(db)


async def a_file(db: Database, team_id: str, keys: set[int]) -> File:
    """Lines of an Eve, one contact each."""
    some = [fact(str(one), person="Eve", contacts=1) for one in keys]
    return await bring(db, some, feed="Eves", belonging=Belonging(team_id)), team_id, keys


async def say(db: Database, what: str, team_id: str) -> None:
    """Eve is somebody else in this team, or her lines there are the other team's, or neither."""
    async with db.write(WORKSPACE) as tx:
        whole = (await names.ensure(tx, ["Eve"]))["Eve"]
        own = (await names.parting(tx)).own.get((team_id, whole))
        found = await names.get_all(tx, {whole, own.id if own else ""})
        if what == "split":
            assert bool(await apart.split(tx, found[whole], team_id, "", by="")) is not bool(own)
        elif what == "move":
            [other] = set(TEAMS) - {team_id}
            assert await apart.move(tx, found[whole], team_id, other, by="") is not bool(own)
        elif own:
            assert await apart.join(tx, found[own.id]) == whole


async def counted(db: Database) -> Counter[tuple[str, str]]:
    """Contacts of Eve's names, by team and name; and of the whole team."""
    async with db.read(WORKSPACE) as tx:
        whole = (await names.known(tx, ["Eve"])).get("Eve", "")
        own = (await names.parting(tx)).own
    mine = {whole, *(one.id for (_team, name), one in own.items() if name == whole)}
    found: Counter[tuple[str, str]] = Counter()
    for team_id in TEAMS:
        for (_day, member), bundle in (await read(db, team_id=team_id, slice_=PERSON)).items():
            if member in mine:
                found[team_id, member] += bundle.sums["contacts"] // 1000
        for bundle in (await read(db, team_id=team_id)).values():
            found[team_id, ""] += bundle.sums["contacts"] // 1000
    return found


async def expected(db: Database, brought: list[File]) -> Counter[tuple[str, str]]:
    """The last file that says something of a line holds."""
    async with db.read(WORKSPACE) as tx:
        whole = (await names.known(tx, ["Eve"])).get("Eve", "")
        parting = await names.parting(tx)
    last = {key: team_id for _import, team_id, keys in brought for key in keys}
    placed = [parting.place(team_id, whole) for team_id in last.values()]
    return Counter(placed) + Counter((team_id, "") for team_id, _name in placed)
