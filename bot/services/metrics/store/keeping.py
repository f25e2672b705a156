"""Bringing facts into the store: staged batch by batch where they count for nothing, and then live all at once, or never."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import Fact
from bot.text import _
from storage import inbox
from storage.database import Database, Tx
from storage.metrics import facts as stored
from storage.metrics import imports, names

AT_ONCE = 2_000
"""Facts of one transaction: so many are written before others may write again."""

ONLY_LEADS = _("Only the team's leads, its managers and Baton's admins can bring in its numbers.")
ONLY_WHO_BROUGHT_IT = _(
    "Only who brought these numbers in, the team's managers and Baton's admins can take them back."
)


Also = Callable[[Tx, Import], Awaitable[None]]
"""What else happens in the transaction in which an import has changed: whoever waits for it is told."""


class Overtaken(Exception):
    """Somebody else has changed the import, or is at it by now. What was done here is of no use any more."""


async def put(
    tx: Tx, import_: Import, facts: Sequence[Fact], belonging: Belonging, *, zone: str
) -> None:
    """Bring facts into an import, at most `AT_ONCE`. Those of a live one count at once, and their days become stale."""
    is_live = import_.state is ImportState.LIVE
    days = {one.day.isoformat() for one in facts}
    if is_live:
        await imports.change_feed(tx, import_.feed_id)
        keys = [one.key for one in facts]
        days |= {*await stored.days_of_keys(tx, import_.feed_id, keys)}
    people = await people_in(tx, import_, facts)
    teams = {one.key: belonging.team_of(one.team, people.get(one.person, "")) for one in facts}
    await stored.put(tx, import_, facts, zone=zone, teams=teams, people=people)
    if is_live:
        await stored.mark_stale(tx, days)


async def people_in(tx: Tx, import_: Import, facts: Sequence[Fact]) -> dict[str, str]:
    """The ids of the names of everybody in these facts. Baton itself calls people by their Slack ids."""
    called = {one.person for one in facts if one.person}
    if import_.kind is not ImportKind.OWN:
        return await names.ensure(tx, called)
    await names.of_people(tx, called)
    return {one: one for one in called}


async def go_live(
    db: Database,
    person: Person,
    import_: Import,
    after: Import,
    *,
    now: datetime,
    replaced: Sequence[str] = (),
    also: Also | None = None,
) -> Import:
    """From here on all facts of the import count, and those of the imports that it replaces do not.

    `after` is the import as it is to be, but for its state; `replaced` are ids of live imports. What somebody asked for
    is heard once in `also`. Raises Denied and Overtaken.
    """

    async def change(tx: Tx) -> Import:
        for one in replaced:
            await _end(tx, one, import_.person_id, now=now)
        live = replace(after, state=ImportState.LIVE, live_at=now, trouble="")
        if not await imports.save(tx, live, import_):
            raise Overtaken
        if also:
            await also(tx, live)
        return replace(live, version=import_.version + 1)

    check_may(person, Permission.METRICS_IMPORT, import_, ONLY_LEADS)
    return await _at_a_stroke(db, person, import_, change, replaced)


async def undo(
    db: Database,
    person: Person,
    import_: Import,
    *,
    key: str,
    now: datetime,
    also: Also | None = None,
) -> Import:
    """The facts of a live import count no more, and what they had replaced counts again. Raises Denied and Overtaken."""

    async def change(tx: Tx) -> Import:
        await inbox.check_new(tx, key, now=now)
        undone = await _end(tx, import_.id, person.id, now=now)
        if undone is None:
            raise Overtaken
        if also:
            await also(tx, undone)
        return undone

    check_may(person, Permission.METRICS_UNDO, import_, ONLY_WHO_BROUGHT_IT)
    return await _at_a_stroke(db, person, import_, change)


async def _at_a_stroke(
    db: Database,
    person: Person,
    import_: Import,
    change: Callable[[Tx], Awaitable[Import]],
    replaced: Sequence[str] = (),
) -> Import:
    """Change what holds in a feed, with the days that it concerns: these are looked up before, while others may write."""
    while True:
        version, days = await _days_of(db, import_, replaced)
        try:
            async with db.write(person.workspace_id) as tx:
                if not await imports.change_feed(tx, import_.feed_id, version):
                    raise _ChangedMeanwhile
                changed = await change(tx)
                await stored.mark_stale(tx, days)
                return changed
        except _ChangedMeanwhile:
            continue


class _ChangedMeanwhile(Exception):
    """What holds has changed while the days were looked up: they are looked up anew."""


async def _days_of(db: Database, import_: Import, replaced: Sequence[str]) -> tuple[int, set[str]]:
    """The days on which something changes, and the version of the feed at which that is true."""
    async with db.read(import_.workspace_id) as tx:
        version = await imports.feed_version(tx, import_.feed_id)
        found = {*await stored.days_of(tx, import_.number)}
        for one in (import_.id, *replaced):
            other = await imports.find(tx, one)
            if other:
                found |= {*await stored.days_of(tx, other.number)}
                found |= {*await stored.days_shared(tx, other)}
    return version, found


async def _end(tx: Tx, import_id: str, by: str, *, now: datetime) -> Import | None:
    found = await imports.find(tx, import_id)
    if found is None or found.state is not ImportState.LIVE:
        return None
    undone = replace(found, state=ImportState.UNDONE, ended_at=now, ended_by=by)
    return undone if await imports.save(tx, undone, found) else None
