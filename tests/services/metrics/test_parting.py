"""One written name, two people: told apart and put together by who sets a team's numbers, whenever the files came."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.looks import Look, View
from bot.rules.metrics.look.named import Named, Names, Parted, parted
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.parting import Own, Parting
from bot.services.metrics.look import linking, looking, telling_apart
from storage.base import new_id
from storage.database import Database
from storage.metrics import rollups
from tests.cast import (
    ADA,
    ALICE,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id
from tests.services.metrics import lookers
from tests.services.metrics.lookers import TESS, TUESDAY
from tests.services.metrics.store import bring, fact, roll


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    """An Anna in the files of both teams: three contacts of Billing, five of Shipping."""
    await lookers.departments(db)
    await bring(db, [fact(f"b{one}", person="Anna", contacts=1) for one in range(3)])
    theirs = [fact(f"s{one}", person="anna", contacts=1) for one in range(5)]
    await bring(db, theirs, feed="Parcels", belonging=Belonging(SHIPPING))
    await roll(db)


async def listed(db: Database, person: Person = BOB, team_id: str = BILLING) -> Names:
    return await linking.see(db, person, team_id, now=TUESDAY)


async def anna(db: Database, person: Person = BOB, team_id: str = BILLING) -> Named:
    [found] = [
        one for one in (await listed(db, person, team_id)).all if one.name.casefold() == "anna"
    ]
    return found


async def split(
    db: Database, person: Person = BOB, team_id: str = BILLING, *, name: str = "", key: str = ""
) -> None:
    name = name or (await anna(db)).id
    await linking.tell_apart(db, person, team_id, name, key=key or new_id(), now=TUESDAY)


async def link(db: Database, person: Person, team_id: str, whom: Person) -> None:
    name = await anna(db, person, team_id)
    await linking.link(db, person, team_id, name.id, whom.id, key=new_id(), now=TUESDAY)


async def contacts(db: Database, person: Person) -> float:
    seen = await looking.mine(db, person, Look(View.PERSON), now=TUESDAY)
    return next((one.value.amount or 0 for one in seen.lines if one.metric.key == "contacts"), 0)


async def test_two_people_of_one_name_have_each_their_own_numbers(db: Database) -> None:
    """Before, whoever was said first had both."""
    await link(db, BOB, BILLING, TESS)
    assert (await contacts(db, TESS), await contacts(db, DAN)) == (8, 0)
    assert (await anna(db)).id in (await listed(db)).shared
    await split(db)
    assert (await anna(db)).person_id == TESS.id
    assert not (await anna(db, CHARLIE, SHIPPING)).person_id
    assert not (await listed(db)).shared
    await link(db, CHARLIE, SHIPPING, DAN)
    assert (await contacts(db, TESS), await contacts(db, DAN)) == (3, 5)
    late = [fact("b9", person=" ANNA", contacts=1)]
    await bring(db, late)
    assert (await contacts(db, TESS), await contacts(db, DAN)) == (4, 5)


async def test_put_together_they_are_one_again(db: Database) -> None:
    await link(db, BOB, BILLING, TESS)
    await split(db)
    own = await anna(db)
    for key in ("together", "again"):
        doing = linking.put_together(db, MARA, BILLING, own.id, key=key, now=TUESDAY)
        if key == "together":
            await doing
        else:
            with pytest.raises(Refused):
                await doing
    whole = await anna(db)
    assert (whole.team_id, whole.person_id) == ("", TESS.id)
    assert await contacts(db, TESS) == 8
    await split(db)
    assert (await anna(db)).team_id == BILLING


async def test_elsewhere_it_stays_who_it_was(db: Database) -> None:
    await link(db, CHARLIE, SHIPPING, DAN)
    await split(db)
    assert not (await anna(db)).person_id
    assert (await anna(db, CHARLIE, SHIPPING)).person_id == DAN.id
    look = Look(View.TEAM, SHIPPING, metric="contacts")
    seen = await telling_apart.see(db, CHARLIE, look, now=TUESDAY)
    assert [one.value.amount for one in seen.members.all] == [5]


@pytest.mark.parametrize("person", [ALICE, CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_tells_a_teams_names_apart(db: Database, person: Person) -> None:
    """Not even who leads the other team: theirs they can."""
    name = (await anna(db)).id
    for doing in (linking.tell_apart, linking.put_together):
        with pytest.raises((Denied, Refused)):
            await doing(db, person, BILLING, name, key=new_id(), now=TUESDAY)
    assert (await anna(db)).id == name


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_sets_a_teams_numbers_does(db: Database, person: Person) -> None:
    await split(db, person)
    assert (await anna(db)).team_id == BILLING


async def test_a_name_of_one_team_alone_is_nobody_elses(db: Database) -> None:
    await bring(db, [fact("z", person="Zed", contacts=1)])
    await roll(db)
    [zed] = [one for one in (await listed(db)).all if one.name == "Zed"]
    with pytest.raises(Refused, match="nothing to tell apart"):
        await split(db, name=zed.id)
    with pytest.raises(Refused):
        await split(db, name="gone")


async def test_twice_is_harmless_and_of_two_at_once_one_is_told(db: Database) -> None:
    name = (await anna(db)).id
    found = await asyncio.gather(
        *(split(db, who, name=name) for who in (BOB, MARA)), return_exceptions=True
    )
    assert sum(one is None for one in found) == 1
    assert isinstance(next(one for one in found if one), Refused | Stale)
    own = await anna(db)
    await linking.put_together(db, BOB, BILLING, own.id, key="2", now=TUESDAY)
    with pytest.raises(AlreadyHeard):
        await linking.put_together(db, BOB, BILLING, own.id, key="2", now=TUESDAY)


async def test_a_death_on_the_way_leaves_one_name(db: Database) -> None:
    name = (await anna(db)).id
    with dying(db, AT_COMMIT), pytest.raises(Died):
        await split(db, name=name)
    await db.close()  # what a dead process held is let go
    assert (await anna(db)).id == name


async def test_a_day_that_is_rolled_up_meanwhile_is_rolled_up_anew(db: Database) -> None:
    """Read before the name was told apart, it must not be written after."""
    await bring(db, [fact("b8", person="Anna", contacts=1)])
    async with db.read(WORKSPACE) as tx:
        before = await rollups.next_stale(tx)
    assert before
    await split(db)
    async with db.write(WORKSPACE) as tx:
        assert not await rollups.replace_day(tx, *before, {})


BOTH = {"both": (["b", "s"], "p", "p"), "here": (["b"], "p", ""), "there": (["s"], "", "p")}


@pytest.mark.parametrize(
    ("their_teams", "here", "elsewhere"),
    [*BOTH.values(), ([], "", "p")],
    ids=[*BOTH, "nowhere any more"],
)
def test_whoever_it_was_stays_so_where_they_work(
    their_teams: list[str], here: str, elsewhere: str
) -> None:
    assert parted("p", "b", their_teams, ["s"]) == Parted(here, elsewhere)
    assert parted("", "b", [], ["s"]) == Parted("", "")


OWN = {
    ("a", "n"): Own("n-in-a"),
    ("b", "n"): Own("gone", "a"),
    ("c", "n"): Own("gone", "b"),
    ("d", "n"): Own("gone", "e"),
}


@pytest.mark.parametrize(
    ("team_id", "expected"),
    [
        ("a", ("a", "n-in-a")),
        ("b", ("a", "n-in-a")),
        ("c", ("b", "n")),
        ("d", ("e", "n")),
        ("e", ("e", "n")),
    ],
)
def test_whose_a_line_is(team_id: str, expected: tuple[str, str]) -> None:
    """What counts for another team goes no farther than there."""
    parting = Parting(OWN)
    assert parting.place(team_id, "n") == expected
    assert parting.place(team_id, "other") == (team_id, "other")
    assert parting.sources(["a", "e"]) == {"a", "b", "d", "e"}
