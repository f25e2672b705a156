"""`baton import people FILE`: a roster from a spreadsheet, imported whole or not at all."""

from pathlib import Path

from slack_sdk.errors import SlackApiError

from bot import databases, spreadsheets
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone, Refused
from bot.people import system
from bot.rules.roster.report import Report
from bot.settings import Settings
from handlers.authorize import UNREACHABLE, check_useful, test_token
from handlers.clients import code_of, open_clients
from handlers.people import import_people


async def import_roster(chosen: Settings, file: Path, clock: Clock, *, is_trial: bool) -> Report:
    """Bring people and teams up to the file. Raises CannotStart with one line for what is not about single rows."""
    rows = _read(file)
    token = chosen.slack_bot_token.get_secret_value()
    async with (
        databases.opened(chosen) as db,
        open_clients(chosen.slack_api_url, token, may_use_proxy=chosen.may_use_proxy) as clients,
    ):
        try:
            workspace = await test_token(clients.sending)
            return await import_people(
                db,
                clients.sending,
                system(workspace.id),
                rows,
                now=clock.now(),
                is_trial=is_trial,
            )
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
    try:
        return spreadsheets.read(file.read_bytes())
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from None
    except Refused as refused:
        raise CannotStart(f"{file}: {refused}") from None
