"""The loop that brings in what happens in Baton itself as numbers, a minute later at most."""

import asyncio
from logging import getLogger

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import system
from bot.services import upkeep
from bot.services.metrics.program.harvesting import harvest
from schedules.waiting import Rest
from storage.database import Database

log = getLogger(__name__)

POLL_SECONDS = 60.0


class Harvests:
    """All workspaces, one after the other. By the clock on the machine, so that a month that is skipped is one look."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._rest = Rest()
        db.on_commit("harvests", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """Something is being brought in."""
        return self._rest.is_busy

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A look that is half done by then goes on where it was with whoever starts next."""
        await self._rest.go_round(stop, self.look_everywhere, POLL_SECONDS)

    async def look_everywhere(self) -> None:
        try:
            for workspace_id in await upkeep.known_workspaces(self._db):
                await harvest(self._db, system(workspace_id), now=self._clock.now())
        except DatabaseGone as error:
            log.error("Baton's own numbers wait for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("Baton's own numbers could not be brought in")
