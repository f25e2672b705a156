"""Moving to another team: its clocks and its policy begin anew there, and the card that stays behind says where it went."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.escalations import Alarm, Escalation, EventKind, Returning, State
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
    OLGA,
    SHIPPING,
    STRANGER,
)
from tests.services.escalations.linked import (
    LATER,
    VERDICT,
    DiedError,
    ask,
    cards,
    check_replays,
    dying,
    everything,
    settle,
    timers_of,
)
from tests.services.floor import by_id

WHY = "It is about a parcel"


async def move(
    db: Database,
    person: Person = BOB,
    team_id: str = SHIPPING,
    *,
    why: str = WHY,
    key: str = "move",
    number: int = 1,
) -> Escalation:
    return await escalations.move(db, person, number, team_id, why, key=key, now=LATER)


async def prepare(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)


async def returned(db: Database, reason: str = "wrong_team") -> None:
    await prepare(db)
    back = Returning(reason, "Shipping knows")
    await escalations.give_back(db, BOB, 1, back, key="return", now=LATER)


async def drawn(db: Database, channel: str) -> str:
    found = await casebook.drawn(db, 1, channel)
    assert found
    return f"{found.text} {found.blocks}"


async def test_it_begins_anew_there(db: Database) -> None:
    await prepare(db)
    after = await move(db)
    assert (after.team_id, after.channel) == (SHIPPING, SHIPPING_LEADS)
    assert (after.state, after.owner_id, after.level) == (State.OPEN, None, None)
    assert after.claim_due_at == LATER + timedelta(minutes=30)
    assert await timers_of(db, 1) == {*(Alarm.CLAIM_WARNING, Alarm.CLAIM_BREACH, Alarm.POLICY_STEP)}
    await casebook.live(db, until=LATER)
    assert "<@U0CHARLIE> #1" in (await casebook.said(db, SHIPPING_LEADS))[-1]
    await escalations.claim(db, CHARLIE, 1, key="theirs", now=LATER)
    await check_replays(db, 1)


async def test_everybody_is_told_where_it_is(db: Database) -> None:
    await prepare(db)
    await escalations.follow(db, BOB, 1, frozenset({OLGA.id}), key="follow", now=LATER)
    await settle(db)
    await move(db, MARA)
    told = (await casebook.said(db, ALICE.id))[-1]
    assert "<@U0MARA> has moved your escalation #1 (Refund not received) to Shipping" in told
    assert WHY in told
    assert "Its leads there now: <@U0CHARLIE>." in told
    assert "which you had, to Shipping" in (await casebook.said(db, BOB.id))[-1]
    assert "moved it to Shipping" in (await casebook.said(db, OLGA.id))[-1]
    assert len(await casebook.said(db, MARA.id)) == 0
    assert await cards(db) == {("1", LEADS), ("1", SHIPPING_LEADS)}


async def test_the_card_that_stays_behind_says_where_it_went_and_nothing_else(
    db: Database,
) -> None:
    await prepare(db)
    await move(db)
    left = await drawn(db, LEADS)
    assert "#1 is with Shipping now." in left
    assert "<@U0BOB> moved it to Shipping" in left
    assert "'actions'" not in left
    assert "Jo Doe" in await drawn(db, SHIPPING_LEADS)
    await move(db, CHARLIE, BILLING, key="back")
    assert "#1 is with Billing now." in await drawn(db, SHIPPING_LEADS)
    assert "Jo Doe" in await drawn(db, LEADS)


async def test_two_teams_in_one_channel_have_one_card(db: Database) -> None:
    await casebook.set_up(db, TEAM, replace(OTHER_TEAM, leads_channel=LEADS))
    await casebook.claimed(db)
    await settle(db)
    await move(db)
    assert await cards(db) == {("1", LEADS)}
    assert "Waiting for an owner" in await drawn(db, LEADS)


@pytest.mark.parametrize("person", [BOB, BEN, MARA], ids=by_id)
async def test_who_works_on_it_may(db: Database, person: Person) -> None:
    await prepare(db)
    assert (await move(db, person)).team_id == SHIPPING


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_may(db: Database, person: Person) -> None:
    await prepare(db)
    with pytest.raises(Denied):
        await move(db, person)
    assert (await casebook.case(db)).team_id == BILLING


async def test_its_reporter_may_while_it_is_back_with_them(db: Database) -> None:
    await returned(db)
    after = await move(db, ALICE)
    assert (after.state, after.returned_by, after.return_why) == (State.OPEN, None, "")
    assert "to Shipping" in (await casebook.said(db, ALICE.id))[-1]
    with pytest.raises(Denied):
        await move(db, ALICE, BILLING, key="again")


async def test_its_reporter_may_not_once_it_was_settled_and_reopened(db: Database) -> None:
    await returned(db)
    await escalations.withdraw(db, ALICE, 1, key="withdraw", now=LATER)
    await escalations.reopen(db, ALICE, 1, "It came back", key="reopen", now=LATER)
    assert (await casebook.case(db)).return_why == ""
    with pytest.raises(Denied):
        await move(db, ALICE)


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await prepare(db)
    before = await everything(db)
    with pytest.raises((Refused, ValueError)):
        await move(db, replace(STRANGER, workspace_id="T0ELSEWHERE"))
    assert await everything(db) == before


async def test_the_same_request_twice_moves_once(db: Database) -> None:
    await prepare(db)
    await move(db)
    before = await everything(db)
    with pytest.raises(AlreadyHeard):
        await move(db)
    assert await everything(db) == before


async def test_ten_at_once_move_it_once(db: Database) -> None:
    await prepare(db)
    found = await asyncio.gather(
        *[move(db, [BOB, BEN, MARA][n % 3], key=f"{n}") for n in range(10)],
        return_exceptions=True,
    )
    assert [isinstance(one, Escalation) for one in found].count(True) == 1
    assert {type(one) for one in found} <= {Escalation, Denied, Stale}
    kinds = [one.kind for one in await casebook.timeline(db)]
    assert kinds.count(EventKind.MOVED) == 1


async def test_a_process_that_dies_moves_nothing(db: Database) -> None:
    await prepare(db)
    before = await everything(db)
    async with dying():
        with pytest.raises(DiedError):
            await move(db)
    assert await everything(db) == before


@pytest.mark.parametrize(
    ("team_id", "why", "fields"),
    [
        ("", WHY, {"team"}),
        (BILLING, WHY, {"team"}),
        (SHIPPING, "", {"why"}),
        ("", "", {"team", "why"}),
    ],
)
async def test_a_wrong_field_keeps_the_form(
    db: Database, team_id: str, why: str, fields: set[str]
) -> None:
    await prepare(db)
    with pytest.raises(FormProblems) as refused:
        await move(db, team_id=team_id, why=why)
    assert set(refused.value.problems) == fields


async def test_a_team_that_nobody_reads_cannot_have_it(db: Database) -> None:
    await casebook.set_up(db, TEAM, replace(OTHER_TEAM, leads_channel=""))
    await casebook.claimed(db)
    with pytest.raises(FormProblems, match="no leads' channel yet"):
        await move(db)
    with pytest.raises(Refused, match="That team is gone"):
        await move(db, team_id="team-gone")


async def test_a_closed_case_stays_where_it_is(db: Database) -> None:
    await prepare(db)
    await escalations.resolve(db, BOB, 1, VERDICT, key="resolve", now=LATER)
    with pytest.raises(Stale):
        await move(db)


async def test_the_case_that_it_asked_for_is_drawn_anew(db: Database) -> None:
    await prepare(db)
    await ask(db)
    await settle(db)
    await move(db)
    assert ("2", SHIPPING_LEADS) in await cards(db)
