"""Lines that are another team's: said by who decides about both teams, for the past and what comes, and taken back."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.looks import Look, View
from bot.rules.metrics.look.named import Named, Names
from bot.services.metrics.look import linking, looking, moving
from storage.base import new_id
from storage.database import Database
from tests.cast import ADA, ALICE, BILLING, BOB, CHARLIE, DAN, MARA, SHIPPING, STRANGER
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id
from tests.services.metrics import lookers
from tests.services.metrics.lookers import TUESDAY
from tests.services.metrics.store import bring, fact, roll


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    """A file for Billing in which four lines are of a Dan B., who is Dan of Shipping."""
    await lookers.departments(db)
    lines = [fact(f"d{one}", person="Dan B.", contacts=1) for one in range(4)]
    await bring(db, [*lines, fact("a", person="Alice", contacts=1)])
    await roll(db)


async def listed(db: Database, person: Person = BOB, team_id: str = BILLING) -> Names:
    return await linking.see(db, person, team_id, now=TUESDAY)


async def dan(db: Database, person: Person = BOB, team_id: str = BILLING) -> Named:
    [found] = [one for one in (await listed(db, person, team_id)).all if one.name == "Dan B."]
    return found


async def move(
    db: Database, person: Person = ADA, to: str = SHIPPING, *, name: str = "", key: str = ""
) -> None:
    name = name or (await dan(db)).id
    await moving.move(db, person, BILLING, name, to, key=key or new_id(), now=TUESDAY)


async def move_back(db: Database, person: Person = ADA, *, key: str = "") -> None:
    [(name, _team)] = (await listed(db, ADA)).moved
    await moving.move_back(db, person, BILLING, name.id, key=key or new_id(), now=TUESDAY)


async def contacts(db: Database, team_id: str) -> float:
    seen = await looking.overview(db, ADA, Look(team_id=team_id), now=TUESDAY)
    return next((one.value.amount or 0 for one in seen.lines if one.metric.key == "contacts"), 0)


async def of_dan(db: Database) -> float:
    seen = await looking.mine(db, DAN, Look(View.PERSON), now=TUESDAY)
    return next((one.value.amount or 0 for one in seen.lines if one.metric.key == "contacts"), 0)


async def both(db: Database) -> tuple[float, float]:
    return await contacts(db, BILLING), await contacts(db, SHIPPING)


async def test_they_count_where_whoever_it_is_works(db: Database) -> None:
    """In the past and of what comes; their own lead says whose the name is. Both at once, and after the next roll-up."""
    assert await both(db) == (5, 0)
    await move(db)
    assert await both(db) == (1, 4)
    assert [one.name for one in (await listed(db)).all] == ["Alice"]
    await roll(db)
    assert await both(db) == (1, 4)
    await bring(db, [fact("d9", person="dan b.", contacts=1)])
    assert await both(db) == (1, 5)
    await roll(db)
    theirs = await dan(db, CHARLIE, SHIPPING)
    await linking.link(db, CHARLIE, SHIPPING, theirs.id, DAN.id, key="l", now=TUESDAY)
    assert await of_dan(db) == 5
    [(name, team)] = (await listed(db)).moved
    assert (name.name, team) == ("Dan B.", "Shipping")


async def test_they_are_counted_here_again(db: Database) -> None:
    await move(db)
    await roll(db)
    await move_back(db)
    assert await both(db) == (5, 0)
    await roll(db)
    assert await both(db) == (5, 0)
    assert not (await listed(db)).moved
    with pytest.raises(Stale):
        await moving.move_back(db, ADA, BILLING, "gone", key="again", now=TUESDAY)
    await move(db)
    assert await both(db) == (1, 4)


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, CHARLIE, STRANGER], ids=by_id)
async def test_who_does_not_decide_about_both_teams_may_not(db: Database, person: Person) -> None:
    """Nobody puts lines into a team, or takes them out of one, that is not theirs."""
    with pytest.raises((Denied, Refused)):
        await move(db, person)
    assert await both(db) == (5, 0)
    await move(db)
    with pytest.raises((Denied, Refused)):
        await move_back(db, person)
    assert await both(db) == (1, 4)


async def test_the_form_offers_the_teams_that_one_decides_about(db: Database) -> None:
    team, name, others = await moving.see(db, ADA, BILLING, (await dan(db)).id)
    assert (team.id, name.name) == (BILLING, "Dan B.")
    assert {one.name for one in others} == {"Service", "Shipping"}
    assert (await listed(db, ADA)).may_move
    assert not (await listed(db)).strangers
    assert not (await listed(db, BOB)).may_move
    with pytest.raises(Refused, match="about no other team"):
        await moving.see(db, BOB, BILLING, name.id)


async def test_bad_input_changes_nothing(db: Database) -> None:
    for to in ("", BILLING):
        with pytest.raises(FormProblems):
            await move(db, to=to)
    for name, to in (("gone", SHIPPING), ("", "gone")):
        with pytest.raises(Refused):
            await move(db, to=to, name=name)
    assert await both(db) == (5, 0)


async def test_twice_is_once_and_of_two_at_once_one_is_told(db: Database) -> None:
    name = (await dan(db)).id
    found = await asyncio.gather(
        *(move(db, name=name, key=key) for key in ("1", "2")), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Stale"]
    assert await both(db) == (1, 4)
    await move_back(db, key="3")
    with pytest.raises(AlreadyHeard):
        await move(db, name=name, key="3")


async def test_a_death_on_the_way_leaves_them_where_they_were(db: Database) -> None:
    name = (await dan(db)).id
    with dying(db, AT_COMMIT), pytest.raises(Died):
        await move(db, name=name)
    await db.close()  # what a dead process held is let go
    assert await both(db) == (5, 0)


async def test_whoever_is_linked_and_works_elsewhere_is_said_to_be(db: Database) -> None:
    """Names that Slack knows are linked by themselves, wherever their lines count."""
    await bring(db, [fact("own", person="Dan", contacts=1)])
    await roll(db)
    seen = await listed(db)
    [name] = [one for one in seen.all if one.name == "Dan"]
    assert (name.person_id, list(seen.strangers)) == (DAN.id, [name.id])
    await move(db, name=name.id)
    await roll(db)
    assert not (await listed(db)).strangers
    assert await of_dan(db) == 1
