"""Facts in the store: what holds is what was said last, whatever the order and the files, and nothing half."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules.metrics.importing.imports import ImportKind, ImportState
from bot.rules.metrics.store.bundles import together
from bot.rules.metrics.store.facts import Fact
from bot.rules.metrics.store.slices import PERSON, DayRolled, Kept
from bot.rules.reports.periods import Period
from bot.services.metrics.store import keeping, numbers
from storage.base import new_id
from storage.database import Database
from storage.metrics import names
from tests.cast import BILLING, MARA, NOON, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.store import CLOCK, FIRST, begin, bring, fact, read, roll, stage

NEXT = FIRST + timedelta(days=1)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def test_what_is_staged_counts_for_nothing_until_all_of_it_does(db: Database) -> None:
    import_ = await begin(db)
    await stage(db, import_, [fact("1", contacts=1), fact("2", NEXT, contacts=1)])
    assert await read(db) == {}
    await keeping.go_live(db, CLOCK, import_, import_, now=NOON)
    fresh = await read(db)
    assert {day: one.sums for (day, _member), one in fresh.items()} == {
        FIRST: {"contacts": 1000},
        NEXT: {"contacts": 1000},
    }
    await roll(db)
    assert await read(db) == fresh


async def test_a_corrected_file_replaces_what_it_gave_before(db: Database) -> None:
    await bring(db, [fact("1", contacts=1, waits=30), fact("2", contacts=1)])
    await roll(db)
    await bring(db, [fact("1", NEXT, contacts=1, waits=20)])
    for _times in range(2):
        found = await read(db)
        assert found[FIRST, ""].sums == {"contacts": 1000}
        assert "first_response" not in found[FIRST, ""].samples
        assert found[NEXT, ""].samples["first_response"].counts == {20_000: 1}
        await roll(db)


async def test_undoing_brings_back_what_was_replaced(db: Database) -> None:
    await bring(db, [fact("1", contacts=1)])
    before = await read(db)
    second = await bring(db, [fact("1", NEXT, contacts=2), fact("3", NEXT, contacts=1)])
    await roll(db)
    await keeping.undo(db, MARA, second, key=new_id(), now=NOON)
    assert await read(db) == before
    await roll(db)
    assert await read(db) == before
    with pytest.raises(keeping.Overtaken):
        await keeping.undo(db, MARA, second, key=new_id(), now=NOON)


async def test_undoing_the_one_in_the_middle_leaves_the_last(db: Database) -> None:
    await bring(db, [fact("1", contacts=1)])
    second = await bring(db, [fact("1", contacts=2)])
    third = await bring(db, [fact("1", contacts=3)])
    await keeping.undo(db, MARA, second, key=new_id(), now=NOON)
    assert (await read(db))[FIRST, ""].sums == {"contacts": 3000}
    await keeping.undo(db, MARA, third, key=new_id(), now=NOON)
    assert (await read(db))[FIRST, ""].sums == {"contacts": 1000}


async def test_what_was_updated_later_holds_whichever_came_first(db: Database) -> None:
    late, early = (
        fact("1", contacts=2, updated="2026-03-05"),
        fact("1", contacts=1, updated="2026-03-04"),
    )
    await bring(db, [late])
    await bring(db, [early])
    assert (await read(db))[FIRST, ""].sums == {"contacts": 2000}
    await bring(db, [late, early], feed="Other")
    assert (await read(db))[FIRST, ""].sums == {"contacts": 4000}


@pytest.mark.parametrize("beside", [0, 30], ids=["alone", "in a large feed"])
async def test_what_moves_to_another_day_leaves_the_one_before(db: Database, beside: int) -> None:
    await bring(db, [fact(f"else {n}", FIRST + timedelta(days=n), contacts=1) for n in range(beside)])  # fmt: skip
    await bring(db, [fact("1", contacts=1), fact("2", contacts=1)])
    await roll(db)
    before = await read(db)
    moved = await bring(db, [fact("1", NEXT, contacts=1)])
    await roll(db)
    after = await read(db)
    assert after[FIRST, ""].sums["contacts"] == before[FIRST, ""].sums["contacts"] - 1000
    await keeping.undo(db, MARA, moved, key=new_id(), now=NOON)
    await roll(db)
    assert await read(db) == before


async def test_a_replaced_import_ends_in_the_same_moment(db: Database) -> None:
    first = await bring(db, [fact("a:1", contacts=1), fact("a:2", contacts=1)])
    await bring(db, [fact("b:1", contacts=1)], replaced=[first.id])
    assert (await read(db))[FIRST, ""].sums == {"contacts": 1000}


async def test_facts_of_a_live_import_count_at_once_and_take_the_old_day_along(
    db: Database,
) -> None:
    rolling_on = await begin(db, kind=ImportKind.HTTP, state=ImportState.LIVE)
    await stage(db, rolling_on, [fact("1", contacts=1)])
    await roll(db)
    await stage(db, rolling_on, [fact("1", NEXT, contacts=1)])
    assert set(await read(db)) == {(NEXT, "")}
    await roll(db)
    assert set(await read(db)) == {(NEXT, "")}


async def test_a_change_while_a_day_is_rolled_up_is_not_lost(db: Database) -> None:
    live = await begin(db, state=ImportState.LIVE)
    await stage(db, live, [fact("1", contacts=1)])
    await roll(db)
    await stage(db, live, [fact("2", contacts=1)])
    assert (await read(db))[FIRST, ""].sums == {"contacts": 2000}
    await roll(db)
    assert (await read(db))[FIRST, ""].sums == {"contacts": 2000}


async def test_names_are_people_once_and_another_team_reads_nothing(db: Database) -> None:
    await bring(
        db, [fact("1", person="Alice", contacts=1), fact("2", person=" alice ", contacts=1)]
    )
    [((_day, _member), bundle)] = (await read(db, slice_=PERSON)).items()
    assert bundle.sums == {"contacts": 2000}
    assert await read(db, team_id=SHIPPING) == {}
    async with db.read("T0OTHER") as tx:
        assert await numbers.read(tx, [BILLING], FIRST, NEXT) == []


async def test_many_days_together_are_their_days_merged(db: Database) -> None:
    """Whether they are rolled up, have changed since, or are of several people."""
    some = [
        fact(f"{person}{day}", FIRST + timedelta(days=day), person=person, contacts=day + 1, waits=7 * day)
        for person in ("Al", "Bea")
        for day in range(4)
    ]  # fmt: skip
    await bring(db, some)
    await roll(db)
    await bring(db, [fact("late", NEXT, person="Al", contacts=100)], feed="Late")
    last = FIRST + timedelta(days=2)
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [BILLING], FIRST, last, slice_=PERSON)
        period = Period(FIRST, last)
        found = await numbers.totals(tx, [BILLING], period, slice_=PERSON)
        without = await numbers.totals(tx, [BILLING], period, slice_=PERSON, members=[])
    members = {row.member for row in rows}
    assert len(members) == 2
    assert found == {
        (BILLING, one): together(row.bundle for row in rows if row.member == one) for one in members
    }
    assert without == {}


async def test_of_very_many_people_none_is_forgotten(db: Database) -> None:
    many = [f"Person {number}" for number in range(520)]
    await bring(db, [fact(one, person=one, contacts=1) for one in many])
    await roll(db)
    async with db.read(WORKSPACE) as tx:
        ids = (await names.known(tx, many)).values()
        for some in (set(ids), set(list(ids)[:3])):
            rows = await numbers.read(tx, [BILLING], FIRST, NEXT, slice_=PERSON, members=some)
            assert {row.member for row in rows} == some


FACTS = st.builds(
    lambda key, day, person, waits, updated: fact(
        str(key), FIRST + timedelta(days=day), person=person, contacts=1, waits=waits, updated=str(updated)
    ),
    st.integers(1, 12), st.integers(0, 2), st.sampled_from(["", "Ann", "Zed"]), st.integers(0, 90),
    st.integers(10, 99),
)  # fmt: skip


@given(
    facts=st.lists(FACTS, min_size=1, max_size=25, unique_by=lambda one: (one.key, one.updated)),
    splits=st.lists(st.integers(0, 3), min_size=25, max_size=25),
    is_rolled=st.lists(st.booleans(), min_size=4, max_size=4),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_split_into_files_in_any_order_gives_the_same(
    db: Database, facts: list[Fact], splits: list[int], is_rolled: list[bool]
) -> None:
    feed = f"Split {hash(tuple(facts_of(facts)))}"
    held = await in_files(db, facts, splits, is_rolled, feed)
    assert held == expected(facts)


async def in_files(
    db: Database, facts: list[Fact], splits: list[int], is_rolled: list[bool], feed: str
) -> dict[object, object]:
    """What is read of them at the end; everything is undone for the next example."""
    brought = []
    for file in range(4):
        some = [one for one, place in zip(facts, splits, strict=False) if place == file]
        brought.append(await bring(db, some, feed=feed))
        if is_rolled[file]:
            await roll(db)
    found = await read(db)
    for one in brought:
        await keeping.undo(db, MARA, one, key=new_id(), now=NOON)
    assert await read(db) == {}
    return {day: (one.facts, one.sums, one.samples) for (day, _), one in found.items()}


def expected(facts: list[Fact]) -> dict[object, object]:
    """Worked out from the last version of each, without a store."""
    last: dict[str, Fact] = {}
    for one in sorted(facts, key=lambda one: one.updated):
        last[one.key] = one
    rolled: dict[object, object] = {}
    for day in {one.day for one in last.values()}:
        whole = DayRolled()
        for one in last.values():
            if one.day == day:
                parts: dict[str, int | list[int]] = dict(one.sums)
                parts |= {key: list(held) for key, held in one.samples.items()}
                whole.add([Kept(BILLING, "", "", "", one.hour, {}, parts)])
        bundle = next(held for place, held in whole.bundles.items() if place.slice == "whole")
        rolled[day] = (bundle.facts, bundle.sums, bundle.samples)
    return rolled


def facts_of(facts: list[Fact]) -> list[object]:
    return [(one.key, one.day, one.person, one.updated, str(one.samples)) for one in facts]
