"""Two cases that hang together: what becomes of the one when something happens to the other, and who hears of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.rules.escalations import (
    Alarm,
    EventKind,
    Returning,
    State,
    WaitDraft,
    WaitingOn,
)
from bot.services import escalations
from storage.database import Database
from tests import casebook
from tests.casebook import LEADS, SHIPPING_LEADS
from tests.cast import (
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    SHIPPING,
)
from tests.services.escalations.linked import (
    BACK,
    LATER,
    PARCEL,
    VERDICT,
    ask,
    asked,
    cards,
    check_replays,
    resolve,
    settle,
    timers_of,
)


async def test_an_answer_wakes_the_first_and_its_owner_learns_what_was_decided(
    db: Database,
) -> None:
    await asked(db)
    await settle(db)
    await resolve(db, 2)
    first = await casebook.case(db)
    assert (first.state, first.owner_id) == (State.CLAIMED, BOB.id)
    assert first.update_due_at
    assert await timers_of(db, 1) == {Alarm.UPDATE_WARNING, Alarm.UPDATE_BREACH}
    told = (await casebook.said(db, BOB.id))[-1]
    assert "#1 (Refund not received) has its answer: <@U0CHARLIE> has resolved #2" in told
    assert "Decision: Replacement. Cause: It lay in the depot" in told
    assert "The next word is due" in told
    assert ">It lay in the depot" in (await casebook.said(db, ALICE.id))[-1]
    assert await cards(db) == {("1", LEADS), ("2", SHIPPING_LEADS)}
    [*_, event] = await casebook.timeline(db)
    assert (event.kind, event.reason) == (EventKind.DEPARTMENT_ANSWERED, "2")
    await check_replays(db, 1, 2)


async def test_each_step_of_the_other_draws_the_first_ones_card(db: Database) -> None:
    await asked(db)
    await settle(db)
    await escalations.claim(db, CHARLIE, 2, key="claim 2", now=LATER)
    assert ("1", LEADS) in await cards(db)
    await settle(db)
    wait = WaitDraft("customer", "They look for the receipt", BACK)
    await escalations.wait(db, CHARLIE, 2, wait, key="wait", now=LATER)
    assert ("1", LEADS) in await cards(db)
    await settle(db)
    await escalations.write_note(db, CHARLIE, 2, "Seen in depot", key="note", now=LATER)
    assert await cards(db) == {("2", SHIPPING_LEADS)}, "a note is no change of state"


async def test_the_last_of_several_departments_wakes_it(db: Database) -> None:
    await asked(db, times=2)
    await resolve(db, 2)
    first = await casebook.case(db)
    assert first.state is State.WAITING
    assert "waits for another department until" in (await casebook.said(db, BOB.id))[-1]
    await resolve(db, 3)
    assert (await casebook.case(db)).state is State.CLAIMED
    await check_replays(db, 1, 2, 3)


async def test_two_departments_that_answer_at_once_wake_it_once(db: Database) -> None:
    await asked(db, times=2)
    for number in (2, 3):
        await escalations.claim(db, CHARLIE, number, key=f"claim {number}", now=LATER)
    await asyncio.gather(resolve(db, 2), resolve(db, 3))
    assert (await casebook.case(db)).state is State.CLAIMED
    kinds = [one.kind for one in await casebook.timeline(db)]
    assert kinds.count(EventKind.DEPARTMENT_ANSWERED) == 2
    await check_replays(db, 1, 2, 3)


async def test_what_is_withdrawn_or_merged_wakes_it_likewise(db: Database) -> None:
    await asked(db)
    await escalations.withdraw(db, BOB, 2, key="withdraw", now=LATER)
    assert (await casebook.case(db)).state is State.CLAIMED
    assert "was withdrawn by <@U0BOB>" in (await casebook.said(db, BOB.id))[-1]
    await ask(db, key="again")
    await escalations.escalate(db, DAN, SHIPPING, PARCEL, key="own", now=LATER, anyway=True)
    await escalations.merge(db, CHARLIE, 3, 4, key="merge", now=LATER)
    assert (await casebook.case(db)).state is State.CLAIMED
    assert "goes on as #4. Please look there." in (await casebook.said(db, BOB.id))[-1]
    assert BOB.id in (await casebook.case(db, 4)).followers


async def test_what_is_returned_is_asked_of_the_first_ones_owner(db: Database) -> None:
    await asked(db)
    returning = Returning("missing_information", "Which depot?")
    await escalations.give_back(db, CHARLIE, 2, returning, key="return", now=LATER)
    assert (await casebook.case(db)).state is State.WAITING
    assert "Which depot?" in (await casebook.said(db, BOB.id))[-1]
    more = replace(PARCEL, tried="Depot 4")
    await escalations.resubmit(db, BOB, 2, more, key="more", now=LATER)
    await resolve(db, 2)
    assert (await casebook.case(db)).state is State.CLAIMED


async def test_an_answer_after_the_owner_went_on_is_told_and_changes_no_clock(
    db: Database,
) -> None:
    await asked(db)
    await escalations.resume(db, BOB, 1, key="resume", now=LATER)
    before = await casebook.case(db)
    await resolve(db, 2, now=LATER + timedelta(minutes=9))
    after = await casebook.case(db)
    assert (after.state, after.update_due_at) == (before.state, before.update_due_at)
    assert "has its answer" in (await casebook.said(db, BOB.id))[-1]


async def test_a_wait_for_somebody_else_is_not_ended_by_an_answer(db: Database) -> None:
    await asked(db)
    wait = WaitDraft("customer", "They look for the receipt", BACK)
    await escalations.wait(db, BOB, 1, wait, key="wait", now=LATER)
    await resolve(db, 2)
    first = await casebook.case(db)
    assert (first.state, first.waiting_on) == (State.WAITING, WaitingOn.CUSTOMER)


async def test_when_the_first_is_resolved_the_department_hears_of_it(db: Database) -> None:
    await asked(db)
    await escalations.claim(db, CHARLIE, 2, key="claim 2", now=LATER)
    await escalations.resolve(db, BOB, 1, VERDICT, key="resolve", now=LATER)
    sentence = "Billing has closed #1, for which #2 (Parcel 77 never came) was raised."
    assert sentence in (await casebook.said(db, SHIPPING_LEADS))[-1]
    assert sentence in (await casebook.said(db, CHARLIE.id))[-1]
    other = await casebook.case(db, 2)
    assert (other.state, other.owner_id) == (State.CLAIMED, CHARLIE.id)
    await resolve(db, 2)
    assert (await casebook.case(db)).state is State.RESOLVED
    await check_replays(db, 1, 2)


async def test_whoever_owns_the_first_is_the_one_who_asks(db: Database) -> None:
    await asked(db)
    await escalations.assign(db, BOB, 1, BEN.id, "My shift ends", key="assign", now=LATER)
    assert (await casebook.case(db, 2)).raised_by == BEN.id
    returning = Returning("missing_information", "Which depot?")
    await escalations.give_back(db, CHARLIE, 2, returning, key="return", now=LATER)
    assert "Which depot?" in (await casebook.said(db, BEN.id))[-1]
    await check_replays(db, 1, 2)


async def test_a_claim_that_falls_leaves_the_asker_until_somebody_has_it(db: Database) -> None:
    await asked(db)
    await escalations.release(db, BOB, 1, "I am ill", key="release", now=LATER)
    assert (await casebook.case(db, 2)).raised_by == BOB.id
    await escalations.claim(db, MARA, 1, key="mine", now=LATER)
    assert (await casebook.case(db, 2)).raised_by == MARA.id


async def test_an_owner_who_comes_back_in_time_is_called_and_still_hears_the_answer(
    db: Database,
) -> None:
    await asked(db)
    await escalations.claim(db, CHARLIE, 2, key="claim 2", now=LATER)
    await casebook.live(db, until=BACK)
    assert (await casebook.case(db)).state is State.CLAIMED
    assert any("has waited long enough" in one for one in await casebook.said(db, BOB.id))
