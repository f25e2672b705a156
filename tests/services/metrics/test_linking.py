"""Whose names are in a team's numbers: said by who sets them, only of its own people, and it corrects the past."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.looks import Look, View
from bot.rules.metrics.look.named import Named
from bot.services.metrics.look import linking, looking
from storage.base import new_id
from storage.database import Database
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
    OLGA,
    SHIPPING,
    STRANGER,
)
from tests.services.metrics import lookers
from tests.services.metrics.lookers import TESS, TUESDAY, VERA


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await lookers.departments(db)
    await lookers.numbers(db)


async def named(db: Database, name: str = "Zed", person: Person = BOB) -> Named:
    seen = await linking.see(db, person, BILLING, now=TUESDAY)
    return next(one for one in seen.all if one.name == name)


async def link(
    db: Database, person: Person, whom: Person, *, team_id: str = BILLING, key: str = ""
) -> None:
    zed = await named(db)
    await linking.link(db, person, team_id, zed.id, whom.id, key=key or new_id(), now=TUESDAY)


async def mine(db: Database, person: Person) -> float:
    seen = await looking.mine(db, person, Look(View.PERSON), now=TUESDAY)
    return next((one.value.n for one in seen.lines if one.metric.key == "csat"), 0)


async def test_who_sets_the_teams_numbers_says_who_it_is(db: Database) -> None:
    assert (await mine(db, ALICE), await mine(db, TESS)) == (20, 4)
    for person in (BOB, BEN, MARA, VERA, ADA):
        await link(db, person, TESS)
        zed = await named(db)
        assert (zed.person_id, zed.linked_by) == (TESS.id, person.id)
        assert (await mine(db, ALICE), await mine(db, TESS)) == (20, 5)
        await linking.unlink(db, person, BILLING, zed.id, TESS.id, key=new_id(), now=TUESDAY)


async def test_nobody_else_does_or_reads_them(db: Database) -> None:
    for person in (ALICE, OLGA, CHARLIE, NOBODY):
        with pytest.raises(Denied):
            await link(db, person, ALICE)
        with pytest.raises(Denied):
            await linking.see(db, person, BILLING, now=TUESDAY)
    assert (await named(db)).person_id == ""


async def test_only_the_teams_own_people_are_linked_to_names_that_it_has(db: Database) -> None:
    for whom in (DAN, NOBODY, STRANGER):
        with pytest.raises(Refused, match="is not in Billing"):
            await link(db, BOB, whom)
    with pytest.raises(Refused, match="No number of this team"):
        await link(db, CHARLIE, DAN, team_id=SHIPPING)
    with pytest.raises(Refused, match="gone"):
        await link(db, STRANGER, ALICE)


async def test_those_that_are_nobody_come_first_and_batons_own_not_at_all(db: Database) -> None:
    seen = await linking.see(db, BOB, BILLING, now=TUESDAY)
    assert seen.unknown == 1
    assert seen.all[0].name == "Zed"
    assert [one.person_id for one in seen.all[1:]] == [ALICE.id, BOB.id, MARA.id, TESS.id]


async def test_a_mistake_is_taken_back(db: Database) -> None:
    await link(db, BOB, ALICE)
    assert await mine(db, ALICE) == 21
    zed = await named(db)
    await linking.unlink(db, MARA, BILLING, zed.id, ALICE.id, key="u", now=TUESDAY)
    assert await mine(db, ALICE) == 20
    with pytest.raises(Stale):
        await linking.unlink(db, MARA, BILLING, zed.id, ALICE.id, key="again", now=TUESDAY)
    with pytest.raises(AlreadyHeard):
        await linking.unlink(db, MARA, BILLING, zed.id, ALICE.id, key="u", now=TUESDAY)
    assert (await named(db)).linked_by == MARA.id


async def test_of_two_at_once_one_is_told_that_it_is_said(db: Database) -> None:
    found = await asyncio.gather(link(db, BOB, ALICE), link(db, BEN, TESS), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Stale"]
