"""Each thing that is done with a case while it is worked on: it works, who may, who may not, another workspace, twice, ten at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import SYSTEM_ID as CLOCK
from bot.people import Person
from bot.rules.escalations import (
    Action,
    Escalation,
    State,
    Update,
    WaitDraft,
    as_kept,
    check,
    replayed,
)
from bot.services import escalations
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BOB, MARA, NOON, OLGA, STRANGER
from tests.services.escalations.test_actions import EVERYBODY, VERDICT

LATER = NOON + timedelta(minutes=5)
BACK = NOON + timedelta(hours=4)
WAIT = WaitDraft("customer", "They look for the receipt", BACK)
WORDS = Update("The bank asks for proof", "We call them", "A scan of the receipt")

Act = Callable[[Database, Person, str], Awaitable[Escalation]]


async def _claim(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.claim(db, person, 1, key=key, now=NOON)


async def _resolve(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.resolve(db, person, 1, VERDICT, key=key, now=NOON)


async def _waited(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.wait(db, person, 1, WAIT, key=key, now=NOON)


async def _go_up(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.escalate_further(db, person, 1, "It burns", key=key, now=NOON)


async def _wait(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.wait(db, person, 1, WAIT, key=key, now=LATER)


async def _resume(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.resume(db, person, 1, key=key, now=LATER)


async def _update(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.update(db, person, 1, WORDS, key=key, now=LATER, remind_at=BACK)


async def _keep(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.keep(db, person, 1, key=key, now=LATER)


async def _release(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.release(db, person, 1, "I am ill", key=key, now=LATER)


async def _assign(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.assign(db, person, 1, BEN.id, "You know it", key=key, now=LATER)


async def _severity(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.change_severity(db, person, 1, "low", "No rush", key=key, now=LATER)


async def _follow(db: Database, person: Person, key: str) -> Escalation:
    me = frozenset({person.id})
    return await escalations.follow(db, person, 1, me, key=key, now=LATER)


async def _note(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.write_note(db, person, 1, "Called Jo", key=key, now=LATER)


async def _rate(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.rate(db, person, 1, "partly", key=key, now=LATER)


async def _escalate(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.escalate_further(db, person, 1, "It burns", key=key, now=LATER)


async def _take_down(db: Database, person: Person, key: str) -> Escalation:
    return await escalations.take_down(db, person, 1, "It was smoke", key=key, now=LATER)


ACTS: dict[Action, Act] = {
    Action.WAIT: _wait,
    Action.RESUME: _resume,
    Action.UPDATE: _update,
    Action.KEEP: _keep,
    Action.RELEASE: _release,
    Action.ASSIGN: _assign,
    Action.CHANGE_SEVERITY: _severity,
    Action.FOLLOW: _follow,
    Action.NOTE: _note,
    Action.RATE: _rate,
    Action.ESCALATE: _escalate,
    Action.DEESCALATE: _take_down,
}
CLAIMED: list[tuple[Act, Person]] = [(_claim, BOB)]
# What is done before, so that the action is possible, and what comes of it.
STORIES: dict[Action, tuple[list[tuple[Act, Person]], State]] = {
    Action.WAIT: (CLAIMED, State.WAITING),
    Action.RESUME: ([*CLAIMED, (_waited, BOB)], State.CLAIMED),
    Action.UPDATE: (CLAIMED, State.CLAIMED),
    Action.KEEP: (CLAIMED, State.CLAIMED),
    Action.RELEASE: (CLAIMED, State.OPEN),
    Action.ASSIGN: (CLAIMED, State.CLAIMED),
    Action.CHANGE_SEVERITY: (CLAIMED, State.CLAIMED),
    Action.FOLLOW: (CLAIMED, State.CLAIMED),
    Action.NOTE: (CLAIMED, State.CLAIMED),
    Action.RATE: ([*CLAIMED, (_resolve, BOB)], State.RESOLVED),
    Action.ESCALATE: ([], State.OPEN),
    Action.DEESCALATE: ([(_go_up, BOB), (_go_up, BOB)], State.OPEN),
}
AT_WORK = [BOB, BEN, MARA]
MAY: dict[Action, list[Person]] = {
    **dict.fromkeys(
        (Action.WAIT, Action.RESUME, Action.UPDATE, Action.CHANGE_SEVERITY, Action.DEESCALATE),
        AT_WORK,
    ),
    Action.ASSIGN: AT_WORK,
    Action.KEEP: [BOB],
    Action.RELEASE: [BOB],
    Action.FOLLOW: [ALICE, BOB, BEN, MARA, OLGA],
    Action.NOTE: [ALICE, *AT_WORK],
    Action.RATE: [ALICE],
    Action.ESCALATE: [ALICE, *AT_WORK],
}
# Ten at once: how many of them change something. Who comes later finds it done, or adds to it.
ONCE = {Action.RESUME, Action.RELEASE, Action.ASSIGN, Action.CHANGE_SEVERITY, Action.RATE}


async def prepare(db: Database, action: Action) -> dict[str, Any]:
    """The case as it was when it was raised, as its timeline begins from it."""
    await casebook.set_up(db)
    raised = await casebook.escalate(db)
    for step, (act, person) in enumerate(STORIES[action][0]):
        await act(db, person, f"before-{step}")
    return as_kept(raised)


async def check_replays(db: Database, beginning: dict[str, Any]) -> None:
    """The timeline has no gap and comes to the case as it stands."""
    lines, case = await casebook.timeline(db), await casebook.case(db)
    assert [one.version for one in lines] == list(range(1, case.version + 1))
    assert replayed(beginning, lines) == as_kept(case)


@pytest.mark.parametrize("action", list(ACTS))
async def test_it_works_for_all_who_may(db: Database, action: Action) -> None:
    beginning = await prepare(db, action)
    before = await casebook.case(db)
    for person in MAY[action]:
        check(action, person, before, now=LATER)
    after = await ACTS[action](db, MAY[action][-1], "now")
    assert after == await casebook.case(db)
    assert after.state is STORIES[action][1]
    [line] = [one for one in await casebook.timeline(db) if one.at == LATER and one.by != CLOCK]
    assert line.by == MAY[action][-1].id
    await check_replays(db, beginning)


@pytest.mark.parametrize("action", list(ACTS))
async def test_who_may_not_is_told_and_nothing_changes(db: Database, action: Action) -> None:
    """A stranger's workspace has a case #1 of its own; Billing's cannot be reached from there."""
    await prepare(db, action)
    before = await casebook.case(db)
    for person in EVERYBODY:
        if person not in MAY[action]:
            with pytest.raises(Denied):
                await ACTS[action](db, person, f"now-{person.id}")
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
async def test_ten_at_once_lose_nothing_and_leave_a_whole_timeline(
    db: Database, action: Action
) -> None:
    beginning = await prepare(db, action)
    people = MAY[action]
    doing = [ACTS[action](db, people[n % len(people)], f"now-{n}") for n in range(10)]
    outcomes: list[Any] = await asyncio.gather(*doing, return_exceptions=True)
    kinds = {type(one) for one in outcomes}
    assert kinds <= {Escalation, Stale, FormProblems, Denied}
    assert Escalation in kinds
    lines = [one for one in await casebook.timeline(db) if one.at == LATER and one.by != CLOCK]
    if action in ONCE:
        assert len(lines) == 1
    await check_replays(db, beginning)


@pytest.mark.parametrize(
    ("action", "story", "sentence"),
    [
        (Action.WAIT, [], "Nobody owns #1 now. Claim it first."),
        (Action.UPDATE, [], "Nobody owns #1 now. Claim it first."),
        (Action.RESUME, CLAIMED, "#1 waits for nothing"),
        (Action.KEEP, [*CLAIMED, (_wait, BOB)], "#1 waits, so nobody expects a word"),
        (Action.KEEP, [*CLAIMED, (_release, BOB)], "Nobody owns #1 now. Claim it first."),
        (Action.ASSIGN, [*CLAIMED, (_resolve, BOB)], "<@U0BOB> has already resolved #1"),
        (Action.DEESCALATE, [], "at its first level already"),
    ],
)
async def test_too_late_is_said_kindly(
    db: Database, action: Action, story: list[tuple[Act, Person]], sentence: str
) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db)
    for step, (act, person) in enumerate(story):
        await act(db, person, f"before-{step}")
    with pytest.raises(Stale, match=sentence):
        await ACTS[action](db, BOB, "now")


async def test_a_rating_waits_until_the_case_is_resolved_again(db: Database) -> None:
    await prepare(db, Action.RATE)
    await escalations.reopen(db, ALICE, 1, "It came back", key="again", now=LATER)
    with pytest.raises(Stale, match="#1 is open again"):
        await _rate(db, ALICE, "now")
