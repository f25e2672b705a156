"""How imports end by somebody's word: not this file, only the good lines, and take them back."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.services.metrics.importing.imported import (
    GONE,
    MOVED_ON,
    bare,
    get_in,
    save,
    tell,
    with_chain,
)
from bot.services.metrics.importing.replacing import count
from bot.services.metrics.store import keeping
from bot.services.metrics.store.keeping import ONLY_WHO_BROUGHT_IT, Overtaken
from bot.services.transaction import heard_once
from storage import inbox
from storage.database import Database, Tx
from storage.metrics import imports

GOES_ON = (
    ImportState.LOOKING,
    ImportState.ASKING,
    ImportState.READING,
    ImportState.WAITING,
)


async def cancel(
    db: Database, person: Person, import_id: str, *, key: str, now: datetime
) -> Import:
    """Nothing of it counts, and nothing of it stays. Raises Denied, Refused and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await get_in(tx, person, import_id, *GOES_ON)
        after = replace(bare(found), state=ImportState.CANCELLED, ended_at=now, ended_by=person.id)
        await save(tx, after, found)
        await tell(tx, after, now=now)
    return after


async def take_good(
    db: Database, person: Person, import_id: str, *, key: str, now: datetime
) -> Import:
    """The lines that could be read count, without the others. Raises Denied, Refused and Stale."""
    async with db.read(person.workspace_id) as tx:
        await inbox.check_unheard(tx, key)
        found = await get_in(tx, person, import_id, ImportState.WAITING)

    async def heard(tx: Tx, _live: Import) -> None:
        await inbox.check_new(tx, key, now=now)

    try:
        return await count(db, person, found, found, now=now, also=heard)
    except Overtaken:
        raise Stale(MOVED_ON) from None


async def undo(db: Database, person: Person, import_id: str, *, key: str, now: datetime) -> Import:
    """Its numbers count no more, and what they had replaced counts again. Raises Denied, Refused and Stale."""
    async with db.read(person.workspace_id) as tx:
        await inbox.check_unheard(tx, key)
        found = await imports.find(tx, import_id)
        if found is None:
            raise Refused(GONE)
        found = await with_chain(tx, found)
    if found.state is not ImportState.LIVE:
        check_may(person, Permission.METRICS_UNDO, found, ONLY_WHO_BROUGHT_IT)
        raise Stale(MOVED_ON)

    async def told(tx: Tx, undone: Import) -> None:
        await tell(tx, undone, now=now)

    try:
        return await keeping.undo(db, person, found, key=key, now=now, also=told)
    except Overtaken:
        raise Stale(MOVED_ON) from None
