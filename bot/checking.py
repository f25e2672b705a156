"""`baton check`: whether settings, database, token, scopes and manifest fit, each with what to do if not."""

import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select, text

from bot import databases, settings
from bot.app import new_router
from bot.clock import RealClock
from bot.errors import CannotStart, DatabaseGone
from bot.services import upkeep
from bot.settings import Settings
from handlers import manifest
from handlers.authorize import UNREACHABLE, Workspace, check_useful, test_token
from handlers.clients import code_of, open_clients
from storage.database import Database
from storage.migrate import pending
from storage.outbox import OutboxRow, State
from storage.walls import ROLE

NO_KEY = "no key, so there are no coaching notes. To have them, write what `baton new-key` prints into ENCRYPTION_KEYS"
INSTALL = "Paste manifest.json under App Manifest of your Slack app, then install the app again."


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. Without a remedy it is well."""

    what: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy

    def __str__(self) -> str:
        return f"✓ {self.what}" if self.is_well else f"✗ {self.what}\n  → {self.remedy}"


async def check() -> AsyncIterator[Line]:
    """Everything that can be looked at, in the order in which to mend it. What needs no network comes first."""
    try:
        chosen = settings.read()
    except CannotStart as problem:
        yield Line("Settings", str(problem))
        return
    way = "Socket Mode" if chosen.over_socket else f"HTTP on {chosen.host}:{chosen.port}"
    yield Line(f"Settings: {way}")
    database = Database(chosen.database_url.get_secret_value(), keys=chosen.keys)
    promised = manifest.read()
    try:
        async for line in _database(database, chosen):
            yield line
        yield _manifest(promised, database, chosen)
    finally:
        await database.close()
    async for line in _slack(chosen, promised):
        yield line


# the database


async def _database(database: Database, chosen: Settings) -> AsyncIterator[Line]:
    name = database.url.render_as_string(hide_password=True)
    if database.is_sqlite and (line := _new_file(Path(str(database.url.database)), name)):
        yield line
        if line.is_well and not database.keys:
            yield Line(f"Encryption: {NO_KEY}")
        return
    try:
        async with database.maintaining():
            yield Line(f"Database: {name} answers and can be written")
        yield await _migrations(database, may_migrate=chosen.migrate_at_start)
        if not database.is_sqlite:
            yield await _wall(database)
        async for line in _outbox(database):
            yield line
        yield await _encryption(database)
    except DatabaseGone as error:
        yield Line(f"Database: {name}", databases.line(error))
    except CannotStart as problem:
        yield Line("Migrations", str(problem))


def _new_file(path: Path, name: str) -> Line | None:
    """Nothing if the file is there: it is looked into."""
    if path.exists():
        return None
    folder = path.absolute().parent
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Line(f"Database: {name} will be made at the first start")
    return Line(
        f"Database: {name}",
        f"Make the folder {folder}, writable for Baton, or change DATABASE_URL.",
    )


async def _migrations(database: Database, *, may_migrate: bool) -> Line:
    missing = await pending(database)
    if not missing:
        return Line("Migrations: the schema is up to date")
    if database.is_sqlite or may_migrate:
        return Line(f"Migrations: {len(missing)} will be run at the next start")
    return Line(f"Migrations: {len(missing)} are missing", "Run `baton migrate`.")


async def _wall(database: Database) -> Line:
    """On PostgreSQL the second wall between workspaces needs a role (docs/decisions/0005)."""
    asked = text("SELECT pg_has_role(oid, 'member') FROM pg_roles WHERE rolname = :role")
    async with database.across() as connection:
        is_member = await connection.scalar(asked, {"role": ROLE})
    if is_member:
        return Line("Row-level security: on")
    return Line(
        "Row-level security: off, the first wall stands alone",
        f"As a superuser: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO the user in DATABASE_URL; "
        "then `baton migrate`.",
    )


async def _outbox(database: Database) -> AsyncIterator[Line]:
    if await pending(database):
        return
    counted = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    async with database.across() as connection:
        count = {row[0]: row[1] for row in await connection.execute(counted)}
    waiting = count.get(State.PENDING, 0) + count.get(State.SENDING, 0)
    yield Line(f"Messages: {waiting} waiting")
    if dead := count.get(State.DEAD, 0):
        yield await _dead(database, dead)


async def _encryption(database: Database) -> Line:
    used = [] if await pending(database) else await upkeep.needed_keys(database)
    if lacking := [one for one in used if one not in database.keys.ids]:
        return Line(f"Encryption: {databases.lacks(lacking)}", databases.PUT_BACK)
    if not database.keys:
        return Line(f"Encryption: {NO_KEY}")
    return Line(f"Encryption: the key {database.keys.ids[0]} seals coaching notes; none is missing")


async def _dead(database: Database, dead: int) -> Line:
    why = func.coalesce(OutboxRow.last_error, "unknown")
    counted = select(why, func.count()).where(OutboxRow.state == State.DEAD.value).group_by(why)
    async with database.across() as connection:
        reasons = (await connection.execute(counted)).tuples().all()
    said = ", ".join(f"{reason} {count} times" for reason, count in sorted(reasons))
    return Line(
        f"Messages: {dead} could not be delivered ({said})",
        "not_in_channel, channel_not_found: type /invite @Baton in the team's channels. is_archived: choose another "
        "channel with /baton. Anything else is worth an issue. What was missed is not sent again.",
    )


# the manifest


def _manifest(promised: Mapping[str, Any] | None, database: Database, chosen: Settings) -> Line:
    if promised is None:
        return Line("Manifest", "manifest.json is missing or no JSON. Take it from this release.")
    found = manifest.differences(promised, new_router(database, RealClock()))
    if found:
        return Line(f"Manifest: {'; '.join(found)}", "Take manifest.json from this release.")
    if promised["settings"].get("socket_mode_enabled") and not chosen.over_socket:
        return Line(
            "Manifest: it turns on Socket Mode, and the settings say HTTP",
            "Turn Socket Mode off in your Slack app and write https://your.address/slack/events as its request "
            "URL (events, interactivity, both commands), or set SLACK_APP_TOKEN.",
        )
    return Line("Manifest: it names exactly what is handled")


# Slack


async def _slack(chosen: Settings, promised: Mapping[str, Any] | None) -> AsyncIterator[Line]:
    token = chosen.slack_bot_token.get_secret_value()
    async with open_clients(
        chosen.slack_api_url, token, may_use_proxy=chosen.may_use_proxy
    ) as clients:
        try:
            workspace = await test_token(clients.sending)
        except (CannotStart, SlackApiError, *UNREACHABLE) as error:
            yield _no_token(error, chosen)
            return
        yield Line(f"Token: Baton is {workspace.bot_user_id} in {workspace.name or workspace.id}")
        if promised is not None:
            yield _scopes(workspace, manifest.scopes(promised))
        if chosen.slack_app_token:
            yield await _socket(clients.sending, chosen.slack_app_token.get_secret_value())


def _no_token(error: Exception, chosen: Settings) -> Line:
    if isinstance(error, SlackApiError):
        try:
            check_useful(error)
        except CannotStart as problem:
            return Line("Token", str(problem))
        return Line("Token", f"Slack answered {code_of(error)}. Try again in a minute.")
    return Line(
        "Token: not looked at, Slack cannot be reached",
        f"{type(error).__name__} at {chosen.slack_api_url}. Check the network and SLACK_API_URL; "
        "behind a proxy set HTTPS_PROXY.",
    )


def _scopes(workspace: Workspace, wanted: frozenset[str]) -> Line:
    missing = sorted(wanted - workspace.scopes) if "*" not in workspace.scopes else []
    if missing:
        return Line(f"Scopes: {', '.join(missing)} missing", INSTALL)
    return Line(f"Scopes: all {len(wanted)} are granted")


async def _socket(client: AsyncWebClient, app_token: str) -> Line:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        return Line(
            f"Socket Mode: Slack says {code_of(error)}",
            "Turn Socket Mode on in your Slack app, and write an app-level token with connections:write "
            "into SLACK_APP_TOKEN.",
        )
    except UNREACHABLE as error:
        return Line("Socket Mode", f"{type(error).__name__}. Check the network.")
    return Line("Socket Mode: Slack gives a connection")
