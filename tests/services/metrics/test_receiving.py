"""Facts over HTTP, as the service takes them: all or nothing, once, and for the token's teams alone."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Denied
from bot.rules.metrics.importing.imports import ImportKind, ImportState
from bot.rules.metrics.program.programs import Program
from bot.rules.metrics.program.received.unfit import NOT_ITS_KEY, NOT_ITS_TEAM, Unfit
from bot.rules.metrics.store.slices import PERSON
from bot.services.metrics.program import receiving
from bot.services.metrics.program.tokens import revoke
from bot.services.metrics.store import keeping
from storage import teams, timers
from storage.base import new_id
from storage.database import Database
from storage.metrics import imports, names, rollups, tokens
from storage.timers import Timer
from tests.cast import ADA, ALICE, BILLING, DAN, MARA, NOON, SHIPPING, WORKSPACE
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import furnish
from tests.services.metrics.programs import item, let_in, posted, send
from tests.services.metrics.store import FIRST, read, roll

TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


@pytest.fixture
async def program(db: Database) -> Program:
    made = await let_in(db)
    return made.program


async def contacts(db: Database, team_id: str = BILLING) -> int:
    found = await read(db, team_id=team_id)
    return sum(one.sums.get("contacts", 0) for one in found.values()) // 1000


async def stale(db: Database) -> list[str]:
    async with db.read(WORKSPACE) as tx:
        return await rollups.stale_between(tx, FIRST, FIRST + timedelta(days=9))


async def test_what_is_sent_counts_at_once_by_the_clock_of_the_team(
    db: Database, program: Program
) -> None:
    late = item("2", at="2026-03-02T23:30:00-08:00", zone="America/Los_Angeles")
    receipt = await send(db, program, item("1"), late)
    assert receipt.answer == {"taken": 2, "replaced": 0, "unchanged": 0}
    assert await contacts(db) == 2
    [(day, _member)] = await read(db)
    assert day == FIRST


async def test_who_looks_for_files_is_not_woken_by_programs(db: Database, program: Program) -> None:
    woken: list[str] = []
    db.on_commit("imports", lambda: woken.append("imports"))
    await send(db, program, item("1"))
    await send(db, program, item("2"))
    assert woken == []


async def test_the_same_facts_in_another_request_change_nothing(
    db: Database, program: Program
) -> None:
    await send(db, program, item("1"), item("2"))
    await roll(db)
    receipt = await send(db, program, item("1"), item("2"), item("3"), now=TOMORROW)
    assert receipt.answer == {"taken": 1, "replaced": 0, "unchanged": 2}
    await roll(db)
    again = await send(db, program, item("3"), now=TOMORROW)
    assert again.answer == {"taken": 0, "replaced": 0, "unchanged": 1}
    assert await stale(db) == []
    assert await contacts(db) == 3


async def test_another_word_on_a_key_replaces_what_it_said(db: Database, program: Program) -> None:
    await send(db, program, item("1"))
    receipt = await send(db, program, item("1", parts={"contacts": 5}), now=TOMORROW)
    assert receipt.answer == {"taken": 0, "replaced": 1, "unchanged": 0}
    assert await contacts(db) == 5


async def test_what_is_older_is_kept_and_does_not_count(db: Database, program: Program) -> None:
    new = item("1", parts={"contacts": 5}, updated="2026-03-02T12:00:00Z")
    old = item("1", parts={"contacts": 2}, updated="2026-03-02T11:00:00Z")
    await send(db, program, new, old)
    receipt = await send(db, program, old, now=TOMORROW)
    assert receipt.answer == {"taken": 0, "replaced": 0, "unchanged": 1}
    assert await contacts(db) == 5
    async with db.read(WORKSPACE) as tx:
        begun = await imports.rolling(tx, program.feed_id, ImportKind.HTTP, BILLING, since=NOON)
    assert begun
    assert begun.asked_at == TOMORROW


async def test_a_token_that_is_taken_back_while_a_body_comes_brings_nothing_in(
    db: Database, program: Program
) -> None:
    await revoke(db, ADA, program.id, key="back", now=NOON)
    with pytest.raises(receiving.TokenGone):
        await send(db, program, item("1"))
    assert await contacts(db) == 0


async def test_a_request_sent_again_has_the_answer_of_the_first(
    db: Database, program: Program
) -> None:
    first = await send(db, program, item("1"), key="k", body=b"1")
    again = await send(db, program, item("1"), key="k", body=b"1", now=TOMORROW)
    assert (again.answer, again.is_again) == (first.answer, True)
    with pytest.raises(receiving.KeyReused):
        await send(db, program, item("2"), key="k", body=b"2")
    assert await contacts(db) == 1
    other = (await let_in(db)).program
    assert not (await send(db, other, item("1"), key="k", body=b"3")).is_again


async def test_two_at_once_with_one_key_are_taken_once(db: Database, program: Program) -> None:
    both = await asyncio.gather(*[send(db, program, item("1"), key="k") for _ in range(2)])
    assert sorted(one.is_again for one in both) == [False, True]
    assert both[0].answer == both[1].answer
    other = await asyncio.gather(*[send(db, program, item(str(n))) for n in range(2, 6)])
    assert [one.answer["taken"] for one in other] == [1, 1, 1, 1]
    assert await contacts(db) == 5


async def test_a_death_in_the_middle_leaves_nothing_and_the_request_can_be_sent_again(
    db: Database, program: Program
) -> None:
    for place in (2, 8, 14, 18, AT_COMMIT):
        with dying(db, place), pytest.raises(Died):
            await send(db, program, item("1"), key="k")
        await db.close()  # what a dead process held is let go
        assert await contacts(db) == 0
    assert not (await send(db, program, item("1"), key="k")).is_again
    assert await contacts(db) == 1


async def test_other_teams_are_refused_item_by_item_and_nothing_is_taken(
    db: Database, program: Program
) -> None:
    with pytest.raises(receiving.NotTaken) as refused:
        await send(db, program, item("1"), item("2", team="Shipping"), item("3", team="None such"))
    assert refused.value.unfit == [
        Unfit(1, "team", NOT_ITS_TEAM),
        Unfit(2, "team", NOT_ITS_TEAM),
    ]
    assert await contacts(db) == 0
    assert (await send(db, program, item("1", team=" billing "))).answer["taken"] == 1


async def test_a_key_of_another_team_in_the_same_feed_is_out_of_reach(
    db: Database, program: Program
) -> None:
    await send(db, program, item("1"))
    other = (await let_in(db, team_id=SHIPPING)).program
    with pytest.raises(receiving.NotTaken) as refused:
        await send(db, other, item("1", parts={"contacts": 9}))
    assert refused.value.unfit == [Unfit(0, "key", NOT_ITS_KEY)]
    assert await contacts(db) == 1
    assert await contacts(db, SHIPPING) == 0


async def test_a_department_sends_for_the_teams_below_it_by_name_and_by_person(
    db: Database,
) -> None:
    async with db.write(WORKSPACE) as tx:
        shipping = await teams.get(tx, SHIPPING)
        await teams.change(tx, replace(shipping, department_id=BILLING))
    above = (await let_in(db)).program
    await send(db, above, item("1", team="shipping"), item("2", person=DAN.id), item("3"))
    assert (await contacts(db), await contacts(db, SHIPPING)) == (1, 2)
    own = await read(db, team_id=SHIPPING, slice_=PERSON)
    assert len(own) == 1


async def test_a_person_is_known_by_their_slack_id_or_name(db: Database, program: Program) -> None:
    await send(db, program, item("1", person=ALICE.id), item("2", person=ALICE.name))
    async with db.read(WORKSPACE) as tx:
        assert len((await names.of_person(tx, ALICE.id))[ALICE.id]) == 2


async def test_what_was_taken_back_can_be_sent_anew_on_the_same_day(
    db: Database, program: Program
) -> None:
    await send(db, program, item("1"))
    async with db.read(WORKSPACE) as tx:
        begun = await imports.rolling(
            tx, program.feed_id, ImportKind.HTTP, BILLING, since=NOON - timedelta(hours=12)
        )
    assert begun
    assert (begun.state, begun.done) == (ImportState.LIVE, 1)
    await keeping.undo(db, MARA, begun, key=new_id(), now=NOON)
    assert await contacts(db) == 0
    assert (await send(db, program, item("1"))).answer["taken"] == 1
    assert await contacts(db) == 1


async def test_without_its_team_a_token_can_send_nothing(db: Database, program: Program) -> None:
    with pytest.raises(receiving.TeamGone):
        await send(db, replace(program, team_id="gone"), item("1"))


async def test_answers_are_forgotten_after_a_week(db: Database, program: Program) -> None:
    await send(db, program, item("1"), key="old")
    await send(db, program, item("1"), key="new", now=TOMORROW)
    later = NOON + receiving.ANSWERS_KEPT + timedelta(seconds=1)
    async with db.write(WORKSPACE) as tx:
        timer = await timers.claim_due(tx, later)
        assert timer == Timer(receiving.FORGET, "", NOON + receiving.ANSWERS_KEPT)
        await receiving.forget_answers(tx, timer, later)
        assert await tokens.answered(tx, program.id, "old") is None
        assert await tokens.answered(tx, program.id, "new") is not None
        again = await timers.claim_due(tx, later + timedelta(days=1))
        assert again
        await receiving.forget_answers(tx, again, later + timedelta(days=1))
        assert await timers.claim_due(tx, later + timedelta(days=99)) is None


ITEMS = st.builds(
    lambda key, day, n, minute: item(
        str(key),
        at=f"2026-03-0{day}T09:00:00Z",
        parts={"contacts": n},
        updated=f"2026-03-09T09:{minute:02}:00Z",
    ),
    st.integers(1, 6), st.integers(2, 4), st.integers(0, 9), st.integers(0, 59),
)  # fmt: skip


@given(
    items=st.lists(ITEMS, min_size=1, max_size=12, unique_by=lambda one: (one["key"], one["updated"])),
    cuts=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    seed=st.randoms(use_true_random=False),
)  # fmt: skip
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_split_into_requests_in_any_order_gives_the_same(
    db: Database, items: list[dict[str, Any]], cuts: list[int], seed: Any
) -> None:
    one_go = (await let_in(db, feed=new_id())).program
    await send(db, one_go, *items)
    expected = await contacts(db)
    mixed = list(items)
    seed.shuffle(mixed)
    parts = (await let_in(db, feed=new_id())).program
    for place in range(4):
        if some := [one for one, cut in zip(mixed, cuts, strict=False) if cut == place]:
            await send(db, parts, *some, now=NOON + timedelta(days=place))
    last = {one["key"]: one for one in sorted(items, key=lambda one: one["updated"])}
    assert await contacts(db) - expected == sum(one["parts"]["contacts"] for one in last.values())
    await undo_all(db)


async def undo_all(db: Database) -> None:
    async with db.read(WORKSPACE) as tx:
        found = await imports.latest(tx, ImportState.LIVE, most=99)
    for one in found:
        await keeping.undo(db, MARA, one, key=new_id(), now=NOON)


async def test_nobody_else_acts_for_a_program(db: Database, program: Program) -> None:
    with pytest.raises(Denied):
        await receiving.receive(db, ALICE, program, posted([item("1")]), now=NOON)
