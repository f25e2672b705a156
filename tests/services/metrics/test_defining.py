"""What numbers mean: everybody reads it, who leads writes their own, and only its owner and admins change one."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.definition import own
from bot.rules.metrics.definition.own import Definition, OwnDraft
from bot.rules.metrics.definition.registry import BY_KEY, Direction, Unit
from bot.services.metrics.look import defining
from storage.base import new_id
from storage.database import Database
from storage.metrics import definitions
from tests.cast import ADA, ALICE, BOB, CHARLIE, DAN, MARA, NOBODY, NOON, OLGA, WORKSPACE
from tests.services.covers.acting import problems
from tests.services.floor import by_id, furnish
from tests.services.metrics.store import bring, fact

DRAFT = OwnDraft(
    " Unhappy  share ",
    "Ratings of 1 to 3.",
    "ratings - ratings_good",
    "ratings",
    Unit.PERCENT,
    Direction.DOWN,
    1,
)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def save(
    db: Database,
    person: Person = BOB,
    draft: OwnDraft = DRAFT,
    *,
    of: Definition | None = None,
    key: str = "",
) -> Definition:
    return await defining.save(
        db,
        person,
        of.id if of else "",
        of.version if of else 0,
        draft,
        key=key or new_id(),
        now=NOON,
    )


async def known(db: Database) -> set[str]:
    async with db.read(WORKSPACE) as tx:
        return set(await defining.known(tx))


@pytest.mark.parametrize("person", [BOB, MARA, CHARLIE, ADA], ids=by_id)
async def test_who_leads_anywhere_writes_one_and_all_can_read_it(
    db: Database, person: Person
) -> None:
    made = await save(db, person)
    assert (made.name, made.owner_id, made.numerator) == (
        "Unhappy share",
        person.id,
        "ratings - ratings_good",
    )
    assert await known(db) == {*BY_KEY, made.id}
    for reader in (ALICE, NOBODY, BOB):
        found, _near = await defining.find(db, reader, "unhappy SHARE")
        assert found
        assert (found.own, found.may_edit) == (made, reader == person)


async def test_nobody_else_writes_one(db: Database) -> None:
    for person in (ALICE, OLGA, DAN, NOBODY):
        with pytest.raises(Denied, match="people who lead a team"):
            await save(db, person)
        with pytest.raises(Denied):
            await defining.open_form(db, person)
        with pytest.raises(Denied):
            await defining.try_out(db, person, DRAFT, now=NOON)
    assert await known(db) == set(BY_KEY)


async def test_only_its_owner_and_admins_change_it(db: Database) -> None:
    made = await save(db)
    for person in (MARA, CHARLIE, ALICE):
        with pytest.raises(Denied, match="who wrote this metric"):
            await save(db, person, of=made)
        with pytest.raises(Denied):
            await defining.open_form(db, person, made.id)
        with pytest.raises(Denied):
            await defining.retire(db, person, made.id, is_retired=True, key=new_id(), now=NOON)
    changed = await save(db, ADA, replace(DRAFT, name="Unhappy"), of=made)
    assert (changed.owner_id, changed.version, changed.name) == (BOB.id, 2, "Unhappy")
    with pytest.raises(Stale, match="Somebody changed"):
        await save(db, BOB, of=made)


async def test_another_workspace_finds_nothing(db: Database) -> None:
    made = await save(db)
    elsewhere = Person("T0EMPTY", BOB.id, is_admin=True)
    for asked in (
        defining.open_form(db, elsewhere, made.id),
        defining.get(db, elsewhere, made.id),
        defining.save(db, elsewhere, made.id, 1, DRAFT, key="x", now=NOON),
    ):
        with pytest.raises(Refused, match="cannot find that metric"):
            await asked


WRONG: tuple[tuple[OwnDraft, set[str]], ...] = (
    (OwnDraft(), {"name", "words", "numerator", "denominator"}),
    (replace(DRAFT, numerator="__import__('os')"), {"numerator"}),
    (replace(DRAFT, numerator="ratings ** 9999999"), {"numerator"}),
    (replace(DRAFT, denominator="first_response"), {"denominator"}),
    (replace(DRAFT, denominator="0"), {"denominator"}),
    (replace(DRAFT, numerator="5"), {"numerator"}),
    (replace(DRAFT, name="c s a t", decimals=None), {"decimals"}),
    (replace(DRAFT, name=" CSAT"), {"name"}),
    (replace(DRAFT, name="x" * 41, words="x" * 501), {"name", "words"}),
    (replace(DRAFT, unit=Unit.THINGS, denominator="", decimals=4), {"decimals"}),
)


async def test_what_is_wrong_is_said_field_by_field(db: Database) -> None:
    for draft, wrong in WRONG:
        assert await problems(save(db, draft=draft)) == wrong
    assert await known(db) == set(BY_KEY)


async def test_an_amount_is_divided_by_nothing_and_own_parts_are_taken_by_their_look(
    db: Database,
) -> None:
    draft = replace(DRAFT, numerator="own_refunds", denominator=" ", unit=Unit.THINGS)
    made = await save(db, draft=draft)
    assert (made.denominator, made.metric.is_amount) == ("1", True)
    assert own.draft_of(made).denominator == ""


async def test_twice_is_once_and_two_at_once_take_no_name_twice(db: Database) -> None:
    made = await save(db, key="k")
    with pytest.raises(AlreadyHeard):
        await save(db, key="k")
    with pytest.raises(FormProblems, match="this name"):
        await save(db, MARA)
    await save(db, draft=DRAFT, of=made)
    two = (save(db, person, replace(DRAFT, name="Gone")) for person in (BOB, MARA))
    found = await asyncio.gather(*two, return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["Definition", "FormProblems"]


async def test_a_retired_one_is_shown_no_more_and_can_come_back(db: Database) -> None:
    made = await save(db)
    await defining.retire(db, BOB, made.id, is_retired=True, key="r", now=NOON)
    assert made.id not in await known(db)
    every = (await defining.list_all(db, ALICE)).all
    assert (every[-1].metric.key, every[-1].own and every[-1].own.is_retired) == (made.id, True)
    with pytest.raises(FormProblems):
        await save(db, MARA)
    await defining.retire(db, ADA, made.id, is_retired=False, key="b", now=NOON)
    assert made.id in await known(db)


async def test_there_are_fifty_at_most(db: Database) -> None:
    made = await save(db)
    async with db.write(WORKSPACE) as tx:
        for one in range(own.MOST - 1):
            await definitions.add(tx, replace(made, id=f"d{one}", name=f"D{one}"))
    with pytest.raises(Refused, match="hard to tell apart"):
        await save(db, draft=replace(DRAFT, name="One more"))
    with pytest.raises(Refused):
        await defining.open_form(db, BOB)
    await save(db, draft=DRAFT, of=made)


async def test_trying_says_what_it_comes_to_and_what_there_was_nothing_of(db: Database) -> None:
    await bring(db, [fact("1", ratings=4, ratings_good=3, own_refunds=2)])
    tried = await defining.try_out(db, BOB, DRAFT, now=NOON)
    assert (tried.value.amount, tried.value.n, tried.parts, tried.unknown) == (
        25,
        4,
        ["own_refunds"],
        [],
    )
    tried = await defining.try_out(db, BOB, replace(DRAFT, denominator="own_rfunds"), now=NOON)
    assert (tried.value.amount, tried.unknown) == (None, ["own_rfunds"])
    assert (await defining.try_out(db, CHARLIE, DRAFT, now=NOON)).value.amount is None
    tried = await defining.try_out(db, BOB, replace(DRAFT, numerator="rating"), now=NOON)
    assert (tried.metric, set(tried.problems)) == (None, {"numerator"})


async def test_metrics_are_found_by_key_by_name_and_nearly(db: Database) -> None:
    for typed, key in (
        ("AHT", "aht"),
        ("aht", "aht"),
        ("mean  RATING", "rating"),
        ("resolution", "resolution"),
        ("zzzzzz", None),
        ("", None),
    ):
        found, _near = await defining.find(db, ALICE, typed)
        assert (found.metric.key if found else None) == key, typed
    for typed, near in (("occupansy", ["occupancy"]), ("attainment", ["sla"]), ("zzzzzz", [])):
        _found, nearly = await defining.find(db, ALICE, typed)
        assert [one.metric.key for one in nearly][: len(near) or None] == near, typed
