"""The loop that looks every minute whether the others do their work, and once an hour throws away what is over."""

import asyncio
from datetime import datetime, timedelta
from logging import getLogger

from bot import telemetry
from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.services import auditing, upkeep
from bot.services.auditing import Audit
from schedules.waiting import wait
from storage.database import Database

log = getLogger(__name__)

AUDIT_SECONDS = 60.0
UPKEEP_EVERY = timedelta(hours=1)


class Auditor:
    """`last` is what it found: None before the first look."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._kept_up: datetime | None = None
        self.last: Audit | None = None

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.look()
                await self.keep_up()
            except DatabaseGone as error:
                log.error("The auditor waits for the database: %s", error)  # noqa: TRY400
            await wait(stop, AUDIT_SECONDS)

    async def look(self) -> Audit:
        """Audit now; say so when the result is another than before."""
        before, self.last = self.last, await auditing.audit(self._db, now=self._clock.now())
        telemetry.AUDIT_GREEN.set(self.last.green)
        if self.last.faults and (before is None or before.faults != self.last.faults):
            log.error("Overdue: %s", ", ".join(self.last.faults))
        elif self.last.green and before is not None and not before.green:
            log.info("Nothing is overdue any more")
        return self.last

    async def keep_up(self) -> None:
        """Throw away what is over, at most once an hour."""
        now = self._clock.now()
        if self._kept_up is None or now - self._kept_up >= UPKEEP_EVERY:
            self._kept_up = now
            await upkeep.forget_what_is_over(self._db, now=now)
