"""The stage of every story: a local workspace, a bot in it over a real transport and database, and a clock that moves."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import Baton
from bot.people import Role
from bot.rules.teams import Team, TeamDraft
from bot.services import teams
from bot.serving import running
from bot.settings import Settings
from bot.travelling import Traveller
from sandbox.driver.people import Actor
from sandbox.driver.places import Room
from sandbox.people_acts.result import Result
from sandbox.seed import Cast, ChannelSeed, GroupSeed, WorkspaceSeed
from sandbox.server import Sandbox
from schedules import delivery
from storage.database import Database
from storage.engines import SERVING, Patience
from tests import canary, cast
from tests.clock import MovableClock

# In a story one thing follows another: to wait for more of them to be said at once is only waiting.
delivery.GATHER_SECONDS = 0.02

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "manifest.json"
ENCRYPTION_KEY = urlsafe_b64encode(b"k" * 32).decode()
EVERYONE = ("alice", "bob", "ben", "mara", "olga", "charlie", "dan", "ada", "nemo")

SEED = WorkspaceSeed(
    team_id=cast.WORKSPACE,
    people=(
        Cast("alice", "Alice Archer", tz="Europe/Berlin"),
        Cast("bob", "Bob Baker", tz="Europe/Berlin"),
        Cast("ben", "Ben Bauer", tz="Europe/Berlin"),
        Cast("mara", "Mara Meyer", tz="Europe/Berlin"),
        Cast("olga", "Olga Ott"),
        Cast("charlie", "Charlie Cole", tz="America/New_York"),
        Cast("dan", "Dan Diaz", tz="America/New_York"),
        Cast("ada", "Ada Abel", is_owner=True),
        Cast("nemo", "Nemo Nobody"),
    ),
    channels=(
        ChannelSeed("general", EVERYONE),
        ChannelSeed("billing", ("alice", "bob", "ben", "mara"), has_app=True),
        ChannelSeed("billing-leads", ("bob", "ben", "mara"), private=True, has_app=True),
        ChannelSeed("shipping-leads", ("charlie",), private=True, has_app=True),
        ChannelSeed("no-bots", ("bob", "ada"), private=True),
    ),
    usergroups=(GroupSeed("billing-agents", ("alice",)),),
)


@dataclass
class Stage:
    """`slack` is where people act; `baton` is the bot; both go by `clock`."""

    slack: Sandbox
    baton: Baton
    clock: MovableClock

    def person(self, name: str) -> Actor:
        return self.slack.person(name)

    def channel(self, name: str) -> Room:
        return self.slack.channel(name)

    def forward(self, **length: float) -> None:
        """Let the clock jump, as after a sleep of the machine, and let everything notice.

        What fell due meanwhile is late. `await slack.clock.forward(…)` does it in order and in time, and waits for it.
        """
        self.clock.jump(**length)
        self.baton.db.wake("tick")
        self.baton.db.wake("delivery")


async def choose_for(person: Actor, what: str, team: str = "Billing") -> Result:
    """In the menu of a team that `/baton` shows."""
    return await person.select(person.modal, f"Choose for {team}", what)


async def create_teams(db: Database, slack: Sandbox, *, now: datetime) -> tuple[Team, Team]:
    """Billing (Bob and Ben lead, Alice works, Mara manages, Olga reads) and Shipping (Charlie leads, Dan works)."""
    billing = TeamDraft(
        "Billing",
        zone="Europe/Berlin",
        team_channel=slack.channel("billing").id,
        leads_channel=slack.channel("billing-leads").id,
        people={
            Role.LEAD: (slack.person("bob").id, slack.person("ben").id),
            Role.AGENT: (slack.person("alice").id,),
            Role.MANAGER: (slack.person("mara").id,),
            Role.OBSERVER: (slack.person("olga").id,),
        },
    )
    shipping = TeamDraft(
        "Shipping",
        zone="America/New_York",
        leads_channel=slack.channel("shipping-leads").id,
        people={Role.LEAD: (slack.person("charlie").id,), Role.AGENT: (slack.person("dan").id,)},
    )
    first = await teams.create_team(db, cast.ADA, billing, key="set-up:billing", now=now)
    return first, await teams.create_team(db, cast.ADA, shipping, key="set-up:shipping", now=now)


def settings(slack: Sandbox, database_url: str, transport: str) -> Settings:
    """What an operator would write for this workspace."""
    over_socket = {"slack_app_token": slack.app_token} if transport == "socket" else {}
    return Settings.model_validate(
        {
            "slack_bot_token": slack.bot_token,
            "slack_signing_secret": slack.signing_secret,
            "slack_api_url": slack.api_url,
            "database_url": database_url,
            "encryption_keys": ENCRYPTION_KEY,
            "port": 0,
            **over_socket,
        }
    )


@asynccontextmanager
async def opened(
    database_url: str, transport: str, patience: Patience = SERVING
) -> AsyncIterator[Stage]:
    """The workspace and the bot, connected, with both teams set up and their hellos said.

    At the end of a story that went well, nothing of another workspace may have reached Slack.
    """
    clock = MovableClock()
    async with (
        Sandbox(SEED, MANIFEST, clock=clock) as slack,
        running(settings(slack, database_url, transport), clock, patience) as baton,
    ):
        stage = Stage(slack, baton, clock)
        if transport == "socket":
            await slack.until_connected()
        else:
            slack.deliver_to(f"http://127.0.0.1:{baton.http.port}/slack/events")
        await create_teams(baton.db, slack, now=clock.now())
        await stage.channel("shipping-leads").wait_for(text="Shipping")
        with slack.clock.resident(Traveller(baton)):
            slack.clock.skip(seconds=2)
            yield stage
        canary.check_silent(slack)
