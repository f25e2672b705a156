"""Blockers that become cases: once, with a word of it on both sides, and over when the case is."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import FIRE
from bot.errors import FormProblems, Stale
from bot.rules.standups import BlockerState
from bot.rules.standups.blockers import Wanted
from bot.services import escalations
from bot.services.standups import blocking
from bot.services.ticking import fire_due
from bot.text import Text
from bot.views.escalations import lines
from bot.views.standups import ids
from storage.database import Database
from tests import casebook
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    NOON,
    WORKSPACE,
)
from tests.services.standups.blocked import (
    CHANNEL,
    VERDICT,
    blocked,
    escalate,
    now_it_is,
)
from tests.services.standups.queue import cards_waiting, post_cards


async def test_it_becomes_a_case_that_says_so_and_ends_with_it(db: Database) -> None:
    one, clicked = await blocked(db)
    number = await escalate(db, BOB, clicked)
    after = await now_it_is(db, clicked)
    assert (after.state, after.case_number) == (BlockerState.ESCALATED, number)
    [raised] = await casebook.timeline(db, number)
    assert "raised it from the stand-up “Floor”, since it blocks <@U0ALICE>" in lines.line(
        raised, Text()
    )
    assert f"has escalated what blocks you as #{number}" in (await casebook.said(db, ALICE.id))[0]
    await post_cards(db, ids.SUMMARY)
    await escalations.claim(db, BEN, number, key="c", now=NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    await escalations.resolve(db, BEN, number, VERDICT, key="r", now=NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert f"has resolved #{number}, which blocked you" in (await casebook.said(db, ALICE.id))[-1]
    async with db.read(WORKSPACE) as tx:
        assert await blocking.blockers_for_form(tx, ALICE.id, BILLING) == []
    with pytest.raises(Stale, match="is resolved"):
        await blocking.solve(db, BOB, clicked, "The access is back", key="s", now=NOON)


async def test_of_two_escalations_at_once_one_is_raised(db: Database) -> None:
    _round, clicked = await blocked(db)
    done = await asyncio.gather(
        *(escalate(db, who, clicked, who.id) for who in (BOB, BEN)), return_exceptions=True
    )
    assert [isinstance(found, Stale) for found in done].count(True) == 1
    assert (await now_it_is(db, clicked)).case_number == 1


async def test_a_form_that_is_wrong_changes_nothing(db: Database) -> None:
    _round, clicked = await blocked(db)
    wanted = Wanted(BILLING, replace(casebook.DRAFT, summary="", ticket=""))
    with pytest.raises(FormProblems) as refused:
        await blocking.escalate(db, BOB, clicked, wanted, key="e", now=NOON)
    assert set(refused.value.problems) == {"summary", "ticket"}
    assert (await now_it_is(db, clicked)).state is BlockerState.OPEN


async def test_a_case_that_is_merged_goes_on_under_its_new_number(db: Database) -> None:
    _round, clicked = await blocked(db)
    number = await escalate(db, BOB, clicked)
    await escalations.claim(db, BOB, number, key="c1", now=NOON)
    other = await casebook.escalate(db, key="other")
    await escalations.claim(db, BOB, other.id, key="c2", now=NOON)
    await escalations.merge(db, BOB, number, other.id, key="m", now=NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert (await now_it_is(db, clicked)).case_number == other.id


async def test_a_ticket_that_is_escalated_already_is_asked_about_and_loses_nothing(
    db: Database,
) -> None:
    _round, clicked = await blocked(db)
    await casebook.escalate(db)
    wanted = Wanted(BILLING, casebook.DRAFT)
    with pytest.raises(escalations.AlreadyEscalated):
        await blocking.escalate(db, BOB, clicked, wanted, key="e", now=NOON)
    assert (await now_it_is(db, clicked)).state is BlockerState.OPEN
    anyway = replace(wanted, anyway=True)
    case = await blocking.escalate(db, BOB, clicked, anyway, key="e", now=NOON)
    assert (await now_it_is(db, clicked)).case_number == case.id == 2


async def test_a_case_that_is_withdrawn_leaves_the_blocker_to_be_taken(db: Database) -> None:
    _round, clicked = await blocked(db)
    number = await escalate(db, BOB, clicked)
    with pytest.raises(Stale, match="escalation #1 now"):
        await blocking.take(db, BEN, clicked, key="t", now=NOON)
    await escalations.withdraw(db, BOB, number, key="w", now=NOON)
    assert (await blocking.take(db, BEN, clicked, key="t", now=NOON)).taken_by == BEN.id
    assert await escalate(db, BOB, clicked, "again") == 2
