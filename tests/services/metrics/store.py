"""Facts and imports for tests, brought in as the services do it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.people import system
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import Fact
from bot.rules.metrics.store.slices import WHOLE
from bot.services.metrics.store import keeping, numbers, rolling
from storage.database import Database
from storage.metrics import imports
from tests.cast import BILLING, BOB, NOON, WORKSPACE

FIRST = date(2026, 3, 2)
ZONE = "Europe/Berlin"
FEED = "Calls"
CLOCK = system(WORKSPACE)


def fact(
    key: str,
    day: date = FIRST,
    *,
    person: str = "",
    hour: int | None = 9,
    updated: str = "",
    **parts: int,
) -> Fact:
    """Sums as they are, in whole units; `waits` is also a sample, in seconds."""
    samples = {"first_response": (parts.pop("waits") * 1000,)} if "waits" in parts else {}
    return Fact(
        key,
        datetime(day.year, day.month, day.day, hour or 0, tzinfo=UTC),
        day,
        hour,
        person=person,
        sums={name: amount * 1000 for name, amount in parts.items()},
        samples=samples,
        updated=updated,
    )


async def begin(
    db: Database,
    *,
    feed: str = FEED,
    team_id: str = BILLING,
    kind: ImportKind = ImportKind.FILE,
    state: ImportState = ImportState.READING,
) -> Import:
    """An import that is being read, or that is live at once."""
    async with db.write(WORKSPACE) as tx:
        feed_id = await imports.feed(tx, feed, "free")
        return await imports.add(
            tx, Import(WORKSPACE, "", 0, kind, feed_id, team_id, BOB.id, NOON, state=state)
        )


async def stage(
    db: Database, import_: Import, facts: Iterable[Fact], belonging: Belonging | None = None
) -> None:
    for some in _batches(list(facts)):
        async with db.write(WORKSPACE) as tx:
            await keeping.put(tx, import_, some, belonging or Belonging(import_.team_id), zone=ZONE)


async def bring(
    db: Database,
    facts: Iterable[Fact],
    *,
    feed: str = FEED,
    replaced: Sequence[str] = (),
    belonging: Belonging | None = None,
) -> Import:
    """A file's facts, from beginning to end."""
    import_ = await begin(db, feed=feed)
    await stage(db, import_, facts, belonging)
    return await keeping.go_live(db, CLOCK, import_, import_, now=NOON, replaced=replaced)


async def roll(db: Database) -> None:
    while await rolling.roll_next(db, CLOCK, now=NOON):
        pass


async def read(
    db: Database, *, team_id: str = BILLING, slice_: str = WHOLE, days: int = 60
) -> Mapping[tuple[date, str], Bundle]:
    """By day and member."""
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(
            tx, [team_id], FIRST - timedelta(days=days), FIRST + timedelta(days=days), slice_=slice_
        )
    return {(row.day, row.member): row.bundle for row in rows}


def _batches(facts: list[Fact]) -> Iterable[list[Fact]]:
    size = keeping.AT_ONCE
    return [facts[begin : begin + size] for begin in range(0, len(facts), size)]
