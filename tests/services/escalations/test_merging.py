"""Merging: a case goes on as another one, with those who wait for it and what it waits for; and reopening undoes it."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.escalations import Escalation, EventKind, State, followed
from bot.services import escalations
from storage import escalations as stored
from storage.database import Database
from tests import casebook
from tests.casebook import DRAFT, LEADS, SHIPPING_LEADS
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.escalations.linked import (
    ASKING,
    LATER,
    PARCEL,
    DiedError,
    ask,
    cards,
    check_replays,
    dying,
    everything,
    resolve,
    settle,
    timers_of,
)
from tests.services.floor import by_id

OTHER = replace(DRAFT, summary="Charged twice", ticket="50001", customer="Ann Poe")


async def two(db: Database) -> None:
    """#1, which Alice raised and Bob owns, and #2, which Nobody raised and Ben owns."""
    await casebook.set_up(db)
    await casebook.claimed(db)
    await casebook.escalate(db, OTHER, person=NOBODY, key="second")
    await escalations.claim(db, BEN, 2, key="claim 2", now=NOON)


async def merge(
    db: Database, person: Person = BOB, number: int = 1, into: int = 2, *, key: str = "merge"
) -> Escalation:
    return await escalations.merge(db, person, number, into, key=key, now=LATER)


async def reopen(db: Database, number: int = 1) -> Escalation:
    why = "It is another matter"
    return await escalations.reopen(db, ALICE, number, why, key=f"reopen {number}", now=LATER)


async def test_it_goes_on_as_the_other_with_everybody_who_waits(db: Database) -> None:
    await two(db)
    await escalations.follow(db, BOB, 1, frozenset({DAN.id}), key="follow", now=LATER)
    await settle(db)
    other = await merge(db)
    first = await casebook.case(db)
    assert (first.state, first.merged_into, first.owner_id) == (State.MERGED, 2, None)
    assert other.followers == {ALICE.id, DAN.id}
    assert other.owner_id == BEN.id
    assert await timers_of(db, 1) == set()
    for person in (ALICE, DAN):
        assert "goes on as #2" in (await casebook.said(db, person.id))[-1]
    for person in (BEN, NOBODY):
        assert "merged #1 into it" in (await casebook.said(db, person.id))[-1]
    assert await cards(db) == {("1", LEADS), ("2", LEADS)}
    await check_replays(db, 1, 2)


async def test_who_waited_hears_of_the_other_from_now_on(db: Database) -> None:
    await two(db)
    await merge(db)
    await resolve(db, 2, BEN)
    assert "*#2* (Charged twice)" in (await casebook.said(db, ALICE.id))[-1]
    assert (await escalations.see(db, ALICE, 2)).escalation.state is State.RESOLVED


async def test_what_departments_owe_to_it_they_owe_to_the_other(db: Database) -> None:
    await two(db)
    await ask(db)
    await settle(db)
    await merge(db)
    asked = await casebook.case(db, 3)
    assert (asked.parent_id, asked.raised_by) == (2, BEN.id)
    assert ("3", SHIPPING_LEADS) in await cards(db)
    await resolve(db, 3)
    assert "#2 (Charged twice) has its answer" in (await casebook.said(db, BEN.id))[-1]
    assert (await casebook.case(db)).state is State.MERGED
    await check_replays(db, 1, 2, 3)


async def test_reopening_undoes_it(db: Database) -> None:
    await two(db)
    await ask(db)
    await escalations.follow(db, BEN, 2, frozenset({OLGA.id}), key="follow", now=LATER)
    await merge(db)
    await settle(db)
    await reopen(db)
    first, other = await casebook.case(db), await casebook.case(db, 2)
    assert (first.state, first.merged_into) == (State.OPEN, None)
    assert other.followers == {OLGA.id}
    assert (await casebook.case(db, 3)).parent_id == 1
    assert await cards(db) == {("1", LEADS), ("2", LEADS), ("3", SHIPPING_LEADS)}
    assert (await casebook.timeline(db, 2))[-1].kind is EventKind.LET_GO
    await check_replays(db, 1, 2, 3)


async def test_reopening_finds_what_went_further_with_the_other(db: Database) -> None:
    await two(db)
    await ask(db)
    await merge(db)
    await casebook.escalate(db, OTHER, key="third")
    await merge(db, MARA, 2, 4, key="merge again")
    assert (await casebook.case(db, 3)).parent_id == 4
    await reopen(db)
    assert (await casebook.case(db, 3)).parent_id == 1
    assert (await casebook.case(db, 2)).merged_into == 4
    await check_replays(db, 1, 2, 3, 4)


@pytest.mark.parametrize("person", [BOB, BEN, MARA], ids=by_id)
async def test_who_works_on_both_may(db: Database, person: Person) -> None:
    await two(db)
    assert (await merge(db, person)).id == 2


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_may(db: Database, person: Person) -> None:
    await two(db)
    with pytest.raises(Denied):
        await merge(db, person)
    assert (await casebook.case(db)).state is State.CLAIMED


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await two(db)
    before = await everything(db)
    with pytest.raises((Refused, ValueError)):
        await merge(db, replace(STRANGER, workspace_id="T0ELSEWHERE"))
    assert await everything(db) == before


async def test_into_a_team_in_which_one_does_not_work_is_refused(db: Database) -> None:
    await two(db)
    await escalations.escalate(db, DAN, SHIPPING, PARCEL, key="theirs", now=NOON)
    with pytest.raises(FormProblems, match="don't work on a case #3"):
        await merge(db, BOB, 1, 3)
    with pytest.raises(FormProblems, match="don't work on a case #99"):
        await merge(db, BOB, 1, 99)


async def test_what_cannot_take_it_in(db: Database) -> None:
    await two(db)
    with pytest.raises(FormProblems, match="the case itself"):
        await merge(db, BOB, 1, 1)
    with pytest.raises(FormProblems, match="Choose the case"):
        await merge(db, BOB, 1, 0)
    await resolve(db, 2, BEN)
    with pytest.raises(FormProblems, match="#2 is closed"):
        await merge(db)
    assert (await casebook.case(db)).state is State.CLAIMED
    await casebook.escalate(db, OTHER, key="third")
    assert (await merge(db, BOB, 1, 3)).id == 3, "the key was not used up"


async def test_a_case_and_the_one_that_waits_for_it_stay_two(db: Database) -> None:
    await two(db)
    both = replace(BOB, roles={**BOB.roles, **CHARLIE.roles})
    await ask(db)
    await escalations.claim(db, CHARLIE, 3, key="claim 3", now=LATER)
    further = replace(ASKING, team_id=BILLING)
    await ask(db, CHARLIE, key="further", asking=further, number=3)
    for number, into in ((1, 3), (3, 1), (1, 4), (4, 1)):
        with pytest.raises(FormProblems, match="stay two cases"):
            await merge(db, both, number, into, key=f"{number} {into}")


async def test_the_same_request_twice_merges_once(db: Database) -> None:
    await two(db)
    await merge(db)
    before = await everything(db)
    with pytest.raises(AlreadyHeard):
        await merge(db)
    assert await everything(db) == before


async def test_ten_at_once_and_in_both_directions_merge_once(db: Database) -> None:
    await two(db)
    pairs = [(1, 2), (2, 1)] * 5
    found = await asyncio.gather(
        *[merge(db, BOB, a, into, key=f"{n}") for n, (a, into) in enumerate(pairs)],
        return_exceptions=True,
    )
    assert [isinstance(one, Escalation) for one in found].count(True) == 1
    assert {type(one) for one in found} == {Escalation, Stale, FormProblems}
    states = {(await casebook.case(db, n)).state for n in (1, 2)}
    assert states == {State.CLAIMED, State.MERGED}


async def test_a_process_that_dies_merges_nothing(db: Database) -> None:
    await two(db)
    await ask(db)
    before = await everything(db)
    async with dying():
        with pytest.raises(DiedError):
            await merge(db)
    assert await everything(db) == before
    await merge(db)
    before = await everything(db)
    async with dying():
        with pytest.raises(DiedError):
            await reopen(db)
    assert await everything(db) == before


async def found(db: Database, typed: str, person: Person = BOB) -> list[int]:
    return [one.id for one in await escalations.cases_to_merge(db, person, 1, typed)]


async def test_the_cases_to_choose_from(db: Database) -> None:
    await two(db)
    same = replace(DRAFT, summary="Refund, again", ticket="#48213")
    await casebook.escalate(db, same, key="same")
    await casebook.escalate(db, replace(OTHER, summary="100% wrong"), key="newest")
    await escalations.escalate(db, DAN, SHIPPING, PARCEL, key="theirs", now=NOON)
    assert await found(db, "") == [3, 4, 2], "the same ticket first, then the newest"
    assert await found(db, "2") == [3, 2], "its number, or what contains it"
    assert await found(db, "#4821") == [3]
    assert await found(db, "TWICE  charged") == [2]
    assert await found(db, "#2 Charged") == [2]
    assert await found(db, "#50001 Refund") == []
    assert await found(db, "ann") == [4, 2]
    assert await found(db, "100%") == [4]
    assert await found(db, "%") == [4]
    assert await found(db, "50001") == [4, 2]
    assert await found(db, "9" * 30) == []
    await resolve(db, 2, BEN)
    assert await found(db, "charged") == []
    with pytest.raises(Refused):
        await found(db, "", DAN)
    assert await found(db, "", ALICE) == []


async def test_more_followers_than_one_may_add_can_still_leave(db: Database) -> None:
    """A merge may bring more than anybody could have added."""
    await two(db)
    many = frozenset({ALICE.id, *(f"U{n}" for n in range(60))})
    before = await casebook.case(db)
    async with db.write(WORKSPACE) as tx:
        await stored.change(tx, before, followed(before, BOB, many, now=NOON))
    gone = frozenset({ALICE.id})
    after = await escalations.follow(
        db, ALICE, 1, frozenset(), remove=gone, key="unfollow", now=NOON
    )
    assert after.followers == many - gone
