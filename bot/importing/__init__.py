"""`baton import people FILE` and `baton import shifts FILE`: whole or not at all."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import databases, icalendars, spreadsheets
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone, Refused
from bot.people import Person, system
from bot.rules.roster.report import Report
from bot.rules.shifts.imported import ImportReport
from bot.services import shifts
from bot.settings import Settings
from handlers import directory
from handlers.authorize import UNREACHABLE, check_useful, test_token
from handlers.clients import code_of, open_clients
from handlers.people import import_people
from storage.database import Database

T = TypeVar("T")
Work = Callable[[Database, AsyncWebClient, Person], Awaitable[T]]


async def import_roster(chosen: Settings, file: Path, clock: Clock, *, is_trial: bool) -> Report:
    """Bring people and teams up to the file. Raises CannotStart with one line for what is not about single rows."""
    rows = _read(file)

    async def work(db: Database, client: AsyncWebClient, person: Person) -> Report:
        return await import_people(db, client, person, rows, now=clock.now(), is_trial=is_trial)

    return await _with_slack(chosen, work)


async def import_shifts(
    chosen: Settings, file: Path, clock: Clock, *, team: str, is_trial: bool
) -> ImportReport:
    """Add the file's shifts. Raises CannotStart with one line for what is not about single rows."""
    now = clock.now()
    data = _bytes(file)
    rows = _rows(
        file,
        lambda: (
            icalendars.read(data, now=now, team=team)
            if icalendars.is_calendar(data)
            else spreadsheets.read(data)
        ),
    )

    async def work(db: Database, client: AsyncWebClient, person: Person) -> ImportReport:
        listed = await directory.fetch_directory(client)
        return await shifts.import_shifts(
            db, person, rows, listed, now=now, team=team, is_trial=is_trial
        )

    return await _with_slack(chosen, work)


async def _with_slack(chosen: Settings, work: Work[T]) -> T:
    """Do it as the operator, in the workspace that the token belongs to."""
    token = chosen.slack_bot_token.get_secret_value()
    async with (
        databases.opened(chosen) as db,
        open_clients(chosen.slack_api_url, token, may_use_proxy=chosen.may_use_proxy) as clients,
    ):
        try:
            workspace = await test_token(clients.sending)
            return await work(db, clients.sending, system(workspace.id))
        except SlackApiError as error:
            check_useful(error)
            raise CannotStart(
                f"Slack answered {code_of(error)}. `baton check` says more."
            ) from None
        except UNREACHABLE as error:
            raise CannotStart(
                f"Slack cannot be reached ({type(error).__name__}). Nothing was imported."
            ) from None
        except DatabaseGone as error:
            raise CannotStart(databases.line(error)) from None
        except Refused as refused:
            raise CannotStart(str(refused)) from None


def _read(file: Path) -> spreadsheets.Rows:
    data = _bytes(file)
    return _rows(file, lambda: spreadsheets.read(data))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from None


def _rows(file: Path, read: Callable[[], spreadsheets.Rows]) -> spreadsheets.Rows:
    try:
        return read()
    except Refused as refused:
        raise CannotStart(f"{file}: {refused}") from None
