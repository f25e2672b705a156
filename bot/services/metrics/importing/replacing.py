"""An import that counts from now on, in the place of earlier files if somebody said so."""

from collections.abc import Sequence
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.importing.files import Belongs, Look
from bot.rules.metrics.importing.imports import Import
from bot.rules.metrics.importing.mapping import Keys
from bot.services.metrics.importing.imported import (
    LOOK,
    bare,
    decided_of,
    look_of,
    tell,
    with_chain,
)
from bot.services.metrics.store import keeping
from bot.services.metrics.store.keeping import Also
from storage.database import Database, Tx
from storage.metrics import facts as stored
from storage.metrics import imports


class _AnotherMeanwhile(Exception):
    """Another file has gone live that it takes the place of, too."""


async def count(
    db: Database,
    person: Person,
    before: Import,
    after: Import,
    *,
    now: datetime,
    also: Also | None = None,
) -> Import:
    """All of it counts from here on, and everybody whose files are concerned sees that. Raises Denied and Overtaken.

    `after` is the import as it is to be, but for its state and without a cell of the file.
    """
    while True:
        try:
            return await _count(db, person, before, after, now=now, also=also)
        except _AnotherMeanwhile:
            continue


async def _count(
    db: Database,
    person: Person,
    before: Import,
    after: Import,
    *,
    now: datetime,
    also: Also | None,
) -> Import:
    async with db.read(person.workspace_id) as tx:
        replaced = await _replaced_by(tx, person, before)

    async def done(tx: Tx, live: Import) -> None:
        if {*await _replaced_by(tx, person, live)} - {live.id}:
            raise _AnotherMeanwhile
        await tell(tx, live, *await imports.find_all(tx, replaced), now=now)
        if also:
            await also(tx, live)

    return await keeping.go_live(
        db, person, before, bare(after), now=now, replaced=replaced, also=done
    )


async def _replaced_by(tx: Tx, person: Person, import_: Import) -> list[str]:
    """Those of the earlier files that have days which it has too."""
    mapping = decided_of(import_).mapping
    if not mapping.replaces or mapping.keys is not Keys.PLACE:
        return []
    days = {*await stored.days_of(tx, import_.number)}
    return [
        one.id
        for one in await earlier(tx, person, import_, look_of(import_))
        if days & {*await stored.days_of(tx, one.number)}
    ]


async def earlier(tx: Tx, person: Person, import_: Import, look: Look) -> Sequence[Import]:
    """What holds of files with the same headers, as far as this person may put another in its place."""
    return [
        one
        for one in await imports.live_of(tx, import_.feed_id)
        if LOOK in one.found
        and look_of(one).signature == look.signature
        and await _may_replace(tx, person, one, import_)
    ]


async def _may_replace(tx: Tx, person: Person, one: Import, by: Import) -> bool:
    """A team's file only takes the place of the same team's. What may hold lines of several is taken back with all of them."""
    if decided_of(by).belongs is Belongs.TEAM:
        return one.team_id == by.team_id and decided_of(one).belongs is Belongs.TEAM
    return may(person, Permission.METRICS_UNDO, await with_chain(tx, one))
