"""Reports: the numbers of the teams that one may see, in their own days; a kind refusal for all others."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.errors import Denied, Refused
from bot.rules.escalations import Returning, Verdict
from bot.rules.reports import Asked, Clock, Period, Share
from bot.services import escalations, reports
from storage.database import Database
from tests import casebook
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ADA, ALICE, BILLING, BOB, CHARLIE, DAN, MARA, NOBODY, NOON, OLGA, SHIPPING

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))
REFUND = Verdict("Bank was slow", "refund", "25", "EUR", "permission")


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


async def a_day(db: Database) -> None:
    """#1 is claimed and resolved in time, #2 returned, #3 left open."""
    await casebook.set_up(db, replace(TEAM, budget_minor=10_000, budget_currency="EUR"), OTHER_TEAM)
    for number in (1, 2, 3):
        draft = replace(DRAFT, ticket=str(number))
        await casebook.escalate(db, draft, key=str(number))
    await escalations.claim(db, BOB, 1, key="claim", now=minutes(10))
    await escalations.resolve(db, BOB, 1, REFUND, key="resolve", now=minutes(40))
    asked = Returning("missing_information", "Which bank?", "customer")
    await escalations.give_back(db, BOB, 2, asked, key="return", now=minutes(20))


async def test_the_numbers_of_a_month(db: Database) -> None:
    await a_day(db)
    seen = await reports.report(db, BOB, MARCH, now=minutes(600))
    whole = seen.tally.whole
    assert (whole.raised, whole.resolved, whole.bounced, whole.reopened) == (3, 1, 1, 0)
    assert (whole.claims, whole.solutions) == ({10: 1}, {40: 1})
    assert whole.attainment(Clock.CLAIM) == Share(1, 2)
    assert seen.tally.bounces == {("missing_information", "customer"): 1}
    assert sum(seen.tally.sums.values()) == 2500
    assert [one.id for one in seen.teams] == [BILLING]
    assert seen.is_all


async def test_who_leads_manages_or_observes_may_and_agents_are_refused_kindly(
    db: Database,
) -> None:
    await a_day(db)
    for person in (BOB, MARA, OLGA, ADA):
        seen = await reports.report(db, person, MARCH, now=minutes(600))
        assert seen.tally.whole.raised == 3
    for person in (ALICE, DAN, NOBODY):
        with pytest.raises(Denied, match="Your own cases are in `/escalate mine`"):
            await reports.report(db, person, MARCH, now=minutes(600))
        with pytest.raises(Denied):
            await reports.choice(db, person)


async def test_another_team_is_not_counted_nor_may_be_asked_for(db: Database) -> None:
    await a_day(db)
    seen = await reports.report(db, CHARLIE, MARCH, now=minutes(600))
    assert (seen.tally.whole.raised, [one.id for one in seen.teams]) == (0, [SHIPPING])
    with pytest.raises(Denied, match="Choose among your own"):
        await reports.report(db, CHARLIE, replace(MARCH, team_ids=(BILLING,)), now=minutes(600))


async def test_another_workspace_has_nothing_to_report(db: Database) -> None:
    await a_day(db)
    with pytest.raises(Denied):
        await reports.report(db, replace(BOB, workspace_id="T0NEW"), MARCH, now=minutes(600))


async def test_the_days_are_the_teams_own(db: Database) -> None:
    """While it is still February in UTC, March has begun in Berlin."""
    await casebook.set_up(db)
    late = datetime.fromisoformat("2026-02-28T23:30:00+00:00")
    await casebook.escalate(db, now=late)
    february = Asked(Period(date(2026, 2, 1), date(2026, 2, 28)))
    for asked, raised in ((february, 0), (MARCH, 1)):
        assert (await reports.report(db, BOB, asked, now=minutes(0))).tally.whole.raised == raised


async def test_teams_are_found_by_part_of_their_name(db: Database) -> None:
    await casebook.set_up(db)
    assert [one.name for one in await reports.choice(db, ADA)] == ["Billing", "Shipping"]
    assert [one.name for one in await reports.choice(db, ADA, "SHIP")] == ["Shipping"]
    assert [one.name for one in await reports.choice(db, BOB, "ship")] == []


async def test_batches_add_up(db: Database) -> None:
    await a_day(db)
    whole = await reports.report(db, BOB, MARCH, now=minutes(600))
    parts = await reports.report(db, BOB, MARCH, now=minutes(600), batch=1)
    assert parts.tally == whole.tally


async def test_what_is_too_much_while_somebody_waits_is_refused(db: Database) -> None:
    await a_day(db)
    with pytest.raises(Refused, match="more than 2 cases"):
        await reports.report(db, BOB, MARCH, now=minutes(600), most=2)
