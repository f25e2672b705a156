"""The loop that asks who is not to be disturbed: about whom, how often, and what it does when Slack does not say."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.people import Role
from bot.rules.delivery import Answer
from bot.rules.people import Profile
from bot.rules.spans import Span
from bot.rules.standups import Moment, Schedule, StandUp
from bot.rules.teams import Team
from bot.services.standups.timing import LOOK
from schedules.quiet import QuietTimes
from storage import members, people, standups, teams, timers
from storage.database import Database
from storage.timers import Timer, TimerRow
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.clock import MovableClock
from tests.services.floor import furnish

MINUTE = timedelta(minutes=1)
NEVER = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
ASKED = NOON + 10 * MINUTE


@dataclass
class Slack:
    """It says of everybody in `quiet` until when they are not to be disturbed; first, it gives its `answers`."""

    quiet: dict[str, datetime] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    calls: list[list[str]] = field(default_factory=list)

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        assert method == "dnd.teamInfo"
        self.calls.append(payload["users"].split(","))
        if self.answers:
            return self.answers.pop(0)
        return Answer(data={"users": {one: self._said(one) for one in self.calls[-1]}})

    def _said(self, person_id: str) -> dict[str, Any]:
        if person_id not in self.quiet:
            return NEVER
        start, end = NOON.timestamp(), self.quiet[person_id].timestamp()
        return {"next_dnd_start_ts": int(start), "next_dnd_end_ts": int(end)}


@dataclass
class Works:
    db: Database
    slack: Slack = field(default_factory=Slack)
    clock: MovableClock = field(default_factory=MovableClock)

    def loop(self) -> QuietTimes:
        return QuietTimes(self.db, self.clock, lambda _workspace_id: self.slack)

    async def known(self) -> dict[str, Span]:
        async with self.db.read(WORKSPACE) as tx:
            return await standups.quiet_times(tx, EVERYBODY, asked_since=NOON)

    async def looks(self) -> dict[str, datetime]:
        async with self.db.read(WORKSPACE) as tx:
            rows = await tx.scalars(select(TimerRow).where(TimerRow.kind == LOOK))
            return {row.subject: row.due_at for row in rows}


EVERYBODY = (ALICE.id, BOB.id, BEN.id)


async def works(db: Database, **given: Any) -> Works:
    """Billing is asked at ten past twelve."""
    await furnish(db)
    clock = MovableClock()
    clock.hold(NOON)
    await plan(db, "morning", BILLING, **given)
    return Works(db, clock=clock)


async def plan(db: Database, name: str, team_id: str, **given: Any) -> None:
    schedule = Schedule(Moment.TEAM, at=time(12, 10))
    standup = StandUp(WORKSPACE, name, team_id, name, schedule=schedule, **given)
    async with db.write(WORKSPACE) as tx:
        await standups.add(tx, standup, now=NOON)
        await timers.put(tx, Timer(LOOK, name, ASKED))


async def test_slack_is_asked_once_about_those_who_are_asked_soon(db: Database) -> None:
    here = await works(db)
    loop = here.loop()
    here.slack.quiet[BOB.id] = ASKED + 20 * MINUTE
    await loop.ask()
    await loop.ask()
    assert here.slack.calls == [sorted(EVERYBODY)]
    assert (await here.known())[BOB.id] == Span(NOON, ASKED + 20 * MINUTE)
    assert (await here.known())[ALICE.id].is_empty
    assert await here.looks() == {"morning": NOON}, "it is planned anew at once"


async def test_a_plan_that_stays_is_left_alone(db: Database) -> None:
    here = await works(db)
    await here.loop().ask()
    assert here.slack.calls
    assert await here.looks() == {"morning": ASKED}


async def test_nobody_is_asked_about_twice_within_the_hour(db: Database) -> None:
    here = await works(db)
    await plan(db, "second", BILLING)
    await here.loop().ask()
    await here.loop().ask()  # another replica
    assert here.slack.calls == [sorted(EVERYBODY)]
    async with db.write(WORKSPACE) as tx:
        earlier = Timer(LOOK, "morning", NOON + timedelta(days=1, minutes=10))
        await timers.put(tx, earlier)
    here.clock.hold(NOON + timedelta(days=1))
    await here.loop().ask()
    assert here.slack.calls[1:] == [sorted(EVERYBODY)]


@pytest.mark.parametrize("given", [{"heeds_dnd": False}, {"is_active": False}])
async def test_a_standup_that_does_not_want_to_know_asks_nothing(
    db: Database, given: dict[str, bool]
) -> None:
    here = await works(db, **given)
    await here.loop().ask()
    assert here.slack.calls == []
    assert await here.loop().next_due(after=NOON - timedelta(hours=1)) is None


async def test_one_that_asks_later_is_none_of_its_business_yet(db: Database) -> None:
    here = await works(db)
    here.clock.hold(NOON - MINUTE)
    loop = here.loop()
    await loop.ask()
    assert here.slack.calls == []
    assert await loop.next_due(after=NOON - MINUTE) == NOON


async def test_a_missing_scope_is_said_once_and_left_alone_for_an_hour(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    here = await works(db)
    await plan(db, "shipping", SHIPPING)
    here.slack.answers = [Answer("missing_scope")] * 2
    loop = here.loop()
    with caplog.at_level(logging.WARNING):
        for minutes in (0, 1, 5):
            here.clock.hold(NOON + minutes * MINUTE)
            await loop.ask()
    assert len(here.slack.calls) == 1
    assert [one.levelname for one in caplog.records] == ["WARNING"]
    assert "missing_scope" in caplog.text
    assert all(span.is_empty for span in (await here.known()).values())
    assert (await here.looks())["morning"] == ASKED, "they are asked as planned"


@pytest.mark.parametrize(
    ("answer", "seconds"), [(Answer("http_429", retry_after=30), 30), (Answer("no_answer"), 60)]
)
async def test_slack_that_cannot_say_now_is_asked_again_in_time(
    db: Database, answer: Answer, seconds: int
) -> None:
    here = await works(db)
    here.slack.answers = [answer]
    here.slack.quiet[BOB.id] = ASKED + MINUTE
    loop = here.loop()
    await loop.ask()
    again = NOON + timedelta(seconds=seconds)
    assert await loop.next_due(after=NOON) == again
    here.clock.hold(again - timedelta(seconds=1))
    await loop.ask()
    assert len(here.slack.calls) == 1
    here.clock.hold(again)
    await loop.ask()
    assert len(here.slack.calls) == 2
    assert (await here.known())[BOB.id].end == ASKED + MINUTE


async def test_many_people_are_asked_about_fifty_at_a_time_and_not_all_at_once(
    db: Database,
) -> None:
    here = await works(db)
    many = [f"U0MANY{n:03}" for n in range(247)]
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, *(Profile(one, name=one, updated=1) for one in many))
        await members.add(tx, BILLING, Role.AGENT, many)
    loop = here.loop()
    await loop.ask()
    assert [len(call) for call in here.slack.calls] == [50] * 4
    due = await loop.next_due(after=NOON)
    assert due is not None
    assert NOON < due <= NOON + MINUTE
    here.clock.hold(due)
    await loop.ask()
    assert [len(call) for call in here.slack.calls[4:]] == [50]
    assert sorted(one for call in here.slack.calls for one in call) == sorted([*many, *EVERYBODY])
    assert await loop.next_due(after=due) is None


async def test_two_at_once_ask_about_nobody_twice(db: Database) -> None:
    here = await works(db)
    async with db.write(WORKSPACE) as tx:
        claimed = await standups.claim_quiet_times(
            tx, EVERYBODY, asked_before=NOON - timedelta(hours=1), now=NOON
        )
        again = await standups.claim_quiet_times(
            tx, [*EVERYBODY, "U0MARA"], asked_before=NOON - timedelta(hours=1), now=NOON
        )
    assert (claimed, again) == (sorted(EVERYBODY), ["U0MARA"])
    await here.loop().ask()
    assert here.slack.calls == []


async def test_a_team_without_people_is_passed_over(db: Database) -> None:
    here = await works(db)
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, "gone", "Gone"))
    await plan(db, "nobody", "gone")
    await here.loop().ask()
    assert here.slack.calls == [sorted(EVERYBODY)]
