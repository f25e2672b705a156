"""A morning in the local workspace: thousands of people in many teams, whose stand-ups all ask at nine, at Slack's own rate limits."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from bot.app import Baton
from bot.people import Role
from bot.rules.people import Profile
from bot.rules.standups import Kind, Moment, Purpose, Question, Said, Schedule, StandUp
from bot.rules.standups.answers import Draft
from bot.rules.teams import Team
from bot.services.standups import answering, timing
from bot.serving import running
from bot.settings import Settings
from bot.travelling import Traveller
from sandbox.clock import MovableClock
from sandbox.faults.tiers import PER_MINUTE, POSTING
from sandbox.kinds import Change
from sandbox.log import LogEntry
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from storage import members, outbox, people, standups, teams, workspaces
from storage.database import Database, Tx
from storage.migrate import migrate
from storage.outbox import Note, Priority

MANIFEST = Path(__file__).parents[1] / "manifest.json"
WORKSPACE = "T0BENCH"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
WINDOW = timedelta(minutes=30)
STEP = timedelta(seconds=20)
"""How often those who were asked meanwhile answer."""
MOST_URGENT = 10
FOCUS = Question("focus", Kind.TEXT, "What is your focus today?", Purpose.FOCUS, is_required=True)
BLOCKERS = Question("blocker", Kind.BLOCKER, "What stands in your way?")
ANSWER = Draft({FOCUS.id: Said(text="The queue of refunds, and calling back those who wait")})


@dataclass
class Morning:
    """Seconds of the workspace: after nine until each was asked, after the end until each summary came, until each urgent word came.

    `urgent_each` are so many urgent messages in every `STEP` while people are asked.
    """

    slack: Sandbox
    baton: Baton
    people: int
    urgent_each: int = 0
    asked: dict[str, float] = field(default_factory=dict)
    posted: dict[str, float] = field(default_factory=dict)
    urgent: list[float] = field(default_factory=list)
    refused: int = 0
    took: float = 0.0
    _said: dict[str, datetime] = field(default_factory=dict)

    async def live(self) -> None:
        """From a quarter to nine until the summaries are there. Whoever was asked answers at the next `STEP`."""
        begun, clock = perf_counter(), self.slack.clock
        self.slack.core.workspace.listeners.append(self._hear)
        await clock.to(NINE)
        answered = set[str]()
        while clock.now() < NINE + WINDOW:
            if len(self.asked) < self.people:
                await self._say_urgently()
            await clock.to(clock.now() + STEP)
            for person_id in sorted(set(self.asked) - answered):
                await self._answer(person_id)
            answered = set(self.asked)
        await clock.to(NINE + WINDOW + timedelta(minutes=5))
        self.took = perf_counter() - begun

    def _hear(self, change: Change) -> None:
        entry = change.body.get("entry") if change.kind == "log" else None
        if not isinstance(entry, LogEntry) or entry.kind != "api" or entry.name != POSTING:
            return
        if entry.error:
            self.refused += entry.error == "ratelimited"
            return
        sent, now = entry.sent, self.slack.clock.now()
        channel, text = str(sent["channel"]), str(sent["text"])
        if said := self._said.pop(text, None):
            self.urgent.append((now - said).total_seconds())
        elif channel.startswith("U"):
            self.asked.setdefault(channel, (now - NINE).total_seconds())
        else:
            self.posted.setdefault(channel, (now - NINE - WINDOW).total_seconds())

    async def _say_urgently(self) -> None:
        now = self.slack.clock.now()
        words = [f"Urgent {now:%H:%M:%S} {n}" for n in range(self.urgent_each)]
        self._said |= dict.fromkeys(words, now)
        async with self.baton.db.write(WORKSPACE) as tx:
            notes = [
                Note(one, self.slack.channel(f"leads-{n}").id, one, priority=Priority.ESCALATION)
                for n, one in enumerate(words)
            ]
            await outbox.say(tx, *notes, now=now)

    async def _answer(self, person_id: str) -> None:
        db, now = self.baton.db, self.slack.clock.now()
        async with db.read(WORKSPACE) as tx:
            person = await people.find(tx, person_id)
            seats = await standups.seats_of_person(tx, person_id, since=NINE)
        assert person
        for round_, _seat in seats:
            key = f"answer:{person_id}:{round_.id}"
            await answering.answer(db, person, round_.id, ANSWER, key=key, now=now)


@asynccontextmanager
async def morning(
    url: str, number: int, team_count: int, urgent_each: int
) -> AsyncIterator[Morning]:
    """The workspace and Baton in one process, on a clock that stands still while either of them is at work."""
    clock = MovableClock(NINE - timedelta(minutes=15), runs=False)
    slack = Sandbox(_seed(number, team_count), MANIFEST, clock=clock)
    async with slack:
        await _furnish(url, slack, team_count)
        slack.faults.start("tiers")
        async with running(_settings(slack, url), clock) as baton:
            with slack.clock.resident(Traveller(baton)):
                yield Morning(slack, baton, number, urgent_each)


def least(messages: int) -> float:
    """Seconds in which so many messages can be posted in different channels: at once as many as a minute holds, then again."""
    return 60.0 * (math.ceil(messages / PER_MINUTE[POSTING]) - 1)


def _seed(number: int, team_count: int) -> WorkspaceSeed:
    names = [f"p{n:04}" for n in range(number)]
    leads = tuple(ChannelSeed(f"leads-{n}", (names[0],), has_app=True) for n in range(MOST_URGENT))
    rooms = [
        ChannelSeed(f"team-{n:02}", tuple(names[n::team_count]), has_app=True)
        for n in range(team_count)
    ]
    cast = tuple(Cast(one, tz="UTC") for one in names)
    return WorkspaceSeed(cast, (*leads, *rooms), team_id=WORKSPACE)


async def _furnish(url: str, slack: Sandbox, team_count: int) -> None:
    db = Database(url)
    try:
        await migrate(db)
        everybody = [one for one in slack.workspace.people.values() if not one.is_bot]
        async with db.write(WORKSPACE) as tx:
            await workspaces.save(tx, name="Bench", bot_user_id=slack.app.bot_user_id)
            profiles = [Profile(one.id, name=one.name, zone="UTC", updated=1) for one in everybody]
            await people.save(tx, *profiles)
        for n in range(team_count):
            ids = [one.id for one in everybody[n::team_count]]
            async with db.write(WORKSPACE) as tx:
                await _add_team(tx, f"team-{n:02}", ids, slack.channel(f"team-{n:02}").id)
    finally:
        await db.close()


async def _add_team(tx: Tx, name: str, ids: list[str], channel: str) -> None:
    team = Team(WORKSPACE, name, name, zone="UTC", team_channel=channel)
    await teams.add(tx, team)
    await members.add(tx, name, Role.LEAD, ids[:1])
    await members.add(tx, name, Role.AGENT, ids[1:])
    schedule = Schedule(Moment.TEAM, at=time(9), window_minutes=int(WINDOW.total_seconds() // 60))
    standup = StandUp(WORKSPACE, name, name, "Morning", (FOCUS, BLOCKERS), schedule)
    begins = NINE - timedelta(minutes=15)
    await standups.add(tx, standup, now=begins)
    await timing.look_again(tx, standup.id, now=begins)


def _settings(slack: Sandbox, url: str) -> Settings:
    return Settings.model_validate(
        {
            "slack_bot_token": slack.bot_token,
            "slack_app_token": slack.app_token,
            "slack_signing_secret": slack.signing_secret,
            "slack_api_url": slack.api_url,
            "database_url": url,
            "port": 0,
        }
    )
