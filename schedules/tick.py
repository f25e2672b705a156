"""The loop that fires timers: each second, and at once when the clock was moved. It reads the clock anew each time."""

import asyncio
from datetime import timedelta
from logging import getLogger

from bot import telemetry
from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.rules.ticking import JumpWatch, must_be_confirmed
from bot.services import ticking
from bot.services.ticking import Fires
from schedules.waiting import Rest
from storage.database import Database

log = getLogger(__name__)

TICK_SECONDS = 1.0


class Tick:
    """All workspaces' timers. `fires` says what each kind of timer does."""

    def __init__(self, db: Database, clock: Clock, fires: Fires) -> None:
        self._db, self._clock, self._fires = db, clock, fires
        self._watch = JumpWatch()
        self._rest = Rest()
        db.on_commit("tick", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """Timers are being fired, or looked for."""
        return self._rest.is_busy

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A timer that is firing is finished first."""
        await self._rest.go_round(stop, self.tick, TICK_SECONDS)

    async def tick(self) -> int:
        """Fire what is due everywhere. Returns how many timers were taken."""
        now = self._clock.now()
        if self._has_jumped_too_far():
            return 0
        try:
            return sum(
                [
                    await ticking.fire_due(self._db, workspace_id, self._fires, now)
                    for workspace_id in await ticking.workspaces_due(self._db, now=now)
                ]
            )
        except DatabaseGone as error:
            log.error("The timers wait for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("A tick failed; the next one tries again")
        return 0

    def _has_jumped_too_far(self) -> bool:
        """Far forward: nothing is fired until the next tick has seen the same time."""
        jump = self._watch.look(self._clock.now(), self._clock.monotonic())
        if jump != timedelta(0):
            telemetry.CLOCK_JUMPS.inc()
            log.warning("The clock has jumped by %.0f s", jump.total_seconds())
        return must_be_confirmed(jump)
