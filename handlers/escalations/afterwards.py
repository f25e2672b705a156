"""What is drawn anew once something is done. It is saved by then, so that a failure here must not say otherwise."""

from collections.abc import Awaitable
from logging import getLogger

from slack_sdk.errors import SlackApiError

from bot.errors import DatabaseGone
from bot.services import home
from handlers.authorize import UNREACHABLE
from handlers.request import Request
from storage.database import Database

log = getLogger(__name__)


async def try_to(drawing: Awaitable[None]) -> None:
    try:
        await drawing
    except (SlackApiError, DatabaseGone, *UNREACHABLE) as error:
        log.warning("Could not draw anew what is done: %s", type(error).__name__)


async def redraw_home(db: Database, request: Request) -> None:
    await try_to(home.redraw(db, request.person, now=request.now))
