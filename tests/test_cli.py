"""What an operator types and reads: one line when something is in the way, and the right exit code."""

import os
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli import main
from bot.clock import RealClock
from bot.databases import line
from bot.errors import DatabaseGone
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from storage import outbox, workspaces
from storage.database import Database
from storage.outbox import Note
from tests.about_the_code.source import ROOT
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.processes import start

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-12345-abcdef", "SLACK_APP_TOKEN": "xapp-1-12345-abcdef"}
NOWHERE = {"SLACK_API_URL": "http://127.0.0.1:9/api/"}
SEED = WorkspaceSeed(
    people=(Cast("alice", "Alice Archer"), Cast("bob", "Bob Baker"), Cast("ada", is_owner=True)),
    channels=(ChannelSeed("leads", ("bob",), has_app=True),),
)


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    error: str

    @property
    def line(self) -> str:
        """The one line on standard error."""
        [only] = self.error.splitlines()
        return only


async def baton(folder: Path, *arguments: str, **environment: str) -> Done:
    """The program in a process of its own, in a folder of its own, until it ends."""
    plain = {"PATH": os.environ["PATH"], "COLUMNS": "100"}
    child = start(main, *arguments, environment=plain | environment, folder=folder)
    code = await child.wait()
    return Done(code, child.out.read_text(), child.error.read_text())


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, ROOT / "manifest.json") as slack:
        yield slack


def tokens(slack: Sandbox) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }


async def test_the_version_and_the_help(tmp_path: Path) -> None:
    version = await baton(tmp_path, "--version")
    helped = await baton(tmp_path, "--help")

    assert re.fullmatch(r"baton \d+\.\d+\.\d+\n", version.out)
    for command in ("run", "demo", "check", "migrate", "import"):
        assert re.search(rf"^ +{command} ", helped.out, re.MULTILINE)


async def test_the_reference_names_every_command(tmp_path: Path) -> None:
    reference = (ROOT / "docs/reference/command-line.md").read_text()
    helped = await baton(tmp_path, "--help")

    commands = set(re.findall(r"^  (\w[\w-]*) +[A-Z]", helped.out, re.MULTILINE))
    assert set(re.findall(r"^\| `baton (\w[\w-]*)", reference, re.MULTILINE)) == commands


async def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    done = await baton(tmp_path, "run")

    assert done.code == 1
    assert done.line.startswith("SLACK_BOT_TOKEN is missing. Write it into .env:")


async def test_a_token_that_slack_refuses_is_one_line(tmp_path: Path, slack: Sandbox) -> None:
    given = tokens(slack) | {"SLACK_BOT_TOKEN": TOKENS["SLACK_BOT_TOKEN"], "LOG_LEVEL": "error"}
    done = await baton(tmp_path, "run", PORT="0", **given)

    assert done.code == 1
    assert done.line.startswith("Slack refuses SLACK_BOT_TOKEN (invalid_auth).")


async def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = await baton(tmp_path, "run", DATABASE_URL="sqlite:///none/baton.db", **TOKENS, **NOWHERE)

    assert done.code == 1
    assert done.line == (
        "The database cannot be used: unable to open database file. Does the folder exist, and may Baton write into "
        "it? See DATABASE_URL."
    )


async def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, sqlite_url: str) -> None:
    file = make_url(sqlite_url).database
    with sqlite3.connect(f"{file}") as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    read_only = f"sqlite:///file:{file}?mode=ro&uri=true"
    done = await baton(tmp_path, "run", DATABASE_URL=read_only, **TOKENS, **NOWHERE)

    assert done.code == 1
    assert done.line.startswith(
        "The database cannot be used: attempt to write a readonly database. The file or its folder"
    )


async def test_a_database_that_is_newer_is_one_line(
    tmp_path: Path, fresh_database: FreshDatabase
) -> None:
    url = await fresh_database("sqlite")
    with sqlite3.connect(str(make_url(url).database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in ("run", "migrate"):
        done = await baton(tmp_path, command, DATABASE_URL=url, **TOKENS, **NOWHERE)

        assert done.code == 1
        assert done.line.startswith("The database is newer than this Baton")


def full_disk(path: Path) -> str:
    """SQLite's own words when there is no room left."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.Error) as error:
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    return str(error.value)


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    said = line(DatabaseGone(full_disk(tmp_path / "small.db")))

    assert said == (
        "The database cannot be used: database or disk is full. The disk is full. Make room and start again; nothing "
        "is lost."
    )


async def test_postgresql_is_only_migrated_when_told(
    tmp_path: Path, fresh_database: FreshDatabase
) -> None:
    url = await fresh_database("postgresql")
    given = TOKENS | NOWHERE | {"DATABASE_URL": url}
    assert (
        await baton(tmp_path, "migrate", "--to", "base", **given)
    ).code == 2  # there is no such option

    done = await baton(tmp_path, "migrate", **given)
    assert (done.code, done.out) == (0, "Nothing to do: the database is up to date.\n")


async def test_check_shows_what_can_be_seen_without_slack(tmp_path: Path) -> None:
    done = await baton(tmp_path, "check", **TOKENS, **NOWHERE)

    assert done.code == 1
    assert "✓ Settings: Socket Mode" in done.out
    assert "✓ Database: sqlite+aiosqlite:///baton.db will be made at the first start" in done.out
    assert "✓ Manifest: it names exactly what is handled" in done.out
    assert "✗ Token: not looked at, Slack cannot be reached\n  → " in done.out
    assert done.error == ""
    assert not (tmp_path / "baton.db").exists()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_check_of_a_good_set_up_is_all_well(
    tmp_path: Path, slack: Sandbox, fresh_database: FreshDatabase, kind: str
) -> None:
    given = tokens(slack) | {"DATABASE_URL": await fresh_database(kind)}
    done = await baton(tmp_path, "check", **given)

    assert "✗" not in done.out
    for what in ("Settings", "Database", "Migrations", "Messages", "Manifest", "Token", "Scopes"):
        assert f"✓ {what}: " in done.out
    assert ("✓ Row-level security: on" in done.out) == (kind == "postgresql")
    assert "✓ Socket Mode: Slack gives a connection" in done.out
    assert done.code == 0
    assert not any(token in done.out for token in (slack.bot_token, slack.app_token))


async def test_check_names_a_scope_that_is_missing(tmp_path: Path, sqlite_url: str) -> None:
    manifest = {
        "display_information": {"name": "Baton"},
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    }
    async with Sandbox(SEED, manifest) as slack:
        done = await baton(tmp_path, "check", DATABASE_URL=sqlite_url, **tokens(slack))

    assert done.code == 1
    assert "✗ Scopes: channels:history, channels:join, channels:read, dnd:read, " in done.out
    assert "→ Paste manifest.json under App Manifest" in done.out


async def test_check_says_that_socket_mode_and_http_do_not_fit(
    tmp_path: Path, slack: Sandbox, sqlite_url: str
) -> None:
    given = tokens(slack) | {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": slack.signing_secret}
    done = await baton(tmp_path, "check", DATABASE_URL=sqlite_url, **given)

    assert done.code == 1
    assert "✗ Manifest: it turns on Socket Mode, and the settings say HTTP" in done.out


ROSTER = "team,person,role,leads_channel\nBilling,{person},lead,leads\nBilling,Alice Archer,agent,leads\n"


async def test_after_a_restore_what_waits_is_looked_for_first(
    tmp_path: Path, sqlite_url: str
) -> None:
    database = Database(sqlite_url, PATIENT)
    now = RealClock().now()
    async with database.write("T0RESTORED") as tx:
        await workspaces.save(tx, name="Restored", bot_user_id="U0BATON")
        await outbox.say(tx, Note("said", "C0LEADS", "Perhaps said already"), now=now)
    await database.close()

    done = await baton(tmp_path, "restored", DATABASE_URL=sqlite_url, **TOKENS)
    assert (done.code, done.out) == (
        0,
        "Done. To be looked for before they are sent: 1\n",
    )


async def test_people_are_imported_whole_or_not_at_all(tmp_path: Path, slack: Sandbox) -> None:
    file = tmp_path / "people.csv"
    given = tokens(slack) | {"DATABASE_URL": f"sqlite:///{tmp_path / 'baton.db'}"}

    file.write_text(ROSTER.format(person="Nobody Known"))
    wrong = await baton(tmp_path, "import", "people", str(file), **given)
    assert wrong.code == 1
    assert "Nothing was imported: 1 row needs another look.\nRow 2: " in wrong.out

    file.write_text(ROSTER.format(person="Bob Baker"))
    trial = await baton(tmp_path, "import", "people", "--trial", str(file), **given)
    assert trial.code == 0
    assert trial.out.startswith("This is a trial: nothing was saved.\n")

    right = await baton(tmp_path, "import", "people", str(file), **given)
    assert right.code == 0
    assert "New team: Billing" in right.out

    again = await baton(tmp_path, "import", "people", str(file), **given)
    assert "Nothing to change" in again.out


async def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = await baton(tmp_path, "import", "people", "none.csv", **TOKENS, **NOWHERE)

    assert done.code == 1
    assert done.line == "none.csv cannot be read: No such file or directory."
