"""Opening the database for a start: its schema brought up to date, or one line that says what is in the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from logging import getLogger

from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone
from bot.services import upkeep
from bot.settings import Settings
from storage.database import Database
from storage.migrate import migrate, pending

log = getLogger(__name__)

# What SQLite and PostgreSQL say, and what helps.
REMEDIES = {
    "unable to open": "Does the folder exist, and may Baton write into it? See DATABASE_URL.",
    "readonly": "The file or its folder cannot be written. Give Baton the right to, or change DATABASE_URL.",
    "read-only": "Nothing can be written there. Give Baton the right to, or change DATABASE_URL.",
    "is full": "The disk is full. Make room and start again; nothing is lost.",
    "no space left": "The disk is full. Make room and start again; nothing is lost.",
    "not a database": "DATABASE_URL names a file of another kind. Name another file.",
    "malformed": "The file is damaged. Put a backup in its place.",
    "locked": "Another program holds the file. Is a second Baton running?",
    "password authentication": "The user name or password in DATABASE_URL is wrong.",
    "does not exist": "Create it, or correct DATABASE_URL.",
    "permission denied": "The user in DATABASE_URL needs the right to do this.",
}
UNKNOWN = "Is it running, and is DATABASE_URL right?"


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, migrated if it may be. Raises CannotStart otherwise."""
    database = Database(settings.database_url.get_secret_value(), keys=settings.keys)
    try:
        await _prepare(database, may_migrate=database.is_sqlite or settings.migrate_at_start)
        yield database
    finally:
        await database.close()


async def bring_up_to_date(settings: Settings) -> int:
    """Migrate, whatever the database is. Returns how many steps were missing. Raises CannotStart."""
    database = Database(settings.database_url.get_secret_value())
    try:
        missing = await pending(database)
        await migrate(database)
    except DatabaseGone as error:
        raise CannotStart(line(error)) from None
    finally:
        await database.close()
    return len(missing)


async def after_restore(settings: Settings, clock: Clock) -> int:
    """Let nothing be said that may have been said since the backup. Returns how many messages are held. Raises CannotStart."""
    async with opened(settings) as database:
        return await upkeep.hold_after_restore(database, now=clock.now())


def line(error: DatabaseGone) -> str:
    """What the database said, and what to do."""
    said = str(error).rstrip(".")
    remedy = next((what for sign, what in REMEDIES.items() if sign in said.lower()), UNKNOWN)
    return f"The database cannot be used: {said}. {remedy}"


async def _prepare(database: Database, *, may_migrate: bool) -> None:
    try:
        if may_migrate:
            await migrate(database)
        elif missing := await pending(database):
            raise CannotStart(
                f"The database lacks {len(missing)} migrations. Run `baton migrate`, or set MIGRATE_AT_START=true."
            )
    except DatabaseGone as error:
        raise CannotStart(line(error)) from None
