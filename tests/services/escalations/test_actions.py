"""Each action: it works, who may, who may not, another workspace, twice, ten at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.escalations import Action, Decision, Escalation, EventKind, Returning, State, Verdict
from bot.rules.people import Profile
from bot.services import escalations
from storage import people
from storage.database import Database
from storage.outbox import OutboxRow
from storage.outbox import State as Said
from tests import casebook
from tests.cast import (
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOON,
    OLGA,
    OTHER_WORKSPACE,
    STRANGER,
    WORKSPACE,
)

LATER = NOON + timedelta(minutes=5)
VERDICT = Verdict("Bank was slow", "refund", "25.50", "EUR", "no")
FULL = replace(casebook.DRAFT, customer="Jo Doe, order 77", tried="Now with the bank's answer")

Act = Callable[[Database, Person, str], Awaitable[Escalation]]


async def _claim(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.claim(db, person, 1, key=key, now=LATER)


async def _return(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.give_back(
        db, person, 1, Returning("missing_information", "Which account?"), key=key, now=LATER
    )


async def _resolve(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.resolve(db, person, 1, VERDICT, key=key, now=LATER)


async def _reopen(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.reopen(db, person, 1, "It came back", key=key, now=LATER)


async def _resubmit(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.resubmit(db, person, 1, FULL, key=key, now=LATER)


async def _withdraw(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.withdraw(db, person, 1, key=key, now=LATER)


ACTS: dict[Action, Act] = {
    Action.CLAIM: _claim,
    Action.RETURN: _return,
    Action.RESOLVE: _resolve,
    Action.REOPEN: _reopen,
    Action.RESUBMIT: _resubmit,
    Action.WITHDRAW: _withdraw,
}
# What is done before, so that the action is possible, and what comes of it.
STORIES: dict[Action, tuple[list[tuple[Act, Person]], State]] = {
    Action.CLAIM: ([], State.CLAIMED),
    Action.RETURN: ([(_claim, BOB)], State.RETURNED),
    Action.RESOLVE: ([(_claim, BOB)], State.RESOLVED),
    Action.REOPEN: ([(_claim, BOB), (_resolve, BOB)], State.OPEN),
    Action.RESUBMIT: ([(_return, BOB)], State.OPEN),
    Action.WITHDRAW: ([(_return, BOB)], State.WITHDRAWN),
}
MAY: dict[Action, list[Person]] = {
    Action.CLAIM: [BOB, BEN, MARA],
    Action.RETURN: [BOB, BEN, MARA],
    Action.RESOLVE: [BOB, BEN, MARA],
    Action.REOPEN: [ALICE, BOB, BEN, MARA],
    Action.RESUBMIT: [ALICE],
    Action.WITHDRAW: [ALICE],
}
EVERYBODY = [ALICE, BOB, BEN, MARA, OLGA, CHARLIE, DAN]
PAIRS = [(action, person) for action in ACTS for person in EVERYBODY]
ALLOWED = [(action, person) for action, person in PAIRS if person in MAY[action]]
FORBIDDEN = [(action, person) for action, person in PAIRS if person not in MAY[action]]


def named(value: Any) -> str | None:
    return value.name if isinstance(value, Person) else None


async def prepare(db: Database, action: Action) -> State:
    await casebook.set_up(db)
    await casebook.escalate(db)
    before, after = STORIES[action]
    for step, (act, person) in enumerate(before):
        await act(db, person, f"before-{step}")
    return after


@pytest.mark.parametrize(("action", "person"), ALLOWED, ids=named)
async def test_who_may_can(db: Database, action: Action, person: Person) -> None:
    expected = await prepare(db, action)
    after = await ACTS[action](db, person, "now")
    assert after == await casebook.case(db)
    assert after.state is expected
    assert (after.owner_id == person.id) is (expected is State.CLAIMED)
    last = (await casebook.timeline(db))[-1]
    assert (last.version, last.by, last.at, last.new) == (after.version, person.id, LATER, expected)


@pytest.mark.parametrize(("action", "person"), FORBIDDEN, ids=named)
async def test_who_may_not_is_told_and_nothing_changes(
    db: Database, action: Action, person: Person
) -> None:
    await prepare(db, action)
    before = await casebook.case(db)
    with pytest.raises(Denied):
        await ACTS[action](db, person, "now")
    assert await casebook.case(db) == before


@pytest.mark.parametrize("action", list(ACTS))
async def test_another_workspace_sees_nothing(db: Database, action: Action) -> None:
    """The stranger's workspace has a case #1 of its own; Billing's cannot be reached from there."""
    await prepare(db, action)
    before = await casebook.case(db)
    with pytest.raises((Refused, ValueError)):
        await ACTS[action](db, replace(STRANGER, workspace_id="T0ELSEWHERE"), "now")
    assert await casebook.case(db) == before


@pytest.mark.parametrize("action", list(ACTS))
async def test_the_same_request_twice_is_done_once(db: Database, action: Action) -> None:
    await prepare(db, action)
    after = await ACTS[action](db, MAY[action][0], "now")
    with pytest.raises(AlreadyHeard):
        await ACTS[action](db, MAY[action][0], "now")
    assert await casebook.case(db) == after


@pytest.mark.parametrize("action", list(ACTS))
async def test_ten_at_once_and_one_does_it(db: Database, action: Action) -> None:
    await prepare(db, action)
    events = len(await casebook.timeline(db))
    people = MAY[action]
    doing = [ACTS[action](db, people[n % len(people)], f"now-{n}") for n in range(10)]
    outcomes = await asyncio.gather(*doing, return_exceptions=True)
    assert [type(one) for one in outcomes].count(Escalation) == 1
    assert [type(one) for one in outcomes].count(Stale) == 9
    assert len(await casebook.timeline(db)) == events + 1


async def test_a_lost_race_is_told_kindly_and_the_card_is_drawn_anew(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db, person=BOB, now=NOON)
    await mark_sent(db)
    with pytest.raises(Stale, match="<@U0BOB> claimed #1 a moment before you"):
        await escalations.claim(db, BEN, 1, key="late", now=NOON)
    assert await waiting_cards(db) == ["1"]
    with pytest.raises(Stale, match="You already have #1"):
        await escalations.claim(db, BOB, 1, key="again", now=NOON)
    with pytest.raises(Stale, match="already has #1, so it is in good hands"):
        await escalations.claim(db, BEN, 1, key="next day", now=NOON + timedelta(days=1))


async def test_a_case_that_is_not_there(db: Database) -> None:
    await casebook.set_up(db)
    with pytest.raises(Refused, match="no escalation #99"):
        await escalations.claim(db, BOB, 99, key="claim", now=NOON)


async def test_resolving_keeps_the_decision_and_the_money(db: Database) -> None:
    await prepare(db, Action.RESOLVE)
    await _resolve(db, BOB, "now")
    found = await casebook.case(db)
    assert found.resolution
    assert (found.resolution.decision, found.resolution.amount_minor) == (Decision.REFUND, 2550)
    assert found.closed_by == BOB.id
    told = (await casebook.said(db, ALICE.id))[-1]
    assert "<@U0BOB> has resolved" in told
    assert "Refund, €25.50" in told


async def test_returning_and_adding_what_is_missing_keeps_what_was_there(db: Database) -> None:
    await prepare(db, Action.RESUBMIT)
    assert "Which account?" in (await casebook.said(db, ALICE.id))[-1]
    await _resubmit(db, ALICE, "now")
    [*_, event] = await casebook.timeline(db)
    assert event.kind is EventKind.RESUBMITTED
    assert event.changes["customer"] == ("Jo Doe", "Jo Doe, order 77")
    assert event.changes["tried"] == ("Looked at the payment log", "Now with the bank's answer")
    assert event.changes["return_why"] == ("Which account?", "")
    [line] = await casebook.said(db, casebook.LEADS)
    assert "<@U0ALICE> has added what was missing" in line
    assert "<@U0BOB>, you asked for it." in line


async def test_reopening_counts_and_starts_a_new_clock(db: Database) -> None:
    await prepare(db, Action.REOPEN)
    assert await casebook.timers(db) == {}
    after = await _reopen(db, ALICE, "now")
    assert (after.reopened_count, after.resolution, after.closed_by) == (1, None, None)
    assert after.claim_due_at == LATER + timedelta(minutes=30)
    assert (await casebook.timers(db))["escalation.claim_breach"] == after.claim_due_at
    [line] = await casebook.said(db, casebook.LEADS)
    assert "It came back" in line
    assert "<@U0BOB>, you know this case best." in line


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (replace(VERDICT, cause=" "), "cause"),
        (replace(VERDICT, decision=""), "decision"),
        (replace(VERDICT, amount=""), "amount"),
        (replace(VERDICT, amount="0.001"), "amount"),
        (replace(VERDICT, solvable="maybe"), "solvable"),
    ],
)
async def test_a_wrong_verdict_keeps_the_form(db: Database, verdict: Verdict, field: str) -> None:
    await prepare(db, Action.RESOLVE)
    with pytest.raises(FormProblems) as refused:
        await escalations.resolve(db, BOB, 1, verdict, key="now", now=LATER)
    assert set(refused.value.problems) == {field}


async def test_who_made_it_easier_is_kept_and_is_never_oneself_or_a_bot(db: Database) -> None:
    await prepare(db, Action.RESOLVE)
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile("U0ROBOT", is_bot=True))
    many = tuple(f"U{n}" for n in range(11))
    for wrong, sentence in (
        ((BOB.id,), "That is you"),
        (("U0ROBOT",), "can't be named"),
        (many, "10 people at most"),
    ):
        verdict = replace(VERDICT, helped_by=wrong)
        with pytest.raises(FormProblems, match=sentence) as refused:
            await escalations.resolve(db, BOB, 1, verdict, key="now", now=LATER)
        assert set(refused.value.problems) == {"helped_by"}
    verdict = replace(VERDICT, helped_by=(BEN.id, DAN.id, BEN.id))
    await escalations.resolve(db, BOB, 1, verdict, key="now", now=LATER)
    assert (await casebook.case(db)).helped_by == (BEN.id, DAN.id)


async def test_the_field_that_would_have_told_it_is_kept(db: Database) -> None:
    await prepare(db, Action.RETURN)
    for wrong in ("source", "state"):
        with pytest.raises(FormProblems) as refused:
            returning = Returning("policy", "See page 3", wrong)
            await escalations.give_back(db, BOB, 1, returning, key="now", now=LATER)
        assert set(refused.value.problems) == {"missing_field"}
    returning = Returning("policy", "See page 3", "customer")
    await escalations.give_back(db, BOB, 1, returning, key="now", now=LATER)
    assert (await casebook.case(db)).return_field == "customer"


async def test_empty_reasons_keep_the_form(db: Database) -> None:
    await prepare(db, Action.RETURN)
    with pytest.raises(FormProblems) as refused:
        await escalations.give_back(db, BOB, 1, Returning("", ""), key="now", now=LATER)
    assert set(refused.value.problems) == {"reason", "why"}
    with pytest.raises(FormProblems):
        await escalations.reopen(db, BOB, 1, "", key="now", now=LATER)


async def test_nothing_of_this_reaches_the_other_workspace(db: Database) -> None:
    await prepare(db, Action.REOPEN)
    async with db.read(OTHER_WORKSPACE) as tx:
        rows = list(await tx.scalars(select(OutboxRow)))
    assert all("LEAK" in row.key for row in rows)


async def mark_sent(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        for row in await tx.scalars(select(OutboxRow)):
            row.state = Said.SENT


async def waiting_cards(db: Database) -> list[str | None]:
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.card_subject).where(
            OutboxRow.state == Said.PENDING, OutboxRow.is_card
        )
        return list(await tx.scalars(asked))
