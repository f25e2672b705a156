"""Who is asking: from memory, from the database, from Slack; and what Slack lists, page by page."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import Role, system
from bot.rules.people import Profile
from bot.services import people as service
from handlers import channels, directory
from handlers.people import People, import_people
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from storage import members, people
from storage.database import Database
from tests.cast import BILLING, NOON, WORKSPACE
from tests.services.floor import furnish, people_of, team_named

MANIFEST = Path(__file__).parents[2] / "manifest.json"
SEED = WorkspaceSeed(
    team_id=WORKSPACE,
    people=(
        Cast("alice", "Alice Archer", tz="Asia/Tokyo", locale="ja-JP"),
        Cast("newt", "Newt Newman", tz="Asia/Tokyo"),
        *(Cast(f"crowd{n}") for n in range(230)),
    ),
    channels=(
        ChannelSeed("open", ("alice",)),
        ChannelSeed("closed", ("alice",), private=True),
        ChannelSeed("ours", ("alice",), private=True, has_app=True),
    ),
)


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST) as sandbox:
        yield sandbox


@pytest.fixture
async def client(slack: Sandbox) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, slack.api_url, session=session, retry_handlers=[])


async def test_a_person_is_asked_for_once_and_remembered_for_a_minute(
    db: Database, slack: Sandbox, client: AsyncWebClient
) -> None:
    clock = Hand()
    find = People(db, clock)
    alice = await find(WORKSPACE, "U0ALICE", client)
    assert (alice.zone, alice.locale) == ("Asia/Tokyo", "ja-JP")
    assert await find(WORKSPACE, "U0ALICE", client) is alice
    clock.time += timedelta(seconds=61)
    again = await find(WORKSPACE, "U0ALICE", client)
    assert again is not alice
    assert again == alice
    assert len(slack.calls("users.info")) == 1


async def test_a_change_is_seen_at_once(db: Database, client: AsyncWebClient) -> None:
    await furnish(db)
    find = People(db, Hand())
    alice = await find(WORKSPACE, "U0ALICE", client)
    assert alice.has_role(BILLING, Role.AGENT)
    told = Profile("U0ALICE", name="Alice", zone="Europe/Paris", updated=99)
    await service.save_profiles(db, system(WORKSPACE), [told], now=NOON)
    assert (await find(WORKSPACE, "U0ALICE", client)).zone == "Europe/Paris"


async def test_who_is_known_by_id_alone_keeps_their_roles_and_is_asked_for(
    db: Database, client: AsyncWebClient
) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        await people.add_unknown(tx, ["U0NEWT", "U0GHOST"])
        await members.add(tx, BILLING, Role.AGENT, ["U0NEWT", "U0GHOST"], source="S0AGENTS")
    find = People(db, Hand())
    newt = await find(WORKSPACE, "U0NEWT", client)
    assert (newt.zone, newt.has_role(BILLING, Role.AGENT)) == ("Asia/Tokyo", True)
    ghost = await find(WORKSPACE, "U0GHOST", client)  # Slack does not know them
    assert ghost.has_role(BILLING, Role.AGENT)


async def test_while_slack_is_away_people_without_a_row_have_no_roles(db: Database) -> None:
    nowhere = AsyncWebClient("xoxb-none", "http://127.0.0.1:1/api/", retry_handlers=[])
    somebody = await People(db, Hand())(WORKSPACE, "U0ALICE", nowhere)
    assert (somebody.id, somebody.roles, somebody.is_admin) == ("U0ALICE", {}, False)


async def test_an_event_about_nobody_asks_nobody(
    db: Database, slack: Sandbox, client: AsyncWebClient
) -> None:
    assert (await People(db, Hand())(WORKSPACE, "", client)).id == ""
    assert slack.calls("users.info") == []


async def test_everybody_and_every_channel_is_listed_page_by_page(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.reply("users.list", 429, {"Retry-After": "0"}, times=2)
    found = await directory.fetch_directory(client)
    assert len([one for one in found.people if not one.is_bot]) == 232
    assert found.person("alice@example.com").id == "U0ALICE"
    assert {one.name: one.is_member for one in found.channels} == {"open": False, "ours": True}


async def test_profiles_that_take_too_long_are_left_for_later(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ids = ["U0ALICE", "U0NEWT", "U0GHOST"]
    found = await directory.find_profiles(client, ids, within=5)
    assert {one.id for one in found} == {"U0ALICE", "U0NEWT"}
    assert await directory.find_profiles(client, ids, within=0) == []


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"id": "U1", "tz": "Mars/Olympus"}, Profile("U1", updated=1)),
        ({"id": "U1", "tz": None, "profile": None}, Profile("U1", updated=1)),
        ({"id": "USLACKBOT", "is_bot": False}, Profile("USLACKBOT", is_bot=True, updated=1)),
        ({"id": "U1", "is_owner": True}, Profile("U1", is_slack_admin=True, updated=1)),
        ({"id": "U1", "is_ultra_restricted": True}, Profile("U1", is_guest=True, updated=1)),
    ],
)
def test_slacks_oddities_are_read(user: dict[str, object], expected: Profile) -> None:
    assert directory.profile_of(user) == expected


async def test_a_public_channel_is_joined_and_a_private_one_needs_an_invitation(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    async def problem(name: str) -> str:
        return str(await channels.find_problem(client, slack.channel(name).id) or "")

    assert await channels.find_problem(client, "") is None
    assert await problem("open") == ""
    assert "baton" in slack.channel("open").members
    assert "/invite @Baton" in await problem("closed")
    assert await problem("ours") == ""


async def test_a_roster_is_imported_with_slacks_help(
    db: Database, slack: Sandbox, client: AsyncWebClient
) -> None:
    rows = [
        ["Team", "Person", "Role", "Leads_channel"],
        ["Returns", "newt@example.com", "lead", "#open"],
        ["Returns", "Alice Archer", "agent"],
    ]
    operator = system(WORKSPACE)
    trial = await import_people(db, client, operator, rows, now=NOON, is_trial=True)
    assert (trial.is_saved, "baton" in slack.channel("open").members) == (False, False)
    report = await import_people(db, client, operator, rows, now=NOON)
    assert (report.is_saved, report.warnings) == (True, ())
    assert "baton" in slack.channel("open").members
    returns = await team_named(db, "Returns")
    assert (returns.zone, returns.leads_channel) == ("Asia/Tokyo", slack.channel("open").id)
    assert await people_of(db, returns.id, Role.LEAD) == ["U0NEWT"]
    assert (await import_people(db, client, operator, rows, now=NOON)).changes_nothing
    assert replace(returns, version=1) == returns
