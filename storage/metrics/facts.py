"""Facts as they came, import by import, and which of them hold."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from random import getrandbits
from typing import Any

from sqlalchemy import ColumnElement, delete, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.metrics.store.facts import Fact
from storage.base import table_of
from storage.database import Tx, insert_into
from storage.metrics import names
from storage.metrics.holding import same_key
from storage.metrics.rows import FactRow, ImportDayRow, ImportRow, StaleDayRow

AT_ONCE = 1_000
"""Imports or keys that one statement asks about."""
STAMP_BITS = 31
DAYS_AT_ONCE = 500
A_FEW = 8
"""An import is small beside the others that have so many times its facts: a key costs so much more than a fact of a day."""
TOO_MANY_TO_ASK = 100_000
"""Facts of a day of which it is not asked whether any has changed: to roll it up anew is never wrong."""


async def put(
    tx: Tx,
    import_: Import,
    facts: Sequence[Fact],
    *,
    zone: str,
    teams: Mapping[str, str],
    people: Mapping[str, str],
) -> None:
    """Bring facts into an import. One that the import has already is replaced, unless that was updated later.

    `teams` are the teams' ids by the key of the fact, `people` the ids of names by name.
    """
    last: dict[str, Fact] = {}
    for fact in facts:
        before = last.get(fact.key)
        if before is None or fact.updated >= before.updated:
            last[fact.key] = fact
    rows = [
        _values(tx, import_, fact, zone, teams[fact.key], people.get(fact.person, ""))
        for fact in last.values()
    ]
    if not rows:
        return
    statement = insert_into(tx, FactRow)
    given = statement.excluded
    changed = {
        column.name: given[column.name]
        for column in table_of(FactRow).columns
        if not column.primary_key
    }
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "feed_id", "key", "number"],
            set_=changed,
            where=given.updated >= table_of(FactRow).c.updated,
        ),
        rows,
    )
    await _count_days(tx, import_.number, Counter(row["day"] for row in rows))


async def days_of(tx: Tx, number: int) -> list[str]:
    """On which days an import says something."""
    asked = select(ImportDayRow.day).where(ImportDayRow.number == number)
    return list(await tx.scalars(asked.order_by(ImportDayRow.day)))


async def days_shared(tx: Tx, import_: Import) -> list[str]:
    """On which days other live imports of the feed say something of the same keys; perhaps some more days.

    A feed grows for years, and no statement may take long: it is asked of one day after the other, or, of an import that is
    small beside all that the others say, of some of its own keys after the others.
    """
    others = await said_by_others(tx, import_)
    if not others:
        return []
    mine = await _facts_by_day(tx, [import_.number])
    if mine.total() * A_FEW < others.total():
        return sorted({day async for day in _days_of_its_keys(tx, import_)})
    return [
        day
        for day, count in others.items()
        if count > TOO_MANY_TO_ASK or await is_shared(tx, import_, day)
    ]


async def said_by_others(tx: Tx, import_: Import) -> Counter[str]:
    """How many facts the other live imports of its feed have on each day."""
    asked = select(ImportRow.number).where(
        ImportRow.feed_id == import_.feed_id,
        ImportRow.state == ImportState.LIVE,
        ImportRow.number != import_.number,
    )
    return await _facts_by_day(tx, list(await tx.scalars(asked)))


async def _facts_by_day(tx: Tx, numbers: Sequence[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for begin in range(0, len(numbers), AT_ONCE):
        some = ImportDayRow.number.in_(numbers[begin : begin + AT_ONCE])
        asked = select(ImportDayRow.day, func.sum(ImportDayRow.facts)).where(some)
        for day, count in await tx.execute(asked.group_by(ImportDayRow.day)):
            found[day] += int(count)
    return found


async def _days_of_its_keys(tx: Tx, import_: Import) -> AsyncIterator[str]:
    for day in await days_of(tx, import_.number):
        asked = select(FactRow.key).where(FactRow.day == day, FactRow.number == import_.number)
        keys = list(await tx.scalars(asked))
        for begin in range(0, len(keys), AT_ONCE):
            for found in await days_of_keys(tx, import_.feed_id, keys[begin : begin + AT_ONCE]):
                yield found


async def is_shared(tx: Tx, import_: Import, day: str) -> bool:
    """Whether others say something on that day of a key that it has too."""
    other = aliased(FactRow)
    # Asked of each key by itself: of facts that are new PostgreSQL has no statistics, and would hold each against all.
    mine = (
        select(literal(1))
        .where(same_key(FactRow, other), FactRow.number == import_.number)
        .correlate(other)
        .limit(1)
        .scalar_subquery()
    )
    asked = select(literal(1)).where(
        other.day == day,
        other.feed_id == import_.feed_id,
        other.number != import_.number,
        mine.is_not(None),
    )
    return await tx.scalar(asked.limit(1)) is not None


async def days_of_keys(tx: Tx, feed_id: str, keys: Iterable[str]) -> list[str]:
    """On which days any import of the feed says something of these keys."""
    asked = select(_worked_out(FactRow.day)).distinct()
    return list(
        await tx.scalars(asked.where(FactRow.feed_id == feed_id, FactRow.key.in_(list(keys))))
    )


async def mark_stale(tx: Tx, days: Iterable[str]) -> None:
    """What these days come to has to be rolled up anew."""
    wanted = sorted(set(days))
    for begin in range(0, len(wanted), DAYS_AT_ONCE):
        rows = [
            {"workspace_id": tx.workspace_id, "day": day, "stamp": getrandbits(STAMP_BITS)}
            for day in wanted[begin : begin + DAYS_AT_ONCE]
        ]
        statement = insert_into(tx, StaleDayRow)
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "day"], set_={"stamp": statement.excluded.stamp}
            ),
            rows,
        )
    if wanted:
        tx.wakes.add("rollups")


async def count(tx: Tx, days: Iterable[str], team_ids: Sequence[str], *, most: int) -> int:
    """How many facts these teams have on these days, whether they hold or not; `most` if there are more."""
    sources = (await names.parting(tx)).sources(team_ids)
    some = (
        select(FactRow.key)
        .where(FactRow.day.in_(sorted(days)), FactRow.team_id.in_(sources))
        .limit(most)
        .subquery()
    )
    return await tx.scalar(select(func.count()).select_from(some)) or 0


async def clear_away(tx: Tx, number: int, day: str) -> None:
    """An import that is over needs its facts no more."""
    await tx.execute(
        delete(FactRow)
        .where(FactRow.day == day, FactRow.number == number)
        .execution_options(synchronize_session=False)
    )
    await tx.execute(
        delete(ImportDayRow)
        .where(ImportDayRow.number == number, ImportDayRow.day == day)
        .execution_options(synchronize_session=False)
    )


def _worked_out(day: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The same day. SQLite would go through the days of all facts in their order, so as to have each of them once."""
    return day.concat("")


async def _count_days(tx: Tx, number: int, days: Mapping[str, int]) -> None:
    rows = [
        {"workspace_id": tx.workspace_id, "number": number, "day": day, "facts": facts}
        for day, facts in sorted(days.items())
    ]
    statement = insert_into(tx, ImportDayRow)
    added = table_of(ImportDayRow).c.facts + statement.excluded.facts
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "number", "day"], set_={"facts": added}
        ),
        rows,
    )


def _values(
    tx: Tx, import_: Import, fact: Fact, zone: str, team_id: str, person: str
) -> dict[str, Any]:
    return {
        "workspace_id": tx.workspace_id,
        "feed_id": import_.feed_id,
        "key": fact.key,
        "number": import_.number,
        "updated": fact.updated,
        "at": fact.at,
        "zone": zone,
        "day": fact.day.isoformat(),
        "hour": fact.hour,
        "team_id": team_id,
        "person": person,
        "channel": fact.channel,
        "topic": fact.topic,
        "labels": dict(fact.labels),
        "parts": fact.parts,
    }
