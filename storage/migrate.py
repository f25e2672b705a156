"""Bring a database to the newest schema: once, whoever starts first, and refuse one that is newer than this program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import CannotStart
from storage.database import Database
from storage.walls import raise_wall

# Any number will do, as long as every replica asks for the same lock.
MIGRATION_LOCK = 7_216_010_203


async def migrate(database: Database, revision: str = "head") -> None:
    """Run what is missing, in one transaction. Several replicas may start at once: one migrates, the others wait.

    Raises CannotStart when the database is newer than this program.
    """
    async with database.maintaining() as connection:
        await connection.run_sync(_migrate, revision)


async def pending(database: Database) -> list[str]:
    """The revisions that are still to be run, oldest first. Raises CannotStart as `migrate` does."""
    async with database.across() as connection:
        return await connection.run_sync(_pending)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def _migrate(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": MIGRATION_LOCK})
    _check_not_newer(connection)
    if revision == "head":
        command.upgrade(config(connection), revision)
        raise_wall(connection)
    else:
        command.downgrade(config(connection), revision)


def _pending(connection: Connection) -> list[str]:
    _check_not_newer(connection)
    scripts = ScriptDirectory.from_config(config())
    here = MigrationContext.configure(connection).get_current_revision()
    return [step.revision for step in scripts.iterate_revisions("head", here or "base")][::-1]


def _check_not_newer(connection: Connection) -> None:
    here = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if here is not None and here not in known:
        raise CannotStart(
            f"The database is newer than this Baton (its schema is {here}). "
            "Start the version that wrote it, or a newer one."
        )
