"""Days of one's own and several teams side by side: read as chosen, of what one sees alone, and never called better by more days."""

from datetime import timedelta

import pytest

from bot.people import Person
from bot.rules.metrics.comparison.guards import Trend
from bot.rules.metrics.look.looked import Apart
from bot.rules.metrics.look.looks import Days, Look, Versus, View
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.reports.periods import Period
from bot.services.metrics.look import telling_apart
from storage.database import Database
from tests.cast import ADA, BILLING, BOB, SHIPPING
from tests.services.metrics import lookers
from tests.services.metrics.lookers import TUESDAY, VERA
from tests.services.metrics.store import FIRST, bring, fact

A_DAY = timedelta(days=1)
TWO_DAYS = (Period(FIRST, FIRST + A_DAY), Period(FIRST - 2 * A_DAY, FIRST - A_DAY))


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    """Billing: 81 of 100 good on two days, 79 of 100 on the two before and 5 of 100 earlier; Shipping half."""
    await lookers.departments(db)
    good = {1: 40, 0: 41, -1: 39, -2: 40, -3: 5}
    some = {day: FIRST + day * A_DAY for day in good}
    await bring(
        db,
        [fact(str(one), day, contacts=50, ratings=50, ratings_good=good[one]) for one, day in some.items()],
    )  # fmt: skip
    theirs = [
        fact(f"s{one}", day, ratings=50, ratings_good=25, contacts=9) for one, day in some.items()
    ]
    await bring(db, theirs, feed="Parcels", belonging=Belonging(SHIPPING))


async def compare(
    db: Database, person: Person, versus: Versus, days: Days | None = TWO_DAYS, metric: str = "csat"
) -> Apart:
    look = Look(View.COMPARE, BILLING, metric=metric, versus=versus, days=days)
    return await telling_apart.compare(db, person, look, now=TUESDAY)


async def test_days_of_ones_own_are_read_as_they_were_chosen(db: Database) -> None:
    seen = await compare(db, BOB, Versus.PERIODS)
    told = {one.key: one for one in seen.members.all}
    assert (told["csat"].value.amount, told["csat"].trend) == (81, Trend.CHANCE)
    assert told["csat"].before
    assert told["csat"].before.amount == 79
    assert (told["contacts"].value.amount, told["contacts"].trend) == (100, Trend.SAME)
    assert (seen.standing.period, seen.standing.other) == TWO_DAYS


async def test_more_days_bring_more_and_that_is_called_neither_more_nor_less(db: Database) -> None:
    longer = (Period(FIRST - A_DAY, FIRST + A_DAY), Period(FIRST - 3 * A_DAY, FIRST - 2 * A_DAY))
    told = {one.key: one for one in (await compare(db, BOB, Versus.PERIODS, longer)).members.all}
    assert (told["contacts"].value.amount, told["contacts"].trend) == (150, Trend.UNKNOWN)
    assert told["csat"].trend is Trend.BETTER


@pytest.mark.parametrize(
    ("person", "names"), [(ADA, ["Billing", "Service", "Shipping"]), (VERA, ["Billing", "Service"])]
)
async def test_several_teams_are_one_chart_of_those_one_sees(
    db: Database, person: Person, names: list[str]
) -> None:
    seen = await compare(db, person, Versus.TEAMS)
    charted = dict(seen.over_time)
    assert list(charted) == names
    assert [one.value.amount for one in charted["Billing"].points] == [82, 80]
    assert charted["Billing"].points == charted["Service"].points
    week = await compare(db, person, Versus.TEAMS, None)
    assert {len(series.points) for _name, series in week.over_time} == {12}


async def test_nobody_elses_team_is_in_a_chart(db: Database) -> None:
    seen = await compare(db, BOB, Versus.TEAMS)
    assert seen.standing.look.versus is Versus.PERIODS
    assert not seen.over_time
