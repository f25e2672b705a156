"""The loop that rolls days up whose facts have changed."""

import asyncio
from collections.abc import Sequence
from logging import getLogger

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import system
from bot.services.metrics.store import rolling
from schedules.waiting import Rest
from storage.database import Database

log = getLogger(__name__)

POLL_SECONDS = 30.0


class RollUps:
    """All workspaces' days, one after the other, so that others can write in between."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._rest = Rest()
        db.on_commit("rollups", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """A day is being rolled up, or could be."""
        return self._rest.is_busy

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A day that is half done by then is done anew by whoever starts next."""
        await self._rest.go_round(stop, lambda: self.roll_all(stop), POLL_SECONDS)

    async def roll_all(self, stop: asyncio.Event | None = None) -> int:
        """Everything that is stale by now, everywhere. Returns how many days were rolled up."""
        try:
            found: Sequence[str] = await rolling.workspaces_stale(self._db)
        except DatabaseGone as error:
            log.error("Roll-ups wait for the database: %s", error)  # noqa: TRY400
            return 0
        return sum([await self._roll_workspace(one, stop) for one in found])

    async def _roll_workspace(self, workspace_id: str, stop: asyncio.Event | None) -> int:
        """What fails in one workspace is no reason for another to wait."""
        done, clock = 0, system(workspace_id)
        try:
            while not (stop and stop.is_set()):
                if not await rolling.roll_next(self._db, clock, now=self._clock.now()):
                    break
                done += 1
        except DatabaseGone as error:
            log.error("Roll-ups wait for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("A day could not be rolled up")
        return done
