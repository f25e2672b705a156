"""One process that delivers, in a time that runs faster: started, killed and started again by test_crashes.py."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import RealClock
from bot.rules.delivery import NO_LIMITS
from schedules.delivery import Delivery, WebApi
from storage.database import Database
from tests.fakes.web_api import client_of
from tests.patience import PATIENT

SPEED = 15
CALL_SECONDS = 10 / SPEED


@dataclass(frozen=True)
class FastClock:
    """SPEED seconds pass in one, since `start`. All processes of a test share the start."""

    start: datetime

    def now(self) -> datetime:
        return self.start + (RealClock().now() - self.start) * SPEED

    def monotonic(self) -> float:
        return RealClock().monotonic() * SPEED


async def main(database_url: str, slack_url: str, start: str) -> None:
    db = Database(database_url, PATIENT)
    clock = FastClock(datetime.fromisoformat(start))
    async with client_of(slack_url, seconds=CALL_SECONDS) as client:
        loop = Delivery(db, clock, lambda _: WebApi(client), {}, limits=NO_LIMITS)
        asyncio.get_running_loop().call_later(0, poll_fast, db)
        await loop.run(asyncio.Event())


def poll_fast(db: Database) -> None:
    """A second of this time is long: look as often as a slower process would."""
    db.wake("delivery")
    asyncio.get_running_loop().call_later(
        timedelta(seconds=1) / timedelta(seconds=SPEED), poll_fast, db
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
