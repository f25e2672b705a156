"""What lines are made of: each day read once, whatever is compared; of teams, of several together, and of people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.people import Person
from bot.rules.metrics.alert.targets import Draft
from bot.rules.metrics.comparison.comparing import Against
from bot.rules.metrics.comparison.guards import Trend
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.digest.cadences import Cadence, period_of
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import Fact
from bot.services.metrics.alert import targets
from bot.services.metrics.comparison import lines
from bot.services.metrics.comparison.series import series_of
from storage.database import Database
from storage.metrics import names
from tests.cast import ALICE, BILLING, BOB, CHARLIE, NOON, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.store import FIRST, bring, fact, roll

WEEK = timedelta(days=7)
ALONE = Scope((BILLING,))


async def told(
    db: Database,
    *metrics: str,
    scope: Scope = ALONE,
    cadence: Cadence = Cadence.WEEKLY,
    day: date = FIRST,
    workspace_id: str = WORKSPACE,
) -> list[Line]:
    async with db.read(workspace_id) as tx:
        return await lines.lines_of(tx, scope, metrics, period_of(cadence, day), cadence, now=NOON)


async def rated(db: Database, *weeks: tuple[int, int], person: str = "") -> None:
    """Good ratings of all ratings: of this week, the week before, and so on."""
    await bring(
        db,
        [
            fact(
                f"{person}{ago}", FIRST - ago * WEEK, person=person, ratings_good=good, ratings=all_
            )
            for ago, (good, all_) in enumerate(weeks)
        ],
        feed=f"Ratings {person}",
    )


async def test_a_week_against_the_one_before_and_four_added_up(db: Database) -> None:
    await rated(db, (80, 100), (70, 100), (1, 10), (9, 10), (20, 20))
    [line] = await told(db, "csat")
    assert (line.value.amount, line.value.n) == (80, 100)
    found = {one.against: (one.value.amount, one.trend) for one in line.compared}
    assert found == {
        Against.WEEK_BEFORE: (70, Trend.BETTER),
        # 100 of 140, where the mean of the percentages would be 67.5
        Against.FOUR_WEEKS: (pytest.approx(100 * 100 / 140), Trend.CHANCE),
    }


async def test_rolled_up_or_not_makes_no_difference(db: Database) -> None:
    await rated(db, (80, 100), (70, 100))
    before = await told(db, "csat", "contacts", "frt")
    await roll(db)
    assert await told(db, "csat", "contacts", "frt") == before


async def test_all_days_are_read_once_however_many_metrics(db: Database) -> None:
    await bring(db, [fact("1", ratings_good=8, ratings=10, rating_points=40, contacts=10, waits=9)])
    await roll(db)
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    await told(db, "csat", "rating", "contacts", "frt")
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)
    assert sum("metric_rollups" in one for one in said) == 1


async def test_without_data_it_says_since_when(db: Database) -> None:
    await rated(db, (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (9, 10))
    await bring(db, [fact("c", contacts=1)])
    csat, qa, contacts = await told(db, "csat", "qa", "contacts", cadence=Cadence.DAILY)
    assert (csat.is_known, csat.last_day) == (False, FIRST - 6 * WEEK)
    assert (qa.is_known, qa.last_day) == (False, None)
    assert contacts.value.amount == 1


async def test_what_goes_on_from_day_to_day_starts_where_it_is_said(db: Database) -> None:
    await bring(
        db,
        [
            fact("old", FIRST - 60 * WEEK, created=900),
            fact("start", FIRST - WEEK, open_at_start=120, created=340, resolved=360),
            fact("now", FIRST, reopened=25, cancelled=20),
        ],
    )
    [line] = await told(db, "backlog")
    assert line.value.amount == 105
    assert line.compared[0].value.amount == 100
    [yearly] = await told(db, "backlog", day=FIRST - 60 * WEEK)
    assert yearly.value.amount == 900
    [unknown] = await told(db, "backlog", day=FIRST + WEEK)
    assert (unknown.is_known, unknown.last_day) == (False, FIRST)


async def test_a_department_adds_its_teams_up(db: Database) -> None:
    await bring(db, [fact("b", ratings_good=1, ratings=10)])
    await at_shipping(db, fact("s", ratings_good=9, ratings=30))
    [whole] = await told(db, "csat", scope=Scope((BILLING, SHIPPING)))
    [alone] = await told(db, "csat")
    assert (whole.value.amount, alone.value.amount) == (25, 10)


async def test_a_person_is_all_their_names_in_these_teams(db: Database) -> None:
    await rated(db, (8, 10), person="Al")
    await rated(db, (9, 10), person="Alice B.")
    await rated(db, (0, 10), person="Zed")
    async with db.write(WORKSPACE) as tx:
        for one in (await names.ensure(tx, ["Al", "Alice B."])).values():
            await names.link(tx, one, ALICE.id, before="", by="")
    [line] = await told(db, "csat", scope=Scope((BILLING,), ALICE.id))
    assert (line.value.amount, line.value.n) == (85, 20)
    [elsewhere] = await told(db, "csat", scope=Scope((SHIPPING,), ALICE.id))
    assert not elsewhere.is_known
    [nobody] = await told(db, "csat", scope=Scope((BILLING,), "U0NOBODY"))
    assert not nobody.is_known


async def test_everybody_is_read_at_once(db: Database) -> None:
    await rated(db, (80, 100), (50, 100), person="Al")
    await rated(db, (9, 9), person="Bea")
    await bring(db, [fact("long ago", FIRST - WEEK, person="Gone", ratings=1, ratings_good=1)])
    async with db.read(WORKSPACE) as tx:
        week = period_of(Cadence.WEEKLY, FIRST)
        owners = {one: name for name, one in (await names.known(tx, ["Al", "Bea", "Gone"])).items()}
        seen = {(BILLING, one) for one in owners.values()}
        found = await lines.of_people(tx, [BILLING], week, owners, seen)
        seen.remove((BILLING, "Al"))
        fewer = await lines.of_people(tx, [BILLING], week, owners, seen)
    told = {
        one: (held.amount("ratings_good"), held.amount("ratings")) for one, held in found.items()
    }
    assert told == {"Al": (80, 100), "Bea": (9, 9)}
    assert set(fewer) == {"Bea"}


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await rated(db, (80, 100))
    [line] = await told(db, "csat", workspace_id="T0ELSE")
    assert (line.is_known, line.last_day) == (False, None)


async def test_what_is_unknown_is_left_out(db: Database) -> None:
    assert [one.metric.key for one in await told(db, "nothing", "csat")] == ["csat"]


async def at_shipping(db: Database, one: Fact) -> None:
    belonging = Belonging(BILLING, by_name={"shipping": SHIPPING})
    await bring(db, [replace(one, team="Shipping")], feed=one.key, belonging=belonging)


async def test_a_department_says_which_team_is_missing(db: Database) -> None:
    await furnish(db)
    await rated(db, (80, 100), (80, 100))
    await at_shipping(db, fact("s", FIRST - WEEK, ratings_good=9, ratings=30))
    [whole] = await told(db, "csat", scope=Scope((BILLING, SHIPPING)))
    assert whole.missing == ("Shipping",)
    [alone] = await told(db, "csat")
    assert alone.missing == ()


async def test_targets_of_teams_and_of_people(db: Database) -> None:
    await furnish(db)
    await rated(db, (80, 100), person="Al")
    await at_shipping(db, fact("s", ratings_good=9, ratings=30))
    aims = [("1", BILLING, BOB, "80 %", ""), ("2", BILLING, BOB, "70 %", ALICE.id)]
    await aimed(db, *aims)
    both = Scope((BILLING, SHIPPING))
    assert await target(db, ALONE) == 80
    assert await target(db, both) is None
    assert await target(db, Scope((BILLING,), ALICE.id)) == 70
    assert await target(db, Scope((BILLING, SHIPPING), ALICE.id)) == 70
    await aimed(db, ("3", SHIPPING, CHARLIE, "80 %", ""))
    assert await target(db, both) == 80


async def aimed(db: Database, *aims: tuple[str, str, Person, str, str]) -> None:
    for key, team_id, person, amount, person_id in aims:
        draft = Draft("csat", person_id, amount, FIRST)
        await targets.save(db, person, team_id, draft, None, key=key, now=NOON)


async def target(db: Database, scope: Scope) -> float | None:
    [line] = await told(db, "csat", scope=scope)
    async with db.read(WORKSPACE) as tx:
        assert (await series_of(tx, scope, "csat", FIRST, FIRST)).target == line.target
    return line.target
