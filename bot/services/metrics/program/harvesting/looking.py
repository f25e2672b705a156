"""One look at what has happened: page by page, each in a transaction of its own that also remembers how far it came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.program.own_facts import FIRST_DAYS
from bot.rules.metrics.program.programs import OWN_FEED
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.teams import Team, Workspace, name_key
from bot.services.holidays import load_holidays
from bot.services.metrics.program.harvesting.sources import SOURCES, Look
from bot.services.metrics.store import bringing, keeping
from bot.services.metrics.store.bringing import Sent
from storage import teams, workspaces
from storage.database import Database, Tx
from storage.metrics import imports

SOURCE = "baton"
OVERLAP = timedelta(minutes=20)
"""What happened is written down with the time of its request, and others see it once that is committed."""
ONCE_A_DAY = timedelta(days=8)
"""So far back the first look of a day goes: not all that changes says when."""
ENOUGH = 300
"""Facts after which others may write for a moment."""
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look has come: it is at the page of a source after `after`. `until` is when the last one began."""

    since: datetime
    until: datetime
    source: int = len(SOURCES)
    after: str = ""

    @property
    def is_over(self) -> bool:
        return self.source >= len(SOURCES)

    def packed(self) -> dict[str, Any]:
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "source": self.source,
            "after": self.after,
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, Any], now: datetime) -> "Progress":
        """As it is remembered, or the very first one."""
        if not packed:
            return cls(now, now - timedelta(days=FIRST_DAYS) + OVERLAP)
        since, until = (datetime.fromisoformat(packed[one]) for one in ("since", "until"))
        return cls(since, until, packed["source"], packed["after"])

    def covers(self, now: datetime) -> bool:
        """Whether nothing is left to look for. Clocks differ a little; one that was far ahead is set right by now."""
        return self.is_over and now <= self.until <= now + OVERLAP

    def next(self, now: datetime) -> "Progress":
        """The look after it: from where it ended, and a little before."""
        is_new_day = now.date() != self.until.date()
        back = ONCE_A_DAY if is_new_day else OVERLAP
        return Progress(min(self.until, now) - back, now, 0)

    def turned(self, after: str) -> "Progress":
        """After a page; without `after` it was the last one of its source."""
        if after:
            return replace(self, after=after)
        return replace(self, source=self.source + 1, after="")


async def harvest(db: Database, clock: Person, *, now: datetime, steps: int | None = None) -> None:
    """Bring in all that has happened until now. Twice is harmless, and so are two at once.

    One that was begun before is ended first: whoever comes later goes on where it stopped. Who needs the numbers right now
    gives so many `steps`, each some hundred facts: what takes longer is not waited for.
    """
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)
    async with db.read(clock.workspace_id) as tx:
        if await workspaces.find(tx) is None:
            return
        known = {one.id: one for one in await teams.list_all(tx)}
    await load_holidays(*known.values())
    for _ in count() if steps is None else range(steps):
        try:
            async with db.write(clock.workspace_id) as tx:
                progress = await _step(tx, clock, known, now)
        except keeping.Overtaken:
            continue
        if progress.covers(now):
            return


async def _step(tx: Tx, clock: Person, known: Mapping[str, Team], now: datetime) -> Progress:
    """Some pages, and how far that came. Raises Overtaken if somebody took Baton's own numbers back just now."""
    feed_id = await imports.feed(tx, OWN_FEED, SOURCE)
    import_ = await _own(tx, feed_id)
    if import_ is None:
        await workspaces.lock(tx)
    await imports.change_feed(tx, feed_id)
    before = await _own(tx, feed_id)
    if before is None:
        if import_ is not None:
            raise keeping.Overtaken
        before = await _begin(tx, clock, feed_id, now)
    progress = Progress.unpack(before.found, now)
    if progress.covers(now):
        return progress
    if progress.is_over:
        progress = progress.next(now)
    progress = await _look(tx, before, progress, known)
    if not await imports.save(tx, replace(before, found=progress.packed()), before):
        raise keeping.Overtaken
    return progress


async def _look(tx: Tx, import_: Import, progress: Progress, known: Mapping[str, Team]) -> Progress:
    look = Look(progress.since, progress.until, known)
    belonging = Belonging("", {name_key(one): one for one in known})
    brought = 0
    while not progress.is_over and brought < ENOUGH:
        page = await SOURCES[progress.source](tx, look, progress.after)
        sent = [Sent(one, known[one.team].zone) for one in page.facts]
        for begin in range(0, len(sent), ENOUGH):
            await bringing.bring(tx, import_, sent[begin : begin + ENOUGH], belonging)
        brought += len(sent)
        progress = progress.turned(page.after)
    return progress


async def _own(tx: Tx, feed_id: str) -> Import | None:
    return await imports.rolling(tx, feed_id, ImportKind.OWN, "", since=ALWAYS)


async def _begin(tx: Tx, clock: Person, feed_id: str, now: datetime) -> Import:
    own = Import(
        tx.workspace_id,
        "",
        0,
        ImportKind.OWN,
        feed_id,
        "",
        clock.id,
        now,
        file_name=OWN_FEED,
        state=ImportState.LIVE,
        live_at=now,
    )
    return await imports.add(tx, own)
