"""What is filled in while a case is worked on: wrong fields keep the form, and clocks follow what is done."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import FormProblems
from bot.rules.escalations import Action, Escalation, Update
from bot.services import escalations
from storage.database import Database
from tests import casebook
from tests.cast import BEN, BOB, CHARLIE, DAN, MARA, NOON
from tests.services.escalations.test_working import (
    ACTS,
    BACK,
    LATER,
    WAIT,
    WORDS,
    prepare,
)

WRONG: dict[str, Callable[[Database], Awaitable[Escalation]]] = {
    "on": lambda db: escalations.wait(db, BOB, 1, replace(WAIT, on=""), key="now", now=LATER),
    "until": lambda db: escalations.wait(
        db, BOB, 1, replace(WAIT, until=NOON), key="now", now=LATER
    ),
    "conditions": lambda db: escalations.update(db, BOB, 1, Update(), key="now", now=LATER),
    "remind_at": lambda db: escalations.update(
        db, BOB, 1, WORDS, key="now", now=LATER, remind_at=NOON
    ),
    "why": lambda db: escalations.release(db, BOB, 1, " ", key="now", now=LATER),
    "owner": lambda db: escalations.assign(db, BOB, 1, DAN.id, "", key="now", now=LATER),
    "severity": lambda db: escalations.change_severity(
        db, BOB, 1, "high", "It is high already", key="now", now=LATER
    ),
    "text": lambda db: escalations.write_note(db, BOB, 1, "", key="now", now=LATER),
    "people": lambda db: escalations.follow(
        db, BOB, 1, frozenset({"U0UNKNOWN"}), key="now", now=LATER
    ),
}


@pytest.mark.parametrize("field", list(WRONG))
async def test_a_wrong_field_keeps_the_form_and_changes_nothing(db: Database, field: str) -> None:
    await prepare(db, Action.WAIT)
    before = await casebook.case(db)
    with pytest.raises(FormProblems) as refused:
        await WRONG[field](db)
    assert set(refused.value.problems) == {field}
    assert await casebook.case(db) == before


WHY: dict[Action, Callable[[Database, str], Awaitable[Escalation]]] = {
    Action.RELEASE: lambda db, why: escalations.release(db, BOB, 1, why, key="now", now=LATER),
    Action.ESCALATE: lambda db, why: escalations.escalate_further(
        db, BOB, 1, why, key="now", now=LATER
    ),
    Action.DEESCALATE: lambda db, why: escalations.take_down(db, BOB, 1, why, key="now", now=LATER),
    Action.CHANGE_SEVERITY: lambda db, why: escalations.change_severity(
        db, BOB, 1, "low", why, key="now", now=LATER
    ),
}


@pytest.mark.parametrize("action", list(WHY))
async def test_why_is_asked_for(db: Database, action: Action) -> None:
    """A change that others have to live with is explained, and not in more words than anybody reads."""
    await prepare(db, Action.RELEASE)
    for why in ("", "x" * 1001):
        with pytest.raises(FormProblems) as refused:
            await WHY[action](db, why)
        assert set(refused.value.problems) == {"why"}


async def test_a_new_owner_needs_no_why_but_no_endless_one_either(db: Database) -> None:
    await prepare(db, Action.ASSIGN)
    with pytest.raises(FormProblems):
        await escalations.assign(db, BOB, 1, BEN.id, "x" * 1001, key="now", now=LATER)
    after = await escalations.assign(db, BOB, 1, BEN.id, "", key="now", now=LATER)
    assert after.owner_id == BEN.id


@pytest.mark.parametrize("to", [DAN.id, "U0UNKNOWN", BOB.id])
async def test_only_somebody_who_may_claim_it_can_be_made_its_owner(db: Database, to: str) -> None:
    await prepare(db, Action.ASSIGN)
    with pytest.raises(FormProblems, match=f"<@{to}>"):
        await escalations.assign(db, MARA, 1, to, "", key="now", now=LATER)


def moments(case: Escalation) -> tuple[datetime | None, ...]:
    return case.update_due_at, case.waiting_until, case.remind_at


async def test_clocks_follow_what_is_done(db: Database) -> None:
    await prepare(db, Action.WAIT)
    assert (await ACTS[Action.WAIT](db, BOB, "1")).waiting_until == BACK
    assert set(await casebook.timers(db)) == {"escalation.wake_up"}
    assert moments(await ACTS[Action.RESUME](db, BOB, "2")) == (
        LATER + timedelta(hours=1),
        None,
        None,
    )
    assert moments(await ACTS[Action.UPDATE](db, BOB, "3")) == (
        LATER + timedelta(hours=1),
        None,
        BACK,
    )
    given = await ACTS[Action.ASSIGN](db, BOB, "4")
    assert (given.owner_id, given.remind_at) == (BEN.id, None)
    assert CHARLIE.id not in given.called
