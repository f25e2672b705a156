"""Series over days, weeks and months, and told apart by channels, hours and people: what charts and files are made of."""

from dataclasses import replace
from datetime import date, timedelta

from bot.rules.metrics.comparison.charts import By, Series
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, WHOLE
from bot.services.metrics.comparison.series import series_of
from storage.database import Database
from storage.metrics import names
from tests.cast import BILLING, BOB, WORKSPACE
from tests.services.metrics.store import FIRST, bring, fact, roll

DAY = timedelta(days=1)
ALONE = Scope((BILLING,))


async def series(
    db: Database,
    metric: str,
    last: date,
    *,
    scope: Scope = ALONE,
    by: By = By.DAY,
    slice_: str = WHOLE,
    most: int = 20,
    workspace_id: str = WORKSPACE,
) -> Series:
    async with db.read(workspace_id) as tx:
        return await series_of(tx, scope, metric, FIRST, last, by=by, slice_=slice_, most=most)


def amounts(found: Series) -> list[float | None]:
    return [one.value.amount for one in found.points]


async def test_days_and_a_gap_that_is_no_zero(db: Database) -> None:
    await bring(db, [fact("1", contacts=3), fact("2", FIRST + 2 * DAY, contacts=0)])
    before = await series(db, "contacts", FIRST + 2 * DAY)
    assert amounts(before) == [3, None, 0]
    await roll(db)
    assert await series(db, "contacts", FIRST + 2 * DAY) == before


async def test_weeks_add_parts_up(db: Database) -> None:
    days = [(0, 1, 10), (1, 9, 10), (7, 5, 10)]
    await bring(
        db,
        [
            fact(str(day), FIRST + day * DAY, ratings_good=good, ratings=all_)
            for day, good, all_ in days
        ],
    )
    found = await series(db, "csat", FIRST + 13 * DAY, by=By.WEEK)
    assert amounts(found) == [50, 50]


async def test_a_long_time_is_told_in_weeks_and_then_in_months(db: Database) -> None:
    await bring(db, [fact("1", contacts=3)])
    assert (await series(db, "contacts", FIRST + 30 * DAY)).by is By.WEEK
    months = await series(db, "contacts", FIRST + 300 * DAY)
    assert (months.by, len(months.points)) == (By.MONTH, 10)
    assert len((await series(db, "contacts", FIRST + 300 * DAY, most=400)).points) == 301
    assert len((await series(db, "contacts", FIRST + 2000 * DAY)).points) == 20


async def test_what_goes_on_from_day_to_day(db: Database) -> None:
    await bring(
        db,
        [fact("0", FIRST - 9 * DAY, open_at_start=5, created=1), fact("1", FIRST + DAY, created=2)],
    )
    assert amounts(await series(db, "backlog", FIRST + 2 * DAY)) == [None, 8, None]


async def test_told_apart(db: Database) -> None:
    facts = [
        replace(fact("1", hour=9, contacts=3), channel="Chat"),
        replace(fact("2", FIRST + DAY, hour=10, contacts=4), channel="Phone"),
        replace(fact("3", hour=10, contacts=2), channel="Chat"),
    ]
    await bring(db, facts)
    channels = await series(db, "contacts", FIRST + DAY, slice_=CHANNEL)
    assert {one.member: one.value.amount for one in channels.points} == {"Chat": 5, "Phone": 4}
    hours = await series(db, "contacts", FIRST + DAY, slice_=HOUR)
    assert [(one.member, one.value.amount) for one in hours.points] == [("09", 3), ("10", 6)]


async def test_a_person_is_told_apart_by_nothing(db: Database) -> None:
    await bring(db, [fact("1", person="Bob", contacts=3), fact("2", person="Al", contacts=4)])
    async with db.write(WORKSPACE) as tx:
        bob = (await names.ensure(tx, ["Bob"]))["Bob"]
        await names.link(tx, bob, BOB.id, before="", by="")
    people = await series(db, "contacts", FIRST, slice_=PERSON)
    assert sorted(one.value.amount or 0 for one in people.points) == [3, 4]
    mine = await series(db, "contacts", FIRST, scope=Scope((BILLING,), BOB.id), slice_=PERSON)
    assert amounts(mine) == [3]


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await bring(db, [fact("1", contacts=3)])
    assert amounts(await series(db, "contacts", FIRST, workspace_id="T0ELSE")) == [None]
