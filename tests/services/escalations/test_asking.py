"""Asking another department: two cases, two clocks, one owner of the customer."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused
from bot.people import Person
from bot.rules.escalations import (
    Alarm,
    Asking,
    Draft,
    EventKind,
    State,
    WaitingOn,
)
from bot.services import escalations
from storage.database import Database
from tests import casebook
from tests.casebook import LEADS, OTHER_TEAM, SHIPPING_LEADS, TEAM
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
)
from tests.services.escalations.linked import (
    ASKING,
    BACK,
    LATER,
    PARCEL,
    QUESTION,
    DiedError,
    ask,
    asked,
    cards,
    check_replays,
    dying,
    everything,
    settle,
    timers_of,
)
from tests.services.floor import by_id


async def prepare(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)


async def test_the_first_waits_and_the_other_begins_with_its_own_clocks(db: Database) -> None:
    await asked(db)
    first, other = await casebook.case(db), await casebook.case(db, 2)
    assert (first.state, first.owner_id) == (State.WAITING, BOB.id)
    assert (first.waiting_on, first.waiting_until) == (WaitingOn.DEPARTMENT, BACK)
    assert (other.state, other.team_id, other.channel) == (State.OPEN, SHIPPING, SHIPPING_LEADS)
    assert (other.parent_id, other.raised_by) == (1, BOB.id)
    assert other.draft == PARCEL
    assert other.claim_due_at == LATER + timedelta(minutes=30)
    assert await timers_of(db, 1) == {Alarm.WAKE_UP}
    assert await timers_of(db, 2) == {*(Alarm.CLAIM_WARNING, Alarm.CLAIM_BREACH, Alarm.POLICY_STEP)}
    await check_replays(db, 1, 2)


async def test_everybody_hears_of_it_and_both_cards_are_drawn(db: Database) -> None:
    await prepare(db)
    await settle(db)
    await ask(db, BEN)
    [told] = [one for one in await casebook.said(db, BOB.id) if "#2" in one and "Shipping" in one]
    assert "is with the leads of Shipping: <@U0CHARLIE>" in told
    assert "asked another department: #2" in (await casebook.said(db, ALICE.id))[-1]
    assert await cards(db) == {("1", LEADS), ("2", SHIPPING_LEADS)}
    [raised, *_] = await casebook.timeline(db, 2)
    assert (raised.kind, raised.by, raised.why) == (EventKind.RAISED, BEN.id, QUESTION)


@pytest.mark.parametrize("person", [BOB, BEN, MARA], ids=by_id)
async def test_who_works_on_it_may(db: Database, person: Person) -> None:
    await prepare(db)
    assert (await ask(db, person)).state is State.WAITING


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_may_and_nothing_is_left(db: Database, person: Person) -> None:
    await prepare(db)
    before = await everything(db)
    with pytest.raises(Denied):
        await ask(db, person)
    assert (await everything(db))[1:] == before[1:]


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await prepare(db)
    before = await everything(db)
    with pytest.raises((Refused, ValueError)):
        await ask(db, replace(STRANGER, workspace_id="T0ELSEWHERE"))
    assert await everything(db) == before


async def test_the_same_request_twice_asks_once(db: Database) -> None:
    await asked(db)
    before = await everything(db)
    with pytest.raises(AlreadyHeard):
        await ask(db, key="ask-0")
    assert await everything(db) == before


async def test_two_who_ask_at_once_ask_two_departments(db: Database) -> None:
    await prepare(db)
    await asyncio.gather(ask(db, BOB, key="one"), ask(db, BEN, key="two"))
    assert {(await casebook.case(db, n)).parent_id for n in (2, 3)} == {1}
    await check_replays(db, 1, 2, 3)


async def test_a_process_that_dies_leaves_nothing_and_may_be_asked_again(db: Database) -> None:
    await prepare(db)
    before = await everything(db)
    async with dying():
        with pytest.raises(DiedError):
            await ask(db)
    assert await everything(db) == before
    await ask(db)
    assert (await casebook.case(db, 2)).parent_id == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"team_id": ""}, "team"),
    ({"team_id": BILLING}, "team"),
    ({"question": "?"}, "question"),
    ({"until": None}, "until"),
    ({"until": NOON}, "until"),
    ({"until": NOON + timedelta(days=91)}, "until"),
    ({"draft": replace(PARCEL, summary="")}, "summary"),
    ({"draft": replace(PARCEL, promise_by=NOON)}, "promise_by"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
async def test_a_wrong_field_keeps_the_form_and_asks_nobody(
    db: Database, wrong: dict[str, Any], field: str
) -> None:
    await prepare(db)
    with pytest.raises(FormProblems) as refused:
        await ask(db, asking=replace(ASKING, **wrong))
    assert set(refused.value.problems) == {field}
    await ask(db)  # the key was not used up


async def test_an_empty_form_says_all_that_is_missing(db: Database) -> None:
    await prepare(db)
    with pytest.raises(FormProblems) as refused:
        await ask(db, asking=Asking(draft=Draft()))
    assert {"team", "question", "until", "summary"} < set(refused.value.problems)


async def test_a_team_that_nobody_reads_cannot_be_asked(db: Database) -> None:
    await casebook.set_up(db, TEAM, replace(OTHER_TEAM, leads_channel=""))
    await casebook.claimed(db)
    with pytest.raises(FormProblems) as refused:
        await ask(db)
    assert "<@U0ADA>" in str(refused.value.problems["team"])


async def test_neither_department_sees_the_others_case(db: Database) -> None:
    await asked(db)
    for person, number in ((CHARLIE, 1), (BEN, 2), (ALICE, 2)):
        with pytest.raises(Refused, match=f"no escalation #{number}"):
            await escalations.see(db, person, number)
    seen = await escalations.see(db, CHARLIE, 2)
    assert seen.links.asker
    assert (seen.links.asker.team, seen.links.asker.is_open) == ("Billing", False)
    seen = await escalations.see(db, BOB, 1)
    assert [(one.case.id, one.is_open) for one in seen.links.asked] == [(2, True)]
    assert [one.is_open for one in (await escalations.see(db, ALICE, 1)).links.asked] == [False]


async def test_the_teams_that_can_be_asked(db: Database) -> None:
    await prepare(db)
    for typed, found in (("", ["Shipping"]), ("SHIP", ["Shipping"]), ("bill", [])):
        assert [one.name for one in await escalations.teams_to_hand(db, BOB, 1, typed)] == found
    with pytest.raises(Refused):
        await escalations.teams_to_hand(db, DAN, 1, "")
