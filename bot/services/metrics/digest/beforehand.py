"""What a digest tells is worked out before its timer's transaction, so that nobody waits for it, and holds only if nothing changed.

The timer asks for it by `ReadFirst`, and is then fired anew with what was found. What it is made of has a version: the feeds',
which change with every fact that begins or ends to hold. Where that is another by then, it is worked out again, a few times; in the end
inside the transaction, where nobody can change anything. So what is posted was right at the moment in which it was posted,
and whatever comes later finds the post and corrects it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.people import system
from bot.rules.metrics.digest.digests import Digest
from bot.rules.metrics.digest.posts import Amounts, Post, told_by
from bot.rules.reports import Period
from bot.services.metrics.digest import drawing
from bot.services.metrics.program.harvesting import harvest
from bot.services.metrics.store.numbers import STILL_COUNTING, StillCounting
from bot.services.ticking import Busy, ReadFirst
from storage.database import Database, Tx
from storage.metrics import imports
from storage.timers import Timer

TRIES = 3
"""So often something else may come in meanwhile."""
LET_GO = timedelta(minutes=1)
"""For so long the timer is let go while facts come in, and tried again each second; then it waits, or might never come."""
STEPS = 10
"""So much of what has happened in Baton is brought in before; the loop does the rest, and digests are corrected."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose lines of which days: of a digest, or as they were in a post of it."""

    digest: Digest
    period: Period
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`told` is None while the numbers are being added up. `versions` are those of the feeds."""

    asked: Asked
    versions: Mapping[str, int]
    told: Amounts | None
    tries: int


async def told(tx: Tx, timer: Timer, asked: Asked, *, now: datetime, harvests: bool) -> Amounts:
    """What these lines tell. Raises ReadFirst until that is known beforehand, Busy while facts come in, and StillCounting.

    With `harvests` what has just happened in Baton itself is counted before, too.
    """
    found = timer.read if isinstance(timer.read, Found) and timer.read.asked == asked else None
    if not await imports.hold(tx, waits=now - timer.due_at > LET_GO):
        raise Busy
    versions = await imports.versions(tx)
    if found and found.versions == versions:
        if found.told is None:
            raise StillCounting(STILL_COUNTING)
        return found.told
    tries = found.tries if found else 0
    if tries >= TRIES:
        return await _told(tx, asked, now=now)
    workspace_id = tx.workspace_id

    async def read(db: Database) -> Found:
        if harvests:
            await harvest(db, system(workspace_id), now=now, steps=STEPS)
        async with db.read(workspace_id) as reading:
            seen = await imports.versions(reading)
            try:
                amounts = await _told(reading, asked, now=now)
            except StillCounting:
                amounts = None
        return Found(asked, seen, amounts, tries + 1)

    raise ReadFirst(read)


async def _told(tx: Tx, asked: Asked, *, now: datetime) -> Amounts:
    found = await drawing.lines_of(tx, asked.digest, asked.period, post=asked.post, now=now)
    return told_by(found)
