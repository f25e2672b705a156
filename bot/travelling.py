"""A bot that lives by a clock which can be moved: when it next has something to do, and whether it is done."""

import asyncio
from datetime import datetime
from logging import getLogger

from bot.app import Baton
from bot.errors import DatabaseGone
from bot.services import delivery, reports, ticking
from bot.services.metrics.importing import looking

log = getLogger(__name__)


class Traveller:
    """What the local workspace asks of a bot that goes by its clock. The rows know, whatever the loops are doing."""

    def __init__(self, bot: Baton) -> None:
        self._bot = bot
        self._due: dict[str, datetime | None] = {}
        # Whoever watches the clock asks beside the journey: each answer is whole, and the last one is the newest.
        self._asking = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        return self._bot.is_busy

    async def next_due(self, *, after: datetime) -> datetime | None:
        """When a timer is to be fired, somebody to be asked about, or something may be sent that has to wait.

        Without a database nothing can be done at any time: it is done late, as on any other day.
        """
        async with self._asking:
            self._due = await self._ask(after)
            return min((due for due in self._due.values() if due), default=None)

    def wake(self, now: datetime) -> None:
        """Wake the loops that have something to do by now."""
        for loop, due in self._due.items():
            if due is not None and due <= now:
                self._bot.db.wake(loop)

    async def _ask(self, after: datetime) -> dict[str, datetime | None]:
        """When each loop has something to do next."""
        db, found = self._bot.db, dict[str, datetime | None]()
        try:
            found["tick"] = await ticking.next_due(db, after=after)
            found["exports"] = await reports.next_due(db, after=after)
            found["imports"] = await looking.next_due(db, after=after)
            found["quiet"] = await self._bot.quiet.next_due(after=after)
            found["delivery"] = await delivery.next_due(db, after=after)
        except DatabaseGone as error:
            log.error("The clock moves on without the database: %s", error)  # noqa: TRY400
        return found
