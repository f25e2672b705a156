"""Policies keep what they say, a row that says nonsense is left out, and everybody in a round has their turn, also two at once."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.rules.severities import Severity
from bot.rules.teams import Group
from storage import policies
from storage.base import Json
from storage.database import Database
from storage.policies.rows import PolicyRow
from tests.cast import ALICE, BEN, BILLING, BOB, OTHER_WORKSPACE, SHIPPING, WORKSPACE
from tests.services.floor import furnish

K = TargetKind
FULL = Policy(
    WORKSPACE,
    "p1",
    BILLING,
    "Night",
    frozenset({Severity.CRITICAL, Severity.LOW}),
    (
        Level((Target(K.LEAD_ON_SHIFT), Target(K.PERSON, BOB.id)), 15),
        Level((Target(K.ROUND_ROBIN, people=(BEN.id, ALICE.id)), Target(K.GROUP, "S1")), 0),
    ),
    repeats=9,
    repeat_from=1,
    outside=Outside.OTHER,
    other_policy_id="p2",
    warned=(Target(K.CHANNEL, "C1"),),
    breached=(Target(K.LEADS), Target(K.MANAGER)),
    only_instead=True,
)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        await policies.add(tx, FULL)


async def known(db: Database, team_id: str = BILLING, workspace: str = WORKSPACE) -> list[Policy]:
    async with db.read(workspace) as tx:
        return await policies.list_of_team(tx, team_id)


async def test_it_keeps_what_it_is_told(db: Database) -> None:
    assert await known(db) == [FULL]
    assert await known(db, SHIPPING) == []
    assert await known(db, workspace=OTHER_WORKSPACE) == []
    async with db.read(WORKSPACE) as tx:
        assert await policies.find(tx, BILLING, "p1") == FULL
        assert await policies.find(tx, SHIPPING, "p1") is None


async def test_the_second_of_two_edits_is_refused(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        assert await policies.change(tx, replace(FULL, name="Late"))
        assert not await policies.change(tx, replace(FULL, name="Later"))
        assert not await policies.remove(tx, FULL)
    assert await known(db) == [replace(FULL, name="Late", version=2)]
    async with db.write(WORKSPACE) as tx:
        assert await policies.remove(tx, replace(FULL, version=2))
    assert await known(db) == []


BODY = policies.to_json(FULL)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        BODY | {"levels": []},
        BODY | {"levels": BODY["levels"] * 6},
        BODY | {"levels": [{"minutes": -1, "targets": []}]},
        BODY | {"levels": [{"minutes": 5, "targets": [{"kind": "neighbour"}]}]},
        BODY | {"repeats": 10},
        BODY | {"repeats": "often"},
        BODY | {"repeat_from": 2},
        BODY | {"outside": "perhaps"},
        BODY | {"severities": ["dire"]},
    ],
)
async def test_a_row_that_says_nonsense_is_left_out(db: Database, body: Json) -> None:
    with pytest.raises(ValueError, match="policy"):
        policies.from_json(body)
    async with db.write(WORKSPACE) as tx:
        await tx.execute(update(PolicyRow).values(body=body))
    assert await known(db) == []


async def test_turns_are_taken_once(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        seen = await policies.turns(tx, "p1")
        assert seen == {}
        assert await policies.take_turn(tx, "p1", BEN.id, seen)
        assert not await policies.take_turn(tx, "p1", BEN.id, seen)
        seen = await policies.turns(tx, "p1")
        assert seen == {BEN.id: 1}
        assert await policies.take_turn(tx, "p1", ALICE.id, seen)
        assert await policies.take_turn(tx, "p1", BEN.id, await policies.turns(tx, "p1"))
        assert not await policies.take_turn(tx, "p1", BEN.id, seen)
        assert await policies.turns(tx, "p1") == {BEN.id: 3, ALICE.id: 2}


async def test_two_at_once_take_two_turns(db: Database) -> None:
    async def choose() -> str:
        async with db.write(WORKSPACE) as tx:
            while True:
                seen = await policies.turns(tx, "p1")
                chosen = min((BEN.id, ALICE.id), key=lambda one: seen.get(one, -1))
                if await policies.take_turn(tx, "p1", chosen, seen):
                    return chosen

    found = await asyncio.gather(*(choose() for _ in range(4)))
    assert sorted(found) == sorted([BEN.id, ALICE.id] * 2)


async def test_user_groups_are_known_once_a_policy_names_them(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        assert not await policies.is_group_named(tx, "S1")
        await policies.refill_group(tx, Group("S1", "@night", (BOB.id,)))
        assert await policies.groups(tx, ["S1"]) == {}
        await policies.put_group(tx, Group("S1", "@night", (BOB.id, ALICE.id)))
        assert await policies.is_group_named(tx, "S1")
        await policies.refill_group(tx, Group("S1", members=(BEN.id,)))
        found = await policies.groups(tx, ["S1", "S2"])
    assert found == {"S1": Group("S1", "@night", (BEN.id,))}
