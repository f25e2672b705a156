"""One case from `/escalate` to resolved, with the bot killed once on the way, at each point where it could hurt."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.settings import Settings
from sandbox.driver.places import Message
from sandbox.faults import Dropped, When
from sandbox.kinds import Json
from sandbox.server import Sandbox
from storage.database import Database
from tests import canary
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.processes import Child, start
from tests.scenarios.killed.clock import FileClock
from tests.scenarios.killed.mortal import live
from tests.scenarios.stage import MANIFEST, SEED, create_teams, settings


@dataclass(frozen=True)
class Commit:
    """Around the commit of the transaction that runs `statement`."""

    moment: str
    statement: str


@dataclass(frozen=True)
class Call:
    """When Slack hears of a call: "before" it knows, when it is "stored" and not answered, or when it is "answered"."""

    moment: When
    method: str
    where: str = ""


RAISED = "INSERT INTO escalations"
CHANGED = "UPDATE escalations SET"
POINTS: dict[str, Commit | Call] = {
    "the form is open, and its command not acknowledged": Call("stored", "views.open"),
    "the case is decided, and not saved": Commit("before", RAISED),
    "the case is saved, and not acknowledged": Commit("after", RAISED),
    "the card has not reached Slack": Call("before", "chat.postMessage", "C0BILLINGLEADS"),
    "Slack has the card, and has not said so": Call("stored", "chat.postMessage", "C0BILLINGLEADS"),
    "Slack has said where the card is": Call("answered", "chat.postMessage", "C0BILLINGLEADS"),
    "the reporter's word has not reached Slack": Call("before", "chat.postMessage", "U0ALICE"),
    "Slack has the reporter's word, and has not said so": Call(
        "stored", "chat.postMessage", "U0ALICE"
    ),
    "the claim is decided, and not saved": Commit("before", CHANGED),
    "the claim is saved, and not acknowledged": Commit("after", CHANGED),
    "the new card has not reached Slack": Call("before", "chat.update"),
    "Slack has the new card, and has not said so": Call("stored", "chat.update"),
    "Slack has said that the card is new": Call("answered", "chat.update"),
}


CASE: dict[str, object] = {
    "What is wrong, in one line?": "Refund stuck for a week",
    "Ticket number or link": "48213",
    "What is it about?": "Billing and payment",
    "What was tried so far?": "Asked the bank twice",
    "What do you need?": "A decision",
}


OUTCOME: dict[str, object] = {
    "What was the cause?": "The bank was closed",
    "What was decided?": "Explanation",
    "Could it have been solved without us?": "No, it had to be escalated",
}


@dataclass
class Mortal:
    """The bot's process. `alive()` starts it again if it has died, without the order to die."""

    slack: Sandbox
    environment: dict[str, str]
    folder: Path
    order: str = ""
    process: Child | None = None
    deaths: list[int] = field(default_factory=list)

    async def alive(self) -> None:
        if self.process and self.process.returncode is None:
            return
        if self.process:
            self.deaths.append(self.process.returncode or 0)
            self.order = ""
        order = {"DIE": self.order} if self.order else {}
        self.process = start(live, environment=self.environment | order, folder=self.folder)
        await self.slack.until_connected(within=20)

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


@dataclass
class Scene:
    slack: Sandbox
    bot: Mortal
    clock: FileClock

    async def persist(self, act: Callable[[], Awaitable[object]], done: Callable[[], bool]) -> None:
        """What people do when it did not work: they wait a little, and try again."""
        for _ in range(4):
            await self.bot.alive()
            if done():
                return
            await act()
            if await self.comes(done):
                return
        raise AssertionError("They have given up.")

    async def comes(self, done: Callable[[], bool]) -> bool:
        """Whether it happens within a while. A while is much longer for the bot than for the test."""
        for _ in range(40):
            if done():
                return True
            await self.bot.alive()
            await asyncio.sleep(0.05)
            self.clock.forward(5)
        return done()

    @property
    def cards(self) -> list[Message]:
        return [
            one
            for one in self.slack.channel("billing-leads").messages
            if "Refund stuck" in one.text
        ]

    def told(self, words: str) -> list[Message]:
        return [one for one in self.slack.person("alice").dm if words in one.text]


# On PostgreSQL what may differ runs each time: the moment after a commit, and the one that is hardest on delivery.
# What is like its neighbour, and the rest on PostgreSQL, runs with the soak.
ON_BOTH = {"the case is saved, and not acknowledged", "Slack has the card, and has not said so"}
LIKE_THEIR_NEIGHBOURS = {
    "Slack has said where the card is",
    "the reporter's word has not reached Slack",
    "Slack has said that the card is new",
}
RUNS = [
    pytest.param(kind, name, marks=() if name in each_time else pytest.mark.soak)
    for kind, each_time in (
        ("sqlite", POINTS.keys() - LIKE_THEIR_NEIGHBOURS),
        ("postgresql", ON_BOTH),
    )
    for name in POINTS
]


@pytest.fixture
async def scene(kind: str, fresh_database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Scene]:
    clock_file = tmp_path / "clock"
    clock_file.write_text("0")
    clock = FileClock(clock_file)
    database_url = await fresh_database(kind)
    async with Sandbox(SEED, MANIFEST, clock=clock, ack_timeout=1.0) as slack:
        chosen = settings(slack, database_url, "socket")
        database = Database(database_url, PATIENT)
        await create_teams(database, slack, now=clock.now())
        await database.close()
        bot = Mortal(slack, _environment(chosen, database_url, clock_file), tmp_path)
        yield Scene(slack, bot, clock)
        await bot.stop()
        canary.check_silent(slack)


def _environment(chosen: Settings, database_url: str, clock_file: Path) -> dict[str, str]:
    assert chosen.slack_app_token is not None
    return {
        "SLACK_BOT_TOKEN": chosen.slack_bot_token.get_secret_value(),
        "SLACK_APP_TOKEN": chosen.slack_app_token.get_secret_value(),
        "SLACK_API_URL": chosen.slack_api_url,
        "DATABASE_URL": database_url,
        "PORT": "0",
        "LOG_LEVEL": "warning",
        "CLOCK_FILE": str(clock_file),
    }


def arrange(scene: Scene, point: Commit | Call) -> None:
    if isinstance(point, Commit):
        scene.bot.order = f"{point.moment} {point.statement}"
        return

    async def die(_sent: Json) -> None:
        await scene.bot.kill()
        if point.moment == "before":
            raise Dropped(point.method)

    def fits(sent: Json) -> bool:
        return point.where in {"", sent.get("channel")} and "will post" not in str(sent)

    scene.slack.faults.on(point.method, point.moment, do=die, where=fits)


@pytest.mark.parametrize(("kind", "point"), RUNS)
async def test_a_case_survives(scene: Scene, point: str) -> None:
    alice, bob = scene.slack.person("alice"), scene.slack.person("bob")
    arrange(scene, POINTS[point])

    await scene.persist(
        lambda: alice.slash("/escalate", channel="billing"), lambda: bool(alice.modals)
    )
    await alice.fill(CASE)
    await scene.persist(lambda: alice.fill({}).submit(), lambda: not alice.modals)
    await scene.persist(_nothing, lambda: len(scene.cards) > 0)
    await scene.persist(
        lambda: bob.click(scene.cards[0], "Claim"), lambda: "Claim" not in scene.cards[0].buttons
    )
    await scene.persist(_nothing, lambda: len(scene.told("has taken")) > 0)
    await scene.persist(lambda: bob.click(scene.cards[0], "Resolve"), lambda: bool(bob.modals))
    await bob.fill(OUTCOME)
    await scene.persist(lambda: bob.fill({}).submit(), lambda: not bob.modals)
    await scene.persist(_nothing, lambda: "Reopen" in scene.cards[0].buttons)
    await scene.persist(_nothing, lambda: len(scene.told("resolved")) > 0)

    assert scene.bot.deaths == [-signal.SIGKILL], "the point was never reached"
    scene.clock.forward(120)  # whatever might still be sent again would be by now
    await scene.persist(_nothing, lambda: True)
    assert len(scene.cards) == 1
    assert [len(scene.told(words)) for words in ("is with the leads", "has taken", "resolved")] == [
        1,
        1,
        1,
    ]


async def _nothing() -> None:
    """They only wait."""
