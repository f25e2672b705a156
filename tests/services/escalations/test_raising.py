"""Raising a case: all of it is remembered together, and each thing that is wrong has its sentence."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyHeard, FormProblems, Refused
from bot.rules.escalations import EventKind, State
from bot.services import escalations
from bot.services.escalations import AlreadyEscalated
from storage.database import Database
from storage.outbox import OutboxRow
from tests import casebook
from tests.casebook import DRAFT, TEAM
from tests.cast import ADA, ALICE, BILLING, BOB, CHARLIE, NOBODY, NOON, SHIPPING, WORKSPACE


async def test_everything_is_remembered_together(db: Database) -> None:
    await casebook.set_up(db)
    case = await casebook.escalate(db)
    assert case == await casebook.case(db)
    assert (case.id, case.version, case.state, case.owner_id) == (1, 1, State.OPEN, None)
    assert case.claim_due_at == NOON + timedelta(minutes=30)
    [event] = await casebook.timeline(db)
    assert (event.kind, event.by, event.at, event.version) == (
        *(EventKind.RAISED, ALICE.id, NOON, 1),
    )
    assert await casebook.timers(db) == {
        "escalation.claim_warning": NOON + timedelta(minutes=22, seconds=30),
        "escalation.claim_breach": NOON + timedelta(minutes=30),
        "escalation.policy_step": NOON,
    }
    [told] = await casebook.said(db, ALICE.id)
    assert "#1 (Refund not received) is with the leads of Billing: <@U0BEN>, <@U0BOB>." in told


async def test_numbers_follow_each_other_even_when_many_come_at_once(db: Database) -> None:
    await casebook.set_up(db)
    cases = await asyncio.gather(
        *[casebook.escalate(db, replace(DRAFT, ticket=str(n)), key=str(n)) for n in range(10)]
    )
    assert sorted(one.id for one in cases) == list(range(1, 11))


async def test_the_same_submission_twice_is_one_case(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db)
    with pytest.raises(AlreadyHeard):
        await casebook.escalate(db)
    async with db.read(WORKSPACE) as tx:
        assert await tx.scalar(select(func.count()).select_from(OutboxRow)) == 2


async def test_wrong_fields_save_nothing(db: Database) -> None:
    await casebook.set_up(db)
    with pytest.raises(FormProblems) as refused:
        await casebook.escalate(db, replace(DRAFT, summary="?"))
    assert set(refused.value.problems) == {"summary"}
    await casebook.escalate(db)  # the key was not used up


async def test_a_team_without_a_leads_channel_says_whom_to_ask(db: Database) -> None:
    await casebook.set_up(db, replace(TEAM, leads_channel=""))
    with pytest.raises(FormProblems) as refused:
        await casebook.escalate(db)
    assert "<@U0ADA>" in str(refused.value.problems["team"])
    with pytest.raises(Refused, match=r"no leads' channel yet.*<@U0ADA>"):
        await escalations.teams_to_ask(db, ALICE, now=NOON)


async def test_the_same_ticket_is_noticed_and_can_be_overruled(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)
    again = replace(DRAFT, ticket=" #48213")
    with pytest.raises(AlreadyEscalated) as refused:
        await escalations.escalate(db, ALICE, BILLING, again, key="again", now=NOON)
    assert refused.value.twin.owner_id == BOB.id
    second = await escalations.escalate(
        db, ALICE, BILLING, again, key="again", now=NOON, anyway=True
    )
    assert second.id == 2
    other_team = await escalations.escalate(db, ALICE, SHIPPING, again, key="other", now=NOON)
    assert other_team.id == 3


async def test_a_closed_ticket_may_come_again(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db)
    await escalations.withdraw(db, ALICE, 1, key="withdraw", now=NOON)
    again = await escalations.escalate(db, ALICE, BILLING, DRAFT, key="again", now=NOON)
    assert again.id == 2


async def test_whose_teams_are_asked(db: Database) -> None:
    await casebook.set_up(db)
    assert [one.name for one in await escalations.teams_to_ask(db, ALICE, now=NOON)] == ["Billing"]
    assert [one.name for one in await escalations.teams_to_ask(db, CHARLIE, now=NOON)] == [
        "Shipping"
    ]
    names = [one.name for one in await escalations.teams_to_ask(db, NOBODY, now=NOON)]
    assert names == ["Billing", "Shipping"]


async def test_without_any_team_one_is_told_whom_to_ask(db: Database) -> None:
    with pytest.raises(Refused, match="ask whoever installed Baton"):
        await escalations.teams_to_ask(db, NOBODY, now=NOON)
    await casebook.set_up(db, replace(TEAM, id="other", leads_channel="C1"))
    other = replace(NOBODY, workspace_id="T0EMPTY")
    with pytest.raises(Refused, match="no team here yet"):
        await escalations.teams_to_ask(db, other, now=NOON)


async def test_nobody_but_the_reporter_the_leads_and_readers_sees_a_case(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db)
    for person in (ALICE, BOB, ADA):
        assert (await escalations.see(db, person, 1)).escalation.id == 1
    for person in (CHARLIE, NOBODY):
        with pytest.raises(Refused) as hidden:
            await escalations.see(db, person, 1)
        with pytest.raises(Refused) as missing:
            await escalations.see(db, person, 2)
        assert str(hidden.value).replace("#1", "#2") == str(missing.value)
