"""Opening the database for a start: its schema brought up to date, or one line that says what is in the way."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from logging import getLogger

from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone
from bot.services import upkeep
from bot.settings import Settings
from storage.database import Database
from storage.engines import SERVING, Patience
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
PUT_BACK = "Put it back behind the newest one. If it is lost, docs/howto/encryption-keys.md says what can be done."
UNKNOWN = "Is it running, and is DATABASE_URL right?"


@asynccontextmanager
async def opened(
    settings: Settings, patience: Patience = SERVING, *, without: str = ""
) -> AsyncIterator[Database]:
    """The database, migrated if it may be, with every key that it needs. Raises CannotStart otherwise.

    `without` is the id of a key that may be missing all the same.
    """
    database = Database(settings.database_url.get_secret_value(), patience, settings.keys)
    try:
        may_migrate = database.is_sqlite or settings.migrate_at_start
        await _prepare(database, may_migrate=may_migrate, without=without)
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


def lacks(key_ids: Sequence[str]) -> str:
    """Which keys nobody gave."""
    named = ", ".join(key_ids)
    what = f"the key {named}" if len(key_ids) == 1 else f"the keys {named}"
    return f"ENCRYPTION_KEYS lacks {what}, with which coaching notes in the database are sealed."


async def _prepare(database: Database, *, may_migrate: bool, without: str) -> None:
    try:
        if may_migrate:
            await migrate(database)
        elif missing := await pending(database):
            raise CannotStart(
                f"The database lacks {len(missing)} migrations. Run `baton migrate`, or set MIGRATE_AT_START=true."
            )
        if lacking := set(await upkeep.missing_keys(database)) - {without}:
            raise CannotStart(f"{lacks(sorted(lacking))} {PUT_BACK}")
    except DatabaseGone as error:
        raise CannotStart(line(error)) from None
